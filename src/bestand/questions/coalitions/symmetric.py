"""The coalition form of SMR: whether a coalition can leave a state for good, for many states at once.

From s the coalition moves to an s1 that serves it better; the others bring that to some s2; from there it moves once
more. It gets away with s1 iff from every such s2 it reaches something that serves it better than s. That depends on s
by what is needed there, and on s2 by its group, what the coalition reaches from it; on s1 by its *outlook*: the groups
to which the others can bring it. So it is asked once for every need, group and outlook.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bestand.engine.limits import Watch

from .dominance import Bools, Ints, Yardstick, above, skyline
from .reach import Reachable, Rows

_AT_ONCE = 2**21  # comparisons of vectors at a time
_WORTH = 2**25  # comparisons up to which looking for the best points first saves nothing
_FEW = 24  # points up to which looking for the best among them saves nothing


@dataclass(frozen=True)
class Points:
    """The best that can be had in each group with each outlook: cells one after the other, group by group.

    Parameters
    ----------
    values : (D, P) int
    outlook : (P,) intp
    starts : (G,) intp
        Where the points of each group begin.
    """

    values: Ints
    outlook: Rows
    starts: Rows


def escaping(yardstick: Yardstick, mine: Reachable, theirs: Reachable, among: Rows, watch: Watch) -> Bools:
    """Find the states from which the coalition gets away with some improvement.

    Parameters
    ----------
    yardstick : Yardstick
    mine, theirs : Reachable
        What the coalition reaches, and what the others reach.
    among : (n,) intp
        The states asked about.
    watch : Watch

    Returns
    -------
    (n,) bool

    Notes
    -----
    O(different needs · points), at most n · S.
    """
    if not len(among):
        return np.zeros(0, bool)
    outlook, seen = _outlooks(mine, theirs)
    needs, which = np.unique(yardstick.needed[:, among], axis=1, return_inverse=True)
    which = which.reshape(-1)
    all_of_them = needs.shape[1] * len(mine.states) <= _WORTH
    points = _points(yardstick.values, mine, outlook[theirs.group], all_of_them=all_of_them)
    order = np.argsort(which, kind="stable")
    ends = np.searchsorted(which[order], np.arange(needs.shape[1] + 1))
    result = np.zeros(len(among), bool)
    step = max(1, _AT_ONCE // max(1, points.values.shape[1]))
    for k in range(0, needs.shape[1], step):
        watch.check()
        served = above(needs[:, k : k + step], points.values)
        good = np.logical_or.reduceat(served, points.starts, axis=1)  # by need, and by group of s2
        away = np.stack([good[:, groups].all(axis=1) for groups in seen], axis=1)  # by need, and by outlook of s1
        served &= away[:, points.outlook]
        left = np.logical_or.reduceat(served, points.starts, axis=1)
        rows = order[ends[k] : ends[min(k + step, needs.shape[1])]]
        result[rows] = left[which[rows] - k, mine.group[among[rows]]]
    return result


def _outlooks(mine: Reachable, theirs: Reachable) -> tuple[Rows, list[Rows]]:
    """Return the outlook of each of the others' groups, and the coalition's groups that each outlook holds."""
    count = len(mine.starts) - 1
    group = np.repeat(np.arange(len(theirs.starts) - 1), np.diff(theirs.starts))
    pairs = np.unique(group * count + mine.group[theirs.states])
    ends = np.searchsorted(pairs, np.arange(len(theirs.starts)) * count)
    known: dict[bytes, int] = {}
    outlook = np.zeros(len(theirs.starts) - 1, np.intp)
    seen: list[Rows] = []
    for h in range(len(outlook)):
        groups = pairs[ends[h] : ends[h + 1]] - h * count
        outlook[h] = known.setdefault(groups.tobytes(), len(known))
        if len(known) > len(seen):
            seen.append(groups)
    return outlook, seen


def _points(values: Ints, mine: Reachable, outlook: Rows, *, all_of_them: bool) -> Points:
    """Return what the coalition can have in each of its groups, by the outlook that it would have there."""
    group = np.repeat(np.arange(len(mine.starts) - 1), np.diff(mine.starts))
    order = np.lexsort((outlook[mine.states], group))
    states, group = mine.states[order], group[order]
    there = outlook[states]
    new = np.ones(len(states), bool)
    new[1:] = (group[1:] != group[:-1]) | (there[1:] != there[:-1])
    starts = np.flatnonzero(new)
    kept = np.ones(len(states), bool)
    for first, count in zip(starts.tolist(), np.diff(starts, append=len(states)).tolist(), strict=True):
        if count > _FEW and not all_of_them:
            kept[first : first + count] = False
            kept[first + skyline(values[:, states[first : first + count]])] = True
    at = np.searchsorted(group[kept], np.arange(len(mine.starts) - 1))
    return Points(values[:, states[kept]], there[kept], at)
