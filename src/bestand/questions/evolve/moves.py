"""Who can go where from some states: the moves of one party, for many states at once.

States are bit masks here. Where all feasible states are listed, a party's moves are looked up among them; where they
are too many for a list, they are made on the spot: every combination of the party's options, less what rules exclude.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bestand.engine.moves import PartyMoves, party_moves
from bestand.engine.ranks import by_priorities, by_weights
from bestand.engine.space import Space
from bestand.engine.states import MAX_OPTIONS, Evaluator, States, Truth
from bestand.model.errors import TooManyStates
from bestand.model.model import Model
from bestand.model.values import Priorities, Ranking, Weights

By = Literal["improvements", "best moves", "moves"]
KINDS: tuple[By, ...] = ("improvements", "best moves", "moves")

Ints = NDArray[np.signedinteger]
Rows = NDArray[np.intp]

_AT_ONCE = 2**21  # candidates that are looked at together
_MOST_OWN = 22  # options of one party whose combinations can be gone through


class Moving(ABC):
    """The moves of a model.

    Parameters
    ----------
    model : Model
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.parties: tuple[PartyMoves, ...] = party_moves(model, Evaluator(model, np.zeros(0, np.uint64)))

    def steps(self, j: int, masks: States, by: By = "improvements") -> tuple[Rows, States]:
        """Where party j goes from each of some feasible states.

        Parameters
        ----------
        j : int
            The index of a party.
        masks : (n,) uint64
        by : {"improvements", "best moves", "moves"}
            Only what the party gains by; only the best of that, any of several equally good; or any legal move.

        Returns
        -------
        rows : (m,) intp
            Of which state each step leaves; ascending.
        targets : (m,) uint64
            Where it leads.

        Notes
        -----
        O(states in the party's blocks of these states).
        """
        rows: list[Rows] = [np.zeros(0, np.intp)]
        targets: list[States] = [np.zeros(0, np.uint64)]
        for first, after in self._chunks(j, masks):
            row, target = self._steps(j, masks[first:after], by)
            rows.append(row + first)
            targets.append(target)
        return np.concatenate(rows), np.concatenate(targets)

    def gains(self, j: int, origins: States, targets: States) -> NDArray[np.int8]:
        """(n,): 1 where party j gains by going from an origin to a target, -1 where it loses, 0 where neither."""
        rank = self._ranks(j, np.concatenate([origins, targets]))
        before, after = rank[: len(origins)], rank[len(origins) :]
        return (after > before).astype(np.int8) - (after < before)

    def _chunks(self, j: int, masks: States) -> list[tuple[int, int]]:
        """Stretches of the states whose candidates are looked at together."""
        total = np.cumsum(self._sizes(j, masks))
        cuts, done = [0], 0
        while cuts[-1] < len(masks):
            after = max(int(np.searchsorted(total, done + _AT_ONCE, side="right")), cuts[-1] + 1)
            cuts.append(after)
            done = int(total[after - 1])
        return list(pairwise(cuts))

    def _steps(self, j: int, masks: States, by: By) -> tuple[Rows, States]:
        moves = self.parties[j]
        rows, targets = self._candidates(j, masks)
        origins = masks[rows]
        gained, lost = targets & ~origins, origins & ~targets
        legal = (origins != targets) & (lost & np.uint64(moves.to_yes) == 0) & (gained & np.uint64(moves.to_no) == 0)
        rows, targets = rows[legal], targets[legal]
        rows, targets = self._allowed(j, masks, rows, targets)
        if by == "moves":
            return rows, targets
        rank = self._ranks(j, np.concatenate([masks, targets]))
        before, after = rank[: len(masks)], rank[len(masks) :]
        kept = after > before[rows]
        if by == "best moves":
            best = before.copy()
            np.maximum.at(best, rows, after)
            kept &= after == best[rows]
        return rows[kept], targets[kept]

    def _allowed(self, j: int, masks: States, rows: Rows, targets: States) -> tuple[Rows, States]:
        """The moves that the model does not forbid one by one."""
        forbidden = [entry for entry in self.model.forbidden_moves if entry.party == self.model.parties[j].id]
        if forbidden:
            near, far = Evaluator(self.model, masks), Evaluator(self.model, targets)
            barred = np.zeros(len(rows), bool)
            for entry in forbidden:
                barred |= near.holds(entry.source)[rows] & far.holds(entry.target)
            rows, targets = rows[~barred], targets[~barred]
        return rows, targets

    @abstractmethod
    def _sizes(self, j: int, masks: States) -> Ints:
        """How many candidates each state has."""

    @abstractmethod
    def _candidates(self, j: int, masks: States) -> tuple[Rows, States]:
        """The feasible states that differ from each of some states in party j's options only, itself included."""

    @abstractmethod
    def _ranks(self, j: int, masks: States) -> Ints:
        """What party j thinks of some states: higher is better, comparable within one call."""


class Listed(Moving):
    """Moves among states that are all listed.

    Parameters
    ----------
    space : Space
    """

    def __init__(self, space: Space) -> None:
        super().__init__(space.model)
        self._space = space
        self._blocks: dict[int, tuple[Rows, Rows, Rows, Rows]] = {}

    def _of(self, j: int) -> tuple[Rows, Rows, Rows, Rows]:
        """The states block by block, where each block begins, its size, and the block of each state."""
        if j not in self._blocks:
            outside = self._space.states & ~np.uint64(self.parties[j].own)
            order = np.argsort(outside, kind="stable")
            new = np.r_[True, outside[order][1:] != outside[order][:-1]]
            starts = np.flatnonzero(new)
            block = np.empty(len(order), np.intp)
            block[order] = np.cumsum(new) - 1
            self._blocks[j] = order, starts, np.diff(np.r_[starts, len(order)]), block
        return self._blocks[j]

    def _sizes(self, j: int, masks: States) -> Ints:
        _, _, sizes, block = self._of(j)
        return sizes[block[np.searchsorted(self._space.states, masks)]]

    def _candidates(self, j: int, masks: States) -> tuple[Rows, States]:
        order, starts, sizes, block = self._of(j)
        mine = block[np.searchsorted(self._space.states, masks)]
        size = sizes[mine]
        rows = np.repeat(np.arange(len(masks)), size)
        first = np.repeat(np.cumsum(size) - size, size)
        places = np.repeat(starts[mine], size) + (np.arange(len(rows)) - first)
        return rows, self._space.states[order[places]]

    def _ranks(self, j: int, masks: States) -> Ints:
        return self._space.ranks[j][np.searchsorted(self._space.states, masks)]


class Unlisted(Moving):
    """Moves among states that are too many for a list.

    Parameters
    ----------
    model : Model

    Raises
    ------
    TooManyStates
        Beyond 64 options, or beyond 22 of one party.
    """

    def __init__(self, model: Model) -> None:
        if len(model.options) > MAX_OPTIONS:
            raise TooManyStates(
                f"{len(model.options)} options; single states are followed in models of up to {MAX_OPTIONS}"
            )
        for party in model.parties:
            if len(party.options) > _MOST_OWN:
                count = len(party.options)
                raise TooManyStates(f"{party.title} has {count} options, and so up to 2^{count} moves from each state")
        super().__init__(model)
        self._combinations = [_combinations(moves.own) for moves in self.parties]

    def feasible(self, masks: States) -> Truth:
        """(n,) bool: which states no rule excludes."""
        evaluator = Evaluator(self.model, masks)
        kept = np.ones(len(masks), bool)
        for rule in self.model.rules:
            kept &= evaluator.holds(rule.allows)
        return kept

    def _sizes(self, j: int, masks: States) -> Ints:
        return np.full(len(masks), len(self._combinations[j]))

    def _candidates(self, j: int, masks: States) -> tuple[Rows, States]:
        own = self._combinations[j]
        rows = np.repeat(np.arange(len(masks)), len(own))
        targets = ((masks & ~np.uint64(self.parties[j].own))[:, None] | own).reshape(-1)
        kept = self.feasible(targets)
        return rows[kept], targets[kept]

    def _ranks(self, j: int, masks: States) -> Ints:
        evaluator = Evaluator(self.model, masks)
        match self.model.preferences.get(self.model.parties[j].id):
            case Priorities() as priorities:
                return by_priorities(priorities, evaluator)
            case Weights() as weights:
                return by_weights(weights, evaluator)
            case Ranking() as ranking:
                return _places(ranking, masks)
            case None:
                return np.zeros(len(masks), np.int32)


def _combinations(own: int) -> States:
    """Every way to take some of the options of a mask."""
    masks = np.zeros(1, np.uint64)
    for k in range(own.bit_length()):
        if own >> k & 1:
            masks = np.concatenate([masks, masks | np.uint64(1 << k)])
    return masks


def _places(ranking: Ranking, masks: States) -> Ints:
    """The place of each state in an explicit order, from the worst."""
    place = {int(bits[::-1] or "0", 2): at for at, group in enumerate(ranking.groups[::-1]) for bits in group}
    return np.array([place[mask] for mask in masks.tolist()], np.int32)
