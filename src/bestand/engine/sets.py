"""Sets of states, however they are kept: counted exactly, asked about any state, joined, cut, and summed up.

`ListedStates` has a truth value for every feasible state, `bestand.engine.symbolic.DiagramStates` is a diagram, for
states that nobody could list. Whoever counts, shows or compares sets need not know which.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Protocol, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import CallError, nearest
from bestand.model.formula import Formula
from bestand.model.model import Model

from .patterns import Pattern, cover
from .states import Evaluator

Bools: TypeAlias = NDArray[np.bool_]
State: TypeAlias = int | str | Iterable[str]  # a bit mask, a bit string, or the ids of the options that are taken


class StateSet(Protocol):
    """A set of feasible states of one model. It never changes.

    It is joined (``|``), cut (``&``, ``-``) and turned (``~``) with another set of its kind, or with a formula, written
    out or read, which stands for the feasible states in which it holds.
    """

    @abstractmethod
    def count(self) -> int:
        """Return how many states there are: an exact integer of any size."""

    @abstractmethod
    def __contains__(self, state: State) -> bool: ...

    @abstractmethod
    def among(self, masks: NDArray[Any]) -> Bools:
        """(n,): which of some states are in it, which are given as `masks` gives them."""

    @abstractmethod
    def __iter__(self) -> Iterator[int]:
        """Yield the states as bit masks, ascending."""

    @abstractmethod
    def patterns(self, k: int | None = None) -> Iterator[Pattern]:
        """Yield the first k patterns (all where None), large ones first. They do not overlap; all are the set."""

    @abstractmethod
    def __and__(self, other: Self | Formula | str) -> Self: ...

    @abstractmethod
    def __or__(self, other: Self | Formula | str) -> Self: ...

    @abstractmethod
    def __sub__(self, other: Self | Formula | str) -> Self: ...

    @abstractmethod
    def __invert__(self) -> Self: ...

    def first(self, k: int | None = None) -> list[int]:
        """Return the first k states (all where None) as bit masks, ascending."""
        return list(islice(self, k))

    @abstractmethod
    def masks(self, k: int | None = None) -> NDArray[Any]:
        """(n,) uint64: the same as an array; Python's integers for models of more than 64 options."""

    def __bool__(self) -> bool:
        return self.count() > 0

    def __le__(self, other: Self) -> bool:
        return not self - other

    def __repr__(self) -> str:
        states = self.count()
        return f"<StateSet of {states:,} state{'s'[: states != 1]}>"


class ListedStates(StateSet):
    """A set of states, by a truth value for every feasible state.

    Parameters
    ----------
    evaluator : Evaluator
        The model and its feasible states, ascending.
    chosen : (S,) bool

    Examples
    --------
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.values import Option, Party
    >>> model = Model("Dam", (Party("up", options=(Option("up.a"), Option("up.b"))),))
    >>> every = ListedStates(Evaluator(model, np.arange(4, dtype=np.uint64)), np.ones(4, bool))
    >>> taken = every & OptionAtom("up.b")
    >>> taken.count(), "11" in taken, taken.first(2), taken
    (2, True, [2, 3], <StateSet of 2 states>)
    """

    __slots__ = ("chosen", "evaluator")

    def __init__(self, evaluator: Evaluator, chosen: Bools) -> None:
        self.evaluator = evaluator
        self.chosen = chosen

    def count(self) -> int:
        return int(np.count_nonzero(self.chosen))

    def first(self, k: int | None = None) -> list[int]:
        return self.masks(k).tolist()

    def masks(self, k: int | None = None) -> NDArray[np.uint64]:
        return self.evaluator.states[np.flatnonzero(self.chosen)[:k]]

    def __iter__(self) -> Iterator[int]:
        return iter(self.first())

    def patterns(self, k: int | None = None) -> Iterator[Pattern]:
        return islice(cover(self.chosen, self.evaluator.states, len(self.evaluator.model.options)), k)

    def __contains__(self, state: State) -> bool:
        states, mask = self.evaluator.states, mask_of(self.evaluator.model, state)
        if mask >> len(self.evaluator.model.options):
            return False
        at = int(np.searchsorted(states, np.uint64(mask)))
        return at < len(states) and int(states[at]) == mask and bool(self.chosen[at])

    def among(self, masks: NDArray[Any]) -> Bools:
        states = self.evaluator.states
        at = np.minimum(np.searchsorted(states, masks), len(states) - 1)
        return self.chosen[at] & (states[at] == masks)

    def __bool__(self) -> bool:
        return bool(self.chosen.any())

    def __and__(self, other: ListedStates | Formula | str) -> ListedStates:
        return self._with(self.chosen & self._of(other))

    def __or__(self, other: ListedStates | Formula | str) -> ListedStates:
        return self._with(self.chosen | self._of(other))

    def __sub__(self, other: ListedStates | Formula | str) -> ListedStates:
        return self._with(self.chosen & ~self._of(other))

    def __invert__(self) -> ListedStates:
        return self._with(~self.chosen)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ListedStates):
            return NotImplemented
        return self._beside(other) and np.array_equal(self.chosen, other.chosen)

    def __hash__(self) -> int:
        return hash(self.chosen.tobytes())

    def _with(self, chosen: Bools) -> ListedStates:
        return ListedStates(self.evaluator, chosen)

    def _of(self, other: ListedStates | Formula | str) -> Bools:
        if isinstance(other, str):
            return self.evaluator.holds(parsed(other, self.evaluator.model))
        if not isinstance(other, ListedStates):
            return self.evaluator.holds(other)
        if not self._beside(other):
            raise CallError("two sets of states of different models cannot be put together")
        return other.chosen

    def _beside(self, other: ListedStates) -> bool:
        mine, theirs = self.evaluator.states, other.evaluator.states
        return mine is theirs or np.array_equal(mine, theirs)


def mask_of(model: Model, state: State) -> int:
    """Return a state as a bit mask, however it is written. Raises `CallError` for what is no state."""
    if isinstance(state, int | np.integer):
        return int(state)
    if isinstance(state, str):
        options = len(model.options)
        if len(state) != options or set(state) - {"0", "1"}:
            raise CallError(f"'{state}' is no state: {options} bits are expected, 0 or 1, or a list of option ids")
        return int(state[::-1] or "0", 2)
    ids = list(state)
    for id in ids:
        if id not in model.bit:
            raise CallError(f"there is no option '{id}'; {nearest(id, model.bit) or 'ids are party.option'}")
    return model.mask(ids)


def parsed(text: str, model: Model) -> Formula:
    """Return a formula from its text, as ``--where`` takes it. Raises `CallError` where it cannot be read."""
    from bestand.model.language import parse_formula
    from bestand.model.scope import LanguageError

    try:
        return parse_formula(text, model.scope())
    except LanguageError as error:
        raise CallError(str(error)) from error
