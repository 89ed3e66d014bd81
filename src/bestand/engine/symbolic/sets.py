"""Sets of states as diagrams: counted exactly, asked about any state, joined and cut, never listed as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.diagrams.spec import Diagram, Diagrams
from bestand.engine.diagrams.table import Table, built, count, holds_at, table, truth
from bestand.engine.patterns import Pattern
from bestand.engine.sets import State, StateSet, mask_of, parsed
from bestand.model.errors import CallError
from bestand.model.formula import Formula

from .patterns import cover
from .world import World


class DiagramStates(StateSet):
    """A set of states, as a diagram.

    Parameters
    ----------
    world : World
    diagram : Diagram
        Feasible states only.

    Examples
    --------
    >>> from bestand.engine.limits import Watch
    >>> from bestand.engine.symbolic import SymbolicEngine
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.model import Model
    >>> from bestand.model.values import Option, Party
    >>> engine = SymbolicEngine(Model("Dam", (Party("up", options=(Option("up.a"), Option("up.b"))),)))
    >>> taken = engine.feasible & OptionAtom("up.b")
    >>> taken.count(), "11" in taken, taken.first(2), taken
    (2, True, [2, 3], <StateSet of 2 states>)
    """

    __slots__ = ("_count", "_diagram", "_world")
    _world: World
    _diagram: Diagram
    _count: int | None

    def __init__(self, world: World, diagram: Diagram) -> None:
        object.__setattr__(self, "_world", world)
        object.__setattr__(self, "_diagram", diagram)
        object.__setattr__(self, "_count", None)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a set of states cannot be changed")

    @property
    def diagram(self) -> Diagram:
        """The diagram of it, for what works on diagrams."""
        return self._diagram

    @property
    def world(self) -> World:
        """The variables that it is about, for what works on diagrams."""
        return self._world

    def count(self) -> int:
        """Return how many states there are: an exact integer of any size. O(nodes), the first time."""
        if self._count is None:
            written = table(self._world.diagrams, self._diagram)
            object.__setattr__(self, "_count", count(written, self._world.options))
        assert self._count is not None
        return self._count

    def __bool__(self) -> bool:
        return self._diagram != self._world.false

    def __contains__(self, state: State) -> bool:
        mask = mask_of(self._world.model, state)
        return not mask >> self._world.options and holds_at(self._world.diagrams, self._diagram, mask)

    def among(self, masks: NDArray[Any]) -> NDArray[np.bool_]:
        if self._world.options > 64:
            return np.array([mask in self for mask in masks.tolist()], bool)
        with self._world.guarded():
            return truth(table(self._world.diagrams, self._diagram), masks, self._world.options)

    def __iter__(self) -> Iterator[int]:
        return _ascending(self._world.diagrams, self._diagram, self._world.options)

    def masks(self, k: int | None = None) -> NDArray[Any]:
        return np.array(self.first(k), np.uint64 if self._world.options <= 64 else object)

    def patterns(self, k: int | None = None) -> Iterator[Pattern]:
        return islice(cover(self._world, self._diagram), k)

    def __and__(self, other: DiagramStates | Formula | str) -> DiagramStates:
        with self._world.guarded():
            return DiagramStates(self._world, self._diagram & self._of(other))

    def __or__(self, other: DiagramStates | Formula | str) -> DiagramStates:
        with self._world.guarded():
            return DiagramStates(self._world, self._diagram | self._of(other) & self._world.feasible)

    def __sub__(self, other: DiagramStates | Formula | str) -> DiagramStates:
        with self._world.guarded():
            return DiagramStates(self._world, self._diagram & ~self._of(other))

    def __invert__(self) -> DiagramStates:
        with self._world.guarded():
            return DiagramStates(self._world, self._world.feasible & ~self._diagram)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DiagramStates):
            return NotImplemented
        if self._world is other._world:
            return bool(self._diagram == other._diagram)
        if self._world.model != other._world.model or self.count() != other.count():
            return False
        return bool(self._diagram == built(self._world.diagrams, table(other._world.diagrams, other._diagram)))

    def __hash__(self) -> int:
        return hash(self.count())

    def __reduce__(self) -> tuple[Callable[[World, Table], DiagramStates], tuple[World, Table]]:
        return _read, (self._world, table(self._world.diagrams, self._diagram))

    def _of(self, other: DiagramStates | Formula | str) -> Diagram:
        if isinstance(other, str):
            return self._world.holds(parsed(other, self._world.model))
        if not isinstance(other, DiagramStates):
            return self._world.holds(other)
        if other._world is not self._world:
            raise CallError("two sets of states of different models, or of different engines, cannot be put together")
        return other._diagram


def _read(world: World, written: Table) -> DiagramStates:
    """Return a set from what a pickle holds of it."""
    return DiagramStates(world, built(world.diagrams, written))


def _ascending(diagrams: Diagrams, f: Diagram, options: int) -> Iterator[int]:
    """Yield the states of a set, ascending: the last option is the most significant bit, so it is fixed first."""
    waiting = [(f, options, 0)]
    while waiting:
        at, open_options, mask = waiting.pop()
        if at == diagrams.false:
            continue
        if not open_options:
            yield mask
        elif at == diagrams.true:
            yield from range(mask, mask + (1 << open_options))
        else:
            k = open_options - 1
            waiting.append((diagrams.cofactor(at, k, True), k, mask | 1 << k))
            waiting.append((diagrams.cofactor(at, k, False), k, mask))


def masks(diagrams: Diagrams, f: Diagram, options: int) -> NDArray[np.uint64]:
    """(S,) uint64: every state of a small set of states of at most 64 options, ascending. O(S + nodes)."""
    return _listed(diagrams, f, options, {})


def _listed(
    diagrams: Diagrams, f: Diagram, options: int, known: dict[tuple[Diagram, int], NDArray[np.uint64]]
) -> NDArray[np.uint64]:
    if f == diagrams.false:
        return np.zeros(0, np.uint64)
    if f == diagrams.true:
        return np.arange(1 << options, dtype=np.uint64)
    if (f, options) not in known:
        k = options - 1
        no = _listed(diagrams, diagrams.cofactor(f, k, False), k, known)
        yes = _listed(diagrams, diagrams.cofactor(f, k, True), k, known)
        known[f, options] = np.concatenate([no, yes | np.uint64(1 << k)])
    return known[f, options]
