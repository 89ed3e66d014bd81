"""How deals that are not kept would be broken: what a plan would have to tie down.

A state is *lost* to a deal iff it is out of the plan, or worse than no deal for a party that has a say in the deal. A
*breach* is a move of a party from a state to which drift from the deal leads through states that are not lost: a move
that is not deterred, that leads to a lost state, and of which no other such move changes fewer of the party's own
options. (Deals, section 5; the brute force is `bestand.reference.repairs`.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np

from bestand.engine.flips import Indices, Moves
from bestand.engine.states import distinct
from bestand.plan.in_force import Signed
from bestand.plan.joint import Joint
from bestand.plan.proposal import Bools
from bestand.solve.purpose import spread


@dataclass(frozen=True, slots=True)
class Event:
    """What a breaker has made of its options by a breach.

    Parameters
    ----------
    breaker : int
    options : int
        Those that it changes, as bits.
    yes : int
        Those of them that become yes.
    """

    breaker: int
    options: int
    yes: int


@dataclass(frozen=True)
class Breaches:
    """The breaches of all deals of a plan.

    Parameters
    ----------
    lacking : mapping of Event to (int, int)
        Options of the other parties, as bits, that are no where one of its breaches leads; and those that are yes.
    moved : int
        Options, as bits, that a breach changes, or drift from a deal before anything is lost.
    """

    lacking: Mapping[Event, tuple[int, int]]
    moved: int


def breaches(joint: Joint) -> Breaches:
    """Return the breaches of the deals of a plan.

    Notes
    -----
    O(2ᵏ) a state that drift from the deals leads to, for the k options of each party, beside the drift.
    """
    lacking: dict[Event, tuple[int, int]] = {}
    moved = 0
    for deals in _alike(joint):
        onward = _Onward(joint, deals)
        moved |= onward.drifting
        for event, ends in onward.breaches():
            moved |= event.options
            known = lacking.get(event, (0, 0))
            lacking[event] = known[0] | ~int(np.bitwise_and.reduce(ends)), known[1] | int(np.bitwise_or.reduce(ends))
    every = (1 << len(joint.purpose.space.model.options)) - 1
    owns = [moves.own for moves in joint.purpose.space.moves]
    others = {event: every & ~owns[event.breaker] for event in lacking}
    return Breaches({each: (no & others[each], yes & others[each]) for each, (no, yes) in lacking.items()}, moved)


def _alike(joint: Joint) -> Iterator[Indices]:
    """The deals, those together in which the same parties have a say, and that leave alike what the plan fixes."""
    proposal, deals = joint.proposal, joint.proposal.deals
    fixed = proposal.space.states[deals] & np.uint64(joint.ties.fixed)
    groups: dict[tuple[int, bytes], list[int]] = {}
    says = proposal.has_say[:, np.searchsorted(proposal.states, deals)]
    for deal, kept, say in zip(deals.tolist(), fixed.tolist(), says.T, strict=True):
        groups.setdefault((kept, say.tobytes()), []).append(deal)
    return (np.array(group, np.intp) for group in groups.values())


class _Onward:
    """What becomes of deals in which the same parties have a say, before anything is lost to them."""

    def __init__(self, joint: Joint, deals: Indices) -> None:
        keeping = joint.signed(int(deals[0]))
        self.signed: Signed = keeping.signed
        purpose = self.purpose = self.signed.purpose
        say = joint.proposal.has_say[:, np.searchsorted(joint.proposal.states, deals[0])]
        self.lost: Bools = ~keeping.plan
        for i in np.flatnonzero(say).tolist():
            self.lost = self.lost | keeping.below(i)
        lost = self.lost
        reached, moves = spread(
            lambda frontier: [purpose.moves(i, frontier[~lost[frontier]]) for i in purpose.parties],
            self.signed.at(deals),
        )
        self.inside = distinct(reached[~lost[reached]])
        self.drifting = reduce(or_, (self._changed(i, each) for i, each in enumerate(moves)), 0)

    def _changed(self, i: int, moves: Moves) -> int:
        """The options of its own, as bits, that a party changes by some moves."""
        return int(np.bitwise_or.reduce(self._flips(i, moves))) if len(moves.sources) else 0

    def _flips(self, i: int, moves: Moves) -> np.ndarray:
        states = self.purpose.space.states
        return (states[moves.sources] ^ states[moves.targets]) & np.uint64(self.purpose.space.moves[i].own)

    def breaches(self) -> Iterator[tuple[Event, np.ndarray]]:
        """The events, each once for every party, with where the breaches lead: (M,) uint64."""
        states = self.purpose.space.states
        for i in self.purpose.parties:
            moves = self._paying(i)
            flips = self._flips(i, moves)
            ends: dict[tuple[int, int], list[int]] = {}
            for place in _fewest(moves.sources, flips):
                end = states[moves.targets[place]]
                ends.setdefault((int(flips[place]), int(end & flips[place])), []).append(int(end))
            for (options, yes), found in ends.items():
                yield Event(i, options, yes), np.array(found, np.uint64)

    def _paying(self, i: int) -> Moves:
        """The moves of party i to what is lost that are not deterred, and change some option of its own."""
        legal = self.purpose.legal(i, self.inside)
        out = self.lost[legal.targets]
        moves = Moves(legal.sources[out], legal.targets[out])
        pays = self.purpose.worth(i, moves.targets) > self.purpose.rank(i)[moves.sources]
        pays &= self._flips(i, moves) != 0
        return Moves(moves.sources[pays], moves.targets[pays])


def _fewest(sources: Indices, flips: np.ndarray) -> Iterator[int]:
    """The places of moves of which no other from the same state changes fewer options of those that they change."""
    of: dict[int, list[int]] = {}
    for place, source in enumerate(sources.tolist()):
        of.setdefault(source, []).append(place)
    for places in of.values():
        some = {int(flips[place]) for place in places}
        least = {one for one in some if not any(other != one and other & one == other for other in some)}
        yield from (place for place in places if int(flips[place]) in least)
