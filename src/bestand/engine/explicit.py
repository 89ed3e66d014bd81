"""What the engines that hold every state in an array have in common."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .limits import Watch
from .sets import ListedStates
from .space import Space
from .spec import Engine

Ints = NDArray[np.signedinteger[Any]]  # ranks, in the smallest type that holds them
Bools = NDArray[np.bool_]
Steps = Literal["moves", "improvements", "best moves"]  # what a party that replies may do

TOP = np.int32(np.iinfo(np.int32).max)  # above every rank
LOW = np.int32(np.iinfo(np.int32).min)  # below every rank

ROUNDS = 8  # after which sweeping the parties costs as much as labelling every state once
UNTIL_SETTLED = 10**9  # rounds: each lowers something, and they end by themselves

_SHORT = 4  # numbers that lie together, up to which each is gone over by itself
_LONG = 256  # and from which on what NumPy does is as quick


ExplicitEngine: TypeAlias = Engine[Ints, Bools]  # one that lists the states


class ArrayValues:
    """Values that are arrays over the feasible states: compared as they are, already in the form others see."""

    lists = True
    _space: Space | None = None

    @property
    def space(self) -> Space:
        if self._space is None:
            raise AttributeError("this engine has no options and no states of a model, as a graph drawn by hand")
        return self._space

    @property
    def feasible(self) -> ListedStates:
        return ListedStates(self.space.evaluator, np.ones(self.space.size, bool))

    def states_where(self, truth: Bools) -> ListedStates:
        return ListedStates(self.space.evaluator, self.over_states(truth))

    def below(self, i: int, state: int) -> int:
        at = self.space.index(state)
        assert at is not None, "a feasible state"
        return self.space.order(i).count_below(at)

    def lower(self, f: Ints, g: Ints) -> Ints:
        return f if f is g else np.minimum(f, g)

    def at_most(self, f: Ints, g: Ints) -> Bools:
        return f <= g

    def over_states(self, value: NDArray[Any]) -> NDArray[Any]:
        return value

    def from_states(self, values: NDArray[Any]) -> NDArray[Any]:
        return values


def narrowed(values: Ints) -> Ints:
    """Return the same integers in the smallest type that holds them: what is half as wide is read in half the time."""
    low, high = int(values.min(initial=0)), int(values.max(initial=0))
    for kind in (np.int8, np.int16, np.int32):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return values.astype(kind, copy=False)
    return values


class Mask:
    """Places where a value counts.

    Parameters
    ----------
    kept : bool array
        Of the value's shape, or of one that it is spread over.

    Notes
    -----
    NumPy takes the greater of two arrays many times faster than it picks from them place by place. So what a value is
    elsewhere is a bound that it is held to: of no effect where the value counts.
    """

    def __init__(self, kept: Bools) -> None:
        self.kept = kept
        self._bounds: dict[tuple[np.dtype[Any], np.ufunc], Ints] = {}

    def alone(self, f: Ints, of: np.ufunc) -> Ints:
        """Return what f says where it counts; elsewhere what never is the extreme."""
        if (f.dtype, of) not in self._bounds:
            kind = np.iinfo(f.dtype)
            never, any_ = (kind.max, kind.min) if of is np.minimum else (kind.min, kind.max)
            self._bounds[f.dtype, of] = np.where(self.kept, f.dtype.type(any_), f.dtype.type(never))
        hold = np.maximum if of is np.minimum else np.minimum
        return hold(f, self._bounds[f.dtype, of])

    @property
    def flat(self) -> Mask:
        """The same for values in one row."""
        return self if self.kept.ndim == 1 else self._row

    @cached_property
    def _row(self) -> Mask:
        return Mask(self.kept.reshape(-1))


def extreme_along(axis: int, f: Ints, of: np.ufunc) -> Ints:
    """Return the extreme along an axis, which keeps length one.

    NumPy goes over an axis in steps as long as what lies together behind it. Where that is short, to step along the
    axis takes several times less.
    """
    length, together = f.shape[axis], math.prod(f.shape[axis + 1 :])
    if together > _LONG or not 1 < length <= _LONG // 8:
        return of.reduce(f, axis=axis, keepdims=True)
    result = np.empty((*f.shape[:axis], 1, *f.shape[axis + 1 :]), f.dtype)
    rows, found = f.reshape(-1, length, together), result.reshape(-1, together)
    columns = range(together) if together <= _SHORT else (slice(None),)
    for k in columns:
        column = of(rows[:, 0, k], rows[:, 1, k], out=found[:, k])
        for n in range(2, length):
            of(column, rows[:, n, k], out=column)
    return result


def settle(parties: tuple[int, ...], act: Callable[[int], bool], watch: Watch, rounds: int | None = None) -> bool:
    """Let the parties act in turn until nothing changes.

    ``act(j)`` must only lower values, and doing it twice must change nothing more. So a party need not act again before
    somebody else has changed something.

    Returns
    -------
    bool
        Whether all is settled; not so when that would take more than so many rounds.
    """
    waiting = set(parties)
    for _ in range(ROUNDS if rounds is None else rounds):
        for j in parties:
            if j in waiting:
                watch.check()
                waiting.remove(j)
                if act(j):
                    waiting.update(k for k in parties if k != j)
        if not waiting:
            return True
    return not waiting
