"""The verdict in one variant of a model after the other is the one that each has by itself."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bestand
from bestand.engine.choose import explicit
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import CallError, ModelError
from bestand.plan.ruling import ruling
from bestand.plan.terms import answerable, own_terms
from bestand.plan.verdicts import Verdicts
from bestand.testing import formulas, models
from bestand.testing.asking import changes
from tests.examples import examples
from tests.first_reading import UKRAINE


def by_itself(model, plan):
    """The verdict that a model has, worked out for it alone."""
    terms = own_terms(model, plan)
    engine = explicit(model).engine
    if terms is None or not answerable(engine.feasible, terms):
        return None
    return ruling(engine, terms, beside=()).kind


@settings(max_examples=examples(40), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(models(max_options=5, prose=False).filter(lambda model: model.options), st.data())
def test_variants_have_the_verdicts_of_their_own(model, data):
    plan = data.draw(formulas([option.id for option in model.options]))
    verdicts = Verdicts(plan)
    for _ in range(4):
        made = data.draw(changes(model, ()))
        try:
            variant = changed(model, made)
            expected = by_itself(variant, plan)
        except (CallError, ModelError):
            continue
        assert verdicts.of(variant) == expected
        assert verdicts.of(variant) == expected, "asked again, what is kept says the same"


@pytest.mark.parametrize("reading", ["russia-nato-first", "russia-order", "russia-order-2", "usa-never", "zones-weigh"])
def test_readings_of_the_flagship(reading):
    model = bestand.load(UKRAINE)
    verdicts = Verdicts(model.plan)
    assert verdicts.of(model) == "no-deal"
    variant = changed(model, apply_readings(model, (reading,)))
    assert verdicts.of(variant) == by_itself(variant, model.plan)
