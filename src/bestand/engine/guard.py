"""A watch kept from outside, over what runs long without looking at it: reading, plain loops, telling.

What looks at its watch stops itself, at a moment of its own choosing, and keeps what it has. A guard comes after that:
a thread of its own, which stops whoever is still at work some time after the limit, wherever that is, except while a
module is being loaded. Nothing that works has to know of it.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from threading import Event, Thread, get_ident
from time import monotonic
from typing import Any

from bestand.model.errors import LimitReached, Stop

from .limits import Watch
from .machine import PROGRAM

_LOOK = 0.05  # seconds between two looks
_GRACE = 0.5  # seconds after the limit, for what has not noticed that it is over
_PART = 2.0  # seconds after the limit, for making an answer of what was finished by then
_TELLING = 10.0  # seconds after the limit, for telling an answer
_AGAIN = 1.0  # seconds until who did not stop is stopped again
_STEPS = 1_000  # of the worker's code, in which a stop arrives for certain
_MORE = 32 * 2**20  # bytes beyond where a watch stops what looks at it, and between one stop and the next


@contextmanager
def guarded(watch: Watch) -> Iterator[None]:
    """Keep the limits of a watch over a block, whatever runs in it; without limits, nothing is done.

    Raises
    ------
    LimitReached
        Inside, where the time has been over for a while, or much more memory is taken than was granted; and where the
        machine itself has no more to give than a limit allows.
    """
    if watch.granted.seconds is None and watch.granted.memory is None:
        yield
        return
    guard = _Guard(watch)
    try:
        yield
    except MemoryError:
        if watch.granted.memory is None:
            raise
        raise LimitReached(watch.full()) from None
    except _Stopped as error:  # whoever asked is told what any limit says
        told = LimitReached(error.stop)
        told.known = error.known
        raise told from None
    finally:
        guard.end()


class _Guard:
    """Looks at a watch until told to end, and stops the thread that made it."""

    def __init__(self, watch: Watch) -> None:
        self._watch, self._worker, self._began = watch, get_ident(), monotonic()
        seconds, memory = watch.granted.seconds, watch.granted.memory
        self._seconds = inf if seconds is None else seconds
        self._memory = inf if memory is None else memory + PROGRAM + _MORE
        self._until = 0.0
        self._ended = Event()
        self._thread = Thread(target=self._look, name="guard", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Look no more; a stop that is on its way arrives here, where nobody minds.

        To take it back instead (by raising nothing) was seen to keep other packages' loops from ending later on.
        """
        while True:
            try:
                self._ended.set()
                self._thread.join()
                for _ in range(_STEPS):
                    pass
            except _Stopped:
                continue
            return

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            if _loading(self._worker) or (stop := self._over()) is None:
                continue
            _throw(self._worker, stop)

    def _over(self) -> Stop | None:
        """Return why the worker has to stop now."""
        watch = self._watch
        grace = _TELLING if watch.rests else _PART if watch.over else _GRACE
        self._until = max(self._until, self._seconds + grace)
        if (seconds := monotonic() - self._began) > self._until:
            self._until = max(seconds + _AGAIN, self._seconds + _PART)
            return watch.late()
        if watch.taken() > self._memory:
            self._memory = watch.taken() + _MORE
            return watch.full()
        return None


def _loading(thread: int) -> bool:
    """Return whether a thread is loading a module, of which half would be left."""
    frame = sys._current_frames().get(thread)
    while frame is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    return frame is not None


def _throw(thread: int, stop: Stop) -> None:
    """Raise an error in a thread, at the next step of its code."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_raising(stop)))


class _Stopped(LimitReached):
    """What a guard raises."""


def _raising(stop: Stop) -> type[LimitReached]:
    """Return a class of the error that says why, without being told: only a class can be raised in another thread."""

    class Stopped(_Stopped):
        def __init__(self, *_: Any) -> None:
            super().__init__(stop)

        def __reduce__(self) -> tuple[type[LimitReached], tuple[Stop]]:
            return LimitReached, (stop,)

    return Stopped
