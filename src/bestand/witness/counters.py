"""How a party sees a state beside another."""

from __future__ import annotations

from typing import Any

from .board import Board
from .witness import Compared, Standing


def standing(board: Board[Any], i: int, state: int, beside: int) -> Standing:
    """Return how party i sees a state, compared with another."""
    sign = board.compare(i, state, beside)
    compared: Compared = "better" if sign > 0 else "worse" if sign < 0 else "equal"
    return Standing(compared, board.lower(i, state), board.solution.count)
