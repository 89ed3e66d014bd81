"""The shortest exact description of a set by yes and no: a cover by prime implicants.

A term fixes some variables and leaves the others free. Of all sets of terms that hold in every row of one table and in
none of another, what is in neither table does not matter, and those are taken that need the fewest terms, then the
fewest fixed variables, then as few as can be that are not preferred, then those that come first.

Source: Quine (1952), McCluskey (1956), for up to twelve variables that matter. With more, or where the search takes too
long, each term is made as wide as can be in turn, and those that others make needless are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bestand.engine.states import distinct_rows

Bools = NDArray[np.bool_]
Term = tuple[tuple[int, bool], ...]  # variables, ascending, each with the value that it has to have

MOST = 12  # variables of which every term is looked at
_PRIMES = 2_000  # among which the shortest cover is looked for
_LOOKS = 3_000_000  # pairs of a row and a term that the search looks at
_FREE = 2  # in a table of terms: a variable that a term leaves free


@dataclass(frozen=True, slots=True)
class Cover:
    """Terms of which at least one holds in every row that is meant, and none in any other.

    Parameters
    ----------
    terms : tuple of Term
        None of them where nothing is meant; one without variables where everything is.
    shortest : bool
        Whether no shorter cover exists.
    """

    terms: tuple[Term, ...]
    shortest: bool


def cover(meant: Bools, other: Bools, preferred: Collection[int] = ()) -> Cover:
    """Return the shortest cover of some rows.

    Parameters
    ----------
    meant, other : (M, n) and (K, n) bool
        No row is in both.
    preferred : collection of int
        Variables that are taken rather than others where that makes the cover no longer.

    Examples
    --------
    >>> cover(np.array([[True, False], [True, True]]), np.array([[False, False]])).terms
    (((0, True),),)
    """
    if not len(meant):
        return Cover((), True)
    if not len(other):
        return Cover(((),), True)
    alone = _alone(meant, other, preferred)
    if alone is not None:
        return Cover((alone,), True)
    kept = _needed(meant, other) if meant.shape[1] > MOST else range(meant.shape[1])
    inner = {k for k, variable in enumerate(kept) if variable in preferred}
    found = _cover(distinct_rows(meant[:, kept]), distinct_rows(other[:, kept]), inner)
    terms = tuple(tuple((kept[k], value) for k, value in term) for term in found.terms)
    return Cover(terms, found.shortest and len(kept) == meant.shape[1])


def _alone(meant: Bools, other: Bools, preferred: Collection[int]) -> Term | None:
    """Return one variable that tells the two tables apart, with its value; None where it takes several."""
    value = meant[0]
    apart = (meant == value).all(axis=0) & (other != value).all(axis=0)
    found = sorted(np.flatnonzero(apart).tolist(), key=lambda variable: (variable not in preferred, variable))
    return ((found[0], bool(value[found[0]])),) if found else None


def _cover(meant: Bools, other: Bools, preferred: Collection[int]) -> Cover:
    if meant.shape[1] <= MOST:
        primes = sorted(_primes(meant, other), key=lambda term: _cost(term, preferred))
        chosen = _Search(meant, primes, preferred).best()
        if chosen is not None:
            return Cover(chosen, True)
    return Cover(_irredundant(meant, [_widened(row, other) for row in meant]), False)


def _needed(meant: Bools, other: Bools) -> Sequence[int]:
    """Return variables that tell the two tables apart, without those that are not needed for it, the last first."""
    kept = [*range(meant.shape[1])]
    for variable in reversed(range(meant.shape[1])):
        fewer = [k for k in kept if k != variable]
        if not {row.tobytes() for row in meant[:, fewer]} & {row.tobytes() for row in other[:, fewer]}:
            kept = fewer
    return kept


def _primes(meant: Bools, other: Bools) -> Iterable[Term]:
    """Yield the widest terms that hold in a row that is meant and in no other. O(n · 3ⁿ)."""
    hits, spoilt = (_terms_with(rows) for rows in (meant, other))
    wide = hits & ~spoilt
    for axis in range(wide.ndim):
        freed = ~np.take(spoilt, [_FREE], axis)
        fixed = np.arange(3).reshape([-1 if k == axis else 1 for k in range(wide.ndim)]) != _FREE
        wide = wide & ~(freed & fixed)
    for place in np.argwhere(wide):
        yield tuple((k, bool(value)) for k, value in enumerate(place.tolist()) if value != _FREE)


def _terms_with(rows: Bools) -> Bools:
    """(3, …, 3): whether a term holds in some row. An axis a variable: no, yes, free."""
    table = np.zeros((2,) * rows.shape[1], bool)
    table[tuple(rows.T.astype(np.intp))] = True
    for axis in range(table.ndim):
        table = np.concatenate([table, table.any(axis=axis, keepdims=True)], axis)
    return table


def _cost(term: Term, preferred: Collection[int]) -> tuple[int, int, list[tuple[int, bool]]]:
    others = sum(variable not in preferred for variable, _ in term)
    return len(term), others, [(variable, not value) for variable, value in term]


class _Search:
    """Looks for the cheapest set of terms that covers all rows: fewer terms first, and among these the cheapest."""

    def __init__(self, meant: Bools, primes: Sequence[Term], preferred: Collection[int]) -> None:
        cheapest: dict[int, Term] = {}  # by the rows that a term covers, the primes being sorted by what they cost
        for term in primes:
            cheapest.setdefault(_bits(_holds(term, meant)), term)
        self._few = len(cheapest) <= _PRIMES
        self._terms = [
            (term, rows, _cost(term, preferred)[:2])
            for k, (rows, term) in enumerate(cheapest.items())
            if not self._few or not any(rows | more == more for more in islice(cheapest, k))
        ]
        self._all = (1 << len(meant)) - 1
        self._left = _LOOKS
        self._best: tuple[tuple[int, int], tuple[Term, ...]] | None = None

    def best(self) -> tuple[Term, ...] | None:
        """Return the cheapest; None where there are too many terms, or that takes too long."""
        alone = next((term for term, rows, _ in self._terms if rows == self._all), None)
        if alone is not None:
            return (alone,)
        if not self._few:
            return None
        for most in range(1, len(self._terms) + 1):
            self._look(self._all, most, (), (0, 0))
            if self._left <= 0:
                return None
            if self._best is not None:
                return tuple(sorted(self._best[1]))
        return None

    def _look(self, rows: int, most: int, chosen: tuple[Term, ...], cost: tuple[int, int]) -> None:
        self._left -= rows.bit_count() * len(self._terms)
        if self._left <= 0 or (self._best is not None and cost >= self._best[0]):
            return
        if not rows:
            self._best = cost, chosen
            return
        if not most or most * max((each & rows).bit_count() for _, each, _ in self._terms) < rows.bit_count():
            return
        for term, each, more in self._fewest_ways(rows):
            self._look(rows & ~each, most - 1, (*chosen, term), (cost[0] + more[0], cost[1] + more[1]))

    def _fewest_ways(self, rows: int) -> list[tuple[Term, int, tuple[int, int]]]:
        """Return the terms for the row, of those left, that the fewest terms cover."""
        ways: list[tuple[Term, int, tuple[int, int]]] = []
        while rows:
            row = rows & -rows
            rows ^= row
            here = [each for each in self._terms if each[1] & row]
            if not ways or len(here) < len(ways):
                ways = here
        return ways


def _widened(row: Bools, other: Bools) -> Term:
    """Return a term that holds in a row and in no other one, without what can be left out of it, the last first."""
    differs = other != row
    left = np.count_nonzero(differs, axis=1)  # by other row: in how many of the variables kept it differs
    kept = [*range(len(row))]
    for variable in reversed(range(len(row))):
        fewer = left - differs[:, variable]
        if fewer.all():
            kept.remove(variable)
            left = fewer
    return tuple((variable, bool(row[variable])) for variable in kept)


def _irredundant(meant: Bools, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms without those that the others make needless, the narrowest first."""
    kept = dict.fromkeys(sorted(set(terms), key=lambda term: (len(term), term)))
    covered = np.zeros(len(meant), np.intp)  # by row: how many terms hold in it
    for term in kept:
        covered += _holds(term, meant)
    for term in reversed([*kept]):
        here = _holds(term, meant)
        if (covered[here] > 1).all():
            del kept[term]
            covered -= here
    return tuple(sorted(kept))


def _holds(term: Term, rows: Bools) -> Bools:
    holds = np.ones(len(rows), bool)
    for variable, value in term:
        holds &= rows[:, variable] == value
    return holds


def _bits(truth: Bools) -> int:
    return int.from_bytes(np.packbits(truth, bitorder="little").tobytes(), "little")
