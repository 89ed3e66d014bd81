"""A command under limits works in a process of its own, and this one sees to it that it ends.

What works stops itself at a limit, and tells what it has (`bestand.engine.limits`, `bestand.engine.guard`). A package
in the middle of one long operation cannot be stopped from inside, and one that gets no memory may end the process: then
it is said here that a limit was reached, and the exit status is what it always is at a limit.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from itertools import zip_longest
from math import inf

from bestand.leaving import SIGNALS

_GRACE = 2.3  # seconds after the limit, until what does not stop by itself is stopped
_TELLING = 10.0  # seconds more for an answer that is only to be told
_LOOK = 60.0  # seconds between two looks at what should be heard anyway
_BY_A_PROCESS = 0  # who sent a signal: not the terminal, which sends it to both

_supervisor: int | None = None  # in a process that works under one


def supervised(arguments: Sequence[str], work: Callable[[Sequence[str]], int]) -> int:
    """Work in a process of its own where a call has limits, else here; return the exit status.

    The process that works leaves at once when it is done: taking large tables apart can take longer than the limit.
    """
    seconds, memory = _number(_value(arguments, "--seconds")), _value(arguments, "--memory")
    if (seconds is None and memory is None) or not hasattr(os, "fork"):
        return work(arguments)
    awaited = {signal.SIGCHLD, signal.SIGUSR1, *(getattr(signal, name) for name in SIGNALS)}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    worker = os.fork()
    if not worker:
        global _supervisor
        _supervisor = os.getppid()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        status = work(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    status = _status(worker, awaited, inf if seconds is None else time.monotonic() + seconds + _GRACE)
    if status is None:
        from bestand.model.errors import time_over

        assert seconds is not None, "only a limit on time ends it"
        return _told(str(time_over(seconds)), arguments)
    if status < 0 and memory is not None:
        return _told(f"{memory} of memory are full", arguments)
    return status if status >= 0 else 128 - status


def finished() -> None:
    """Tell who waits for this process, if somebody does, that there is an answer, or a part of one: it is told now."""
    if _supervisor is not None and os.getppid() == _supervisor:
        os.kill(_supervisor, signal.SIGUSR1)


def _status(worker: int, awaited: set[signal.Signals], end: float) -> int | None:
    """Return the exit status of the process that works, minus the signal that ended it; None where it took too long."""
    while True:
        heard = signal.sigtimedwait(awaited, min(max(end - time.monotonic(), 0.0), _LOOK))
        ended, status = os.waitpid(worker, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= end:
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            return None
        if heard is None or heard.si_signo == signal.SIGCHLD:
            continue
        if heard.si_signo == signal.SIGUSR1:
            end += _TELLING
        elif heard.si_code == _BY_A_PROCESS:
            os.kill(worker, heard.si_signo)


def _told(why: str, arguments: Sequence[str]) -> int:
    """Say at which limit the work was ended from outside; return the exit status."""
    from .common import stopped

    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K\x1b[?25h")  # of a bar, nothing is left
    return stopped(why, "; nothing was finished by then", json="--json" in arguments)


def _value(arguments: Sequence[str], flag: str) -> str | None:
    """Return what stands behind a flag."""
    for word, after in zip_longest(arguments, arguments[1:]):
        name, equals, value = word.partition("=")
        if name == flag:
            return value if equals else after
    return None


def _number(text: str | None) -> float | None:
    """Return how many seconds were given; None where that is for the command to refuse."""
    try:
        seconds = float(text or "")
    except ValueError:
        return None
    return seconds if 0 < seconds < 1e9 else None
