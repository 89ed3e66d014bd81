"""Verdicts party by party: what is stable for whom under which concept, as far as the limits let it be worked out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from bestand.engine.choose import Reason
from bestand.engine.limits import Watch
from bestand.model.errors import LimitReached, Stop
from bestand.model.message import message
from bestand.model.model import Model


class Verdicts(ABC):
    """What a solution over listed states and one over sets of states have in common.

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

    @abstractmethod
    def verdict(self, concept: str, i: int) -> Any:
        """Where party i has no reason to move under a concept. Worked out once."""

    @abstractmethod
    def has_verdict(self, concept: str, i: int) -> bool:
        """Whether that has been worked out."""

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

    @abstractmethod
    def stable_count(self, concept: str, i: int) -> int:
        """In how many states party i has no reason to move; of a finished verdict."""

    @abstractmethod
    def common_count(self, concept: str) -> int:
        """How many states are stable for every party whose verdict is finished: the equilibria are among them."""

    @property
    @abstractmethod
    def count(self) -> int:
        """How many feasible states there are."""

    def answer(self, questions: list[tuple[str, int]]) -> None:
        """Work out the verdicts that are asked for, each by concept and party."""
        for question in questions:
            self.verdict(*question)
            self.watch.step()

    def finished(self, concept: str) -> tuple[int, ...]:
        """The parties whose verdicts under a concept have been worked out."""
        return tuple(i for i in range(len(self.model.parties)) if self.has_verdict(concept, i))

    def complete(self, concept: str) -> bool:
        """Whether every party has its verdict under a concept."""
        return len(self.finished(concept)) == len(self.model.parties)
