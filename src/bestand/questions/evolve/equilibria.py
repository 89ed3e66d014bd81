"""Which of the states found are equilibria of the whole model, whoever may move here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bestand.engine.states import Truth
from bestand.model.errors import LimitReached, Stop
from bestand.model.values import FrozenMap
from bestand.solve.solution import Solution

from .drift import Drift

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution

_AT_ONCE = 4096  # states that are looked up between two looks at the clock


@dataclass(frozen=True)
class Standing:
    """The equilibria among the states found, by concept.

    Parameters
    ----------
    among : FrozenMap of str to (n,) bool
        Which of the states found are equilibria, for each concept that was finished.
    totals : FrozenMap of str to int
        How many equilibria there are in all.
    stopped : Stop or None
        The limit that was reached.
    """

    among: FrozenMap[str, Truth]
    totals: FrozenMap[str, int]
    stopped: Stop | None = None


def standing_of(solution: Solution | SetSolution | None, concepts: Iterable[str], drift: Drift) -> Standing:
    """Return which of the states found are equilibria.

    Parameters
    ----------
    solution : Solution, SetSolution or None
        None where the states are too many: then nothing is said of equilibria.
    concepts : iterable of str
    drift : Drift
    """
    among: dict[str, Truth] = {}
    totals: dict[str, int] = {}
    stopped = None
    if solution is not None:
        concepts = tuple(concepts)
        solution.finish(concepts)
        stopped = solution.stopped
        for concept in concepts:
            if solution.complete(concept):
                try:
                    found = _among(solution, concept, drift)
                except LimitReached as error:
                    stopped = stopped or error.stop
                    break
                among[concept], totals[concept] = found, solution.equilibrium_set(concept).count()
    return Standing(FrozenMap(among), FrozenMap(totals), stopped)


def _among(solution: Solution | SetSolution, concept: str, drift: Drift) -> Truth:
    """(n,): which of the states found are equilibria under a concept."""
    if isinstance(solution, Solution):
        return solution.equilibria(concept)[np.searchsorted(solution.space.states, drift.masks)]
    equilibria, masks = solution.equilibrium_set(concept), drift.masks.tolist()
    found = np.zeros(len(masks), bool)
    for first in range(0, len(masks), _AT_ONCE):
        found[first : first + _AT_ONCE] = [mask in equilibria for mask in masks[first : first + _AT_ONCE]]
        solution.watch.check()
    return found
