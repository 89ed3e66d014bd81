"""What variants of a model with the same rules and moves have in common: the states, and where formulas hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.box import Box
from bestand.engine.limits import Watch
from bestand.engine.ranks import ranks_of
from bestand.engine.space import Space
from bestand.model.errors import ModelError, TooManyStates
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Preference, Priorities, Ranking

from .positions import find_state
from .spaces import Spaces

Bools = NDArray[np.bool_]

LARGE = 2**11  # states from which on ranking one variant after the other is quicker
_EXACT = 24  # binary digits of a float32
_NARROW = 14  # binary digits that an int16 holds, below its largest number
_NONE = Priorities()


class Geometry:
    """What variants with the same rules and moves have in common: the states, and where formulas hold.

    Parameters
    ----------
    model : Model
        Any of the variants.
    watch : Watch
    spaces : Spaces, optional
        Lists the states where they are no box.

    Raises
    ------
    ModelError
        When no state is feasible.
    TooManyStates
        When the states are too many to list.
    """

    def __init__(self, model: Model, watch: Watch, spaces: Spaces | None = None) -> None:
        self.model = model
        self.box: Box | None = None
        self._space: Space | None = None
        try:
            self.box = Box(model, watch)
            self.states, evaluator = self.box.states, self.box.evaluator
        except TooManyStates:  # to list, or for a box: the engines for single models know what to do, or say why not
            self._space = (spaces or Spaces(watch)).of(dataclasses.replace(model, preferences=FrozenMap({})))
            self.states, evaluator = self._space.states, self._space.evaluator
        if not len(self.states):
            raise ModelError(())
        self._evaluator = evaluator
        self._true: dict[Formula, Bools] = {}
        self._columns: dict[str, tuple[dict[Formula, int], NDArray[Any]]] = {}
        self._kind = np.dtype(np.int16 if self.size >= LARGE else np.float32)
        self._fixed: dict[Any, NDArray[np.int32]] = {}

    @property
    def size(self) -> int:
        """Return how many states there are."""
        return len(self.states)

    def index(self, mask: int) -> int | None:
        """The index of a state given as a bit mask; None where it is infeasible."""
        return self._evaluator.index(mask)

    def holds(self, formula: Formula) -> Bools:
        """(S,): where a formula holds."""
        if formula not in self._true:
            self._true[formula] = self._evaluator.holds(formula)
        return self._true[formula]

    def named(self, name: str) -> int:
        """The index of a state by its name. Raises `CallError` where there is none."""
        here: Any = self
        return find_state(here, name)

    def status_quo(self) -> int | None:
        """The index of today; None where there is none, or it is not feasible."""
        return None if self.model.status_quo is None else self.index(self.model.mask(self.model.status_quo))

    def suits(self, model: Model) -> bool:
        """Return whether a variant's rankings know all of these states, and no wish tells apart what counts as one."""
        try:
            for party, wish in model.preferences.items():
                if isinstance(wish, Ranking):
                    self._rank(party, wish)
                if self._space is not None and not self._space.alike(wish):
                    return False
        except ModelError:
            return False
        return True

    def ranks(self, party: str, models: Sequence[Model]) -> NDArray[Any]:
        """(V, S) int: what a party thinks of every state in every variant.

        Few states: one product of matrices ranks those of all variants, with powers of two as weights (the same one
        for statements that stand level) and zero for what a variant does not want; every sum is exact. Many: digit by
        digit.
        """
        wishes = [model.preferences.get(party) for model in models]
        if not all(wish is None or isinstance(wish, Priorities) for wish in wishes):
            return np.stack([self._rank(party, wish) for wish in wishes])
        known = [wish if isinstance(wish, Priorities) else _NONE for wish in wishes]
        longest = max(map(_width, known), default=0)
        if longest > _EXACT:
            return np.stack([self._rank(party, wish) for wish in wishes])
        place, columns = self._columns_of(party, [s.formula for wish in known for s in wish.statements])
        kind = np.dtype(np.int16 if longest <= _NARROW else np.int32)
        if self.size >= LARGE or not len(columns):
            held = [[columns[place[s.formula]] for s in wish.statements] for wish in known]
            return _digits(held, [_shifts(wish) for wish in known], self.size, kind)
        weights = np.zeros((len(models), len(columns)), np.float32)
        for row, wish in zip(weights, known, strict=True):
            digits = 0
            for statement, shift in zip(reversed(wish.statements), reversed(_shifts(wish)), strict=True):
                row[place[statement.formula]] += 2.0**digits
                digits += shift
        return (weights @ columns).astype(kind)

    def _columns_of(self, party: str, formulas: list[Formula]) -> tuple[dict[Formula, int], NDArray[Any]]:
        place, columns = self._columns.get(party, ({}, np.zeros((0, self.size), self._kind)))
        new = [formula for formula in dict.fromkeys(formulas) if formula not in place]
        if new:
            place = {**place, **{formula: len(place) + k for k, formula in enumerate(new)}}
            columns = np.concatenate([columns, [self._evaluator.holds(formula) for formula in new]], dtype=self._kind)
            self._columns[party] = place, columns
        return place, columns

    def _rank(self, party: str, wish: Preference | None) -> NDArray[np.int32]:
        if wish is None or isinstance(wish, Priorities):
            return ranks_of(wish, self._evaluator, party)
        if (party, wish) not in self._fixed:
            self._fixed[party, wish] = ranks_of(wish, self._evaluator, party)
        return self._fixed[party, wish]


def _width(wish: Priorities) -> int:
    """Return how many binary digits the ranks by some wishes take."""
    return len(wish.statements) if not wish.levels else sum(_shifts(wish))


def _shifts(wish: Priorities) -> Sequence[int]:
    """Return by how many binary digits what is above each statement outweighs it: of a level, the first one's alone."""
    if not wish.levels:
        return (1,) * len(wish.statements)
    return [shift for level in wish.ranked for shift in (len(level).bit_length(), *(0,) * (len(level) - 1))]


def _digits(
    statements: list[list[NDArray[Any]]], shifts: list[Sequence[int]], size: int, kind: np.dtype[Any]
) -> NDArray[Any]:
    """(V, S): the numbers that the truth of each variant's statements spell, the most important first."""
    ranks = np.zeros((len(statements), size), kind)
    for rank, columns, digits in zip(ranks, statements, shifts, strict=True):
        for column, shift in zip(columns, digits, strict=True):
            if shift:
                np.left_shift(rank, shift, out=rank)
            np.add(rank, column, out=rank)
    return ranks
