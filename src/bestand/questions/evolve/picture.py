"""Where things go, as a tree."""

from __future__ import annotations

from bestand.document.blocks import Figure
from bestand.model.sentences import Mover
from bestand.solve.solution import Solution

from .evolution import Evolved


def picture(found: Evolved) -> Figure | None:
    """Where things go from the status quo; None from elsewhere, for some parties or steps alone, and by any moves."""
    from bestand.plan.tree_picture import draw_tree
    from bestand.plan.ways import tree_of

    model, drift = found.model, found.drift
    today = model.status_quo is not None and int(drift.masks[0]) == model.mask(model.status_quo)
    everybody = len(drift.movers) == len(model.parties)
    kinds: dict[str, Mover] = {"improvements": "improvements", "best moves": "best moves"}  # no message: keys
    whole = today and everybody and drift.horizon is None
    if not isinstance(found.solution, Solution) or not (whole and drift.by in kinds):
        return None
    tree = tree_of(found.solution, kinds[drift.by], tuple(found.standing))
    return None if tree is None else draw_tree(model, tree)
