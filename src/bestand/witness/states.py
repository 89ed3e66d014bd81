"""What is kept of a set of states that nobody could list: it needs no engine, and can be pickled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bestand.engine.patterns import Pattern


@dataclass(frozen=True)
class Sampled:
    """A set of states of which some are listed, and its largest patterns: what is left of one that nobody could list.

    Parameters
    ----------
    size : int
        How many states there are.
    some : tuple of int
        The first of them as bit masks, ascending.
    largest : tuple of Pattern
    """

    size: int
    some: tuple[int, ...]
    largest: tuple[Pattern, ...]

    def count(self) -> int:
        """How many there are."""
        return self.size

    def first(self, k: int | None = None) -> list[int]:
        """The first k as bit masks, ascending; no more than are listed."""
        return list(self.some[:k])

    def patterns(self, k: int | None = None) -> Iterator[Pattern]:
        """The first k patterns that do not overlap; together they are part of the set."""
        return islice(self.largest, k)

    @property
    def whole(self) -> bool:
        """Whether every state is listed."""
        return len(self.some) == self.size

    def __contains__(self, state: int) -> bool:
        """Whether a state is one of those listed: says nothing of others, where not every one is."""
        at = bisect_left(self.some, state)
        return self.some[at : at + 1] == (state,)

    def __bool__(self) -> bool:
        return self.size > 0

    def __repr__(self) -> str:
        return f"<{self.size:,} states>"
