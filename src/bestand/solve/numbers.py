"""Numbers for values that are long to compare, so that what is alike is found at once."""

from __future__ import annotations

from collections.abc import Hashable

_SEEN = 10_000  # values that are known by their identity


class Numbers:
    """Numbers values, equal ones alike; one that was seen before by its identity, which takes no hash of it."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._seen: dict[int, tuple[Hashable, int]] = {}

    def __call__(self, value: Hashable) -> int:
        """Return the number of a value."""
        if id(value) not in self._seen:
            if len(self._seen) >= _SEEN:
                self._seen.clear()
            self._seen[id(value)] = value, self._numbers.setdefault(value, len(self._numbers))
        return self._seen[id(value)][1]
