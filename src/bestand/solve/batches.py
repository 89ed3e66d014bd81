"""Many variants of one model, solved side by side: verdicts only, for counting.

Variants with the same rules and moves share their states and where formulas hold in them, which is geometry. What holds
under a concept is worked out anew for each of them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bestand.engine.box import Box, BoxEngine
from bestand.engine.limits import Watch
from bestand.engine.ranks import by_priorities, by_ranking, by_weights
from bestand.model.changing import changed
from bestand.model.errors import CallError, ModelError, TooManyStates
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.sentences import Change, Mover
from bestand.model.values import FrozenMap, Priorities, Ranking, Weights
from bestand.stability.concept import stable
from bestand.stability.registry import EVERY

from .positions import find_state
from .solution import Solution

Bools = NDArray[np.bool_]
Indices = NDArray[np.intp]

_EXACT = 24  # binary digits of a float32
_LARGE = 2**11  # states from which on ranking one variant after the other is quicker
_NARROW = 14  # statements whose ranks an int16 holds, below its largest number


class Geometry:
    """What variants with the same rules and moves have in common: the states, and where formulas hold.

    Parameters
    ----------
    model : Model
        Any of the variants.
    watch : Watch

    Raises
    ------
    ModelError
        When no state is feasible.
    TooManyStates
        When the states are too many to list.
    """

    def __init__(self, model: Model, watch: Watch) -> None:
        self.model = model
        self.box: Box | None = None
        try:
            self.box = Box(model, watch)
            self.states, evaluator = self.box.states, self.box.evaluator
        except TooManyStates:  # to list, or for a box: the engines for single models know what to do, or say why not
            solution = Solution(dataclasses.replace(model, preferences=FrozenMap({})), None, watch)
            self.states, evaluator = solution.space.states, solution.space.evaluator
        if not len(self.states):
            raise ModelError(())
        self._evaluator = evaluator
        self._true: dict[Formula, Bools] = {}
        self._columns: dict[str, tuple[dict[Formula, int], NDArray[Any]]] = {}
        self._kind = np.dtype(np.int16 if self.size >= _LARGE else np.float32)
        self._fixed: dict[Any, NDArray[np.int32]] = {}

    @property
    def size(self) -> int:
        """How many states there are."""
        return len(self.states)

    def index(self, mask: int) -> int | None:
        """The index of a state given as a bit mask; None where it is infeasible."""
        at = int(np.searchsorted(self.states, np.uint64(mask)))
        return at if at < self.size and int(self.states[at]) == mask else None

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
        """Whether every explicit ranking of a variant knows all of these states."""
        try:
            for party, wish in model.preferences.items():
                if isinstance(wish, Ranking):
                    self._rank(party, wish)
        except ModelError:
            return False
        return True

    def ranks(self, party: str, models: Sequence[Model]) -> NDArray[Any]:
        """(V, S) int: what a party thinks of every state in every variant.

        Few states: one product of matrices ranks those of all variants, with powers of two as weights and zero for
        what a variant does not want; every sum is exact. Many: digit by digit.
        """
        wishes = [model.preferences.get(party) for model in models]
        longest = max((len(wish.statements) for wish in wishes if isinstance(wish, Priorities)), default=0)
        if longest > _EXACT or not all(wish is None or isinstance(wish, Priorities) for wish in wishes):
            return np.stack([self._rank(party, wish) for wish in wishes])
        statements = [wish.statements if isinstance(wish, Priorities) else () for wish in wishes]
        place, columns = self._columns_of(party, [s.formula for several in statements for s in several])
        kind = np.dtype(np.int16 if longest <= _NARROW else np.int32)
        if self.size >= _LARGE or not len(columns):
            return _digits([[columns[place[s.formula]] for s in several] for several in statements], self.size, kind)
        weights = np.zeros((len(models), len(columns)), np.float32)
        for v, several in enumerate(statements):
            for k, statement in enumerate(reversed(several)):
                weights[v, place[statement.formula]] += 2.0**k
        return (weights @ columns).astype(kind)

    def _columns_of(self, party: str, formulas: list[Formula]) -> tuple[dict[Formula, int], NDArray[Any]]:
        place, columns = self._columns.get(party, ({}, np.zeros((0, self.size), self._kind)))
        new = [formula for formula in dict.fromkeys(formulas) if formula not in place]
        if new:
            place = {**place, **{formula: len(place) + k for k, formula in enumerate(new)}}
            columns = np.concatenate([columns, [self._evaluator.holds(formula) for formula in new]], dtype=self._kind)
            self._columns[party] = place, columns
        return place, columns

    def _rank(self, party: str, wish: Any) -> NDArray[np.int32]:
        match wish:
            case Priorities():
                return by_priorities(wish, self._evaluator)
            case Ranking() | Weights():
                if (party, wish) not in self._fixed:
                    self._fixed[party, wish] = (
                        by_ranking(wish, self.states, party)
                        if isinstance(wish, Ranking)
                        else by_weights(wish, self._evaluator)
                    )
                return self._fixed[party, wish]
            case _:
                return np.zeros(self.size, np.int32)


def _digits(statements: list[list[NDArray[Any]]], size: int, kind: np.dtype[Any]) -> NDArray[Any]:
    """(V, S): the numbers that the truth of each variant's statements spell, the most important first."""
    ranks = np.zeros((len(statements), size), kind)
    for rank, columns in zip(ranks, statements, strict=True):
        for column in columns:
            np.left_shift(rank, 1, out=rank)
            np.bitwise_or(rank, column, out=rank)
    return ranks


class Batch(Protocol):
    """V variants with one geometry, and what holds in each."""

    geometry: Geometry

    def rank(self, i: int) -> NDArray[Any]:
        """(V, S): what party i thinks of every state."""
        ...

    def stable(self, concept: str, i: int) -> Bools:
        """(V, S): whether each state is stable for party i."""
        ...

    def equilibria(self, concept: str) -> Bools:
        """(V, S): whether each state is stable for every party."""
        ...

    def reached(self, by: Mover) -> Bools | None:
        """(V, S): what is reached from the status quo; None where there is none."""
        ...


class BoxBatch:
    """Variants as one more axis of the box engine."""

    def __init__(self, geometry: Geometry, box: Box, models: Sequence[Model], watch: Watch) -> None:
        self.geometry = geometry
        self._ranks = [geometry.ranks(party, models) for party in geometry.model.party]
        self._engine = BoxEngine(box, self._ranks, watch)
        self._stable: dict[tuple[str, int], Bools] = {}
        self._equilibria: dict[str, Bools] = {}
        self._reached: dict[Mover, Bools | None] = {}

    def rank(self, i: int) -> NDArray[Any]:
        return self._ranks[i]

    def stable(self, concept: str, i: int) -> Bools:
        if (concept, i) not in self._stable:
            self._stable[concept, i] = self._engine.over_states(stable(self._engine, i, EVERY[concept].rounds))
        return self._stable[concept, i]

    def equilibria(self, concept: str) -> Bools:
        if concept not in self._equilibria:
            parties = range(len(self._ranks))
            self._equilibria[concept] = np.logical_and.reduce([self.stable(concept, i) for i in parties])
        return self._equilibria[concept]

    def reached(self, by: Mover) -> Bools | None:
        if by not in self._reached:
            start = self.geometry.status_quo()
            self._reached[by] = None if start is None else self._engine.reached(start, by)
        return self._reached[by]


class SingleBatch:
    """Variants one by one, by the engine that suits such a model: where the box does not."""

    def __init__(self, geometry: Geometry, models: Sequence[Model], watch: Watch) -> None:
        self.geometry = geometry
        self._solutions = [Solution(model, None, watch) for model in models]

    def rank(self, i: int) -> NDArray[Any]:
        return np.stack([solution.space.ranks[i] for solution in self._solutions])

    def stable(self, concept: str, i: int) -> Bools:
        return np.stack([solution.verdict(concept, i) for solution in self._solutions])

    def equilibria(self, concept: str) -> Bools:
        return np.stack([solution.equilibria(concept) for solution in self._solutions])

    def reached(self, by: Mover) -> Bools | None:
        found = [solution.reach(by) for solution in self._solutions]
        if any(reach is None for reach in found):
            return None
        return np.stack([reach.reached for reach in found if reach is not None])


class Batches:
    """Keeps the geometries of variants of one model, and solves batches of them.

    Parameters
    ----------
    watch : Watch, optional
    """

    _MOST = 64  # geometries that are kept

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch or Watch()
        self._geometries: dict[Any, Geometry | None] = {}

    def of(self, models: Sequence[Model]) -> list[tuple[Indices, Batch | None]]:
        """The variants in groups with one geometry each: which they are, and how they are solved.

        None stands for those that have no state at all, or states that an explicit ranking leaves out.
        """
        groups: dict[Any, list[int]] = {}
        for v, model in enumerate(models):
            key = (model.rules, model.one_way, model.status_quo, model.forbidden_moves)
            groups.setdefault(key, []).append(v)
        found: list[tuple[Indices, Batch | None]] = []
        for key, these in groups.items():
            geometry = self._geometry(key, models[these[0]])
            able = [v for v in these if geometry is not None and geometry.suits(models[v])]
            unable = sorted({*these} - {*able})
            if able and geometry is not None:
                found.append((np.array(able), self._batch(geometry, [models[v] for v in able])))
            if unable:
                found.append((np.array(unable), None))
        return found

    def _batch(self, geometry: Geometry, models: list[Model]) -> Batch:
        if geometry.box is None:
            return SingleBatch(geometry, models, self._watch)
        return BoxBatch(geometry, geometry.box, models, self._watch)

    def _geometry(self, key: Any, model: Model) -> Geometry | None:
        if key not in self._geometries:
            if len(self._geometries) >= self._MOST:
                self._geometries.pop(next(iter(self._geometries)))
            try:
                self._geometries[key] = Geometry(model, self._watch)
            except ModelError:
                self._geometries[key] = None
        return self._geometries[key]


class Variants:
    """Some variants of a model, and what further changes make of them, each solved once.

    Parameters
    ----------
    bases : sequence of Model
        For each variant, the model that it changes.
    changes : sequence of tuple of Change
        For each variant.
    batches : Batches
    """

    def __init__(self, bases: Sequence[Model], changes: Sequence[tuple[Change, ...]], batches: Batches) -> None:
        self._bases, self._changes, self._batches = bases, changes, batches
        self._solved: dict[tuple[Change, ...], list[tuple[Indices, Batch | None]]] = {}

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._bases)

    def under(self, further: tuple[Change, ...] = ()) -> list[tuple[Indices, Batch | None]]:
        """The variants with further changes, in groups as `Batches.of` makes them.

        None stands as well for those to which the changes cannot be made.
        """
        if further not in self._solved:
            made: dict[int, Model] = {}
            for v, (base, changes) in enumerate(zip(self._bases, self._changes, strict=True)):
                try:
                    made[v] = changed(base, (*changes, *further))
                except CallError:  # it speaks of a wish that another one has dropped, say
                    continue
            which = np.array(sorted(made), np.intp)
            found = [(which[these], batch) for these, batch in self._batches.of([made[v] for v in which])]
            left = np.setdiff1d(np.arange(self.count), which)
            self._solved[further] = found + ([(left, None)] if len(left) else [])
        return self._solved[further]
