"""What the engines that hold every state in an array have in common."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]

TOP = np.int32(np.iinfo(np.int32).max)  # above every rank
LOW = np.int32(np.iinfo(np.int32).min)  # below every rank


class ArrayValues:
    """Values that are arrays over the feasible states: compared as they are, already in the form others see."""

    def lower(self, f: Ints, g: Ints) -> Ints:
        return np.minimum(f, g)

    def at_most(self, f: Ints, g: Ints) -> NDArray[np.bool_]:
        return f <= g

    def over_states(self, value: NDArray[Any]) -> NDArray[Any]:
        return value

    def from_states(self, values: NDArray[Any]) -> NDArray[Any]:
        return values


def settle(parties: tuple[int, ...], step: Callable[[int, Any], Any], value: Any) -> Any:
    """Let the parties act in turn until nothing changes.

    ``step(j, value)`` must only lower ``value``, and doing it twice must change nothing more: true of any one party
    whose moves are transitive. That is what makes sweeping one party at a time exact.
    """
    quiet = 0
    for j in cycle(parties):
        after = step(j, value)
        quiet = quiet + 1 if np.array_equal(after, value) else 1
        value = after
        if quiet >= len(parties):
            break
    return value
