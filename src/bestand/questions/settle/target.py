"""What is wanted: that one of some states is an equilibrium, and how to ask that of a changed model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bestand.engine.choose import EXPLICIT, Choice
from bestand.engine.evaluate import Evaluator
from bestand.engine.limits import Watch
from bestand.model.errors import CallError, LimitReached, ModelError
from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.model.values import Preference
from bestand.solve.solution import Solution
from bestand.stability.registry import EVERY, weaker

Bools = NDArray[np.bool_]


class Nowhere(CallError):
    """No feasible state is as wanted.

    Parameters
    ----------
    solution : Solution
        Of the model as it is.
    formula : Formula
    """

    def __init__(self, solution: Solution, formula: Formula) -> None:
        self.solution, self.formula = solution, formula
        super().__init__(f"no feasible state satisfies '{text(formula)}', so no change of wishes or moves can hold it")


class _Remembering(Evaluator):
    """Evaluates every formula once."""

    def __init__(self, model: Model, states: NDArray[np.uint64]) -> None:
        super().__init__(model, states)
        self._known: dict[Formula, Bools] = {}

    def holds(self, formula: Formula) -> Bools:
        if formula not in self._known:
            self._known[formula] = super().holds(formula)
        return self._known[formula]


class Target:
    """The wanted states of a model.

    Parameters
    ----------
    solution : Solution
        Of the model as it is.
    formula : Formula
        What the wanted states satisfy.
    watch : Watch

    Raises
    ------
    Nowhere
        When no feasible state satisfies the formula.
    """

    def __init__(self, solution: Solution, formula: Formula, watch: Watch) -> None:
        self.solution, self.formula, self.watch = solution, formula, watch
        self.model, self.space = solution.model, solution.space
        self.states = np.flatnonzero(self.space.holds(formula))
        if not len(self.states):
            raise Nowhere(solution, formula)
        self._evaluator = _Remembering(self.model, self.space.states)
        self._inner = watch.inner()

    def already(self, concept: str) -> Bools:
        """(S,): the wanted states that are equilibria as the model is."""
        wanted = np.zeros(self.space.size, bool)
        wanted[self.states] = True
        return self.solution.equilibria(concept) & wanted

    def with_orders(self, orders: Sequence[tuple[int, Preference]]) -> Solution:
        """The solution with other wishes for some parties; nothing else is worked out again."""
        space = self.space.with_wishes(dict(orders), self._evaluator)
        engine = EXPLICIT[self.solution.engine.name](space, self._inner)
        return Solution(self.model, Choice(engine, self.solution.because), self._inner)

    def stable(self, solution: Solution, concept: str, i: int) -> int:
        """The wanted states that are stable for a party, as bits of one number."""
        found = np.packbits(solution.verdict(concept, i)[self.states], bitorder="little")
        return int.from_bytes(found.tobytes(), "little")

    @property
    def every(self) -> int:
        """All wanted states, as bits of one number."""
        return (1 << len(self.states)) - 1


def holding(solution: Solution, formula: Formula, concepts: Iterable[str]) -> tuple[str, ...]:
    """Under which of some concepts a state that satisfies the formula is an equilibrium, the weakest asked first.

    Where a weaker concept has no equilibrium that is wanted, a stronger one need not be asked.
    """
    wanted = solution.space.holds(formula)
    answers: dict[str, bool] = {}

    def asked(concept: str) -> bool:
        if concept not in answers:
            possible = all(asked(other) for other in bounds(concept))
            answers[concept] = possible and bool((solution.equilibria(concept) & wanted).any())
        return answers[concept]

    return tuple(concept for concept in concepts if asked(concept))


def bounds(concept: str) -> tuple[str, ...]:
    """Return weaker concepts to ask before a concept, the weakest first; none where it is quicker to ask it itself."""
    return weaker(concept) if EVERY[concept].rounds else ()


def solved(model: Model, watch: Watch) -> Solution | None:
    """The solution of a changed model; None where the change leaves no state. The watch is told nothing of it."""
    try:
        return Solution(model, watch=watch.inner())
    except ModelError:
        return None
    except LimitReached:
        watch.check()  # says what it was for
        raise
