"""Hard questions put to processes of their own: one party, one concept, and an order of options that suits just this.

Parties are independent of each other, and what one of them needs drags on the diagrams of the next. So each question
begins with an empty table, several are worked on at once, and one that takes too long can be stopped at any moment.

The processes are started as ``python -m bestand.solve.processes`` and read questions from standard input.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

from bestand.engine.diagrams.table import Table
from bestand.engine.limits import Limits, Watch
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.errors import LimitReached
from bestand.model.message import message
from bestand.model.model import Model
from bestand.stability.concept import stable
from bestand.stability.registry import EVERY

from .workers import crew

Question = tuple[str, int]  # a concept, and the index of a party

_NAME = "bestand.solve.processes"
_LOOK = 0.1  # seconds between two looks at the clock


def verdicts_apart(
    model: Model, questions: Sequence[Question], watch: Watch, memory: int, backend: str
) -> Iterator[tuple[Question, Table]]:
    """Where a party has no reason to move under a concept, for several questions at once.

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
    count = min(len(questions), crew(None))
    waiting = list(reversed(questions))
    told: Queue[tuple[_Helper, Any]] = Queue()
    helpers = [_Helper(told, (model, memory // count, backend)) for _ in range(count)]
    failed: LimitReached | None = None
    try:
        working = sum(helper.ask(waiting) for helper in helpers)
        while working:
            watch.check()
            try:
                helper, answer = told.get(timeout=_LOOK)
            except Empty:
                continue
            if isinstance(answer, Exception):
                raise answer
            if isinstance(answer, Table):
                yield helper.question, answer
            else:
                concept, i = helper.question
                reason = answer or message("its process ended before its time")
                party = model.parties[i].title
                failed = LimitReached(
                    "memory", "{concept} for {party}: {reason}", concept=concept, party=party, reason=reason
                )
            if answer is None or not helper.ask(waiting):  # None: it has ended
                working -= 1
    finally:
        for helper in helpers:
            helper.stop()
    if failed is not None:
        raise failed


class _Helper:
    """A process that answers one question after another."""

    def __init__(self, told: Queue[tuple[_Helper, Any]], task: object) -> None:
        home = str(Path(__file__).parents[2])  # where this very package is; never the current folder (-P)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", _NAME],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])},
        )
        self.question: Question = ("", 0)
        self._send(task)
        Thread(target=self._listen, args=(told,), daemon=True).start()

    def ask(self, waiting: list[Question]) -> bool:
        """Put the next question, if there is one."""
        if not waiting:
            return False
        self.question = waiting.pop()
        concept, i = self.question
        self._send((EVERY[concept].rounds, i))  # it need not know the concept
        return True

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with suppress(OSError):
                stream.close()

    def _send(self, what: object) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):  # it has ended, which the listener tells
            pickle.dump(what, self._process.stdin)
            self._process.stdin.flush()

    def _listen(self, told: Queue[tuple[_Helper, Any]]) -> None:
        assert self._process.stdout is not None
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            while True:
                told.put((self, pickle.load(self._process.stdout)))
        told.put((self, None))


def _answer(questions: IO[bytes], answers: IO[bytes]) -> None:
    """What a process does: read the model, then question after question, until nobody asks any more."""
    asked: Queue[Any] = Queue()
    Thread(target=_listen, args=(questions, asked), daemon=True).start()
    model, memory, backend = asked.get()
    while True:
        rounds, i = asked.get()
        try:
            engine = SymbolicEngine(model, Watch(Limits(memory=memory)), backend)
            answer: object = engine.written(stable(engine, i, rounds))
        except LimitReached as error:
            answer = error.stop
        except Exception as error:
            answer = RuntimeError(f"{type(error).__name__}: {error}")
        pickle.dump(answer, answers)
        answers.flush()


def _listen(questions: IO[bytes], asked: Queue[Any]) -> None:
    """Pass the questions on. When whoever asks is gone, so is the process, in the middle of whatever it does."""
    while True:
        try:
            asked.put(pickle.load(questions))
        except (EOFError, OSError, pickle.UnpicklingError):
            os._exit(0)


if __name__ == "__main__":
    _answer(sys.stdin.buffer, sys.stdout.buffer)
