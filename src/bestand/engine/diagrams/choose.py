"""Which package of diagrams there is, and how much memory it may take."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec

from bestand.model.errors import CallError, nearest

from .spec import Diagrams

BACKENDS = ("cudd", "oxidd")

_MOST = 4 * 2**30  # bytes that a computation takes unless told
_FALLBACK = 2 * 2**30  # where the machine does not say what it has


def open_diagrams(order: Sequence[tuple[int, ...]], memory: int | None = None, backend: str | None = None) -> Diagrams:
    """Return an empty table of diagrams.

    Parameters
    ----------
    order : sequence of tuple of int
        The variables from the top down, each once; those of one tuple belong together.
    memory : int, optional
        Bytes that it may take. Half of what the machine has, 4 GiB at most, unless told.
    backend : {"cudd", "oxidd"}, optional
        CUDD where it is installed, unless told.

    Raises
    ------
    CallError
        For a back end that does not exist or is not installed.
    """
    if backend is not None and backend not in BACKENDS:
        hint = nearest(backend, BACKENDS) or f"back ends: {', '.join(BACKENDS)}"
        raise CallError(f"there is no package of decision diagrams '{backend}'; {hint}")
    memory = default_memory() if memory is None else int(min(memory, machine_memory()))
    if backend == "cudd" and not has_cudd():
        raise CallError("the package dd with CUDD is not installed (extra 'symbolic', Linux only); use 'oxidd'")
    if backend == "cudd" or (backend is None and has_cudd()):
        from .cudd import CuddDiagrams

        return CuddDiagrams(order, memory)
    from .oxidd import OxiddDiagrams

    return OxiddDiagrams(order, memory)


def has_cudd() -> bool:
    """Return whether dd is installed with its binding of CUDD."""
    return find_spec("dd") is not None and find_spec("dd.cudd") is not None


def default_memory() -> int:
    """Bytes that a computation takes unless told: half of the machine's memory, within reason."""
    return min(machine_memory() // 2, _MOST)


def machine_memory() -> int:
    """Bytes that the machine has: a table is never made for more, whatever the limit."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 2 * _FALLBACK
