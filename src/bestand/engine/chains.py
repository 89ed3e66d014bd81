"""A party's blocks, sorted: where it can move freely, and what improves on what there.

In option form a party's moves change its own options only, so the states fall into blocks that agree on everybody
else's options. Inside a block the party moves freely, but for one-way options: from a state it reaches only those
whose one-way options have gone at least as far. A `Chain` serves the states of one such pattern (its readers) and
lists, block by block and best first, all that they can reach (its members). Without one-way options there is one
chain, and every state reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates

from .explicit import TOP, Ints
from .moves import PartyMoves
from .states import States

Indices = NDArray[np.intp]

MAX_MEMBERS = 100_000_000  # of the chains of one party, at 32 bytes each
_BLOCK = np.int64(2) ** 32  # more than any two ranks differ by


@dataclass(frozen=True)
class Chain:
    """One party's blocks for one pattern of its one-way options.

    Parameters
    ----------
    members : (M,) intp
        State indices, block after block, the party's best first.
    starts : (B,) intp
        Where each block begins in ``members``.
    block : (M,) int64
        The block of every member.
    readers : (R,) intp
        State indices that this chain answers for.
    at : (R,) intp
        Where each reader stands in ``members``.
    better : (R,) intp
        Where the last member stands that the party strictly prefers to the reader; -1 where there is none.
    width : int
        The size of every block, or 0 where they differ.
    """

    members: Indices
    starts: Indices
    block: NDArray[np.int64]
    readers: Indices
    at: Indices
    better: Indices
    width: int

    def extreme(self, f: Ints, of: np.ufunc) -> Ints:
        """(R,): the largest or smallest f in every reader's block. O(M)."""
        return of.reduceat(f[self.members], self.starts)[self.block[self.at]]

    def least_improvement(self, f: Ints) -> Ints:
        """(R,): the smallest f over the reader and the members that improve on it. O(M)."""
        values = f[self.members]
        if self.width:
            running = np.minimum.accumulate(values.reshape(-1, self.width), axis=1).ravel()
        else:
            running = self._running(values)
        found = np.where(self.better < 0, TOP, running[self.better])
        return np.minimum(values[self.at], found)

    def _running(self, values: Ints) -> Ints:
        """The running minimum in every block. Lowering each block by more than the ranks span lets one pass serve all
        blocks: entering a block makes it start afresh.
        """
        down = self.block * _BLOCK
        return (np.minimum.accumulate(values - down) + down).astype(np.int32)


def least_improvement(chains: tuple[Chain, ...], f: Ints) -> Ints:
    """(S,): the smallest f over each state and what the chains' party can improve to from there."""
    result = f.copy()
    for chain in chains:
        result[chain.readers] = chain.least_improvement(f)
    return result


def chains(states: States, rank: Ints, moves: PartyMoves, *, backward: bool = False) -> tuple[Chain, ...]:
    """The chains of one party.

    Parameters
    ----------
    states : (S,) uint64
    rank : (S,) int32
        The party's own.
    moves : PartyMoves
        Forbidden moves are not looked at: they need the arcs engine.
    backward : bool
        List what a reader can be reached from, instead of what it can reach.

    Notes
    -----
    O(S log S) for each pattern of one-way options that occurs, of which k such options make at most 2ᵏ.

    Raises
    ------
    TooManyStates
        When the chains would not fit in memory.
    """
    forth, back = np.uint64(moves.to_yes), np.uint64(moves.to_no)
    if backward:
        forth, back = back, forth
    outside = states & ~np.uint64(moves.own)
    pattern = states & (forth | back)
    made: list[Chain] = []
    total = 0
    for p in _distinct(pattern):
        members = np.flatnonzero(((p & forth & ~pattern) == 0) & ((pattern & back & ~p) == 0))
        total += len(members)
        if total > MAX_MEMBERS:
            raise TooManyStates(f"one-way options make more than {MAX_MEMBERS:,} places in the chains of one party")
        made.append(_chain(members, pattern == p, outside, rank))
    return tuple(made)


def _distinct(patterns: States) -> States:
    """Each pattern once, ascending. `numpy.unique` would load masked arrays first, which takes longer than all this."""
    ordered = np.sort(patterns)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _chain(members: Indices, reads: NDArray[np.bool_], outside: States, rank: Ints) -> Chain:
    members = members[np.lexsort((-rank[members], outside[members]))]
    new_block = np.ones(len(members), bool)
    new_block[1:] = outside[members[1:]] != outside[members[:-1]]
    new_rank = new_block.copy()
    new_rank[1:] |= rank[members[1:]] != rank[members[:-1]]
    starts = np.flatnonzero(new_block)
    block = np.cumsum(new_block) - 1
    first_equal = np.maximum.accumulate(np.where(new_rank, np.arange(len(members)), 0))
    better = np.where(first_equal > starts[block], first_equal - 1, -1)
    at = np.flatnonzero(reads[members])
    sizes = np.diff(starts, append=len(members))
    width = int(sizes[0]) if len(sizes) and (sizes == sizes[0]).all() else 0
    return Chain(members, starts, block, members[at], at, better[at], width)
