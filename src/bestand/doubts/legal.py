"""Whether a party has a legal move at all, of a certain kind: the first one found answers it."""

from __future__ import annotations

import numpy as np

from bestand.engine.limits import Watch
from bestand.engine.moves import PartyMoves
from bestand.engine.states import States, Truth

MOST_TRIED = 2**16  # states from which moves are tried one by one before nothing can be said


def some_move(
    moves: PartyMoves, states: States, watch: Watch, sources: Truth | None = None, targets: Truth | None = None
) -> bool | None:
    """Whether a party can move from some state to another, of given sets of states if any; None where too many remain.

    Parameters
    ----------
    moves : PartyMoves
    states : (S,) uint64
        The feasible states, ascending.
    watch : Watch
    sources, targets : (S,) bool, optional
        All states where not given.

    Notes
    -----
    O(S log S) to leave out states from which nothing at all is near. Of the rest the first that serves ends the search:
    without one-way options and forbidden moves, that is the first of all.
    """
    outside = states & ~np.uint64(moves.own)
    if targets is None:
        ordered = np.sort(outside)
        near = np.isin(outside, ordered[1:][ordered[1:] == ordered[:-1]])
    else:
        near = np.isin(outside, outside[targets])
    candidates = np.flatnonzero(near if sources is None else near & sources)
    for s in candidates[:MOST_TRIED]:
        watch.check()
        found = moves.targets(states, int(s))
        if len(found) and (targets is None or targets[found].any()):
            return True
    return None if len(candidates) > MOST_TRIED else False
