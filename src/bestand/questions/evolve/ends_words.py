"""Where things can end, how likely that is, and where they can go round: parts of the answer of ``evolve``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.formula import Not, OptionAtom, OutcomeAtom
from bestand.prose.messages import _, _n, _p, decimal, listing, number
from bestand.prose.names import formula_words
from bestand.prose.phrases import party_name

from .ends import Round
from .evolution import End, Evolved
from .paths import Leg
from .paths_words import called, legs_words, paths_to, placed
from .phrases import chain_words, mean, odds, rest_words, unsaid_words
from .table import Named

MOST_ENDS = 6  # that are told one by one
MOST_ROUNDS = 3


def ends(evolved: Evolved, shown: Named, most: int) -> Iterator[Block]:
    """Where it can end, with so many shortest paths to each end."""
    yield heading(_("Where it can end"))
    yield paragraph(" ".join(_counts(evolved)))
    for end in evolved.ends[:MOST_ENDS]:
        yield from _end(evolved, shown, end, most)
    more = len(evolved.ends) - MOST_ENDS
    if more > 0:
        yield paragraph(_n("And {n} more end: --json has it.", "And {n} more ends: --json has them.", more))
        common = _in_common(evolved)
        if common:
            yield paragraph(_("This is so at all ends, and not in every state reached: {what}.", what=listing(common)))


def _counts(evolved: Evolved) -> Iterator[str]:
    """How many ends there are of each kind."""
    yield rest_words(evolved)
    drift, resting = evolved.drift, sum(end.rests for end in evolved.ends)
    sets = len(evolved.ends) - resting
    if resting:
        yield _n("That is so in {n} state.", "That is so in {n} states.", resting)
    elif evolved.stopped and not drift.closed:
        yield _("No such state has been found so far; not every state was looked at.")
    else:
        yield _("There is no such state among what is reached.")
    if sets and drift.by == "moves":
        yield _n(
            "There is {n} set of several states that no move leaves.",
            "There are {n} sets of several states that no move leaves.",
            sets,
        )
    elif sets:
        yield _n(
            "There is {n} set of several states that no improvement leaves: there it never rests.",
            "There are {n} sets of several states that no improvement leaves: there it never rests.",
            sets,
        )
    elif not drift.closed:
        yield _("Sets of states that are not left again were not looked for.")


def _in_common(evolved: Evolved) -> list[str]:
    """What is the same at all ends, and not in all states found."""
    model, masks = evolved.model, evolved.drift.masks
    at_ends = np.concatenate([end.states for end in evolved.ends])
    told = []
    for k, option in enumerate(model.options):
        yes = (masks >> np.uint64(k) & np.uint64(1)).astype(bool)
        atom = OptionAtom(option.id)
        for value, formula in ((yes, atom), (~yes, Not(atom))):
            if value[at_ends].all() and not value.all():
                told.append(formula_words(model, formula))
    return told


def _end(evolved: Evolved, shown: Named, end: End, most: int) -> Iterator[Block]:
    at = int(end.states[0])
    said = " ".join(_end_words(evolved, shown, end))
    if at and evolved.drift.reached[at]:
        yield from paths_to(evolved, at, most, said)
    else:
        yield paragraph(said)


def _end_words(evolved: Evolved, shown: Named, end: End) -> Iterator[str]:
    at = int(end.states[0])
    state = placed(evolved, shown, at)
    if end.rests:
        yield _("{State}.", state=state)
    else:
        yield _("{number} states, of which the nearest is {state}.", number=number(len(end.states)), state=state)
    if not evolved.drift.reached[at]:
        yield _("Only a party that moves twice in a row comes there.")
    elif at == 0:
        yield _("It is there already.") if end.rests else _("It begins there.")
    if end.likelihood is not None:
        yield _("If chance decides: {odds}.", odds=odds(end.likelihood))
    true = _outcomes_at(evolved, at) if end.rests else []
    if true:
        yield _("True there: {outcomes}.", outcomes=listing(true))


def _outcomes_at(evolved: Evolved, at: int) -> list[str]:
    """The outcomes that are true in a state found."""
    atoms = [OutcomeAtom(outcome.name) for outcome in evolved.model.outcomes]
    return [formula_words(evolved.model, atom) for atom in atoms if evolved.holds(atom)[at]]


def chances(evolved: Evolved) -> Iterator[Block]:
    """How likely the ends and outcomes are, if chance decides."""
    if evolved.drift.by == "moves":
        return
    yield heading(_("How likely that is, if chance decides"))
    if evolved.chain is None:
        if evolved.unsaid is not None:
            yield paragraph(unsaid_words(evolved.unsaid))
        return
    moves = mean(evolved.chain.moves)
    lasts = _n(
        "It comes to an end after {moves} move on average.",
        "It comes to an end after {moves} moves on average.",
        1 if moves == mean(1) else 2,
        moves=moves,
    )
    yield paragraph(f"{chain_words(evolved)} {lasts}")
    rows = [
        (name, f"{decimal(100 * always, 1)}%", f"{decimal(100 * never, 1)}%")
        for name, always, never in outcome_odds(evolved)
    ]
    if rows:
        yield table(_odds_header(evolved), rows)


def _odds_header(evolved: Evolved) -> tuple[str, str, str]:
    what = _p("column of a table: outcomes", "at the end")
    if all(end.rests for end in evolved.ends):
        return what, _p("column of a table: an outcome is", "true"), _p("column of a table: an outcome is", "not")
    return (
        what,
        _p("column of a table: an outcome is", "true for good"),
        _p("column of a table: an outcome is", "never again"),
    )


def outcome_odds(evolved: Evolved) -> list[tuple[str, float, float]]:
    """For each outcome how likely it is true in all states of the end, and in none: (name, always, never)."""
    told = []
    for outcome in evolved.model.outcomes:
        holds = evolved.holds(OutcomeAtom(outcome.name))
        always = sum(end.likelihood or 0 for end in evolved.ends if holds[end.states].all())
        never = sum(end.likelihood or 0 for end in evolved.ends if not holds[end.states].any())
        told.append((outcome.name, always, never))
    return told


def rounds(evolved: Evolved, shown: Named) -> Iterator[Block]:
    """Where it can go round, with an example of each."""
    yield heading(_("Where it can go round"))
    alone = [found for found in evolved.rounds if found.looked and found.example is None]
    if evolved.round_count is None:
        yield paragraph(_("Not looked for, since not everything that can follow was looked at."))
    elif not evolved.round_count:
        yield paragraph(_nowhere(evolved.drift.by))
    elif len(alone) == evolved.round_count:
        yield paragraph(
            _n(
                "Nowhere, as nobody moves twice in a row. If one may, in {n} set of states, by moves of {parties}.",
                "Nowhere, as nobody moves twice in a row. If one may, in {n} sets of states, by moves of {parties}.",
                len(alone),
                parties=listing(_movers(evolved, alone)),
            )
        )
    else:
        yield from _each_round(evolved, shown, evolved.round_count)


def _nowhere(by: str) -> str:
    if by == "moves":
        return _("Nowhere: no move leads to a state that it was left from.")
    return _("Nowhere: no improvement leads to a state that it was left from.")


def _each_round(evolved: Evolved, shown: Named, count: int) -> Iterator[Block]:
    yield paragraph(
        _n(
            "In {n} set of states, in which every state leads to every other.",
            "In {n} sets of states, in each of which every state leads to every other.",
            count,
        )
    )
    for found in evolved.rounds[:MOST_ROUNDS]:
        among = number(len(found.states))
        if found.closed:
            left = _("Among {number} states it goes round, and does not get out.", number=among)
        else:
            left = _("Among {number} states it goes round, and can leave them.", number=among)
        yield paragraph(f"{left} {_round(evolved, shown, found)}", 4)
    if count > MOST_ROUNDS:
        yield paragraph(_n("And {n} more set.", "And {n} more sets.", count - MOST_ROUNDS), 4)


def _round(evolved: Evolved, shown: Named, found: Round) -> str:
    model, masks = evolved.model, evolved.drift.masks
    if not found.looked:
        return _("Their moves are too many to look for an example.")
    if found.example is None:
        parties = listing(_movers(evolved, [found]))
        return _("Only where a party moves twice in a row; the moves are of {parties}.", parties=parties)
    begin = found.example[-1][1]
    path = legs_words(model, int(masks[begin]), [Leg(j, int(masks[s]), 1) for j, s in found.example])
    state = called(evolved, shown, begin)
    return _("For example, it begins here: {state}. {Path}. Then it is back there.", state=state, path=path)


def _movers(evolved: Evolved, sets: Iterable[Round]) -> list[str]:
    """The parties that move within some sets of states."""
    graph, movers = evolved.drift.graph, set[int]()
    for found in sets:
        inside = np.isin(graph.source, found.states) & np.isin(graph.target, found.states)
        movers.update(graph.mover[inside].tolist())
    return [party_name(evolved.model, evolved.model.parties[j].id) for j in sorted(movers)]
