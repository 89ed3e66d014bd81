"""Coalitions of one model, looked at together: which equilibria they would leave, and who could get where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bestand.engine.limits import Watch
from bestand.engine.spec import Parties
from bestand.model.errors import CallError
from bestand.model.model import Model
from bestand.solve.positions import find_party
from bestand.solve.solution import Solution

from .concepts import Sanctioners, Together, subsets
from .departure import Departure, Departures, Situation
from .dominance import Bools
from .leaving import departures, reached_by
from .selection import nearest

COMPARED = 2**17  # states up to which all of them are compared with one another
LOOKED_AT = 3  # equilibria of a concept that are looked at beyond that


def coalition_of(model: Model, names: Sequence[str]) -> Parties:
    """Return the indices of the parties of a coalition, ascending.

    Raises
    ------
    CallError
        For an unknown party, one named twice, or none.
    """
    found = [find_party(model, name) for name in names]
    if not found:
        raise CallError(f"a coalition needs a party at least; parties: {', '.join(model.party)}")
    for place, i in enumerate(found):
        if i in found[:place]:
            raise CallError(f"'{names[place]}' is named twice; a coalition has each party once")
    return tuple(sorted(found))


def coalitions_of(model: Model, members: Sequence[str] | None = None, size: int | None = None) -> tuple[Parties, ...]:
    """Return the coalitions asked for: one, all of a size, or all of two parties and more.

    Raises
    ------
    CallError
        As `coalition_of`; for a size that no coalition has; where both are given.
    """
    if members is not None and size is not None:
        raise CallError("a coalition is given by its members, or all by their size; give one of the two")
    if members is not None:
        return (coalition_of(model, members),)
    count = len(model.parties)
    if size is not None and not 1 <= size <= count:
        raise CallError(f"size {size}: coalitions of this model have 1 to {count} members")
    every = subsets(tuple(range(count)))
    return tuple(H for H in every if (len(H) > 1 if size is None else len(H) == size))


class Study:
    """Looks at the equilibria of a model, and at who would leave them.

    Parameters
    ----------
    solution : Solution
    coalitions : tuple of tuple of int
        Those that are looked at.
    concepts : tuple of str
    pareto : bool
        Whether a coalition moves already where some of its members gain and none loses.
    sanctioners : {"subcoalitions", "parties"}
        Who answers under ``seq``.

    Notes
    -----
    Up to 2¹⁷ states all of them are compared with one another; beyond that, the equilibria nearest to the status quo
    are looked at, three for each concept, and `looked` says which.
    """

    def __init__(
        self,
        solution: Solution,
        coalitions: Iterable[Parties],
        concepts: tuple[str, ...],
        *,
        pareto: bool = False,
        sanctioners: Sanctioners = "subcoalitions",
    ) -> None:
        self.solution = solution
        self.coalitions = tuple(coalitions)
        self.concepts = concepts
        self.together = Together(solution.engine, pareto=pareto, sanctioners=sanctioners, watch=solution.watch)
        self.compared = solution.space.size <= COMPARED
        self.describer = Departures(solution)
        self._left: dict[tuple[str, Parties], Bools] = {}

    @property
    def watch(self) -> Watch:
        """The watch of the solution."""
        return self.solution.watch

    def looked(self, concept: str) -> Bools:
        """(S,): the equilibria under a concept that are looked at: all of them, or some in a large model."""
        every = self.solution.equilibria(concept)
        if self.compared:
            return every
        some = np.zeros(len(every), bool)
        some[nearest(self.solution, every)[:LOOKED_AT]] = True
        return some

    def left(self, concept: str, coalition: Parties) -> Bools:
        """(S,): of the equilibria looked at, those that a coalition would leave under the same concept."""
        if (concept, coalition) not in self._left:
            among = self.looked(concept)
            found, rows = np.zeros(len(among), bool), np.flatnonzero(among)
            if self.compared:
                found[rows] = ~self.together.stays(concept, coalition, rows)
            else:
                found[rows] = [departures(self.together, concept, coalition, at).any() for at in rows.tolist()]
            self._left[concept, coalition] = found
            self.watch.step()
        return self._left[concept, coalition]

    def lasting(self, concept: str) -> Bools:
        """(S,): of the equilibria looked at, those that no coalition looked at would leave."""
        found = self.looked(concept).copy()
        for coalition in self.coalitions:
            found &= ~self.left(concept, coalition)
        return found

    def situation(self, concept: str, state: int) -> Situation:
        """Return a state, given by its index, with what each coalition that leaves would leave it for."""
        leaving = [H for H in self.coalitions if not self._stays(concept, H, state)]
        found = (self.departure(concept, H, state) for H in leaving)
        return self.describer.situation(state, tuple(each for each in found if each is not None))

    def departure(self, concept: str, coalition: Parties, state: int) -> Departure | None:
        """Return what a coalition would leave a state for under a concept; None where it stays."""
        targets = np.flatnonzero(departures(self.together, concept, coalition, state))
        return self.describer.departure(coalition, state, targets) if len(targets) else None

    def _stays(self, concept: str, coalition: Parties, state: int) -> bool:
        """Return whether it is known already that a coalition would not leave a state."""
        left = self._left.get((concept, coalition))
        return left is not None and bool(self.looked(concept)[state]) and not left[state]


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which a coalition gets from a state to one of the kind that is asked for.

    Parameters
    ----------
    departure : Departure
        To a state in which as many members as possible gain; ``targets`` counts all of the kind that it reaches.
    gaining : tuple of int
        The members that gain there; the others lose, or do not care.
    losing : tuple of int
    serving : int
        How many of the states that it reaches serve it better than where it begins.
    """

    departure: Departure
    gaining: Parties
    losing: Parties
    serving: int


def ways(study: Study, state: int, wanted: Bools) -> tuple[Way, ...]:
    """Return who could get from a state to one that is wanted, for each coalition that could.

    Parameters
    ----------
    study : Study
    state : int
        Its index.
    wanted : (S,) bool
    """
    found = (_way(study, coalition, state, wanted) for coalition in study.coalitions)
    return tuple(way for way in found if way is not None)


def _way(study: Study, coalition: Parties, state: int, wanted: Bools) -> Way | None:
    """Return how a coalition gets from a state to one that is wanted; None where it does not."""
    study.watch.check()
    found = np.flatnonzero(reached_by(study.together, coalition, state) & wanted)
    if not len(found):
        return None
    orders = [study.solution.order(j) for j in coalition]
    gains = np.array([order.better(found, state) for order in orders])
    loses = np.array([order.better(state, found) for order in orders])
    gaining, losing = gains.sum(axis=0), loses.sum(axis=0)
    best = np.lexsort((losing, -gaining))[0]
    alike = found[(gaining == gaining[best]) & (losing == losing[best])]
    departure = study.describer.departure(coalition, state, alike)
    at = int(np.flatnonzero(study.solution.space.states[found] == np.uint64(departure.target))[0])
    return Way(
        replace(departure, targets=len(found)),
        tuple(j for j, gain in zip(coalition, gains[:, at], strict=True) if gain),
        tuple(j for j, loss in zip(coalition, loses[:, at], strict=True) if loss),
        int(study.together.yardstick(coalition).serves(state)[found].sum()),
    )
