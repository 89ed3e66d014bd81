"""What the tests of the symbolic engine share: its verdicts over the states one by one, to compare with others."""

from typing import Any

import pytest

from bestand.engine.diagrams.choose import has_cudd
from bestand.engine.limits import Limits, Watch
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.model import Model

BACKENDS = [
    pytest.param("cudd", marks=pytest.mark.skipif(not has_cudd(), reason='needs the extra "symbolic"')),
    "oxidd",
]

SMALL = 64 * 2**20  # bytes that are plenty for a small model


class Listed:
    """An engine whose truth values can be read state by state."""

    def __init__(self, engine: SymbolicEngine) -> None:
        self.engine = engine
        self.over_states = engine.listed

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)


def symbolic(model: Model, backend: str) -> Any:
    """A symbolic engine for a small model."""
    return Listed(SymbolicEngine(model, Watch(Limits(memory=SMALL)), backend))
