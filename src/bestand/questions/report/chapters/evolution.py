"""Where things go from today: who would move, what is reached, and where it comes to rest."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block
from bestand.plan.tree_picture import draw_tree
from bestand.plan.ways import tree_of
from bestand.prose.messages import _
from bestand.questions.analyse.answer import Result
from bestand.questions.analyse.moves import moves
from bestand.questions.analyse.picture_values import picture_values
from bestand.questions.analyse.words import drift_part, today_part
from bestand.solve.solution import Solution

from .common import chapter, deeper, told


def blocks(solution: Solution, analysis: Result) -> Iterator[Block]:
    """The chapter."""
    yield chapter(_("Where it goes from here"))
    concepts = analysis.concepts
    if analysis.today is None:
        yield told(_("The file does not say how things stand today, so that nothing is said of where they go."))
    else:
        yield from deeper(today_part(solution.model, analysis.today))
        yield from deeper(drift_part(solution.model, analysis, analysis.drift or ()))
        tree = tree_of(solution, "improvements", concepts)
        if tree is not None:
            yield draw_tree(solution.model, tree)
        yield from _best_moves(solution, concepts)
    values = picture_values(solution, concepts, ("moves",))
    if values.kinds is not None:
        yield moves(solution.model, values.graph, values.kinds)


def _best_moves(solution: Solution, concepts: tuple[str, ...]) -> Iterator[Block]:
    """The same with the best move of every mover, where that is another picture."""
    by_best = solution.reach("best moves")
    if by_best is None or int(by_best.reached.sum()) < 2:
        return
    tree = tree_of(solution, "best moves", concepts)
    if tree is not None:
        yield draw_tree(solution.model, tree)
