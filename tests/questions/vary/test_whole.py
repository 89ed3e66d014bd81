"""All combinations at once come to what each comes to by itself."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bestand
from bestand.engine.limits import Limits, Watch
from bestand.engine.symbolic.varied import VariedEngine
from bestand.model.changing import changed
from bestand.model.errors import CallError, LimitReached, ModelError
from bestand.plan.beside import kinds_of
from bestand.plan.verdicts import Verdicts
from bestand.questions.vary.vary import job_of, varied
from bestand.questions.vary.whole import whole
from bestand.questions.vary.worker import Worker
from bestand.solve.bundle import aligned, bundles
from bestand.solve.solution import Solution
from bestand.stability.registry import stable
from bestand.testing import formulas, models
from bestand.testing.asking import changes
from tests.examples import examples
from tests.first_reading import UKRAINE
from tests.questions.vary.helpers import OPEN, model

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def chunks(job, together=None):
    worker = Worker(job, whole=together)
    return [worker.chunk(number) for number in range(job.chunks)]


def same(job, together):
    """Whether what was found of all combinations at once is what each chunk comes to by itself."""
    for one, other in zip(chunks(job), chunks(job, together), strict=True):
        assert np.array_equal(one.table, other.table), [
            (name, a, b)
            for name, a, b in zip(job.columns, one.table.T.tolist(), other.table.T.tolist(), strict=True)
            if a != b
        ]
        for concept, (states, counts) in one.states.items():
            assert np.array_equal(states, other.states[concept][0]), concept
            assert np.allclose(counts, other.states[concept][1]), concept


@settings(max_examples=examples(25), deadline=None, suppress_health_check=SLOW)
@given(models(max_options=6).filter(lambda model: model.readings and model.options))
def test_random_models_with_random_questions(model):
    try:
        job = job_of(model)
    except CallError:  # nothing is open, or no combination leaves a state
        return
    if job.rows > 16:
        return
    together = whole(job, Watch(), worth=0)
    if together is not None:
        same(job, together)


def test_a_conflict_with_something_open_of_every_kind():
    """Among it the order of wishes and the place of one: all of them change what a party wants, and nothing else."""
    job = job_of(model())
    together = whole(job, Watch(), worth=0)
    assert together is not None
    assert not together.left
    same(job, together)
    assert varied(job) == varied(job, workers=2)


def test_rules_that_are_open_make_bundles_of_their_own():
    text = OPEN.replace("open:", "  shut: {change: never down.attack}\nopen:")
    job = job_of(model(text))
    together = whole(job, Watch(), worth=0)
    assert together is not None
    assert len(together.equilibria) == 2
    same(job, together)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=SLOW)
@given(models(max_options=5, prose=False).filter(lambda model: model.options), st.data())
def test_verdicts_side_by_side_are_those_of_each(model, data):
    plan = data.draw(formulas([option.id for option in model.options]))
    variants = []
    for _ in range(5):
        try:
            variant = changed(model, data.draw(changes(model, ())))
            Solution(variant)
        except (CallError, ModelError):
            continue
        variants.append(variant)
    one_by_one = Verdicts(plan)
    assert kinds_of(variants, plan, Watch()) == [one_by_one.of(variant) for variant in variants]


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=6))
def test_lists_in_one_list(lists):
    places = aligned(lists)
    for n, items in enumerate(lists):
        assert [item for place in places for item, some in place if n in some] == items
    for place in places:
        held = [n for _, some in place for n in some]
        assert len(held) == len(set(held)), "no list has two things at one place"


BANNED = [
    ("europe", "not europe.force", "europe.force and not ceasefire", True),
    ("europe", "europe.fund", "not europe.fund and not europe.force", False),
]


@pytest.mark.parametrize(("party", "near", "far", "followed"), BANNED)
def test_moves_that_are_forbidden(party, near, far, followed):
    """Where what takes two moves takes one, a symbolic engine follows them; elsewhere it says that it cannot."""
    text = f"""\
bestand: 1
title: A force
parties:
  russia: {{options: {{stop: }}}}
  europe: {{options: {{force: , fund: }}}}
outcomes: {{ceasefire: russia.stop}}
forbidden_moves: [{{party: {party}, from: {near}, to: {far}}}]
status_quo: []
preferences:
  russia: {{priorities: [not europe.force, not russia.stop]}}
  europe: {{priorities: [ceasefire, not europe.fund, europe.force]}}
readings:
  eager: {{change: europe 3 before europe 1}}
  shrinks: {{change: russia wants ceasefire first}}
claims:
  - {{id: some, check: some equilibrium is europe.force}}
"""
    job = job_of(bestand.loads(text))
    together = whole(job, Watch(), worth=0)
    assert (together is not None) == followed
    if together is not None:
        same(job, together)


def test_time_that_is_over_is_told():
    with pytest.raises(LimitReached):
        whole(job_of(model()), Watch(Limits(seconds=1e-9)), worth=0)


def test_what_stays_for_one_by_one():
    """Levels and best replies are not looked at together."""
    levels = model().replace(claims=())
    assert whole(job_of(levels, concepts=["brseq"]), Watch(), worth=0) is None
    assert whole(job_of(levels, samples=20), Watch(), worth=0) is None
    assert whole(job_of(levels), Watch()) is None, "small ones are quick"


def test_a_sample_of_the_flagship():
    """Some combinations of the first reading: every party's stable states, and what is reached."""
    base = bestand.load(UKRAINE)
    job = job_of(base, claims=[])
    made = {k: changed(*job.design.variant(job.design.combination(k))) for k in range(0, job.rows, 16)}
    numbers = np.array([job.design.numbers(k) for k in range(job.rows)])
    drawn = random.Random(1)
    found = bundles(made, numbers)
    assert found is not None
    for bundle in found:
        engine = VariedEngine(bundle.model, bundle.codes)
        sets = {(c, i): stable(engine, c, i).diagram for c in ("gmr", "seq") for i in range(len(base.parties))}
        start = base.mask(base.status_quo)
        for v in drawn.sample(range(len(bundle.which)), 2):
            solution = Solution(made[int(bundle.which[v])])
            for (concept, i), states in sets.items():
                classes = engine.classes(states, solution.space.states)
                assert np.array_equal(classes.table()[:, v][classes.of], solution.verdict(concept, i))
            for by in ("improving", "best"):
                classes = engine.classes(engine.reached(start, by), solution.space.states)
                assert np.array_equal(classes.table()[:, v][classes.of], solution.reach(by).reached)
