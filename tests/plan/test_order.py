"""Orders of deals against the brute force that is written from the definition, and small cases by hand."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import bestand
from bestand.engine.choose import explicit
from bestand.model.formula import TRUE, And, Not, OptionAtom, joined
from bestand.model.model import Model
from bestand.model.values import FormulaRule, FrozenMap, OneWay, Option, Party, Weights
from bestand.plan.order import orders
from bestand.plan.ruling_values import Terms
from bestand.plan.terms import joint_of, own_terms
from bestand.reference.deals import Talks
from bestand.reference.orders import finest, safe
from bestand.solve.purpose import Purpose
from bestand.stability.registry import EVERY
from tests.examples import examples

from .test_ruling import CONCEPTS, conflicts


def found(model, terms, concept, deal, engine=None):
    joint = joint_of(Purpose(explicit(model, engine).engine, EVERY[concept].rounds), terms)
    return orders(joint, joint.purpose.space.index(deal))


def by_brute_force(model, terms, concept):
    return Talks(
        model,
        terms.plan,
        concept,
        start=terms.start,
        no_deal=terms.no_deal,
        consent=terms.consent,
        red_lines=terms.red_lines,
    )


def compared(model, terms, concept, deal, engine=None, talks=None):
    talks = talks or by_brute_force(model, terms, concept)
    known, said = finest(talks, deal), found(model, terms, concept, deal, engine)
    assert said.count == len(known)
    if not known:
        assert said.start is not None
        assert said.stages == ()
        return
    told = (terms.start, *(stage.state for stage in said.stages))
    assert told in known
    moments = [
        {option: k for k, state in enumerate(order[1:]) for option in _changed(model, order[k], state)}
        for order in known
    ]
    options = _changed(model, terms.start, deal)
    together = {(a, b) for a in options for b in options if all(at[a] == at[b] for at in moments)}
    groups = [set(group) for group in said.together]
    assert together == {(a, a) for a in options} | {(a, b) for group in groups for a in group for b in group}
    before = {(a, b) for a in options for b in options if all(at[a] < at[b] for at in moments)}
    assert set(said.before) == before
    assert _closed(said.leading, groups) == before
    later = {frozenset(next((group for group in groups if b in group), {b})) for _a, b in before}
    first = {group: terms.start ^ model.mask(group) for group in later}
    safely = {
        group
        for group, state in first.items()
        if talks.after(deal).conflict.feasible(state) and safe(talks, state, deal)
    }
    assert {frozenset(group): hindrance.state for group, hindrance in said.early} == {
        group: first[group] for group in later - safely
    }
    for stage in said.stages:
        assert set(stage.options) == _changed(model, stage.state, told[told.index(stage.state) - 1])
        for option, hindrance in stage.alone:
            assert option in stage.options
            state = told[told.index(stage.state) - 1] ^ model.mask([option])
            assert hindrance.state == state
            assert (hindrance.why == "cannot") == (not talks.after(deal).conflict.feasible(state))
            if hindrance.why in ("stops", "moves", "no way on"):
                assert safe(talks, state, deal) == (hindrance.why == "no way on")


def _changed(model, state, other):
    return {option.id for option in model.options if (state ^ other) >> model.bit[option.id] & 1}


def _closed(pairs, groups):
    """All pairs that follow, members of a group standing for each other."""
    whose = {a: group for group in groups for a in group}
    told = {(a, b) for x, y in pairs for a in whose.get(x, {x}) for b in whose.get(y, {y})}
    while more := {(a, d) for a, b in told for c, d in told if b == c} - told:
        told |= more
    return told


@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=conflicts(forbidden=True, parties=3, options=5), concept=st.sampled_from(CONCEPTS), data=st.data())
def test_what_the_brute_force_says(case, concept, data):
    """Of any state of the plan that can be signed: more of them than of deals are hard to do in order."""
    model, terms = case
    states = [state for state in by_brute_force(model, terms, concept).signable() if state != terms.start]
    assume(states)
    compared(model, terms, concept, data.draw(st.sampled_from(states)))


@st.composite
def exchanges(draw):
    """Parties that each give something that costs them and that the others want, and how that may be done."""
    parties = tuple(
        Party(name, options=tuple(Option(f"{name}.{k}") for k in range(draw(st.integers(1, 2 if name == "C" else 3)))))
        for name in "ABC"[: draw(st.integers(2, 3))]
    )
    options = [option.id for party in parties for option in party.options][:6]
    parties = tuple(
        dataclasses.replace(party, options=tuple(option for option in party.options if option.id in options))
        for party in parties
    )
    price = {id: draw(st.integers(1, 3)) for id in options}
    worth = {id: draw(st.integers(1, 4)) for id in options}
    wishes = {
        party.id: Weights(
            FrozenMap({id: Decimal(-price[id] if id.startswith(party.id) else worth[id]) for id in options})
        )
        for party in parties
    }
    yes = {id: OptionAtom(id) for id in options}
    needs = draw(st.lists(st.permutations(options).map(lambda ids: ids[:2]), max_size=2))
    model = Model(
        "Exchange",
        parties,
        rules=tuple(FormulaRule("never", And((yes[a], Not(yes[b])))) for a, b in needs),
        one_way=tuple(OneWay(id, "to-yes") for id in options if draw(st.integers(0, 3)) == 0),
        status_quo=frozenset(),
        preferences=FrozenMap(wishes),
    )
    return model, Terms(joined(And, [*yes.values()], TRUE), 0, draw(st.sampled_from([None, "today"])))


@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=exchanges(), concept=st.sampled_from(CONCEPTS))
def test_what_the_brute_force_says_of_exchanges(case, concept):
    model, terms = case
    compared(model, terms, concept, 2 ** len(model.options) - 1)


HOSTAGES = """\
bestand: 1
title: Two hostages
parties:
  A: {options: {free: }}
  B: {options: {free: }}
plan: A.free and B.free
status_quo: []
preferences:
  A: {priorities: [B.free, not A.free]}
  B: {priorities: [A.free, not B.free]}
"""
STEPS = """\
bestand: 1
title: Relief for disarmament
parties:
  A: {options: {partly: , fully: }}
  B: {options: {freeze: , dismantle: }}
rules:
- never: A.fully and not A.partly
- never: B.dismantle and not B.freeze
plan: A.fully and B.dismantle
status_quo: []
one_way: {B.dismantle: {direction: to-yes}}
preferences:
  A: {weights: {B.dismantle: 3, B.freeze: 2, A.partly: -1, A.fully: -1}}
  B: {weights: {A.partly: 2, A.fully: 3, B.freeze: -1, B.dismantle: -2}}
"""
ONE_WAY = "one_way: {A.free: {direction: to-yes}, B.free: {direction: to-yes}}\n"


def in_order(text, concept="pseq"):
    model = bestand.loads(text)
    terms = own_terms(model)
    deal = model.mask(model.taken(2 ** len(model.options) - 1))
    compared(model, terms, concept, deal)
    return found(model, terms, concept, deal)


@pytest.mark.parametrize("text", [HOSTAGES, HOSTAGES + ONE_WAY])
@pytest.mark.parametrize("concept", ["nash", "seq", "pseq"])
def test_hostages_are_freed_at_one_moment(text, concept):
    said = in_order(text, concept)
    if concept == "nash" and text == HOSTAGES:
        assert said.count == 1
    assert [stage.options for stage in said.stages] == [("A.free", "B.free")]
    assert said.together == (("A.free", "B.free"),)
    assert {(option, hindrance.why, hindrance.party) for option, hindrance in said.stages[0].alone} == {
        ("A.free", "stops", "B"),
        ("B.free", "stops", "A"),
    }


def test_three_steps_of_relief_for_disarmament():
    said = in_order(STEPS)
    assert said.count == 2
    assert said.together == (("A.fully", "B.dismantle"),)
    assert set(said.leading) == {("A.partly", "A.fully"), ("B.freeze", "A.fully")}
    assert [set(stage.options) for stage in said.stages] == [
        {"A.partly"},
        {"B.freeze"},
        {"A.fully", "B.dismantle"},
    ]
