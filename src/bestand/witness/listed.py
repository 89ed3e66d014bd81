"""The questions of `bestand.witness.board`, where every state is listed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from bestand.engine.explicit import LOW, ExplicitEngine
from bestand.engine.flips import PurposefulMoves
from bestand.engine.sets import Bools, ListedStates
from bestand.engine.spec import others
from bestand.engine.spread import Spread, spread_of
from bestand.stability.concept import Rounds
from bestand.stability.replies import REPLIES

from .board import Board, Last
from .witness import Step

if TYPE_CHECKING:
    from bestand.solve.solution import Solution


class ListedBoard(Board[ListedStates]):
    """Questions about a solution over listed states.

    Parameters
    ----------
    solution : Solution
    """

    def __init__(self, solution: Solution) -> None:
        super().__init__(solution)
        self.engine: ExplicitEngine = solution.engine
        self.space = solution.space

    @cached_property
    def _purposeful(self) -> list[PurposefulMoves]:
        return [PurposefulMoves(self.space, j, self.watch) for j in range(len(self.space.moves))]

    @cached_property
    def _spread(self) -> Spread:
        return spread_of(self.engine, self.watch)

    def _at(self, state: int) -> int:
        at = self.space.index(state)
        assert at is not None, "states in question are feasible"
        return at

    def _set(self, chosen: Bools) -> ListedStates:
        return ListedStates(self.space.evaluator, chosen)

    def _of(self, indices: Any) -> ListedStates:
        chosen = np.zeros(self.space.size, bool)
        chosen[indices] = True
        return self._set(chosen)

    def gaining(self, i: int, state: int, rounds: Rounds, among: ListedStates) -> ListedStates:
        """Return what its moves risk has been worked out for all states at once."""
        risk = self.engine.over_states(self.solution.risked(rounds, i))
        return self._set(among.chosen & (self.space.order(i).values_above(risk, self._at(state))))

    def one(self, state: int) -> ListedStates:
        return self._of([self._at(state)])

    def moves(self, i: int, state: int) -> ListedStates:
        return self._of(self.space.moves[i].targets(self.space.states, self._at(state)))

    def moved(self, i: int, states: ListedStates) -> ListedStates:
        found = states.chosen.copy()
        for at in np.flatnonzero(states.chosen).tolist():
            self.watch.check()
            found[self.space.moves[i].targets(self.space.states, at)] = True
        return self._set(found)

    def able(self, i: int, targets: ListedStates) -> ListedStates:
        engine = self.engine
        value = engine.from_states(targets.chosen.astype(np.int32))
        return self._set(engine.over_states(engine.best(i, value)) > 0)

    def better(self, i: int, state: int) -> ListedStates:
        return self._set(self.space.order(i).above(self._at(state)))

    def beside(self, i: int, state: int) -> ListedStates:
        outside = ~np.uint64(self.space.moves[i].own)
        return self._set((self.space.states ^ np.uint64(state)) & outside == 0)

    def ranked(self, i: int, states: ListedStates, most: int) -> list[int]:
        found = np.flatnonzero(states.chosen)
        return self.space.states[self.space.order(i).best_first(found)[:most]].tolist()

    def nearest(self, i: int, states: ListedStates, *, highest: bool) -> int:
        order, found = self.space.order(i), np.flatnonzero(states.chosen)
        return int(self.space.states[(order.best(found) if highest else order.worst(found))[0]])

    def compare(self, i: int, one: int, other: int) -> int:
        return self.space.order(i).compare(self._at(one), self._at(other))

    def groups(self, i: int, one: int, other: int) -> int:
        return self.space.order(i).steps(self._at(one), self._at(other))

    def reached(self, i: int, starts: ListedStates, kind: str) -> ListedStates:
        return self._set(self._spread.closed(i, starts.chosen, kind))

    def reached_with_movers(self, i: int, start: int, kind: str | None) -> tuple[ListedStates, Last | None]:
        found, last = self._spread.last(i, self._at(start), kind)
        states = self.space.states
        named = None if last is None else {int(states[at]): movers for at, movers in last.items()}
        return self._set(found), named

    def answerable(self, i: int, starts: ListedStates, ends: ListedStates, kind: str) -> ListedStates:
        engine = self.engine
        value = engine.from_states((~ends.chosen).astype(np.int32))
        least = REPLIES[kind].least(engine, others(engine, i), value)
        return self._set(starts.chosen & (engine.over_states(least) == 0))

    def lone(self, i: int, states: ListedStates) -> ListedStates:
        found = np.flatnonzero(states.chosen)
        own = self.space.states[found] & np.uint64(self.space.moves[i].own)
        first, counts = np.unique(own, return_index=True, return_counts=True)[1:]
        return self._of(found[first[counts == 1]])

    def sole(self, i: int, targets: ListedStates, sources: ListedStates, starts: ListedStates) -> ListedStates:
        """The one target that each source has is both the last and the first in the order of states."""
        engine, order = self.engine, np.arange(self.space.size, dtype=np.int32)
        last = np.where(targets.chosen, order, LOW)
        first = np.where(targets.chosen, -order, LOW)
        top = engine.over_states(engine.best(i, engine.from_states(last)))
        least = engine.over_states(engine.best(i, engine.from_states(first)))
        single = sources.chosen & (top != LOW) & (top == -least.astype(np.int64))
        counts = np.bincount(top[single].astype(np.int64), minlength=self.space.size)
        return self._set(counts == starts.count()) & targets

    def secured(self, i: int) -> tuple[int, int]:
        """All combinations are feasible, so that what sorts them fills a cube with an axis for each option. O(S)."""
        model, keys = self.model, self.space.order(i).keys()
        count = len(model.options)
        own = {model.bit[option.id] for option in model.parties[i].options}
        cube = keys.reshape((2,) * count)
        mine = tuple(count - 1 - k for k in range(count) if k in own)  # the axis of option k
        theirs = tuple(count - 1 - k for k in range(count) if k not in own)
        levels = (cube.min(axis=theirs).max(), cube.max(axis=mine).min())
        maximin, minimax = (int(self.space.states[int(np.argmax(keys == level))]) for level in levels)
        return maximin, minimax

    def path(self, i: int, start: int, ends: ListedStates, kind: str) -> tuple[Step, ...]:
        """Breadth first over (state, last mover)."""
        origin = self._at(start)
        back: dict[tuple[int, int], tuple[int, int]] = {}
        queue = deque([(origin, i)])
        while queue:
            self.watch.check()
            state, last = queue.popleft()
            for mover, target in self._onward(i, state, last, kind):
                if (target, mover) in back:
                    continue
                back[target, mover] = (state, last)
                if ends.chosen[target]:
                    return self._unwound(back, (target, mover), (origin, i))
                queue.append((target, mover))
        return ()

    def _onward(self, i: int, state: int, last: int, kind: str) -> Iterator[tuple[int, int]]:
        """Yield the moves that the others may answer with, the ones that hurt most first where any will do."""
        space = self.space
        for mover in range(len(space.moves)):
            if mover in (i, last):
                continue
            targets = space.moves[mover].targets(space.states, state)
            order = space.order(mover)
            if kind != "any":
                targets = targets[order.better(targets, state)]
                if kind == "best":
                    targets = order.best(targets)
                elif kind == "purposeful":
                    targets = np.sort(self._purposeful[mover].moves(np.array([state], np.intp)).targets)
            else:
                targets = space.order(i).worst_first(targets)
            for target in targets.tolist():
                yield mover, target

    def _unwound(
        self, back: dict[tuple[int, int], tuple[int, int]], at: tuple[int, int], start: tuple[int, int]
    ) -> tuple[Step, ...]:
        steps = []
        while at != start:
            steps.append(Step(at[1], int(self.space.states[at[0]])))
            at = back[at]
        return tuple(reversed(steps))

    def best_moves(
        self, i: int, start: int, ends: ListedStates, path: tuple[Step, ...]
    ) -> tuple[tuple[Step, ...], bool | None]:
        better = self.path(i, start, ends, "best")
        return (better, True) if better else (path, False)
