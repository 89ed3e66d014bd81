"""Who can go where from some states: the moves of one party, for many states at once.

States are bit masks here. Where all feasible states are listed, a party's moves are looked up among them; where they
are too many for a list, they are made on the spot: every combination of the party's options, less what rules exclude.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bestand.engine.explicit import LOW
from bestand.engine.flips import PurposefulMoves, most_of_parts
from bestand.engine.moves import PartyMoves, party_moves
from bestand.engine.order import Order, order_of
from bestand.engine.space import Space
from bestand.engine.states import MAX_OPTIONS, Evaluator, States, Truth
from bestand.model.errors import CallError, TooManyStates
from bestand.model.model import Model
from bestand.model.sentences import By
from bestand.model.values import Ranking
from bestand.solve.by import MOST_OWN
from bestand.solve.positions import find_state
from bestand.solve.purpose import Purpose

Ints = NDArray[np.signedinteger]
Rows = NDArray[np.intp]

_AT_ONCE = 2**21  # candidates that are looked at together


class Moving(ABC):
    """The moves of a model.

    Parameters
    ----------
    model : Model
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.parties: tuple[PartyMoves, ...] = party_moves(model, Evaluator(model, np.zeros(0, np.uint64)))

    def steps(self, j: int, masks: States, by: By = "improving") -> tuple[Rows, States]:
        """Return where party j goes from each of some feasible states.

        Parameters
        ----------
        j : int
            The index of a party.
        masks : (n,) uint64
        by : {"any", "improving", "purposeful", "best", "drift"}
            Any legal move; only what the party gains by; of that, only what it gives nothing away by, or only the best,
            any of several equally good; or only what it does on purpose under a concept, where the states are listed.

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

    def gains(self, j: int, masks: States, source: Rows, target: Rows) -> NDArray[np.int8]:
        """Return what party j makes of some moves between feasible states.

        Parameters
        ----------
        j : int
        masks : (n,) uint64
        source, target : (m,) int
            Places in ``masks``.

        Returns
        -------
        (m,) int8
            1 where it gains, -1 where it loses, 0 where it is all the same to it.
        """
        order, at = self._order(j, masks)
        before, after = at[source], at[target]
        return order.better(after, before).astype(np.int8) - order.better(before, after)

    def is_feasible(self, mask: int) -> bool:
        """Return whether no rule excludes a state."""
        return bool(self.feasible(np.array([mask], np.uint64))[0])

    @abstractmethod
    def row(self, at: int) -> int:
        """Return the bit mask of a state that is given by its row. Raises `CallError` where there is no such row."""

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
        if by == "any":
            return rows, targets
        order, at = self._order(j, np.concatenate([masks, targets]))
        before, after = at[: len(masks)], at[len(masks) :]
        kept = order.better(after, before[rows])
        keys = order.keys()
        if by == "best":
            best, found = keys[before], keys[after]
            np.maximum.at(best, rows, found)
            kept &= found == best[rows]
        rows, targets = rows[kept], targets[kept]
        if by == "purposeful":
            kept = self._whole(j, rows, masks[rows] ^ targets, keys[after][kept])
            return rows[kept], targets[kept]
        return rows, targets

    def _whole(self, j: int, rows: Rows, flips: States, worth: Ints) -> Truth:
        """Return which improvements of party j have no part that is as good to it: all of which are given."""
        own = [k for k in range(len(self.model.options)) if self.parties[j].own >> k & 1]
        number = np.zeros(len(flips), np.intp)
        for place, k in enumerate(own):
            number |= (flips >> np.uint64(k) & np.uint64(1)).astype(np.intp) << place
        if not len(rows):
            return np.zeros(0, bool)
        _, column = np.unique(rows, return_inverse=True)
        panel = np.full((1 << len(own), int(column.max()) + 1), LOW, np.int64)
        panel[number, column] = worth
        return worth > most_of_parts(panel)[number, column]

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

    def alike(self, masks: States) -> NDArray[np.int64]:
        """(n,): numbers that are the same for feasible states that nobody tells apart: every party likes them alike."""
        keys = []
        for j in range(len(self.parties)):
            order, at = self._order(j, masks)
            keys.append(order.keys()[at])
        if not keys:
            return np.zeros(len(masks), np.int64)
        _, numbers = np.unique(np.stack(keys), axis=1, return_inverse=True)
        return numbers.reshape(-1)

    @abstractmethod
    def _sizes(self, j: int, masks: States) -> Ints:
        """Return how many candidates each state has."""

    @abstractmethod
    def _candidates(self, j: int, masks: States) -> tuple[Rows, States]:
        """The feasible states that differ from each of some states in party j's options only, itself included."""

    @abstractmethod
    def feasible(self, masks: States) -> Truth:
        """(n,) bool: which states no rule excludes."""

    @abstractmethod
    def _order(self, j: int, masks: States) -> tuple[Order, Rows]:
        """Return an order of party j over some states, and their places in it."""


class Listed(Moving):
    """Moves among states that are all listed.

    Parameters
    ----------
    space : Space
    purpose : Purpose, optional
        What parties do on purpose, under the concept of a drift.
    """

    def __init__(self, space: Space, purpose: Purpose | None = None) -> None:
        super().__init__(space.model)
        self._space = space
        self._purpose = purpose
        self._blocks: dict[int, tuple[Rows, Rows, Rows, Rows]] = {}

    def steps(self, j: int, masks: States, by: By = "improving") -> tuple[Rows, States]:
        if by not in {"purposeful", "drift"} or self._purpose is None:
            return super().steps(j, masks, by)
        at = np.searchsorted(self._space.states, masks)
        moves = self._purpose.plain(j, at) if by == "purposeful" else self._purpose.moves(j, at)
        order = np.argsort(at)
        rows = order[np.searchsorted(at, moves.sources, sorter=order)]
        ascending = np.argsort(rows, kind="stable")
        return rows[ascending], self._space.states[moves.targets[ascending]]

    def _steps(self, j: int, masks: States, by: By) -> tuple[Rows, States]:
        moves = self._space.moves[j]
        if moves.within is None:
            return super()._steps(j, masks, by)
        found = [self._from(j, int(at), by) for at in np.searchsorted(self._space.states, masks)]
        rows = np.repeat(np.arange(len(masks)), [len(targets) for targets in found])
        return rows, self._space.states[np.concatenate([np.zeros(0, np.intp), *found])]

    def _from(self, j: int, at: int, by: By) -> Rows:
        """Return where party j goes from one state, where some states count as one."""
        if by == "purposeful":
            return np.sort(PurposefulMoves(self._space, j).moves(np.array([at])).targets)
        found, order = self._space.moves[j].targets(self._space.states, at), self._space.order(j)
        if by != "any":
            found = found[order.better(found, at)]
        return order.best(found) if by == "best" and len(found) else found

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

    def row(self, at: int) -> int:
        return int(self._space.states[find_state(self._space, at)])

    def feasible(self, masks: States) -> Truth:
        at = np.minimum(np.searchsorted(self._space.states, masks), self._space.size - 1)
        return self._space.states[at] == masks

    def _order(self, j: int, masks: States) -> tuple[Order, Rows]:
        return self._space.order(j), np.searchsorted(self._space.states, masks)


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
                "{options} options; single states are followed in models of up to {limit}",
                options=len(model.options),
                limit=MAX_OPTIONS,
            )
        for party in model.parties:
            if len(party.options) > MOST_OWN:
                count = len(party.options)
                raise TooManyStates(
                    "{party} has {count} options, and so up to 2^{count} moves from each state",
                    party=party.title,
                    count=count,
                )
        super().__init__(model)
        self._combinations = [_combinations(moves.own) for moves in self.parties]

    def row(self, at: int) -> int:
        raise CallError(f"the states are not listed, so that there is no row {at}; give the state by its bits")

    def feasible(self, masks: States) -> Truth:
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

    def _order(self, j: int, masks: States) -> tuple[Order, Rows]:
        party = self.model.parties[j].id
        wish = self.model.preferences.get(party)
        at = np.arange(len(masks))
        if isinstance(wish, Ranking):  # which is looked up in ascending states
            masks, at = np.unique(masks, return_inverse=True)
        return order_of(wish, Evaluator(self.model, masks), party), at


def _combinations(own: int) -> States:
    """Every way to take some of the options of a mask."""
    masks = np.zeros(1, np.uint64)
    for k in range(own.bit_length()):
        if own >> k & 1:
            masks = np.concatenate([masks, masks | np.uint64(1 << k)])
    return masks
