"""Results that are kept for whoever asks for the same again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar, cast

from bestand.engine.limits import Watch


class Sized(Protocol):
    """What knows how many bytes it takes."""

    @property
    def nbytes(self) -> int:
        """Return how many they are."""
        ...


Result = TypeVar("Result", bound=Sized)


def room(most: int, watch: Watch) -> int:
    """Return how many bytes to keep what may be asked for again: a quarter of a limit on memory at most."""
    memory = watch.limits.memory
    return most if memory is None else min(most, memory // 4)


class Kept:
    """Keeps results by keys. Where they take too much room, those that were not asked for longest are given up.

    Parameters
    ----------
    room : int or float
        Bytes; infinity keeps everything.

    Examples
    --------
    >>> kept = Kept(10)
    >>> [bytes(kept.get(n, lambda: memoryview(bytes([n] * 6)))) for n in (1, 2)] and len(kept)
    1
    """

    def __init__(self, room: float) -> None:
        self._room = room
        self._taken = 0
        self._results: dict[Hashable, Sized] = {}

    def __len__(self) -> int:
        return len(self._results)

    def get(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return the result that is kept under a key; where there is none, it is made."""
        found = self._results.pop(key, None)
        if found is None:
            found = make()
            self._taken += found.nbytes
            while self._results and self._taken > self._room:
                self._taken -= self._results.pop(next(iter(self._results))).nbytes
        self._results[key] = found  # the last one now
        return cast(Result, found)
