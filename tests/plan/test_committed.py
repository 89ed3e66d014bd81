"""The verdict on a plan with commitments, standing or of the plan, against the brute force that applies them."""

from __future__ import annotations

import contextlib
import itertools
import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import bestand
from bestand.doubts.ties import answers_anyway
from bestand.engine.choose import explicit
from bestand.engine.committed import acting
from bestand.engine.limits import Watch
from bestand.engine.space import space_of
from bestand.model.changing import changed
from bestand.model.errors import CallError, ModelError, TooManyStates
from bestand.model.values import FrozenMap, Plan
from bestand.plan.beside import kinds_of_plans
from bestand.plan.ruling import ruling
from bestand.plan.ruling_values import Terms
from bestand.plan.verdicts import Verdicts
from bestand.reference.commitments import CommitmentError, Committed, CommittedTalks
from bestand.reference.purposeful import Conflict
from bestand.solve import beside
from bestand.solve.purpose import Purpose
from bestand.testing.asking import changes
from tests.reference.test_commitments import committed

from .test_order import compared
from .test_ruling import CONCEPTS, assert_same

RANDOM = settings(
    max_examples=25 if os.environ.get("CI") else 150, deadline=None, suppress_health_check=list(HealthCheck)
)


def troubled(model, standing, both, fixed):
    """Whether some legal move, of a party or of all together, leads to what commitments cannot complete."""
    patterns = {state & fixed for state in range(1 << len(model.options))}
    conflicts = [Committed(model, standing), *(Committed(model, both, kept, fixed & ~kept) for kept in patterns)]
    try:
        for conflict in conflicts:
            for party in conflict.parties:
                for state in conflict.states:
                    conflict.moves(party, state)
    except CommitmentError:
        return True
    return not all(conflict.states for conflict in conflicts)


@RANDOM
@given(case=committed(), concept=st.sampled_from(CONCEPTS), data=st.data())
def test_what_the_brute_force_says(case, concept, data):
    model, standing, of_plan, plan = case
    fixed = data.draw(st.sets(st.sampled_from([option.id for option in model.options]), max_size=2))
    no_deal = data.draw(st.sampled_from([None, None, "today"]))
    consent = tuple(sorted(data.draw(st.sets(st.sampled_from(list(model.party)), max_size=1))))
    both = (*standing, *of_plan)
    terms = Terms(plan, model.mask(model.status_quo), no_deal, consent, FrozenMap(), of_plan, tuple(sorted(fixed)))
    try:
        with_ties = model.replace(commitments=standing)
        said = ruling(explicit(with_ties).engine, terms, concept, ())
    except (ModelError, CallError) as error:
        if isinstance(error, ModelError) and error.problems[0].code == "acts-today":
            with pytest.raises(ValueError, match="not at rest"):
                talks(model, plan, concept, standing, of_plan, fixed, no_deal, consent)
            return
        assert troubled(model, standing, both, model.mask(fixed)) or raises(
            model, plan, concept, standing, of_plan, fixed, no_deal, consent
        )
        return
    known = talks(model, plan, concept, standing, of_plan, fixed, no_deal, consent).answer()
    assert_same(model, terms, said, known)
    deals = {deal.state: deal for deal in said.lean}
    oracle = talks(model, plan, concept, standing, of_plan, fixed, no_deal, consent)
    for state, deal in deals.items():
        right = oracle.by_what_after(state)
        assert {party: keeper.how for party, keeper in deal.by.items()} == {
            party: hold.how for party, hold in right.items()
        }


@RANDOM
@given(case=committed(), concept=st.sampled_from(CONCEPTS), data=st.data())
def test_orders_are_those_of_the_brute_force(case, concept, data):
    """What comes with the plan is in force from the first step on."""
    model, standing, of_plan, plan = case
    fixed = tuple(sorted(data.draw(st.sets(st.sampled_from([option.id for option in model.options]), max_size=2))))
    terms = Terms(plan, model.mask(model.status_quo), "today", (), FrozenMap(), of_plan, fixed)
    try:
        with_ties = model.replace(commitments=standing)
        oracle = talks(model, plan, concept, standing, of_plan, fixed, "today", ())
        states = [state for state in oracle.signable() if state != terms.start]
    except (ModelError, ValueError):
        return  # the test above says when this is right
    assume(states)
    deal = data.draw(st.sampled_from(states))
    try:
        compared(with_ties, terms, concept, deal, talks=oracle)
    except (ModelError, CommitmentError):
        assert troubled(model, standing, (*standing, *of_plan), model.mask(fixed))


def talks(model, plan, concept, standing, of_plan, fixed, no_deal, consent):
    return CommittedTalks(
        model,
        plan,
        concept,
        standing=standing,
        of_plan=of_plan,
        fixed=fixed,
        no_deal=no_deal,
        consent=consent,
    )


def raises(*given_):
    """Whether the brute force finds no answer."""
    try:
        talks(*given_).answer()
    except ValueError:
        return True
    return False


RELIEF = """
bestand: 1
title: Relief for disarmament
parties:
  a: {name: A, options: {relief: {says: lifts its sanctions}}}
  b: {name: B, options: {disarm: {says: disarms}}}
plans:
  bare: relief and disarm
  snapback: {holds: relief and disarm, commitments: [snap]}
  tied: {holds: relief and disarm, commitments: [snap, give]}
  pinned: {holds: relief and disarm, fixed: [relief, disarm]}
commitments:
  snap: {party: a, when: not b.disarm, then: [not a.relief]}
  give: {party: a, when: b.disarm, then: [a.relief]}
status_quo: []
preferences: {a: {priorities: [b.disarm, not a.relief]}, b: {priorities: [a.relief, not b.disarm]}}
"""


def test_relief_for_disarmament_in_four_plans():
    """Known answers of the page on deals, section 7."""
    model = bestand.loads(RELIEF)
    kinds = {
        concept: [found.kind for found in bestand.plans(model, concept=concept).rulings.values()]
        for concept in ("nash", "pseq", "seq")
    }
    assert kinds == {
        "nash": ["deal-not-kept", "deal-not-kept", "deal", "deal"],
        "pseq": ["deal"] * 4,
        "seq": ["deal"] * 4,
    }
    standing = model.replace(plans=model.plans[:1])
    assert [each.id for each in standing.standing] == ["snap", "give"]
    assert {bestand.deals(standing, concept=concept).ruling.kind for concept in kinds} == {"comes-by-itself"}


@pytest.mark.parametrize("plan", ["bare", "snapback", "tied", "pinned"])
def test_a_plan_is_the_one_that_is_named_though_others_ask_for_the_same(plan):
    model = bestand.loads(RELIEF)
    kind = bestand.plans(model, concept="nash").rulings[plan].kind
    assert bestand.deals(model, plan, concept="nash").ruling.kind == kind
    assert bestand.analyse(model, ["nash"], plan=plan).data()["verdict"]["kinds"]["nash"] == kind
    assert Verdicts(model.plan_named[plan], concept="nash").of(model) == kind


def test_a_commitment_that_is_dropped_is_not_in_force():
    model = bestand.loads(RELIEF)
    assert bestand.deals(model, "tied", concept="nash").ruling.kind == "deal"
    dropped = replace(
        model,
        plans=tuple(replace(plan, commitments=()) for plan in model.plans),
        commitments=(),
    )
    from bestand.model.changing import changed
    from bestand.model.language import parse_changes

    found = changed(model, parse_changes("commitment snap dropped, commitment give dropped", model.scope()))
    assert found == dropped
    assert bestand.deals(found, "tied", concept="nash").ruling.kind == "deal-not-kept"


def test_a_tie_of_a_change_stands():
    from bestand.model.changing import changed
    from bestand.model.language import parse_changes

    model = bestand.loads(RELIEF).replace(plans=(), commitments=())
    tie = parse_changes("a ties relief to b.disarm, a ties not relief to not b.disarm", model.scope())
    found = changed(model, tie)
    assert [(each.id, each.party) for each in found.standing] == [("tie-1", "a"), ("tie-2", "a")]
    assert bestand.deals(found, "relief and disarm").ruling.kind == "comes-by-itself"


@RANDOM
@given(case=committed())
def test_who_would_answer_anyway(case):
    """A commitment is idle where it changes nothing, and needless where its owner would do the same on purpose."""
    model, standing, of_plan, _ = case
    conflict = Conflict(model)
    assume(conflict.states)
    space = space_of(model)
    purpose = Purpose(explicit(model).engine, ())
    for each in (*standing, *of_plan):
        with_one = Committed(model, (each,))
        acting_in = [state for state in conflict.states if not with_one.at_rest(state)]
        at = np.flatnonzero(acting(space.evaluator, each))
        assert space.states[at].tolist() == acting_in
        right = all(
            any(all(bool(end & 1 << model.bit[option]) == value for option, value in each.then) for end in ends)
            for ends in (conflict.purposeful(each.party, state).values() for state in acting_in)
        )
        assert not acting_in or answers_anyway(purpose, each, at) == right


def test_a_standing_commitment_against_what_a_plan_fixes_is_an_error():
    """Nobody can bring about what would have to undo what is fixed: it is told, with the state."""
    model = bestand.loads("""
bestand: 1
title: Fixed and undone
parties: {a: {options: {x: }}, b: {options: {y: , go: }}}
plans: {held: {holds: x and y, fixed: [x]}}
commitments: {undo: {party: a, when: go, then: [not x]}}
status_quo: []
preferences: {a: {priorities: [y]}, b: {priorities: [x]}}
""")
    with pytest.raises(ModelError, match=r"against its direction \(undo\): state 101"):
        bestand.deals(model)
    with pytest.raises(CommitmentError, match="direction"):
        talks(model, model.plan, "pseq", model.standing, (), ("a.x",), None, ()).answer()


@RANDOM
@given(case=committed(), data=st.data())
def test_variants_side_by_side_are_those_of_each(case, data):
    """With what comes with a plan, and with what is in force today."""
    model, standing, of_plan, formula = case
    options = [option.id for option in model.options]
    fixed = tuple(sorted(data.draw(st.sets(st.sampled_from(options), max_size=2))))
    tied = Plan("tied", formula, commitments=tuple(each.id for each in of_plan), fixed=fixed)
    loose = Plan("loose", formula)
    try:
        variants = [model.replace(commitments=(*standing, *of_plan), plans=(tied, loose))]
    except ModelError:  # what is in force cannot be completed
        assume(False)
    for _ in range(4):
        with contextlib.suppress(CallError, ModelError):
            variants.append(changed(variants[0], data.draw(changes(model, ()))))
    found = kinds_of_plans(variants, (tied, loose), Watch())
    for plan, kinds in zip((tied, loose), found, strict=True):
        one_by_one = Verdicts(plan)
        assert kinds == [verdict(one_by_one, variant) for variant in variants]


def verdict(verdicts, model):
    try:
        return verdicts.of(model)
    except (ModelError, TooManyStates):
        return None


PUNISHED = """
bestand: 1
title: Relief for disarmament
parties: {west: {options: {relief: , punish: }}, armed: {options: {disarm: }}}
status_quo: []
one_way: {west.relief: to-yes}
preferences: {west: {priorities: []}, armed: {priorities: []}}
plans:
  word: west.relief and armed.disarm
  threat: {holds: west.relief and armed.disarm, commitments: [answer]}
  pinned: {holds: west.relief and armed.disarm, fixed: [armed.disarm]}
  both: {holds: west.relief and armed.disarm, commitments: [answer], fixed: [armed.disarm]}
commitments:
  answer: {party: west, when: west.relief and not armed.disarm, then: [west.punish]}
"""


@pytest.mark.parametrize("more", [0, 2], ids=["each wish by itself", "all at once"])
def test_every_order_of_wishes_side_by_side(monkeypatch, more):
    monkeypatch.setattr(beside, "_MORE", more)
    model = bestand.loads(PUNISHED)
    wishes = {
        "west": ("armed.disarm", "not west.relief", "not west.punish"),
        "armed": ("west.relief", "not armed.disarm", "not west.punish"),
    }
    variants = [
        bestand.loads(PUNISHED.replace("west: {priorities: []}", f"west: {{priorities: [{', '.join(west)}]}}").replace(
            "armed: {priorities: []}", f"armed: {{priorities: [{', '.join(armed)}]}}"
        ))
        for west in itertools.permutations(wishes["west"])
        for armed in itertools.permutations(wishes["armed"])
    ]  # fmt: skip
    found = kinds_of_plans(variants, model.plans, Watch())
    for plan, kinds in zip(model.plans, found, strict=True):
        one_by_one = Verdicts(plan)
        assert kinds == [one_by_one.of(variant) for variant in variants]
    word, threat, pinned, _ = found
    assert word.count("deal-not-kept") > word.count("deal")
    assert threat.count("deal") > word.count("deal")
    assert pinned.count("deal") > threat.count("deal")
