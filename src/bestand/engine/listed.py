"""The listed engine: arrays over the feasible states only, for sets much smaller than all combinations."""

from __future__ import annotations

import numpy as np

from .chains import Chain, chains, least_improvement
from .explicit import ArrayValues, Ints, settle
from .limits import Watch
from .space import Space
from .spec import Parties


class ListedEngine(ArrayValues):
    """Every party's blocks sorted once; an operator is one pass over them.

    A value is an (S,) array over the feasible states. O(S) memory per party and pattern of its one-way options.
    """

    name = "listed"

    def __init__(self, space: Space, watch: Watch | None = None) -> None:
        self.space = space
        self.watch = watch or Watch()
        self.parties = tuple(space.model.party)
        self._chains: dict[tuple[int, bool], tuple[Chain, ...]] = {}

    def rank(self, i: int) -> Ints:
        return self.space.ranks[i]

    def best(self, i: int, f: Ints) -> Ints:
        return self._over_blocks(i, f, np.maximum)

    def worst_reply(self, H: Parties, f: Ints) -> Ints:
        return settle(H, lambda j, g: self._over_blocks(j, g, np.minimum), f)

    def worst_credible_reply(self, H: Parties, f: Ints) -> Ints:
        return settle(H, lambda j, g: least_improvement(self._chains_of(j), g), f)

    def least_origin(self, i: int, f: Ints) -> Ints:
        return self._over_blocks(i, f, np.minimum, backward=True)

    def _over_blocks(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        result = f.copy()
        for chain in self._chains_of(i, backward=backward):
            result[chain.readers] = chain.extreme(f, of)
        return result

    def _chains_of(self, i: int, *, backward: bool = False) -> tuple[Chain, ...]:
        moves = self.space.moves[i]
        backward = backward and bool(moves.to_yes | moves.to_no)  # reversible moves look the same both ways
        if (i, backward) not in self._chains:
            self._chains[i, backward] = chains(self.space.states, self.space.ranks[i], moves, backward=backward)
        return self._chains[i, backward]
