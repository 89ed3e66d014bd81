"""Where things can end, and where they can go round.

Both are asked of the moves themselves, whoever moved last. A *component* is a set of states each of which can be come
to from each other one. A state without a move out of it is a component and an end: things do not move on. A component
of several states that no move leaves is an end, too: things never rest in it, nor get out. Any other may be left.

Not everybody can go round every component: where single moves are forbidden, and where moves need bring nothing, one
party may be the only one that moves to and fro in it. So for each there is an example that everybody can walk for ever:
a round in which nobody moves twice in a row, not even where it closes; by drift any round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .drift import Drift, Ids, Moves

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_MOST_ROUND = 40_000_000  # pairs of moves among which a round is looked for
_TRIED = 2_000_000  # ... and that are walked along to find a short one


@dataclass(frozen=True)
class Round:
    """States among which things can go round.

    Parameters
    ----------
    states : (k,) int64
        Indices of states found, two at least.
    closed : bool
        Whether no move leads out of them.
    example : tuple of (int, int), or None
        A round as (mover, state index it moves to), which begins and ends in the last state of it. None where one party
        would have to move twice in a row, or where there are too many moves to look.
    looked : bool
        Whether there were few enough moves to look for a round.
    movers : tuple of int
        The parties that move from one of the states to another.
    """

    states: Ids
    closed: bool
    example: tuple[tuple[int, int], ...] | None
    looked: bool
    movers: tuple[int, ...]


@dataclass(frozen=True)
class Parts:
    """The components of a drift.

    Parameters
    ----------
    part : (n,) int
        The number of the component of each state.
    closed : (parts,) bool
        Whether no move leads out of it.
    size : (parts,) int
        How many states each has.
    """

    part: NDArray[np.int64]
    closed: NDArray[np.bool_]
    size: NDArray[np.int64]


def parts(moves: Moves, size: int) -> Parts:
    """Return the strongly connected components of so many states. O(states + moves)."""
    from scipy.sparse.csgraph import connected_components

    count, part = connected_components(_matrix(moves.source, moves.target, size), connection="strong")
    part = part.astype(np.int64)
    closed = np.ones(count, bool)
    closed[part[moves.source[part[moves.source] != part[moves.target]]]] = False
    return Parts(part, closed, np.bincount(part, minlength=count))


def rounds(drift: Drift, among: Parts, most: int) -> tuple[int, list[Round]]:
    """Return where things can go round: how many components of several states there are, and some of them.

    Parameters
    ----------
    drift : Drift
    among : Parts
    most : int
        How many to give: first those that are not left again, then those that the fewest moves lead to.
    """
    nearest = np.full(len(among.size), drift.size)
    np.minimum.at(nearest, among.part, np.arange(drift.size))
    several = np.flatnonzero(among.size > 1)
    order = several[np.lexsort((nearest[several], ~among.closed[several]))]
    return len(several), [_round(drift, among, int(number)) for number in order[:most]]


def _round(drift: Drift, among: Parts, number: int) -> Round:
    states = np.flatnonzero(among.part == number)
    graph = drift.graph
    inside = (among.part[graph.source] == number) & (among.part[graph.target] == number)
    moves = graph.kept(inside)
    looked = len(moves.mover) * len(drift.movers) <= _MOST_ROUND
    example = _example(drift, states, moves) if looked else None
    movers = tuple(np.flatnonzero(np.bincount(moves.mover)).tolist())
    return Round(states, bool(among.closed[number]), example, looked, movers)


def _example(drift: Drift, states: Ids, moves: Moves) -> tuple[tuple[int, int], ...] | None:
    """Return a legal round: the shortest through some states that are as near as can be.

    Looked for among pairs of a state and who moved to it last.
    """
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    count = len(drift.moves)
    kind = np.int32 if len(states) * count < 2**31 else np.int64  # narrow numbers are put in order in half the time
    local = np.full(drift.size, -1, kind)
    local[states] = np.arange(len(states))
    source, target, mover = local[moves.source] * count, local[moves.target] * count, moves.mover.astype(kind)
    near: list[NDArray[np.integer]] = []
    far: list[NDArray[np.integer]] = []
    for last in drift.movers:
        other = (mover != last) | (not drift.waits)
        near.append(source[other] + last)
        far.append(target[other] + mover[other])
    graph = _matrix(np.concatenate(near), np.concatenate(far), len(states) * count)
    _, part = connected_components(graph, connection="strong")
    begin = np.flatnonzero(np.bincount(part)[part] > 1)
    best: list[int] = []
    into: Any = graph.tocsc()
    for first in begin[: max(_TRIED // max(graph.nnz, 1), 1)].tolist():
        order, before = breadth_first_order(graph, first, return_predecessors=True)
        closing = set(into[:, first].nonzero()[0].tolist())
        at = next(int(node) for node in order if int(node) in closing)
        nodes = [first]
        while at != first:
            nodes.append(at)
            at = int(before[at])
        if not best or len(nodes) < len(best):
            best = nodes
    return tuple((node % count, int(states[node // count])) for node in reversed(best)) or None


def _matrix(rows: NDArray[np.integer], columns: NDArray[np.integer], size: int) -> csr_matrix:
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(len(rows), np.int8), (rows, columns)), shape=(size, size))
