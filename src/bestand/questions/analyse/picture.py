"""The pictures of what holds, by name, and the values that they are drawn from.

What draws one is loaded when it is drawn: most answers are told without one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bestand.document.blocks import Figure
from bestand.model.errors import CallError
from bestand.model.model import Model
from bestand.prose.spoken import spoken

if TYPE_CHECKING:
    from bestand.plan.ruling_values import Ruling
    from bestand.plan.tree import Tree

    from .graph import Graph
    from .kinds import Kinds
    from .selection import Selection

PICTURES = ("matrix", "standing", "moves", "tree", "plan")


@dataclass(frozen=True)
class PictureValues:
    """All that the pictures of an answer show, of those that were worked out.

    Parameters
    ----------
    names : tuple of str
        Of the pictures that can be drawn.
    selection : Selection or None
        For the matrix and for standing.
    graph : Graph or None
        For the moves of a small model.
    kinds : Kinds or None
        For the moves.
    tree : Tree or None
        None also where the model has no status quo.
    ruling : Ruling or None
        For the plan; None without a verdict on a plan.
    """

    names: tuple[str, ...] = ()
    selection: Selection | None = None
    graph: Graph | None = None
    kinds: Kinds | None = None
    tree: Tree | None = None
    ruling: Ruling | None = None


def drawings(model: Model, values: PictureValues) -> Mapping[str, Callable[[], Figure | None]]:
    """Return the pictures that can be drawn, the usual one first, each with what draws it in the spoken language.

    Parameters
    ----------
    model : Model
        Readings applied.
    values : PictureValues
    """
    names = (name for name in values.names if name != "plan" or values.ruling is not None)
    return {name: partial(_draw, name, model, values) for name in names}


def check_drawable(name: str | None, values: PictureValues) -> None:
    """Raise `CallError` where there is such a picture, and what it shows was not worked out."""
    wanted = name or PICTURES[0]
    if wanted in PICTURES and wanted not in values.names:
        raise CallError(
            f"what the picture '{wanted}' shows takes long to work out in so large a model, and was not: "
            f'ask for it with the question, analyse(…, draw="{wanted}")'
        )


def _draw(name: str, model: Model, values: PictureValues) -> Figure | None:
    """Draw a picture; None where there is nothing to draw."""
    model = spoken(model)
    if name == "matrix" and values.selection is not None:
        from .matrix import matrix

        return matrix(model, values.selection)
    if name == "standing" and values.selection is not None:
        from .standing import standing

        return standing(model, values.selection)
    if name == "moves" and values.kinds is not None:
        from .moves import moves

        return moves(model, values.graph, values.kinds)
    if name == "tree" and values.tree is not None:
        from bestand.plan.tree_picture import draw_tree

        return draw_tree(model, values.tree)
    if name == "plan" and values.ruling is not None:
        from bestand.plan.ruling_picture import draw_ruling

        return draw_ruling(model, values.ruling)
    return None
