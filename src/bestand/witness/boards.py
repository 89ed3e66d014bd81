"""The board of a solution: what the search for grounds asks it."""

from __future__ import annotations

from typing import Any

from bestand.solve.solution import Solution

from .board import Board


def board_of(solution: Solution) -> Board[Any]:
    """Return the board of a solution: one for all questions about it, since a board remembers."""
    if solution.lists:
        from .listed import ListedBoard

        return solution.once(ListedBoard)
    from .sets import SetBoard

    return solution.once(SetBoard)
