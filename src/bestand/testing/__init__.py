"""For those who test against bestand: random models as Hypothesis strategies, and a brute-force oracle.

The strategies (`models`, `formulas`, `preferences`, `graphs`, `sentences`, …) need Hypothesis; the oracle
(`Graph`, `graph_of`, `stable`, `equilibria`, `reached`) needs nothing.

Examples
--------
>>> from bestand.testing import Graph, equilibria
>>> equilibria(Graph(2, moves=(((1,), ()),), ranks=((0, 1),)), "nash")
(False, True)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .oracle import Graph, equilibria, graph_of, reached, stable
from .worlds import feasible

if TYPE_CHECKING:
    from .asking import changes, checks
    from .strategies import graphs, models
    from .wishes import formulas, preferences
    from .writing import ids, texts

_STRATEGIES = {
    "changes": "asking",
    "checks": "asking",
    "formulas": "wishes",
    "graphs": "strategies",
    "ids": "writing",
    "models": "strategies",
    "preferences": "wishes",
    "texts": "writing",
}

__all__ = [
    "Graph",
    "changes",
    "checks",
    "equilibria",
    "feasible",
    "formulas",
    "graph_of",
    "graphs",
    "ids",
    "models",
    "preferences",
    "reached",
    "stable",
    "texts",
]


def __getattr__(name: str) -> Any:
    if name not in _STRATEGIES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        import hypothesis  # noqa: F401 - only to say plainly what is missing
    except ImportError as error:
        message = (
            f"bestand.testing.{name} is a Hypothesis strategy, and Hypothesis is not installed: pip install hypothesis"
        )
        raise ImportError(message) from error
    return getattr(import_module(f"{__name__}.{_STRATEGIES[name]}"), name)
