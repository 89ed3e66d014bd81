"""Summing up a set of states: patterns that do not overlap and together are the set, the largest first.

A pattern fixes some options and leaves others open (``01--1``). Found as a decision tree that tells the set and all
other feasible states apart: each step asks for the option that separates them best, exactly counted. The branch with
most of the set is always looked into first, so that the largest patterns come out before the rest of the tree is grown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.states import States

Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]

_BITS = (np.arange(256)[:, None] >> np.arange(8)) & 1  # (256, 8): the bits of every byte


@dataclass(frozen=True, slots=True)
class Pattern:
    """A group of states: ``bits`` has 1, 0 or - for each option, ``count`` says how many of the set it stands for.

    Every *feasible* state that matches belongs to the set.
    """

    bits: str
    count: int


def cover(chosen: Bools, states: States, options: int) -> Iterator[Pattern]:
    """Disjoint patterns for a set of states, the largest first.

    Parameters
    ----------
    chosen : (S,) bool
        The set.
    states : (S,) uint64
        The feasible states.
    options : int
        How many options a state has.

    Yields
    ------
    Pattern
        All counts add up to the size of the set. Short, but not always the shortest cover.

    Notes
    -----
    O(S · options) for each level of the tree, of which there are at most as many as options; less for the first few.

    Examples
    --------
    >>> states = np.arange(8, dtype=np.uint64)
    >>> list(cover(states % 2 == 1, states, 3))
    [Pattern(bits='1--', count=4)]
    """
    return (pattern for pattern, _members in parts(chosen, states, options))


def parts(chosen: Bools, states: States, options: int) -> Iterator[tuple[Pattern, States]]:
    """As `cover`, each pattern with the states that it stands for: bit masks, in the narrowest type that holds them."""
    states = states.astype(_narrowest(options), copy=False)
    order = count()
    heap: list[tuple[int, int, _Side, _Side]] = []

    def grow(inside: _Side, outside: _Side) -> None:
        heappush(heap, (-len(inside.masks), next(order), inside, outside))

    if chosen.any():
        grow(_side(states[chosen], options), _side(states[~chosen], options))
    while heap:
        _size, _order, inside, outside = heappop(heap)
        if not len(outside.masks):
            yield Pattern(inside.common(), len(inside.masks)), inside.masks
            continue
        k = _telling(inside, outside)
        near = inside.split(k)
        for here, far in zip(near, outside.split(k, [len(half.masks) > 0 for half in near]), strict=True):
            if len(here.masks):
                grow(here, far)


@dataclass(frozen=True, slots=True)
class _Side:
    """The states below a node of the tree that are in the set, or those that are not.

    Parameters
    ----------
    masks : (M,) unsigned integers
    taken : (options,) int64
        In how many of them each option is taken.
    """

    masks: States
    taken: Counts

    def common(self) -> str:
        """Return what all states agree on, - elsewhere."""
        every = len(self.masks)
        return "".join("1" if yes == every else "-" if yes else "0" for yes in self.taken.tolist())

    def split(self, k: int, wanted: Sequence[bool] = (True, True)) -> tuple[_Side, _Side]:
        """Return the states without option k and those with it; only the smaller half is counted; empty if unwanted."""
        every, yes = len(self.masks), int(self.taken[k])
        nothing = _Side(self.masks[:0], np.zeros_like(self.taken))
        if yes in (0, every):
            return (self, nothing) if not yes else (nothing, self)
        with_it = self.masks & self.masks.dtype.type(1 << k) != 0
        small = yes <= every - yes  # whether those with it are the smaller half
        fewer = _side(self.masks[with_it if small else ~with_it], len(self.taken))
        if not wanted[not small]:
            return (nothing, fewer) if small else (fewer, nothing)
        more = _Side(self.masks[~with_it if small else with_it], self.taken - fewer.taken)
        return (more, fewer) if small else (fewer, more)


def _narrowest(options: int) -> np.dtype[Any]:
    """Return the smallest type that holds a state, its lowest byte first: less to move about."""
    return np.dtype("<u2" if options <= 16 else "<u4" if options <= 32 else "<u8")


def _telling(inside: _Side, outside: _Side) -> int:
    """Return the option that separates two sets best: the least sum over both sides of in · out / (in + out) (Gini)."""
    yes_in, yes_out = inside.taken, outside.taken
    no_in, no_out = len(inside.masks) - yes_in, len(outside.masks) - yes_out
    yes, no = yes_in + yes_out, no_in + no_out
    mixed = yes_in * yes_out / np.maximum(yes, 1) + no_in * no_out / np.maximum(no, 1)
    mixed[(yes == 0) | (no == 0)] = np.inf  # an option that is the same everywhere separates nothing
    return int(mixed.argmin())


def _side(masks: States, options: int) -> _Side:
    """Some states, with each option counted, a byte of the masks at a time."""
    octets = masks.view(np.uint8).reshape(len(masks), masks.itemsize)
    counts = [np.bincount(octets[:, k], minlength=256) @ _BITS for k in range((options + 7) // 8)]
    return _Side(masks, np.concatenate([np.zeros(0, np.int64), *counts])[:options])
