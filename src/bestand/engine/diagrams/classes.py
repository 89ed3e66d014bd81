"""A set that differs from variant to variant, as arrays: states that are in it in the same variants are one class.

Its diagram asks for the options of a state first, and then for what tells the variants apart. So a state leads through
it to a function of the variants alone, and all that lead to the same one are alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .table import Table

Bools = NDArray[np.bool_]

_AT_ONCE = 2**22  # places of a table that are numbers for a moment


@dataclass(frozen=True)
class Classes:
    """Which states are in a set in which variants.

    Parameters
    ----------
    of : (S,) intp
        The class of each state.
    bits : (U, bytes) uint8
        In which variants the states of a class are in the set, eight variants in each.
    variants : int
    """

    of: NDArray[np.intp]
    bits: NDArray[np.uint8]
    variants: int

    def table(self, these: slice = slice(None)) -> Bools:
        """(U, V): whether the states of a class are in the set in each variant; of some classes."""
        return np.unpackbits(self.bits[these], axis=1, count=self.variants).view(bool)

    def counts(self, among: Bools) -> NDArray[np.int64]:
        """(F, V): how many states of each of some sets (F, S) are in the set in each variant."""
        of = [np.bincount(self.of[these], minlength=len(self.bits)) for these in among]
        numbers = np.array(of, np.float64).reshape(len(among), len(self.bits))  # exact: no set has 2⁵³ states
        found = np.zeros((len(among), self.variants))
        step = max(1, _AT_ONCE // max(1, self.variants))
        for first in range(0, len(self.bits), step):
            some = slice(first, first + step)
            found += numbers[:, some] @ self.table(some)
        return found.astype(np.int64)

    def weighed(self, variants: NDArray[np.intp], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """(S,): what some variants count together in which each state is in the set."""
        total = np.zeros(len(self.bits))
        step = max(1, _AT_ONCE // max(1, len(self.bits)))
        for first in range(0, len(variants), step):
            some = variants[first : first + step]
            in_set = self.bits[:, some >> 3] >> (7 - (some & 7)).astype(np.uint8) & 1
            total += in_set @ weights[first : first + step]
        return total[self.of]


def classes(written: Table, states: NDArray[np.uint64], options: int, codes: Bools) -> Classes:
    """Return a set as classes of states.

    Parameters
    ----------
    written : Table
        Its diagram, in which the options stand above all other variables.
    states : (S,) uint64
    options : int
    codes : (V, B) bool
        The other variables in each variant.

    Notes
    -----
    O(S · options + nodes · V).
    """
    rows = _rows(written, options, codes)
    var, low, high = (np.array(part, np.intp) for part in (written.var, written.low, written.high))
    at = np.full(len(states), written.root)
    for _ in range(options):
        asks = np.flatnonzero(at >= 2)
        asks = asks[var[at[asks] - 2] < options]
        if not len(asks):
            break
        node = at[asks] - 2
        yes = states[asks] >> var[node].astype(np.uint64) & np.uint64(1) != 0
        at[asks] = np.where(yes, high[node], low[node])
    reached, of = np.unique(at, return_inverse=True)
    return Classes(of, np.stack([rows[node] for node in reached.tolist()]), len(codes))


def true_in(written: Table, options: int, codes: Bools) -> Bools:
    """(V,): in which variants a function holds that asks for no option."""
    return np.unpackbits(_rows(written, options, codes)[written.root], count=len(codes)).view(bool)


def _rows(written: Table, options: int, codes: Bools) -> dict[int, NDArray[np.uint8]]:
    """Return in which variants each node holds that asks for no option, eight variants in each byte."""
    asked = np.packbits(codes.T, axis=1)
    nothing = np.zeros(-(-len(codes) // 8), np.uint8)
    rows = {0: nothing, 1: ~nothing}
    for node, (var, low, high) in enumerate(zip(written.var, written.low, written.high, strict=True), start=2):
        if var >= options:
            yes = asked[var - options]
            rows[node] = yes & rows[high] | ~yes & rows[low]
    return rows
