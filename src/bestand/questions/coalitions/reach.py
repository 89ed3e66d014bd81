"""Where a coalition can get to from every state: R_H of the literature, for all states at once.

States from which the same is reached share a *group*. Where moves can be taken back, a group is a set of states that
the coalition moves among freely, and reaches nothing else. One-way options put groups in an order; single moves that
are forbidden make legal sequences depend on the last mover, and every state a group of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.arcs import Arcs, ArcsEngine, single_moves
from bestand.engine.choose import ExplicitEngine
from bestand.engine.limits import Watch
from bestand.engine.spec import Parties
from bestand.engine.steps import waits
from bestand.model.errors import LimitReached

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Rows = NDArray[np.intp]
Bools = NDArray[np.bool_]

MOST = 50_000_000  # pairs of a group and a state that it reaches


@dataclass(frozen=True)
class Reachable:
    """The states that a coalition reaches from each one by legal sequences of its members' moves, itself included.

    Parameters
    ----------
    group : (S,) intp
        The group of every state.
    starts : (G + 1,) intp
    states : (M,) intp
        Group g reaches ``states[starts[g]:starts[g + 1]]``.
    """

    group: Rows
    starts: Rows
    states: Rows

    @cached_property
    def members(self) -> tuple[Rows, Rows]:
        """The states of every group, as ``(starts, states)``."""
        order = np.argsort(self.group, kind="stable")
        return np.searchsorted(self.group[order], np.arange(len(self.starts))), order


def size_of(engine: ExplicitEngine) -> int:
    """Return how many states an engine knows, those of a graph drawn by hand as well."""
    return len(engine.over_states(engine.rank(0))) if isinstance(engine, ArcsEngine) else engine.space.size


def reachable(engine: ExplicitEngine, coalition: Parties, watch: Watch | None = None) -> Reachable:
    """Return R_H and the state itself, for all states.

    Parameters
    ----------
    engine : ExplicitEngine
    coalition : tuple of int
        Party indices; nobody reaches nothing but where it is.
    watch : Watch, optional

    Raises
    ------
    LimitReached
        Where more than 50 million pairs would be kept.

    Notes
    -----
    O(S) where moves can be taken back; else the size of what is kept, times a few.
    """
    size = size_of(engine)
    if not coalition:
        return _listed(np.arange(size))
    if isinstance(engine, ArcsEngine):
        return _along_arcs([engine.arcs[j] for j in coalition], size)
    if waits(engine):
        return _along_arcs(single_moves(engine.space, coalition, watch or Watch()), size)
    if any(engine.space.moves[j].to_yes | engine.space.moves[j].to_no for j in coalition):
        return _one_way(engine, coalition)
    least = engine.worst_reply(coalition, engine.from_states(np.arange(size, dtype=np.int32)))
    return _listed(np.unique(engine.over_states(least), return_inverse=True)[1])


def _listed(group: Rows) -> Reachable:
    """Return groups that reach themselves and nothing else."""
    order = np.argsort(group, kind="stable")
    return Reachable(group, np.searchsorted(group[order], np.arange(group.max() + 2)), order)


def _one_way(engine: ExplicitEngine, coalition: Parties) -> Reachable:
    """Go through a node for each block of a party and pattern of its one-way options: readers lead in, members out."""
    space = engine.space
    size = nodes = space.size
    sources: list[Rows] = []
    targets: list[Rows] = []
    for j in coalition:
        moves = space.moves[j]
        outside = space.states & ~np.uint64(moves.own)
        pattern = space.states & np.uint64(moves.to_yes | moves.to_no)
        forth, back = np.uint64(moves.to_yes), np.uint64(moves.to_no)
        for p in np.unique(pattern):
            readers = np.flatnonzero(pattern == p)
            members = np.flatnonzero(((p & forth & ~pattern) == 0) & ((pattern & back & ~p) == 0))
            blocks = np.unique(outside[readers])
            members = members[np.isin(outside[members], blocks)]
            sources += [readers, nodes + np.searchsorted(blocks, outside[members])]
            targets += [nodes + np.searchsorted(blocks, outside[readers]), members]
            nodes += len(blocks)
    carried = np.r_[np.arange(size), np.full(nodes - size, -1)]
    return _closed(np.concatenate(sources), np.concatenate(targets), carried, size)


def _along_arcs(movers: Sequence[Arcs], size: int) -> Reachable:
    """Go through nodes (state, next mover) and (state, last mover): nobody moves twice in a row."""
    count = len(movers)
    every = np.arange(size)
    sources: list[Rows] = []
    targets: list[Rows] = []
    for k, arcs in enumerate(movers):
        before, after = (1 + k) * size, (1 + count + k) * size
        sources += [every, before + arcs.sources]
        targets += [before + every, after + arcs.targets]
        for other in range(count):
            if other != k:
                sources.append(after + every)
                targets.append((1 + other) * size + every)
    carried = np.concatenate([every, np.full(count * size, -1), np.tile(every, count)])
    return _closed(np.concatenate(sources), np.concatenate(targets), carried, size)


def _closed(sources: Rows, targets: Rows, carried: Rows, size: int) -> Reachable:
    """Return what the first ``size`` nodes of a graph reach, told in the states that nodes carry (-1: none)."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    def between(rows: Rows, columns: Rows, shape: tuple[int, int]) -> csr_array:
        return csr_array((np.ones(len(rows), bool), (rows, columns)), shape=shape)

    nodes = len(carried)
    count, of = connected_components(between(sources, targets, (nodes, nodes)), directed=True, connection="strong")
    telling = np.flatnonzero(carried >= 0)
    holds = between(of[telling], carried[telling], (count, size))
    ahead = between(np.r_[of[sources], np.arange(count)], np.r_[of[targets], np.arange(count)], (count, count))
    starting = np.unique(of[:size])
    closure = _closure(ahead)[starting] @ holds
    if closure.nnz > MOST:
        raise _too_many()
    closure.sort_indices()
    return Reachable(
        np.searchsorted(starting, of[:size]), closure.indptr.astype(np.intp), closure.indices.astype(np.intp)
    )


def _too_many() -> LimitReached:
    return LimitReached("memory", "more than {most} pairs of states that a coalition can move between", most=MOST)


def _closure(ahead: Any) -> Any:
    """Return the reflexive and transitive closure of a graph without circles, by squaring."""
    while True:
        further = ahead @ ahead
        if further.nnz > MOST:
            raise _too_many()
        if further.nnz == ahead.nnz:
            return ahead
        ahead = further
