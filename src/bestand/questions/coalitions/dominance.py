"""Which of many vectors lie above a given one in every coordinate: what "each of them gains" comes to.

A coalition looks at a state with one coordinate for each member, and for the Pareto form one more (`Yardstick`).
Another state serves it better where that reaches what is *needed* here in every coordinate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.choose import ExplicitEngine
from bestand.engine.explicit import narrowed
from bestand.engine.limits import Watch
from bestand.engine.spec import Parties
from bestand.model.errors import LimitReached

from .reach import Reachable, Rows

Ints = NDArray[np.signedinteger]
Bools = NDArray[np.bool_]

_AT_ONCE = 2**20  # comparisons of vectors at a time
_STEP = 256  # offers that are compared with one another at a time
_WORTH = 2**18  # pairs of one group from which on it is looked at by itself


@dataclass(frozen=True)
class Yardstick:
    """The numbers by which a coalition compares states.

    Parameters
    ----------
    values : (D, S) int
        What it looks at: every member's rank, and where it is content if some gain and none loses, the sum of these.
    needed : (D, S) int
        What a state must offer to serve the coalition better than each state: more of every rank; or as much of every
        rank, and more in sum. (Ranks have no sum that means anything. But of two states, one no worse for anybody than
        the other, the sum is equal where all ranks are, and greater where not.)
    """

    values: Ints
    needed: Ints

    @classmethod
    def of(cls, engine: ExplicitEngine, coalition: Parties, *, pareto: bool) -> Yardstick:
        """Return the yardstick of a coalition.

        Parameters
        ----------
        engine : ExplicitEngine
        coalition : tuple of int
        pareto : bool
            Whether it is enough that none loses and some gain; else each has to gain.
        """
        ranks = np.array([engine.over_states(engine.rank(i)) for i in coalition], np.int32)
        if pareto:
            total = ranks.sum(axis=0, dtype=np.int32)
            values, needed = np.vstack([ranks, total]), np.vstack([ranks, total + 1])
        else:
            values, needed = ranks, ranks + 1
        kind = narrowed(needed).dtype  # what is half as wide is compared in half the time
        return cls(values.astype(kind), needed.astype(kind))

    def serves(self, state: int) -> Bools:
        """(S,): which states serve the coalition better than one."""
        found: Bools = np.logical_and.reduce(self.values >= self.needed[:, state, None], axis=0)
        return found


def offered(needed: Ints, offers: Ints, to: Reachable, among: Rows, watch: Watch) -> Bools:
    """Find the states from which some reachable state offers all that is needed.

    Parameters
    ----------
    needed : (D, S) int
    offers : (D, S) int
    to : Reachable
    among : (n,) intp
        The states asked about.
    watch : Watch

    Returns
    -------
    (n,) bool

    Notes
    -----
    O(D · pairs of a state and what is reached from it); large groups are looked at through their skyline, the offers
    that no other of the group surpasses.
    """
    result = np.zeros(len(among), bool)
    for rows, there in _batches(to, among):
        watch.check()
        if rows.shape[1] * there.shape[1] > _WORTH:
            best = there[0, skyline(offers[:, there[0]])]
            result[rows[0]] = _any_above(needed[:, among[rows[0]]], offers[:, best])
        else:
            result[rows] = _all_above(needed[:, among[rows]], offers[:, there]).any(axis=2)
    return result


def improvements(needed: Ints, offers: Ints, to: Reachable, watch: Watch, most: int) -> tuple[Rows, Rows]:
    """Return every pair of a state and a reachable one that offers all that it needs: ``(sources, targets)``.

    Raises
    ------
    LimitReached
        Where there are more than ``most``.

    Notes
    -----
    O(D · pairs of a state and what is reached from it).
    """
    sources: list[Rows] = [np.zeros(0, np.intp)]
    targets: list[Rows] = [np.zeros(0, np.intp)]
    for rows, there in _batches(to, np.arange(needed.shape[1])):
        step = max(1, _AT_ONCE // (len(rows) * there.shape[1]))
        for k in range(0, rows.shape[1], step):
            watch.check()
            some = rows[:, k : k + step]
            block, source, target = np.nonzero(_all_above(needed[:, some], offers[:, there]))
            sources.append(some[block, source])
            targets.append(there[block, target])
            most -= len(block)
            if most < 0:
                raise LimitReached(
                    "memory",
                    "too many improvements of coalitions that may answer under seq; those of single parties are "
                    "quicker (--sanctioners parties)",
                )
    return np.concatenate(sources), np.concatenate(targets)


def skyline(offers: Ints) -> Rows:
    """Return the columns that no other column surpasses; of equal ones, one.

    Examples
    --------
    >>> skyline(np.array([[1, 2, 0, 1], [1, 0, 2, 0]])).tolist()
    [0, 1, 2]
    """
    order = np.lexsort(offers)
    ordered = offers[:, order]
    new = np.ones(len(order), bool)
    new[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    order = order[new]
    order = order[np.argsort(-offers[:, order].sum(axis=0, dtype=np.int64), kind="stable")]  # the best come first
    kept = np.zeros(0, np.intp)
    for k in range(0, len(order), _STEP):
        fresh = order[k : k + _STEP]
        fresh = fresh[~_any_above(offers[:, fresh], offers[:, kept])]
        here = offers[:, fresh]
        kept = np.r_[kept, fresh[np.count_nonzero(above(here, here), axis=1) == 1]]  # each surpasses itself
    return np.sort(kept)


def above(needed: Ints, offers: Ints) -> Bools:
    """(n, m): which of m offers reach each of n needs in every coordinate."""
    result = offers[0] >= needed[0][:, None]
    for mine, theirs in zip(needed[1:], offers[1:], strict=True):
        result &= theirs >= mine[:, None]
    return result


def _any_above(needed: Ints, offers: Ints) -> Bools:
    """(n,): whether some offer reaches each need."""
    result = np.zeros(needed.shape[1], bool)
    left = np.arange(needed.shape[1])
    step = 64  # the first few offers serve most
    k = 0
    while k < offers.shape[1] and len(left):
        rows = max(1, _AT_ONCE // step)
        for r in range(0, len(left), rows):
            these = left[r : r + rows]
            result[these] = above(needed[:, these], offers[:, k : k + step]).any(axis=1)
        left = left[~result[left]]
        k, step = k + step, min(4 * step, 1024)
    return result


def _all_above(needed: Ints, offers: Ints) -> Bools:
    """(b, n, m): of b groups side by side, which of m offers reach each of n needs in every coordinate."""
    result = offers[0][:, None, :] >= needed[0][:, :, None]
    for mine, theirs in zip(needed[1:], offers[1:], strict=True):
        result &= theirs[:, None, :] >= mine[:, :, None]
    return result


def _batches(to: Reachable, among: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Groups of one size side by side: (b, n) places in ``among`` of those that ask, and (b, m) states they reach."""
    order = np.argsort(to.group[among], kind="stable")
    group = to.group[among][order]
    first = np.flatnonzero(np.r_[True, group[1:] != group[:-1]]) if len(group) else np.zeros(0, np.intp)
    groups = group[first]
    asking = np.diff(first, append=len(among))
    reached = np.diff(to.starts)[groups]
    sizes = np.stack([asking, reached])
    for n, m in np.unique(sizes, axis=1).T.tolist():
        alike = np.flatnonzero((asking == n) & (reached == m))
        step = max(1, _AT_ONCE // (n * m)) if n * m <= _WORTH else 1
        for k in range(0, len(alike), step):
            some = alike[k : k + step]
            rows = order[first[some][:, None] + np.arange(n)]
            yield rows, to.states[to.starts[groups[some]][:, None] + np.arange(m)]
