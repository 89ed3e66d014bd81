"""The questions of `bestand.witness.board`, where states are known as sets only."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from bestand.engine.symbolic import DiagramStates
from bestand.engine.symbolic.near import Near
from bestand.model.errors import CallError
from bestand.model.model import Model
from bestand.stability.concept import Rounds
from bestand.stability.replies import REPLIES

from .counters import standing
from .levels import obstacle
from .states import LISTED, MOST_PATTERNS, MOST_STATES, KeptStates
from .witness import Level, Levels, Step

if TYPE_CHECKING:
    from bestand.engine.limits import Watch
    from bestand.engine.symbolic import SymbolicEngine
    from bestand.solve.solution import Solution


class SetBoard:
    """Questions about a solution over sets of states. Moves are transitive there: nobody asks who moved last.

    Parameters
    ----------
    solution : Solution
    """

    def __init__(self, solution: Solution) -> None:
        self._solution = solution
        self.engine = cast("SymbolicEngine", solution.engine)
        self._near = Near(self.engine)
        self._lower: dict[tuple[int, int], int] = {}

    @property
    def model(self) -> Model:
        return self.engine.model

    @property
    def watch(self) -> Watch:
        return self._solution.watch

    @property
    def size(self) -> int:
        return self._solution.count

    def follows(self, kind: str) -> bool:
        return REPLIES[kind].over_sets

    def gaining(self, i: int, state: int, rounds: Rounds, among: DiagramStates) -> None:
        """Asked of single states alone: no verdict has to be worked out for every state."""
        return

    def none(self) -> DiagramStates:
        return self.engine.feasible - self.engine.feasible

    def one(self, state: int) -> DiagramStates:
        return self.engine.state(state)

    def moves(self, i: int, state: int) -> DiagramStates:
        here = self.one(state)
        return self._near.moved(i, here) - here

    def moved(self, i: int, states: DiagramStates) -> DiagramStates:
        return self._near.moved(i, states)

    def able(self, i: int, targets: DiagramStates) -> DiagramStates:
        return self._near.able(i, targets)

    def better(self, i: int, state: int) -> DiagramStates:
        return self._near.better(i, state)

    def beside(self, i: int, state: int) -> DiagramStates:
        return self._near.beside(i, self.one(state))

    def ranked(self, i: int, states: DiagramStates, most: int) -> list[int]:
        found: list[int] = []
        while states and len(found) < most:
            best = self._near.extreme(i, states, highest=True)
            found += best.first(most - len(found))
            states = states - best
        return found

    def nearest(self, i: int, states: DiagramStates, *, highest: bool) -> int:
        return self._near.extreme(i, states, highest=highest).first(1)[0]

    def compare(self, i: int, one: int, other: int) -> int:
        a, b = self._near.value(i, one), self._near.value(i, other)
        return (a > b) - (a < b)

    def lower(self, i: int, state: int) -> int:
        if (i, state) not in self._lower:
            self._lower[i, state] = self.engine.below(i, state)
        return self._lower[i, state]

    def groups(self, i: int, one: int, other: int) -> int | None:
        low, high = (one, other) if self.compare(i, one, other) <= 0 else (other, one)
        return self._near.groups(i, low, high)

    def goes(self, i: int, state: int, among: DiagramStates) -> int:
        return self.nearest(i, self.moves(i, state) & among, highest=True)

    def reached(self, i: int, starts: DiagramStates, kind: str) -> DiagramStates:
        return self._near.reached(i, starts, credible=_credible(kind))

    def reached_with_movers(self, i: int, start: int, kind: str | None) -> tuple[DiagramStates, None]:
        here = self.one(start)
        return (here if kind is None else self.reached(i, here, kind)), None

    def answerable(self, i: int, starts: DiagramStates, ends: DiagramStates, kind: str) -> DiagramStates:
        return self._near.reaching(i, starts, ends, credible=_credible(kind))

    def lone(self, i: int, states: DiagramStates) -> DiagramStates:
        return self._near.lone(i, states)

    def sole(self, i: int, targets: DiagramStates, sources: DiagramStates, starts: DiagramStates) -> DiagramStates:
        return self._near.sole(i, targets, sources, starts)

    def path(self, i: int, start: int, ends: DiagramStates, kind: str) -> tuple[Step, ...]:
        """Layer by layer: what one more move reaches; then back from an end, a mover at a time."""
        credible, others = _credible(kind), [j for j in range(len(self.engine.parties)) if j != i]
        layers = [self.one(start)]
        seen = layers[0]
        while layers[-1]:
            self.watch.check()
            fresh = self.none()
            for j in others:
                fresh = fresh | self._near.step_out(j, layers[-1], credible=credible)
            fresh = fresh - seen
            if fresh & ends:
                return self._back(i, layers, self.nearest(i, fresh & ends, highest=False), credible=credible)
            seen = seen | fresh
            layers.append(fresh)
        return ()

    def _back(self, i: int, layers: list[DiagramStates], end: int, *, credible: bool) -> tuple[Step, ...]:
        steps: list[Step] = []
        for layer in reversed(layers):
            for j in range(len(self.engine.parties)):
                before = self._near.step_into(j, self.one(end), credible=credible) & layer if j != i else self.none()
                if before:
                    steps.append(Step(j, end))
                    (end,) = before.first(1)
                    break
        return tuple(reversed(steps))

    def levels(self, i: int, state: int) -> Levels:
        hindered = obstacle(self.model, self.size)
        if hindered:
            return Levels(undefined=hindered)
        shown: list[Level] = []
        for states in self._near.levels(i):
            (mask,) = states.first(1)
            shown.append(Level(mask, standing(self, i, mask, state)))
        return Levels(shown[0], shown[1])

    def best_moves(
        self, i: int, start: int, ends: DiagramStates, path: tuple[Step, ...]
    ) -> tuple[tuple[Step, ...], bool | None]:
        """The answer that there is; whether there is one of best moves alone only where it is one itself."""
        at = start
        for step in path:
            onward = self.moves(step.party, at)
            if self.compare(step.party, self.nearest(step.party, onward, highest=True), step.state):
                return path, None
            at = step.state
        return path, True

    def kept(self, states: DiagramStates, *, summed: bool = True) -> KeptStates:
        count, kind = states.count(), np.uint64 if len(self.model.options) <= 64 else object
        masks = np.array(states.first(LISTED if count <= LISTED else MOST_STATES), kind)
        summed = summed and count > MOST_STATES
        return KeptStates(count, masks, tuple(states.patterns(MOST_PATTERNS)) if summed else ())


def _credible(kind: str) -> bool:
    if kind == "best":
        raise CallError("the symbolic engine cannot follow best moves, which brseq and brsseq ask for")
    return kind == "credible"
