"""A plan put to the parties: what of it can be signed at one moment, by whom, and who refuses what.

A plan is a joint signature. Compared with no deal, a state to which things would drift without one, or today where it
stands, a signatory is better off, worse off, or has nothing in it. A *deal* is a state of the plan that can be signed,
that at least two sign, that nobody with a say refuses, and in which every signatory is better off.

Ideas: coalition improvements (Kilgour, Hipel, Fang & Peng 2001), the bargaining range against no deal (Fearon 1995).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bestand.engine.flips import Indices
from bestand.engine.space import Space
from bestand.engine.states import distinct_rows

from .signing import Signing, signing

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Proposal:
    """Some states, put to the parties in a state to start from.

    Parameters
    ----------
    space : Space
    start : int
        A state index: what signing changes is told against it.
    plan : (S,) bool
        The states proposed.
    no_deal : (D,) intp
        The states that things come to without a deal.
    consent : frozenset of int
        Parties without whom nothing is signed, even where they change nothing.
    red_lines : mapping of int to (S,) bool
        By party: what it refuses whatever else is offered.
    ways : Signing, optional
        What can be signed at all, where commitments come with the plan.
    """

    space: Space
    start: int
    plan: Bools
    no_deal: Indices
    consent: frozenset[int] = frozenset()
    red_lines: Mapping[int, Bools] = field(default_factory=dict)
    ways: Signing | None = None

    @cached_property
    def signing(self) -> Signing:
        """Return what of the plan can be signed, and by whom.

        Today can be signed where it would not last: it is to be kept on purpose.
        """
        ways = self.ways or signing(self.space, self.start)
        signable = self.plan[ways.states]
        if self.start in self.no_deal:
            signable = signable & (ways.states != self.start)
        return ways.some(signable)

    @property
    def states(self) -> Indices:
        """(N,): the states of the plan that can be signed, ascending."""
        return self.signing.states

    @cached_property
    def changes(self) -> Bools:
        """(P, N): who changes something from the start."""
        return np.array([self.signing.changes(moves.own) for moves in self.space.moves])

    @cached_property
    def ties(self) -> Bools:
        """(P, N): whose commitments come with the plan."""
        found = np.zeros(self.changes.shape, bool)
        found[sorted(self.signing.owners)] = True
        return found

    @cached_property
    def signs(self) -> Bools:
        """(P, N): who signs.

        It is whoever changes something, promises to leave undone what it would do without a deal, or ties itself.
        """
        owns = [moves.own for moves in self.space.moves]
        promises = np.array([self.signing.promises(own, self.space, self.no_deal) for own in owns])
        return self.changes | promises | self.ties

    @cached_property
    def best_without(self) -> tuple[int, ...]:
        """For each party a state of the no-deal point that it likes best: what an offer has to beat."""
        return tuple(int(self.space.order(i).best(self.no_deal)[0]) for i in self._parties)

    @cached_property
    def better(self) -> Bools:
        """(P, N): who is better off than under every state of the no-deal point."""
        return np.array([self.space.order(i).better(self.states, self.best_without[i]) for i in self._parties])

    @cached_property
    def worse(self) -> Bools:
        """(P, N): who is worse off than under some state of the no-deal point."""
        return np.array([self.space.order(i).below(self.best_without[i])[self.states] for i in self._parties])

    @cached_property
    def crosses(self) -> Bools:
        """(P, N): whose red line a state crosses."""
        lines = np.zeros(self.signs.shape, bool)
        for i, line in self.red_lines.items():
            lines[i] = line[self.states]
        return lines

    @cached_property
    def has_say(self) -> Bools:
        """(P, N): who signs, or has to consent."""
        say = self.signs.copy()
        say[sorted(self.consent)] = True
        return say

    @cached_property
    def refuses(self) -> Bools:
        """(P, N): who has a say and is worse off, or sees its red line crossed."""
        return self.has_say & (self.worse | self.crosses)

    @cached_property
    def idle(self) -> Bools:
        """(P, N): who signs, does not refuse, and has nothing in it."""
        return self.signs & ~self.refuses & ~self.better

    @cached_property
    def objects(self) -> Bools:
        """(P, N): who loses, or sees its red line crossed, and has no say."""
        return ~self.has_say & (self.worse | self.crosses)

    @cached_property
    def joint(self) -> Bools:
        """(N,): what at least two sign."""
        return np.count_nonzero(self.signs, axis=0) >= 2

    @cached_property
    def deals(self) -> Indices:
        """(M,): the deals, as state indices."""
        return self.states[self.joint & ~(self.refuses | self.idle).any(axis=0)]

    @property
    def blocking(self) -> tuple[tuple[int, ...], ...]:
        """The smallest sets of parties one of which stands in the way of everything that several would have to sign.

        Meant where there is no deal; empty where nothing can be signed by two or more.
        """
        in_the_way = (self.refuses | self.idle)[:, self.joint]
        members = {frozenset(np.flatnonzero(row).tolist()) for row in distinct_rows(in_the_way.T)}
        return smallest_hitting(members) if in_the_way.size else ()

    def has_nothing(self, party: int) -> bool:
        """Return whether a party stands in the way only by having nothing in what is proposed."""
        return not (self.refuses[party] & self.joint).any()

    @property
    def _parties(self) -> range:
        return range(len(self.space.moves))


def smallest_hitting(families: Iterable[frozenset[int]]) -> tuple[tuple[int, ...], ...]:
    """Return the inclusion-minimal sets that meet every one of some sets (Berge's algorithm).

    Examples
    --------
    >>> smallest_hitting([frozenset({0, 1}), frozenset({1, 2})])
    ((1,), (0, 2))
    """
    hitting = [frozenset[int]()]
    for family in sorted(families, key=len):
        grown = {hit if hit & family else hit | {member} for hit in hitting for member in family}
        hitting = [hit for hit in grown if not any(other < hit for other in grown)]
    return tuple(sorted((tuple(sorted(hit)) for hit in hitting if hit), key=lambda hit: (len(hit), hit)))


def lean(space: Space, deals: Indices, start: int) -> Indices:
    """Return the deals of which no other takes a proper part of the changes from the start. O(deals · lean ones)."""
    changes = space.states[deals] ^ space.states[start]
    fewest = np.argsort(np.bitwise_count(changes), kind="stable")
    kept: list[int] = []
    left = fewest
    while len(left):
        first = left[0]
        kept.append(int(first))
        left = left[changes[left] & changes[first] != changes[first]]
    return deals[np.sort(np.array(kept, np.intp))]


def pareto_best(space: Space, state: int, deals: Indices) -> bool:
    """Find out whether none of some deals is at least as good for all parties, and better for one."""
    orders = [space.order(i) for i in range(len(space.moves))]
    good = np.logical_and.reduce([order.at_least(deals, state) for order in orders])
    better = np.logical_or.reduce([order.better(deals, state) for order in orders])
    return not (good & better).any()
