"""Some variants of a model, and what further changes make of them, each solved once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bestand.model.errors import CallError
from bestand.model.model import Model
from bestand.model.sentences import Change

from .batches import Batch, Batches, Indices
from .solution import Solver


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
        self._made: dict[tuple[Change, ...], dict[int, Model]] = {}
        self._solvers: dict[int, Solver] = {}
        self._solved: dict[tuple[Change, ...], list[tuple[Indices, Batch | None]]] = {}

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self._bases)

    def solver(self, v: int) -> Solver:
        """Return what solves one variant alone, with further changes: for what cannot be told side by side."""
        if v not in self._solvers:
            self._solvers[v] = Solver(self._bases[v], self._changes[v], watch=self._batches.watch)
        return self._solvers[v]

    def models(self, further: tuple[Change, ...] = ()) -> dict[int, Model]:
        """Return the variants to which further changes can be made, by their numbers."""
        if further not in self._made:
            made: dict[int, Model] = {}
            self._made[further] = made
            for v, (base, changes) in enumerate(zip(self._bases, self._changes, strict=True)):
                try:
                    made[v] = self._batches.changed(base, (*changes, *further))
                except CallError:  # it speaks of a wish that another one has dropped, say
                    continue
        return self._made[further]

    def under(self, further: tuple[Change, ...] = ()) -> list[tuple[Indices, Batch | None]]:
        """The variants with further changes, in groups as `Batches.of` makes them.

        None stands as well for those to which the changes cannot be made.
        """
        if further not in self._solved:
            made = self.models(further)
            which = np.array(list(made), np.intp)
            found = [(which[these], batch) for these, batch in self._batches.of(list(made.values()))]
            if left := [v for v in range(self.count) if v not in made]:
                found.append((np.array(left), None))
            self._solved[further] = found
        return self._solved[further]
