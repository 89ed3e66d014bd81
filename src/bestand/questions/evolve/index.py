"""The numbers that states get in the order in which they are found, looked up by their masks."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from bestand.engine.states import States

Ids = NDArray[np.int64]

_FEW_OPTIONS = 20  # up to which every combination has a place in a table


class Index(ABC):
    """The numbers that states have got, by their masks."""

    @staticmethod
    def of(options: int) -> Index:
        """Return an empty index of the states of so many options."""
        return _Table(options) if options <= _FEW_OPTIONS else _Sorted()

    @abstractmethod
    def find(self, masks: States) -> Ids:
        """(n,): the number of each state; -1 where it has none."""

    @abstractmethod
    def add(self, masks: States, first: int) -> None:
        """Number some new states, which are ascending."""


class _Table(Index):
    """A place for each combination of options."""

    def __init__(self, options: int) -> None:
        self._numbers = np.full(2**options, -1, np.int64)

    def find(self, masks: States) -> Ids:
        return self._numbers[masks]

    def add(self, masks: States, first: int) -> None:
        self._numbers[masks] = np.arange(first, first + len(masks))


class _Sorted(Index):
    """The masks in order. O(states) for new ones."""

    def __init__(self) -> None:
        self._masks = np.zeros(0, np.uint64)
        self._numbers = np.zeros(0, np.int64)

    def find(self, masks: States) -> Ids:
        if not len(self._masks):
            return np.full(len(masks), -1)
        at = np.minimum(np.searchsorted(self._masks, masks), len(self._masks) - 1)
        return np.where(self._masks[at] == masks, self._numbers[at], -1)

    def add(self, masks: States, first: int) -> None:
        at = np.searchsorted(self._masks, masks)
        self._masks = np.insert(self._masks, at, masks)
        self._numbers = np.insert(self._numbers, at, np.arange(first, first + len(masks)))
