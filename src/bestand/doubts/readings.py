"""Readings that change nothing.

A reading is told where, applied alone, it provably leaves the model as it is: the same feasible states, moves and
status quo, and the same order of the states for every party. A change of one-way options or forbidden moves always
counts as a change.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.engine.order import order_of
from bestand.engine.space import Space
from bestand.engine.states import feasible_states
from bestand.model.changing import changed
from bestand.model.errors import CallError, ModelError, TooManyStates
from bestand.model.message import counted, message
from bestand.model.model import Model
from bestand.model.sentences import ApplyReading

from .findings import Family, Found, Kind, Unchecked
from .sight import Sight

_KINDS = (
    Kind(
        "idle-reading",
        message("readings that change nothing"),
        message("under it every answer is that of the model itself, whatever it is meant to weigh"),
        message("see whether its changes say what was meant, or leave it out"),
        lambda n, _sort: counted("{n} reading changes nothing", "{n} readings change nothing", n),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    for reading in sight.model.readings:
        if sight.space is None:
            yield Unchecked("idle-reading", sight.why)
            return
        sight.watch.check()
        try:
            under = changed(sight.model, [ApplyReading(reading.id)])
            idle = _changes_nothing(sight.space, under)
        except (CallError, ModelError):
            continue  # one that cannot be applied alone is told when it is asked for
        except TooManyStates:
            continue  # far more states than without it
        if idle:
            words = message("by itself it changes no state, no move and nobody's order of the states")
            yield Found("idle-reading", ("readings", reading.id), words)


def _changes_nothing(space: Space, under: Model) -> bool:
    """Return whether a variant has the same states, moves and orders. O(S · statements) where only wishes differ."""
    model = space.model
    if (under.status_quo, under.one_way, under.forbidden_moves) != (
        model.status_quo,
        model.one_way,
        model.forbidden_moves,
    ):
        return False
    if under.rules != model.rules:
        states = feasible_states(under, 4 * space.size + 2**16)  # beginnings may be more than what is left in the end
        if not np.array_equal(states, space.evaluator.members.states):
            return False
    if under.preferences == model.preferences:
        return True
    if not all(map(space.alike, under.preferences.values())):
        return False
    wishes = under.preferences
    return all(
        space.order(i).agrees(order_of(wishes.get(party), space.evaluator, party))
        for i, party in enumerate(model.party)
    )


READINGS = Family(_KINDS, _find)
