"""Where things go from today: who would move, what is reached, and where it comes to rest."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block
from bestand.plan.tree import tree
from bestand.prose.messages import _
from bestand.questions.analyse.listed_words import drift_part, today_part
from bestand.questions.analyse.moves import moves
from bestand.solve.solution import Solution

from .common import chapter, deeper, told


def blocks(solution: Solution, concepts: tuple[str, ...]) -> Iterator[Block]:
    """The chapter."""
    yield chapter(_("Where it goes from here"))
    reach = solution.reach()
    if reach is None:
        yield told(_("The file does not say how things stand today, so that nothing is said of where they go."))
    else:
        yield from deeper(today_part(solution, concepts, reach.start))
        yield from deeper(drift_part(solution, reach))
        picture = tree(solution, "improvements", concepts)
        if picture is not None:
            yield picture
        yield from _best_moves(solution, concepts)
    yield moves(solution, concepts=concepts)


def _best_moves(solution: Solution, concepts: tuple[str, ...]) -> Iterator[Block]:
    """The same with the best move of every mover, where that is another picture."""
    by_best = solution.reach("best moves")
    if by_best is None or int(by_best.reached.sum()) < 2:
        return
    picture = tree(solution, "best moves", concepts)
    if picture is not None:
        yield picture
