"""Summing up a set of states: patterns that do not overlap and together are the set, the largest first.

A pattern fixes some options and leaves others open (``01--1``). Found as a decision tree that tells the set and all
other feasible states apart: each step asks for the option that separates them best, exactly counted. The branch with
most of the set is always looked into first, so that the largest patterns come out before the rest of the tree is grown.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count

import numpy as np
from numpy.typing import NDArray

from bestand.engine.pattern import Pattern
from bestand.engine.states import States

Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]

_BITS = (np.arange(256)[:, None] >> np.arange(8)) & 1  # (256, 8): the bits of every byte


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
    order = count()
    heap = [(-int(chosen.sum()), next(order), states[chosen], states[~chosen])]
    while heap:
        size, _, inside, outside = heappop(heap)
        if not size:
            return
        if not len(outside):
            yield Pattern(_common(inside, options), len(inside))
            continue
        k = np.uint64(_telling(inside, outside, options))
        for value in (0, 1):
            near, far = inside[inside >> k & np.uint64(1) == value], outside[outside >> k & np.uint64(1) == value]
            heappush(heap, (-len(near), next(order), near, far))


def _common(masks: States, options: int) -> str:
    """What all states agree on, - elsewhere."""
    always, ever = int(np.bitwise_and.reduce(masks)), int(np.bitwise_or.reduce(masks))
    return "".join("1" if always >> k & 1 else "-" if ever >> k & 1 else "0" for k in range(options))


def _telling(inside: States, outside: States, options: int) -> int:
    """The option that separates two sets best: the least sum over both sides of in · out / (in + out) (Gini)."""
    yes_in, yes_out = _taken(inside, options), _taken(outside, options)
    no_in, no_out = len(inside) - yes_in, len(outside) - yes_out
    yes, no = yes_in + yes_out, no_in + no_out
    mixed = yes_in * yes_out / np.maximum(yes, 1) + no_in * no_out / np.maximum(no, 1)
    mixed[(yes == 0) | (no == 0)] = np.inf  # an option that is the same everywhere separates nothing
    return int(np.argmin(mixed))


def _taken(masks: States, options: int) -> Counts:
    """In how many states each option is taken, a byte of the masks at a time."""
    counts = []
    for shift in range(0, options, 8):
        byte = (masks >> np.uint64(shift) & np.uint64(255)).astype(np.intp)
        counts.append(np.bincount(byte, minlength=256) @ _BITS)
    return np.concatenate(counts)[:options]
