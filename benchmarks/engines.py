"""What is measured: the engines, their operators, and the concepts for all parties."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from bestand.engine import fast
from bestand.engine.arcs import arcs_engine
from bestand.engine.cube import CubeEngine
from bestand.engine.diagrams.choose import has_cudd
from bestand.engine.explicit import ExplicitEngine
from bestand.engine.listed import ListedEngine
from bestand.engine.space import Space, space_of
from bestand.engine.spec import Engine, Truth, others
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.model import Model
from bestand.stability.registry import CONCEPTS, stable

EXPLICIT: dict[str, Callable[[Space], ExplicitEngine]] = {
    "cube": CubeEngine,
    "listed": ListedEngine,
    "arcs": arcs_engine,
}

OPERATORS: dict[str, Callable[[Engine[Any, Any], int, Any], Any]] = {
    "best": lambda engine, i, f: engine.best(i, f),
    "worst_reply": lambda engine, i, f: engine.worst_reply(others(engine, i), f),
    "worst_credible_reply": lambda engine, i, f: engine.worst_credible_reply(others(engine, i), f),
    "least_origin": lambda engine, i, f: engine.least_origin(i, f),
}


BACKENDS = {"cudd": "symbolic (CUDD)", "oxidd": "symbolic (OxiDD)"}
if not has_cudd():
    del BACKENDS["cudd"]

LOOPS = (False, True) if find_spec("numba") else (False,)
COMPILED = {"cube": LOOPS, "listed": LOOPS, "arcs": (False,)}  # compiled loops or not, where an engine has any


@contextmanager
def compiling(on: bool) -> Iterator[None]:
    """With compiled loops whatever the size, or without them. Left alone, an engine compiles where it pays."""
    worth = 0 if on else sys.maxsize
    with patch.object(fast, "WORTH_SWEEPING", worth), patch.object(fast, "WORTH_LABELLING", worth):
        yield


def prepared(engine: ExplicitEngine) -> ExplicitEngine:
    """The engine with its ranks and sorted blocks made, and nothing else worked out.

    Engines may remember what they made of a party's rank; so all that they are asked about here is something else.
    """
    for i in range(len(engine.parties)):
        value = engine.rank(i).copy()
        for operator in OPERATORS.values():
            operator(engine, i, value)
    return engine


def operate(engine: ExplicitEngine, operator: str) -> None:
    """An operator for every party on a function as hard as its rank: for replies, those of all the others."""
    for i in range(len(engine.parties)):
        OPERATORS[operator](engine, i, engine.rank(i).copy())


def conclude(engine: Engine[Any, Truth], concepts: Iterable[str] = CONCEPTS) -> list[list[Truth]]:
    """The stable states of every party under each of the concepts, as the engine holds them."""
    return [[stable(engine, concept, i) for i in range(len(engine.parties))] for concept in concepts]


def verdicts(engine: Engine[Any, Any]) -> NDArray[np.bool_]:
    """(concepts, P, S): the same as arrays. Only where the states can be listed."""
    return np.array([[engine.over_states(value) for value in values] for values in conclude(engine)])


def makers(model: Model, *, symbolic: bool = True) -> dict[str, Callable[[], Engine[Any, Any]]]:
    """How each engine that can serve a model is made of it, its states and ranks included.

    Parameters
    ----------
    model : Model
    symbolic : bool
        Decision diagrams too. They are not for orders without any pattern, which have no small diagram.
    """
    found: dict[str, Callable[[], Engine[Any, Any]]] = {
        name: lambda make=make: make(space_of(model)) for name, make in EXPLICIT.items()
    }
    for backend, name in BACKENDS.items() if symbolic else ():
        found[name] = lambda backend=backend: SymbolicEngine(model, backend=backend)
    return found
