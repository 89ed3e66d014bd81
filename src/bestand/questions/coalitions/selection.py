"""A set of states as an answer holds it: the nearest first, with how many are of which outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.states import States
from bestand.model.formula import OutcomeAtom
from bestand.model.values import FrozenMap
from bestand.solve.solution import Solution

from .dominance import Bools


@dataclass(frozen=True)
class Selection:
    """Some of the feasible states.

    Parameters
    ----------
    states : (k,) uint64
        As bit masks: those reached from the status quo first, then those that differ from it in the fewest options.
    outcomes : FrozenMap of str to int
        In how many of them each outcome is true.
    """

    states: States
    outcomes: FrozenMap[str, int]

    def among(self, states: States) -> Bools:
        """(S,): which of some states, ascending, are selected."""
        chosen = np.zeros(len(states), bool)
        chosen[np.searchsorted(states, self.states)] = True
        return chosen


def selection(solution: Solution, chosen: Bools) -> Selection:
    """Return a set of states of a solution, which is given by a truth value for each."""
    rows, space = nearest(solution, chosen), solution.space
    return Selection(
        space.states[rows],
        FrozenMap({each.name: int(space.holds(OutcomeAtom(each.name))[rows].sum()) for each in space.model.outcomes}),
    )


def nearest(solution: Solution, chosen: Bools) -> NDArray[np.intp]:
    """Return the indices of a set of states: those reached from the status quo first, then those most like it."""
    found = np.flatnonzero(chosen)
    space, reach = solution.space, solution.reach()
    if reach is None:
        return found
    distance = np.where(reach.distance < 0, np.iinfo(np.int32).max, reach.distance)[found]
    options = np.bitwise_count(space.states[found] ^ space.states[reach.start])
    return found[np.lexsort((found, options, distance))]
