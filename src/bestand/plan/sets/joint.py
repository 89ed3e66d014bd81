"""The verdict on a plan as a joint signature, over sets of states: as `bestand.plan.joint`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bestand.engine.symbolic import DiagramStates
from bestand.plan.ruling_values import Kind

from .drift import ends
from .kept import Keeping
from .proposal import Proposal
from .purpose import Purpose


@dataclass(frozen=True)
class Joint:
    """A plan under a concept: what comes without a deal, and what with one.

    Parameters
    ----------
    purpose : Purpose
        Under the concept.
    start : int
        A bit mask.
    plan : DiagramStates
    told_no_deal : DiagramStates, optional
        What things come to without a deal; unless told the start where it is stable, else the ends of drift from it.
    consent : frozenset of int
    red_lines : mapping of int to DiagramStates
    """

    purpose: Purpose
    start: int
    plan: DiagramStates
    told_no_deal: DiagramStates | None = None
    consent: frozenset[int] = frozenset()
    red_lines: Mapping[int, DiagramStates] = field(default_factory=dict)

    @cached_property
    def drifted(self) -> DiagramStates:
        """Return everything that drift leads to from the start."""
        return self.purpose.spread(self.purpose.one(self.start))

    @cached_property
    def ends(self) -> tuple[DiagramStates, ...]:
        """The ends of drift from the start."""
        return ends(self.purpose, self.drifted)

    @cached_property
    def no_deal(self) -> DiagramStates:
        """What things come to without a deal: all states of the ends of drift, unless told."""
        if self.told_no_deal is not None:
            return self.told_no_deal
        union = self.purpose.empty()
        for end in self.ends:
            union = union | end
        return union

    @cached_property
    def proposal(self) -> Proposal:
        """The plan as it is put to the parties."""
        return Proposal(self.purpose.engine, self.start, self.plan, self.no_deal, self.consent, self.red_lines)

    @cached_property
    def keeping(self) -> Keeping:
        """Return what keeps it."""
        return Keeping(self.proposal, self.purpose)

    @cached_property
    def kept(self) -> DiagramStates:
        """The deals that are kept."""
        deals = self.proposal.deals
        return self.keeping.kept(deals) if deals else deals

    @property
    def today_in_plan(self) -> bool:
        """Return whether the start is in the plan."""
        return self.start in self.plan

    @property
    def may_come(self) -> bool:
        """Return whether some end lies in the plan, and some does not."""
        inside = [not end - self.plan for end in self.ends]
        return any(inside) and not all(inside)

    @cached_property
    def alone(self) -> tuple[tuple[int, DiagramStates], ...]:
        """By party, the states of the plan that it reaches from the start by one legal move of its own."""
        here = self.purpose.one(self.start)
        return tuple((i, (self.purpose.legal(i, here) - here) & self.plan) for i in self.purpose.parties)

    @property
    def crossed(self) -> tuple[int, ...]:
        """The parties whose red line every state of the plan crosses; none where it has no state."""
        return tuple(i for i, line in self.red_lines.items() if self.plan and not self.plan - line)

    def renegotiable(self, state: int) -> bool:
        """Find out whether, from a state of the plan and with it as no-deal point, there is a deal out of the plan."""
        here = self.purpose.one(state)
        return bool(Proposal(self.purpose.engine, state, ~self.plan, here, self.consent, self.red_lines).deals)

    @cached_property
    def kind(self) -> Kind:
        """The verdict: the first that applies."""
        here = self.purpose.one(self.start)
        if not self.plan or not (self.today_in_plan or self.proposal.states or self.drifted & self.plan):
            return "cannot-be"
        if self.today_in_plan and self.keeping.never_left(here):
            return "stands"
        if not self.today_in_plan and not any(end - self.plan for end in self.ends):
            return "comes-by-itself"
        if self.kept:
            return "deal"
        return "deal-not-kept" if self.proposal.deals else "no-deal"
