"""Claims put to changed models all at once come to what they come to one after the other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bestand import loads
from bestand.checks.together import at_once, codes_of_variants
from bestand.engine.limits import Limits, Watch
from bestand.model.errors import LimitReached
from bestand.model.values import Claim
from bestand.solve.batches import Batches
from bestand.stability.registry import CONCEPTS
from bestand.testing import models
from bestand.testing.asking import changes, checks
from tests.examples import examples

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
NEVER = 2**62


def both(model, made, claims, concepts):
    """What claims come to, all at once and one after the other."""
    return [
        codes_of_variants(model, made, claims, concepts, Batches(Watch(), concepts), 32, worth) for worth in (0, NEVER)
    ]


def same(one, other):
    return [codes.keys() for codes in one] == [codes.keys() for codes in other] and all(
        np.array_equal(codes[concept], others[concept])
        for codes, others in zip(one, other, strict=True)
        for concept in codes
    )


@settings(max_examples=examples(40), deadline=None, suppress_health_check=SLOW)
@given(models(max_options=5, prose=False).filter(lambda model: model.options), st.data())
def test_random_claims_of_random_variants(model, data):
    planned = model.plan is not None and model.status_quo is not None
    made = [(), *(data.draw(changes(model, ())) for _ in range(4))]
    drawn = [data.draw(checks(model, about_deals=planned and k % 2 == 0)) for k in range(4)]
    claims = [Claim(f"c{k}", (check,)) for k, check in enumerate(drawn)]
    one, other = both(model, made, claims, tuple(CONCEPTS))
    assert same(one, other), claims


RIVER = """\
bestand: 1
title: A river
parties:
  up: {options: {release: }}
  down: {options: {pay: }}
plan: release and pay
status_quo: []
preferences:
  up: {priorities: [pay, release iff pay]}
  down: {priorities: [release, not pay]}
claims:
  - {id: signed, check: [some deal is release, no state reached by drift is release]}
  - {id: stable, check: some equilibrium is release}
  - {id: kept, check: some kept deal is release}
"""


def test_what_is_not_put_to_all_is_put_to_each_in_its_place():
    model = loads(RIVER)
    made = [(), tuple(model.claims[0].checks[0].changes), ()]
    one, other = both(model, made, model.claims, ("nash",))
    assert same(one, other)
    assert [[*codes] for codes in one] == [[""], ["nash"], [""]]
    assert one[0][""].tolist() == [1, 1, 1]


def test_an_end_of_time_is_told():
    model = loads(RIVER)
    batches = Batches(Watch(Limits(seconds=1e-9)), ("nash",))
    with pytest.raises(LimitReached):
        codes_of_variants(model, [()] * 9, model.claims, ("nash",), batches, 4, 0)


def test_large_variants_go_one_after_the_other():
    assert [at_once(states, 64) for states in (1, 2**12, 2**13, 2**18, 2**20)] == [64, 64, 32, 1, 1]
