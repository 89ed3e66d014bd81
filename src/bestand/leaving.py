"""Leaving at once, when a signal says so: no file stays half written, and no process at work.

An exception would have to find its way out through whatever is being done, and much of that lets none through: what
loads modules, what collects garbage, code in other languages. So a signal ends the program where it stands, after what
is to be done before it leaves. None of that may wait for anything, since what it waits for may be waiting for it.
"""

from __future__ import annotations

import atexit
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, `kill`, and a terminal that is closed; not every system has each
_acts: list[Callable[[], object]] = []


def heed_signals() -> None:
    """Leave at once when the program is told to stop, with 128 and the number of the signal, as shells have it.

    A signal that whoever started the program keeps from it, as ``nohup`` does, stays ignored.
    """
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _leave)
            atexit.register(signal.signal, number, signal.SIG_IGN)  # last of all: what is done stays done


@contextmanager
def before_leaving(act: Callable[[], object]) -> Iterator[None]:
    """Have something done should a signal end the program in the midst of the block; it must not wait for anything.

    Examples
    --------
    >>> with before_leaving(lambda: print("half a file is taken away")):
    ...     print("nobody interrupts")
    nobody interrupts
    """
    _acts.append(act)
    try:
        yield
    finally:
        _acts.remove(act)


def _leave(number: int, _frame: FrameType | None) -> None:
    for act in list(_acts):
        with suppress(Exception):
            act()
    os._exit(128 + number)
