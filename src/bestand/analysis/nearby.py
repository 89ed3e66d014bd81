"""What is reached from a state, searched outward from there: quick where little is reached.

`bestand.analysis.evolution.reach` asks about all states at once, in every round. Where what is reached is a small part
of them, going from state to state is less work; it is given up where it turns out not to be.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bestand.engine.choose import ExplicitEngine
from bestand.engine.explicit import LOW
from bestand.engine.moves import PartyMoves
from bestand.engine.space import Space
from bestand.model.sentences import Mover

from .evolution import Reach

Indices = NDArray[np.intp]

_TABLE = 22  # options up to which a table says where every state stands in the list
_WIDE = 16  # options of one party beyond which its moves from one state are too many to list
_PATIENCE = 2  # candidates, in multiples of the states, after which the search is given up


class Nearby:
    """The states of a model and the moves between them, for searches from one of them.

    Parameters
    ----------
    space : Space
        Its ranks are not looked at.
    """

    def __init__(self, space: Space) -> None:
        self._states = space.states
        self._moves = space.moves
        self._small = all(moves.own.bit_count() <= _WIDE for moves in space.moves)
        self._own = [_combinations(moves.own) if self._small else space.states[:0] for moves in space.moves]
        self._place: NDArray[np.int32] | None = None
        if len(space.model.options) <= _TABLE:
            self._place = np.full(1 << len(space.model.options), -1, np.int32)
            self._place[space.states] = np.arange(space.size, dtype=np.int32)

    def reach(self, engine: ExplicitEngine, start: int, by: Mover) -> Reach | None:
        """What `bestand.analysis.evolution.reach` finds; None where that is quicker.

        Parameters
        ----------
        engine : ExplicitEngine
            On these states and moves, with any ranks.
        start : int
            A state index.
        by : {"improvements", "best moves"}
        """
        ranks = engine.space.ranks
        patience = _PATIENCE * len(self._states) if self._small else 0
        moves = np.full(ranks.shape, -1, np.int32)
        gone_on = np.zeros(ranks.shape, bool)  # from where each party has gone on
        fresh: dict[int, Indices] = {-1: np.array([start])}  # where each party has arrived in the last round
        distance = 0
        while fresh:
            distance += 1
            arrived: dict[int, Indices] = {}
            for j in range(len(ranks)):
                others = [states for last, states in fresh.items() if last != j]
                sources = np.concatenate(others) if others else np.zeros(0, np.intp)
                sources = _each_once(sources[~gone_on[j, sources]])
                patience -= len(sources) * len(self._own[j])
                if patience < 0:
                    return None
                gone_on[j, sources] = True
                targets = self._onward(j, sources, ranks[j], by)
                targets = _each_once(targets[moves[j, targets] < 0])
                if len(targets):
                    moves[j, targets] = distance
                    arrived[j] = targets
            fresh = arrived
        return Reach(engine, start, by, moves)

    def _onward(self, j: int, sources: Indices, rank: NDArray[np.int32], by: Mover) -> Indices:
        """Where party j goes from the sources, some states perhaps several times."""
        moves, before = self._moves[j], self._states[sources][:, None]
        after = (before & ~np.uint64(moves.own)) | self._own[j]
        place = self._placed(after)
        legal = (place >= 0) & _allowed(moves, before, after)
        for near, far in moves.forbidden:
            legal &= ~(near[sources][:, None] & far[place])
        there = np.where(legal, rank[place], LOW)
        taken = there > rank[sources][:, None]
        if by == "best moves":
            taken &= there == there.max(axis=1, keepdims=True)
        return place[taken].astype(np.intp)

    def _placed(self, masks: NDArray[np.uint64]) -> NDArray[np.signedinteger]:
        """The index of every state; -1 where it is infeasible."""
        if self._place is not None:
            return self._place[masks]
        place = np.minimum(np.searchsorted(self._states, masks), len(self._states) - 1)
        return np.where(self._states[place] == masks, place, -1)


def _allowed(moves: PartyMoves, before: NDArray[np.uint64], after: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Where one-way options change as they may."""
    to_yes, to_no = np.uint64(moves.to_yes), np.uint64(moves.to_no)
    return (before & ~after & to_yes == 0) & (after & ~before & to_no == 0)


def _each_once(places: Indices) -> Indices:
    """Places ascending, each once. `numpy.unique` would load masked arrays first, which takes longer than all this."""
    ordered = np.sort(places)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)]]


def _combinations(own: int) -> NDArray[np.uint64]:
    """Every way to take some of the options of a mask."""
    masks = np.zeros(1, np.uint64)
    for k in range(own.bit_length()):
        if own >> k & 1:
            masks = np.concatenate([masks, masks | np.uint64(1 << k)])
    return masks
