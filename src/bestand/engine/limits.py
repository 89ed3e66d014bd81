"""How long and how large a computation may become, and how far it is: watched from inside, stopped cleanly.

A `Watch` goes along with one computation. What computes tells it where it is (`phase`, `step`) and what it is about to
take (`room`); the watch stops it with `LimitReached`, and tells whoever listens. The library itself prints nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import inf
from typing import NoReturn

from bestand.model.errors import CallError, LimitReached, Stop, time_over
from bestand.model.message import Bytes, Message, message

from .machine import PROGRAM, resident

_TOLD_EVERY = 0.05  # seconds between two reports of the same phase
_WEIGHED_EVERY = 0.02  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Limits:
    """What a computation may take; None is no limit.

    Parameters
    ----------
    seconds : float, optional
        Wall time.
    states : int, optional
        Feasible states that are listed one by one; beyond them, sets of states are all that is left.
    memory : int, optional
        Bytes for the states, the ranks and what is worked out from them; what the program itself takes comes on top.

    Raises
    ------
    CallError
        For a limit of zero or less.

    Examples
    --------
    >>> Limits(seconds=60, memory=2 * 2**30).seconds
    60
    """

    seconds: float | None = None
    states: int | None = None
    memory: int | None = None

    def __post_init__(self) -> None:
        for name in ("seconds", "states", "memory"):
            value = getattr(self, name)
            if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
                raise CallError(f"a limit of {value!r} {name}: give a number")
            if value is not None and not value > 0:
                raise CallError(f"a limit of {value:g} {name}: give more than 0, or no limit")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a computation is.

    Parameters
    ----------
    phase : str
        What is being done, in words.
    done : int
        Steps of the phase that are done.
    total : int or None
        Steps that the phase has; None where nobody can know.
    seconds : float
        Since the computation began.
    """

    phase: str
    done: int
    total: int | None
    seconds: float


class OutOfPatience(Exception):
    """What was begun takes longer than was hoped, and may be tried in another way."""


class Watch:
    """Looks after one computation.

    Parameters
    ----------
    limits : Limits
    report : callable, optional
        Called with a `Progress` at the beginning of every phase, and a few times a second at most after that.

    Attributes
    ----------
    limits, granted : Limits
        Those that it keeps now, and those that it was made with.
    over : bool
        Whether it has stopped something.
    rests : bool
        Whether the work is done.
    """

    def __init__(self, limits: Limits | None = None, report: Callable[[Progress], None] | None = None) -> None:
        self.limits = self.granted = limits or Limits()
        self.report = report
        self._began = time.monotonic()
        self._held = resident()
        self._told = self._weighed = 0.0
        self._patience = inf
        self._phase: Message | None = None
        self._done = 0
        self._total: int | None = None
        self.over = self.rests = False

    @property
    def seconds(self) -> float:
        """Return how long the computation has run."""
        return time.monotonic() - self._began

    def inner(self) -> Watch:
        """Return a watch for a part of the work, under the same limits and clock; what it does is not told."""
        inner = Watch(self.limits)
        inner._began, inner._held = self._began, self._held
        return inner

    def rest(self) -> None:
        """The work is done: whoever goes on with its results is stopped no more, and tells no progress."""
        self.rests = True
        self.limits = replace(self.limits, seconds=None, memory=None)
        self.report = None

    @contextmanager
    def patience(self, seconds: float) -> Iterator[None]:
        """For what has a second way: inside, `OutOfPatience` is raised once so many seconds have passed."""
        self._patience = self.seconds + seconds
        try:
            yield
        finally:
            self._patience = inf

    def phase(self, words: str, total: int | None = None) -> None:
        """Begin a phase of so many steps. Raises `LimitReached` where the time is over."""
        self._phase, self._done, self._total = Message(words), 0, total
        self._told = -_TOLD_EVERY
        self.check()

    def step(self, steps: int = 1) -> None:
        """Some steps are done. Raises `LimitReached` where the time is over."""
        self._done += steps
        self.check()

    def check(self) -> None:
        """Look at the clock and the memory, and tell how far things are. Cheap: 100,000 calls take a second."""
        seconds = self.seconds
        if self.report is not None and seconds - self._told >= _TOLD_EVERY:
            self._told = seconds
            self.report(Progress(str(self._phase or ""), self._done, self._total, seconds))
        if self.limits.seconds is not None and seconds > self.limits.seconds:
            self._stop(self.late())
        if self.limits.memory is not None and seconds - self._weighed >= _WEIGHED_EVERY:
            self._weighed = seconds
            if self.taken() > self.limits.memory + PROGRAM:
                self._stop(self.full())
        if seconds > self._patience:
            raise OutOfPatience

    def taken(self) -> int:
        """Return how many bytes this process holds more than when the computation began."""
        return resident() - self._held

    def late(self) -> Stop:
        """Return that the time is over, as data."""
        return time_over(self.granted.seconds or self.seconds, self._phase)

    def full(self) -> Stop:
        """Return that the memory is full, as data."""
        limit = Bytes(self.granted.memory or self.taken())
        if self._phase is None:
            return Stop(message("{limit} of memory are full", limit=limit), "memory")
        return Stop(message("{limit} of memory are full, while {phase}", limit=limit, phase=self._phase), "memory")

    def room(self, size: int, content: str) -> None:
        """``content`` is about to take so many bytes in all. Raises `LimitReached` where they are not granted."""
        if self.limits.memory is not None and size > self.limits.memory:
            self._stop(
                Stop(
                    message(
                        "{what} would take {size}; the limit is {limit}",
                        what=Message(content),
                        size=Bytes(size),
                        limit=Bytes(self.limits.memory),
                    ),
                    "memory",
                )
            )

    def _stop(self, stop: Stop) -> NoReturn:
        self.over = True
        raise LimitReached(stop)
