"""Whether a deal is kept, and by what, over sets of states: as `bestand.plan.kept`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bestand.engine.symbolic import DiagramStates
from bestand.plan.ruling_values import How, Keeper

from .proposal import Proposal
from .purpose import Purpose


@dataclass(frozen=True)
class Keeping:
    """Which states of a plan are never left, and which deals are kept.

    Parameters
    ----------
    proposal : Proposal
    purpose : Purpose
        Under the concept.
    """

    proposal: Proposal
    purpose: Purpose

    def never_left(self, states: DiagramStates) -> DiagramStates:
        """Return the states of a set, of the plan, from which no drift leads out of it."""
        inside, outside = self._reached(states)
        return states - self.purpose.leading(outside, inside)

    def kept(self, deals: DiagramStates) -> DiagramStates:
        """Return the deals of a set that are never left, and lead nobody who has a say in them below no deal."""
        inside, outside = self._reached(deals)
        kept = deals - self.purpose.leading(outside, inside)
        for i in self.purpose.parties:
            below = inside & self.proposal.below(i)
            kept = kept - (self.purpose.leading(below, inside) & self.proposal.has_say[i])
        return kept

    def as_it_stands(self, state: int) -> bool:
        """Find out whether nobody would leave a state at all."""
        return not any(self.purpose.moves(i, self.purpose.one(state)) for i in self.purpose.parties)

    def keepers(self, state: int, weaker: Purpose | None = None) -> tuple[Keeper, ...]:
        """Return what keeps each party, over a state and all that drift from it leads to.

        ``weaker`` as in `bestand.plan.kept`.
        """
        inside = self.purpose.spread(self.purpose.one(state)) & self.proposal.plan
        return tuple(self._keeper(i, inside, weaker) for i in self.purpose.parties)

    def _keeper(self, i: int, states: DiagramStates, weaker: Purpose | None) -> Keeper:
        if not self._leaves(self.purpose.legal(i, states)):
            return Keeper("cannot")
        if self._leaves(self.purpose.moves(i, states)):  # perhaps as a precaution, which alone would gain it nothing
            return Keeper("breaks")
        if not self._leaves(self.purpose.plain.moves(i, states)):
            return Keeper("would-not")
        how: How = "fear" if weaker is not None and self._leaves(weaker.moves(i, states)) else "deterred"
        ids = self.purpose.engine.parties
        return Keeper(how, tuple(tuple(ids[j] for j in some) for some in self._whose(i, states)))

    def _whose(self, i: int, states: DiagramStates) -> Iterator[tuple[int, ...]]:
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

    def _leaves(self, reached: DiagramStates) -> bool:
        return bool(reached - self.proposal.plan)

    def _reached(self, states: DiagramStates) -> tuple[DiagramStates, DiagramStates]:
        """Return what drift reaches from some states of the plan before it has left it, and where it leaves it."""
        reached = self.purpose.spread(states, self.proposal.plan)
        return reached & self.proposal.plan, reached - self.proposal.plan
