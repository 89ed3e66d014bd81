"""What can be signed at one moment from a state, and by whom: the joint moves that are legal, and where they lead.

Without commitments a joint move leads where it says. With those of the plan it leads to what they make of that:
t = complete(s0 ⊕ F). What they change needs no signature of its own; whoever flips an option of a smallest F that leads
to t signs, and whoever owns a commitment of the plan. (Deals, section 5; the brute force is
`bestand.reference.commitments.CommittedTalks`.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from bestand.engine.committed import FINE, complete, trouble_at
from bestand.engine.flips import Indices
from bestand.engine.members import States, indices
from bestand.engine.moves import PartyMoves, together
from bestand.engine.space import Space
from bestand.model.errors import ModelError
from bestand.model.values import Commitment

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Signing:
    """Ways of signing something: a set of options that are flipped, and the state to which that leads.

    Parameters
    ----------
    states : (N,) intp
        State indices, ascending: what can be signed.
    of : (W,) intp
        For each way, which of the states it leads to.
    flips : (W,) uint64
        The options that are flipped, as bits; no way to one state flips all that another one flips, and more.
    by_itself : (W,) uint64
        What commitments change beside that.
    owners : frozenset of int
        The parties whose commitments come with it.
    """

    states: Indices
    of: Indices
    flips: States
    by_itself: States
    owners: frozenset[int]

    def changes(self, own: int) -> Bools:
        """(N,): where a party, given by its options as bits, flips one."""
        found = np.zeros(len(self.states), bool)
        found[self.of[self.flips & np.uint64(own) != 0]] = True
        return found

    def promises(self, own: int, space: Space, others: Indices) -> Bools:
        """(N,): where an option of a party differs from what it is in one of some states, and not by itself."""
        here, there = space.states[self.states], space.states[others]
        apart = (here ^ np.bitwise_and.reduce(there)) | (here ^ np.bitwise_or.reduce(there))
        found = np.zeros(len(self.states), bool)
        found[self.of[apart[self.of] & ~self.by_itself & np.uint64(own) != 0]] = True
        return found

    def some(self, chosen: Bools) -> Signing:
        """Return the ways to some (N,) of the states."""
        place, kept = np.cumsum(chosen) - 1, chosen[self.of]
        return Signing(self.states[chosen], place[self.of[kept]], self.flips[kept], self.by_itself[kept], self.owners)


def signing(space: Space, start: int, bringing: Sequence[Commitment] = (), owners: Iterable[int] = ()) -> Signing:
    """Return what can be signed from a state.

    Every changed option changes in its direction, and no party that changes one is forbidden the move. The states
    between need not be feasible.

    Parameters
    ----------
    space : Space
        Of today.
    start : int
    bringing : sequence of Commitment
        Those that come with what is signed, beside what is in force today.
    owners : iterable of int
        Whose these are.

    Raises
    ------
    ModelError
        Where a joint move leads to what commitments cannot complete, with the state.

    Notes
    -----
    O(S · (forbidden moves + rounds of the commitments)).
    """
    today, commitments = space.states[start], (*space.commitments, *bringing)
    feasible, moves = _ground(space)
    legal = feasible[together(feasible, moves, today)]
    if not commitments:
        return Signing(indices(space.states, legal), np.arange(len(legal)), legal ^ today, legal ^ legal, frozenset())
    bound = (reduce(or_, (each.to_yes for each in moves)), reduce(or_, (each.to_no for each in moves)))
    found = complete(space.model, commitments, legal, feasible, bound)
    for place in np.flatnonzero(found.trouble != FINE)[:1].tolist():
        raise ModelError([trouble_at(space.model, commitments, found, place).problem()])
    flips = legal ^ today
    ways = _smallest(flips, found.ends)
    states, of = np.unique(found.ends[ways], return_inverse=True)
    by_itself = found.ends[ways] ^ legal[ways]
    return Signing(indices(space.states, states), of, flips[ways], by_itself, frozenset(owners))


def _ground(space: Space) -> tuple[States, tuple[PartyMoves, ...]]:
    """Return the states between which parties move, and their moves, before commitments act."""
    if not space.commitments:
        return space.states, space.moves
    within = next(each.within for each in space.moves if each.within is not None)
    return within.coalesced.members, tuple(each.among_members for each in space.moves)


def _smallest(flips: States, ends: States) -> Indices:
    """Return which sets of options flip no more than another one does that leads to the same state."""
    order = np.lexsort((np.bitwise_count(flips), ends))
    new = np.r_[True, ends[order][1:] != ends[order][:-1], True]
    kept = [order[new[:-1] & new[1:]]]  # what nothing else leads to
    starts, stops = np.flatnonzero(new[:-1] & ~new[1:]), np.flatnonzero(~new[:-1] & new[1:]) + 1
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        left = order[start:stop]
        while len(left):
            kept.append(left[:1])
            left = left[flips[left] & flips[left[0]] != flips[left[0]]]
    return np.sort(np.concatenate(kept))
