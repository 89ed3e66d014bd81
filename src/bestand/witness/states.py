"""What is kept of a set of states once the search is over: a value, which needs no engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.patterns import Pattern

LISTED = 2**12  # states that are all kept of a set that nobody could list
MOST_STATES = 100  # that are kept of a larger one, and told one by one
MOST_PATTERNS = 20  # that sum up what is not told one by one


@dataclass(frozen=True, eq=False)
class KeptStates:
    """A set of states: all of them, or, where they are too many to list, the first of them.

    Parameters
    ----------
    size : int
        How many states there are.
    masks : (n,) uint64, or object where there are more than 64 options
        The states as bit masks, ascending.
    largest : tuple of Pattern
        The largest of the patterns that do not overlap and together are the set; none where all states are told.
    """

    size: int
    masks: NDArray[Any]
    largest: tuple[Pattern, ...] = ()

    def __post_init__(self) -> None:
        self.masks.flags.writeable = False

    @property
    def whole(self) -> bool:
        """Return whether every state is listed."""
        return len(self.masks) == self.size

    def count(self) -> int:
        """Return how many there are."""
        return self.size

    def first(self, k: int | None = None) -> list[int]:
        """Return the first k as bit masks, ascending; no more than are listed."""
        return self.masks[:k].tolist()

    def patterns(self, k: int | None = None) -> Iterator[Pattern]:
        """Yield the first k of the patterns that are kept."""
        return islice(self.largest, k)

    def __contains__(self, state: int) -> bool:
        """Return whether a state is one of those listed: says nothing of others, where not every one is."""
        at = int(np.searchsorted(self.masks, self.masks.dtype.type(state)))
        return at < len(self.masks) and int(self.masks[at]) == state

    def __bool__(self) -> bool:
        return self.size > 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KeptStates):
            return NotImplemented
        return (self.size, self.largest) == (other.size, other.largest) and np.array_equal(self.masks, other.masks)

    def __hash__(self) -> int:
        return hash((self.size, self.largest))

    def __repr__(self) -> str:
        return f"<{self.size:,} state{'s'[: self.size != 1]}>"
