"""Summing up sets of states: a short list of patterns that do not overlap and together are the set.

A pattern fixes some options and leaves others open (``01--1``). Found as a decision tree that tells the sets, and all
other feasible states, apart: each step asks for the option that separates them best, exactly counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def cover(sets: Sequence[Bools], states: States, options: int) -> tuple[tuple[Pattern, ...], ...]:
    """Disjoint patterns for each of some disjoint sets of states, the largest first.

    Parameters
    ----------
    sets : sequence of (S,) bool
        No state is in two of them.
    states : (S,) uint64
        The feasible states.
    options : int
        How many options a state has.

    Returns
    -------
    tuple of tuple of Pattern
        For each set; the counts add up to its size. Short, but not always the shortest.

    Notes
    -----
    O(S · options) for each level of the tree, of which there are at most as many as options.

    Examples
    --------
    >>> states = np.arange(8, dtype=np.uint64)
    >>> cover([states % 2 == 1], states, 3)
    ((Pattern(bits='1--', count=4),),)
    """
    rest = ~np.logical_or.reduce(sets)
    found: tuple[list[Pattern], ...] = tuple([] for _ in sets)
    nodes = [[states[chosen] for chosen in (*sets, rest)]]
    while nodes:
        node = nodes.pop()
        present = [at for at, masks in enumerate(node) if len(masks)]
        if present == [len(sets)] or not present:
            continue
        if len(present) == 1:
            masks = node[present[0]]
            found[present[0]].append(Pattern(_common(masks, options), len(masks)))
            continue
        k = _telling(node, options)
        yes = [(masks >> np.uint64(k) & np.uint64(1)).astype(bool) for masks in node]
        nodes.append([masks[chosen] for masks, chosen in zip(node, yes, strict=True)])
        nodes.append([masks[~chosen] for masks, chosen in zip(node, yes, strict=True)])
    return tuple(tuple(sorted(patterns, key=lambda p: (-p.count, p.bits))) for patterns in found)


def _common(masks: States, options: int) -> str:
    """What all states agree on, - elsewhere."""
    always, ever = int(np.bitwise_and.reduce(masks)), int(np.bitwise_or.reduce(masks))
    return "".join("1" if always >> k & 1 else "-" if ever >> k & 1 else "0" for k in range(options))


def _telling(node: Sequence[States], options: int) -> int:
    """The option that separates the sets best: the one that leaves both sides the least mixed (Gini)."""
    total = np.array([len(masks) for masks in node])[:, None]
    yes = np.array([_taken(masks, options) for masks in node])
    mixed = _mixed(yes) + _mixed(total - yes)
    mixed[(yes.sum(axis=0) == 0) | (yes == total).all(axis=0)] = np.inf  # the same everywhere: separates nothing
    return int(np.argmin(mixed))


def _mixed(counts: Counts) -> NDArray[np.float64]:
    """For each option: how mixed a side is that holds so many states of each set."""
    size = counts.sum(axis=0)
    return size - (counts.astype(float) ** 2).sum(axis=0) / np.maximum(size, 1)


def _taken(masks: States, options: int) -> Counts:
    """In how many states each option is taken, a byte of the masks at a time."""
    counts = []
    for shift in range(0, options, 8):
        byte = (masks >> np.uint64(shift) & np.uint64(255)).astype(np.intp)
        counts.append(np.bincount(byte, minlength=256) @ _BITS)
    return np.concatenate(counts)[:options]
