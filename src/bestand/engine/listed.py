"""The listed engine: arrays over the feasible states only, for sets much smaller than all combinations."""

from __future__ import annotations

import numpy as np

from .blocks import BlockEngine
from .explicit import Ints
from .spec import Parties


class ListedEngine(BlockEngine):
    """Every party's blocks sorted once; an operator is one pass over them.

    A value is an (S,) array over the feasible states. O(S) memory per party and pattern of its one-way options.
    """

    name = "listed"

    def worst_reply(self, H: Parties, f: Ints) -> Ints:
        return self._noted(f, self._lowered(H, f, "moves"))

    def worst_credible_reply(self, H: Parties, f: Ints) -> Ints:
        return self._noted(f, self._lowered(H, f, "improvements"))

    def worst_best_reply(self, H: Parties, f: Ints) -> Ints:
        return self._noted(f, self._lowered(H, f, "best moves"))

    def _extreme(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        result = f.copy()
        for chain in self._blocks(i, backward=backward):
            chain.take(result, of)
        return result
