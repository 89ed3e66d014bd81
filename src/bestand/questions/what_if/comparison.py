"""What changes when a model is changed: which equilibria stay, which go, and which are new.

The two models need not have the same feasible states: a rule more takes states away, a rule less brings some. So states
are compared by what they are, not by where they stand in a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.model.changing import changed
from bestand.model.errors import CallError, ModelError, Stop
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.sentences import Change
from bestand.model.wording import changes_text
from bestand.solve.solution import Bools, Solution

Masks = NDArray[np.uint64]


@dataclass(frozen=True)
class Side:
    """What holds in one of the two models, under one concept.

    Parameters
    ----------
    solution : Solution
    members : (S,) bool
        The equilibria.
    satisfying : int or None
        How many of them satisfy the formula; None where there is no formula.
    """

    solution: Solution
    members: Bools
    satisfying: int | None

    @cached_property
    def count(self) -> int:
        """How many equilibria there are."""
        return int(self.members.sum())

    @property
    def masks(self) -> Masks:
        """The equilibria as bit masks, ascending."""
        return self.solution.space.states[self.members]

    def only(self, masks: Masks) -> Bools:
        """(S,): the equilibria that are not among some states."""
        return self.members & ~np.isin(self.solution.space.states, masks)


@dataclass(frozen=True)
class Difference:
    """The equilibria of two models under one concept.

    Parameters
    ----------
    concept : str
    before, after : Side
    """

    concept: str
    before: Side
    after: Side

    @cached_property
    def gone(self) -> Bools:
        """(S,) of the model before: the equilibria that the change takes away."""
        return self.before.only(self.after.masks)

    @cached_property
    def new(self) -> Bools:
        """(S,) of the model after: the equilibria that there were not."""
        return self.after.only(self.before.masks)

    @cached_property
    def common(self) -> int:
        """How many equilibria are so in both."""
        return self.before.count - int(self.gone.sum())

    @cached_property
    def impossible(self) -> int:
        """How many of those that are gone cannot even occur any more."""
        states = self.before.solution.space.states[self.gone]
        return int((~np.isin(states, self.after.solution.space.states)).sum())

    @property
    def same(self) -> bool:
        """Whether the equilibria are the same."""
        return self.common == self.before.count == self.after.count


@dataclass(frozen=True)
class WhatIf:
    """A model, what it is changed to, and what that does.

    Parameters
    ----------
    changes : tuple of Change
    formula : Formula or None
        What is asked about the equilibria.
    before, after : Solution
    differences : tuple of Difference
        One for each concept.
    """

    changes: tuple[Change, ...]
    formula: Formula | None
    before: Solution
    after: Solution
    differences: tuple[Difference, ...]

    @property
    def stopped(self) -> Stop | None:
        """The limit that kept the rest of the concepts from being compared; None where all are."""
        return self.before.stopped or self.after.stopped

    def resting(self) -> tuple[Masks, Masks] | None:
        """The resting places that improvements lead to from today, before and after; None without a today."""
        found = [_resting(solution) for solution in (self.before, self.after)]
        return None if found[0] is None or found[1] is None else (found[0], found[1])


def what_if(
    model: Model,
    changes: tuple[Change, ...],
    concepts: tuple[str, ...],
    formula: Formula | None = None,
    engine: str | None = None,
    watch: Watch | None = None,
) -> WhatIf:
    """Solve a model and what changes make of it, and compare the equilibria.

    Parameters
    ----------
    model : Model
    changes : tuple of Change
    concepts : tuple of str
    formula : Formula, optional
        What is asked about the equilibria.
    engine : str, optional
    watch : Watch, optional
        Where a limit is reached, the concepts that are finished in both models are compared.

    Raises
    ------
    CallError
        When a change cannot be made, or leaves no state feasible, or there is none.
    ModelError
        When the model itself is not valid.
    TooManyStates
        When the states are too many to list.

    Notes
    -----
    The cost of two analyses.
    """
    watch = watch or Watch()
    if not changes:
        raise CallError("what if what? Give a change, such as 'without usa.air_defence' or 'usa 2 dropped'")
    before = Solution(model, engine, watch)
    after = solved(model, changes, engine, watch)
    for solution in (before, after):
        solution.finish(concepts)
    whole = tuple(concept for concept in concepts if before.complete(concept) and after.complete(concept))
    differences = tuple(
        Difference(concept, _side(before, concept, formula), _side(after, concept, formula)) for concept in whole
    )
    return WhatIf(changes, formula, before, after, differences)


def solved(model: Model, changes: tuple[Change, ...], engine: str | None, watch: Watch) -> Solution:
    """The solution of the changed model; a change that makes it impossible is a fault of the call, not of the file."""
    new = changed(model, changes)
    try:
        return Solution(new, engine if not new.forbidden_moves else None, watch)
    except ModelError as error:
        why = error.problems[0].message
        if error.problems[0].code == "no-feasible-state":
            why = "no state is left that the rules allow"
        raise CallError(f"'{changes_text(changes)}': {why}") from error


def _side(solution: Solution, concept: str, formula: Formula | None) -> Side:
    members = solution.equilibria(concept)
    so = None if formula is None else int((members & solution.space.holds(formula)).sum())
    return Side(solution, members, so)


def _resting(solution: Solution) -> Masks | None:
    reach = solution.reach()
    return None if reach is None else solution.space.states[reach.reached & solution.resting]
