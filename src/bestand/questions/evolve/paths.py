"""The shortest legal paths to a state: several of them, those that cost their movers least first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .drift import Drift

Node = tuple[int, int]  # a mover, and the index of the state it moves to
Edge = tuple[int, int, int]  # a mover, and the indices of the states it moves from and to

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
        How many there are, of those that were looked at.
    counted : bool
        Whether that is all of them.
    shown : tuple of tuple of Leg
        Some of them: first those on which the fewest movers lose, then those on which the most gain.
    """

    state: int
    moves: int
    count: int
    counted: bool
    shown: tuple[tuple[Leg, ...], ...]


def shortest(drift: Drift, at: int, most: int, enough: int = ENOUGH) -> Paths | None:
    """Some of the shortest legal paths to a state; None where none leads there.

    Parameters
    ----------
    drift : Drift
    at : int
        The index of a state found.
    most : int
        How many to show.
    enough : int
        How many to look at.

    Notes
    -----
    O(moves into the states on the way). Every move that is tried belongs to a shortest path.
    """
    length = int(drift.distance[at])
    if length < 0:
        return None
    if not length:
        return Paths(int(drift.masks[0]), 0, 1, True, ((),))
    movers = [j for j in drift.movers if drift.moves[j, at] == length]
    found = list(islice(_backwards(drift, at, movers, length), enough + 1))
    counted = len(found) <= enough
    gains = _gains(drift, found[:enough])

    def losses(nodes: list[Node]) -> tuple[int, int]:
        each = [gains[edge] for edge in _edges(nodes)]
        return each.count(-1), -each.count(1)

    shown = sorted(found[:enough], key=losses)[:most]
    told = (tuple(Leg(edge[0], int(drift.masks[edge[2]]), gains[edge]) for edge in _edges(nodes)) for nodes in shown)
    return Paths(int(drift.masks[at]), length, min(len(found), enough), counted, tuple(told))


def _backwards(drift: Drift, at: int, movers: list[int], length: int) -> Iterator[list[Node]]:
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


def _edges(nodes: list[Node]) -> list[Edge]:
    """The moves of a path, each with the state that it leaves."""
    return [
        (mover, before, state) for before, (mover, state) in zip([0, *(at for _, at in nodes)], nodes, strict=False)
    ]


def _gains(drift: Drift, paths: list[list[Node]]) -> dict[Edge, int]:
    """What the mover gains by every move of some paths: 1, 0 or -1."""
    edges = list({edge for nodes in paths for edge in _edges(nodes)})
    if drift.by != "moves":
        return dict.fromkeys(edges, 1)
    gains: dict[Edge, int] = {}
    for j in drift.movers:
        mine = [edge for edge in edges if edge[0] == j]
        origins, targets = (drift.masks[[edge[k] for edge in mine]] if mine else drift.masks[:0] for k in (1, 2))
        gains.update(zip(mine, drift.moving.gains(j, origins, targets).tolist(), strict=True))
    return gains
