"""Whether a deal is kept: that no drift leads out of the plan, nor cheats anybody inside it; and by what.

What keeps a party, over a deal and all states that drift from it leads to:

- it *cannot*: no legal move of it leads out of the plan
- it *would not*: some do, and none of these is purposeful
- it is *deterred*: some are, and none of them pays once it reckons with the answers; by whose answers
- it *fears*: the same, under a concept that reckons with answers that nobody need want to give
- it *breaks* the plan: a move out of it pays
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bestand.engine.committed import answering
from bestand.engine.flips import Indices, Moves
from bestand.engine.members import indices
from bestand.model.formula import Formula
from bestand.solve.drift import drift
from bestand.solve.purpose import Purpose, joined, spread

from .deciding import gain_between
from .in_force import Signed
from .proposal import Proposal
from .ruling_values import Example, Gain, How, Keeper

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Keeping:
    """Which states of a plan are never left, and which deals are kept.

    Parameters
    ----------
    proposal : Proposal
    signed : Signed
        What parties do on purpose, under the concept, once something is signed; or today, where nothing is.
    formula : Formula, optional
        What the plan asks for, where it is known: it can be put to states that commitments pass through.
    """

    proposal: Proposal
    signed: Signed
    formula: Formula | None = None

    @property
    def purpose(self) -> Purpose:
        """Return what they do on purpose."""
        return self.signed.purpose

    @cached_property
    def plan(self) -> Bools:
        """(T,) bool: which of the states that are at rest then are in the plan."""
        return self.signed.seen(self.proposal.plan)

    def below(self, i: int) -> Bools:
        """(T,) bool: where party i is worse off than without a deal."""
        return self.signed.seen(self.proposal.space.order(i).below(self.proposal.best_without[i]))

    def never_left(self, states: Indices) -> Bools:
        """(M,): from which of some states of the plan no drift leads out of it."""
        states = self.signed.at(states)
        reached, moves = self._inside(states)
        return ~reaching(reached[~self.plan[reached]], moves, self._size)[states]

    def kept(self, deals: Indices) -> Bools:
        """(M,): which of some deals are never left, and lead nobody who has a say in them below no deal."""
        at, deals = np.searchsorted(self.proposal.states, deals), self.signed.at(deals)
        reached, moves = self._inside(deals)
        kept = ~reaching(reached[~self.plan[reached]], moves, self._size)[deals]
        for i in self.purpose.parties:
            cheated = reaching(reached[self.below(i)[reached]], moves, self._size)[deals]
            kept &= ~(cheated & self.proposal.has_say[i, at])
        return kept

    def as_it_stands(self, deals: Indices) -> Bools:
        """(M,): which of some states nobody would leave at all."""
        deals = self.signed.at(deals)
        stays = np.ones(self._size, bool)
        for i in self.purpose.parties:
            stays[self.purpose.moves(i, deals).sources] = False
        return stays[deals]

    def keepers(self, state: int, weaker: Purpose | None = None) -> tuple[Keeper, ...]:
        """Return what keeps each party, over a state and all that drift from it leads to.

        ``weaker`` is the purpose under the concept with credible answers alone, where this one has others: what deters
        only here is fear.
        """
        reached = drift(self.purpose, self.signed.at(np.array([state], np.intp))).states
        inside = reached[self.plan[reached]]
        if weaker is not None and weaker.space is not self.purpose.space:
            weaker = self.purpose.under(weaker.rounds)
        return tuple(self._keeper(i, inside, weaker) for i in self.purpose.parties)

    def _keeper(self, i: int, states: Indices, weaker: Purpose | None) -> Keeper:
        if not self._leaves(self.purpose.legal(i, states)):
            return Keeper("cannot", ties=self._answered(i, states))
        if self._leaves(self.purpose.moves(i, states)):  # perhaps as a precaution, which alone would gain it nothing
            return Keeper("breaks")
        if not self._leaves(self.purpose.plain(i, states)):
            return Keeper("would-not", ties=self._answered(i, states))
        how: How = "fear" if weaker is not None and self._leaves(weaker.moves(i, states)) else "deterred"
        ids = self.purpose.engine.parties
        whose = tuple(tuple(ids[j] for j in some) for some in self._whose(i, states))
        return Keeper(how, whose, *self._example(i, states))

    def _answered(self, i: int, states: Indices) -> tuple[str, ...]:
        """Return the commitments that answer moves out of the plan that party i would have reason to make without them.

        States that they pass through are out of the plan where its formula is not true there.
        """
        if self.formula is None or not self.purpose.space.commitments:
            return ()
        space, free = self.purpose.space, self.signed.free.purpose
        ways = free.plain(i, indices(free.space.states, space.states[states]))
        out = ways.targets[~free.space.holds(self.formula)[ways.targets]]
        return answering(space, free.space.states[np.unique(out)])

    def _example(self, i: int, states: Indices) -> tuple[Example | None, Gain | None, Gain | None]:
        """Return the most tempting way out of the plan for party i, with answers that leave it no better off.

        And what it has of its move, and after the answers.
        """
        ways = self.purpose.plain(i, states)
        out = np.flatnonzero(~self.plan[ways.targets])
        for way in out[np.argsort(-self.purpose.rank(i)[ways.targets[out]], kind="stable")].tolist():
            source, target = int(ways.sources[way]), int(ways.targets[way])
            answers = self.purpose.deterrent(i, source, target)
            if answers:
                space, ids = self.purpose.space, self.purpose.engine.parties
                path = tuple((ids[j], int(space.states[state])) for j, state in ((i, target), *answers))
                tempts = gain_between(space, i, target, source)
                return (int(space.states[source]), path), tempts, gain_between(space, i, answers[-1][1], source)
        return None, None, None

    def _whose(self, i: int, states: Indices) -> Iterator[tuple[int, ...]]:
        """Yield the smallest sets of other parties whose answers alone keep party i from leaving."""
        others = [j for j in self.purpose.parties if j != i]
        enough: list[set[int]] = []
        for size in range(1, len(others) + 1):
            for some in combinations(others, size):
                if any(small <= set(some) for small in enough):
                    continue
                if not self._leaves(self.purpose.among(some).moves(i, states)):
                    enough.append(set(some))
                    yield some

    def _leaves(self, moves: Moves) -> bool:
        return not self.plan[moves.targets].all()

    def _inside(self, states: Indices) -> tuple[Indices, Moves]:
        """Return what drift reaches from some states of the plan before it has left it, and the moves."""
        plan, purpose = self.plan, self.purpose
        reached, moves = spread(
            lambda frontier: [purpose.moves(i, frontier[plan[frontier]]) for i in purpose.parties], states
        )
        return reached, joined(moves)

    @property
    def _size(self) -> int:
        return self.purpose.space.size


def reaching(targets: Indices, moves: Moves, size: int) -> Bools:
    """(S,): from where some moves lead, in any number of steps, to one of some states; these included."""
    reach = np.zeros(size, bool)
    reach[targets] = True
    before = -1
    while (count := np.count_nonzero(reach)) != before:
        before = count
        reach[moves.sources[reach[moves.targets]]] = True
    return reach
