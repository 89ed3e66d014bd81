"""Coalitions of one model, looked at together: which equilibria they would leave, and who could get where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bestand.engine.limits import Watch
from bestand.engine.spec import Parties
from bestand.model.errors import CallError
from bestand.model.model import Model
from bestand.solve.positions import find_party
from bestand.solve.solution import Bools, Solution

from .concepts import Sanctioners, Together, subsets
from .leaving import Departure, departure, departures, easiest, path, reached_by

COMPARED = 2**17  # states up to which all of them are compared with one another
LOOKED_AT = 3  # equilibria of a concept that are looked at beyond that


def coalition_of(model: Model, names: Sequence[str]) -> Parties:
    """The indices of the parties of a coalition, ascending.

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
    """The coalitions asked for: one, all of a size, or all of two parties and more.

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
    """What coalitions make of the equilibria of a model.

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
        self._left: dict[tuple[str, Parties], Bools] = {}

    @property
    def watch(self) -> Watch:
        """The one of the solution."""
        return self.solution.watch

    @property
    def done(self) -> tuple[str, ...]:
        """The concepts for which every coalition has been asked."""
        return tuple(c for c in self.concepts if all((c, H) in self._left for H in self.coalitions))

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
        return self._left[concept, coalition]

    def lasting(self, concept: str) -> Bools:
        """(S,): of the equilibria looked at, those that no coalition looked at would leave."""
        found = self.looked(concept).copy()
        for coalition in self.coalitions:
            found &= ~self.left(concept, coalition)
        return found

    def finish(self) -> None:
        """Work everything out, telling the watch how far it is."""
        self.watch.phase("asking coalitions", len(self.concepts) * len(self.coalitions))
        for concept in self.concepts:
            for coalition in self.coalitions:
                self.left(concept, coalition)
                self.watch.step()

    def departures(self, concept: str, state: int) -> list[Departure]:
        """What each coalition would leave a state for; those that stay are left out."""
        leaving = [H for H in self.coalitions if not self._stays(concept, H, state)]
        found = (departure(self.together, self.solution.space, concept, H, state) for H in leaving)
        return [each for each in found if each is not None]

    def _stays(self, concept: str, coalition: Parties, state: int) -> bool:
        """Whether it is known already that a coalition would not leave a state."""
        left = self._left.get((concept, coalition))
        return left is not None and bool(self.looked(concept)[state]) and not left[state]


def nearest(solution: Solution, chosen: Bools) -> list[int]:
    """Indices of a set of states: those reached from the status quo first, then by what they differ in from it."""
    found = np.flatnonzero(chosen)
    space, reach = solution.space, solution.reach()
    if reach is None:
        return found.tolist()
    distance = np.where(reach.distance < 0, np.iinfo(np.int32).max, reach.distance)[found]
    options = np.bitwise_count(space.states[found] ^ space.states[reach.start])
    return found[np.lexsort((found, options, distance))].tolist()


@dataclass(frozen=True, slots=True)
class Way:
    """How a coalition gets from a state to one of the kind that is asked for.

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


def ways(study: Study, state: int, wanted: Bools) -> list[Way]:
    """Who could get from a state to one that is wanted, for each coalition that could.

    Parameters
    ----------
    study : Study
    state : int
    wanted : (S,) bool
    """
    space = study.solution.space
    told: list[Way] = []
    for coalition in study.coalitions:
        study.watch.check()
        found = np.flatnonzero(reached_by(study.together, coalition, state) & wanted)
        if not len(found):
            continue
        rank = space.ranks[list(coalition)]
        gains, loses = rank[:, found] > rank[:, state, None], rank[:, found] < rank[:, state, None]
        score = np.lexsort((loses.sum(axis=0), -gains.sum(axis=0)))[0]
        alike = (gains.sum(axis=0) == gains[:, score].sum()) & (loses.sum(axis=0) == loses[:, score].sum())
        target = easiest(space, coalition, state, found[alike])
        at = int(np.flatnonzero(found == target)[0])
        steps = path(space, coalition, state, target)
        told.append(
            Way(
                Departure(coalition, state, target, steps, len(found)),
                tuple(j for j, gain in zip(coalition, gains[:, at], strict=True) if gain),
                tuple(j for j, loss in zip(coalition, loses[:, at], strict=True) if loss),
                int(study.together.yardstick(coalition).serves(state)[found].sum()),
            )
        )
    return told
