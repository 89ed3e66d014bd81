"""The shortest legal paths to a state: several of them, those that cost their movers least first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .drift import Drift

ENOUGH = 1000  # shortest paths to one state that are looked at


@dataclass(frozen=True, slots=True)
class Leg:
    """One move of a path.

    Parameters
    ----------
    party : int
        The index of the mover.
    state : int
        The bit mask of the state it moves to.
    gain : int
        1 where the mover gains, 0 where it is all the same to it, -1 where it loses.
    """

    party: int
    state: int
    gain: int


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest legal paths to one state.

    Parameters
    ----------
    state : int
        Its bit mask.
    moves : int
        How many moves each of them takes.
    count : int
        How many there are, up to `ENOUGH`.
    shown : tuple of tuple of Leg
        Some of them: first those on which the fewest movers lose, then those on which the most gain.
    """

    state: int
    moves: int
    count: int
    shown: tuple[tuple[Leg, ...], ...]

    @property
    def counted(self) -> bool:
        """Whether ``count`` is all of them."""
        return self.count < ENOUGH


def shortest(drift: Drift, at: int, most: int) -> Paths | None:
    """Some of the shortest legal paths to a state; None where none leads there.

    Parameters
    ----------
    drift : Drift
    at : int
        The index of a state found.
    most : int
        How many to show.

    Notes
    -----
    O(moves into the states on the way). Every move that is tried belongs to a shortest path.
    """
    length = int(drift.distance[at])
    if length < 0:
        return None
    if not length:
        return Paths(int(drift.masks[0]), 0, 1, ((),))
    movers = [j for j in drift.movers if drift.moves[j, at] == length]
    found = [_legs(drift, nodes) for nodes in islice(_backwards(drift, at, movers, length), ENOUGH)]
    losses = sorted(found, key=lambda legs: (sum(leg.gain < 0 for leg in legs), -sum(leg.gain > 0 for leg in legs)))
    return Paths(int(drift.masks[at]), length, len(found), tuple(losses[:most]))


def _backwards(drift: Drift, at: int, movers: list[int], length: int) -> Iterator[list[tuple[int, int]]]:
    """Every shortest path as (mover, state it moves to), found from its end, to which any of the movers came.

    A walk that ends in (state, last mover) in the fewest moves passes every pair before it in the fewest moves, too.
    """
    stack = [(at, j, length, [(j, at)]) for j in reversed(movers)]
    graph = drift.graph
    while stack:
        state, mover, left, nodes = stack.pop()
        into = graph.into(state)
        origins = graph.source[into[graph.mover[into] == mover]].tolist()
        if left == 1:
            if 0 in origins:
                yield nodes[::-1]
            continue
        for origin in reversed(origins):
            for j in reversed(drift.movers):
                if j != mover and drift.moves[j, origin] == left - 1:
                    stack.append((origin, j, left - 1, [*nodes, (j, origin)]))


def _legs(drift: Drift, nodes: list[tuple[int, int]]) -> tuple[Leg, ...]:
    legs: list[Leg] = []
    before = 0
    for mover, state in nodes:
        gain = 1
        if drift.by == "moves":
            gain = int(drift.moving.gains(mover, drift.masks[[before]], drift.masks[[state]])[0])
        legs.append(Leg(mover, int(drift.masks[state]), gain))
        before = state
    return tuple(legs)
