"""One model that nobody can list, solved by decision diagrams in a process of its own.

``python -m benchmarks.symbolic BACKEND FAMILY OPTIONS PARTIES STATEMENTS SEED SECONDS`` prints one JSON object: see
`Solved`.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from functools import partial, reduce
from importlib import import_module
from operator import and_

from benchmarks import families
from benchmarks.measure import alone, forget_peak, peak_rss
from bestand.engine.limits import Limits, Watch
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.errors import LimitReached
from bestand.stability.registry import CONCEPTS, stable

FAMILIES = {
    "random": families.random_model,
    "local": families.local_model,
    "random-pairs": partial(families.random_model, literals=2),
    "local-pairs": partial(families.local_model, literals=2),
}


@dataclass(frozen=True)
class Case:
    """A model of a family.

    Parameters
    ----------
    family : {"random", "local", "random-pairs", "local-pairs"}
        "pairs": every statement joins two options, which is much harder.
    options, parties, statements : int
        Statements are those of each party.
    """

    family: str
    options: int
    parties: int
    statements: int

    @property
    def title(self) -> str:
        """What it is called in a table."""
        return f"{self.family} {self.options} / {self.parties} / {self.statements}"


@dataclass(frozen=True)
class Solved:
    """What came of it.

    Parameters
    ----------
    states : int
        Feasible ones.
    loading : float
        Seconds to make the diagrams of the rules and count the states.
    seconds : dict of str to float
        What each concept took for all parties, in this order, with all that the ones before had worked out. A concept
        that the limit stopped is missing, and so are those after it.
    equilibria : dict of str to int
    imports, whole : int
        Bytes that the process held after the imports, and at most.
    """

    states: int
    loading: float
    seconds: dict[str, float]
    equilibria: dict[str, int]
    imports: int
    whole: int


def solved(case: Case, backend: str, seed: int, limit: float) -> Solved:
    """Solve a case in a fresh process that stops after so many seconds."""
    sizes = (case.options, case.parties, case.statements, seed)
    return Solved(**alone("benchmarks.symbolic", [backend, case.family, *map(str, sizes), str(limit)]))


def main(backend: str, family: str, *numbers: str) -> None:
    """Solve one, and print what came of it."""
    *sizes, seed, limit = numbers
    import_module(f"bestand.engine.diagrams.{backend}")  # before anything is measured
    model = FAMILIES[family](*map(int, sizes), int(seed))
    forget_peak()
    imports = peak_rss()
    began = time.perf_counter()
    engine = SymbolicEngine(model, Watch(Limits(seconds=float(limit))), backend)
    states = engine.feasible.count()
    loading = time.perf_counter() - began
    seconds: dict[str, float] = {}
    equilibria: dict[str, int] = {}
    try:
        for concept in CONCEPTS:
            began = time.perf_counter()
            sets = [stable(engine, concept, i) for i in range(len(engine.parties))]
            seconds[concept] = time.perf_counter() - began
            equilibria[concept] = reduce(and_, sets).count()
    except LimitReached:
        pass
    sys.stdout.write(json.dumps(asdict(Solved(states, loading, seconds, equilibria, imports, peak_rss()))))


if __name__ == "__main__":
    main(*sys.argv[1:])
