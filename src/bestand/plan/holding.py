"""Where a plan is true, and stable as well: what keeps it there, and who ends it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bestand.engine.steps import leaving
from bestand.model.formula import Formula
from bestand.model.values import FrozenMap
from bestand.solve.loose import loose
from bestand.solve.solution import Bools, Solution
from bestand.stability.implications import answers_considered
from bestand.stability.registry import EVERY, strictest
from bestand.witness.boards import board_of
from bestand.witness.counters import standing
from bestand.witness.search import witness
from bestand.witness.witness import Answer, Witness


@dataclass(frozen=True, slots=True)
class Kept:
    """A state in which a plan holds, and what keeps the parties there.

    Parameters
    ----------
    concept : str
        The strictest concept under which the plan holds in some state.
    state : int
        Of the states in which it does so the one nearest to today; a bit mask.
    witnesses : tuple of Witness
        For each party that could improve: what deters it.
    rests : bool
        Whether nobody can improve there.
    """

    concept: str
    state: int
    witnesses: tuple[Witness, ...]
    rests: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a party ends a plan in a state.

    Parameters
    ----------
    party : int
        Its index.
    concepts : tuple of str
        Under which it has reason to.
    move : Witness
        Of the moves by which it would end it the most tempting one.
    """

    party: int
    concepts: tuple[str, ...]
    move: Witness


@dataclass(frozen=True, slots=True)
class Broken:
    """A state in which a plan is true and some party has reason to end it.

    Parameters
    ----------
    state : int
        Of these states the one nearest to today; a bit mask.
    endings : tuple of Ending
        One for each party that would end it there.
    """

    state: int
    endings: tuple[Ending, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """Where a plan is stable.

    Parameters
    ----------
    plan : Formula
    concepts : tuple of str
    states : int
        In how many feasible states it is true.
    equilibria : FrozenMap of str to int
        By concept: how many of these are equilibria; in them it holds.
    reached : FrozenMap of str to int, or None
        By concept: to how many of those improvements lead from the status quo; None where there is none.
    today : tuple of str
        The concepts under which it holds today.
    loose : FrozenMap of str to int, or None
        By concept that reckons with credible answers: how many of the equilibria are held only by answers that are not
        the best move of whoever gives them (see `bestand.solve.loose`); None where nobody looked.
    common : tuple of (str, bool)
        Options that have the same value wherever it holds, and not wherever it is true.
    ended : FrozenMap of str to tuple of int, or None
        By concept, then by party: from how many of the states in which it is true the party has reason to move to one
        in which it is not. None over sets of states.
    restless : FrozenMap of str to tuple of int, or None
        The same of moves to any other state; over sets of states alone.
    kept : Kept or None
        An example of where it holds; None where it holds nowhere, or over sets of states.
    broken : Broken or None
        An example of where it does not, another one where there are several; None where nobody ends it.
    """

    plan: Formula
    concepts: tuple[str, ...]
    states: int
    equilibria: FrozenMap[str, int]
    reached: FrozenMap[str, int] | None = None
    today: tuple[str, ...] = ()
    loose: FrozenMap[str, int] | None = None
    common: tuple[tuple[str, bool], ...] = ()
    ended: FrozenMap[str, tuple[int, ...]] | None = None
    restless: FrozenMap[str, tuple[int, ...]] | None = None
    kept: Kept | None = None
    broken: Broken | None = None

    @property
    def somewhere(self) -> tuple[str, ...]:
        """The concepts under which it holds in some state."""
        return tuple(concept for concept in self.concepts if self.equilibria[concept])


def holding(solution: Solution, concepts: Sequence[str], plan: Formula) -> Holding:
    """Return where a plan is stable.

    Parameters
    ----------
    solution : Solution
        Finished under the concepts.
    concepts : sequence of str
    plan : Formula

    Raises
    ------
    LimitReached
        Where the time of the solution's watch is over, or its memory is full.

    Notes
    -----
    Over listed states one closure for each party and concept, beside those of the verdicts. Over sets of states,
    counts alone.
    """
    solution.watch.phase("judging the plan")
    if solution.lists:
        return _Search(solution, tuple(concepts), plan).found()
    return _of_sets(solution, tuple(concepts), plan)


def ended(solution: Solution, i: int, concept: str, states: Bools) -> Bools:
    """(S,): the states of a set from which party i has a move out of it that the concept does not deter."""
    return leaving(solution.engine, i, states, solution.risk(concept, i))


class _Search:
    """Works out where a plan is stable, over listed states."""

    def __init__(self, solution: Solution, concepts: tuple[str, ...], plan: Formula) -> None:
        self.solution = solution
        self.concepts = concepts
        self.plan = plan
        self.so = solution.space.holds(plan)
        self.holding = {concept: self.so & solution.equilibria(concept) for concept in concepts}
        self.somewhere = [concept for concept in concepts if self.holding[concept].any()]
        self.ended: dict[str, list[Bools]] = {}

    def found(self) -> Holding:
        reach, somewhere, holding = self.solution.reach(), self.somewhere, self.holding
        now = () if reach is None else tuple(concept for concept in somewhere if holding[concept][reach.start])
        if self.so.any():
            for concept in self.concepts:
                self.ended[concept] = [ended(self.solution, i, concept, self.so) for i in self._parties]
                self.solution.watch.step()
        return Holding(
            self.plan,
            self.concepts,
            _count(self.so),
            FrozenMap({concept: _count(found) for concept, found in holding.items()}),
            None if reach is None else FrozenMap({c: _count(each & reach.reached) for c, each in holding.items()}),
            now,
            FrozenMap(dict(self._loose())),
            tuple(self._common()) if somewhere else (),
            FrozenMap({concept: tuple(map(_count, found)) for concept, found in self._ended()}),
            kept=self._kept() if somewhere else None,
            broken=self._broken(),
        )

    @property
    def _parties(self) -> range:
        return range(len(self.solution.model.parties))

    def _ended(self) -> Iterator[tuple[str, list[Bools]]]:
        """By concept, then by party: where the party ends it; nowhere, where it is true nowhere."""
        nowhere = [self.so] * len(self._parties)
        return ((concept, self.ended.get(concept, nowhere)) for concept in self.concepts)

    def _loose(self) -> Iterator[tuple[str, int]]:
        for concept in self.concepts:
            only = loose(self.solution, concept)
            if only is not None:
                yield concept, _count(only & self.holding[concept])

    def _common(self) -> Iterator[tuple[str, bool]]:
        """Options that are the same wherever it holds, and not wherever it is true, with their value."""
        states, model = self.solution.space.states, self.solution.model
        held = states[np.logical_or.reduce([self.holding[concept] for concept in self.somewhere])]
        true = states[self.so]
        for option in model.options:
            bit = np.uint64(1 << model.bit[option.id])
            for yes in (True, False):
                if (((held & bit) != 0) == yes).all() and not (((true & bit) != 0) == yes).all():
                    yield option.id, yes

    def _one_that_holds(self) -> tuple[str, int]:
        """Return the strictest concept under which it holds, and the state nearest to today in which it does."""
        concept = strictest(self.somewhere)[0]
        return concept, self._nearest(self.holding[concept])

    def _kept(self) -> Kept:
        concept, at = self._one_that_holds()
        mask = int(self.solution.space.states[at])
        witnesses = [witness(self.solution, mask, i, concept, 1) for i in self._parties]
        tempted = tuple(each for each in witnesses if each.improvements)
        return Kept(concept, mask, tempted, bool(self.solution.resting[at]))

    def _broken(self) -> Broken | None:
        ending = [concept for concept, found in self.ended.items() if np.any(found)]
        if not ending:
            return None
        at = self._nearest(self._breaking(ending))
        return Broken(int(self.solution.space.states[at]), tuple(self._endings(at, ending)))

    def _breaking(self, ending: list[str]) -> Bools:
        """(S,): where somebody would end it; not the state that is shown to hold, where there are others."""
        states = np.logical_or.reduce(self.ended[most_telling(ending)])
        if not self.somewhere or _count(states) == 1:
            return states
        others = states.copy()
        others[self._one_that_holds()[1]] = False
        return others

    def _endings(self, at: int, ending: list[str]) -> Iterator[Ending]:
        for i in self._parties:
            concepts = tuple(concept for concept in ending if self.ended[concept][i][at])
            if concepts:
                yield Ending(i, concepts, self._ending_move(at, i, most_telling(concepts)))

    def _ending_move(self, at: int, i: int, concept: str) -> Witness:
        """Return the most tempting of the moves by which a party would end the plan in one state."""
        solution, space = self.solution, self.solution.space
        order, risk = solution.order(i), solution.engine.over_states(solution.risk(concept, i))
        targets = space.moves[i].targets(space.states, at)
        better = targets[order.better(targets, at)]
        best = int(order.best(better[(order.values_above(risk, at) & ~self.so)[better]])[0])
        here, there = int(space.states[at]), int(space.states[best])
        shown = Answer(there, standing(board_of(solution), i, there, here))
        return Witness(here, i, concept, False, len(targets), len(better), (shown,))

    def _nearest(self, chosen: Bools) -> int:
        """Return a state that is reached, if any; else the one that differs from today in the fewest options."""
        reach, space = self.solution.reach(), self.solution.space
        found = np.flatnonzero(
            chosen if reach is None or not (chosen & reach.reached).any() else chosen & reach.reached
        )
        today = np.uint64(self.solution.model.mask(self.solution.model.status_quo or ()))
        return int(found[np.argmin(np.bitwise_count(space.states[found] ^ today))])


def _of_sets(solution: Solution, concepts: tuple[str, ...], plan: Formula) -> Holding:
    so = solution.where(plan)
    states = so.count()
    counts = {concept: (so & solution.equilibrium_set(concept)).count() for concept in concepts}
    restless = {
        concept: tuple((so - solution.stable_set(concept, i)).count() for i in range(len(solution.model.parties)))
        for concept in concepts
    }
    return Holding(plan, concepts, states, FrozenMap(counts), restless=FrozenMap(restless))


def reaching(solution: Solution, holding: Holding) -> Holding:
    """Return the same over sets of states with the counts of what is reached, which take long to work out."""
    if solution.reached is None:
        return holding
    near = solution.where(holding.plan) & solution.reached
    counts = {concept: (near & solution.equilibrium_set(concept)).count() for concept in holding.concepts}
    return replace(holding, reached=FrozenMap(counts))


def _count(states: Bools) -> int:
    return int(np.count_nonzero(states))


def most_telling(concepts: Sequence[str]) -> str:
    """Of the concepts under which a state is left, the one that reckons with the most answers."""
    return min(concepts, key=lambda concept: answers_considered(EVERY[concept].rounds))
