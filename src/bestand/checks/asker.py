"""Putting one assertion to a solved model: what it finds, counted, with an example.

The answer is three-valued. Where there is nothing that a sentence speaks of ("every equilibrium is ..." without an
equilibrium) it cannot be said, rather than being true of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import CallError
from bestand.model.formula import Formula
from bestand.model.sentences import (
    About,
    Assertion,
    By,
    Change,
    Check,
    Compared,
    Count,
    Kept,
    Kind,
    Predicate,
    Quantified,
    Ranks,
    Refuses,
    SameAnswer,
    Satisfies,
    Share,
    StableFor,
    StateNamed,
    StateRef,
    StatusQuo,
    Subject,
    VerdictIs,
    drifts,
    names_concept,
)
from bestand.solve.positions import find_state
from bestand.solve.purpose import PURPOSEFUL
from bestand.solve.reach import Reach
from bestand.solve.solution import Solution, Solver
from bestand.stability.registry import EVERY, HEADLINE, RESTING

from .talks import Talks, talks

Bools = NDArray[np.bool_]

_FEW = 8  # one state in so many, or fewer, is looked at by itself for what hangs on purposeful answers


@dataclass(frozen=True, slots=True)
class Example:
    """A state that shows what was found, and the way there where it is reached from the status quo.

    Parameters
    ----------
    mask : int
    path : tuple of (str, int), or None
        Who moves, by id, and the bit mask of the state it moves to.
    start : int or None
        Where the path begins, or what a deal changes, as a bit mask: the status quo with what the sentence holds.
    signs : tuple of str
        Who signs it, where it is a deal.
    """

    mask: int
    path: tuple[tuple[str, int], ...] | None = None
    start: int | None = None
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one assertion under one concept.

    Parameters
    ----------
    truth : bool or None
        None where it cannot be said; ``reason`` then says why.
    counts : tuple of (int, int)
        How many of how many states are as the sentence says; two pairs where two sets or two models are compared.
    example : Example or None
        A state of the kind that decides it: one that is so for "some" and for "no", one that is not for "every".
    reason : str or None
    kind : Kind or None
        The verdict on the plan, where that is asked.
    blocking : tuple of tuple of str
        Where there is no such deal: the smallest sets of parties past whom nothing gets that would be one.
    """

    truth: bool | None
    counts: tuple[tuple[int, int], ...] = ()
    example: Example | None = None
    reason: str | None = None
    kind: Kind | None = None
    blocking: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sense:
    """What a check is asked in the sense of.

    Parameters
    ----------
    key : str
        Under which its answer is kept: a concept, or ``""`` where the concept does not matter.
    concept : str
        Under which "equilibrium" and "stable" are meant.
    drift : str
        Under which "by drift" and deals are meant: a concept that the check names, else that under which plans are
        judged.
    """

    key: str
    concept: str
    drift: str = HEADLINE


def senses(check: Check, concepts: tuple[str, ...]) -> tuple[Sense, ...]:
    """Return how a check is asked, of some concepts under which one is asked that names none."""
    if check.concepts and (names_concept(check.assertion) or drifts(check.assertion)):
        return tuple(Sense(concept, concept, concept) for concept in check.concepts)
    if names_concept(check.assertion):
        return tuple(Sense(concept, concept) for concept in concepts)
    return (Sense("", RESTING),)


class Asker:
    """Asks assertions of one model in its variants.

    Parameters
    ----------
    solver : Solver
    changes : tuple of Change
        The variant that is asked.
    concept : str
        Under which concept "equilibrium" and "stable" are meant.
    best_moves : bool
        Take "reached" to mean by best moves, even where the sentence says by improvements.
    drift : str
        Under which concept parties drift, and are asked for deals.
    bare : bool
        Leave out examples, and past whom no deal gets: what takes time and tells no more than is counted.
    """

    def __init__(
        self,
        solver: Solver,
        changes: tuple[Change, ...],
        concept: str,
        *,
        best_moves: bool = False,
        drift: str = HEADLINE,
        bare: bool = False,
    ) -> None:
        self.solver = solver
        self.changes = changes
        self.concept = concept
        self.best_moves = best_moves
        self.drift = drift
        self.bare = bare

    @property
    def solution(self) -> Solution:
        """The variant, solved."""
        return self.solver.solve(self.changes)

    def ask(self, assertion: Assertion) -> Finding:
        """Return the answer to one assertion.

        Raises
        ------
        CallError
            When a state that the sentence names is infeasible here.
        ModelError
            When the changes leave no state feasible.
        """
        match assertion:
            case Quantified():
                return self._quantified(assertion)
            case About(state, predicate):
                at = self._state(state)
                return Finding(bool(self.predicate(predicate)[at]), example=self._example(at))
            case Ranks():
                return self._ranks(assertion)
            case Share():
                return self._share(assertion)
            case Refuses():
                return self._refuses(assertion)
            case VerdictIs(kinds):
                kind = self.talks.kind
                return Finding(kind in kinds, kind=kind)
            case Count():
                return self._count(assertion)
            case SameAnswer(left, right, inner):
                found = [self._with(changes).ask(inner) for changes in (left, right)]
                counts = tuple(pair for finding in found for pair in finding.counts)
                if found[0].truth is None or found[1].truth is None:
                    return Finding(None, counts, reason=found[0].reason or found[1].reason)
                return Finding(found[0].truth == found[1].truth, counts)

    def subject(self, subject: Subject) -> Bools:
        """(S,): the states that a sentence speaks of."""
        solution = self.solution
        match subject.noun:
            case "state":
                states = np.ones(solution.space.size, bool)
            case "equilibrium":
                states = solution.equilibria(self.concept)
            case "resting place":
                states = self._resting(subject.reached)
            case "deal":
                states = self.talks.deals
            case "kept deal":
                states = self.talks.kept
        if subject.between is not None:
            states = states & self.talks.between(tuple(map(self._party, subject.between)))
        if subject.reached:
            states = states & self._reached(subject.reached)
        if subject.where is not None:
            states = states & solution.space.holds(subject.where)
        return states if subject.stable_for is None else self._stable_among(states, subject.stable_for)

    def predicate(self, predicate: Predicate) -> Bools:
        """(S,): the states of which the predicate is true."""
        solution = self.solution
        match predicate:
            case Satisfies(formula):
                return solution.space.holds(formula)
            case StableFor(parties):
                return self._stable_for(parties)
            case Kept():
                return self.talks.kept
            case Compared(how, other, party):
                order, at = solution.order(self._party(party)), self._state(other)
                return order.above(at) if how == "better" else order.below(at)

    def nearest(self, telling: Bools, reached: By | None) -> Example | None:
        """Return the telling state that the fewest moves lead to; the first one where none is reached."""
        if self.bare or not telling.any():
            return None
        reach = self._reach(reached or "improving")
        if reach is None or not (telling & reach.reached).any():
            return self._example(int(np.argmax(telling)))
        distance = np.where(telling & reach.reached, reach.distance, np.iinfo(np.int32).max)
        at = int(np.argmin(distance))
        return self._example(at, reach)

    def _quantified(self, assertion: Quantified) -> Finding:
        among = self.subject(assertion.subject)
        so = among & self.predicate(assertion.predicate)
        found, of = int(so.sum()), int(among.sum())
        telling = among & ~so if assertion.quantifier == "every" else so
        truth = {"some": found > 0, "every": found == of, "no": found == 0}[assertion.quantifier]
        if not of and (
            assertion.quantifier == "every" or (assertion.quantifier == "no" and not assertion.subject.deals)
        ):
            return Finding(None, ((0, 0),), reason=f"there is no such {assertion.subject.noun}")
        if assertion.subject.deals:
            return Finding(truth, ((found, of),), self._fewest(telling), blocking=self._blocking(assertion, found))
        return Finding(truth, ((found, of),), self.nearest(telling, assertion.subject.reached))

    def _refuses(self, assertion: Refuses) -> Finding:
        holds = self.solution.space.holds
        among = self.talks.signable & holds(assertion.formula)
        if assertion.where is not None:
            among = among & holds(assertion.where)
        so = among & self.talks.refused(self._party(assertion.party))
        found, of = int(so.sum()), int(among.sum())
        if not of and assertion.quantifier == "every":
            return Finding(None, ((0, 0),), reason="nothing of it can be signed")
        every = assertion.quantifier == "every"
        example = self._fewest(among & ~so if every else so)
        return Finding(found == of if every else found > 0, ((found, of),), example)

    def _fewest(self, telling: Bools) -> Example | None:
        """Return the telling state that takes the fewest changes from today, with who signs it."""
        if self.bare or not telling.any():
            return None
        states, ids = self.solution.space.states, self.solution.engine.parties
        today = self.solution.status_quo
        at = np.flatnonzero(telling)
        first = int(at[np.argmin(np.bitwise_count(states[at] ^ np.uint64(today or 0)))])
        return Example(int(states[first]), None, today, tuple(ids[i] for i in self.talks.signatories(first)))

    def _blocking(self, assertion: Quantified, found: int) -> tuple[tuple[str, ...], ...]:
        """Past whom no deal gets that would be as the sentence says; empty where that is not what stands in its way."""
        subject, predicate = assertion.subject, assertion.predicate
        if (
            self.bare
            or found
            or assertion.quantifier == "every"
            or subject.noun != "deal"
            or subject.between is not None
        ):
            return ()
        if self.bare or not isinstance(predicate, Satisfies):
            return ()
        wanted = self.predicate(predicate)
        if subject.where is not None:
            wanted = wanted & self.solution.space.holds(subject.where)
        ids = self.solution.engine.parties
        return tuple(tuple(ids[i] for i in some) for some in self.talks.blocking(wanted))

    def _ranks(self, assertion: Ranks) -> Finding:
        order = self.solution.order(self._party(assertion.party))
        left, right = self._side(assertion.left), self._side(assertion.right)
        counts = ((int(left.sum()), self.solution.space.size), (int(right.sum()), self.solution.space.size))
        if not left.any() or not right.any():
            return Finding(None, counts, reason="one side of the comparison has no feasible state")
        match assertion.how:
            case "above":
                truth = order.all_better(left, right)
            case "below":
                truth = order.all_better(right, left)
            case "level with":
                truth = order.all_level(left | right)
        return Finding(truth, counts)

    def _share(self, assertion: Share) -> Finding:
        so = self.predicate(assertion.predicate)
        sides = [self.subject(side) for side in (assertion.left, assertion.right)]
        (a, n), (b, m) = counts = tuple((int((side & so).sum()), int(side.sum())) for side in sides)
        if not n or not m:
            return Finding(None, counts, reason="one of the two sets is empty")
        return Finding(a * m > b * n if assertion.how == "larger" else a * m < b * n, counts)

    def _count(self, assertion: Count) -> Finding:
        counts = []
        for changes in (assertion.left, assertion.right):
            there = self._with(changes)
            among = there.subject(assertion.subject)
            counts.append((int((among & there.predicate(assertion.predicate)).sum()), int(among.sum())))
        (a, _), (b, _) = counts
        return Finding({"fewer": a < b, "more": a > b, "as many": a == b}[assertion.how], tuple(counts))

    def _with(self, changes: tuple[Change, ...]) -> Asker:
        changes = (*self.changes, *changes)
        return Asker(self.solver, changes, self.concept, best_moves=self.best_moves, drift=self.drift, bare=self.bare)

    @property
    def talks(self) -> Talks:
        """What there is to sign. Raises `CallError` where there is nothing."""
        return talks(self.solution, self.drift)

    def _stable_for(self, parties: tuple[str, ...]) -> Bools:
        """(S,): what is stable for some parties; for every one where none is named."""
        if not parties:
            return self.solution.equilibria(self.concept)
        return np.logical_and.reduce([self.solution.verdict(self.concept, self._party(party)) for party in parties])

    def _stable_among(self, states: Bools, parties: tuple[str, ...]) -> Bools:
        """(S,): of some states those that are stable for some parties; few are looked at one by one where that pays."""
        slow = PURPOSEFUL in EVERY[self.concept].rounds[:1]
        if not slow or not parties or _FEW * np.count_nonzero(states) > len(states):
            return states & self._stable_for(parties)
        return self.solution.purpose(self.concept).still(states, map(self._party, parties))

    def _party(self, party: str) -> int:
        return self.solution.engine.parties.index(party)

    def _side(self, side: Formula | StateRef) -> Bools:
        if isinstance(side, StatusQuo | StateNamed):
            only = np.zeros(self.solution.space.size, bool)
            only[self._state(side)] = True
            return only
        return self.solution.space.holds(side)

    def _state(self, state: StateRef) -> int:
        space = self.solution.space
        if isinstance(state, StatusQuo):
            if space.status_quo is None:
                raise CallError("there is no status quo here, or it is not feasible")
            return space.status_quo
        return find_state(space, state.name)

    def _reached(self, by: By) -> Bools:
        reach = self._reach(by)
        if reach is None:
            raise CallError("nothing can be reached: there is no status quo here, or it is not feasible")
        return reach.reached

    def _resting(self, reached: By | None) -> Bools:
        """(S,): where nobody has a move of the kind that leads there; of a drift, only what it comes to."""
        if reached == "drift":
            found = self.solution.ends_reached(reached, self.drift)
            return np.zeros(self.solution.space.size, bool) if found is None else found
        return self.solution.ends(reached or "improving")

    def _reach(self, by: By) -> Reach | None:
        meant = "best" if self.best_moves and by == "improving" else by
        return self.solution.reach(meant, self.drift)

    def _example(self, at: int, reach: Reach | None = None) -> Example:
        parties, states = self.solution.engine.parties, self.solution.space.states
        if reach is None:
            return Example(int(states[at]))
        path = tuple((parties[step.party], int(states[step.state])) for step in reach.path(at))
        return Example(int(states[at]), path, int(states[reach.start]))
