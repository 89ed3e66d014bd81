"""Where things drift from a state: what can be reached by improvements, in how few moves, and along which path.

In words: a state is reached from the start when a legal sequence leads there (no party moves twice in a row) of which
every step is an improvement for the party that makes it, judged where it makes it; or, more narrowly, the best move
that the party has there. A resting place is a state from which nobody can improve.

Source: status quo analysis of Li, Kilgour & Hipel (2004, 2005), searched over (state, last mover).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bestand.engine.choose import ExplicitEngine
from bestand.engine.limits import Watch
from bestand.engine.steps import onward
from bestand.model.sentences import Mover

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a path: the party (its index), and the state index it moves to."""

    party: int
    state: int


@dataclass(frozen=True)
class Reach:
    """What can be reached from ``start``.

    Parameters
    ----------
    engine : ExplicitEngine
    start : int
        A state index.
    by : {"improvements", "best moves"}
    moves : (P, S) int32
        The fewest moves that lead to each state with each party as the last mover; -1 where none do.
    """

    engine: ExplicitEngine
    start: int
    by: Mover
    moves: NDArray[np.int32]

    @cached_property
    def reached(self) -> Bools:
        """(S,): the states reached, the start included."""
        reached = np.logical_or.reduce(self.moves >= 0, axis=0)
        reached[self.start] = True
        return reached

    @cached_property
    def distance(self) -> NDArray[np.int32]:
        """(S,): the fewest moves to each state, 0 for the start, -1 where none lead there."""
        far = np.int32(np.iinfo(np.int32).max)
        fewest = np.where(self.moves >= 0, self.moves, far).min(axis=0, initial=far)
        fewest[self.start] = 0
        return np.where(fewest == far, -1, fewest)

    def path(self, state: int) -> tuple[Step, ...]:
        """Return a shortest path from the start to a state; empty for the start itself.

        Raises
        ------
        ValueError
            When the state is not reached.

        Notes
        -----
        O(length · P · S).
        """
        distance = int(self.distance[state])
        if distance < 0:
            raise ValueError(f"state {state} is not reached from {self.start}")
        steps: list[Step] = []
        last = None  # the party that moves next, which may not move now
        while distance:
            mover, origin = self._back(state, distance, last)
            steps.append(Step(mover, state))
            state, last, distance = origin, mover, distance - 1
        return tuple(reversed(steps))

    def _back(self, state: int, distance: int, last: int | None) -> tuple[int, int]:
        """Return who made the last of so many moves to a state, and from where."""
        for mover in np.flatnonzero(self.moves[:, state] == distance).tolist():
            if mover == last:
                continue
            for origin in self.engine.space.origins(mover, state):
                before = np.delete(self.moves[:, origin], mover)
                arrived = origin == self.start if distance == 1 else (before == distance - 1).any()
                if arrived and self._drawn(mover, origin, state):
                    return mover, origin
        raise AssertionError("a reached state has a last move")  # pragma: no cover

    def _drawn(self, mover: int, origin: int, state: int) -> bool:
        space = self.engine.space
        if not space.order(mover).better(state, origin):
            return False
        if self.by == "improvements":
            return True
        return state in space.order(mover).best(space.moves[mover].targets(space.states, origin))


def reach(engine: ExplicitEngine, start: int, by: Mover = "improvements", watch: Watch | None = None) -> Reach:
    """Search forward from a state, all states of one distance at a time.

    Parameters
    ----------
    engine : ExplicitEngine
    start : int
        A state index.
    by : {"improvements", "best moves"}
        Which moves a party makes: any improvement, or only the best move it has.
    watch : Watch, optional

    Returns
    -------
    Reach

    Notes
    -----
    O(P · S) for each move of the longest shortest path.
    """
    count, size = len(engine.parties), engine.space.size
    moves = np.full((count, size), -1, np.int32)
    begin = np.zeros(size, bool)
    begin[start] = True
    fresh = [True] * count  # whether a party's moves of the last round led anywhere new
    distance = 0
    watch = watch or Watch()
    watch.phase("following the drift")
    while any(fresh):
        distance += 1
        arrived, last = moves >= 0, fresh
        fresh = [False] * count
        for j in range(count):
            watch.step()
            if distance > 1 and not any(last[:j] + last[j + 1 :]):
                continue  # nobody else has arrived anywhere that j could go on from
            sources = begin | np.delete(arrived, j, axis=0).any(axis=0)
            new = onward(engine, j, sources, by) & ~arrived[j]
            moves[j, new] = distance
            fresh[j] = bool(new.any())
    return Reach(engine, start, by, moves)
