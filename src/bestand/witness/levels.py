"""What a party can secure and what it can be held down to (maximin and minimax), where these are defined."""

from __future__ import annotations

from typing import Any, Literal

from bestand.model.model import Model
from bestand.stability.concept import Rounds

from .board import Board
from .counters import standing
from .witness import Level, Levels, Obstacle


def level_of(rounds: Rounds) -> Literal["maximin", "minimax"] | None:
    """Return which level decides what is stable under a concept of such rounds, where levels are defined; or None."""
    match rounds:
        case ("any",):
            return "maximin"
        case ("any", "own"):
            return "minimax"
    return None


def obstacle(model: Model, size: int) -> Obstacle | None:
    """Return what keeps levels from being defined: an infeasible combination, or a move that cannot be undone."""
    if size < 1 << len(model.options):
        return "infeasible states"
    if model.one_way:
        return "one-way options"
    return "forbidden moves" if model.forbidden_moves else None


def levels(board: Board[Any], i: int, state: int) -> Levels:
    """Return what party i can secure and be held to, compared with a state."""
    hindered = obstacle(board.model, board.solution.count)
    if hindered:
        return Levels(undefined=hindered)
    maximin, minimax = (Level(mask, standing(board, i, mask, state)) for mask in board.secured(i))
    return Levels(maximin, minimax)
