"""How long a command may take, how much it may take, and how far it is: the flags, and the bar on the terminal."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from bestand.leaving import before_leaving
from bestand.model.errors import CallError

if TYPE_CHECKING:
    from bestand.engine.limits import Progress, Watch

_PATIENCE = 1.0  # seconds before the bar appears
_SIZE = re.compile(r"\s*(\d+(?:\.\d*)?)\s*([KMGT]?)i?B?\s*", re.IGNORECASE)


@Parameter(name="*")
@dataclass(frozen=True)
class LimitFlags:
    """The flags that limit a command.

    Parameters
    ----------
    seconds
        Stop after so many seconds, with what is finished by then.
    states
        The most states to list one by one; beyond them the symbolic engine answers with sets of states.
    memory
        The most memory to take, such as 500M or 4G.
    """

    seconds: float | None = None
    states: int | None = None
    memory: Annotated[str | None, Parameter(show_default=False)] = None


@contextmanager
def limited(flags: LimitFlags | None) -> Iterator[Watch]:
    """A watch under the limits of a call, kept over all that is done in the block: reading, working, telling."""
    from bestand.engine.guard import guarded
    from bestand.engine.limits import Limits, Watch
    from bestand.engine.machine import ceiling

    flags = flags or LimitFlags()
    memory = None if flags.memory is None else size_of(flags.memory)
    watch = Watch(Limits(flags.seconds, flags.states, memory))
    with ceiling(memory), guarded(watch):
        yield watch


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """On a terminal, a bar on standard error shows how far the work in the block is."""
    if not sys.stderr.isatty():
        yield
        return
    bar = _Bar()
    watch.report = bar.tell
    with before_leaving(bar.wipe):
        try:
            yield
        finally:
            watch.report = None
            bar.close()


def size_of(text: str) -> int:
    """A number of bytes from what people write.

    Raises
    ------
    CallError
        For what is no size.

    Examples
    --------
    >>> size_of("4G"), size_of("1.5 MiB"), size_of("1000")
    (4294967296, 1572864, 1000)
    """
    found = _SIZE.fullmatch(text)
    if not found:
        raise CallError(f"--memory {text}: give a size, such as 500M or 4G")
    return int(float(found[1]) * 1024 ** " KMGT".index(found[2].upper() or " "))


class _Bar:
    """The bar; it appears when a command takes long enough for somebody to wonder."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: Progress | None = None
        self._shown: Any = None
        self._task: Any = None
        self._phase = ""
        self._closed = False
        self._timer = threading.Timer(_PATIENCE, self._appear)
        self._timer.daemon = True
        self._timer.start()

    def tell(self, progress: Progress) -> None:
        """Hear how far things are."""
        with self._lock:
            self._last = progress
            self._draw()

    def close(self) -> None:
        """Take the bar away."""
        self._timer.cancel()
        with self._lock:
            self._closed = True
            if self._shown is not None:
                self._shown.stop()

    def wipe(self) -> None:
        """Leave the terminal as it was, not waiting for whoever draws."""
        if self._shown is not None:
            os.write(2, b"\r\x1b[2K\x1b[?25h")  # the line emptied, the cursor shown

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with self._lock:
            if self._closed:
                return
            self._shown = Progress(*columns, console=Console(stderr=True), transient=True)
            self._draw()
            self._shown.start()

    def _draw(self) -> None:
        """Show the last that was heard; a phase has a line of its own, which the next one takes away."""
        if self._shown is None or self._last is None:
            return
        last = self._last
        if last.phase != self._phase:
            if self._phase:
                self._shown.remove_task(self._task)
            self._phase = last.phase
            self._task = self._shown.add_task(last.phase, total=last.total)
        self._shown.update(self._task, completed=last.done)
