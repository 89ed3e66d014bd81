"""From a model to what holds in it, by the engine that suits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bestand.engine.choose import choose
from bestand.engine.limits import Watch
from bestand.model.model import Model

from .solution import Solution

if TYPE_CHECKING:
    from bestand.engine.choose import Choice, ExplicitEngine
    from bestand.engine.symbolic import SymbolicEngine

    from .sets import SetSolution


def solve(model: Model, engine: str | None = None, watch: Watch | None = None) -> Solution | SetSolution:
    """A solution over listed states where they can be listed, else over sets of states.

    Raises
    ------
    CallError, ModelError, TooManyStates
        As `bestand.engine.choose.choose`.
    """
    watch = watch or Watch()
    choice = choose(model, engine, watch)
    if choice.engine.name == "symbolic":
        from .sets import SetSolution

        return SetSolution(model, cast("Choice[SymbolicEngine]", choice), watch)
    return Solution(model, cast("Choice[ExplicitEngine]", choice), watch)
