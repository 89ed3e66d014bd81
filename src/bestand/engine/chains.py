"""A party's blocks, sorted: where it can move freely, and what improves on what there.

In option form a party's moves change its own options only, so the states fall into blocks that agree on everybody
else's options. Inside a block the party moves freely, but for one-way options: from a state it reaches only those
whose one-way options have gone at least as far. For each such pattern the states that have it (the readers) look at
all that they can reach (the members). Without one-way options there is one pattern, and every member reads.

A `Chain` holds blocks of one length side by side, best members first, so that one step of a running minimum serves all
of them. Shorter blocks are filled up by naming their last member again, which changes no minimum and no maximum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates

from .explicit import Bools, Ints, Steps
from .fast import Loop
from .moves import PartyMoves
from .states import States, distinct

Indices = NDArray[np.intp]

MAX_MEMBERS = 100_000_000  # of the chains of one party
_PANEL = 2**15  # members of one chain, more or less: what is worked on stays in a core's cache
_NEAR = 32  # places side by side that are looked at together
_FEW = 24  # blocks side by side below which one call for all rows is quicker than a call for each


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the cube in which some blocks of a party lie.

    Parameters
    ----------
    shape : tuple of int
        Of the cube: the options above the party's own, these, and those below in two axes, the last of them short.
    above, below : slice
        Which part of the first and of the third axis.
    """

    shape: tuple[int, int, int, int]
    above: slice
    below: slice

    def of(self, f: Ints) -> Ints:
        """Return what f is there, the party's own axis last but one: a few blocks, then the next few."""
        return f.reshape(self.shape)[self.above, :, self.below].transpose(0, 2, 1, 3)

    def places(self) -> Indices:
        """Return where that stands."""
        axes = [np.arange(length) for length in self.shape]
        axes[0], axes[2] = axes[0][self.above], axes[2][self.below]
        return np.ravel_multi_index(np.ix_(*axes), self.shape).transpose(0, 2, 1, 3).ravel()


@dataclass(frozen=True, slots=True)
class Chain:
    """Blocks of one party for one pattern of its one-way options, side by side.

    Parameters
    ----------
    members : (K, B) intp
        Where the members stand, in the window if there is one: a block in every column, the party's best in the first
        row.
    better : (K, B) intp or None
        One more than the last row that the party strictly prefers to the member's, times B, plus the column: where it
        stands below a row of nothing. None where no two members of a block are tied.
    reads : (K, B) bool or None
        Which members this chain answers for; None for all.
    window : Window or None
        What is copied to one stretch of memory, worked on there, and copied back where it has changed. The members of
        a block lie a power of two apart, which makes them drive one another out of the cache.
    """

    members: Indices
    better: Indices | None
    reads: Bools | None
    window: Window | None = None

    @property
    def places(self) -> Indices:
        """(K, B): where the members stand in all."""
        return self.members if self.window is None else self.window.places()[self.members]

    def take(self, f: Ints, of: np.ufunc) -> bool:
        """Give every reader the largest or smallest f of its block. Whether that changed anything. O(K·B)."""
        return self._near(f, lambda near: self._take(near, of))

    def lower(self, f: Ints) -> bool:
        """Give every reader the smallest f of its block."""
        return self.take(f, np.minimum)

    @property
    def tops(self) -> Bools:
        """(K, B): which members the party likes best of all in their block."""
        rows, columns = self.members.shape
        if self.better is None:
            return np.broadcast_to(np.arange(rows)[:, None] == 0, (rows, columns))
        return self.better < columns

    def aim(self, f: Ints) -> bool:
        """Give every reader the smallest f over itself and the best of its block, if it is none of these. O(K·B)."""
        return self._near(f, self._aim)

    def led(self, f: Ints, by: Steps, into: Ints) -> None:
        """Tell every reader the smallest f over where such moves lead: never its own, the largest number where none do.

        Parameters
        ----------
        f : (N,) int
        by : {"moves", "improvements"}
        into : (N,) int
            Where it is told, at the place of the reader.
        """
        there = into if self.window is None else self.window.of(into)
        values = (f if self.window is None else self.window.of(f).ravel()).take(self.members)
        found = self._others(values) if by == "moves" else self._above(values)
        near = there.ravel()
        near[self.members] = found if self.reads is None else np.where(self.reads, found, near[self.members])
        if self.window is not None:
            there[...] = near.reshape(there.shape)

    def improve(self, f: Ints, loop: Loop | None = None) -> bool:
        """Give every reader the smallest f over itself and the members that improve on it. O(K·B).

        ``loop`` is `improving`, compiled.
        """
        return self._near(f, self._improve if loop is None else lambda near: self._improve_by(loop, near))

    def _near(self, f: Ints, act: Callable[[Ints], bool]) -> bool:
        if self.window is None:
            return act(f)
        there = self.window.of(f)
        near = there.ravel()
        changed = act(near)
        if changed:
            there[...] = near.reshape(there.shape)
        return changed

    def _take(self, f: Ints, of: np.ufunc) -> bool:
        values = f.take(self.members)
        return self._give(f, values, np.broadcast_to(of.reduce(values, axis=0), values.shape))

    def _aim(self, f: Ints) -> bool:
        values = f.take(self.members)
        if self.better is None:
            return self._give(f, values, np.minimum(values, values[0]))
        tops = self.tops
        least = np.where(tops, values, np.iinfo(values.dtype).max).min(axis=0)
        return self._give(f, values, np.where(tops, values, np.minimum(values, least)))

    def _improve(self, f: Ints) -> bool:
        values = f.take(self.members)
        if self.better is None:
            return self._give(f, values, _running(values, np.empty_like(values)))
        return self._give(f, values, np.minimum(values, self._above(values)))

    def _above(self, values: Ints) -> Ints:
        """(K, B): the smallest of the members that improve on each."""
        running = np.empty((len(values) + 1, values.shape[1]), values.dtype)
        running[0] = np.iinfo(values.dtype).max
        _running(values, running[1:])
        return running[:-1] if self.better is None else running.take(self.better)

    def _others(self, values: Ints) -> Ints:
        """(K, B): the smallest of the block without each member itself."""
        row = values.argmin(axis=0)[None]
        least, whose = np.take_along_axis(values, row, 0), np.take_along_axis(self.members, row, 0)
        own = self.members == whose
        return np.where(own, np.where(own, np.iinfo(values.dtype).max, values).min(axis=0), least)

    def _improve_by(self, loop: Loop, f: Ints) -> bool:
        rows, columns = self.members.shape
        running = np.empty((rows + 1, columns), f.dtype)
        running[0] = np.iinfo(f.dtype).max
        return bool(loop(f, self.members, self.better, self.reads, running))

    def _give(self, f: Ints, values: Ints, given: Ints) -> bool:
        if self.reads is not None:
            given = np.where(self.reads, given, values)
        if np.array_equal(given, values):
            return False
        f[self.members] = given
        return True


def _running(values: Ints, out: Ints) -> Ints:
    """Return the running minimum down every column."""
    if values.shape[1] < _FEW:
        return np.minimum.accumulate(values, axis=0, out=out)
    last = out[0]
    last[...] = values[0]
    for row, here in zip(values[1:], out[1:], strict=True):
        last = np.minimum(row, last, out=here)
    return out


def improving(f: Ints, members: Indices, better: Indices | None, reads: Bools | None, running: Ints) -> bool:
    """`Chain.improve` as one loop, to be compiled. ``running`` has a row of what is above everything, and room."""
    above = running.ravel()
    changed = False
    for row in range(members.shape[0]):
        for column in range(members.shape[1]):
            place = members[row, column]
            value = f[place]
            here = running[row, column]
            running[row + 1, column] = min(here, value)
            if better is not None:
                here = above[better[row, column]]
            if reads is None or reads[row, column]:
                here = min(here, value)
                changed |= here != value
                f[place] = here
    return changed


Chains = Sequence[Chain]


def full_chains(rank: Ints, first: int, after: int) -> Chains:
    """Return the chains of a party whose options can be changed back, where every combination of options is feasible.

    The options are bits ``first`` to ``after`` of a state, and the sorting runs along an axis of the cube. O(S log K).
    """
    width, below = 1 << (after - first), 1 << first
    near = min(below, _NEAR)
    shape = (len(rank) // (width * below), width, below // near, near)
    across = min(shape[2], max(1, _PANEL // (width * near)))
    down = min(shape[0], max(1, _PANEL // (width * near * across)))
    first_of_few = np.arange(0, down * across * width * near, width * near)[:, None, None]
    made: list[Chain] = []
    for above in range(0, shape[0], down):
        for left in range(0, shape[2], across):
            window = Window(shape, slice(above, above + down), slice(left, left + across))
            ranks = window.of(rank).reshape(-1, width, near)
            order = np.argsort(ranks, axis=1)[:, ::-1] * near + np.arange(near) + first_of_few
            members = np.ascontiguousarray(order.transpose(1, 0, 2)).reshape(width, -1)
            made.append(Chain(members, _ties(ranks.ravel().take(members)), None, window))
    return made


def _ties(ranks: Ints) -> Indices | None:
    """Return what `Chain` calls ``better``, from the ranks of its members; None without ties."""
    tied = ranks[1:] == ranks[:-1]
    if not tied.any():
        return None
    rows, columns = ranks.shape
    better = np.zeros((rows, columns), np.intp)  # as many rows as stand above the first of one's equals
    better[1:] = np.where(tied, 0, np.arange(1, rows)[:, None])
    np.maximum.accumulate(better, axis=0, out=better)
    return better * columns + np.arange(columns)


def chains(
    states: States, rank: Ints, moves: PartyMoves, *, backward: bool = False, places: Indices | None = None
) -> Chains:
    """Return the chains of one party.

    Parameters
    ----------
    states : (S,) uint64
    rank : (S,) int
        The party's own.
    moves : PartyMoves
        Forbidden moves are not looked at.
    backward : bool
        List what a reader can be reached from, instead of what it can reach.
    places : (S,) intp, optional
        Where the values of the states stand; in the order of the states unless told.

    Notes
    -----
    O(S log S) for each pattern of one-way options that occurs, of which k such options make at most 2ᵏ.

    Raises
    ------
    TooManyStates
        When the chains would not fit in memory.
    """
    made: list[Chain] = []
    total = 0
    for members, reads in _patterns(states, moves, backward=backward):
        total += len(members)
        if total > MAX_MEMBERS:
            raise TooManyStates(
                "one-way options make more than {limit} places in the chains of one party", limit=MAX_MEMBERS
            )
        for index in _side_by_side(members, states, rank, moves.own):
            reading = None if reads is None else reads[index]
            made.append(Chain(index if places is None else places[index], _ties(rank[index]), reading))
    return made


def _patterns(states: States, moves: PartyMoves, *, backward: bool) -> Iterator[tuple[Indices, Bools | None]]:
    """For each pattern of one-way options: the members, and which states read; None for all."""
    forth, back = np.uint64(moves.to_yes), np.uint64(moves.to_no)
    if not forth | back:
        yield np.arange(len(states)), None
        return
    if backward:
        forth, back = back, forth
    pattern = states & (forth | back)
    for p in distinct(pattern):
        yield np.flatnonzero(((p & forth & ~pattern) == 0) & ((pattern & back & ~p) == 0)), pattern == p


def _side_by_side(members: Indices, states: States, rank: Ints, own: int) -> Iterator[Indices]:
    """Yield the blocks of some members, sorted, those of about one length together: what `Chain` calls ``members``."""
    outside = states[members] & ~np.uint64(own)
    order = _sorted(outside, rank[members], own)
    members, outside = members[order], outside[order]
    new_block = np.ones(len(members), bool)
    np.not_equal(outside[1:], outside[:-1], out=new_block[1:])
    starts = np.flatnonzero(new_block)
    sizes = np.diff(starts, append=len(members))
    for these, width in _alike(sizes):
        yield members[starts[these] + np.minimum(np.arange(width)[:, None], sizes[these] - 1)]


def _sorted(outside: States, rank: Ints, own: int) -> Indices:
    """Return the order that puts block after block, and in each the best first."""
    low, high = int(rank.min()), int(rank.max())
    bits = (high - low).bit_length()
    first = (own & -own).bit_length() - 1 if own else 0
    apart = int(np.bitwise_or.reduce(outside)).bit_length() - own.bit_count()  # bits that tell blocks apart
    if max(apart, first) + bits > 64:
        return np.lexsort((-rank.astype(np.int64), outside))
    below = outside & np.uint64((1 << first) - 1)
    block = (outside >> np.uint64(own.bit_count())) & ~np.uint64((1 << first) - 1) | below
    return np.argsort(block << np.uint64(bits) | (high - rank.astype(np.int64)).astype(np.uint64))


def _alike(sizes: NDArray[np.intp]) -> Iterator[tuple[Indices, int]]:
    """Blocks of about one length, by the length that holds them: a power of two or three halves of one."""
    bounds = sorted({1, 2, 3, *(b << k for k in range(1, int(sizes.max()).bit_length()) for b in (2, 3))})
    upto = np.searchsorted(bounds, sizes)
    for bucket in np.flatnonzero(np.bincount(upto)):
        these = np.flatnonzero(upto == bucket)
        width = int(sizes[these].max())
        step = max(1, _PANEL // width)
        for k in range(0, len(these), step):
            yield these[k : k + step], width
