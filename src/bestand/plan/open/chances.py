"""Chances of combinations that keep what is stated of some answers, and say nothing more."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

_STEPS = 200  # a chance that is nothing is only ever come nearer to, by a constant factor each
_KEPT = 1e-13  # how well a stated chance is kept
_WRONG = 1e-9  # from which on it is not

Floats = NDArray[np.float64]


def evenest(rows: NDArray[np.intp], wanted: Mapping[tuple[int, int], float]) -> list[float] | None:
    """The chances of the greatest entropy among those that give stated chances to some answers.

    Parameters
    ----------
    rows : (N, questions) int
        The combinations that there are, as the numbers of their answers.
    wanted : mapping of (question, answer) to float

    Returns
    -------
    list of float or None
        None where no chances keep all that is stated.

    Notes
    -----
    A factor for each stated answer, found by Newton's method on the dual, which is concave: O(N · stated²) for a step.

    Examples
    --------
    >>> evenest(np.array([(0, 0), (0, 1), (1, 0)]), {(0, 1): 0.2})
    [0.4, 0.4, 0.2]
    """
    so = np.array([rows[:, t] == k for t, k in wanted], float).reshape(len(wanted), len(rows)).T
    aim = np.array(list(wanted.values()))
    factors = np.zeros(len(aim))
    height, chances = _dual(so, aim, factors)
    for _ in range(_STEPS):
        mean = chances @ so
        off = aim - mean
        if not np.any(np.abs(off) > _KEPT):
            break
        curve = (so * chances[:, None]).T @ so - np.outer(mean, mean)
        step = np.linalg.lstsq(curve + 1e-14 * np.eye(len(aim)), off, rcond=None)[0]
        step *= min(1.0, 10.0 / max(float(np.abs(step).max()), 1e-300))
        higher, there = _dual(so, aim, factors + step)
        while higher < height and np.abs(step).max() > 1e-12:
            step /= 2
            higher, there = _dual(so, aim, factors + step)
        factors, height, chances = factors + step, higher, there
    if np.any(np.abs(aim - chances @ so) > _WRONG):
        return None
    return [round(float(chance), 12) for chance in chances]


def _dual(so: Floats, aim: Floats, factors: Floats) -> tuple[float, Floats]:
    """Return what is to be made as high as can be, and the chances that some factors (as logarithms) make."""
    heights = so @ factors
    top = float(heights.max())
    weights = np.exp(heights - top)
    whole = float(weights.sum())
    return float(aim @ factors) - top - math.log(whole), weights / whole
