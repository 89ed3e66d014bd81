"""Does the plan hold: where it is true, where it is stable as well, and who would end it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bestand.engine.steps import leaving
from bestand.model.formula import Formula
from bestand.solve.solution import Bools, Solution
from bestand.stability.implications import answers_considered
from bestand.stability.registry import EVERY
from bestand.witness.boards import board_of
from bestand.witness.counters import standing
from bestand.witness.witness import Answer, Witness


@dataclass(frozen=True)
class Judged:
    """What became of a plan.

    Parameters
    ----------
    concepts : tuple of str
    so : (S,) bool
        Where it is true.
    holding : dict of str to (S,) bool
        By concept: the equilibria among these.
    ended : dict of str to (P, S) bool
        By concept: from which of these each party has reason to move to a state in which it is not true.
    """

    concepts: tuple[str, ...]
    so: Bools
    holding: dict[str, Bools]
    ended: dict[str, Bools]

    @property
    def total(self) -> int:
        """In how many states it is true."""
        return int(self.so.sum())

    @property
    def somewhere(self) -> tuple[str, ...]:
        """The concepts under which it holds in some state."""
        return tuple(concept for concept in self.concepts if self.holding[concept].any())

    @property
    def ending(self) -> tuple[str, ...]:
        """The concepts under which somebody has reason to end it somewhere."""
        return tuple(concept for concept in self.concepts if self.ended[concept].any())


def judged(solution: Solution, concepts: tuple[str, ...], plan: Formula) -> Judged:
    """Put a plan to the model.

    Notes
    -----
    One closure for each party and concept, beside those of the verdicts.
    """
    so = solution.space.holds(plan)
    holding = {concept: so & solution.equilibria(concept) for concept in concepts}
    count = len(solution.model.parties)
    ended = {concept: np.array([_ended(solution, i, concept, so) for i in range(count)]) for concept in concepts}
    return Judged(concepts, so, holding, ended)


Case = Literal["never true", "nowhere stable", "holds today", "not from here", "within reach", "somewhere"]


def case_of(solution: Solution, found: Judged) -> Case:
    """What became of a plan, in a word or two: whether it holds today, and whether improvements lead to where it does.

    ``somewhere`` where there is no today to say it of.
    """
    if not found.total:
        return "never true"
    if not found.somewhere:
        return "nowhere stable"
    reach = solution.reach()
    if reach is None:
        return "somewhere"
    held = np.logical_or.reduce([found.holding[concept] for concept in found.somewhere])
    if held[reach.start]:
        return "holds today"
    return "within reach" if (held & reach.reached).any() else "not from here"


def _ended(solution: Solution, i: int, concept: str, so: Bools) -> Bools:
    """(S,): the states of the kind from which a party has a move to another kind that the concept does not deter."""
    return leaving(solution.engine, i, so, solution.risk(concept, i))


def ending_move(solution: Solution, at: int, i: int, concept: str, so: Bools) -> Witness:
    """The most tempting of the moves by which a party would end the plan in one state."""
    order, risk = solution.order(i), solution.engine.over_states(solution.risk(concept, i))
    targets = solution.space.moves[i].targets(solution.space.states, at)
    better = targets[order.better(targets, at)]
    best = int(order.best(better[(order.values_above(risk, at) & ~so)[better]])[0])
    here, there = int(solution.space.states[at]), int(solution.space.states[best])
    shown = Answer(there, standing(board_of(solution), i, there, here))
    return Witness(here, i, concept, False, len(targets), len(better), (shown,))


def in_common(solution: Solution, chosen: Bools, kind: Bools) -> list[tuple[str, bool]]:
    """Options that are the same in all chosen states, and not in all states of their kind: with their value."""
    found: list[tuple[str, bool]] = []
    for k, option in enumerate(solution.model.options):
        taken = (solution.space.states >> np.uint64(k) & np.uint64(1)).astype(bool)
        for yes in (True, False):
            value = taken if yes else ~taken
            if value[chosen].all() and not value[kind].all():
                found.append((option.id, yes))
    return found


def most_telling(concepts: Sequence[str]) -> str:
    """Of the concepts under which a state is left, the one that reckons with the most answers."""
    return min(concepts, key=lambda concept: answers_considered(EVERY[concept].rounds))


def nearest(solution: Solution, chosen: Bools) -> int:
    """Of some states, one that is reached, if any; else the one that differs from today in the fewest options."""
    reach = solution.reach()
    found = np.flatnonzero(chosen if reach is None or not (chosen & reach.reached).any() else chosen & reach.reached)
    today = np.uint64(solution.model.mask(solution.model.status_quo or ()))
    return int(found[np.argmin(np.bitwise_count(solution.space.states[found] ^ today))])
