"""The answer of ``evolve`` for people to read: what is reached, where it ends, how likely that is, and who moves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.answer.opening import legend
from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.errors import Stop
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import of_concepts, told_formula
from bestand.prose.phrases import party_name, state_words
from bestand.prose.words import counts_words, percent, readings_words, size

from .ends_words import chances, ends, rounds
from .evolution import Evolved, Target
from .paths_words import doings_words, legs_words, paths_to, placed
from .phrases import nothing_words, odds, steps_words
from .table import Named, movers_table, named

_NEAREST = 2  # states that satisfy the formula asked for, with paths, beside the nearest equilibria among them


def answer(width: int, evolved: Evolved, most: int, readings: tuple[str, ...] = ()) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    evolved : Evolved
    most : int
        How many shortest paths to show to a state.
    readings : tuple of str
        Those that were applied to the model.
    """
    shown = named(width, evolved)
    yield from _opening(evolved, readings)
    if evolved.target is not None:
        yield from _target(evolved, evolved.target, shown, most)
    yield from _reached(evolved)
    yield from ends(evolved, shown, most)
    yield from chances(evolved)
    yield from rounds(evolved, shown)
    yield from _equilibria(evolved, shown)
    yield from movers_table(evolved, shown)
    yield from legend(evolved.model)
    if evolved.stopped:
        yield from _part(evolved, evolved.stopped)


def _part(evolved: Evolved, stopped: Stop) -> Iterator[Block]:
    yield heading(_("This is a part of the answer"), "yellow")
    if evolved.drift.closed:
        whole = _("All that is reached was found.")
    else:
        whole = _("What is said to be reached is reached; there may be more.")
    yield paragraph(" ".join([_("{Limit}.", limit=stopped), whole]))


def _opening(evolved: Evolved, readings: tuple[str, ...]) -> Iterator[Block]:
    """Where it begins, and by which moves it goes on."""
    model, drift = evolved.model, evolved.drift
    yield paragraph(model.title, 0, "bold")
    if readings:
        yield paragraph(readings_words(model, readings), 0, "yellow")
    yield paragraph(" ".join(_start(evolved)), 0)
    told = [steps_words(drift.by), _("Nobody moves twice in a row.")]
    if len(drift.movers) < len(model.parties):
        movers = listing(party_name(model, model.parties[j].id) for j in drift.movers)
        told.append(_n("Only {parties} may move.", "Only {parties} may move.", len(drift.movers), parties=movers))
    if drift.horizon is not None:
        told.append(_n("It is followed for {n} move at most.", "It is followed for {n} moves at most.", drift.horizon))
    yield paragraph(" ".join(told), 0)


def _start(evolved: Evolved) -> Iterator[str]:
    model, start = evolved.model, int(evolved.drift.masks[0])
    today = model.status_quo is not None and start == model.mask(model.status_quo)
    state = state_words(model, start)
    if not today:
        yield _("It begins here: {state}.", state=state)
    elif model.bits(start) in model.labels:
        yield _("It begins at the status quo, {state}.", state=state)
    else:
        yield _("It begins at the status quo.")
    yield from doings_words(model, start)


def _target(evolved: Evolved, target: Target, shown: Named, most: int) -> Iterator[Block]:
    """Whether what was asked for is reached, how soon, and by which paths."""
    yield heading(_("Can it be reached?"))
    yield paragraph(" ".join(_wanted(evolved, target)))
    found = np.flatnonzero(target.found & evolved.drift.reached)
    if not len(found):
        yield paragraph(" ".join(_not_reached(evolved, target)))
        return
    nearest = int(evolved.drift.distance[found[0]])
    told = [_n("Yes, in {n} move.", "Yes, in {n} moves.", nearest) if nearest else _("It is so at the start.")]
    if target.count != 1:
        told.append(_how_many(target, len(found)))
    yield paragraph(" ".join(told))
    if target.chance is not None and nearest:
        yield paragraph(
            _("If chance decides who moves, as below, it is so at some time: {odds}.", odds=odds(target.chance))
        )
    yield from _target_paths(evolved, shown, most, found)


def _wanted(evolved: Evolved, target: Target) -> Iterator[str]:
    model = evolved.model
    if not isinstance(target.wanted, tuple):
        yield _("Wanted: {formula}.", formula=told_formula(model, target.wanted))
        return
    yield _("Wanted: {state}.", state=state_words(model, target.wanted[0]))
    if len(target.wanted) == 1:
        yield from doings_words(model, target.wanted[0])


def _not_reached(evolved: Evolved, target: Target) -> Iterator[str]:
    """That nothing of what was asked for is reached, as far as was looked."""
    drift = evolved.drift
    if drift.closed:
        yield _("No.")
    elif evolved.stopped or drift.horizon is None:
        yield _("Not so far.")
    else:
        yield _n("Not in {n} move.", "Not in {n} moves.", drift.horizon)
    if target.count is None:
        yield _("No such state is reached.")
    else:
        yield _n("It is not reached.", "None of {all} such states is reached.", target.count, all=size(target.count))


def _how_many(target: Target, found: int) -> str:
    if target.count is None:
        return _n("{n} such state is reached.", "{n} such states are reached.", found)
    return _n(
        "{n} of {all} such states is reached.", "{n} of {all} such states are reached.", found, all=size(target.count)
    )


def _target_paths(evolved: Evolved, shown: Named, most: int, found: np.ndarray) -> Iterator[Block]:
    """Paths to some of the nearest states that are so, and to the nearest equilibria among them."""
    standing = {concept: found[stable[found]] for concept, stable in evolved.standing.items()}
    counts = {concept: len(these) for concept, these in standing.items()}
    if any(counts.values()) and len(found) > 1:
        yield paragraph(_("Equilibria among what is reached of it: {counts}.", counts=counts_words(counts)))
    elif standing and not any(counts.values()):
        yield paragraph(
            _n(
                "It is no equilibrium under any concept asked.",
                "None of these is an equilibrium under any concept asked.",
                len(found),
            )
        )
    told = dict.fromkeys(found[:_NEAREST].tolist())
    told |= {int(these[0]): None for these in standing.values() if len(these)}
    for at in sorted(told):
        if at:
            yield from paths_to(evolved, at, most, " ".join(_standing(evolved, shown, at)))
    rest = len(found) - len(told)
    if rest:
        yield paragraph(_n("And {n} more such state.", "And {n} more such states.", rest))


def _standing(evolved: Evolved, shown: Named, at: int) -> Iterator[str]:
    """A state, and under which concepts it is an equilibrium."""
    yield _("{State}.", state=placed(evolved, shown, at))
    under = [concept for concept, stable in evolved.standing.items() if stable[at]]
    if under:
        yield _("It is an equilibrium under {concepts}.", concepts=of_concepts(under, evolved.asked.concepts))


def _reached(evolved: Evolved) -> Iterator[Block]:
    """How much is reached, and how many equilibria are among it."""
    drift = evolved.drift
    yield heading(_("What is reached"))
    yield paragraph(_reached_words(evolved))
    if drift.beyond:
        yield paragraph(" ".join(_beyond(drift.beyond)))
    rows = []
    for concept, found in evolved.standing.items():
        here = np.flatnonzero(found & drift.reached)
        nearest = _away(evolved, int(here[0])) if len(here) else ""
        rows.append((concept, size(evolved.totals[concept]), number(len(here)), nearest))
    if rows:
        header = (
            _p("column of a table", "concept"),
            _p("column of a table", "equilibria"),
            _p("column of a table", "reached"),
            _p("column of a table", "the nearest"),
        )
        yield table(header, rows)
    elif not evolved.asked.concepts:
        yield paragraph(
            _("Equilibria were not looked for, since the states are not listed; --concepts nash asks for them.")
        )


def _reached_words(evolved: Evolved) -> str:
    drift, solution = evolved.drift, evolved.solution
    count, moves = int(drift.reached.sum()), _n("{n} move", "{n} moves", drift.longest)
    if count == 1:
        known = bool(drift.rests[0])  # else its improvements are not known to be none
        return nothing_words(evolved) if known else _("Nothing but the start itself so far.")
    if solution is None:
        return _n("{n} state, in at most {moves}.", "{n} states, in at most {moves}.", count, moves=moves)
    return _n(
        "{reached} of {number} state ({share}), in at most {moves}.",
        "{reached} of {number} states ({share}), in at most {moves}.",
        solution.count,
        reached=number(count),
        number=size(solution.count),
        share=percent(count, solution.count),
        moves=moves,
    )


def _beyond(count: int) -> Iterator[str]:
    """What only a party comes to that moves twice in a row."""
    yield _n(
        "Since single moves are forbidden, a party that moves again before anybody else comes to {n} more state.",
        "Since single moves are forbidden, a party that moves again before anybody else comes to {n} more states.",
        count,
    )
    yield _(
        "The count above, the paths and the last movers leave that out; what is told of ends and of going round "
        "reckons with it."
    )


def _away(evolved: Evolved, at: int) -> str:
    """How far a state is, in a cell of a table."""
    moves = int(evolved.drift.distance[at])
    return _n("{n} move", "{n} moves", moves) if moves else _p("cell of a table", "at the start")


def _equilibria(evolved: Evolved, shown: Named) -> Iterator[Block]:
    """The equilibria reached that have a column, and how many moves away they are."""
    start = int(evolved.drift.masks[0])
    rows = []
    for at in shown.states:
        under = [concept for concept, found in evolved.standing.items() if found[at]]
        if under and evolved.drift.reached[at]:
            found = evolved.paths(at, 1)
            path = legs_words(evolved.model, start, found.shown[0]) if found and at else ""
            rows.append((shown.names[at], listing(under), _away(evolved, at), path))
    if rows:
        header = (
            "",
            _p("column of a table", "under"),
            _p("column of a table", "away"),
            _p("column of a table", "a shortest path"),
        )
        yield heading(_("Equilibria on the way, the nearest first"))
        yield table(header, rows, frozenset({0, 1, 2, 3}))
