"""The verdict on a plan as a joint signature: is there a deal, would it be kept, and what else can be said at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from bestand.engine.flips import Indices
from bestand.engine.states import distinct
from bestand.model.formula import Formula
from bestand.solve.drift import Drift, drift
from bestand.solve.purpose import Purpose
from bestand.stability.concept import Rounds

from .in_force import NONE, InForce, Signed, Ties
from .kept import Keeping
from .proposal import Bools, Proposal, lean
from .ruling_values import Kind

TRIED = 4  # deals with the fewest changes that are tried one by one, before all are


@dataclass(frozen=True)
class Joint:
    """A plan under a concept: what comes without a deal, and what with one.

    Parameters
    ----------
    purpose : Purpose
        Under the concept.
    start : int
        A state index.
    plan : (S,) bool
    no_deal : (D,) intp, optional
        What things come to without a deal; unless told the start where it is stable, else the ends of drift from it.
    consent : frozenset of int
    red_lines : mapping of int to (S,) bool
    ties : Ties
        What comes with the plan.
    formula : Formula, optional
        What the plan asks for.
    in_force : InForce, optional
        What can be signed, and what is in force then, where somebody knows it.
    """

    purpose: Purpose
    start: int
    plan: Bools
    told_no_deal: Indices | None = None
    consent: frozenset[int] = frozenset()
    red_lines: dict[int, Bools] | None = None
    ties: Ties = NONE
    formula: Formula | None = None
    in_force: InForce | None = None

    @cached_property
    def drift(self) -> Drift:
        """Return where things go from the start."""
        return drift(self.purpose, [self.start])

    @cached_property
    def ends(self) -> tuple[tuple[int, ...], ...]:
        """The ends of drift from the start."""
        return self.drift.ends

    @cached_property
    def no_deal(self) -> Indices:
        """(D,): what things come to without a deal: all states of the ends of drift, unless told."""
        if self.told_no_deal is not None:
            return self.told_no_deal
        return distinct(np.array([state for end in self.ends for state in end], np.intp))

    @cached_property
    def proposal(self) -> Proposal:
        """The plan as it is put to the parties."""
        return self.proposed(self.no_deal)

    def proposed(self, no_deal: Indices) -> Proposal:
        """Return the plan as it is put to the parties beside some states without a deal."""
        lines = self.red_lines or {}
        return Proposal(self.purpose.space, self.start, self.plan, no_deal, self.consent, lines, self._in_force.ways)

    @cached_property
    def keeping(self) -> Keeping:
        """Return what keeps the plan as long as nothing is signed."""
        return Keeping(self.proposal, Signed(self.purpose.space, self.purpose), self.formula)

    @cached_property
    def _in_force(self) -> InForce:
        return self.in_force or InForce(self.purpose, self.start, self.ties)

    def under(self, rounds: Rounds) -> Joint:
        """Return the same plan under another concept; what can be signed, and is in force then, is the same."""
        return replace(self, purpose=self.purpose.under(rounds), in_force=self._in_force)

    def signed(self, state: int) -> Keeping:
        """Return what keeps a deal once it is signed."""
        if not self.ties:
            return self.keeping
        mask = int(self.purpose.space.states[state])
        if mask not in self._signed:
            signed = self._in_force.once_signed(mask, self.purpose.rounds)
            self._signed[mask] = Keeping(self.proposal, signed, self.formula)
        return self._signed[mask]

    @cached_property
    def _signed(self) -> dict[int, Keeping]:
        return {}

    @cached_property
    def kept(self) -> Indices:
        """(K,): the deals that are kept."""
        deals = self.proposal.deals
        return deals[self._are_kept(deals)] if len(deals) else deals

    def _are_kept(self, deals: Indices) -> Bools:
        """(M,): which of some deals are kept; those that leave alike what the plan fixes are looked at together."""
        kept = np.zeros(len(deals), bool)
        left = self.purpose.space.states[deals] & np.uint64(self.ties.fixed)
        for each in distinct(left):
            alike = np.flatnonzero(left == each)
            kept[alike] = self.signed(int(deals[alike[0]])).kept(deals[alike])
        return kept

    @cached_property
    def some_kept(self) -> bool:
        """Whether some deal is kept: those with the fewest changes are tried first, since one is enough."""
        deals = self.proposal.deals
        if not len(deals):
            return False
        fewest = lean(self.purpose.space, deals, self.start)[:TRIED]
        return any(self._are_kept(one).any() for one in fewest[:, None]) or bool(len(self.kept))

    @property
    def today_in_plan(self) -> bool:
        """Return whether the start is in the plan."""
        return bool(self.plan[self.start])

    @property
    def may_come(self) -> bool:
        """Return whether some end lies in the plan, and some does not."""
        inside = [all(self.plan[state] for state in end) for end in self.ends]
        return any(inside) and not all(inside)

    @cached_property
    def alone(self) -> tuple[tuple[int, int], ...]:
        """The states of the plan that a party reaches from the start by one legal move of its own, with that party."""
        here = np.array([self.start], np.intp)
        targets = [(i, self.purpose.legal(i, here).targets) for i in self.purpose.parties]
        return tuple(sorted((int(t), i) for i, reached in targets for t in reached[self.plan[reached]]))

    @property
    def crossed(self) -> tuple[int, ...]:
        """The parties whose red line every state of the plan crosses; none where it has no state."""
        lines = (self.red_lines or {}).items() if self.plan.any() else ()
        return tuple(i for i, line in lines if line[self.plan].all())

    def renegotiable(self, state: int) -> bool:
        """Find out whether, from a state of the plan and with it as no-deal point, there is a deal out of the plan."""
        signed = self.signed(state).signed
        here = signed.at(np.array([state], np.intp))
        lines = {i: signed.seen(line) for i, line in (self.red_lines or {}).items()}
        other = Proposal(signed.purpose.space, int(here[0]), ~signed.seen(self.plan), here, self.consent, lines)
        return bool(len(other.deals))

    @cached_property
    def kind(self) -> Kind:
        """The verdict: the first that applies."""
        plan, start = self.plan, self.start
        if not plan.any() or not (plan[start] or len(self.proposal.states) or plan[self.drift.states].any()):
            return "cannot-be"
        if plan[start] and self.keeping.never_left(np.array([start], np.intp))[0]:
            return "stands"
        if not plan[start] and all(plan[state] for end in self.ends for state in end):
            return "comes-by-itself"
        if self.some_kept:
            return "deal"
        return "deal-not-kept" if len(self.proposal.deals) else "no-deal"
