"""Where things can end, how likely that is, and where they can go round: parts of the answer of ``evolve``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.formula import Not, OptionAtom, OutcomeAtom
from bestand.prose.messages import _, _n, _p, decimal, listing, number
from bestand.prose.names import formula_words
from bestand.prose.phrases import party_name
from bestand.prose.spoken import spoken

from .extent import ENDS, ROUNDS
from .paths_words import called, legs_words, paths_to, placed
from .phrases import chain_words, mean, odds, rest_words, unsaid_words

if TYPE_CHECKING:
    from .answer import Evolution
    from .ends import Round
    from .prospects import End
    from .table_words import Named


def ends(answer: Evolution, shown: Named) -> Iterator[Block]:
    """Tell where it can end, with shortest paths to each end."""
    yield heading(_("Where it can end"))
    yield paragraph(" ".join(_counts(answer)))
    for end in answer.ends[:ENDS]:
        yield from _end(answer, shown, end)
    more = len(answer.ends) - ENDS
    if more > 0:
        yield paragraph(_n("And {n} more end: --json has it.", "And {n} more ends: --json has them.", more))
    if len(answer.ends) > 1:
        common = _in_common(answer)
        if common:
            yield paragraph(_("This is so at all ends, and not in every state reached: {what}.", what=listing(common)))


def _counts(answer: Evolution) -> Iterator[str]:
    """Tell how many ends there are of each kind."""
    yield rest_words(answer)
    drift, resting = answer.drift, sum(len(end.places) for end in answer.ends if end.rests)
    sets = sum(not end.rests for end in answer.ends)
    if resting:
        yield _n("That is so in {n} state.", "That is so in {n} states.", resting)
    elif answer.stopped and not drift.closed:
        yield _("No such state has been found so far; not every state was looked at.")
    else:
        yield _("There is no such state among what is reached.")
    if sets and drift.by == "any":
        yield _n(
            "There is {n} set of several states that no move leaves.",
            "There are {n} sets of several states that no move leaves.",
            sets,
        )
    elif sets and drift.by == "drift":
        yield _n(
            "There is {n} set of several states that nobody leaves by a move that pays: there it never rests.",
            "There are {n} sets of several states that nobody leaves by a move that pays: there it never rests.",
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


def _in_common(answer: Evolution) -> list[str]:
    """Tell what is the same at all ends, and not in all states found."""
    model, prospects = spoken(answer.model), answer.prospects
    told = []
    for k, option in enumerate(model.options):
        atom = OptionAtom(option.id)
        for which, formula in ((prospects.always_taken, atom), (prospects.never_taken, Not(atom))):
            if which >> k & 1:
                told.append(formula_words(model, formula))
    return told


def _end(answer: Evolution, shown: Named, end: End) -> Iterator[Block]:
    at = end.nearest
    said = " ".join(_end_words(answer, shown, end))
    if at and answer.drift.distance[at] >= 0:
        yield from paths_to(answer, at, said)
    else:
        yield paragraph(said)


def _end_words(answer: Evolution, shown: Named, end: End) -> Iterator[str]:
    at = end.nearest
    state = placed(answer, shown, at)
    if end.rests and len(end.places) > 1:
        yield _(
            "In {number} states that differ only in what nobody cares about, of which the nearest is {state}.",
            number=number(len(end.places)),
            state=state,
        )
    elif end.rests:
        yield _("{State}.", state=state)
    else:
        yield _("{number} states, of which the nearest is {state}.", number=number(len(end.places)), state=state)
    if answer.drift.distance[at] < 0:
        yield _("Only a party that moves twice in a row comes there.")
    elif at == 0:
        yield _("It is there already.") if end.rests else _("It begins there.")
    if end.likelihood is not None:
        yield _("If chance decides: {odds}.", odds=odds(end.likelihood))
    true = _outcomes_at(answer, at) if end.rests else []
    if true:
        yield _("True there: {outcomes}.", outcomes=listing(true))


def _outcomes_at(answer: Evolution, at: int) -> list[str]:
    """Tell the outcomes that are true in a state found."""
    model = spoken(answer.model)
    return [formula_words(model, OutcomeAtom(name)) for name, holds in answer.outcomes.items() if holds[at]]


def chances(answer: Evolution) -> Iterator[Block]:
    """Tell how likely the ends and outcomes are, if chance decides."""
    if answer.drift.by == "any":
        return
    prospects = answer.prospects
    yield heading(_("How likely that is, if chance decides"))
    if prospects.moves_to_the_end is None:
        if prospects.unsaid is not None:
            yield paragraph(unsaid_words(prospects.unsaid))
        return
    moves = mean(prospects.moves_to_the_end)
    lasts = _n(
        "It comes to an end after {moves} move on average.",
        "It comes to an end after {moves} moves on average.",
        1 if moves == mean(1) else 2,
        moves=moves,
    )
    yield paragraph(f"{chain_words(answer)} {lasts}")
    rows = [
        (name, f"{decimal(100 * always, 1)}%", f"{decimal(100 * never, 1)}%")
        for name, (always, never) in prospects.odds.items()
    ]
    if rows:
        yield table(_odds_header(answer), rows)


def _odds_header(answer: Evolution) -> tuple[str, str, str]:
    what = _p("column of a table: outcomes", "at the end")
    if all(end.rests for end in answer.ends):
        return what, _p("column of a table: an outcome is", "true"), _p("column of a table: an outcome is", "not")
    return (
        what,
        _p("column of a table: an outcome is", "true for good"),
        _p("column of a table: an outcome is", "never again"),
    )


def rounds(answer: Evolution, shown: Named) -> Iterator[Block]:
    """Tell where it can go round, with an example of each."""
    prospects = answer.prospects
    yield heading(_("Where it can go round"))
    alone = [each for each in prospects.rounds if each.looked and each.example is None]
    if prospects.round_count is None:
        yield paragraph(_("Not looked for, since not everything that can follow was looked at."))
    elif not prospects.round_count:
        yield paragraph(_nowhere(answer.drift.by))
    elif len(alone) == prospects.round_count:
        yield paragraph(
            _n(
                "Nowhere, as nobody moves twice in a row. If one may, in {n} set of states, by moves of {parties}.",
                "Nowhere, as nobody moves twice in a row. If one may, in {n} sets of states, by moves of {parties}.",
                len(alone),
                parties=listing(_movers(answer, alone)),
            )
        )
    else:
        yield from _each_round(answer, shown, prospects.round_count)


def _nowhere(by: str) -> str:
    if by == "any":
        return _("Nowhere: no move leads to a state that it was left from.")
    if by == "drift":
        return _("Nowhere: no move that pays leads back to a state that was left before.")
    return _("Nowhere: no improvement leads to a state that it was left from.")


def _each_round(answer: Evolution, shown: Named, count: int) -> Iterator[Block]:
    yield paragraph(
        _n(
            "In {n} set of states, in which every state leads to every other.",
            "In {n} sets of states, in each of which every state leads to every other.",
            count,
        )
    )
    for found in answer.prospects.rounds[:ROUNDS]:
        among = number(len(found.states))
        if found.closed:
            left = _("Among {number} states it goes round, and does not get out.", number=among)
        else:
            left = _("Among {number} states it goes round, and can leave them.", number=among)
        yield paragraph(f"{left} {_round(answer, shown, found)}", 4)
    if count > ROUNDS:
        yield paragraph(_n("And {n} more set.", "And {n} more sets.", count - ROUNDS), 4)


def _round(answer: Evolution, shown: Named, found: Round) -> str:
    model, masks = spoken(answer.model), answer.drift.masks
    if not found.looked:
        return _("Their moves are too many to look for an example.")
    if found.example is None:
        parties = listing(_movers(answer, [found]))
        return _("Only where a party moves twice in a row; the moves are of {parties}.", parties=parties)
    begin = found.example[-1][1]
    path = legs_words(model, int(masks[begin]), ((mover, int(masks[state]), 1) for mover, state in found.example))
    state = called(answer, shown, begin)
    return _("For example, it begins here: {state}. {Path}. Then it is back there.", state=state, path=path)


def _movers(answer: Evolution, sets: Iterable[Round]) -> list[str]:
    """Name the parties that move within some sets of states."""
    model = spoken(answer.model)
    movers = {j for each in sets for j in each.movers}
    return [party_name(model, model.parties[j].id) for j in sorted(movers)]
