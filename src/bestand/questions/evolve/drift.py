"""Going out from one state: every state that is come to, in how few moves, by whom last, and every move on the way.

A state is *reached* when a legal sequence of steps leads there: nobody moves twice in a row. The search keeps, for each
state, the fewest moves that end in it with each party as the last mover, since who moved last decides who can go on.

Whether things can end somewhere, or go round, is asked of the moves themselves, whoever moved last: a party that has
improved and can improve again is not at rest. Where single moves are forbidden, a party that moves again may so come
to states that no legal sequence reaches. They are kept apart (`Drift.beyond`). Without forbidden moves there are none:
what one party does in two moves it can do in one.

Source: status quo analysis of Li, Kilgour & Hipel (2004, 2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.engine.states import States, Truth
from bestand.model.errors import LimitReached, Stop, TooManyStates

from .moves import By, Moving

Ids = NDArray[np.int64]

MOST_FOUND = 2**20  # states that are followed one by one, unless told
MOST_MOVES = 40_000_000  # moves between them
_BYTES = 60  # for each move, while they are put in order


@dataclass(frozen=True)
class Moves:
    """The moves between the states found, each with its mover, in the order of where they start.

    Parameters
    ----------
    source, target : (M,) int64
        Indices of states found.
    mover : (M,) int64
        Indices of parties.
    """

    source: Ids
    target: Ids
    mover: Ids

    @cached_property
    def starts(self) -> Ids:
        """(last source + 2,): the moves of state s are ``starts[s]`` up to ``starts[s + 1]``."""
        return np.searchsorted(self.source, np.arange(int(self.source.max(initial=-1)) + 2))

    @cached_property
    def by_target(self) -> tuple[Ids, Ids]:
        """The places of the moves in the order of where they lead, and where each state begins in that order."""
        order = np.argsort(self.target, kind="stable")
        return order, np.searchsorted(self.target[order], np.arange(int(self.target.max(initial=-1)) + 2))

    def into(self, state: int) -> Ids:
        """The places of the moves that lead to a state."""
        order, starts = self.by_target
        return order[starts[state] : starts[state + 1]] if state + 1 < len(starts) else order[:0]

    def kept(self, which: Truth) -> Moves:
        """Some of them."""
        return Moves(self.source[which], self.target[which], self.mover[which])


@dataclass(frozen=True)
class Drift:
    """Where things go from a state.

    Parameters
    ----------
    moving : Moving
    by : {"improvements", "best moves", "moves"}
    movers : tuple of int
        The parties that may move.
    masks : (n,) uint64
        The states found, the start first, then those that fewer moves lead to.
    moves : (P, n) int32
        The fewest moves of a legal sequence that ends in each state with each party as the last mover; -1: there is
        none.
    graph : Moves
        Every step of the kind asked about between them, whoever moved last.
    rests : (n,) bool
        Where none of those who may move has such a step.
    horizon : int or None
        The most moves that were asked for.
    closed : bool
        Whether everything that can follow was followed, as needed for what ends and what goes round.
    stopped : Stop or None
        The limit that ended the search; everything that fewer moves lead to than to the last states was found.
    """

    moving: Moving
    by: By
    movers: tuple[int, ...]
    masks: States
    moves: NDArray[np.int32]
    graph: Moves
    rests: Truth
    horizon: int | None
    closed: bool
    stopped: Stop | None

    @property
    def size(self) -> int:
        """How many states were found, those beyond legal sequences included."""
        return len(self.masks)

    @cached_property
    def distance(self) -> NDArray[np.int32]:
        """(n,): the fewest moves to each state, 0 for the start, -1 beyond legal sequences."""
        far = np.int32(np.iinfo(np.int32).max)
        fewest = np.where(self.moves >= 0, self.moves, far).min(axis=0, initial=far)
        fewest[0] = 0
        return np.where(fewest == far, -1, fewest)

    @cached_property
    def reached(self) -> Truth:
        """(n,): which states a legal sequence leads to, the start included."""
        return self.distance >= 0

    @property
    def beyond(self) -> int:
        """How many states are found only where a party moves twice in a row."""
        return int((~self.reached).sum())

    @property
    def longest(self) -> int:
        """The most moves that a state reached is away."""
        return int(self.distance.max())

    def index(self, mask: int) -> int | None:
        """The index of a state; None where it was not found."""
        order, ordered = self._order
        at = int(np.searchsorted(ordered, np.uint64(mask)))
        return int(order[at]) if at < len(ordered) and int(ordered[at]) == mask else None

    @cached_property
    def _order(self) -> tuple[Ids, States]:
        order = np.argsort(self.masks)
        return order, self.masks[order]


def follow(
    moving: Moving,
    start: int,
    by: By = "improvements",
    movers: tuple[int, ...] | None = None,
    horizon: int | None = None,
    watch: Watch | None = None,
) -> Drift:
    """Follow the moves from a state, all states of one distance at a time.

    Parameters
    ----------
    moving : Moving
    start : int
        A feasible state, as a bit mask.
    by : {"improvements", "best moves", "moves"}
        Any improvement, only the best that a party has, or any legal move.
    movers : tuple of int, optional
        The parties that may move; all unless told.
    horizon : int, optional
        Follow so many moves at most.
    watch : Watch, optional
        Where a limit on time, states or memory is reached, the drift holds what was found by then.

    Returns
    -------
    Drift

    Notes
    -----
    O(states found · blocks of the parties) time; 24 bytes for each move that is seen.

    Examples
    --------
    >>> from bestand import load
    >>> from bestand.questions.evolve.moves import Listed
    >>> from bestand.solve.solution import Solution
    >>> space = Solution(load("textbook/prisoners-dilemma")).space
    >>> follow(Listed(space), 3).distance.tolist()
    [0, 1, 1, 2]
    """
    watch = watch or Watch()
    watch.phase("following the moves")
    search = _Search(moving, start, by, tuple(range(len(moving.parties))) if movers is None else movers, watch)
    stopped = None
    try:
        search.go(horizon)
        search.close()
    except LimitReached as error:
        stopped = error.stop
    return search.drift(horizon, stopped)


class _Search:
    """Breadth first over (state, last mover)."""

    def __init__(self, moving: Moving, start: int, by: By, movers: tuple[int, ...], watch: Watch) -> None:
        self.moving, self.by, self.movers, self.watch = moving, by, movers, watch
        self.most = watch.limits.states or MOST_FOUND
        self.masks = np.array([start], np.uint64)  # in the order in which they are found
        self.order = np.zeros(1, np.int64)  # ... and their order by mask
        self.moves = np.full((len(moving.parties), 1), -1, np.int32)
        self.gone = np.zeros((len(moving.parties), 1), bool)  # whether the party's moves from there were looked at
        self.open = np.zeros(1, bool)  # whether somebody was seen to have a move there
        self.parts: list[tuple[Ids, Ids, int]] = []
        self.count = 0  # of moves seen
        self.whole = False

    def go(self, horizon: int | None) -> None:
        """Follow legal sequences."""
        waiting = dict.fromkeys(self.movers, np.zeros(1, np.int64))
        distance = 0
        while any(len(ids) for ids in waiting.values()) and (horizon is None or distance < horizon):
            distance += 1
            arrived: dict[int, Ids] = {}
            for j in self.movers:
                arrived[j] = self._arrive(j, self._step(j, waiting[j]), distance)
            for k in self.movers:
                fresh = [arrived[j] for j in self.movers if j != k]
                ids = np.unique(np.concatenate([np.zeros(0, np.int64), *fresh]))
                waiting[k] = ids[~self.gone[k, ids]]
        self.whole = not any(len(ids) for ids in waiting.values())

    def close(self) -> None:
        """Look at the moves that are left: of who moved last, and of everybody where it ended at its horizon."""
        if not self.whole:  # whether anybody has a move, and no more
            for j in self.movers:
                ids = np.flatnonzero(~self.gone[j])
                rows, _ = self.moving.steps(j, self.masks[ids], self.by)
                self.open[ids[rows]] = True
                self.watch.step()
            return
        while not self.gone[list(self.movers)].all():
            for j in self.movers:
                self._step(j, np.flatnonzero(~self.gone[j]))

    def _step(self, j: int, ids: Ids) -> Ids:
        """Let party j move from some states; where that leads."""
        self.watch.step()
        if not len(ids):
            return ids
        reached: list[Ids] = []
        for part in np.array_split(ids, -(-len(ids) // 4096)):
            self.watch.check()
            rows, targets = self.moving.steps(j, self.masks[part], self.by)
            self.count += len(rows)
            if self.count > MOST_MOVES:
                raise TooManyStates(f"more than {MOST_MOVES:,} moves between the states found")
            self.watch.room(_BYTES * self.count, "the moves between the states found")
            found = self._known(targets)
            self.open[part[rows]] = True
            self.parts.append((part[rows], found, j))
            self.gone[j, part] = True
            reached.append(found)
        return np.concatenate(reached)

    def _arrive(self, j: int, ids: Ids, distance: int) -> Ids:
        """The states of these that j is the last to move to for the first time."""
        new = np.unique(ids)
        new = new[self.moves[j, new] < 0]
        self.moves[j, new] = distance
        return new

    def _known(self, targets: States) -> Ids:
        """The indices of some states; new ones get theirs. O(states found) where there are new ones."""
        wanted, back = np.unique(targets, return_inverse=True)
        ordered = self.masks[self.order]
        at = np.searchsorted(ordered, wanted)
        known = np.zeros(len(wanted), bool)
        known[at < len(ordered)] = ordered[at[at < len(ordered)]] == wanted[at < len(ordered)]
        ids = np.empty(len(wanted), np.int64)
        ids[known] = self.order[at[known]]
        new = int((~known).sum())
        if new:
            size = len(self.masks)
            if size + new > self.most:
                raise TooManyStates(f"stopped at {size:,} states found; the limit is {self.most:,}")
            ids[~known] = np.arange(size, size + new)
            self.masks = np.concatenate([self.masks, wanted[~known]])
            self.order = np.insert(self.order, at[~known], ids[~known])
            self.moves = np.pad(self.moves, ((0, 0), (0, new)), constant_values=-1)
            self.gone = np.pad(self.gone, ((0, 0), (0, new)))
            self.open = np.pad(self.open, (0, new))
        return ids[back]

    def drift(self, horizon: int | None, stopped: Stop | None) -> Drift:
        """What was found, in order."""
        far = np.int32(np.iinfo(np.int32).max)
        distance = np.where(self.moves >= 0, self.moves, far).min(axis=0, initial=far)
        distance[0] = 0
        order = np.lexsort((self.masks, distance))
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        none = np.zeros(0, np.int64)
        source = place[np.concatenate([none, *(part[0] for part in self.parts)])]
        target = place[np.concatenate([none, *(part[1] for part in self.parts)])]
        mover = np.repeat([part[2] for part in self.parts] or [0], [len(part[0]) for part in self.parts] or [0])
        sort = np.lexsort((target, mover, source))
        looked = np.ones(len(order), bool)
        if stopped:  # in the midst of a move: what it leads to has no distance yet, and may not be known by all paths
            order = order[distance[order] < far]
            sort = sort[(source[sort] < len(order)) & (target[sort] < len(order))]
            looked = self.gone[list(self.movers)].all(axis=0)
        return Drift(
            self.moving,
            self.by,
            self.movers,
            self.masks[order],
            self.moves[:, order],
            Moves(source[sort], target[sort], mover[sort]),
            (~self.open & looked)[order],
            horizon,
            self.whole and stopped is None,
            stopped,
        )
