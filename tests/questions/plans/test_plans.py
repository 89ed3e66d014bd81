"""Several plans side by side: each as `bestand.deals` has it, and which holds wherever another does by enumeration."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import bestand
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import OptionAtom
from bestand.model.model import Model
from bestand.model.values import Plan
from bestand.plan.plans import wherever
from bestand.testing.strategies import models
from bestand.testing.wishes import formulas
from tests.examples import examples

TEXT = """\
bestand: 1
title: Two neighbours and a dam
parties:
  up: {options: {release: {says: releases the water}, threaten: {}}}
  down: {options: {attack: {}, pay: {says: pays for the water}}}
outcomes: {calm: not attack and not threaten}
plans:
  water: {holds: release and pay, says: water for money}
  quiet: calm
  war: attack and threaten
status_quo: [threaten]
preferences:
  up: {priorities: [not attack, pay, not release]}
  down: {priorities: [release, not threaten, not attack, not pay]}
open:
  pay: {says: What does Downstream think of paying?, answers: {poor: {}, proud: {change: down 4 before down 1}}}
  thirst: {says: Is Upstream greedy?, answers: {generous: {}, greedy: {change: up 3 before up 2}}}
translations: {nl: {water for money: water voor geld}}
"""
DAM = bestand.loads(TEXT)
HOLDS = ("deal", "comes-by-itself", "stands")


def test_each_is_what_deals_says_of_it():
    for given_ in ({}, {"no_deal": "today"}, {"consent": ["down"]}, {"concept": "nash"}, {"start": "none"}):
        data = bestand.plans(DAM, **given_).data()
        assert [*data["plans"]] == ["water", "quiet", "war"]
        for id, found in data["plans"].items():
            assert found == bestand.deals(DAM, plan=id, **given_).data()


def test_with_a_red_line_and_a_reading():
    given_ = {"red_line": "up=up.release", "readings": ["proud"]}
    answer = bestand.plans(DAM, **given_)
    for id, found in answer.data()["plans"].items():
        assert found == bestand.deals(DAM, plan=id, **given_).data()
    assert answer.rulings["water"].crossed == ("up",)
    assert answer.possible == 2, "of what is still open"


def test_when_each_holds():
    answer = bestand.plans(DAM)
    held = {id: set() for id in answer.rulings}
    for answers in product(("poor", "proud"), ("generous", "greedy")):
        for id in held:
            if bestand.deals(DAM, plan=id, readings=answers).ruling.kind in HOLDS:
                held[id].add(answers)
    assert {id: len(each.held) for id, each in answer.times.plans.items()} == {
        id: len(each) for id, each in held.items()
    }
    assert held["water"] < held["quiet"]
    assert not held["war"]
    assert [(each.plan, each.other, each.more) for each in answer.times.wherever] == [("quiet", "water", 1)]
    conditions = answer.data()["conditions"]
    assert conditions["water"]["holds"]["holds"] == "not 'with proud' and not 'with greedy'"
    assert conditions["war"]["holds"]["combinations"] == 0


def test_conditions_are_those_of_vary():
    data = bestand.plans(DAM).data()
    for id in DAM.plan_named:
        varied = bestand.vary(DAM, plan=id, concepts=["nash"], workers=1).data()["conditions"]
        found = data["conditions"][id]
        assert (found["kinds"], found["deal_exists"]) == (varied["kinds"], varied["deal_exists"])


@st.composite
def compared(draw) -> Model:
    model = draw(models(max_options=4, prose=False))
    assume(model.status_quo is not None and model.options)
    formula = formulas([option.id for option in model.options], list(model.outcome), [])
    plans = tuple(Plan(f"plan{k}", each) for k, each in enumerate(draw(st.lists(formula, min_size=2, max_size=3))))
    return dataclasses.replace(model, plan=None, plans=plans)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(compared(), st.sampled_from(["pseq", "nash"]))
def test_random_models(model: Model, concept: str):
    try:
        answer = bestand.plans(model, concept=concept)
    except (CallError, ModelError):
        return
    for id, found in answer.data()["plans"].items():
        assert found == bestand.deals(model, plan=id, concept=concept).data()
    if answer.times is None:
        assert answer.possible == 1
        return
    design = answer.times.design
    held: dict[str, set[int]] = {id: set() for id in answer.rulings}
    for k in range(design.count):
        with suppress(CallError, ModelError):
            base, changes = design.variant(design.combination(k))
            variant = changed(base, changes)
            for id in held:
                if bestand.deals(variant, variant.plan_named[id].formula, concept=concept).ruling.kind in HOLDS:
                    held[id].add(k)
    assert {id: set(each.held) for id, each in answer.times.plans.items()} == held
    expected = {(x, y, len(held[x] - held[y])) for x in held for y in held if x != y and held[y] and held[y] <= held[x]}
    assert {(each.plan, each.other, each.more) for each in answer.times.wherever} == expected


@given(st.dictionaries(st.sampled_from("xyz"), st.frozensets(st.integers(0, 3)), min_size=1))
def test_wherever(held):
    for each in wherever(held):
        assert held[each.other]
        assert held[each.other] <= held[each.plan]
        assert each.more == len(held[each.plan]) - len(held[each.other])
    pairs = {(each.plan, each.other) for each in wherever(held)}
    assert all((x, z) in pairs for x, y in pairs for y_, z in pairs if y == y_ and x != z), "transitive"


def test_only_some():
    answer = bestand.plans(DAM, ["war", "quiet"])
    assert [*answer.rulings] == ["quiet", "war"]
    with pytest.raises(CallError, match=r"there is no plan 'wate'.*did you mean 'water'"):
        bestand.plans(DAM, "wate")


def test_without_plans():
    with pytest.raises(CallError, match="the file has no plans to compare"):
        bestand.plans("textbook/chicken")


def test_without_today():
    with pytest.raises(CallError, match="no status quo"):
        bestand.plans(dataclasses.replace(DAM, status_quo=None))


def test_nothing_open():
    answer = bestand.plans(dataclasses.replace(DAM, open_questions=()))
    assert (answer.times, answer.possible, answer.data()["conditions"]) == (None, 1, None)
    assert "Nothing is open here" in answer.words()


def test_more_combinations_than_are_gone_through():
    many = "\n".join(f"  q{k}: {{answers: {{a{k}: {{}}, b{k}: {{change: down.pay held at no}}}}}}" for k in range(15))
    answer = bestand.plans(bestand.loads(TEXT.replace("translations:", f"{many}\ntranslations:")))
    assert answer.times is None
    assert answer.possible > 10_000
    assert "more than are gone through here" in answer.words()


def test_words():
    told = bestand.plans(DAM).words()
    for words in (
        "Which plan holds?",
        "Holds in  1 of 4",
        "quiet: in all combinations of water, and in 1 more.",
        "Holds in none: war.",
        "“water for money” [water]",
        "When it holds (1 of 4 combinations):",
        "✓ signs",
        "✕ refuses",
    ):
        assert words in told
    dutch = bestand.plans(DAM).words("nl")
    assert "“water voor geld” [water]" in dutch
    assert "quiet: in alle combinaties van water, en in nog 1." in dutch


def test_more_than_four_are_rows():
    plans = tuple(Plan(f"p{k}", OptionAtom("down.pay")) for k in range(6))
    told = bestand.plans(dataclasses.replace(DAM, plan=None, plans=plans)).words()
    assert "p0, p1, p2, p3, p4 and p5: in the same combinations." in told
    assert told.count("✓ signs") == 12


def test_picture():
    drawn = bestand.plans(DAM).picture("plans").svg
    for words in ("water for money", "quiet", "2 of 4", "refuses some of it", "Verdict"):
        assert words in drawn


def test_readings_that_exclude_each_other():
    apart = bestand.loads(TEXT.replace("translations:", "exclusions: [{at_most_one: [proud, greedy]}]\ntranslations:"))
    answer = bestand.plans(apart)
    assert answer.times.of == answer.possible == 3
    assert apply_readings(apart, ["proud"])
