"""What single moves do to sets of listed states: where they lead from a set, and from where they lead into one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bestand.model.sentences import By

from .arcs import ArcsEngine
from .explicit import LOW, TOP, Bools, ExplicitEngine, Ints


def waits(engine: ExplicitEngine) -> bool:
    """Return whether it may matter who moved last, since no party moves twice in a row: not where all is transitive."""
    return isinstance(engine, ArcsEngine) or any(moves.forbidden for moves in engine.space.moves)


def onward(engine: ExplicitEngine, j: int, sources: Bools, by: By) -> Bools:
    """(S,): where party j goes from any of the sources by one legal move, one improvement, or one best move.

    It goes to t by an improvement iff the least rank it may come from is below that of t; by a best move iff the least
    of the best ranks that it aims at, where it can gain at all, is that of t; by any move iff some source that it may
    come from is not t itself. True of any moves, transitive or not.
    """
    if by == "any":
        return elsewhere(
            lambda f: engine.over_states(engine.least_origin(j, engine.from_states(f))), sources, least=True
        )
    rank = engine.space.ranks[j]
    aim = rank
    if by == "best":
        aim = engine.over_states(engine.best(j, engine.rank(j)))
        sources = sources & (aim > rank)
    least = engine.least_origin(j, engine.from_states(np.where(sources, aim, TOP)))
    least = engine.over_states(least)
    return least < rank if by == "improving" else least == rank


def still(engine: ExplicitEngine) -> Bools:
    """(S,): where nobody has a legal move."""
    everywhere = np.ones(engine.space.size, bool)
    found = everywhere.copy()
    for j in range(len(engine.parties)):

        def best(f: Ints, j: int = j) -> Ints:
            return engine.over_states(engine.best(j, engine.from_states(f)))

        found &= ~elsewhere(best, everywhere, least=False)
    return found


def elsewhere(extreme: Callable[[Ints], Ints], states: Bools, *, least: bool) -> Bools:
    """(S,): where moves lead from others of some states, or from which they lead to others.

    Operators count the state itself in. So states are numbered upwards, then downwards: an extreme number that is the
    state's own both times is that of no other.
    """
    numbers = np.arange(1, len(states) + 1, dtype=np.int32)
    none = TOP if least else LOW
    found = np.zeros(len(states), bool)
    for own in (numbers, numbers[::-1]):
        number = extreme(np.where(states, own, none))
        found |= (number != none) & (number != own)
    return found


def improving_into(engine: ExplicitEngine, i: int, targets: Bools) -> Bools:
    """(S,): the states from which an improvement of party i leads to one of the targets."""
    rank = engine.space.ranks[i]
    best = engine.best(i, engine.from_states(np.where(targets, rank, LOW)))
    return engine.over_states(best) > rank


def leaving(engine: ExplicitEngine, i: int, states: Bools, w: Ints) -> Bools:
    """(S,): those of some states from which a move of party i to others pays, whatever ``w`` says that it risks."""
    rank = engine.rank(i)
    prospect = engine.over_states(engine.lower(rank, w))
    best = engine.best(i, engine.from_states(np.where(states, LOW, prospect)))
    return states & ~engine.over_states(engine.at_most(best, rank))
