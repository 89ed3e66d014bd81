"""Verdicts party by party: what is stable for whom under which concept, as far as the limits let it be worked out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, Generic, Self, TypeVar, cast

from bestand.engine.choose import Reason
from bestand.engine.limits import Watch
from bestand.engine.sets import StateSet
from bestand.model.errors import LimitReached, Stop
from bestand.model.formula import Formula
from bestand.model.message import message
from bestand.model.model import Model

States = TypeVar("States", bound=StateSet, covariant=True)
Made = TypeVar("Made")


class Verdicts(ABC, Generic[States]):
    """A model and what holds in it, as sets of states: all that can be asked whichever engine works it out.

    Parameters
    ----------
    model : Model
    because : Reason
        Why this engine computes it.
    watch : Watch
        Stops what takes too long or too much.
    """

    def __init__(self, model: Model, because: Reason, watch: Watch) -> None:
        self.model = model
        self.because = because
        self.watch = watch
        self.stopped: Stop | None = None
        self._made: dict[object, object] = {}

    def once(self, make: Callable[[Self], Made]) -> Made:
        """Return what is made of this solution, which remembers it: for whoever works something out above it."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(Made, self._made[make])

    # ---- states ----

    @property
    @abstractmethod
    def feasible(self) -> States:
        """Every feasible state."""

    @property
    def count(self) -> int:
        """How many feasible states there are."""
        return self.feasible.count()

    @property
    @abstractmethod
    def status_quo(self) -> int | None:
        """The status quo as a bit mask; None where there is none, or it is infeasible."""

    def where(self, formula: Formula) -> States:
        """Return the feasible states in which a formula holds."""
        return self.feasible & formula

    @property
    @abstractmethod
    def reached(self) -> States | None:
        """What improvements lead to from the status quo, which is among it; None where there is no status quo."""

    @abstractmethod
    def share_below(self, i: int, state: int) -> float:
        """Return the share of the feasible states that party i likes less than one (0 to 1), given as a bit mask."""

    # ---- verdicts ----

    @abstractmethod
    def verdict(self, concept: str, i: int) -> Any:
        """Where party i has no reason to move under a concept. Worked out once."""

    @abstractmethod
    def stable_set(self, concept: str, i: int) -> States:
        """Return the states in which party i has no reason to move under a concept. Worked out once."""

    def equilibrium_set(self, concept: str) -> States:
        """Return the states that are stable for every party."""
        return self._shared(concept, range(len(self.model.parties)))

    def _shared(self, concept: str, parties: Iterable[int]) -> States:
        states = self.feasible
        for i in parties:
            states = states & self.stable_set(concept, i)
        return states

    def stable_count(self, concept: str, i: int) -> int:
        """In how many states party i has no reason to move."""
        return self.stable_set(concept, i).count()

    def common_count(self, concept: str) -> int:
        """How many states are stable for every party whose verdict is finished: the equilibria are among them."""
        return self._shared(concept, self.finished(concept)).count()

    # ---- how far they are ----

    def finish(self, concepts: Iterable[str]) -> None:
        """Work out every verdict of some concepts; where a limit is reached, keep what there is and say so.

        `stopped` then holds the limit.
        """
        questions = [(concept, i) for concept in concepts for i in range(len(self.model.parties))]
        try:
            self.watch.phase("working out what is stable", len(questions))
            self.answer(questions)
        except LimitReached as error:
            self.stopped = error.stop
        except MemoryError:
            self.stopped = Stop(message("the memory of this machine is full"), "machine")

    def answer(self, questions: list[tuple[str, int]]) -> None:
        """Work out the verdicts that are asked for, each by concept and party."""
        for question in questions:
            self.verdict(*question)
            self.watch.step()

    @abstractmethod
    def has_verdict(self, concept: str, i: int) -> bool:
        """Whether the verdict of a party under a concept has been worked out."""

    def finished(self, concept: str) -> tuple[int, ...]:
        """The parties whose verdicts under a concept have been worked out."""
        return tuple(i for i in range(len(self.model.parties)) if self.has_verdict(concept, i))

    def complete(self, concept: str) -> bool:
        """Whether every party has its verdict under a concept."""
        return len(self.finished(concept)) == len(self.model.parties)
