"""What this process takes of the machine: the memory that it holds, and a ceiling on it that the system keeps."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
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
    file = _statm()
    if file is not None:
        return int(os.pread(file, 64, 0).split()[1]) * _PAGE
    if resource is None:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if os.uname().sysname == "Darwin" else most * 1024


_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@cache
def _statm() -> int | None:
    try:
        return os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    except (OSError, AttributeError):
        return None


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
    data = _data()
    if data is None:
        return None
    soft, hard = before = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = data + memory + _HEADROOM
    if any(limit != resource.RLIM_INFINITY and limit <= wanted for limit in before):
        return None
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    return soft, hard


def _data() -> int | None:
    """Return what the system counts for its limit on data; None where it has no such limit on all that is allotted."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[5]) * _PAGE
    except OSError:
        return None
