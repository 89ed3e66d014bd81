"""The pictures of what holds, by name.

What draws one is loaded when it is drawn: most answers are told without one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bestand.document.blocks import Figure
from bestand.solve.solution import Solution

PICTURES = ("matrix", "standing", "moves", "tree")


def pictures(concepts: Sequence[str]) -> Mapping[str, Callable[[Solution], Figure | None]]:
    """The equilibria option by option, how parties rank them, the graph of moves, and where things go from today."""
    return {name: partial(_picture, name, concepts) for name in PICTURES}


def _picture(name: str, concepts: Sequence[str], found: Solution) -> Figure | None:
    match name:
        case "matrix":
            from .matrix import matrix

            return matrix(found, concepts)
        case "standing":
            from .standing import standing

            return standing(found, concepts)
        case "moves":
            from .moves import moves

            return moves(found, concepts)
        case _:
            from bestand.plan.tree import tree

            return tree(found, "improvements", concepts)
