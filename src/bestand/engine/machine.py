"""What this process takes of the machine: the memory that it holds, and a ceiling on it that the system keeps."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

resource: Any = import_module("resource") if find_spec("resource") else None  # Windows has none

PROGRAM = 64 * 2**20  # bytes for what is loaded on the way: packages, their tables
_HEADROOM = 160 * 2**20  # bytes between a limit and the ceiling: the program, stacks of threads, tables that stay empty


def resident() -> int:
    """Return how many bytes of memory this process holds; 0 where the system does not say. Takes microseconds.

    Where only the most that it ever held is known, that.
    """
    held = _pages(1)
    if held is not None:
        return held
    if resource is None:
        return 0
    most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@contextmanager
def ceiling(memory: int | None) -> Iterator[None]:
    """Have the system refuse memory beyond a limit, for as long as the block lasts; where it cannot, nothing is done.

    Parameters
    ----------
    memory : int or None
        Bytes beside what the process has already, with some headroom: what watches itself stops before that.

    Raises
    ------
    MemoryError
        Inside, where something wants more.
    """
    before = None if memory is None else _lower(memory)
    try:
        yield
    finally:
        if before is not None:
            resource.setrlimit(resource.RLIMIT_DATA, before)


def _lower(memory: int) -> tuple[int, int] | None:
    """Lower the limit of the system; return what it was, None where nothing was done."""
    data = _pages(5)
    if data is None:
        return None
    before: tuple[int, int] = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = data + memory + _HEADROOM
    if any(limit != resource.RLIM_INFINITY and limit <= wanted for limit in before):
        return None
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, before[1]))
    return before


def _pages(column: int) -> int | None:
    """Return one of the sizes that Linux tells of this process, in bytes; None elsewhere, whose limits differ too.

    Read anew each time: after a fork, a file that was opened before is still about the other process.
    """
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[column]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None
