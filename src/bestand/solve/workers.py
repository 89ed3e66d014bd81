"""Many small tasks, worked on by processes of this machine: their results do not depend on how many work at once.

A process gets what all tasks have in common when it starts; when whoever asked is gone, it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYet
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from bestand.engine.limits import Watch
from bestand.model.errors import BestandError, CallError
from bestand.stability.concept import Concept
from bestand.stability.registry import added, register

Task = TypeVar("Task")
Result = TypeVar("Result")

_LOOK = 0.2  # seconds between two looks at the clock
_AHEAD = 3  # tasks that wait for each worker


def worked(
    make: Callable[[], Callable[[Task], Result]],
    tasks: Iterable[Task],
    watch: Watch,
    workers: int = 1,
    *,
    in_order: bool = True,
) -> Generator[Result, None, None]:
    """The results of some tasks.

    Parameters
    ----------
    make : callable
        Called once in each process, it gives what works the tasks out. It can be pickled, and so can tasks and results.
    tasks : iterable
        Read a few at a time, while others are worked on.
    watch : Watch
        Its limit on time holds at any moment.
    workers : int
        Processes; with one, everything is worked out here.
    in_order : bool
        Whether the results come in the order of the tasks, or each as soon as it is there.

    Raises
    ------
    BestandError
        When a process ends before its time.
    """
    if workers == 1:
        yield from map(make(), tasks)
        return
    with _single_threaded():
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin, (make, added()))
        try:
            asked = (pool.submit(_work, task) for task in tasks)
            yield from (_in_order if in_order else _as_finished)(asked, watch, _AHEAD * workers)
        except BrokenProcessPool as error:
            raise BestandError(
                "a process ended before its time: it may have run out of memory; a script that asks for workers needs "
                "its own code under 'if __name__ == \"__main__\":'"
            ) from error
        finally:
            for process in list((getattr(pool, "_processes", None) or {}).values()):
                process.terminate()  # what it is at is not wanted any more
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _single_threaded() -> Iterator[None]:
    """Processes that are started now use one thread each: they are as many as should work at once."""
    name = "OPENBLAS_NUM_THREADS"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def crew(workers: int | None) -> int:
    """How many processes to work with: as many as asked, or one for each processor.

    Raises
    ------
    CallError
        For less than one.
    """
    if workers is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if workers < 1:
        raise CallError(f"{workers} workers: give 1 or more")
    return workers


def _in_order(asked: Iterator[Future[Result]], watch: Watch, ahead: int) -> Iterator[Result]:
    """Results one after the other, while a few more are asked for."""
    waiting: deque[Future[Result]] = deque()
    for future in asked:
        waiting.append(future)
        if len(waiting) > ahead:
            yield _awaited(waiting.popleft(), watch)
    while waiting:
        yield _awaited(waiting.popleft(), watch)


def _awaited(future: Future[Result], watch: Watch) -> Result:
    while True:
        watch.check()
        try:
            return future.result(_LOOK)
        except NotYet:
            if future.done():
                raise


def _as_finished(asked: Iterator[Future[Result]], watch: Watch, ahead: int) -> Iterator[Result]:
    waiting = set(islice(asked, ahead))
    while waiting:
        watch.check()
        finished, waiting = wait(waiting, _LOOK, FIRST_COMPLETED)
        waiting.update(islice(asked, len(finished)))
        for future in finished:
            yield future.result()


_act: Callable[[Any], Any] | None = None  # of this process


def _begin(make: Callable[[], Callable[[Any], Any]], concepts: tuple[Concept, ...]) -> None:
    """Prepare a process: it knows the concepts that come with bestand, and is told of others."""
    global _act
    register(*concepts)
    _act = make()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _work(task: Any) -> Any:
    assert _act is not None, "a process begins by getting what it needs"
    return _act(task)
