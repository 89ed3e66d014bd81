"""Where things go, as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.document.blocks import Figure
from bestand.plan.tree_picture import draw_tree
from bestand.prose.spoken import spoken

if TYPE_CHECKING:
    from .answer import Evolution


def tree(answer: Evolution) -> Figure | None:
    """Draw where things go from the status quo; None from elsewhere, for some parties or steps, and by any moves."""
    return None if answer.tree is None else draw_tree(spoken(answer.model), answer.tree)
