"""Where things go from a state: what moves of a kind lead to, in how few of them, and along which path.

In words: a state is reached from the start when a legal sequence leads there (no party moves twice in a row) of which
every step is a move of that kind for the party that makes it, judged where it makes it: an improvement; more narrowly,
one by which the party gives nothing away (purposeful), or the best that it has there; or any legal move. By *drift*
parties do what is purposeful under a concept, and the same party may move again: nobody has to wait.

Source: status quo analysis of Li, Kilgour & Hipel (2004, 2005), searched over (state, last mover); drift is our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bestand.engine.choose import ExplicitEngine
from bestand.engine.limits import Watch
from bestand.engine.steps import onward
from bestand.model.sentences import By

from .purpose import Purpose

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a path: the party (its index), and the state index it moves to."""

    party: int
    state: int


class Steps:
    """The moves of one kind, from and into listed states.

    Parameters
    ----------
    engine : ExplicitEngine
    by : {"any", "improving", "purposeful", "best", "drift"}
    purpose : Purpose, optional
        What parties do on purpose: for purposeful moves, and under the concept of a drift.
    """

    def __init__(self, engine: ExplicitEngine, by: By = "improving", purpose: Purpose | None = None) -> None:
        self.engine = engine
        self.by = by
        self._purpose = purpose or Purpose(engine, ())

    @property
    def waits(self) -> bool:
        """Return whether a party that has moved waits until another has."""
        return self.by != "drift"

    def onward(self, j: int, sources: Bools) -> Bools:
        """(S,): where party j goes from any of some states."""
        if self.by in {"any", "improving", "best"}:
            return onward(self.engine, j, sources, self.by)
        found = np.zeros(len(sources), bool)
        found[self._purposeful(j, np.flatnonzero(sources))] = True
        return found

    def any_from(self, j: int, origin: int) -> bool:
        """Return whether party j has such a move from a state."""
        if self.by == "drift":
            return len(self._purposeful(j, np.array([origin], np.intp))) > 0
        order, targets = self.engine.space.order(j), self.engine.space.targets(j, origin)
        return bool(targets) if self.by == "any" else any(order.better(target, origin) for target in targets)

    def leads(self, j: int, origin: int, target: int) -> bool:
        """Return whether party j goes from one state to another that it may move to."""
        order = self.engine.space.order(j)
        match self.by:
            case "any":
                return True
            case "improving":
                return order.better(target, origin)
            case "best":
                moves = self.engine.space.moves[j].targets(self.engine.space.states, origin)
                return order.better(target, origin) and target in order.best(moves)
            case _:
                return target in self._purposeful(j, np.array([origin], np.intp))

    def _purposeful(self, j: int, at: NDArray[np.intp]) -> NDArray[np.intp]:
        purpose = self._purpose
        return (purpose.plain(j, at) if self.by == "purposeful" else purpose.moves(j, at)).targets


@dataclass(frozen=True)
class Reach:
    """What can be reached from ``start``.

    Parameters
    ----------
    steps : Steps
        The moves that lead on.
    start : int
        A state index.
    moves : (P, S) int32
        The fewest moves that lead to each state with each party as the last mover; -1 where none do.
    """

    steps: Steps
    start: int
    moves: NDArray[np.int32]

    @property
    def by(self) -> By:
        """Return the kind of moves that lead on."""
        return self.steps.by

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
        last = None  # the party that moves next, which may not move now where it has to wait
        while distance:
            mover, origin = self._back(state, distance, last)
            steps.append(Step(mover, state))
            state, last, distance = origin, mover, distance - 1
        return tuple(reversed(steps))

    def _back(self, state: int, distance: int, last: int | None) -> tuple[int, int]:
        """Return who made the last of so many moves to a state, and from where."""
        waits = self.steps.waits
        for mover in np.flatnonzero(self.moves[:, state] == distance).tolist():
            if waits and mover == last:
                continue
            for origin in self.steps.engine.space.origins(mover, state):
                before = np.delete(self.moves[:, origin], mover) if waits else self.moves[:, origin]
                arrived = origin == self.start if distance == 1 else (before == distance - 1).any()
                if arrived and self.steps.leads(mover, origin, state):
                    return mover, origin
        raise AssertionError("a reached state has a last move")  # pragma: no cover


def reach(
    engine: ExplicitEngine,
    start: int,
    by: By = "improving",
    watch: Watch | None = None,
    purpose: Purpose | None = None,
) -> Reach:
    """Search forward from a state, all states of one distance at a time.

    Parameters
    ----------
    engine : ExplicitEngine
    start : int
        A state index.
    by : {"any", "improving", "purposeful", "best", "drift"}
        Which moves lead on.
    watch : Watch, optional
    purpose : Purpose, optional
        What parties do on purpose: under the concept of a drift.

    Returns
    -------
    Reach

    Notes
    -----
    O(P · S) for each move of the longest shortest path; by purposeful moves and drift O(k · 2ᵏ) for each state reached,
    for k options of a party.
    """
    steps = Steps(engine, by, purpose)
    count, size = len(engine.parties), engine.space.size
    moves = np.full((count, size), -1, np.int32)
    gone = np.zeros((count, size), bool)  # from where each party has gone on
    begin = np.zeros(size, bool)
    begin[start] = True
    waiting = [begin.copy() for _ in range(count)]
    distance = 0
    watch = watch or Watch()
    watch.phase("following the drift")
    while any(sources.any() for sources in waiting):
        distance += 1
        for j, sources in enumerate(waiting):
            watch.step()
            if sources.any():
                gone[j] |= sources
                moves[j, steps.onward(j, sources) & (moves[j] < 0)] = distance
        arrived = moves == distance
        waiting = [_others(arrived, j, wait=steps.waits) & ~gone[j] for j in range(count)]
    return Reach(steps, start, moves)


def _others(arrived: NDArray[np.bool_], j: int, *, wait: bool) -> Bools:
    """(S,): where somebody else than party j has arrived; where nobody has to wait, anybody."""
    return np.logical_or.reduce(np.delete(arrived, j, axis=0) if wait else arrived, axis=0)
