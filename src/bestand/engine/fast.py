"""Compiled loops: the extra ``fast``, which is numba. Without it everything works the same, and large models slower.

A loop is an ordinary function that numba can compile. It is compiled when a model is large enough for that to pay:
loading numba takes most of a second, and compiling a loop for the first time on a machine a few more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

WORTH_SWEEPING = 2**22  # places from which on compiled sweeps save more than loading numba takes
WORTH_LABELLING = 2**16  # the same for labels: without numba they are a loop in Python

Loop = Callable[..., Any]


def compiled(loop: Loop, places: int, worth: int) -> Loop | None:
    """Return the loop, compiled; None where numba is not installed, or the model too small to load it for."""
    return _compiled(loop) if places >= worth else None


@cache
def _compiled(loop: Loop) -> Loop | None:
    try:
        from numba import njit
    except ImportError:
        return None
    try:
        return njit(cache=True)(loop)
    except RuntimeError:  # nowhere to keep what was compiled for the next time
        return njit(loop)
