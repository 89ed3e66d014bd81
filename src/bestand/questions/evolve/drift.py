"""Going out from one state: every state that is come to, in how few moves, by whom last, and every move on the way.

A state is *reached* when a legal sequence of steps leads there: nobody moves twice in a row. The search keeps, for each
state, the fewest moves that end in it with each party as the last mover, since who moved last decides who can go on.

By drift, in which parties do what pays on purpose, nobody has to wait: there any sequence counts.

Whether things can end somewhere, or go round, is asked of the moves themselves, whoever moved last: a party that has
improved and can improve again is not at rest. Where single moves are forbidden, a party that moves again may so come
to states that no legal sequence reaches. They are kept apart (`Drift.beyond`). Without forbidden moves there are none:
what one party does in two moves it can do in one.

Source: status quo analysis of Li, Kilgour & Hipel (2004, 2005).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.engine.states import States, Truth
from bestand.model.errors import LimitReached, Stop, TooManyStates
from bestand.model.sentences import By

from .index import Index
from .moves import Moving, Rows

Ids = NDArray[np.int64]

MOST_FOUND = 2**20  # states that are followed one by one, unless told
MOST_MOVES = 40_000_000  # moves between them
_BYTES = 60  # for each move, while they are put in order
_FAR = np.int32(np.iinfo(np.int32).max)


def waits(by: By) -> bool:
    """Return whether, where moves of a kind lead on, a party that has moved waits until another has."""
    return by != "drift"


@dataclass(frozen=True)
class Moves:
    """The moves between the states found, each with its mover, in the order of where they start.

    Parameters
    ----------
    source, target : (M,) int64
        Places of states found.
    mover : (M,) int64
        Indices of parties.
    """

    source: Ids
    target: Ids
    mover: Ids

    def kept(self, which: Truth) -> Moves:
        """Return some of them."""
        return Moves(self.source[which], self.target[which], self.mover[which])


@dataclass(frozen=True)
class Arrivals:
    """The moves in the order of where they lead.

    Parameters
    ----------
    order : (M,) int64
        Their places in the order of where they start.
    starts : (n + 1,) int64
        Where the moves to each state begin in that order.
    """

    order: Ids
    starts: Ids

    @classmethod
    def of(cls, moves: Moves, size: int) -> Arrivals:
        """Put the moves between so many states in order."""
        order, target = np.arange(len(moves.target)), moves.target
        for shift in range(0, size.bit_length(), 16):  # sixteen bits are sorted several times as fast as all
            digits = (target[order] >> shift & 0xFFFF).astype(np.uint16)
            order = order[np.argsort(digits, kind="stable")]
        return cls(order, np.searchsorted(target[order], np.arange(size + 1)))

    def at(self, states: Rows) -> Ids:
        """Return the places of the moves that lead to some states, state by state."""
        count = self.starts[states + 1] - self.starts[states]
        first = np.repeat(self.starts[states] - (np.cumsum(count) - count), count)
        return self.order[first + np.arange(int(count.sum()))]


@dataclass(frozen=True)
class Drift:
    """Where things go from a state: a value of arrays, which asks no engine.

    Parameters
    ----------
    by : {"any", "improving", "purposeful", "best", "drift"}
    movers : tuple of int
        The parties that may move.
    masks : (n,) uint64
        The states found, the start first, then those that fewer moves lead to. A *place* is an index of it.
    moves : (P, n) int32
        The fewest moves of a legal sequence that ends in each state with each party as the last mover; -1: there is
        none.
    distance : (n,) int32
        The fewest moves to each state, 0 for the start, -1 beyond legal sequences.
    graph : Moves
        Every step of the kind asked about between them, whoever moved last.
    gain : (M,) int8
        What each of these brings its mover: 1 for a gain, 0 where it is all the same to it, -1 for a loss.
    arrivals : Arrivals
        These in the order of where they lead.
    rests : (n,) bool
        Where none of those who may move has such a step.
    horizon : int or None
        The most moves that were asked for.
    closed : bool
        Whether everything that can follow was followed, as needed for what ends and what goes round.
    stopped : Stop or None
        The limit that ended the search; everything that fewer moves lead to than to the last states was found.
    """

    by: By
    movers: tuple[int, ...]
    masks: States
    moves: NDArray[np.int32]
    distance: NDArray[np.int32]
    graph: Moves
    gain: NDArray[np.int8]
    arrivals: Arrivals
    rests: Truth
    horizon: int | None
    closed: bool
    stopped: Stop | None

    @property
    def waits(self) -> bool:
        """Return whether a party that has moved waits until another has."""
        return waits(self.by)

    @property
    def size(self) -> int:
        """Return how many states were found, those beyond legal sequences included."""
        return len(self.masks)

    @property
    def reached(self) -> Truth:
        """(n,): which states a legal sequence leads to, the start included."""
        return self.distance >= 0

    @property
    def count(self) -> int:
        """Return how many states a legal sequence leads to."""
        return int(self.reached.sum())

    @property
    def beyond(self) -> int:
        """Return how many states are found only where a party moves twice in a row."""
        return self.size - self.count

    @property
    def longest(self) -> int:
        """The most moves that a state reached is away."""
        return int(self.distance.max())

    def place(self, mask: int) -> int | None:
        """Return the place of a state; None where it was not found. O(n)."""
        found = np.flatnonzero(self.masks == np.uint64(mask))
        return int(found[0]) if len(found) else None

    def last_movers(self, at: int, moves: int) -> list[int]:
        """Return the parties that can be the last of so many movers, or fewer, to a state found."""
        return [j for j, fewest in enumerate(self.moves[:, at].tolist()) if 0 < fewest <= moves]


def follow(
    moving: Moving,
    start: int,
    by: By = "improving",
    movers: tuple[int, ...] | None = None,
    horizon: int | None = None,
    watch: Watch | None = None,
) -> Drift:
    """Follow the moves from a state, all states of one distance at a time, and return what is found.

    Parameters
    ----------
    moving : Moving
    start : int
        A feasible state, as a bit mask.
    by : {"any", "improving", "purposeful", "best", "drift"}
        Which moves lead on; see `Moving.steps`. By drift the same party may move again.
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
    search = _Search(moving, start, by, tuple(range(len(moving.parties))) if movers is None else movers, watch)
    stopped = None
    try:
        watch.phase("following the moves")
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
        self.index = Index.of(len(moving.model.options))
        self.index.add(self.masks, 0)
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
        wait = waits(self.by)
        while any(len(ids) for ids in waiting.values()) and (horizon is None or distance < horizon):
            distance += 1
            arrived: dict[int, Ids] = {}
            for j in self.movers:
                arrived[j] = self._arrive(j, self._step(j, waiting[j]), distance)
            for k in self.movers:
                fresh = [arrived[j] for j in self.movers if j != k or not wait]
                waiting[k] = self._waiting(k, fresh)
        self.whole = not any(len(ids) for ids in waiting.values())

    def _waiting(self, k: int, fresh: list[Ids]) -> Ids:
        """Return the states from which party k is still to move, of those that were just come to, ascending."""
        found = np.zeros(len(self.masks), bool)
        for ids in fresh:
            found[ids] = True
        return np.flatnonzero(found & ~self.gone[k])

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
        """Let party j move from some states, and return where that leads."""
        self.watch.step()
        if not len(ids):
            return ids
        reached: list[Ids] = []
        for part in np.array_split(ids, -(-len(ids) // 4096)):
            self.watch.check()
            rows, targets = self.moving.steps(j, self.masks[part], self.by)
            self.count += len(rows)
            if self.count > MOST_MOVES:
                raise TooManyStates("more than {most} moves between the states found", most=MOST_MOVES)
            self.watch.room(_BYTES * self.count, "the moves between the states found")
            found = self._known(targets)
            self.open[part[rows]] = True
            self.parts.append((part[rows], found, j))
            self.gone[j, part] = True
            reached.append(found)
        return np.concatenate(reached)

    def _arrive(self, j: int, ids: Ids, distance: int) -> Ids:
        """Return the states of these that j is the last to move to for the first time, ascending."""
        arrived = np.zeros(len(self.masks), bool)
        arrived[ids] = True
        new = np.flatnonzero(arrived & (self.moves[j] < 0))
        self.moves[j, new] = distance
        return new

    def _known(self, targets: States) -> Ids:
        """Return the indices of some states; new ones get theirs."""
        ids = self.index.find(targets)
        unknown = np.flatnonzero(ids < 0)
        if len(unknown):
            masks, back = np.unique(targets[unknown], return_inverse=True)
            size, new = len(self.masks), len(masks)
            if size + new > self.most:
                raise TooManyStates("stopped at {size} states found; the limit is {limit}", size=size, limit=self.most)
            self.index.add(masks, size)
            self.masks = np.concatenate([self.masks, masks])
            self.moves = np.pad(self.moves, ((0, 0), (0, new)), constant_values=-1)
            self.gone = np.pad(self.gone, ((0, 0), (0, new)))
            self.open = np.pad(self.open, (0, new))
            ids[unknown] = size + back
        return ids

    def drift(self, horizon: int | None, stopped: Stop | None) -> Drift:
        """Return what was found, in order."""
        distance = np.where(self.moves >= 0, self.moves, _FAR).min(axis=0, initial=_FAR)
        distance[0] = 0
        order = np.lexsort((self.masks, distance))
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        looked = np.ones(len(order), bool)
        if stopped:  # in the midst of a move: what it leads to has no distance yet, and may not be known by all paths
            order = order[distance[order] < _FAR]
            looked = self.gone[list(self.movers)].all(axis=0)
        graph = self._graph(place, len(order))
        masks, distance = self.masks[order], distance[order]
        return Drift(
            self.by,
            self.movers,
            masks,
            self.moves[:, order],
            np.where(distance == _FAR, np.int32(-1), distance),
            graph,
            self._gains(masks, graph),
            Arrivals.of(graph, len(order)),
            (~self.open & looked)[order],
            horizon,
            self.whole and stopped is None,
            stopped,
        )

    def _graph(self, place: Ids, size: int) -> Moves:
        """Return the moves between the first states of an order, by source, then mover, then target."""
        none = np.zeros(0, np.int64)
        source = place[np.concatenate([none, *(part[0] for part in self.parts)])]
        target = place[np.concatenate([none, *(part[1] for part in self.parts)])]
        mover = np.repeat([part[2] for part in self.parts] or [0], [len(part[0]) for part in self.parts] or [0])
        kept = (source < size) & (target < size)
        parties = len(self.moves)
        keys = np.sort(((source * parties + mover) * size + target)[kept])  # no two moves have the same key
        source, target = keys // size, keys % size
        return Moves(source // parties, target, source % parties)

    def _gains(self, masks: States, graph: Moves) -> NDArray[np.int8]:
        """Return what each move brings its mover."""
        if self.by != "any":
            return np.broadcast_to(np.int8(1), graph.source.shape)
        gain = np.zeros(len(graph.source), np.int8)
        for j in self.movers:
            mine = np.flatnonzero(graph.mover == j)
            gain[mine] = self.moving.gains(j, masks, graph.source[mine], graph.target[mine])
        return gain
