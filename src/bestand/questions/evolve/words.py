"""The answer of ``evolve`` for people to read: what is reached, where it ends, how likely that is, and who moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from bestand.answer.opening import legend
from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.errors import Stop
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import of_concepts, told_formula
from bestand.prose.phrases import party_name, state_words
from bestand.prose.spoken import spoken
from bestand.prose.words import counts_words, percent, readings_words, size

from .ends_words import chances, ends, rounds
from .paths_words import doings_words, legs_words, paths_to, placed
from .phrases import nothing_words, odds, steps_words
from .table_words import Named, movers_table, named

if TYPE_CHECKING:
    from .answer import Evolution
    from .target import Target


def blocks(answer: Evolution, width: int) -> Iterator[Block]:
    """Tell the answer in reading order, its table for a page so many columns wide."""
    shown = named(answer, width)
    yield from _opening(answer)
    if answer.target is not None:
        yield from _target(answer, answer.target, shown)
    yield from _reached(answer)
    yield from ends(answer, shown)
    yield from chances(answer)
    yield from rounds(answer, shown)
    yield from _equilibria(answer, shown)
    yield from movers_table(answer, shown)
    yield from legend(spoken(answer.model))
    if answer.stopped is not None:
        yield from _part(answer, answer.stopped)


def _part(answer: Evolution, stopped: Stop) -> Iterator[Block]:
    yield heading(_("This is a part of the answer"), "yellow")
    if answer.drift.closed:
        whole = _("All that is reached was found.")
    else:
        whole = _("What is said to be reached is reached; there may be more.")
    yield paragraph(" ".join([_("{Limit}.", limit=stopped), whole]))


def _opening(answer: Evolution) -> Iterator[Block]:
    """Tell where it begins, and by which moves it goes on."""
    model, drift = spoken(answer.model), answer.drift
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    yield paragraph(" ".join(_start(answer)), 0)
    told = list(steps_words(answer))
    if len(drift.movers) < len(model.parties):
        movers = listing(party_name(model, model.parties[j].id) for j in drift.movers)
        told.append(_n("Only {parties} may move.", "Only {parties} may move.", len(drift.movers), parties=movers))
    if drift.horizon is not None:
        told.append(_n("It is followed for {n} move at most.", "It is followed for {n} moves at most.", drift.horizon))
    yield paragraph(" ".join(told), 0)


def _start(answer: Evolution) -> Iterator[str]:
    model, start = spoken(answer.model), answer.start
    today = model.status_quo is not None and start == model.mask(model.status_quo)
    state = state_words(model, start)
    if not today:
        yield _("It begins here: {state}.", state=state)
    elif model.bits(start) in model.labels:
        yield _("It begins at the status quo, {state}.", state=state)
    else:
        yield _("It begins at the status quo.")
    yield from doings_words(model, start)


def _target(answer: Evolution, target: Target, shown: Named) -> Iterator[Block]:
    """Tell whether what was asked for is reached, how soon, and by which paths."""
    yield heading(_("Can it be reached?"))
    yield paragraph(" ".join(_wanted(answer, target)))
    reached = np.flatnonzero(target.found & answer.drift.reached)
    if not len(reached):
        yield paragraph(" ".join(_not_reached(answer, target)))
        return
    nearest = int(answer.drift.distance[reached[0]])
    told = [_n("Yes, in {n} move.", "Yes, in {n} moves.", nearest) if nearest else _("It is so at the start.")]
    if target.count != 1:
        told.append(_how_many(target, len(reached)))
    yield paragraph(" ".join(told))
    if target.chance is not None and nearest:
        yield paragraph(
            _("If chance decides who moves, as below, it is so at some time: {odds}.", odds=odds(target.chance))
        )
    yield from _target_paths(answer, target, shown, reached)


def _wanted(answer: Evolution, target: Target) -> Iterator[str]:
    model = spoken(answer.model)
    if not isinstance(target.wanted, tuple):
        yield _("Wanted: {formula}.", formula=told_formula(model, target.wanted))
        return
    yield _("Wanted: {state}.", state=state_words(model, target.wanted[0]))
    if len(target.wanted) == 1:
        yield from doings_words(model, target.wanted[0])


def _not_reached(answer: Evolution, target: Target) -> Iterator[str]:
    """Tell that nothing of what was asked for is reached, as far as was looked."""
    drift = answer.drift
    if drift.closed:
        yield _("No.")
    elif answer.stopped or drift.horizon is None:
        yield _("Not so far.")
    else:
        yield _n(
            "Not within {n} move, and no more were followed.",
            "Not within {n} moves, and no more were followed.",
            drift.horizon,
        )
        if target.later is not None:
            yield _n("In {n} move it is reached.", "In {n} moves it is reached.", target.later)
        return
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


def _target_paths(answer: Evolution, target: Target, shown: Named, reached: np.ndarray) -> Iterator[Block]:
    """Tell paths to some of the nearest states that are so, and to the nearest equilibria among them."""
    counts = {concept: int(stable[reached].sum()) for concept, stable in answer.standing.among.items()}
    if any(counts.values()) and len(reached) > 1:
        yield paragraph(_("Equilibria among what is reached of it: {counts}.", counts=counts_words(counts)))
    elif counts and not any(counts.values()):
        yield paragraph(
            _n(
                "It is no equilibrium under any concept asked.",
                "None of these is an equilibrium under any concept asked.",
                len(reached),
            )
        )
    for at in target.told:
        if at:
            yield from paths_to(answer, at, " ".join(_standing(answer, shown, at)))
    rest = len(reached) - len(target.told)
    if rest:
        yield paragraph(_n("And {n} more such state.", "And {n} more such states.", rest))


def _standing(answer: Evolution, shown: Named, at: int) -> Iterator[str]:
    """Tell of a state, and under which concepts it is an equilibrium."""
    yield _("{State}.", state=placed(answer, shown, at))
    under = [concept for concept, stable in answer.standing.among.items() if stable[at]]
    if under:
        yield _("It is an equilibrium under {concepts}.", concepts=of_concepts(under, answer.concepts))


def _reached(answer: Evolution) -> Iterator[Block]:
    """Tell how much is reached, and how many equilibria are among it."""
    drift, standing = answer.drift, answer.standing
    yield heading(_("What is reached"))
    yield paragraph(_reached_words(answer))
    if drift.beyond:
        yield paragraph(" ".join(_beyond(answer, drift.beyond)))
    rows = []
    for concept, stable in standing.among.items():
        here = np.flatnonzero(stable & drift.reached)
        nearest = _away(answer, int(here[0])) if len(here) else ""
        rows.append((concept, size(standing.totals[concept]), number(len(here)), nearest))
    if rows:
        header = (
            _p("column of a table", "concept"),
            _p("column of a table", "equilibria"),
            _p("column of a table", "reached"),
            _p("column of a table", "the nearest"),
        )
        yield table(header, rows)
    elif not answer.concepts:
        yield paragraph(
            _("Equilibria were not looked for, since the states are not listed; --concepts nash asks for them.")
        )


def _reached_words(answer: Evolution) -> str:
    drift, feasible = answer.drift, answer.feasible
    count, moves = drift.count, _n("{n} move", "{n} moves", drift.longest)
    if count == 1:
        known = bool(drift.rests[0])  # else its improvements are not known to be none
        return nothing_words(answer) if known else _("Nothing but the start itself so far.")
    if feasible is None:
        return _n("{n} state, in at most {moves}.", "{n} states, in at most {moves}.", count, moves=moves)
    return _n(
        "{reached} of {number} state ({share}), in at most {moves}.",
        "{reached} of {number} states ({share}), in at most {moves}.",
        feasible,
        reached=number(count),
        number=size(feasible),
        share=percent(count, feasible),
        moves=moves,
    )


def _beyond(answer: Evolution, count: int) -> Iterator[str]:
    """Tell what only a party comes to that moves twice in a row."""
    if answer.model.forbidden_moves:
        yield _n(
            "Since single moves are forbidden, a party that moves again before anybody else comes to {n} more state.",
            "Since single moves are forbidden, a party that moves again before anybody else comes to {n} more states.",
            count,
        )
    else:
        yield _n(
            "A party that moves again before anybody else comes to {n} more state.",
            "A party that moves again before anybody else comes to {n} more states.",
            count,
        )
    yield _(
        "The count above, the paths and the last movers leave that out; what is told of ends and of going round "
        "reckons with it."
    )


def _away(answer: Evolution, at: int) -> str:
    """Tell how far a state is, in a cell of a table."""
    moves = int(answer.drift.distance[at])
    return _n("{n} move", "{n} moves", moves) if moves else _p("cell of a table", "at the start")


def _equilibria(answer: Evolution, shown: Named) -> Iterator[Block]:
    """Tell the equilibria reached that have a column, and how many moves away they are."""
    model = spoken(answer.model)
    rows = []
    for at in shown.states:
        under = [concept for concept, stable in answer.standing.among.items() if stable[at]]
        if under and answer.drift.distance[at] >= 0:
            path = legs_words(model, answer.start, answer.guide.routes[at].shown[0]) if at else ""
            rows.append((shown.names[at], listing(under), _away(answer, at), path))
    if rows:
        header = (
            "",
            _p("column of a table", "under"),
            _p("column of a table", "away"),
            _p("column of a table", "a shortest path"),
        )
        yield heading(_("Equilibria on the way, the nearest first"))
        yield table(header, rows, frozenset({0, 1, 2, 3}))
