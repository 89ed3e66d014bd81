"""Exact conditions over the answers to what is open: the shortest formula that is true of just some combinations.

Terms of which one has to hold, each saying which answer a question has, or does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bestand.plan.cover import cover

if TYPE_CHECKING:
    from .design import Design

Bools = NDArray[np.bool_]

MOST_ROWS = 2**12  # combinations of the answers that matter, beyond which no condition is looked for


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A question has an answer, by their numbers, or has another one."""

    question: int
    answer: int
    holds: bool


Term = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """In which combinations something is so.

    Parameters
    ----------
    terms : tuple of Term
        At least one of them has to hold; none where it is never so, one without facts where it always is.
    covered : tuple of int
        In how many combinations each term holds.
    combinations, of : int
        In how many it is so, of those that leave a state.
    shortest : bool
        Whether no shorter form exists.
    """

    terms: tuple[Term, ...]
    covered: tuple[int, ...]
    combinations: int
    of: int
    shortest: bool


class Search:
    """Looks for conditions over the answers of a design.

    Parameters
    ----------
    design : Design
    counted : (N,) bool
        Which combinations leave a state.
    """

    def __init__(self, design: Design, counted: Bools) -> None:
        self._counted = counted
        self._counts = [question.count for question in design.questions]
        self._numbers = np.array(np.unravel_index(np.arange(len(counted)), self._counts))
        self._facts = [*_variables(self._counts)]
        columns = [self._numbers[question] == answer for question, answer in self._facts]
        self._rows = np.array(columns, bool).reshape(len(columns), len(counted)).T

    def __call__(self, so: Bools) -> Condition | None:
        """Return when something is so; None where that takes too long to find."""
        meant, other = self._counted & so, self._counted & ~so
        facts = self._telling(so)
        rows = self._rows[:, facts]
        tables = [np.unique(rows[which], axis=0) for which in (meant, other)]
        if sum(map(len, tables)) > MOST_ROWS:
            return None
        found = cover(*tables)
        terms = tuple(tuple(Fact(*self._facts[facts[k]], value) for k, value in term) for term in found.terms)
        covered = tuple(int((meant & self._true(term)).sum()) for term in terms)
        order = sorted(range(len(terms)), key=lambda k: (-covered[k], terms[k]))
        return Condition(
            tuple(terms[k] for k in order),
            tuple(covered[k] for k in order),
            int(meant.sum()),
            int(self._counted.sum()),
            found.shortest,
        )

    def _telling(self, so: Bools) -> list[int]:
        """Return the variables that can matter: those of questions that do, or all where these do not tell enough.

        Where combinations leave no state, two questions may matter together, and neither by itself.
        """
        kept = [j for j in range(len(self._counts)) if self.matters(j, so)]
        facts = [k for k, (question, _) in enumerate(self._facts) if question in kept]
        rows = self._rows[:, facts]
        there, so = rows[self._counted], so[self._counted]
        seen = [{row.tobytes() for row in there[which]} for which in (so, ~so)]
        return [*range(len(self._facts))] if seen[0] & seen[1] else facts

    def matters(self, question: int, values: NDArray[np.generic]) -> bool:
        """Return whether the answer to a question changes a value in some combination of the other answers."""
        grid = np.moveaxis(np.asarray(values).reshape(self._counts), question, 0)
        there = np.moveaxis(self._counted.reshape(self._counts), question, 0)
        return any(bool((there[a] & there[b] & (grid[a] != grid[b])).any()) for a in range(len(grid)) for b in range(a))

    def _true(self, term: Term) -> Bools:
        true = np.ones(len(self._counted), bool)
        for fact in term:
            true &= (self._numbers[fact.question] == fact.answer) == fact.holds
        return true


def _variables(counts: list[int]) -> list[tuple[int, int]]:
    """Return what a term may speak of, as (question, answer): those that change something first.

    One for a question of two answers, and for one of more each of them.
    """
    changing = [(j, k) for j, count in enumerate(counts) for k in range(1, count)]
    return changing + [(j, 0) for j, count in enumerate(counts) if count > 2]
