"""The verdict on a plan, worked out: where the states are listed here, else over sets of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from bestand.engine.flips import Indices
from bestand.engine.limits import Watch
from bestand.model.errors import CallError
from bestand.model.formula import Formula
from bestand.model.values import FrozenMap
from bestand.solve.purpose import Purpose
from bestand.stability.registry import EVERY, HEADLINE

from .condition import condition, in_own_words
from .deal import lean_deals, way_to_end
from .joint import Joint
from .proposal import Proposal
from .refusals import Refusal, refusals
from .ruling_values import Alone, Kind, Refused, Ruling, Terms, needed_in
from .terms import joint_of
from .version_kinds import version_kinds
from .versions import Listed

if TYPE_CHECKING:
    from bestand.engine.explicit import ExplicitEngine
    from bestand.engine.symbolic import SymbolicEngine

BESIDE = ("nash", "seq", "pseq")  # whose verdicts are told where they differ


def ruling(
    engine: ExplicitEngine | SymbolicEngine,
    terms: Terms,
    concept: str = HEADLINE,
    beside: Sequence[str] = BESIDE,
    watch: Watch | None = None,
) -> Ruling:
    """Return the verdict on a plan.

    Parameters
    ----------
    engine : ExplicitEngine or SymbolicEngine
    terms : Terms
    concept : str
        Under which it is told.
    beside : sequence of str
        Other concepts whose verdicts are worked out, too.
    watch : Watch, optional

    Raises
    ------
    CallError
        For a start, or a no-deal point, that is not feasible.
    """
    if not engine.lists:
        if terms.tied:
            raise CallError("what comes with the plan needs the states listed, and they are too many")
        from .sets.ruling import ruling as ruling_over_sets

        return ruling_over_sets(cast("SymbolicEngine", engine), terms, concept, beside, watch)
    purpose = Purpose(cast("ExplicitEngine", engine), EVERY[concept].rounds, watch)
    joint = joint_of(purpose, terms)
    kinds = {concept: joint.kind}
    for each in beside:
        if each not in kinds:
            kinds[each] = joint.under(EVERY[each].rounds).kind
    return _told(joint, terms, concept, FrozenMap(kinds), _weaker(purpose))


def _weaker(purpose: Purpose) -> Purpose | None:
    """Return the purpose under the same rounds with credible answers, for a concept that reckons with any."""
    if purpose.rounds[:1] != ("any",):
        return None
    return purpose.under(tuple("credible" if each == "any" else each for each in purpose.rounds))


def _told(joint: Joint, terms: Terms, concept: str, kinds: FrozenMap[str, Kind], weaker: Purpose | None) -> Ruling:
    space, proposal = joint.purpose.space, joint.proposal
    ids = [party.id for party in space.model.parties]

    def masks(states: Sequence[int] | Indices) -> tuple[int, ...]:
        return tuple(int(space.states[state]) for state in states)

    blocking = proposal.blocking if joint.kind == "no-deal" else ()
    in_the_way = sorted({i for some in blocking for i in some})
    stands = joint.kind == "stands"
    deals = lean_deals(joint, weaker)
    refused = FrozenMap({ids[i]: _refused(joint, i, refusal) for i, refusal in enumerate(refusals(proposal))})
    return Ruling(
        terms,
        concept,
        joint.kind,
        kinds,
        joint.today_in_plan,
        joint.may_come,
        tuple(
            Alone(int(space.states[state]), ids[i], space.order(i).better(state, joint.start))
            for state, i in joint.alone
        ),
        len(joint.drift.states),
        tuple(masks(end) for end in joint.ends),
        masks(joint.no_deal),
        FrozenMap(dict(zip(ids, joint.keeping.keepers(joint.start, weaker), strict=True))) if stands else None,
        len(proposal.states),
        len(proposal.deals),
        len(joint.kept),
        deals,
        refused,
        tuple(tuple(ids[i] for i in some) for some in blocking),
        tuple(ids[i] for i in in_the_way if proposal.has_nothing(i)),
        len(deals),
        len(joint.no_deal),
        concept,
        tuple(ids[i] for i in joint.crossed),
        way_to_end(joint),
        version_kinds(Listed(joint), refused),
    )


def _refused(joint: Joint, i: int, refusal: Refusal) -> Refused:
    proposal = joint.proposal
    said, own = condition(proposal, i, refusal), condition(proposal, i, refusal, own=True)
    refused = proposal.states[proposal.refuses[i]]
    found = Refused(
        said,
        own,
        int(refusal.others.refused.sum()),
        len(refusal.others.masks),
        refusal.states,
        refusal.idle,
        FrozenMap(refusal.decided_by),
        needed_in(int(proposal.has_say[i].sum()), len(proposal.states)),
        in_own_words(
            proposal.space.model,
            i,
            refusal.decided_by,
            said,
            own,
            lambda f: bool(proposal.space.holds(f)[refused].all()),
        ),
    )
    return found if found.told is None else replace(found, covered=_covered(proposal, i, found.told))


def _covered(proposal: Proposal, i: int, told: Formula) -> tuple[int, int]:
    """Return how many of the states that a formula speaks of a party refuses, and how many it speaks of."""
    speaks = proposal.space.holds(told)[proposal.states]
    return int((speaks & proposal.refuses[i]).sum()), int(speaks.sum())
