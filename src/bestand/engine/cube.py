"""The cube engine: one array over all 2ⁿ combinations of options, the infeasible ones masked.

An option is an axis of length two, so "what can party i reach" is one pass over the two halves of each of its axes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .chains import Chain, chains, least_improvement
from .explicit import LOW, TOP, ArrayValues, Ints, settle
from .limits import Watch
from .space import Space
from .spec import Parties


class CubeEngine(ArrayValues):
    """Operators as passes over the axes of the option cube; credible replies by sorted blocks.

    A value is a (2ⁿ,) array indexed by the state's bit mask; what it holds at infeasible states means nothing.
    O(2ⁿ) time and memory for each operator, times the sweeps that it takes (one where all states are feasible).
    """

    name = "cube"

    def __init__(self, space: Space, watch: Watch | None = None) -> None:
        self.space = space
        self.watch = watch or Watch()
        self.parties = tuple(space.model.party)
        self._feasible = np.zeros(1 << len(space.model.options), bool)
        self._feasible[space.states] = True
        self._chains: dict[int, tuple[Chain, ...]] = {}

    def rank(self, i: int) -> Ints:
        return self.from_states(self.space.ranks[i])

    def best(self, i: int, f: Ints) -> Ints:
        return self._spread(i, self._masked(f, LOW), np.maximum)

    def worst_reply(self, H: Parties, f: Ints) -> Ints:
        return settle(H, lambda j, g: self._masked(self._spread(j, g.copy(), np.minimum), TOP), self._masked(f, TOP))

    def worst_credible_reply(self, H: Parties, f: Ints) -> Ints:
        listed = settle(H, self._least_improvement, self.over_states(f))
        return self.from_states(listed)

    def least_origin(self, i: int, f: Ints) -> Ints:
        return self._spread(i, self._masked(f, TOP), np.minimum, backward=True)

    def over_states(self, value: NDArray[Any]) -> NDArray[Any]:
        return value[self.space.states]

    def from_states(self, values: NDArray[Any]) -> NDArray[Any]:
        cube = np.zeros(len(self._feasible), values.dtype)
        cube[self.space.states] = values
        return cube

    def _masked(self, f: Ints, neutral: np.int32) -> Ints:
        return np.where(self._feasible, f, neutral)

    def _spread(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        """Gather, in place, the extreme of f over all that party i can reach (or is reached from). O(own · 2ⁿ)."""
        moves = self.space.moves[i]
        first, after = _bits(moves.own)
        if not moves.to_yes | moves.to_no:  # all its axes at once
            block = f.reshape(-1, 1 << (after - first), 1 << first)
            block[...] = of.reduce(block, axis=1, keepdims=True)
            return f
        for k in range(first, after):
            halves = f.reshape(-1, 2, 1 << k)
            no, yes = halves[:, 0], halves[:, 1]
            stays_yes, stays_no = moves.to_yes >> k & 1, moves.to_no >> k & 1
            if backward:
                stays_yes, stays_no = stays_no, stays_yes
            if stays_yes:
                of(no, yes, out=no)
            elif stays_no:
                of(no, yes, out=yes)
            else:
                of(no, yes, out=no)
                yes[...] = no
        return f

    def _least_improvement(self, j: int, f: Ints) -> Ints:
        if j not in self._chains:
            self._chains[j] = chains(self.space.states, self.space.ranks[j], self.space.moves[j])
        return least_improvement(self._chains[j], f)


def _bits(own: int) -> tuple[int, int]:
    """The first bit of a party's options, which stand side by side, and the bit after the last."""
    return (own & -own).bit_length() - 1 if own else 0, own.bit_length()
