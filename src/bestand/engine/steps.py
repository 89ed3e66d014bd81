"""What single moves do to sets of listed states: where they lead from a set, and from where they lead into one."""

from __future__ import annotations

import numpy as np

from bestand.model.sentences import Mover

from .explicit import LOW, TOP, Bools, ExplicitEngine, Ints


def onward(engine: ExplicitEngine, j: int, sources: Bools, by: Mover) -> Bools:
    """(S,): where party j goes from any of the sources by one improvement, or one best move.

    It goes to t by an improvement iff the least rank it may come from is below that of t; by a best move iff the least
    of the best ranks that it aims at, where it can gain at all, is that of t.
    """
    rank = engine.space.ranks[j]
    aim = rank
    if by == "best moves":
        aim = engine.over_states(engine.best(j, engine.rank(j)))
        sources = sources & (aim > rank)
    least = engine.least_origin(j, engine.from_states(np.where(sources, aim, TOP)))
    least = engine.over_states(least)
    return least < rank if by == "improvements" else least == rank


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
