"""Hard questions put to processes of their own: one party, one concept, and an order of options that suits just this.

Parties are independent of each other, and what one of them needs drags on the diagrams of the next. So each question
begins with an empty table, several are worked on at once, and one that takes too long can be stopped at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bestand.engine.diagrams.table import Table
from bestand.engine.limits import Limits, Watch
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.errors import LimitReached, Stop
from bestand.model.message import message
from bestand.model.model import Model
from bestand.stability.registry import stable

from .workers import crew, worked

Question: TypeAlias = tuple[str, int]  # a concept, and the index of a party
Answered: TypeAlias = tuple[Question, Table | Stop]


def verdicts_apart(
    model: Model, questions: Sequence[Question], watch: Watch, memory: int, backend: str
) -> Iterator[tuple[Question, Table]]:
    """Yield where a party has no reason to move under a concept, for several questions at once.

    Parameters
    ----------
    model : Model
    questions : sequence of (concept, party index)
    watch : Watch
        Its limit on time holds at any moment.
    memory : int
        Bytes for all processes together.
    backend : {"cudd", "oxidd"}

    Yields
    ------
    (question, Table)
        As they are found; the tables do not depend on how many processes there are, but their order does.

    Raises
    ------
    LimitReached
        When the time is over; or, after everything else has been found, for a question that filled its memory.
    """
    count = min(len(questions), crew(None, watch))
    failed: LimitReached | None = None
    make = _Solver(model, memory // count, backend)
    for question, answer in worked(make, questions, watch, count, in_order=False, lost=_lost):
        if isinstance(answer, Table):
            yield question, answer
        else:
            concept, i = question
            party = model.parties[i].title
            failed = LimitReached(
                "memory", "{concept} for {party}: {reason}", concept=concept, party=party, reason=answer
            )
    if failed is not None:
        raise failed


@dataclass(frozen=True)
class _Solver:
    """What every process gets: the model, and what the diagrams of one question may take."""

    model: Model
    memory: int
    backend: str

    def __call__(self, _watch: Watch) -> Callable[[Question], Answered]:
        """Return what answers questions: each with a watch of its own, since a full table is just one answer less."""
        return self.answer

    def answer(self, question: Question) -> Answered:
        """Answer a question, with an empty table."""
        try:
            engine = SymbolicEngine(self.model, Watch(Limits(memory=self.memory)), self.backend)
            return question, engine.written(stable(engine, *question))
        except LimitReached as error:
            return question, error.stop


def _lost(question: Question) -> Answered:
    return question, Stop(message("its process ended before its time"), "machine")
