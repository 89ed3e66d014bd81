"""What can be seen of the states of a model: all of them in a list, sets of them as diagrams, or nothing.

Many doubts come down to whether some feasible state satisfies a formula, which both a list and diagrams answer. A doubt
that has to look at single states is left to models whose states can be listed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from bestand.engine.committed import space_in_force
from bestand.engine.limits import OutOfPatience, Watch
from bestand.engine.space import Space
from bestand.model.errors import CallError, LimitReached, Stop, TooManyStates
from bestand.model.formula import Formula, Not
from bestand.model.message import Message
from bestand.model.model import Model

MOST_LISTED = 2**22  # states
PATIENCE = 10.0  # seconds for the diagrams of a model whose states are too many to list


@dataclass(frozen=True)
class Sight:
    """A model, and what can be seen of its states.

    Parameters
    ----------
    model : Model
    watch : Watch
    space : Space or None
        Its states, where they can be listed.
    satisfied : callable or None
        Whether some feasible state satisfies a formula; None where nothing can be told of the states.
    stop : Stop or None
        Why the states are not listed.
    """

    model: Model
    watch: Watch
    space: Space | None
    satisfied: Callable[[Formula], bool] | None
    stop: Stop | None = None

    @property
    def why(self) -> Message:
        """Why the states are not listed. Asked only where they are not."""
        assert self.stop is not None, "they are listed"
        return self.stop.message

    def somewhere(self, formula: Formula) -> bool:
        """Return whether some feasible state satisfies a formula."""
        assert self.satisfied is not None, "asked only where sets of states can be seen"
        self.watch.check()
        return self.satisfied(formula)

    def constant(self, formula: Formula) -> bool | None:
        """True where every feasible state satisfies a formula, False where none does, else None."""
        if not self.somewhere(formula):
            return False
        return None if self.somewhere(Not(formula)) else True


def sight_of(model: Model, watch: Watch) -> Sight:
    """As much as can be seen within the limits.

    Raises
    ------
    ModelError
        When no state is feasible.

    Notes
    -----
    O(states · size of the rules), or the cost of the rules as decision diagrams where more than four million states, or
    more than a limit allows, would have to be listed.
    """
    try:
        watch.phase("listing the states")
        return listed(space_in_force(model, watch.limits.states or MOST_LISTED, watch), watch)
    except TooManyStates as error:
        stop = error.stop
    except LimitReached as error:
        return Sight(model, watch, None, None, error.stop)
    try:
        with watch.patience(PATIENCE):
            return Sight(model, watch, None, _diagrams(model, watch), stop)
    except (LimitReached, OutOfPatience, CallError):
        return Sight(model, watch, None, None, stop)


def listed(space: Space, watch: Watch) -> Sight:
    """Return what is seen where all states are in a list."""
    return Sight(space.model, watch, space, lambda formula: bool(space.evaluator.members.holds(formula).any()))


def _diagrams(model: Model, watch: Watch) -> Callable[[Formula], bool]:
    """Whether some state satisfies a formula, by decision diagrams; which states there are, no forbidden move tells."""
    from bestand.engine.symbolic import SymbolicEngine

    watch.phase("looking at sets of states")
    engine = SymbolicEngine(dataclasses.replace(model, forbidden_moves=(), coalesced=(), commitments=()), watch)
    return lambda formula: bool(engine.holds(formula))
