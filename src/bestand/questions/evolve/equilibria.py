"""Which of the states found are equilibria of the whole model, whoever may move here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bestand.engine.states import Truth
from bestand.model.errors import LimitReached, Stop
from bestand.model.values import FrozenMap
from bestand.solve.solution import Solution

from .drift import Drift


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


def standing_of(solution: Solution | None, concepts: Iterable[str], drift: Drift) -> Standing:
    """Return which of the states found are equilibria.

    Parameters
    ----------
    solution : Solution or None
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
                    equilibria = solution.equilibrium_set(concept)
                    among[concept], totals[concept] = equilibria.among(drift.masks), equilibria.count()
                except LimitReached as error:
                    stopped = stopped or error.stop
                    break
    return Standing(FrozenMap(among), FrozenMap(totals), stopped)
