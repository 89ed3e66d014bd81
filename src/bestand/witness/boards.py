"""The board of a solution: what the search for grounds asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bestand.solve.solution import Solution
from bestand.solve.verdicts import Verdicts

from .board import Board

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution


def board_of(solution: Verdicts[Any]) -> Board[Any]:
    """Return the board of a solution: one for all questions about it, since a board remembers."""
    if isinstance(solution, Solution):
        from .listed import ListedBoard

        return solution.once(ListedBoard)
    from .sets import SetBoard

    return cast("SetSolution", solution).once(SetBoard)
