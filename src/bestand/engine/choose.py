"""Which engine serves which model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bestand.model.errors import CallError, nearest
from bestand.model.model import Model

from .arcs import MAX_ARCS, arcs_engine, count_moves
from .cube import CubeEngine
from .listed import ListedEngine
from .space import Space, space_of
from .spec import Engine


class ExplicitEngine(Engine, Protocol):
    """An engine that holds every state, and so has a space of them."""

    @property
    def space(self) -> Space:
        """The states, ranks and moves that it works on."""
        ...


ENGINES: dict[str, Callable[[Space], ExplicitEngine]] = {
    "cube": CubeEngine,
    "listed": ListedEngine,
    "arcs": arcs_engine,
}

_SPARSE = 8  # below one feasible state in so many combinations, listing them beats masking them
_CUBE_OPTIONS = 26
_ONE_WAY = 8  # one-way options of one party up to which chains are quick


def build(model: Model, engine: str | None = None) -> ExplicitEngine:
    """The engine for a model.

    Parameters
    ----------
    model : Model
    engine : {"cube", "listed", "arcs"}, optional
        None chooses: arcs where single moves are forbidden, listed where few combinations are feasible, else cube.

    Raises
    ------
    CallError
        For an unknown engine, or one that cannot serve this model.
    """
    if engine is not None and engine not in ENGINES:
        hint = nearest(engine, ENGINES) or f"engines: {', '.join(ENGINES)}"
        raise CallError(f"there is no engine '{engine}'; {hint}")
    if model.forbidden_moves and engine in {"cube", "listed"}:
        raise CallError(f"the model forbids single moves, which the {engine} engine cannot follow; use 'arcs'")
    if engine == "cube" and len(model.options) > _CUBE_OPTIONS:
        raise CallError(
            f"{len(model.options)} options are too many for the cube engine ({_CUBE_OPTIONS}); use 'listed'"
        )
    space = space_of(model)
    return ENGINES[engine or _suited(space)](space)


def _suited(space: Space) -> str:
    if space.model.forbidden_moves:
        return "arcs"
    one_way = max((int(moves.to_yes | moves.to_no).bit_count() for moves in space.moves), default=0)
    if one_way > _ONE_WAY and count_moves(space) <= MAX_ARCS:
        return "arcs"  # a chain for each of 2ᵏ patterns would take longer than single moves
    options = len(space.model.options)
    return "cube" if options <= _CUBE_OPTIONS and space.size * _SPARSE >= 1 << options else "listed"
