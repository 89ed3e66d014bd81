"""What is asked of many variants side by side comes to what each comes to by itself."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bestand import loads
from bestand.checks.asker import Asker, Sense
from bestand.checks.batch import UNSAID
from bestand.checks.beside import abreast_askable, answers
from bestand.checks.bundled import answerable
from bestand.engine.limits import Watch
from bestand.model.changing import changed
from bestand.model.errors import CallError, ModelError
from bestand.model.sentences import Quantified
from bestand.model.values import Plan
from bestand.plan.verdicts import Verdicts
from bestand.solve.solution import Solution, Solver
from bestand.stability.registry import HEADLINE
from bestand.testing import models
from bestand.testing.asking import changes, checks
from tests.examples import examples
from tests.reference.test_commitments import committed

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
PLANNED = models(max_options=5, prose=False).filter(
    lambda model: model.options and model.status_quo is not None and model.plan is not None
)
SENSE = Sense(HEADLINE, HEADLINE, HEADLINE)


def code(model, assertion):
    """What a sentence comes to in one model."""
    try:
        truth = Asker(Solver(model), (), HEADLINE, drift=HEADLINE).ask(assertion).truth
    except (CallError, ModelError):
        return UNSAID
    return UNSAID if truth is None else int(truth)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=SLOW)
@given(PLANNED, st.data())
def test_random_sentences_of_random_variants(model, data):
    variants = {}
    for v in range(5):
        try:
            variant = changed(model, data.draw(changes(model, ())))
            Solution(variant)
        except (CallError, ModelError):
            continue
        variants[v] = variant
    asked = [data.draw(checks(model, about_deals=k % 2 == 0)).assertion for k in range(8)]
    asked = [assertion for assertion in asked if abreast_askable(assertion, SENSE, lambda _: True)]
    kinds, codes = answers(variants, asked, 5, Watch(), judged=True)
    for assertion, found in zip(asked, codes, strict=True):
        told = [code(variants[v], assertion) if v in variants else UNSAID for v in range(5)]
        assert found.tolist() == told, assertion
    one_by_one = Verdicts(model.plan)
    assert kinds == [one_by_one.of(variants[v]) if v in variants else None for v in range(5)]


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(committed(), st.data())
def test_random_sentences_with_commitments_in_force(case, data):
    """Today, and with the plan."""
    base, standing, of_plan, formula = case
    plan = Plan("tied", formula, commitments=tuple(each.id for each in of_plan))
    variants = {}
    for v in range(3):
        try:
            model = base.replace(commitments=(*standing, *of_plan), plan=formula, plans=(plan,))
            variant = changed(model, data.draw(changes(model, ()))) if v else model
            Solution(variant)
        except (CallError, ModelError):
            continue
        variants[v] = variant
    assume(variants)
    asked = [data.draw(checks(base.replace(plan=formula), about_deals=k % 2 == 0)).assertion for k in range(4)]
    asked = [assertion for assertion in asked if abreast_askable(assertion, SENSE, lambda _: True)]
    _, codes = answers(variants, asked, 3, Watch())
    for assertion, found in zip(asked, codes, strict=True):
        told = [code(variants[v], assertion) if v in variants else UNSAID for v in range(3)]
        assert found.tolist() == told, assertion


FORCE = """\
bestand: 1
title: A force
parties:
  russia: {options: {stop: }}
  europe: {options: {force: , fund: }}
outcomes: {ceasefire: russia.stop}
plan: ceasefire and europe.fund
status_quo: []
preferences:
  russia: {priorities: [europe.fund iff russia.stop, not europe.force, not russia.stop]}
  europe: {priorities: [ceasefire, not europe.fund, europe.force]}
readings:
  eager: {change: europe 3 before europe 1}
claims:
"""
TOGETHER = [
    "no state reached by drift is ceasefire",
    "every resting place reached by drift where fund has force",
    "no resting place reached by drift is worse than status-quo for russia",
    "some deal is ceasefire",
    "every deal between russia and europe where fund is better than status-quo for europe",
    "russia refuses every ceasefire where not fund",
    "the verdict is deal or stands",
    "under pseq, some state stable for russia where ceasefire has not fund",
    "under pseq, every equilibrium where ceasefire is fund",
    "same answer with reading eager as with fund held at no, some deal is ceasefire",
]
APART = ["some kept deal is ceasefire", "some deal is kept", "larger share of deals than of states is ceasefire"]


@pytest.mark.parametrize("check", TOGETHER + APART)
def test_which_claims_are_put_to_all_at_once(check):
    model = loads(f"{FORCE}  - {{id: it, check: '{check}'}}\n")
    assert answerable(model.claims[0], ("nash",), lambda _: True) == (check in TOGETHER)
    if check in TOGETHER and not check.startswith("same"):
        assertion = model.claims[0].checks[0].assertion
        (codes,) = answers({0: model, 2: model}, [assertion], 3, Watch())[1]
        assert codes.tolist() == [code(model, assertion), UNSAID, code(model, assertion)]


def test_what_is_stable_is_looked_at_where_it_matters():
    model = loads(
        f"{FORCE}  - {{id: it, check: 'under pseq, some state stable for russia where ceasefire has fund'}}\n"
    )
    asked = []
    answerable(model.claims[0], (), lambda formula: asked.append(formula) or True)
    assert Counter(map(type, asked)).total() == 1
    assert isinstance(model.claims[0].checks[0].assertion, Quantified)
    assert not answerable(model.claims[0], (), lambda _: False), "in many states it is asked one by one"
