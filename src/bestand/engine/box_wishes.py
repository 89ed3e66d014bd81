"""What one party wants, over the places of a box: its ranks, the best that it can have, its strategies in order.

Most of that depends on what this party wants and on nobody else, so it is kept and used again wherever a variant of the
model leaves this party's wishes as they are. It is kept small for that: places are made of it when they are needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .box import Box, Indices, Lines
from .explicit import Bools, Ints

Numbers = NDArray[np.unsignedinteger[Any]]

_SMALL = 2**8  # numbers of one byte
_serials = count()


@dataclass(frozen=True, slots=True)
class Sorted:
    """The strategies of a party by what it thinks of them, line by line.

    Parameters
    ----------
    strategies : tuple of (M, B) uint
        For each pattern of its one-way options: the strategies that it can reach, the best in the first row.
    above : (K, B) uint
        For each strategy, which row of running minima holds the least of all that the party can reach from it and
        strictly prefers, where those of each pattern begin with a row of nothing.
    """

    strategies: tuple[Numbers, ...]
    above: Numbers


class Wishes:
    """The wishes of one party in some variants side by side.

    Parameters
    ----------
    box : Box
    i : int
        The party.
    ranks : (V, S) int
        Its rank of every state in every variant; only the order inside a row means anything.
    """

    def __init__(self, box: Box, i: int, ranks: NDArray[Any]) -> None:
        self._box, self._i = box, i
        self.rank: Ints = box.spread(ranks)
        self.serial = next(_serials)  # which wishes these are
        self.uses = 0  # how often they were asked for

    @property
    def variants(self) -> int:
        """Return how many variants there are."""
        return len(self.rank)

    @property
    def parts(self) -> Sequence[Wishes]:
        """The same wishes, as they are kept."""
        return (self,)

    @property
    def nbytes(self) -> int:
        """Return what they take once all of it is made, more or less."""
        return 2 * self.rank.nbytes + 3 * self.rank.size

    @cached_property
    def held(self) -> Ints:
        """(V, *box): the most that the party can have by one move or none."""
        return self._box.extreme(self._i, self.rank, np.maximum)

    @cached_property
    def sorted(self) -> Sorted:
        """The strategies of the party in order."""
        axis, lines = self._box.axes[self._i], self._box.lines(self._i, self.variants)
        rank = self._box.masked(self.rank, np.maximum)  # what is no state comes last, and improves on nothing
        inside = np.moveaxis(rank, axis.at, 0).reshape(lines.places.shape)
        strategies: list[Numbers] = []
        rows = sum(1 + len(members) for _, members in axis.patterns)
        above = np.zeros(inside.shape, np.uint8 if rows <= _SMALL else np.uint32)
        start = 0
        for readers, members in axis.patterns:
            ordered, better = _sorted(inside, members, np.searchsorted(members, readers))
            strategies.append(ordered)
            above[readers] = better + start
            start += 1 + len(members)
        return Sorted(tuple(strategies), above)


class Joined(Wishes):
    """The wishes of one party in several variants, each kept by itself.

    Parameters
    ----------
    parts : sequence of Wishes
        Two or more, of one party in one box.
    """

    def __init__(self, parts: Sequence[Wishes]) -> None:
        self._parts = parts
        self.rank = np.concatenate([part.rank for part in parts])

    @property
    def parts(self) -> Sequence[Wishes]:
        return self._parts

    @cached_property
    def held(self) -> Ints:
        return np.concatenate([part.held for part in self._parts])

    @cached_property
    def sorted(self) -> Sorted:
        each = [part.sorted for part in self._parts]
        patterns = zip(*(one.strategies for one in each), strict=True)
        strategies = tuple(np.concatenate(pattern, axis=1) for pattern in patterns)
        return Sorted(strategies, np.concatenate([one.above for one in each], axis=1))


def joined(parts: Sequence[Wishes]) -> Wishes:
    """Return the wishes of one party in one or more variants side by side."""
    return parts[0] if len(parts) == 1 else Joined(parts)


def _sorted(inside: Ints, members: Indices, readers: Indices) -> tuple[Numbers, NDArray[np.intp]]:
    """Sort some strategies line by line, and count for some of these how many are strictly better.

    How many are better than another is counted by comparing it with each of them: a party has few strategies, and
    comparisons of whole rows are quicker than many short sorts.
    """
    taken = np.ascontiguousarray(inside[members])
    row = np.zeros(taken.shape, np.int8 if len(members) < _SMALL // 2 else np.int32)
    for k in range(len(members) - 1):  # of two equals the first comes first
        first = taken[k] >= taken[k + 1 :]
        row[k + 1 :] += first
        row[k] += len(first) - np.add.reduce(first, axis=0, dtype=row.dtype)
    columns = np.arange(taken.shape[1])
    strategies = np.empty(taken.shape, np.uint8 if len(inside) <= _SMALL else np.uint32)
    strategies[row, columns] = members[:, None]
    ordered = np.empty_like(taken)
    ordered[row, columns] = taken
    better = np.zeros(taken.shape, np.intp)  # than each, in order
    for k in range(1, len(members)):
        np.copyto(better[k], k)
        np.copyto(better[k], better[k - 1], where=ordered[k] == ordered[k - 1])
    return strategies, better[row[readers], columns]


class Improvements:
    """The improvements of a party over all places, as the least that they lead to.

    Parameters
    ----------
    wishes : Sorted
    lines : Lines
        Of the same party.
    """

    def __init__(self, wishes: Sorted, lines: Lines) -> None:
        first, self._length = lines.places[0], lines.places.shape[1]
        stride = int(lines.places[1, 0] - lines.places[0, 0]) if len(lines.places) > 1 else 1
        self._orders = []  # (M, B) places, the best first, for each pattern
        for strategies in wishes.strategies:
            order = np.multiply(strategies, stride, dtype=np.intp)
            order += first
            self._orders.append(order)
        self._rows = wishes.above
        self._above = np.multiply(lines.flat(wishes.above), self._length, dtype=np.intp)  # by places
        self._above += lines.columns
        self._lines = lines

    def lower(self, g: Ints) -> Bools:
        """Give every place the smallest g over itself and what improves on it.

        Parameters
        ----------
        g : (N, F) int
            Some functions side by side; lowered in place.

        Returns
        -------
        (N,) bool
            Where any of them is lower now.
        """
        least = _running(g, self._orders).take(self._above, axis=0)
        lower = _any(least < g)
        np.minimum(g, least, out=g)
        return lower

    def lower_lines(self, g: Ints, columns: Indices) -> Indices:
        """Do the same in some lines only, and return the places where any function is lower now."""
        running = _running(g, [order.take(columns, axis=1) for order in self._orders])
        places = self._lines.places.take(columns, axis=1)
        above = np.multiply(self._rows.take(columns, axis=1), len(columns), dtype=np.intp)
        above += np.arange(len(columns))
        least, values = running.take(above, axis=0), g.take(places, axis=0)
        lower = _any(least < values)
        lowered = places[lower]
        if len(lowered):
            g[lowered] = np.minimum(values[lower], least[lower])
        return lowered


def _running(g: Ints, orders: list[Indices]) -> Ints:
    """(rows · B, F): for each order, nothing, and then the smallest g of its first so many rows."""
    columns = orders[0].shape[1]
    running = np.empty((sum(1 + len(order) for order in orders), columns, g.shape[1]), g.dtype)
    start = 0
    for order in orders:
        end = start + 1 + len(order)
        running[start] = np.iinfo(g.dtype).max
        g.take(order, axis=0, out=running[start + 1 : end], mode="clip")
        for k in range(start + 2, end):
            np.minimum(running[k], running[k - 1], out=running[k])
        start = end
    return running.reshape(-1, g.shape[1])


def _any(truth: Bools) -> Bools:
    """(...,): whether any of the functions side by side."""
    if truth.shape[-1] == 2:  # as one number: quicker than going over an axis so short
        return truth.view(np.uint16)[..., 0] != 0
    result = truth[..., 0].copy()
    for k in range(1, truth.shape[-1]):
        result |= truth[..., k]
    return result
