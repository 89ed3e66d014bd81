"""The questions of `bestand.witness.board`, where states are known as sets only."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bestand.engine.symbolic import DiagramStates
from bestand.engine.symbolic.near import Near

from .board import Board
from .witness import Step

if TYPE_CHECKING:
    from bestand.engine.symbolic import SymbolicEngine
    from bestand.solve.solution import Solution


class SetBoard(Near, Board[DiagramStates]):
    """Questions about a solution over sets of states. Moves are transitive there: nobody asks who moved last.

    Parameters
    ----------
    solution : Solution
    """

    def __init__(self, solution: Solution) -> None:
        Board.__init__(self, solution)
        Near.__init__(self, cast("SymbolicEngine", solution.engine))

    def path(self, i: int, start: int, ends: DiagramStates, kind: str) -> tuple[Step, ...]:
        """Layer by layer: what one more move reaches; then back from an end, a mover at a time."""
        others = [j for j in range(len(self.engine.parties)) if j != i]
        layers = [self.one(start)]
        seen = layers[0]
        while layers[-1]:
            self.watch.check()
            fresh = self.none()
            for j in others:
                fresh = fresh | self.step_out(j, layers[-1], kind)
            fresh = fresh - seen
            if fresh & ends:
                return self._back(i, layers, self.nearest(i, fresh & ends, highest=False), kind)
            seen = seen | fresh
            layers.append(fresh)
        return ()

    def _back(self, i: int, layers: list[DiagramStates], end: int, kind: str) -> tuple[Step, ...]:
        steps: list[Step] = []
        for layer in reversed(layers):
            for j in range(len(self.engine.parties)):
                before = self.step_into(j, self.one(end), kind) & layer if j != i else self.none()
                if before:
                    steps.append(Step(j, end))
                    (end,) = before.first(1)
                    break
        return tuple(reversed(steps))

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
