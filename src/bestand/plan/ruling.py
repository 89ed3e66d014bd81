"""The verdict on a plan as a value, which every question that speaks of a plan shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from bestand.engine.flips import Indices
from bestand.engine.limits import Watch
from bestand.model.formula import Formula
from bestand.model.values import FrozenMap
from bestand.solve.purpose import Purpose
from bestand.stability.registry import EVERY, HEADLINE

from .condition import condition
from .deal import Deal, lean_deals
from .joint import Joint, Kind
from .kept import Keeper
from .refusals import Refusal, refusals
from .terms import Terms, joint_of

if TYPE_CHECKING:
    from bestand.engine.explicit import ExplicitEngine
    from bestand.engine.symbolic import SymbolicEngine

BESIDE = ("nash", "seq", "pseq")  # whose verdicts are told where they differ


@dataclass(frozen=True, slots=True)
class Alone:
    """A state of a plan that one party can bring about by itself.

    Parameters
    ----------
    state : int
        A bit mask.
    party : str
    gains : bool
        Whether the party likes it better than the start.
    """

    state: int
    party: str
    gains: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """What one party refuses of a plan.

    Parameters
    ----------
    condition : Formula or None
        Over what the others do, among states of the plan that can be signed: where it refuses, whatever it does itself.
        None where that would take hundreds of terms.
    own : Formula or None
        Over what it does itself: where it refuses, whatever the others do.
    others, of : int
        How many of the others' choices it refuses, of how many that occur.
    states, idle : int
        How many states that can be signed it refuses, and in how many it has nothing.
    decided_by : mapping of str to int
        How many of the refused states each wish decides (``russia 2``), or a red line, a ranking, weights.
    """

    condition: Formula | None
    own: Formula | None
    others: int
    of: int
    states: int
    idle: int
    decided_by: FrozenMap[str, int]


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a plan holds, as a joint signature.

    Parameters
    ----------
    terms : Terms
    concept : str
        With what answers the parties reckon. Over sets of states ``seq`` where ``pseq`` was asked for.
    kind : {"cannot-be", "stands", "comes-by-itself", "deal", "deal-not-kept", "no-deal"}
        The verdict under it.
    kinds : mapping of str to str
        The verdicts under this and other concepts.
    today_in_plan, may_come : bool
        Whether the start is in the plan; whether some end of drift is, and some is not.
    alone : tuple of Alone
        States of the plan that some party reaches from the start by one move of its own. Over sets of states the first
        thousand of each party that gain it something, and of those that do not.
    drifted : int
        How many states drift reaches, the start among them.
    ends : tuple of tuple of int
        Where drift ends: one state, or a cycle; of each the first thousand states.
    no_deal : tuple of int
        The states of the no-deal point; over sets of states the first thousand.
    by : mapping of str to Keeper, or None
        What keeps each party where the plan stands.
    signable, deals, kept : int
        How many states of the plan can be signed, are deals, and are kept.
    lean : tuple of Deal
        The deals with the fewest changes; of those kept where there are any. Over sets of states the first twenty.
    refuses : mapping of str to Refused
        Of every party.
    blocking : tuple of tuple of str
        Where there is no deal: the smallest sets of parties one of which stands in the way of everything.
    idle : tuple of str
        Of these parties, those that stand in the way only because they have nothing in it.
    lean_count, no_deal_count : int
        How many deals have the fewest changes, and how many states the no-deal point has.
    asked : str
        The concept that was asked for.
    """

    terms: Terms
    concept: str
    kind: Kind
    kinds: FrozenMap[str, Kind]
    today_in_plan: bool
    may_come: bool
    alone: tuple[Alone, ...]
    drifted: int
    ends: tuple[tuple[int, ...], ...]
    no_deal: tuple[int, ...]
    by: FrozenMap[str, Keeper] | None
    signable: int
    deals: int
    kept: int
    lean: tuple[Deal, ...]
    refuses: FrozenMap[str, Refused]
    blocking: tuple[tuple[str, ...], ...]
    idle: tuple[str, ...]
    lean_count: int
    no_deal_count: int
    asked: str = ""


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
        from .sets.ruling import ruling as ruling_over_sets

        return ruling_over_sets(cast("SymbolicEngine", engine), terms, concept, beside, watch)
    purpose = Purpose(cast("ExplicitEngine", engine), EVERY[concept].rounds, watch)
    joint = joint_of(purpose, terms)
    kinds = {concept: joint.kind}
    for each in beside:
        if each != concept:
            kinds[each] = replace(joint, purpose=purpose.under(EVERY[each].rounds)).kind
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
        FrozenMap({ids[i]: _refused(joint, i, refusal) for i, refusal in enumerate(refusals(proposal))}),
        tuple(tuple(ids[i] for i in some) for some in blocking),
        tuple(ids[i] for i in in_the_way if proposal.has_nothing(i)),
        len(deals),
        len(joint.no_deal),
        concept,
    )


def _refused(joint: Joint, i: int, refusal: Refusal) -> Refused:
    return Refused(
        condition(joint.proposal, i, refusal),
        condition(joint.proposal, i, refusal, own=True),
        int(refusal.others.refused.sum()),
        len(refusal.others.masks),
        refusal.states,
        refusal.idle,
        FrozenMap(refusal.decided_by),
    )
