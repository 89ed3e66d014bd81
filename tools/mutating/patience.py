"""A program run with patience: seconds of the processor, which a busy machine takes nothing of."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LOOK = 0.05  # seconds between two looks at a program
_LIMITED = ("sh", "-c", 'ulimit -St "$0" && exec "$@"')  # set by a shell, since threads must not run code after a fork

_at_work: set[int] = set()


@dataclass(frozen=True)
class Ended:
    """How a program ended: its status, None where the patience was over; what it printed; seconds of the processor."""

    status: int | None
    printed: str
    seconds: float


def run(
    call: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: int | None = None, wall: float = 3600
) -> Ended:
    """Run a program, and end it with all that it has started where it takes too long.

    Parameters
    ----------
    call : sequence of str
        The program and its arguments.
    folder : Path
        Where it runs.
    environment : mapping
        Its environment.
    seconds : int, optional
        Of the processor, for the program and each of those that it starts.
    wall : float
        Seconds by the clock, for a program that waits for what never comes.
    """
    limited = call if seconds is None else [*_LIMITED, str(seconds), *call]
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            limited, cwd=folder, env=environment, stdout=out, stderr=subprocess.DEVNULL, process_group=0
        )
        _at_work.add(process.pid)
        until = time.monotonic() + wall
        pid = 0
        try:
            while not pid and time.monotonic() < until:
                time.sleep(_LOOK)
                pid, status, used = os.wait4(process.pid, os.WNOHANG)
        finally:  # also where it ended: what it has left at work shall not be in the way of the next
            _end(process.pid)
            _at_work.discard(process.pid)
            if not pid:
                _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read().decode(errors="replace")
    took = used.ru_utime + used.ru_stime
    over = not pid or process.returncode == -signal.SIGXCPU
    return Ended(None if over else process.returncode, printed, took)


def end_all() -> None:
    """End whatever is at work, whoever waits for it."""
    for pid in list(_at_work):
        _end(pid)


def _end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
