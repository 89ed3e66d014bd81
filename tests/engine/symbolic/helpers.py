"""What the tests of the symbolic engine share: its verdicts over the states one by one, to compare with others."""

import pytest

from bestand.engine.diagrams.choose import has_cudd
from bestand.engine.limits import Limits, Watch
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.formula import Formula, OptionAtom
from bestand.model.model import Model
from bestand.model.values import FormulaRule, FrozenMap, Option, Party, Preference, Priorities, Statement

BACKENDS = [
    pytest.param("cudd", marks=pytest.mark.skipif(not has_cudd(), reason='needs the extra "symbolic"')),
    "oxidd",
]

NAMES = ("cudd", "oxidd") if has_cudd() else ("oxidd",)

SMALL = 64 * 2**20  # bytes that are plenty for a small model


def symbolic(model: Model, backend: str) -> SymbolicEngine:
    """A symbolic engine for a small model."""
    return SymbolicEngine(model, Watch(Limits(memory=SMALL)), backend)


def parties(*sizes: int) -> tuple[Party, ...]:
    """Parties ``p0``, ``p1``, … with so many options ``p0.o0``, … each."""
    return tuple(Party(f"p{j}", options=tuple(Option(f"p{j}.o{k}") for k in range(n))) for j, n in enumerate(sizes))


def option(j: int, k: int) -> OptionAtom:
    """Option k of party j."""
    return OptionAtom(f"p{j}.o{k}")


def priorities(*formulas: Formula) -> Priorities:
    return Priorities(tuple(map(Statement, formulas)))


def model_of(*sizes: int, rules: tuple[Formula, ...] = (), **wishes: Preference) -> Model:
    """A model with rules that always hold, and wishes by party."""
    always = tuple(FormulaRule("always", rule) for rule in rules)
    return Model("A model", parties(*sizes), rules=always, preferences=FrozenMap(wishes))
