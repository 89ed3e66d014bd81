"""Diagrams by OxiDD (Husung et al. 2024): small wheels for every Python and system, and an order that stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_

from oxidd.bcdd import BCDDFunction, BCDDManager, BCDDSubstitution
from oxidd.util import BooleanOperator, DDMemoryError

_NODE = 32  # bytes of a node and its share of the tables that find it
_CACHE_ENTRY = 32  # bytes of one remembered operation
_CACHE = 2**22  # remembered operations at most: all of them take their place from the start


class OxiddDiagrams:
    """A manager of OxiDD.

    Parameters
    ----------
    order : sequence of tuple of int
        The variables in their order, each once.
    memory : int
        Bytes for all nodes and remembered operations.
    """

    name = "oxidd"

    def __init__(self, order: Sequence[tuple[int, ...]], memory: int) -> None:
        nodes = min(memory * 3 // 4 // _NODE, 2**31)
        self._manager = BCDDManager(max(nodes, 2**10), max(min(memory // 4 // _CACHE_ENTRY, _CACHE), 2**10), 1)
        self._levels = [v for together in order for v in together]
        self._number = {v: level for level, v in enumerate(self._levels)}
        self._manager.add_vars(len(self._levels))
        self.true: BCDDFunction = self._manager.true()
        self.false: BCDDFunction = self._manager.false()

    def var(self, v: int) -> BCDDFunction:
        return self._manager.var(self._number[v])

    def variables(self, of: Iterable[int]) -> BCDDFunction:
        levels = sorted((self._number[v] for v in of), reverse=True)  # from below: every step adds one node
        return reduce(and_, map(self._manager.var, levels), self.true)

    def renaming(self, pairs: Mapping[int, int]) -> BCDDSubstitution | None:
        if not pairs:
            return None
        return BCDDSubstitution([(self._number[old], self.var(new)) for old, new in pairs.items()])

    def ite(self, f: BCDDFunction, g: BCDDFunction, h: BCDDFunction) -> BCDDFunction:
        return f.ite(g, h)

    def exists(self, some: BCDDFunction, f: BCDDFunction) -> BCDDFunction:
        return f.exists(some)

    def and_exists(self, some: BCDDFunction, f: BCDDFunction, g: BCDDFunction) -> BCDDFunction:
        return f.apply_exists(BooleanOperator.AND, g, some)

    def rename(self, f: BCDDFunction, renaming: BCDDSubstitution | None) -> BCDDFunction:
        return f.substitute(renaming) if renaming else f

    def cofactor(self, f: BCDDFunction, v: int, value: bool) -> BCDDFunction:
        literal = self.var(v)
        return f.apply_exists(BooleanOperator.AND, literal if value else ~literal, literal)

    def restrict(self, f: BCDDFunction, care: BCDDFunction) -> BCDDFunction:
        return f

    def mentions(self, f: BCDDFunction, some: BCDDFunction) -> bool:
        return f.exists(some) != f

    def top(self, f: BCDDFunction) -> tuple[int, BCDDFunction, BCDDFunction] | None:
        both = f.cofactors()
        level = f.node_var()
        if both is None or level is None:
            return None
        return self._levels[level], both[1], both[0]

    def size(self, f: BCDDFunction) -> int:
        return f.node_count()

    def nodes(self) -> int:
        return self._manager.approx_num_inner_nodes()

    def overflow(self, error: Exception) -> bool:
        return isinstance(error, (DDMemoryError, MemoryError))

    def hurry(self) -> None:
        pass
