"""A model and what holds in it, computed once and only when asked for."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bestand.engine.choose import Choice, explicit
from bestand.engine.explicit import ExplicitEngine, Ints
from bestand.engine.limits import Watch
from bestand.engine.order import Order
from bestand.engine.sets import Bools, ListedStates
from bestand.engine.space import Space
from bestand.model.changing import changed
from bestand.model.model import Model
from bestand.model.sentences import Change, Mover
from bestand.stability.concept import Rounds, deterred, risk
from bestand.stability.registry import EVERY, RESTING

from .reach import Reach, reach
from .verdicts import Verdicts

KEPT = 2**29  # bytes of what moves risk that are kept for the explanations that ask for it again


class Solution(Verdicts[ListedStates]):
    """Verdicts for one model, by concept, state by state.

    Parameters
    ----------
    model : Model
    engine : str or Choice, optional
        Which engine computes them; None chooses.
    watch : Watch, optional
        Stops what takes too long or too much.

    Raises
    ------
    CallError, ModelError, TooManyStates
        As `bestand.engine.choose.explicit`.
    """

    def __init__(
        self, model: Model, engine: str | Choice[ExplicitEngine] | None = None, watch: Watch | None = None
    ) -> None:
        watch = watch or Watch()
        choice = engine if isinstance(engine, Choice) else explicit(model, engine, watch)
        super().__init__(model, choice.because, watch)
        self.engine: ExplicitEngine = choice.engine
        self.space: Space = self.engine.space
        self._risk: dict[tuple[Rounds, int], Ints] = {}
        self._kept = 0
        self._stable: dict[str, Bools] = {}
        self._common: dict[str, Bools] = {}
        self._done: set[tuple[str, int]] = set()
        self._reach: dict[Mover, Reach | None] = {}
        self._lower: dict[int, NDArray[np.float64]] = {}

    def stable(self, concept: str) -> Bools:
        """(P, S): whether each state is stable for each party."""
        for i in range(len(self.model.parties)):
            self.verdict(concept, i)
        return self._table(concept)

    def verdict(self, concept: str, i: int) -> Bools:
        """(S,): whether each state is stable for party i."""
        row: Bools = self._table(concept)[i]
        if (concept, i) not in self._done:
            row[:] = self.engine.over_states(deterred(self.engine, i, self.risk(concept, i)))
            self._done.add((concept, i))
        return row

    def has_verdict(self, concept: str, i: int) -> bool:
        return (concept, i) in self._done

    def stable_set(self, concept: str, i: int) -> ListedStates:
        return self._set(self.verdict(concept, i))

    @cached_property
    def feasible(self) -> ListedStates:
        return self._set(np.ones(self.space.size, bool))

    @property
    def count(self) -> int:
        return self.space.size

    @property
    def status_quo(self) -> int | None:
        at = self.space.status_quo
        return None if at is None else int(self.space.states[at])

    @property
    def reached(self) -> ListedStates | None:
        reach = self.reach()
        return None if reach is None else self._set(reach.reached)

    def share_below(self, i: int, state: int) -> float:
        at = self.space.index(state)
        assert at is not None, "a feasible state"
        return self.order(i).count_below(at) / self.count

    def _set(self, chosen: Bools) -> ListedStates:
        return ListedStates(self.space.evaluator, chosen)

    def _table(self, concept: str) -> Bools:
        if concept not in self._stable:
            self._stable[concept] = np.zeros((len(self.model.parties), self.space.size), bool)
        return self._stable[concept]

    def risk(self, concept: str, i: int) -> Ints:
        """What a move of party i to each state risks under a concept, as a value of the engine."""
        return self.risked(EVERY[concept].rounds, i)

    def risked(self, rounds: Rounds, i: int) -> Ints:
        """The same under any rounds."""
        if (rounds, i) in self._risk:
            return self._risk[rounds, i]
        value = risk(self.engine, i, rounds)
        self._kept += value.nbytes
        if self._kept <= KEPT:
            self._risk[rounds, i] = value
        return value

    def equilibria(self, concept: str) -> Bools:
        """(S,): whether each state is stable for every party."""
        if concept not in self._common:
            common = np.logical_and.reduce(self.stable(concept), axis=0)
            common.flags.writeable = False
            self._common[concept] = common
        return self._common[concept]

    @cached_property
    def resting(self) -> Bools:
        """(S,): states from which no party can improve, which are the Nash equilibria."""
        return self.equilibria(RESTING)

    def order(self, i: int) -> Order:
        """What party i thinks of the states."""
        return self.space.order(i)

    def lower_share(self, i: int) -> NDArray[np.float64]:
        """(S,): the share of the feasible states that party i ranks strictly lower than each state (0 to 1)."""
        if i not in self._lower:
            self._lower[i] = self.order(i).share_below()
        return self._lower[i]

    def reach(self, by: Mover = "improvements") -> Reach | None:
        """What can be reached from the status quo; None where there is none, or it is infeasible."""
        if by not in self._reach:
            start = self.space.status_quo
            self._reach[by] = None if start is None else reach(self.engine, start, by, self.watch)
        return self._reach[by]


class Solver:
    """Solves variants of one model, each once.

    Parameters
    ----------
    model : Model
    changes : tuple of Change
        What every variant has in common, such as the readings that the user chose.
    engine : str, optional
    watch : Watch, optional
        One for all variants together.
    """

    def __init__(
        self,
        model: Model,
        changes: tuple[Change, ...] = (),
        engine: str | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.base = model
        self.common = changes
        self._watch = (watch or Watch()).inner()
        self._engine = engine
        self._solved: dict[tuple[Change, ...], Solution] = {}

    def solve(self, changes: tuple[Change, ...] = ()) -> Solution:
        """The solution of the model with the common changes and these."""
        if changes not in self._solved:
            self._solved[changes] = Solution(changed(self.base, (*self.common, *changes)), self._engine, self._watch)
        return self._solved[changes]
