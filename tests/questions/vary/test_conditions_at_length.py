"""Conditions over what is open on many sets of readings: exact, and with nothing in them that could be left out.

What each combination comes to is worked out by the brute force of deals, and all at once it comes to the same.
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bestand.engine.limits import Watch
from bestand.model.changing import changed
from bestand.model.errors import CallError, ModelError
from bestand.questions.vary.vary import job_of, varied
from bestand.questions.vary.whole import whole
from bestand.reference import feasible
from bestand.reference.deals import deals as by_brute_force
from bestand.testing import formulas, models
from tests.questions.vary.test_conditions import true
from tests.questions.vary.test_whole import same

AT_LENGTH = 20 if os.environ.get("CI") else 200  # too long for every change
OPEN = models(max_parties=3, max_options=5, prose=False).filter(lambda model: model.readings and model.options)


@st.composite
def readings(draw):
    """A job of at most 24 combinations, with a plan."""
    model = draw(OPEN.filter(lambda model: model.status_quo is not None))
    plan = draw(formulas([option.id for option in model.options], max_leaves=3))
    model = replace(model, plan=plan, plans=(), claims=(), accepted=())
    try:
        job = job_of(model, concepts=["nash"], claims=[])
    except (CallError, ModelError):
        assume(False)
    assume(2 <= job.rows <= 24)
    return job


def spare(terms, exact):
    """What can be left out of a condition: a term, or a part of one."""
    for k, term in enumerate(terms):
        rest = (*terms[:k], *terms[k + 1 :])
        if exact(rest):
            yield term
        yield from (fact for fact in term if exact((*rest, tuple(each for each in term if each != fact))))


@pytest.mark.slow
@settings(max_examples=AT_LENGTH, deadline=None, suppress_health_check=list(HealthCheck))
@given(readings())
def test_when_there_is_a_deal_is_told_exactly_and_with_nothing_to_spare(job):
    try:
        answer = varied(job)
    except CallError:  # no combination leaves a state
        assume(False)
    found, design = answer.conditions, answer.job.design
    assume(found is not None and found.deal_exists is not None)
    known = {}
    for index in range(design.count):
        model = changed(*design.variant(design.combination(index)))
        quo = model.mask(model.status_quo)
        if quo in feasible(model) and any(True for _ in feasible(model)):
            known[design.numbers(index)] = by_brute_force(model, job.plan, "pseq")
    assume(known)
    conditions = {kind: [of.verdict.kind == kind for of in known.values()] for kind in found.kinds}
    asked = [(found.kinds[kind], right) for kind, right in conditions.items()]
    asked.append((found.deal_exists, [bool(of.deals) for of in known.values()]))
    for condition, right in asked:

        def exact(terms, right=right):
            return [true(terms, numbers) for numbers in known] == right

        assert exact(condition.terms)
        if len(known) == design.count:
            assert not [*spare(condition.terms, exact)]
            assert condition.combinations == sum(right)
    together = whole(job, Watch(), worth=0)
    if together is not None:
        same(job, together)
