"""Many tasks, worked on by processes of this machine: their results do not depend on how many work at once.

A process gets what all tasks have in common when it starts, and then task after task, by its standard input and output;
it is started as ``python -m bestand.solve.workers``, so that a script that asks for workers needs nothing of its own.
When whoever asked is gone, so is the process, in the middle of whatever it does; and it can be stopped at any moment.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, NoReturn, TypeVar, cast

from bestand.engine.guard import guarded
from bestand.engine.limits import Limits, OutOfPatience, Watch
from bestand.leaving import before_leaving
from bestand.model.errors import BestandError, CallError
from bestand.stability.registry import added, register

Task = TypeVar("Task")
Result = TypeVar("Result")

_NAME = "bestand.solve.workers"
_LOOK = 0.1  # seconds between two looks at the clock
_LEAST = 128 * 2**20  # bytes of a limit on memory for each process


def crew(workers: int | None, watch: Watch) -> int:
    """Return how many processes to work with: as many as asked, or one for each processor.

    No more than a limit on memory leaves room for: each needs some for the program itself.

    Raises
    ------
    CallError
        For less than one.
    """
    if workers is None:
        workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if workers < 1:
        raise CallError(f"{workers} workers: give 1 or more")
    memory = watch.limits.memory
    return workers if memory is None else max(1, min(workers, memory // _LEAST))


def worked(
    make: Callable[[Watch], Callable[[Task], Result]],
    tasks: Iterable[Task],
    watch: Watch,
    workers: int = 1,
    *,
    in_order: bool = True,
    lost: Callable[[Task], Result] | None = None,
    meanwhile: Callable[[], bool] | None = None,
) -> Generator[Result, None, None]:
    """Yield the results of some tasks.

    Parameters
    ----------
    make : callable
        Called once in each process, with a watch of its own that keeps its share of the memory, it gives what works
        the tasks out. It can be pickled, and so can tasks and results.
    tasks : iterable
        Each is read when a process is free for it.
    watch : Watch
        Its limit on time holds at any moment.
    workers : int
        Processes; with one, everything is worked out here.
    in_order : bool
        Whether the results come in the order of the tasks, or each as soon as it is there.
    lost : callable, optional
        Gives the result of a task whose process ended before its time; the others go on. One worker then is a process
        too, since its task may be more than this one can take.
    meanwhile : callable, optional
        What is done here once the first tasks are given out, and before all of them with one worker. Where it returns
        False, nobody waits for the others.

    Raises
    ------
    BestandError, OutOfPatience
        What a task raises; and when a process ends before its time, and no ``lost`` says what then.
    """
    if workers == 1 and lost is None:
        if meanwhile is not None and not meanwhile():
            return
        yield from map(make(watch.inner()), tasks)
        return
    memory = watch.limits.memory
    share = Limits(memory=None if memory is None else memory // workers)
    told: Queue[tuple[_Process, Any]] = Queue()
    processes: list[_Process] = []
    with before_leaving(lambda: [process.kill() for process in processes]):
        try:
            for _ in range(workers):
                processes.append(_Process(told, make, share))
            numbered = enumerate(tasks)
            first = [*islice(numbered, len(processes))]
            for process, task in zip(processes, first, strict=False):
                process.give(*task)
            if meanwhile is not None and not meanwhile():
                return
            results = _numbered(processes, told, numbered, len(first), watch, lost or _fatal)
            yield from _ordered(results) if in_order else (result for _, result in results)
        finally:
            for process in processes:
                process.stop()


def _numbered(
    processes: Sequence[_Process],
    answers: Queue[tuple[_Process, Any]],
    tasks: Iterator[tuple[int, Task]],
    working: int,
    watch: Watch,
    lost: Callable[[Task], Result],
) -> Iterator[tuple[int, Result]]:
    """Yield the number of each task with its result, as soon as it is there; so many processes are at work already."""
    idle = [*processes[working:]]
    while True:
        while idle and (following := next(tasks, None)) is not None:
            idle.pop().give(*following)
            working += 1
        if not working:
            break
        watch.check()
        try:
            process, answer = answers.get(timeout=_LOOK)
        except Empty:
            continue
        if answer is None and process in idle:
            idle.remove(process)
            continue
        working -= 1
        if answer is None:
            yield process.number, lost(process.task)
            continue
        result, error = answer
        if error is not None:
            raise error
        idle.append(process)
        yield process.number, result
    for number, task in tasks:  # nobody is left to work on these
        yield number, lost(task)


def _fatal(task: object) -> NoReturn:
    raise BestandError("a process ended before its time: it may have run out of memory")


def _ordered(results: Iterable[tuple[int, Result]]) -> Iterator[Result]:
    there: dict[int, Result] = {}
    following = 0
    for number, result in results:
        there[number] = result
        while following in there:
            yield there.pop(following)
            following += 1


class _Process:
    """A process of its own, and the task that it works on, with its number."""

    def __init__(self, answers: Queue[tuple[_Process, Any]], make: object, limits: Limits) -> None:
        home = str(Path(__file__).parents[2])  # where this very package is; never the current folder (-P)
        paths = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", _NAME],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},  # as many as should work at once
        )
        self.number, self.task = 0, cast(Any, None)
        self._send(sys.path)  # first, since what follows may come from anywhere
        self._send((make, limits, added()))
        Thread(target=self._listen, args=(answers,), daemon=True).start()

    def give(self, number: int, task: object) -> None:
        """Have it work on a task."""
        self.number, self.task = number, task
        self._send(task)

    def kill(self) -> None:
        """End it, whatever it is doing, and do not wait until it has ended."""
        self._process.kill()

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with suppress(OSError):
                stream.close()

    def _send(self, value: object) -> None:
        assert self._process.stdin is not None
        written = pickle.dumps(value)
        with suppress(OSError):  # it has ended, which the listener tells
            self._process.stdin.write(written)
            self._process.stdin.flush()

    def _listen(self, answers: Queue[tuple[_Process, Any]]) -> None:
        assert self._process.stdout is not None
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            while True:
                answers.put((self, pickle.load(self._process.stdout)))
        answers.put((self, None))


# ---- what a process does ----


def _work(tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Work on task after task, until nobody gives any more."""
    sys.path[:] = pickle.load(tasks)
    make, limits, concepts = pickle.load(tasks)
    register(*concepts)
    watch = Watch(limits)
    given: Queue[Any] = Queue()
    Thread(target=_read, args=(tasks, given), daemon=True).start()
    act: Callable[[Any], Any] | None = None
    while True:
        task = given.get()
        try:
            with guarded(watch):
                act = act or make(watch)
                answer: tuple[Any, Exception | None] = (act(task), None)
        except (BestandError, OutOfPatience) as error:
            answer = (None, error)
        except Exception:
            answer = (None, RuntimeError(traceback.format_exc()))
        answers.write(pickle.dumps(answer))
        answers.flush()


def _read(tasks: IO[bytes], given: Queue[Any]) -> None:
    """Pass the tasks on. When whoever gives them is gone, so is the process, in the middle of whatever it does."""
    while True:
        try:
            given.put(pickle.load(tasks))
        except (EOFError, OSError, pickle.UnpicklingError):
            os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all at a terminal; whoever asked ends this one
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # whatever a package prints is no answer
        _work(sys.stdin.buffer, answers)
