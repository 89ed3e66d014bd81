"""All that the others can make of a move, over listed states: forward along the moves that a concept reckons with.

In option form the moves of one party are transitive, improvements and best moves too as far as what is reached goes,
and whole blocks of states are gone through at once. Where single moves are forbidden who moved last matters, and what
is reached is kept for each last mover.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bestand.model.sentences import By

from .arcs import Arcs, purposeful_arcs
from .explicit import LOW, TOP, Bools, ExplicitEngine
from .limits import Watch
from .space import Space
from .steps import onward, waits

_BY: dict[str, By] = {"any": "any", "credible": "improving", "best": "best"}

Last: TypeAlias = Mapping[int, tuple[int, ...]]  # by state index: who can have moved last


class Spread(Protocol):
    """Closures of legal sequences of everybody but one party."""

    def closed(self, i: int, starts: Bools, kind: str) -> Bools:
        """(S,): the starts, which party i has moved to, and all that the others make of them."""
        ...

    def last(self, i: int, start: int, kind: str | None) -> tuple[Bools, Last | None]:
        """Return this from one state index, and who can have moved last where that matters; nobody if no kind."""
        ...


def spread_of(engine: ExplicitEngine, watch: Watch) -> Spread:
    """Return what follows the moves of an engine."""
    return StepSpread(engine, watch) if waits(engine) else BlockSpread(engine.space, watch)


class BlockSpread:
    """Over blocks of states that differ in one party's options only.

    Parameters
    ----------
    space : Space
    watch : Watch
    """

    def __init__(self, space: Space, watch: Watch) -> None:
        self.space = space
        self.watch = watch
        self._blocks: dict[int, NDArray[np.intp]] = {}
        self._purposeful = PurposefulSpread(space, watch)

    def closed(self, i: int, starts: Bools, kind: str) -> Bools:
        """Each party in turn, until nobody finds anything new. O(S) for a step of a party."""
        if kind == "purposeful":
            return self._purposeful.closed(i, starts, kind)
        found = starts.copy()
        others = [j for j in range(len(self.space.moves)) if j != i and self.space.moves[j].own]
        waiting = set(others)
        while waiting:
            for j in others:
                if j in waiting:
                    self.watch.check()
                    waiting.remove(j)
                    fresh = self._step(j, found, kind) & ~found
                    if fresh.any():
                        found |= fresh
                        waiting.update(k for k in others if k != j)
        return found

    def last(self, i: int, start: int, kind: str | None) -> tuple[Bools, Last | None]:
        if kind == "purposeful":
            return self._purposeful.last(i, start, kind)
        starts = np.zeros(self.space.size, bool)
        starts[start] = True
        return (starts if kind is None else self.closed(i, starts, kind)), None

    def _block(self, j: int) -> NDArray[np.intp]:
        """(S,): which block of party j every state is in."""
        if j not in self._blocks:
            outside = self.space.states & ~np.uint64(self.space.moves[j].own)
            self._blocks[j] = np.unique(outside, return_inverse=True)[1]
        return self._blocks[j]

    def _step(self, j: int, sources: Bools, kind: str) -> Bools:
        """Return where party j can bring some state of a set: for each pattern of its one-way options at once."""
        space, moves, block = self.space, self.space.moves[j], self._block(j)
        rank = space.ranks[j]
        gone = (space.states & np.uint64(moves.to_yes)) | (~space.states & np.uint64(moves.to_no))  # what stays so
        reached = np.zeros(space.size, bool)
        for pattern in np.unique(gone[sources]):
            self.watch.check()
            begin = sources & (gone == pattern)
            may = gone & pattern == pattern
            low = np.full(int(block.max(initial=0)) + 1, TOP)
            np.minimum.at(low, block[begin], rank[begin] if kind != "any" else LOW)
            step = may & (rank > low[block])
            if kind == "best":
                top = np.full(len(low), LOW)
                np.maximum.at(top, block[may], rank[may])
                step &= rank == top[block]
            reached |= step
        return reached


class MoverSpread(ABC):
    """Over (state, last mover).

    Parameters
    ----------
    space : Space
    watch : Watch
    """

    def __init__(self, space: Space, watch: Watch) -> None:
        self.space = space
        self.watch = watch

    @abstractmethod
    def _onward(self, j: int, sources: Bools, kind: str) -> Bools:
        """(S,): where moves of a kind of party j lead from any of some states."""

    def closed(self, i: int, starts: Bools, kind: str) -> Bools:
        found = starts.copy()
        for after in self._after(i, starts, kind).values():
            found |= after
        return found

    def last(self, i: int, start: int, kind: str | None) -> tuple[Bools, Last | None]:
        starts = np.zeros(self.space.size, bool)
        starts[start] = True
        after: dict[int, Bools] = {} if kind is None else self._after(i, starts, kind)
        found = np.logical_or.reduce([starts, *after.values()])
        movers = {at: tuple(j for j, into in after.items() if into[at]) for at in np.flatnonzero(found).tolist()}
        movers[start] = tuple(sorted((*movers[start], i)))
        return found, movers

    def _after(self, i: int, starts: Bools, kind: str) -> dict[int, Bools]:
        """For every mover, (S,): the states that a legal sequence from the starts reaches with a last move of it."""
        others = [j for j in range(len(self.space.moves)) if j != i]
        after = {j: np.zeros(len(starts), bool) for j in others}
        done = {j: np.zeros(len(starts), bool) for j in others}  # from where a mover has moved
        changed = True
        while changed:
            changed = False
            for j in others:
                self.watch.check()
                free = np.logical_or.reduce([starts, *(after[k] for k in others if k != j)]) & ~done[j]
                if free.any():
                    done[j] |= free
                    after[j] |= self._onward(j, free, kind)
                    changed = True
        return after


class PurposefulSpread(MoverSpread):
    """Along purposeful moves, which are not transitive even where others are."""

    def __init__(self, space: Space, watch: Watch) -> None:
        super().__init__(space, watch)
        self._arcs: dict[int, Arcs] = {}

    def _onward(self, j: int, sources: Bools, kind: str) -> Bools:
        if j not in self._arcs:
            self._arcs[j] = purposeful_arcs(self.space.states, self.space.moves[j], self.space.ranks[j], self.watch)
        return self._arcs[j].onward(sources)


class StepSpread(MoverSpread):
    """Along the moves of any engine, whether or not they are transitive.

    Parameters
    ----------
    engine : ExplicitEngine
    watch : Watch
    """

    def __init__(self, engine: ExplicitEngine, watch: Watch) -> None:
        super().__init__(engine.space, watch)
        self.engine = engine
        self._purposeful = PurposefulSpread(engine.space, watch)

    def _onward(self, j: int, sources: Bools, kind: str) -> Bools:
        if kind == "purposeful":
            return self._purposeful._onward(j, sources, kind)
        return onward(self.engine, j, sources, _BY[kind])
