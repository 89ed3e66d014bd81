"""Who can move from where to where, as a question about one state (the engines answer it for all states at once)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates
from bestand.model.model import Model

from .members import Coalesced, indices
from .states import Evaluator, States, Truth, distinct

MAX_KEPT = 200_000_000  # places in what is kept of the forbidden moves of one party

Bans: TypeAlias = tuple[tuple[Truth, Truth], ...]


@dataclass(frozen=True)
class PartyMoves:
    """The moves of one party in option form (definition 1.5 of the reference).

    Parameters
    ----------
    own : int
        Mask of the party's options: a move changes these and no others.
    to_yes, to_no : int
        Masks of its options that change in one direction only.
    forbidden : tuple of ((S,) bool, (S,) bool)
        No move leads from a state of the first set to a state of the second.
    within : Members, optional
        Where some states count as one: the moves of the party among their members, from which its moves follow.
    """

    own: int
    to_yes: int
    to_no: int
    forbidden: tuple[tuple[Truth, Truth], ...]
    within: Members | None = None

    @cached_property
    def bans(self) -> Bans:
        """Sets of states, no two with one in common, each with where the party may go from there.

        From the states of no set it may go wherever its options allow.
        """
        return _grouped(self.forbidden)

    @cached_property
    def bans_back(self) -> Bans:
        """The same looked at from where moves end: where they may come from."""
        return _grouped(tuple((far, near) for near, far in self.forbidden))

    @property
    def among_members(self) -> PartyMoves:
        """The moves among all feasible states, as if none counted as one."""
        return self if self.within is None else self.within.moves

    def targets(self, states: States, s: int) -> NDArray[np.intp]:
        """Indices of the states that the party can reach from state index ``s`` in one move, ascending."""
        return self._partners(states, s, forward=True) if self.within is None else self.within.targets(s)

    def origins(self, states: States, t: int) -> NDArray[np.intp]:
        """Indices of the states from which the party can reach state index ``t`` in one move, ascending."""
        return self._partners(states, t, forward=False) if self.within is None else self.within.origins(t)

    def _partners(self, states: States, at: int, *, forward: bool) -> NDArray[np.intp]:
        """Return the other states of the block to which the party may go (or come from). O(block), or O(S) if less."""
        block = self._block(states, at)
        changed = states[block] ^ states[at]
        gained, lost = changed & ~states[at], changed & states[at]  # seen from `at`
        if not forward:
            gained, lost = lost, gained
        stuck = (lost & np.uint64(self.to_yes)) | (gained & np.uint64(self.to_no))
        possible = (changed != 0) & (stuck == 0)
        for sources, targets in self.forbidden:
            near, far = (sources, targets) if forward else (targets, sources)
            if near[at]:
                possible &= ~far[block]
        return block[possible]

    def _block(self, states: States, at: int) -> NDArray[np.intp]:
        """Indices of the states that differ from one in this party's options only, ascending."""
        if 1 << self.own.bit_count() > len(states):
            return np.flatnonzero((states ^ states[at]) & ~np.uint64(self.own) == 0)
        masks = np.zeros(1, np.uint64)
        for k in range(self.own.bit_length()):
            if self.own >> k & 1:
                masks = np.concatenate([masks, masks | np.uint64(1 << k)])
        masks |= states[at] & ~np.uint64(self.own)
        found = np.searchsorted(states, masks)
        return found[states[np.minimum(found, len(states) - 1)] == masks]


@dataclass(frozen=True)
class Members:
    """The moves of one party among the members of states, of which some count as one.

    From a state the party moves as from any of its members, into it as into any of them, and within it never.

    Parameters
    ----------
    moves : PartyMoves
        Over all members.
    coalesced : Coalesced
    """

    moves: PartyMoves
    coalesced: Coalesced

    def targets(self, s: int) -> NDArray[np.intp]:
        """Indices of the states that the party can reach from state index ``s`` in one move, ascending."""
        return self._elsewhere(s, [self.moves.targets(self.coalesced.members, m) for m in self._members(s)])

    def origins(self, t: int) -> NDArray[np.intp]:
        """Indices of the states from which the party can reach state index ``t`` in one move, ascending."""
        ends = np.flatnonzero(self.coalesced.of == t).tolist()
        origins = [self.moves.origins(self.coalesced.members, m) for m in ends]
        return self._elsewhere(t, [each[self.coalesced.left[each]] for each in origins])

    def _members(self, at: int) -> list[int]:
        return self.coalesced.members_of(np.array([at]))[0].tolist()

    def _elsewhere(self, at: int, members: list[NDArray[np.intp]]) -> NDArray[np.intp]:
        found = distinct(self.coalesced.of[np.concatenate(members)])
        return found[found != at]


def _grouped(forbidden: tuple[tuple[Truth, Truth], ...]) -> Bans:
    """Group states by which of the forbidden moves begin there. O(S · groups · forbidden moves)."""
    groups: list[tuple[Truth, Truth]] = []
    for near, far in forbidden:
        rest = near.copy()
        split: list[tuple[Truth, Truth]] = []
        for sources, open_ in groups:
            rest &= ~sources
            split += [(sources & near, open_ & ~far), (sources & ~near, open_)]
        groups = [(sources, open_) for sources, open_ in (*split, (rest, ~far)) if sources.any()]
        if 2 * len(groups) * len(near) > MAX_KEPT:
            raise TooManyStates(
                "{states} states, which the forbidden moves of one party divide into more than {sets} sets, each with "
                "other ways to go",
                states=len(near),
                sets=len(groups) - 1,
            )
    return tuple(groups)


def together(states: States, moves: Iterable[PartyMoves], today: np.uint64) -> Truth:
    """(F,): which states parties bring about together from one of them, each by a move of its own. O(F · forbidden)."""
    here = indices(states, np.array([today]))[0]
    legal = np.ones(len(states), bool)
    gained, lost = states & ~today, today & ~states
    for each in moves:
        legal &= (lost & np.uint64(each.to_yes) | gained & np.uint64(each.to_no)) == 0
        for sources, targets in each.forbidden:
            if sources[here]:
                legal &= ~(targets & ((states ^ today) & np.uint64(each.own) != 0))
    return legal


def party_moves(model: Model, evaluator: Evaluator) -> tuple[PartyMoves, ...]:
    """Return the moves of every party, in the model's order.

    Notes
    -----
    O(S · forbidden moves).
    """
    moves = _free_of_members(model, evaluator)
    if evaluator.coalesced is None:
        return moves
    among = _free_of_members(model, evaluator.members)
    return tuple(
        replace(each, within=Members(inner, evaluator.coalesced)) for each, inner in zip(moves, among, strict=True)
    )


def _free_of_members(model: Model, evaluator: Evaluator) -> tuple[PartyMoves, ...]:
    """Return the moves among the states of an evaluator as if none of them counted as one."""
    one_way = {entry.option: entry.direction for entry in model.one_way}
    moves = []
    for party in model.parties:
        ids = [option.id for option in party.options]
        moves.append(
            PartyMoves(
                own=model.mask(ids),
                to_yes=model.mask(o for o in ids if one_way.get(o) == "to-yes"),
                to_no=model.mask(o for o in ids if one_way.get(o) == "to-no"),
                forbidden=tuple(
                    (evaluator.holds(entry.source), evaluator.holds(entry.target))
                    for entry in model.forbidden_moves
                    if entry.party == party.id
                ),
            )
        )
    return tuple(moves)
