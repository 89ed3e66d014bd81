"""Diagrams by CUDD (Somenzi), through the package dd: it reorders its variables as the diagrams grow.

Linux only. The orders of options that it finds by itself make the hardest models several times quicker.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dd import cudd

from .spec import Diagram

_CACHE_ENTRY = 32  # bytes of one remembered operation

_managers: list[Any] = []  # all that may still have diagrams


@dataclass(frozen=True, slots=True)
class _Variables:
    """Variables as dd takes them here and there: by name, and as the diagram in which all are true."""

    names: frozenset[str]
    cube: Diagram


@dataclass(frozen=True, slots=True)
class _Renaming:
    """The old variables by name, and where they are all the same as the new ones."""

    old: frozenset[str]
    same: Diagram


class CuddDiagrams:
    """A manager of CUDD.

    Parameters
    ----------
    order : sequence of tuple of int
        The variables in their first order, each once. Those of one tuple stay together when the order changes.
    memory : int
        Bytes for all nodes and remembered operations.
    """

    name = "cudd"

    def __init__(self, order: Sequence[tuple[int, ...]], memory: int) -> None:
        _forget()
        self._bdd: Any = cudd.BDD(initial_cache_size=2**16)
        _managers.append(self._bdd)
        self._bdd.configure(
            min_hit=1,
            loose_up_to=2**22,
            reordering=False,
            max_memory=memory,
            max_cache_hard=min(max(2**12, memory // (4 * _CACHE_ENTRY)), 2**32 - 1),
        )
        for v in (v for together in order for v in together):
            self._bdd.add_var(_name(v))
        for together in order:
            if len(together) > 1:
                self._bdd.group({_name(together[0]): len(together)})
        self._bdd.configure(reordering=True)
        self.true: Diagram = self._bdd.true
        self.false: Diagram = self._bdd.false

    def var(self, v: int) -> Diagram:
        return self._bdd.var(_name(v))

    def variables(self, of: Iterable[int]) -> _Variables:
        names = frozenset(map(_name, of))
        return _Variables(names, self._bdd.cube(names))

    def renaming(self, pairs: Mapping[int, int]) -> _Renaming:
        same = self.true
        for old, new in pairs.items():
            same &= self._bdd.apply("equiv", self.var(old), self.var(new))
        return _Renaming(frozenset(map(_name, pairs)), same)

    def ite(self, f: Diagram, g: Diagram, h: Diagram) -> Diagram:
        return self._bdd.ite(f, g, h)

    def exists(self, some: _Variables, f: Diagram) -> Diagram:
        return self._bdd.apply("exists", some.cube, f)  # dd's own `exist` makes the cube anew each time

    def and_exists(self, some: _Variables, f: Diagram, g: Diagram) -> Diagram:
        return cudd.and_exists(f, g, some.names)

    def rename(self, f: Diagram, renaming: _Renaming) -> Diagram:
        """By way of "is the same as": unlike substitution, CUDD remembers that from one time to the next."""
        return cudd.and_exists(f, renaming.same, renaming.old)

    def cofactor(self, f: Diagram, v: int, value: bool) -> Diagram:
        return self._bdd.let({_name(v): value}, f)

    def restrict(self, f: Diagram, care: Diagram) -> Diagram:
        return cudd.restrict(f, care)

    def mentions(self, f: Diagram, some: _Variables) -> bool:
        return not some.names.isdisjoint(self._bdd.support(f))

    def top(self, f: Diagram) -> tuple[int, Diagram, Diagram] | None:
        name = f.var
        if name is None:
            return None
        low, high = (~f.low, ~f.high) if f.negated else (f.low, f.high)  # a complemented edge stands for ~
        return int(name[1:]), low, high

    def size(self, f: Diagram) -> int:
        return f.dag_size

    def nodes(self) -> int:
        return len(self._bdd)

    def overflow(self, error: Exception) -> bool:
        return isinstance(error, MemoryError) or any(said in str(error) for said in _FULL)

    def hurry(self) -> None:
        self._bdd.configure(reordering=False)


# CUDD hands out no node when its memory is spent; dd says so in these words
_FULL = ("`NULL` pointer", "compose failed", "swap failed", "cofactor failed", "out of memory", "first cube failed")


def _name(v: int) -> str:
    return f"v{v}"


def _forget() -> None:
    """Let go of the managers that nothing refers to any more.

    A manager has to outlive its diagrams. Python's cycle collector does not know that, so managers are kept until no
    diagram is left; the next one that is opened sweeps them out.
    """
    unused = sys.getrefcount(object())  # what the question itself counts
    for n in reversed(range(len(_managers))):
        if sys.getrefcount(_managers[n]) <= unused + 1 and not len(_managers[n]):
            del _managers[n]
