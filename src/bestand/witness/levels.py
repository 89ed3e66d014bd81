"""What a party can secure and what it can be held down to (maximin and minimax), where these are defined."""

from __future__ import annotations

from typing import Literal

import numpy as np

from bestand.engine.sets import ListedStates
from bestand.engine.space import Space
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
    """What keeps levels from being defined: not every combination is feasible, or not every move can be undone."""
    if size < 1 << len(model.options):
        return "infeasible states"
    if model.one_way:
        return "one-way options"
    return "forbidden moves" if model.forbidden_moves else None


def listed_levels(board: Board[ListedStates], space: Space, i: int, state: int) -> Levels:
    """Levels where every state is listed. O(S).

    All combinations are feasible, so that what sorts them fills a cube with an axis for each option.
    """
    hindered = obstacle(board.model, board.size)
    if hindered:
        return Levels(undefined=hindered)
    model, rank = board.model, space.order(i).keys()
    count = len(model.options)
    own = {model.bit[option.id] for option in model.parties[i].options}
    cube = rank.reshape((2,) * count)
    axes = [count - 1 - k for k in range(count)]  # the axis of option k
    mine = tuple(axes[k] for k in range(count) if k in own)
    theirs = tuple(axes[k] for k in range(count) if k not in own)
    shown: list[Level] = []
    for level in (cube.min(axis=theirs).max(), cube.max(axis=mine).min()):
        mask = int(space.states[int(np.argmax(rank == level))])
        shown.append(Level(mask, standing(board, i, mask, state)))
    return Levels(shown[0], shown[1])
