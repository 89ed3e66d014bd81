"""Which engine serves which model, and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bestand.model.errors import CallError, LimitReached, TooManyStates, nearest
from bestand.model.message import Bytes, Message, Sayable, counted, message
from bestand.model.model import Model

from .arcs import MAX_ARCS, arcs_engine, count_moves
from .chains import MAX_MEMBERS
from .committed import space_in_force
from .cube import CubeEngine
from .explicit import ExplicitEngine
from .limits import Watch
from .listed import ListedEngine
from .space import Space
from .spec import Engine
from .states import MAX_OPTIONS, MAX_STATES

if TYPE_CHECKING:
    from .symbolic import SymbolicEngine


EXPLICIT: dict[str, Callable[[Space, Watch], ExplicitEngine]] = {
    "cube": CubeEngine,
    "listed": ListedEngine,
    "arcs": arcs_engine,
}
ENGINES = (*EXPLICIT, "symbolic")

_SPARSE = 8  # below one feasible state in so many combinations, listing them beats masking them
_CUBE_OPTIONS = 26
BYTES_PER_STATE = 24  # and party, at most: its rank, its sorted blocks, and an operator at work
_ONE_WAY = 8  # one-way options of one party up to which chains are quick
_FORBIDDEN = 3  # forbidden moves of one party up to which to bar states from states is quick
_LISTED_AT_ONCE = 26  # options up to which the states are listed without being counted first
_LARGE = 2**20  # states beyond which listing them takes many seconds
_FEW = 2**18  # beginnings of states to look at before the states of a model with more options are counted instead


@dataclass(frozen=True, slots=True)
class Reason(Sayable):
    """Why an engine was chosen, as data; ``str`` says it in English.

    Parameters
    ----------
    message : Message
        Words that end the sentence "Engine: cube, …".
    kind : {"asked", "listed", "states", "options", "memory", "one-way", "forbidden", "coalesced", "committed"}
        Somebody asked for it; so many combinations are feasible; too many to list them; more options than a listed
        state has bits; the memory does not hold them; chains of one-way options; forbidden moves; states that count as
        one; commitments in force.
    """

    kind: Literal["asked", "listed", "states", "options", "memory", "one-way", "forbidden", "coalesced", "committed"]


@dataclass(frozen=True)
class Choice:
    """An engine for a model, and why this one."""

    engine: Engine[Any, Any]
    because: Reason


def choose(model: Model, engine: str | None = None, watch: Watch | None = None) -> Choice:
    """Return the engine for a model, and the reason.

    Parameters
    ----------
    model : Model
    engine : {"cube", "listed", "arcs", "symbolic"}, optional
        None chooses: symbolic where the states, or the chains that one-way options make of them, are too many to
        list; arcs where one-way options or forbidden moves make so many patterns that single moves are quicker; listed
        where few combinations are feasible; else cube.
    watch : Watch, optional

    Raises
    ------
    CallError
        For an unknown engine, or one that cannot serve this model.
    ModelError
        When no state is feasible, or a ranking misses one.
    TooManyStates
        Where no engine can: with how many states there are, what they would take, and the ways out.
    """
    watch = watch or Watch()
    _check(model, engine)
    if engine == "symbolic":
        return Choice(_symbolic(model, watch), _asked())
    if engine is not None:
        return Choice(EXPLICIT[engine](_space(model, watch, _most(watch)), watch), _asked())
    most = _most(watch)
    because = Reason(
        message("since the states are more than the {number} that are listed one by one", number=most), "states"
    )
    try:
        few = most if len(model.options) <= _LISTED_AT_ONCE else min(most, _FEW)
        space = _space(model, watch, few)
        if not _listed_alone(model) and _too_many_chains(space):
            return Choice(_symbolic(model, watch), _chains(_one_way(space)))
        return suited(space, watch)
    except LimitReached as error:  # they are counted below, and told
        if error.limit == "seconds":
            raise
        if error.limit == "memory":
            because = Reason(message("since {reason}", reason=error.stop), "memory")
            most = 0
    counted = _symbolic(dataclasses.replace(model, forbidden_moves=(), coalesced=(), commitments=(), plans=()), watch)
    count = counted.feasible.count()
    if len(model.options) > MAX_OPTIONS:
        words = message("since a state that is listed has {bits} bits, and this model more options", bits=MAX_OPTIONS)
        because, most = Reason(words, "options"), 0
    if count <= most:
        return suited(_space(model, watch, most), watch)
    if _listed_alone(model):
        raise TooManyStates(
            "{states} states, which would take about {size}; forbidden moves, coalesced states and commitments need "
            "them listed, rules and one-way options do not",
            states=count,
            size=Bytes(count * (8 + len(model.parties) * BYTES_PER_STATE)),
        )
    return Choice(counted, because)


def explicit(model: Model, engine: str | None = None, watch: Watch | None = None) -> Choice:
    """Return an engine that holds every state, for what has to look at them one by one.

    Parameters
    ----------
    model : Model
    engine : {"cube", "listed", "arcs"}, optional
        None chooses, as `choose` does.
    watch : Watch, optional

    Raises
    ------
    CallError
        For an unknown engine, or one that cannot serve this model.
    TooManyStates
        When the states are too many to list.
    """
    watch = watch or Watch()
    _check(model, engine)
    if engine == "symbolic":
        raise CallError("the symbolic engine lists no states, which this needs; use cube, listed or arcs")
    try:
        space = _space(model, watch, _most(watch))
    except TooManyStates as error:
        if engine is None:
            raise TooManyStates(
                "{reason}; this looks at single states, analyse answers with sets of states too", reason=error.stop
            ) from error
        raise
    return suited(space, watch) if engine is None else Choice(EXPLICIT[engine](space, watch), _asked())


def build(model: Model, engine: str | None = None, watch: Watch | None = None) -> ExplicitEngine:
    """Return the engine of `explicit`."""
    return explicit(model, engine, watch).engine


def _check(model: Model, engine: str | None) -> None:
    """Refuse an engine that is none, or that cannot serve the model."""
    if engine is not None and engine not in ENGINES:
        hint = nearest(engine, ENGINES) or f"engines: {', '.join(ENGINES)}"
        raise CallError(f"there is no engine '{engine}'; {hint}")
    if model.forbidden_moves and engine == "symbolic":
        raise CallError(
            "the model forbids single moves, which the symbolic engine cannot follow; use 'cube', 'listed' or 'arcs'"
        )
    _check_arcs(model, engine)
    if engine == "cube" and len(model.options) > _CUBE_OPTIONS:
        raise CallError(
            f"{len(model.options)} options are too many for the cube engine ({_CUBE_OPTIONS}); "
            "use 'listed' or 'symbolic'"
        )


def _listed_alone(model: Model) -> bool:
    """Return whether moves are such that their states have to be listed."""
    return bool(model.forbidden_moves or model.coalesced or model.standing)


def _check_arcs(model: Model, engine: str | None) -> None:
    """Refuse an engine that follows no moves but those of options, where others lead on."""
    if model.standing and engine not in {None, "arcs"}:
        raise CallError(
            f"the model has commitments in force, which the {engine} engine cannot follow: a move leads to what they "
            "make of it; use 'arcs'"
        )
    if model.coalesced and engine not in {None, "arcs"}:
        raise CallError(
            f"the model makes several states one (coalesced), which the {engine} engine cannot follow: a party moves "
            "from such a state as from any of its members; use 'arcs'"
        )


def _most(watch: Watch) -> int:
    return watch.limits.states or MAX_STATES


def _space(model: Model, watch: Watch, most: int) -> Space:
    watch.phase("listing the states")
    return space_in_force(model, most, watch)


def _symbolic(model: Model, watch: Watch) -> SymbolicEngine:
    from .symbolic import SymbolicEngine

    watch.phase("counting the states")
    return SymbolicEngine(model, watch)


def suited(space: Space, watch: Watch) -> Choice:
    """Return, of the engines that hold every state, the one for this space."""
    if space.commitments:
        return Choice(arcs_engine(space, watch), Reason(message("since commitments answer by themselves"), "committed"))
    if space.model.coalesced:
        return Choice(arcs_engine(space, watch), Reason(message("since several states count as one"), "coalesced"))
    options = len(space.model.options)
    one_way, forbidden = _one_way(space), max((len(moves.forbidden) for moves in space.moves), default=0)
    if forbidden > _FORBIDDEN and count_moves(space) <= MAX_ARCS:
        return Choice(arcs_engine(space, watch), Reason(message("since single moves are forbidden"), "forbidden"))
    if one_way > _ONE_WAY and count_moves(space) <= MAX_ARCS:
        # a chain for each of 2ᵏ patterns would take longer than single moves
        return Choice(arcs_engine(space, watch), _chains(one_way))
    if options <= _CUBE_OPTIONS and space.size * _SPARSE >= 1 << options:
        return Choice(CubeEngine(space, watch), _feasible(space))
    return Choice(ListedEngine(space, watch), _few(space))


def _one_way(space: Space) -> int:
    """Return the most one-way options that a party has."""
    return max((int(moves.to_yes | moves.to_no).bit_count() for moves in space.moves), default=0)


def _too_many_chains(space: Space) -> bool:
    """Return whether sorting the blocks is hopeless: a state is in a chain for each pattern it fits, 1.5ᵏ of 2ᵏ."""
    k = _one_way(space)
    return space.size * 3**k > MAX_MEMBERS * 2**k and count_moves(space) > MAX_ARCS


def _asked() -> Reason:
    return Reason(message("as asked"), "asked")


def _chains(one_way: int) -> Reason:
    words = counted("since a party has {n} one-way option", "since a party has {n} one-way options", one_way)
    return Reason(words, "one-way")


def _feasible(space: Space) -> Reason:
    """Return how many of how many combinations are feasible."""
    every = 1 << len(space.model.options)
    if space.size == every:
        words = counted(
            "since the {n} combination of options is feasible",
            "since all {n} combinations of options are feasible",
            every,
        )
    else:
        words = counted(
            "since {found} of {n} combination of options is feasible",
            "since {found} of {n} combinations of options are feasible",
            every,
            found=space.size,
        )
    return _hinted(words, space)


def _few(space: Space) -> Reason:
    """As `_feasible`, where they are few."""
    words = counted(
        "since only {found} of {n} combination of options is feasible",
        "since only {found} of {n} combinations of options are feasible",
        1 << len(space.model.options),
        found=space.size,
    )
    return _hinted(words, space)


def _hinted(words: Message, space: Space) -> Reason:
    if space.size > _LARGE:
        words = message("{words} (--engine symbolic is often quicker on so many states)", words=words)
    return Reason(words, "listed")
