"""A model and what holds in it, computed once and only when asked for, over states listed or known as sets alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from bestand.engine.choose import Choice, Reason, choose, explicit, suited
from bestand.engine.limits import OutOfPatience, Watch
from bestand.engine.order import Order
from bestand.engine.sets import Bools, ListedStates, StateSet
from bestand.engine.space import Space
from bestand.engine.spec import Engine
from bestand.engine.steps import still
from bestand.model.changing import changed
from bestand.model.errors import CallError, LimitReached, Stop
from bestand.model.formula import Formula
from bestand.model.message import message
from bestand.model.model import Model
from bestand.model.sentences import By, Change
from bestand.stability.concept import Rounds, deterred, risk
from bestand.stability.registry import EVERY, HEADLINE, RESTING

from .purpose import Purpose
from .reach import Reach, reach
from .spaces import Spaces

if TYPE_CHECKING:
    from bestand.engine.symbolic import SymbolicEngine

KEPT = 2**29  # bytes of what moves risk that are kept for the explanations that ask for it again

PATIENCE = 5.0  # seconds after which a question over sets is hard enough for a process of its own

Question: TypeAlias = tuple[str, int]  # a concept, and the index of a party
Made = TypeVar("Made")


class Solution:
    """Verdicts for one model, by concept and party: sets of states, whichever engine works them out.

    What gives arrays over the feasible states, or speaks of their positions, needs states that are listed (`lists`); it
    raises `TooManyStates` elsewhere.

    Parameters
    ----------
    model : Model
    engine : str or Choice, optional
        Which engine computes them; None chooses one that lists the states.
    watch : Watch, optional
        Stops what takes too long or too much.
    spaces : Spaces, optional
        Which listed the states, and keeps what parties would do on their own in other variants.

    Raises
    ------
    CallError, ModelError, TooManyStates
        As `bestand.engine.choose.explicit`.
    """

    def __init__(
        self,
        model: Model,
        engine: str | Choice | None = None,
        watch: Watch | None = None,
        spaces: Spaces | None = None,
    ) -> None:
        self.model = model
        self.watch = watch or Watch()
        choice = engine if isinstance(engine, Choice) else explicit(model, engine, self.watch)
        self.engine: Engine[Any, Any] = choice.engine
        self.because: Reason = choice.because
        self.stopped: Stop | None = None
        self._spaces = spaces
        self._made: dict[object, object] = {}
        self._risk: dict[tuple[Rounds, int], Any] = {}
        self._kept = 0
        self._stable: dict[tuple[str, int], StateSet] = {}
        self._tables: dict[str, Bools] = {}
        self._common: dict[str, StateSet] = {}
        self._reach: dict[tuple[By, str], Reach | None] = {}
        self._purposes: dict[Rounds, Purpose] = {}
        self._lower: dict[int, NDArray[np.float64]] = {}

    def once(self, make: Callable[[Self], Made]) -> Made:
        """Return what is made of this solution, which remembers it: for whoever works something out above it."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(Made, self._made[make])

    # ---- states ----

    @property
    def lists(self) -> bool:
        """Return whether the states are listed; else they are known as sets alone."""
        return self.engine.lists

    @property
    def space(self) -> Space:
        """The states that the engine lists."""
        return self.engine.space

    @cached_property
    def feasible(self) -> StateSet:
        """Every feasible state."""
        return self.engine.feasible

    @cached_property
    def count(self) -> int:
        """Return how many feasible states there are."""
        return self.feasible.count()

    @property
    def status_quo(self) -> int | None:
        """The status quo as a bit mask; None where there is none, or it is infeasible."""
        if self.model.status_quo is None:
            return None
        mask = self.model.mask(self.model.status_quo)
        return mask if mask in self.feasible else None

    def where(self, formula: Formula) -> StateSet:
        """Return the feasible states in which a formula holds."""
        return self.feasible & formula

    def order(self, i: int) -> Order:
        """Return what party i thinks of the states that are listed."""
        return self.space.order(i)

    def share_below(self, i: int, state: int) -> float:
        """Return the share of the feasible states that party i likes less than one (0 to 1), given as a bit mask."""
        return self.engine.below(i, state) / self.count

    def shares_below(self, i: int, states: NDArray[Any]) -> NDArray[np.float64]:
        """(n,): the same for each of some states. Raises `LimitReached` where the time of the watch is over."""
        if self.lists:
            return self.lower_share(i)[np.searchsorted(self.space.states, states)]
        shares = np.empty(len(states))
        for k, state in enumerate(states.tolist()):
            self.watch.step()
            shares[k] = self.share_below(i, state)
        return shares

    def lower_share(self, i: int) -> NDArray[np.float64]:
        """(S,): the share of the feasible states that party i likes less than each state (0 to 1)."""
        if i not in self._lower:
            self._lower[i] = self.order(i).share_below()
        return self._lower[i]

    # ---- where things drift ----

    @cached_property
    def reached(self) -> StateSet | None:
        """What improvements lead to from the status quo, which is among it; None where there is no status quo."""
        if self.status_quo is None:
            return None
        if self.lists:
            reach = self.reach()
            return None if reach is None else ListedStates(self.space.evaluator, reach.reached)
        self.watch.phase("following the drift")
        return cast("SymbolicEngine", self.engine).reach(self.status_quo)

    def reach(self, by: By = "improving", concept: str = HEADLINE) -> Reach | None:
        """Return what can be reached from the status quo, with the paths, over listed states; None as `reached`.

        Parameters
        ----------
        by : {"any", "improving", "purposeful", "best", "drift"}
            Which moves lead on.
        concept : str
            Under which parties drift.
        """
        key = by, concept if by == "drift" else ""
        if key not in self._reach:
            start = self.space.status_quo
            purpose = self.purpose(concept) if by in {"purposeful", "drift"} else None
            self._reach[key] = None if start is None else reach(self.engine, start, by, self.watch, purpose)
        return self._reach[key]

    def purpose(self, concept: str = HEADLINE) -> Purpose:
        """Return what parties do on purpose under a concept, over listed states."""
        rounds = EVERY[concept].rounds
        if rounds not in self._purposes:
            known = next(iter(self._purposes.values()), None)
            self._purposes[rounds] = known.under(rounds) if known else self._purpose(rounds)
        return self._purposes[rounds]

    def _purpose(self, rounds: Rounds) -> Purpose:
        own = None
        if self._spaces is not None:
            wishes = (self.model.preferences.get(party.id) for party in self.model.parties)
            own = [self._spaces.own(self.engine, i, wish) for i, wish in enumerate(wishes)]
        return Purpose(self.engine, rounds, self.watch, own=own)

    def ends(self, by: By, concept: str = HEADLINE) -> Bools:
        """(S,): where nobody has a move of a kind, over listed states: by drift, the equilibria of its concept."""
        if by == "any":
            return self.once(_still)
        return self.equilibria(concept) if by == "drift" else self.resting

    def ends_reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        """(S,): those of `ends` that such moves lead to; by drift without a look at other states. None as `reach`."""
        reach = self.reach(by, concept)
        if reach is None:
            return None
        if by == "drift":
            return self.purpose(concept).still(reach.reached)
        return reach.reached & self.ends(by, concept)

    # ---- verdicts ----

    def risk(self, concept: str, i: int) -> Any:
        """Return what a move of party i to each state risks under a concept, as a value of the engine."""
        return self.risked(EVERY[concept].rounds, i)

    def risked(self, rounds: Rounds, i: int) -> Any:
        """Return the same under any rounds."""
        if (rounds, i) in self._risk:
            return self._risk[rounds, i]
        value = risk(self.engine, i, rounds)
        self._kept += getattr(value, "nbytes", 0)
        if self._kept <= KEPT:
            self._risk[rounds, i] = value
        return value

    def stable_set(self, concept: str, i: int) -> StateSet:
        """Return the states in which party i has no reason to move under a concept. Worked out once."""
        if (concept, i) not in self._stable:
            truth = deterred(self.engine, i, self.risk(concept, i))
            states = self.engine.states_where(truth)
            self._stable[concept, i] = self._row(concept, i, states) if isinstance(states, ListedStates) else states
        return self._stable[concept, i]

    def _row(self, concept: str, i: int, states: ListedStates) -> ListedStates:
        """Return a verdict as a row of the table of all parties: the engine uses its room for verdicts again."""
        if concept not in self._tables:
            self._tables[concept] = np.zeros((len(self.model.parties), len(states.chosen)), bool)
        row: Bools = self._tables[concept][i]
        row[:] = states.chosen
        return ListedStates(states.evaluator, row)

    def equilibrium_set(self, concept: str) -> StateSet:
        """Return the states that are stable for every party. Worked out once."""
        if concept not in self._common:
            self._common[concept] = self._shared(concept, range(len(self.model.parties)))
        return self._common[concept]

    def _shared(self, concept: str, parties: Iterable[int]) -> StateSet:
        states = self.feasible
        for i in parties:
            if not self.lists:  # what many parties have in common can take longer than what each of them thinks
                self.watch.check()
            states = states & self.stable_set(concept, i)
        return states

    def stable_count(self, concept: str, i: int) -> int:
        """Return in how many states party i has no reason to move."""
        return self.stable_set(concept, i).count()

    def common_count(self, concept: str) -> int:
        """Return how many states are stable for every party with a verdict: the equilibria are among them."""
        return self._shared(concept, self.finished(concept)).count()

    # ---- verdicts, state by state ----

    def verdict(self, concept: str, i: int) -> Bools:
        """(S,): whether each state is stable for party i."""
        return self._array(self.stable_set(concept, i))

    def stable(self, concept: str) -> Bools:
        """(P, S): whether each state is stable for each party."""
        for i in range(len(self.model.parties)):
            self.verdict(concept, i)
        return self._tables.get(concept, np.zeros((0, self.space.size), bool))

    def equilibria(self, concept: str) -> Bools:
        """(S,): whether each state is stable for every party."""
        common = self._array(self.equilibrium_set(concept))
        common.flags.writeable = False
        return common

    @property
    def resting(self) -> Bools:
        """(S,): states from which no party can improve, which are the Nash equilibria."""
        return self.equilibria(RESTING)

    def _array(self, states: StateSet) -> Bools:
        assert self.space, "raises where no states are listed"
        return cast(ListedStates, states).chosen

    # ---- how far they are ----

    def finish(self, concepts: Iterable[str]) -> None:
        """Work out every verdict of some concepts; where a limit is reached, keep what there is.

        `stopped` then holds the limit.

        Raises
        ------
        CallError
            For a concept that only engines which list the states can follow, where this one does not.
        """
        concepts = tuple(concepts)
        listed = [concept for concept in concepts if not EVERY[concept].over_sets]
        if listed and not self.lists:
            raise CallError(
                f"{listed[0]} follows best moves, for which the states have to be listed one by one; the symbolic "
                f"engine holds {self.count:,} of them as sets (it serves the other concepts)"
            )
        questions = [(concept, i) for concept in concepts for i in range(len(self.model.parties))]
        try:
            self.watch.phase("working out what is stable", len(questions))
            if self.lists:
                self._answer(questions)
            else:
                self._answer_patiently(questions)
        except LimitReached as error:
            self.stopped = error.stop
        except MemoryError:
            self.stopped = Stop(message("the memory of this machine is full"), "machine")

    def _answer(self, questions: list[Question]) -> None:
        """Work out some verdicts, and take them from the questions."""
        while questions:
            self.stable_set(*questions[0])
            del questions[0]
            self.watch.step()

    def _answer_patiently(self, questions: list[Question]) -> None:
        """As `_answer` as long as that goes quickly; what is left then is put to processes of their own."""
        try:
            with self.watch.patience(PATIENCE):
                self._answer(questions)
        except OutOfPatience:
            from .processes import verdicts_apart

            engine = cast("SymbolicEngine", self.engine)
            for question, table in verdicts_apart(self.model, questions, self.watch, engine.memory, engine.backend):
                self._stable[question] = engine.read(table)
                self.watch.step()

    def finished(self, concept: str) -> tuple[int, ...]:
        """Return the parties whose verdicts under a concept have been worked out."""
        return tuple(i for i in range(len(self.model.parties)) if (concept, i) in self._stable)

    def complete(self, concept: str) -> bool:
        """Return whether the equilibria under a concept are known: every party has its verdict.

        They are not where there is neither time nor memory to put the parties' sets together; `stopped` then says so.
        """
        if len(self.finished(concept)) < len(self.model.parties):
            return False
        try:
            self.equilibrium_set(concept)
        except LimitReached as error:
            self.stopped = self.stopped or error.stop
            return False
        return True


def _still(solution: Solution) -> Bools:
    return still(solution.engine)


def solve(model: Model, engine: str | None = None, watch: Watch | None = None) -> Solution:
    """Return a solution over listed states where they can be listed, else over sets of states.

    Raises
    ------
    CallError, ModelError, TooManyStates
        As `bestand.engine.choose.choose`.
    """
    watch = watch or Watch()
    return Solution(model, choose(model, engine, watch), watch)


class Solver:
    """Solves variants of one model, each once, over listed states.

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
        self._spaces = Spaces(self._watch)
        self._solved: dict[tuple[Change, ...], Solution] = {}

    def of(self, model: Model, common: tuple[Change, ...]) -> Solver:
        """Return one for another model, or with other common changes, under the same watch."""
        other = Solver(model, common, self._engine)
        other._watch, other._spaces = self._watch, self._spaces
        return other

    def solve(self, changes: tuple[Change, ...] = ()) -> Solution:
        """Return the solution of the model with the common changes and these."""
        if changes not in self._solved:
            model = changed(self.base, (*self.common, *changes))
            if self._engine is None:
                choice = suited(self._spaces.of(model), self._watch)
                self._solved[changes] = Solution(model, choice, self._watch, self._spaces)
            else:
                self._solved[changes] = Solution(model, self._engine, self._watch)
        return self._solved[changes]
