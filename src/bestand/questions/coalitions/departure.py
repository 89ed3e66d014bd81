"""What coalitions would leave a state for, as a value: who moves, along which moves, and what each makes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.spec import Parties
from bestand.model.formula import OutcomeAtom
from bestand.solve.solution import Solution

from .leaving import easiest, path


@dataclass(frozen=True, slots=True)
class Departure:
    """One way in which a coalition would leave a state; states are bit masks.

    Parameters
    ----------
    coalition : tuple of int
        The members, by their indices.
    state, target : int
        What is left, and for what.
    path : tuple of (int, int)
        A shortest legal sequence of members' moves that leads there: who moves, and to which state.
    targets : int
        How many states it would leave for; this is one that takes the fewest movers, then the fewest options.
    before, after : tuple of float
        For each member, the share of the feasible states that it likes less than the state, and than the target.
    brings, ends : tuple of str
        The outcomes that come about by it, and those that end.
    """

    coalition: Parties
    state: int
    target: int
    path: tuple[tuple[int, int], ...]
    targets: int
    before: tuple[float, ...]
    after: tuple[float, ...]
    brings: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """A state, as a bit mask, with the outcomes that are true there, and what coalitions would leave it for."""

    state: int
    outcomes: tuple[str, ...]
    departures: tuple[Departure, ...]


class Departures:
    """Describes departures among the states of a model.

    Parameters
    ----------
    solution : Solution
    """

    def __init__(self, solution: Solution) -> None:
        self.solution, self.space = solution, solution.space
        self.outcomes = {each.name: self.space.holds(OutcomeAtom(each.name)) for each in solution.model.outcomes}

    def situation(self, state: int, departures: tuple[Departure, ...]) -> Situation:
        """Return a state, given by its index, with what coalitions would leave it for."""
        true = tuple(name for name, holds in self.outcomes.items() if holds[state])
        return Situation(int(self.space.states[state]), true, departures)

    def departure(self, coalition: Parties, state: int, targets: NDArray[np.integer]) -> Departure:
        """Return the departure of a coalition from a state to the easiest of some states; all are given by indices."""
        space = self.space
        target = easiest(space, coalition, state, targets)
        steps = path(space, coalition, state, target)
        held = {name: (bool(holds[state]), bool(holds[target])) for name, holds in self.outcomes.items()}
        return Departure(
            coalition,
            int(space.states[state]),
            int(space.states[target]),
            tuple((step.party, int(space.states[step.state])) for step in steps),
            len(targets),
            tuple(float(self.solution.lower_share(j)[state]) for j in coalition),
            tuple(float(self.solution.lower_share(j)[target]) for j in coalition),
            tuple(name for name, (before, after) in held.items() if after and not before),
            tuple(name for name, (before, after) in held.items() if before and not after),
        )
