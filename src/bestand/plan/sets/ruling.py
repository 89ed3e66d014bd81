"""The verdict on a plan where nobody can list the states: as `bestand.plan.ruling`, in the same words and numbers.

Where purposeful answers were asked for, parties reckon with all answers that gain their owner something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bestand.engine.feasibility import nowhere_words
from bestand.engine.limits import Watch
from bestand.engine.symbolic import DiagramStates, SymbolicEngine
from bestand.engine.symbolic.engine import BEST_MOVES
from bestand.engine.symbolic.near import Near
from bestand.model.errors import CallError
from bestand.model.values import FrozenMap
from bestand.plan.condition import in_own_words
from bestand.plan.ruling_values import Alone, Refused, Ruling, Terms, needed_in
from bestand.plan.terms import impossible_words
from bestand.plan.version_kinds import version_kinds
from bestand.solve.purpose import PURPOSEFUL
from bestand.stability.registry import EVERY

from .condition import condition
from .deal import lean_deals
from .joint import Joint
from .purpose import Purpose
from .refusals import refusal
from .versions import OverSets

MOST = 1000  # states of a set that are told one by one


def ruling(engine: SymbolicEngine, terms: Terms, asked: str, beside: Sequence[str], watch: Watch | None) -> Ruling:
    """Return the verdict on a plan: see `bestand.plan.ruling.ruling`."""
    concept = followed(asked)
    if not EVERY[concept].over_sets:
        raise CallError(BEST_MOVES)
    paired = SymbolicEngine(engine.model, watch or engine.watch, engine.backend, paired=True)
    purpose = Purpose(paired, EVERY[concept].rounds)
    joint = _joint(purpose, terms)
    kinds = {concept: joint.kind}
    for each in map(followed, beside):
        if each not in kinds:
            kinds[each] = replace(joint, purpose=_under(purpose, EVERY[each].rounds)).kind
    return replace(_told(joint, terms, concept, _weaker(purpose)), asked=asked, kinds=FrozenMap(kinds))


def followed(concept: str) -> str:
    """Return the concept that can be followed over sets: any answer that gains its owner something, where purposeful.

    Examples
    --------
    >>> followed("pseq"), followed("nash")
    ('seq', 'nash')
    """
    rounds = tuple("credible" if each == PURPOSEFUL else each for each in EVERY[concept].rounds)
    return next((each.id for each in EVERY.values() if each.rounds == rounds), concept)


def _under(purpose: Purpose, rounds: tuple[str, ...]) -> Purpose:
    return purpose.under(rounds) if rounds else purpose.plain


def _weaker(purpose: Purpose) -> Purpose | None:
    """Return the purpose under the same rounds with credible answers, for a concept that reckons with any."""
    if purpose.rounds[:1] != ("any",):
        return None
    return purpose.under(tuple("credible" if each == "any" else each for each in purpose.rounds))


def _joint(purpose: Purpose, terms: Terms) -> Joint:
    engine = purpose.engine
    if terms.start not in engine.feasible:
        raise CallError("the state to start from is not feasible")
    return Joint(
        purpose,
        terms.start,
        engine.holds(terms.plan),
        _no_deal(engine, terms),
        frozenset(engine.parties.index(id) for id in terms.consent),
        {engine.parties.index(id): engine.holds(line) for id, line in terms.red_lines.items()},
    )


def _no_deal(engine: SymbolicEngine, terms: Terms) -> DiagramStates | None:
    match terms.no_deal:
        case None | "drift":
            return None
        case "today":
            return engine.state(terms.start)
        case int(mask):
            states = engine.state(mask)
            if not states:
                raise CallError(impossible_words(engine.model, mask))
            return states
        case formula:
            states = engine.holds(formula)
            if not states:
                raise CallError(nowhere_words(formula))
            return states


def _told(joint: Joint, terms: Terms, concept: str, weaker: Purpose | None) -> Ruling:
    proposal, ids = joint.proposal, joint.purpose.engine.parties
    blocking = proposal.blocking if joint.kind == "no-deal" else ()
    in_the_way = sorted({i for some in blocking for i in some})
    stands = joint.kind == "stands"
    deals, count = lean_deals(joint, weaker)
    refused = FrozenMap({id: _refused(joint, i) for i, id in enumerate(ids)})
    return Ruling(
        terms,
        concept,
        joint.kind,
        FrozenMap(),
        joint.today_in_plan,
        joint.may_come,
        tuple(sorted(_alone(joint), key=lambda each: (each.state, ids.index(each.party)))),
        joint.drifted.count(),
        tuple(tuple(end.first(MOST)) for end in joint.ends),
        tuple(joint.no_deal.first(MOST)),
        FrozenMap(dict(zip(ids, joint.keeping.keepers(joint.start, weaker), strict=True))) if stands else None,
        proposal.states.count(),
        proposal.deals.count(),
        joint.kept.count(),
        deals,
        refused,
        tuple(tuple(ids[i] for i in some) for some in blocking),
        tuple(ids[i] for i in in_the_way if proposal.has_nothing(i)),
        lean_count=count,
        no_deal_count=joint.no_deal.count(),
        crossed=tuple(ids[i] for i in joint.crossed),
        versions=version_kinds(OverSets(joint), refused),
    )


def _alone(joint: Joint) -> Iterator[Alone]:
    """Yield states that a party reaches by itself: of those that it likes better, and of the others, the first."""
    near, ids = Near(joint.purpose.engine), joint.purpose.engine.parties
    for i, states in joint.alone:
        better = states & near.better(i, joint.start)
        yield from (Alone(state, ids[i], gains=True) for state in better.first(MOST))
        yield from (Alone(state, ids[i], gains=False) for state in (states - better).first(MOST))


def _refused(joint: Joint, i: int) -> Refused:
    proposal, found = joint.proposal, refusal(joint.proposal, i)
    others = found.others
    said, own = condition(proposal, i, found), condition(proposal, i, found, own=True)
    refused = Refused(
        said,
        own,
        others.count(others.refused),
        others.count(others.refused) + others.count(others.accepted),
        proposal.refuses[i].count(),
        proposal.idle[i].count(),
        FrozenMap(found.decided_by),
        needed_in(proposal.has_say[i].count(), proposal.states.count()),
        in_own_words(
            proposal.engine.model,
            i,
            found.decided_by,
            said,
            own,
            lambda f: not proposal.refuses[i] - proposal.engine.holds(f),
        ),
    )
    if refused.told is None:
        return refused
    speaks = proposal.states & proposal.engine.holds(refused.told)
    return replace(refused, covered=((speaks & proposal.refuses[i]).count(), speaks.count()))
