"""What the pictures of an answer show, worked out from a solution."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bestand.model.errors import LimitReached
from bestand.solve.solution import Solution

from .picture import PICTURES, PictureValues

CHEAP = 2**16  # states up to which every picture is worked out unasked


def picture_values(solution: Solution, concepts: Sequence[str], wanted: Collection[str] | None = None) -> PictureValues:
    """Return what pictures show.

    Parameters
    ----------
    solution : Solution
        Finished under the concepts.
    concepts : sequence of str
        Those asked for.
    wanted : collection of str, optional
        Which pictures. None: all that are cheap, as far as limits allow.

    Raises
    ------
    LimitReached
        Where pictures are wanted by name and a limit is reached.

    Notes
    -----
    For 49,152 states of 4 parties 0.1 s for the matrix and standing together, 0.1 s for the moves and less for the
    tree; for 2²⁰ states about 2 s, 1.5 s and 0.1 s.
    """
    if wanted is not None:
        return _worked_out(solution, concepts, wanted)
    try:
        return _worked_out(solution, concepts, PICTURES if solution.space.size <= CHEAP else ("tree", "plan"))
    except LimitReached:
        return PictureValues()


def _worked_out(solution: Solution, concepts: Sequence[str], wanted: Collection[str]) -> PictureValues:
    names = tuple(name for name in PICTURES if name in wanted)
    selection = graph = kinds = tree = None
    if "matrix" in names or "standing" in names:
        from .representatives import selection_of

        selection = selection_of(solution, concepts)
    if "moves" in names:
        from .adjacency import MOST_STATES, graph_of
        from .partition import kinds_of

        graph = graph_of(solution, concepts) if solution.space.size <= MOST_STATES else None
        kinds = kinds_of(solution, concepts)
    if "tree" in names:
        from bestand.plan.ways import tree_of

        tree = tree_of(solution, "improving", concepts)
    return PictureValues(names, selection, graph, kinds, tree)
