"""The answer of ``evolve`` for people to read: what is reached, where it ends, how likely that is, and who moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from bestand.analysis.evolution.ends import Round
from bestand.analysis.evolution.evolving import End, Evolved
from bestand.analysis.evolution.paths import Leg, Paths
from bestand.model.formula import OutcomeAtom
from bestand.model.model import Model
from bestand.texts import listing, number

from .blocks import Block
from .evolution_table import Named, movers_table, named
from .page import Page
from .words import move_words, percent, plural, readings_words, size, state_words

MOST_ENDS = 6  # that are told one by one
MOST_ROUNDS = 3
_NEAREST = 2  # states that satisfy the formula asked for, with paths, beside the nearest equilibria among them

_KINDS = {
    "improvements": "by improvements: every step is a gain for whoever makes it",
    "best moves": "by best moves: every step is the best move that its mover has, and a gain",
    "moves": "by any legal moves, whether the mover gains or not",
}
_STEP = {"improvements": "improvement", "best moves": "improvement", "moves": "move"}


def answer(on: Page, evolved: Evolved, most: int, readings: tuple[str, ...] = ()) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    on : Page
    evolved : Evolved
    most : int
        How many shortest paths to show to a state.
    readings : tuple of str
        Those that were applied to the model.
    """
    shown = named(on, evolved)
    yield from _opening(on, evolved, readings)
    if evolved.target is not None:
        yield from _target(on, evolved, shown, most)
    yield from _reached(on, evolved)
    yield from _ends(on, evolved, shown, most)
    yield from _chances(on, evolved)
    yield from _rounds(on, evolved, shown)
    yield from _equilibria(on, evolved, shown)
    yield from movers_table(on, evolved, shown)
    if evolved.stopped:
        yield on.heading("This is a part of the answer", "yellow")
        what = "All that is reached was found" if evolved.drift.closed else "What is said to be reached is; more may be"
        yield on.paragraph(f"{evolved.stopped[0].upper()}{evolved.stopped[1:]}. {what}.")


def _opening(on: Page, evolved: Evolved, readings: tuple[str, ...]) -> Iterator[Block]:
    model, drift = evolved.model, evolved.drift
    yield on.paragraph(model.title, 0, "bold")
    if readings:
        yield on.paragraph(readings_words(model, readings), 0, "yellow")
    start = int(drift.masks[0])
    today = model.status_quo is not None and start == model.mask(model.status_quo)
    name = state_words(model, start)
    begins = (
        f"From the status quo ({name})"
        if today
        else f"From {name if name != 'none' else 'the state without any option'}"
    )
    told = f"{begins}, {_KINDS[drift.by]}. Nobody moves twice in a row."
    if len(drift.movers) < len(model.parties):
        told += f" Only {listing(model.parties[j].title for j in drift.movers)} may move."
    if drift.horizon is not None:
        told += f" At most {plural(drift.horizon, 'move')}."
    yield on.paragraph(told, 0)


def _target(on: Page, evolved: Evolved, shown: Named, most: int) -> Iterator[Block]:
    target, drift = evolved.target, evolved.drift
    assert target is not None
    yield on.heading(f"Can it be reached? {target.name}")
    found = np.flatnonzero(target.found & drift.reached)
    of = f" of {plural(target.count, 'such state')}" if target.count else ""
    if not len(found):
        so_far = "No"
        if not drift.closed:
            so_far = "Not so far" if evolved.stopped else f"Not in {plural(drift.horizon or 0, 'move')}"
        yield on.paragraph(f"{so_far}: {'none' + of + ' is' if target.count != 1 else 'it is not'} reached.")
        return
    nearest = int(drift.distance[found[0]])
    told = "It is so at the start." if not nearest else f"Yes, in {plural(nearest, 'move')}."
    if target.count != 1:
        told += f" {number(len(found))}{of} {'is' if len(found) == 1 else 'are'} reached."
    yield on.paragraph(told)
    if target.chance is not None and nearest:
        yield on.paragraph(f"If chance decides who moves, as below, it is so at some time: {odds(target.chance)}.")
    yield from _target_paths(on, evolved, shown, most, found)


def _target_paths(on: Page, evolved: Evolved, shown: Named, most: int, found: np.ndarray) -> Iterator[Block]:
    """Paths to some of the nearest states that are so, and to the nearest equilibria among them."""
    standing = {concept: found[stable[found]] for concept, stable in evolved.standing.items()}
    counts = [f"{number(len(these))} under {concept}" for concept, these in standing.items() if len(these)]
    if counts and len(found) > 1:
        yield on.paragraph(f"Equilibria among what is reached of it: {listing(counts)}.")
    elif standing and not counts:
        these = "None of these is" if len(found) > 1 else "It is not"
        yield on.paragraph(f"{these} an equilibrium under a concept asked about.")
    told = dict.fromkeys(found[:_NEAREST].tolist())
    told |= {int(these[0]): None for these in standing.values() if len(these)}
    for at in sorted(told):
        under = [concept for concept, stable in evolved.standing.items() if stable[at]]
        what = f", an equilibrium under {listing(under)}" if under else ""
        if at:
            yield from _paths(on, evolved, at, most, f"To {_called(evolved, shown, at)}{what}")
    if len(found) > len(told):
        yield on.paragraph(f"and {plural(len(found) - len(told), 'more such state')}.")


def _reached(on: Page, evolved: Evolved) -> Iterator[Block]:
    drift, solution = evolved.drift, evolved.solution
    yield on.heading("What is reached")
    count = int(drift.reached.sum())
    of = f" of {plural(solution.count, 'state')} ({percent(count, solution.count)})" if solution else " states"
    if count == 1 and not drift.rests[0]:  # its improvements are not known to be none
        yield on.paragraph("Nothing but the start itself so far.")
    elif count == 1:
        nobody = "nobody" if len(drift.movers) == len(evolved.model.parties) else "none of those who may move"
        yield on.paragraph(f"Nothing but the start itself: {nobody} has {_a(_STEP[drift.by])} there.")
    else:
        yield on.paragraph(f"{number(count)}{of}, in at most {plural(drift.longest, 'move')}.")
    if drift.beyond:
        more = "1 more state" if drift.beyond == 1 else f"{number(drift.beyond)} more states"
        yield on.paragraph(
            f"Since single moves are forbidden, a party that moves again before anybody else comes to {more}. "
            "They are no part of this count, of the paths and of the last movers; what ends and what goes round "
            "reckons with them."
        )
    rows = []
    for concept, found in evolved.standing.items():
        here = np.flatnonzero(found & drift.reached)
        rows.append((concept, size(evolved.totals[concept]), number(len(here)), _away(evolved, here[:1])))
    if rows:
        yield on.table(("concept", "equilibria", "reached", "the nearest"), rows)
    elif not evolved.asked.concepts:
        yield on.paragraph("Equilibria were not looked for, since the states are not listed; --concepts nash asks.")


def _away(evolved: Evolved, at: np.ndarray) -> str:
    """How far a state is, if it is one."""
    if not len(at):
        return ""
    moves = int(evolved.drift.distance[at[0]])
    return plural(moves, "move") if moves else "at the start"


def _ends(on: Page, evolved: Evolved, shown: Named, most: int) -> Iterator[Block]:
    drift, step = evolved.drift, _STEP[evolved.drift.by]
    yield on.heading("Where it can end")
    resting = [end for end in evolved.ends if end.rests]
    sets = [end for end in evolved.ends if not end.rests]
    nobody = "nobody" if len(drift.movers) == len(evolved.model.parties) else "none of those who may move"
    places = plural(len(resting), "state") if resting else "No state reached"
    told = f"{places} in which {nobody} has {_a(step)}"
    if not resting:
        told = f"There is no state reached in which {nobody} has {_a(step)}"
        if evolved.stopped and not drift.closed:
            told = f"No state in which {nobody} has {_a(step)} has been found so far; not every state was looked at"
    if sets:
        never = "" if drift.by == "moves" else ": there it never rests"
        told += f"; {plural(len(sets), 'set')} of several states that no {step} leaves{never}"
    elif not drift.closed:
        told += "; sets of states that are not left again were not looked for"
    yield on.paragraph(f"{told}.")
    for end in evolved.ends[:MOST_ENDS]:
        yield from _end(on, evolved, shown, end, most)
    if len(evolved.ends) > MOST_ENDS:
        yield on.paragraph(f"and {plural(len(evolved.ends) - MOST_ENDS, 'more end')}: --json has them.")
        common = _in_common(evolved)
        if common:
            yield on.paragraph(f"All ends have {listing(common)}; not every state reached does.")


def _in_common(evolved: Evolved) -> list[str]:
    """Options that are the same in all ends, and not in all states found."""
    ends = np.concatenate([end.states for end in evolved.ends])
    told = []
    for k, option in enumerate(evolved.model.options):
        yes = (evolved.drift.masks >> np.uint64(k) & np.uint64(1)).astype(bool)
        for value, word in ((yes, "yes"), (~yes, "no")):
            if value[ends].all() and not value.all():
                told.append(f"{option.id} {word}")
    return told


def _end(on: Page, evolved: Evolved, shown: Named, end: End, most: int) -> Iterator[Block]:
    at = int(end.states[0])
    what = _called(evolved, shown, at)
    if not end.rests:
        what = f"{number(len(end.states))} states, of which the nearest is {what}"
    if end.likelihood is not None:
        what += f": {odds(end.likelihood)}"
    true = outcomes_at(evolved, at) if end.rests else ()
    what += f" — {listing(true)}" if true else ""
    if not evolved.drift.reached[at]:
        yield on.paragraph(f"{what}; only where a party moves twice in a row")
    elif at == 0:
        yield on.paragraph(f"{what}; it is there already" if end.rests else f"{what}; it begins there")
    else:
        yield from _paths(on, evolved, at, most, what)


def _chances(on: Page, evolved: Evolved) -> Iterator[Block]:
    if evolved.drift.by == "moves":
        return
    yield on.heading("How likely that is, if chance decides")
    if evolved.chain is None:
        yield on.paragraph(f"Not worked out: {evolved.unsaid}.")
        return
    moves = f"{evolved.chain.moves:.3g}"
    yield on.paragraph(
        f"{chain_words(evolved)} It comes to an end after {moves} move{'' if moves == '1' else 's'} on average."
    )
    rows = [(name, f"{100 * always:.1f}%", f"{100 * never:.1f}%") for name, always, never in outcome_odds(evolved)]
    varying = any(not end.rests for end in evolved.ends)
    if rows:
        word = "true for good" if varying else "true"
        yield on.table(("at the end", word, "never again" if varying else "not"), rows)


def chain_words(evolved: Evolved) -> str:
    """The mover that the likelihoods are about."""
    what = "best move" if evolved.drift.by == "best moves" else "improvement"
    choice = (
        "its best move (of several equally good ones, any, each as likely as another)"
        if what == "best move"
        else "one of its improvements"
    )
    which = (
        "one of the parties" if len(evolved.drift.movers) == len(evolved.model.parties) else "one of those who may move"
    )
    return (
        f"Each time, {which} that can improve is drawn, each as likely as another, and takes {choice}"
        f"{', each as likely as another' if what == 'improvement' else ''}; whoever moved last may be drawn again. "
        "This weighs ends by the ways that lead to them, and is no forecast."
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


def _rounds(on: Page, evolved: Evolved, shown: Named) -> Iterator[Block]:
    drift = evolved.drift
    yield on.heading("Where it can go round")
    if evolved.round_count is None:
        yield on.paragraph("Not looked for, since not everything that can follow was.")
        return
    if not evolved.round_count:
        yield on.paragraph(f"Nowhere: no {_STEP[drift.by]} leads to a state that it was left from.")
        return
    alone = [found for found in evolved.rounds if found.looked and found.example is None]
    if len(alone) == evolved.round_count:
        yield on.paragraph(
            f"Nowhere, as nobody moves twice in a row. If one may, in {plural(len(alone), 'set')} of states, by moves "
            f"of {listing(_movers(evolved, alone))}."
        )
        return
    yield on.paragraph(
        f"In {plural(evolved.round_count, 'set')} of states, in each of which every state leads to every other."
    )
    for found in evolved.rounds[:MOST_ROUNDS]:
        left = "and does not get out" if found.closed else "and can leave them"
        yield on.paragraph(
            f"Among {number(len(found.states))} states it goes round, {left}. {_round(evolved, shown, found)}", 4
        )
    if evolved.round_count > MOST_ROUNDS:
        yield on.paragraph(f"and {plural(evolved.round_count - MOST_ROUNDS, 'more set')}.", 4)


def _round(evolved: Evolved, shown: Named, found: Round) -> str:
    model, masks = evolved.model, evolved.drift.masks
    if not found.looked:
        return "Their moves are too many to look for an example."
    if found.example is None:
        return f"Only where a party moves twice in a row; the moves are of {listing(_movers(evolved, [found]))}."
    begin = found.example[-1][1]
    legs = _legs_words(model, int(masks[begin]), [Leg(j, int(masks[s]), 1) for j, s in found.example])
    return f"For example from {_called(evolved, shown, begin)}: {legs}, and it is back."


def _movers(evolved: Evolved, sets: Iterable[Round]) -> list[str]:
    """The parties that move within some sets of states."""
    graph, movers = evolved.drift.graph, set[int]()
    for found in sets:
        inside = np.isin(graph.source, found.states) & np.isin(graph.target, found.states)
        movers.update(graph.mover[inside].tolist())
    return [evolved.model.parties[j].title for j in sorted(movers)]


def _equilibria(on: Page, evolved: Evolved, shown: Named) -> Iterator[Block]:
    """The equilibria reached that have a column, and how many moves away they are."""
    drift = evolved.drift
    rows = []
    for at in shown.states:
        under = [concept for concept, found in evolved.standing.items() if found[at]]
        if under and drift.reached[at]:
            away = _away(evolved, np.array([at]))
            found = evolved.paths(at, 1)
            path = _legs_words(evolved.model, int(drift.masks[0]), found.shown[0]) if found and at else ""
            rows.append((shown.names[at], listing(under), away, path))
    if rows:
        yield on.heading("Equilibria on the way, the nearest first")
        yield on.table(("", "under", "away", "a shortest path"), rows, frozenset({0, 1, 2, 3}))


def _paths(on: Page, evolved: Evolved, at: int, most: int, what: str) -> Iterator[Block]:
    found = evolved.paths(at, most)
    assert found is not None, "asked only of what is reached"
    yield on.paragraph(f"{what}; {_count(found)}:")
    for legs in found.shown:
        yield on.paragraph(f"- {_legs_words(evolved.model, int(evolved.drift.masks[0]), legs)}", 4)


def _count(found: Paths) -> str:
    """How many moves, and how many ways."""
    moves = plural(found.moves, "move")
    if found.count == 1:
        return f"{moves}, one way"
    many = f"{number(found.count)} ways" if found.counted else f"{number(found.count)} ways or more"
    shown = f", of which {number(len(found.shown))}" if len(found.shown) < found.count else ""
    return f"{moves}, {many}{shown}"


def _legs_words(model: Model, start: int, legs: Iterable[Leg]) -> str:
    """A path: who changes what, then who; with a word where the mover does not gain."""
    told: list[str] = []
    at = start
    for leg in legs:
        what = move_words(model, at, leg.state).replace("change", "changes", 1)
        label = model.labels.get(model.bits(leg.state))
        notes = [f"state {label}" if label is not None else "", {1: "", 0: "without a gain", -1: "at a loss"}[leg.gain]]
        note = ", ".join(filter(None, notes))
        told.append(f"{model.parties[leg.party].title} {what}{f' ({note})' if note else ''}")
        at = leg.state
    return ", then ".join(told)


def _called(evolved: Evolved, shown: Named, at: int) -> str:
    """What a state found is called: its column, else what is yes in it."""
    if at == 0:
        return "the start"
    if at in shown.names:
        name = shown.names[at]
        return name if name.startswith("#") else f"state {name}"
    return state_words(evolved.model, int(evolved.drift.masks[at]))


def outcomes_at(evolved: Evolved, at: int) -> tuple[str, ...]:
    """The outcomes that are true in a state found."""
    return tuple(o.name for o in evolved.model.outcomes if evolved.holds(OutcomeAtom(o.name))[at])


def odds(chance: float) -> str:
    """A probability in words.

    Examples
    --------
    >>> odds(0.35112), odds(1.0), odds(0.00001)
    ('a probability of 35.1%', 'certainty', 'a probability below 0.1%')
    """
    if chance > 1 - 1e-9:
        return "certainty"
    if chance < 0.001:
        return "a probability of 0" if chance == 0 else "a probability below 0.1%"
    return "a probability above 99.9%" if chance > 0.999 else f"a probability of {100 * chance:.1f}%"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
