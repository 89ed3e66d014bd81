"""What a party thinks of the states: which of two it likes better, which it likes best, and how many it likes less.

Whoever asks about wishes outside the engine asks an `Order`, and never the numbers behind it, so that wishes which are
no ranks (unknown, graded, fuzzy) can be another implementation. States are given by their positions among the feasible
ones; one or many at once, as NumPy broadcasts them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Protocol, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from bestand.model.values import Preference

from .ranks import Ranks, places, ranks_of
from .states import Evaluator

Bools: TypeAlias = NDArray[np.bool_]
Indices: TypeAlias = NDArray[np.intp]
Some: TypeAlias = int | NDArray[np.integer[Any]]  # one position or many


class Order(Protocol):
    """One party's wishes over the feasible states of a model."""

    @overload
    def better(self, s: int, t: int) -> bool: ...

    @overload
    def better(self, s: Some, t: Some) -> Bools: ...

    def better(self, s: Some, t: Some) -> bool | Bools:
        """Return whether the party likes s better than t."""
        ...

    @overload
    def level(self, s: int, t: int) -> bool: ...

    @overload
    def level(self, s: Some, t: Some) -> Bools: ...

    def level(self, s: Some, t: Some) -> bool | Bools:
        """Return whether the party is indifferent between s and t."""
        ...

    @overload
    def at_least(self, s: int, t: int) -> bool: ...

    @overload
    def at_least(self, s: Some, t: Some) -> Bools: ...

    def at_least(self, s: Some, t: Some) -> bool | Bools:
        """Return whether the party likes s at least as much as t."""
        ...

    def compare(self, s: int, t: int) -> int:
        """Return 1 where the party likes s better than t, -1 where it likes t better, else 0."""
        ...

    def above(self, s: int) -> Bools:
        """(S,): the states that the party likes better than s."""
        ...

    def below(self, s: int) -> Bools:
        """(S,): the states that the party likes less than s."""
        ...

    def values_above(self, values: NDArray[Any], s: int) -> Bools:
        """(S,): where a value of the engine over the states (what a move risks, say) is better than state s."""
        ...

    def best(self, states: Indices) -> Indices:
        """Return those of some states to which the party likes none of them better, in their order."""
        ...

    def worst(self, states: Indices) -> Indices:
        """Return those of some states that the party likes no better than any of them, in their order."""
        ...

    def best_first(self, states: Indices) -> Indices:
        """Return some states sorted, the best first; those that are level keep their order."""
        ...

    def worst_first(self, states: Indices) -> Indices:
        """Return some states sorted, the worst first; those that are level keep their order."""
        ...

    def all_better(self, left: Bools, right: Bools) -> bool:
        """Return whether the party likes every state of the left set better than every one of the right."""
        ...

    def all_level(self, states: Bools | None = None) -> bool:
        """Return whether the party is indifferent among all states, or among those of a set."""
        ...

    def count_below(self, s: int) -> int:
        """Return how many states the party likes less than s. O(log S), after a sort of the states."""
        ...

    def share_below(self) -> NDArray[np.float64]:
        """(S,): for each state the share of all states that the party likes less (0 to 1). O(S log S)."""
        ...

    def steps(self, s: int, t: int) -> int:
        """Return how many groups of states that are level lie between s and t, one of the two counted."""
        ...

    def keys(self) -> NDArray[np.signedinteger[Any]]:
        """(S,): numbers that sort the states as the order does, higher for better. They mean nothing else."""
        ...

    def agrees(self, other: Order) -> bool:
        """Return whether another order puts the same states in the same order."""
        ...


class RankOrder:
    """An order that one integer a state says: higher is better, equal is level.

    Parameters
    ----------
    ranks : (S,) int32

    Examples
    --------
    >>> order = RankOrder(np.array([2, 0, 1, 2], np.int32))
    >>> order.better(0, 1), order.level(0, 3), order.above(2).tolist()
    (True, True, [True, False, False, True])
    >>> order.best(np.arange(4)).tolist(), order.best_first(np.arange(4)).tolist()
    ([0, 3], [0, 3, 2, 1])
    >>> order.count_below(2), order.steps(1, 3), order.share_below().tolist()
    (1, 2, [0.5, 0.0, 0.25, 0.5])
    """

    def __init__(self, ranks: Ranks) -> None:
        self._ranks = ranks

    def better(self, s: Some, t: Some) -> Any:
        return _plain(self._ranks[s] > self._ranks[t])

    def level(self, s: Some, t: Some) -> Any:
        return _plain(self._ranks[s] == self._ranks[t])

    def at_least(self, s: Some, t: Some) -> Any:
        return _plain(self._ranks[s] >= self._ranks[t])

    def compare(self, s: int, t: int) -> int:
        one, other = self._ranks[s], self._ranks[t]
        return int(one > other) - int(one < other)

    def above(self, s: int) -> Bools:
        return self._ranks > self._ranks[s]

    def below(self, s: int) -> Bools:
        return self._ranks < self._ranks[s]

    def values_above(self, values: NDArray[Any], s: int) -> Bools:
        return values > self._ranks[s]

    def best(self, states: Indices) -> Indices:
        found = self._ranks[states]
        return states[found == found.max()] if len(states) else states

    def worst(self, states: Indices) -> Indices:
        found = self._ranks[states]
        return states[found == found.min()] if len(states) else states

    def best_first(self, states: Indices) -> Indices:
        return states[np.argsort(-self._ranks[states].astype(np.int64), kind="stable")]

    def worst_first(self, states: Indices) -> Indices:
        return states[np.argsort(self._ranks[states], kind="stable")]

    def all_better(self, left: Bools, right: Bools) -> bool:
        return bool(self._ranks[left].min() > self._ranks[right].max())

    def all_level(self, states: Bools | None = None) -> bool:
        found = self._ranks if states is None else self._ranks[states]
        return bool((found == found[:1]).all())

    @cached_property
    def _sorted(self) -> Ranks:
        return np.sort(self._ranks)

    def count_below(self, s: int) -> int:
        return int(np.searchsorted(self._sorted, self._ranks[s], side="left"))

    def share_below(self) -> NDArray[np.float64]:
        return np.searchsorted(np.sort(self._ranks), self._ranks, side="left") / len(self._ranks)

    def steps(self, s: int, t: int) -> int:
        low, high = sorted((self.count_below(s), self.count_below(t)))
        between = self._sorted[low : high + 1]
        return int(np.count_nonzero(between[1:] != between[:-1]))

    def keys(self) -> Ranks:
        view = self._ranks.view()
        view.flags.writeable = False
        return view

    @cached_property
    def _places(self) -> Ranks:
        return places(self._ranks)

    def agrees(self, other: Order) -> bool:
        theirs = other._places if isinstance(other, RankOrder) else places(other.keys())
        return bool(np.array_equal(self._places, theirs))


def _plain(truth: Any) -> Any:
    """One truth value of Python, or many of NumPy."""
    return truth if isinstance(truth, np.ndarray) else bool(truth)


def order_of(wish: Preference | None, evaluator: Evaluator, party: str = "a party") -> RankOrder:
    """Return the order that a party's wishes make of some states.

    Parameters
    ----------
    wish : Priorities, Ranking, Weights or None
        None is indifference among all states.
    evaluator : Evaluator
        On the states.
    party : str
        Its id, for messages.

    Raises
    ------
    ModelError
        When a ranking does not name every state.
    """
    return RankOrder(ranks_of(wish, evaluator, party))
