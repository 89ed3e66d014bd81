"""States as bit masks in arrays, whatever the number of options: 64-bit integers, beyond that Python's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.states import MAX_OPTIONS

Masks = NDArray[Any]  # (K,) uint64; object, holding Python's integers, for models of more options than these have bits
Floats = NDArray[np.float64]


def width(options: int) -> int:
    """Return how many bytes a state takes: a multiple of eight."""
    return 8 * max(1, -(-options // 64))


def as_bytes(masks: Masks, options: int) -> bytes:
    """Return states one after the other, each with its lowest byte first.

    Examples
    --------
    >>> as_bytes(np.array([1, 258], np.uint64), 10).hex(" ", 8)
    '0100000000000000 0201000000000000'
    """
    if options <= MAX_OPTIONS:
        return masks.astype("<u8").tobytes()
    return b"".join(int(mask).to_bytes(width(options), "little") for mask in masks)


def from_bytes(content: bytes, options: int) -> Masks:
    """Return the states that `as_bytes` wrote. Raises `ValueError` where the last one is not whole.

    Examples
    --------
    >>> from_bytes(as_bytes(np.array([1, 1 << 99], object), 100), 100).tolist() == [1, 1 << 99]
    True
    """
    if options <= MAX_OPTIONS:
        return np.frombuffer(content, "<u8").astype(np.uint64)
    size = width(options)
    if len(content) % size:
        raise ValueError("half a state")
    masks = [int.from_bytes(content[at : at + size], "little") for at in range(0, len(content), size)]
    return np.array(masks, object)


def merged(parts: Sequence[tuple[Masks, Floats]]) -> tuple[Masks, Floats]:
    """Return counts of states added up, those that are never equilibria left out; ascending."""
    if not parts:
        return np.zeros(0, np.uint64), np.zeros(0)
    states = np.concatenate([states for states, _ in parts])
    counts = np.concatenate([counts for _, counts in parts])
    distinct, place = np.unique(states, return_inverse=True)
    total = np.bincount(place, counts, len(distinct)).astype(np.float64) if len(states) else np.zeros(0)
    return distinct[total > 0], total[total > 0]
