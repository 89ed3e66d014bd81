"""What holds in a bundle of variants: sets of states for all of them at once, as diagrams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from bestand.engine.diagrams.classes import Classes
from bestand.engine.diagrams.spec import Diagram
from bestand.engine.diagrams.table import Table
from bestand.engine.limits import Watch
from bestand.engine.symbolic.varied import VariedEngine
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.sentences import By, Change
from bestand.stability.registry import RESTING, stable

from .batches import Batches
from .bundle import Bundle, bundles
from .geometry import Geometry

Bools = NDArray[np.bool_]
Question = tuple[str, int]  # a concept, and the index of a party
Key = tuple[tuple[Change, ...], Formula | None, int]  # further changes, where it is asked, and which of the bundles


class Unbundled(Exception):
    """Variants cannot be looked at together."""


class Bundled:
    """A bundle of variants, and what holds in each: worked out once, when asked for.

    Parameters
    ----------
    bundle : Bundle
    watch : Watch
    known : mapping of (str, int) to Table
        Where each state is stable under a concept for a party, as somebody else has found it.

    Raises
    ------
    Unbundled
        For moves that diagrams cannot follow.
    ModelError, LimitReached
        As `VariedEngine`.
    """

    def __init__(self, bundle: Bundle, watch: Watch, known: Mapping[Question, Table] | None = None) -> None:
        self.bundle, self.watch = bundle, watch
        try:
            self.engine = VariedEngine(bundle.model, bundle.codes, watch, bundle.asked)
        except CallError as error:
            raise Unbundled from error
        self._known = dict(known or {})
        self._stable: dict[Question, Diagram] = {}
        self._equilibria: dict[str, Diagram] = {}
        self._reached: dict[By, Diagram | None] = {}

    @property
    def parties(self) -> Sequence[str]:
        """Return the ids of the parties."""
        return self.engine.parties

    @cached_property
    def geometry(self) -> Geometry:
        """The states of every variant, and where formulas hold in them."""
        return Geometry(self.bundle.first, self.watch)

    @property
    def feasible(self) -> Diagram:
        """Every state in every variant."""
        return self.engine.feasible.diagram

    def holds(self, formula: Formula) -> Diagram:
        """Return where a formula holds."""
        return self.engine.holds(formula).diagram

    def written(self, concept: str, i: int) -> Table:
        """Return where each state is stable for a party under a concept, for another process."""
        return self.engine.written(stable(self.engine, concept, i))

    def stable(self, concept: str, i: int) -> Diagram:
        """Return where each state is stable for a party under a concept."""
        if (concept, i) not in self._stable:
            known = self._known.get((concept, i))
            found = stable(self.engine, concept, i) if known is None else self.engine.read(known)
            self._stable[concept, i] = found.diagram
        return self._stable[concept, i]

    def equilibria(self, concept: str) -> Diagram:
        """Return where each state is stable for every party under a concept."""
        if concept not in self._equilibria:
            each = map(partial(self.stable, concept), range(len(self.parties)))
            self._equilibria[concept] = self.engine.world.all_of([self.feasible, *each])
        return self._equilibria[concept]

    def reached(self, by: By) -> Diagram | None:
        """Return what improvements, or best moves, lead to from the status quo; None where there is none."""
        if by not in self._reached:
            start = self.geometry.status_quo()
            mask = None if start is None else int(self.geometry.states[start])
            self._reached[by] = None if mask is None else self.engine.reached(mask, by)
        return self._reached[by]

    @property
    def resting(self) -> Diagram:
        """Where nobody can improve."""
        return self.equilibria(RESTING)

    def classes(self, states: Diagram) -> Classes:
        """Return in which variants each state is in a set."""
        return self.engine.classes(states, self.geometry.states)

    def counts(self, states: Diagram) -> NDArray[np.int64]:
        """(V,): how many states a set has in each variant."""
        return self.classes(states).counts(np.ones((1, self.geometry.size), bool))[0]


class Bundles:
    """Variants of a model in bundles, and what further changes make of them.

    Parameters
    ----------
    bases : sequence of Model
        For each variant, the model that it changes.
    changes : sequence of tuple of Change
        For each variant.
    numbers : (V, questions) intp
        The answer to each question in each variant.
    batches : Batches
        Makes the changes.
    """

    _MOST = 4  # bundles whose diagrams are kept

    def __init__(
        self,
        bases: Sequence[Model],
        changes: Sequence[tuple[Change, ...]],
        numbers: NDArray[np.intp],
        batches: Batches,
    ) -> None:
        self._bases, self._changes, self._numbers, self._batches = bases, changes, numbers, batches
        self._made: dict[tuple[Change, ...], list[Bundle] | None] = {}
        self._bundled: dict[Key, Bundled | None] = {}
        self.known: dict[Key, dict[Question, Table]] = {}

    @property
    def count(self) -> int:
        """Return how many variants there are."""
        return len(self._bases)

    def of(self, further: tuple[Change, ...] = (), asked: Formula | None = None) -> list[Bundle] | None:
        """Return the variants to which further changes can be made, in bundles; None where they do not make any.

        Where it is ``asked`` matters to what is stable alone.
        """
        found = self._of(further)
        return found and [replace(bundle, asked=asked) for bundle in found]

    def _of(self, further: tuple[Change, ...]) -> list[Bundle] | None:
        if further not in self._made:
            models: dict[int, Model] = {}
            for v, (base, changes) in enumerate(zip(self._bases, self._changes, strict=True)):
                self._batches.watch.check()
                with suppress(CallError):  # it speaks of a wish that another one has dropped, say
                    models[v] = self._batches.changed(base, (*changes, *further))
            self._made[further] = bundles(models, self._numbers)
        return self._made[further]

    def under(
        self, further: tuple[Change, ...] = (), asked: Formula | None = None
    ) -> Iterator[tuple[NDArray[np.intp], Bundled]]:
        """Yield the variants with further changes, those that leave no state left out.

        Raises
        ------
        Unbundled
        """
        bundles = self.of(further, asked)
        if bundles is None:
            raise Unbundled
        for k, bundle in enumerate(bundles):
            bundled = self._solved((further, asked, k), bundle)
            if bundled is not None:
                yield bundle.which, bundled

    def _solved(self, key: Key, bundle: Bundle) -> Bundled | None:
        if key not in self._bundled:
            if len(self._bundled) >= self._MOST:
                self._bundled.pop(next(iter(self._bundled)))
            try:
                self._bundled[key] = Bundled(bundle, self._batches.watch, self.known.get(key))
            except ModelError:
                self._bundled[key] = None
        self._bundled[key] = bundled = self._bundled.pop(key)  # the last one now
        return bundled
