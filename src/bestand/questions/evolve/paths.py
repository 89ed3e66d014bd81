"""The shortest legal paths to a state: several of them, those that cost their movers least first.

A walk that ends in (state, last mover) in the fewest moves passes every such pair before it in the fewest moves, too.
So the paths to a pair are those to the pairs before it, one move longer: what is known of a pair serves all that come
after it. Paths have an order, which goes by their ends; where they are very many, only the first are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .drift import Drift

ENOUGH = 1000  # shortest paths to one state that are looked at
_MOST_AT_ONCE = 20_000  # pairs that are looked up before it is known whether they are needed

_Pair: TypeAlias = tuple[int, int]  # the place of a state, and who moved there last


class Leg(NamedTuple):
    """One move of a path: the mover's index, the bit mask of the state it moves to, and what that brings it.

    The gain is 1 where the mover gains, 0 where it is all the same to it, -1 where it loses.
    """

    party: int
    state: int
    gain: int


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest legal paths to one state.

    Parameters
    ----------
    state : int
        Its bit mask.
    moves : int
        How many moves each of them takes.
    count : int
        How many there are, of those that were looked at.
    counted : bool
        Whether that is all of them.
    shown : tuple of tuple of Leg
        Some of them: first those on which the fewest movers lose, then those on which the most gain.
    """

    state: int
    moves: int
    count: int
    counted: bool
    shown: tuple[tuple[Leg, ...], ...]


class _Path(NamedTuple):
    """A path by its last move, with how many movers lose on it, and how many gain, as a number below zero."""

    losses: int
    spared: int
    before: _Path | None
    leg: Leg | None

    def legs(self) -> tuple[Leg, ...]:
        """Return its moves, from the start."""
        legs, path = list[Leg](), self
        while path.before is not None and path.leg is not None:
            legs.append(path.leg)
            path = path.before
        return tuple(reversed(legs))


class _Entry(NamedTuple):
    """A way into a pair: the pair before it, None for the start; and the move."""

    before: _Pair | None
    leg: Leg


_START = [_Path(0, 0, None, None)]
_BEST_FIRST = itemgetter(0, 1)


class PathSearch:
    """Finds shortest paths, and remembers what those to several states have in common.

    Parameters
    ----------
    drift : Drift
    most : int
        How many paths to a state to give.
    """

    def __init__(self, drift: Drift, most: int) -> None:
        self._drift = drift
        self._most = most
        self._entries: dict[_Pair, list[_Entry]] = {}
        self._counts: dict[_Pair, int] = {}
        self._bests: dict[_Pair, list[_Path]] = {}

    def paths(self, at: int, enough: int = ENOUGH) -> Paths | None:
        """Return some of the shortest legal paths to a state; None where none leads there.

        Parameters
        ----------
        at : int
            The place of a state found.
        enough : int
            How many to look at, `ENOUGH` at most.

        Notes
        -----
        O(moves into the states on the way), which are looked at once for all states.
        """
        drift = self._drift
        length = int(drift.distance[at])
        if length < 0:
            return None
        if not length:
            return Paths(int(drift.masks[0]), 0, 1, True, ((),))
        ends = [(at, j) for j in drift.movers if drift.moves[j, at] == length]
        total = self._total(ends)
        best: list[_Path] = []
        left = enough
        for end in ends:
            best += self._first(end, left)
            left = max(left - self._count(end), 0)
        shown = tuple(path.legs() for path in self._fewest_losses(best))
        return Paths(int(drift.masks[at]), length, min(total, enough), total <= enough, shown)

    def _total(self, ends: Iterable[_Pair]) -> int:
        """Return how many paths lead to some pairs; of more than `ENOUGH`, that there are more."""
        total = 0
        for end in ends:
            total += self._count(end)
            if total > ENOUGH:
                break
        return total

    def _into(self, pair: _Pair) -> list[_Entry]:
        """Return the ways into a pair, in order."""
        if pair not in self._entries:
            self._look_up(np.array([pair]))
        return self._entries[pair]

    def look_up(self, places: Iterable[int]) -> None:
        """Look up the shortest ways into some states: all at once takes a fraction of the time of one by one."""
        drift = self._drift
        states = np.array([at for at in dict.fromkeys(places) if drift.distance[at] > 0], np.intp)
        at, movers = np.nonzero((drift.moves[:, states] == drift.distance[states]).T)
        pairs = np.column_stack([states[at], movers])
        while len(pairs) and len(self._entries) < _MOST_AT_ONCE:
            befores = self._look_up(pairs)
            pairs = np.array([pair for pair in befores if pair not in self._entries], np.intp)

    def _look_up(self, pairs: NDArray[np.intp]) -> Iterable[_Pair]:
        """Look up the ways into some pairs, given as rows; return the pairs before them."""
        drift, parties = self._drift, len(self._drift.moves)
        self._entries |= {(state, mover): [] for state, mover in pairs.tolist()}
        moves = drift.arrivals.at(np.unique(pairs[:, 0]))
        moves = moves[np.isin(drift.graph.target[moves] * parties + drift.graph.mover[moves], pairs @ [parties, 1])]
        origins, targets = drift.graph.source[moves], drift.graph.target[moves]
        movers, gains = drift.graph.mover[moves], drift.gain[moves]
        left = drift.moves[movers, targets] - 1
        for k in np.flatnonzero((origins == 0) & (left == 0)).tolist():
            self._add(None, int(targets[k]), int(movers[k]), int(gains[k]))
        arrived = (drift.moves[:, origins] == left) & (left > 0)
        if drift.waits:
            arrived[movers, np.arange(len(movers))] = False  # nobody moves twice in a row
        at, before = np.nonzero(arrived.T)
        columns = (origins[at], before, targets[at], movers[at], gains[at])
        for origin, j, target, mover, gain in zip(*(column.tolist() for column in columns), strict=True):
            self._add((origin, j), target, mover, gain)
        return dict.fromkeys(zip(origins[at].tolist(), before.tolist(), strict=True))

    def _add(self, before: _Pair | None, state: int, mover: int, gain: int) -> None:
        """Remember a way into a state."""
        leg = Leg(mover, int(self._drift.masks[state]), gain)
        self._entries[state, mover].append(_Entry(before, leg))

    def _count(self, pair: _Pair) -> int:
        """Return how many paths lead to a pair; of more than `ENOUGH`, that there are more.

        Afterwards the best of them are known, too, where they are no more than that.
        """
        waiting = [(pair, 0, 0)]  # ..., which way into it is next, and how many paths come by those before
        while waiting:
            here, k, total = waiting.pop()
            if here in self._counts:
                continue
            entries = self._into(here)
            while k < len(entries) and total <= ENOUGH:
                before = entries[k].before
                if before is not None and before not in self._counts:
                    waiting += [(here, k, total), (before, 0, 0)]
                    break
                total += 1 if before is None else self._counts[before]
                k += 1
            else:
                self._counts[here] = total
                if total <= ENOUGH:
                    self._bests[here] = self._fewest_losses(path for each in entries for path in self._by(each))
        return self._counts[pair]

    def _by(self, entry: _Entry) -> list[_Path]:
        """Return the best paths by one way into a pair, which are known."""
        return _longer(_START if entry.before is None else self._bests[entry.before], entry.leg)

    def _first(self, pair: _Pair, most: int) -> list[_Path]:
        """Return the best of the first so many paths to a pair."""
        parts: list[tuple[list[_Path], Leg]] = []  # what is the best before each way that is taken in part
        here, left = pair, most
        best: list[_Path] = []
        while left > 0:
            if self._count(here) <= left:
                best = self._bests[here]
                break
            whole: list[_Path] = []
            part = None
            for entry in self._into(here):
                count = 1 if entry.before is None else self._count(entry.before)
                if count > left:
                    part = entry
                    break
                whole += self._by(entry)
                left -= count
            if part is None or part.before is None or not left:
                best = self._fewest_losses(whole)
                break
            parts.append((whole, part.leg))
            here = part.before
        for whole, leg in reversed(parts):
            best = self._fewest_losses([*whole, *_longer(best, leg)])
        return best

    def _fewest_losses(self, paths: Iterable[_Path]) -> list[_Path]:
        """Return so many paths as are shown: those with the fewest losses, then the most gains, then the first."""
        return sorted(paths, key=_BEST_FIRST)[: self._most]


def _longer(paths: Iterable[_Path], leg: Leg) -> list[_Path]:
    """Return paths with one more move."""
    lost, spared = leg.gain < 0, -(leg.gain > 0)
    return [_Path(path.losses + lost, path.spared + spared, path, leg) for path in paths]
