"""For those who test against bestand: random models as Hypothesis strategies.

`models`, `formulas`, `preferences`, `graphs`, `changes`, … need Hypothesis. What to compare answers with is in
`bestand.reference`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    "changes",
    "checks",
    "formulas",
    "graphs",
    "ids",
    "models",
    "preferences",
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
