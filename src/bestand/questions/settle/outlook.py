"""What becomes of the wanted outcome as a plan: the verdict on it as things are, and in changed models."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

from bestand.engine.limits import Watch
from bestand.engine.members import indices
from bestand.model.errors import LimitReached, ModelError
from bestand.model.formula import Formula
from bestand.model.message import Message, message
from bestand.model.model import Model
from bestand.model.values import Plan
from bestand.plan.joint import Joint
from bestand.plan.ruling import ruling
from bestand.plan.ruling_values import HOLDS, Ruling
from bestand.plan.terms import answerable, askable_terms, joint_of, own_terms
from bestand.plan.verdicts import Verdicts
from bestand.solve.purpose import Purpose
from bestand.solve.solution import Solution
from bestand.stability.registry import EVERY, HEADLINE

from .answer import After

if TYPE_CHECKING:
    from bestand.engine.explicit import ExplicitEngine


class Outlook:
    """What becomes of a plan.

    Parameters
    ----------
    solution : Solution
        Of the model as it is.
    plan : Formula or Plan
    watch : Watch
    """

    def __init__(self, solution: Solution, plan: Formula | Plan, watch: Watch) -> None:
        self.solution, self.plan, self.watch = solution, plan, watch
        self._verdicts = Verdicts(plan, watch.inner())
        self.unjudged: Message | None = None
        self.limit: LimitReached | None = None

    @cached_property
    def ruling(self) -> Ruling | None:
        """The verdict as things are. None where there is none; ``unjudged`` says why, and ``limit`` where one is."""
        if own_terms(self.solution.model, self.plan) is None:
            self.unjudged = self._lacking
            return None
        try:
            self.watch.phase("working out what can be signed")
            found = self._ruled(self.solution)
        except LimitReached as error:
            self.limit, self.unjudged = error, error.stop.message
            return None
        if found is None:
            self.unjudged = message("the state of today, or that of no deal, cannot occur")
        return found

    @property
    def _lacking(self) -> Message:
        """What a model lacks in which nobody can be asked."""
        if self.solution.model.options:
            return message("the model does not say how things stand today (status_quo)")
        return message("the model has no options, and so nothing that could be signed")

    def holds(self, model: Model) -> bool:
        """Return whether it stands, comes by itself, or is a deal that is kept, in a changed model."""
        try:
            return self._verdicts.of(model) in HOLDS
        except ModelError:  # the change leaves no state
            return False
        except LimitReached:
            self.watch.check()  # says what it was for
            raise

    def gains(self, model: Model, owners: Collection[str]) -> bool:
        """Return whether the same holds, and some parties are better off where it leads than without a deal today."""
        try:
            terms = own_terms(model, self.plan)
            assert terms is not None, "there is a verdict on the model as it is"
            purpose = self._verdicts.purpose(model)
            joint = joint_of(purpose, terms) if answerable(purpose.engine.feasible, terms) else None
            kind = None if joint is None else joint.kind
        except ModelError:  # what commitments make of a state cannot be
            return False
        except LimitReached:
            self.watch.check()  # says what it was for
            raise
        if joint is None or kind not in HOLDS:
            return False
        ends = {"deal": joint.kept, "stands": [joint.start]}.get(kind, joint.no_deal)
        space, ids = self.before.purpose.space, [*model.party]
        at = indices(space.states, joint.purpose.space.states[ends])
        better = np.ones(len(at), bool)
        for i in map(ids.index, owners):
            better &= space.order(i).better(at, self.before.proposal.best_without[i])
        return bool(better.any() if kind == "deal" else better.all())

    def after(self, solution: Solution) -> After | None:
        """Return what becomes of it in a changed model, and what that makes of those who stood in its way."""
        found = self._ruled(solution) if self.ruling is not None else None
        if found is None:
            return None
        ends = self._where(found)
        crosses = tuple(
            party
            for party, line in solution.model.red_lines.items()
            if any(state in solution.where(line) for state in ends)
        )
        if found.kind != "deal":
            return After(found, crosses=crosses)
        refused, idle, unkept = self._stood(self.before, solution, ends[0])
        return After(found, refused, idle, unkept, crosses)

    def _ruled(self, solution: Solution) -> Ruling | None:
        terms = askable_terms(solution.model, solution.feasible, self.plan)
        return None if terms is None else ruling(solution.engine, terms, watch=self.watch.inner())

    @cached_property
    def before(self) -> Joint:
        """The plan as things are, where there is a verdict on it."""
        assert self.ruling is not None, "nobody can be asked"
        engine = cast("ExplicitEngine", self.solution.engine)
        return joint_of(Purpose(engine, EVERY[HEADLINE].rounds, self.watch.inner()), self.ruling.terms)

    @staticmethod
    def _where(found: Ruling) -> tuple[int, ...]:
        """Return the states that a plan comes to, the deal with the fewest changes first."""
        match found.kind:
            case "deal":
                return tuple(deal.state for deal in found.lean[:1])
            case "comes-by-itself":
                return tuple(state for end in found.ends for state in end)
            case "stands":
                return (found.terms.start,)
            case _:
                return ()

    def _stood(self, before: Joint, solution: Solution, state: int) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """Who refuses a state of a changed model as things are, who has nothing in it, and whether it is not kept."""
        proposal, model = before.proposal, before.purpose.space.model
        yes = [option for option in solution.model.taken(state) if option in model.bit]
        at = before.purpose.space.index(model.mask(yes))
        place = None if at is None else int(np.searchsorted(proposal.states, at))
        if place is None or place == len(proposal.states) or proposal.states[place] != at:
            return (), (), False
        ids = [party.id for party in model.parties]
        refused, idle = (
            tuple(id for id, so in zip(ids, rows[:, place], strict=True) if so)
            for rows in (proposal.refuses, proposal.idle)
        )
        return refused, idle, bool((proposal.deals == at).any() and not (before.kept == at).any())
