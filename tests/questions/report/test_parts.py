"""A report holds what its parts find by themselves, whoever works and how many; and says what it lacks."""

from __future__ import annotations

import pytest

import bestand
from bestand import CallError, LimitReached, Limits
from bestand.answer.setting import Setting
from bestand.engine.limits import Watch
from bestand.questions.report.answer import Missing
from bestand.questions.report.parts import SAMPLES, ask
from tests.first_reading import UKRAINE

SMALL = """
bestand: 1
title: T
parties: {a: {options: {x: }}, b: {options: {y: }}}
plan: x and y
status_quo: []
preferences:
  a: {priorities: [y, not x]}
  b: {priorities: [x, not y]}
readings:
  kind: {change: a 2 dropped}
claims:
  - {id: stuck, check: no equilibrium is x}
"""


def made(model, concepts=("nash", "seq"), watch=None, **asked):
    return ask(Setting(model, (), watch or Watch()), concepts, **asked)


def test_its_parts_are_those_that_are_found_one_by_one():
    model = bestand.load(UKRAINE)
    found = made(model, samples=20)
    assert not found.missing
    assert found.levers == bestand.levers(model, concepts=["nash"])  # beside a verdict, the first alone
    assert found.why == bestand.why(model, concepts=["nash", "seq"], workers=1)
    alone = bestand.vary(model, concepts=["nash", "seq"], samples=20, compared=0)
    assert found.varied.formulas == alone.formulas
    assert [result.claim.id for result in found.claims.results] == [claim.id for claim in model.claims]


def test_it_does_not_depend_on_the_number_of_workers():
    model = bestand.loads(SMALL)
    one, two = (made(model, workers=k) for k in (1, 2))
    assert (one.claims, one.why, one.levers) == (two.claims, two.why, two.levers)
    assert one.varied == two.varied


def test_all_of_what_is_open_is_looked_at_where_it_is_little():
    found = made(bestand.loads(SMALL))
    assert (found.varied.job.kind, found.varied.looked_at) == ("all", 2)
    found = made(bestand.load(UKRAINE), concepts=("nash",))
    assert (found.varied.job.kind, found.varied.looked_at) == ("sample", SAMPLES)


def test_what_a_model_does_not_have_is_missing():
    found = made(bestand.load("textbook/chicken"))
    assert dict(found.missing) == dict.fromkeys(("open", "levers", "premises", "claims"), Missing("nothing"))
    assert (found.claims, found.why, found.levers, found.varied) == (None, None, None, None)


def test_sets_of_states_leave_the_parts_out():
    found = made(bestand.loads(SMALL), engine="symbolic")
    assert found.result.listed is None
    assert set(found.missing.values()) == {Missing("too large")}


def test_a_limit_leaves_what_is_finished():
    with pytest.raises(LimitReached):
        made(bestand.load(UKRAINE), watch=Watch(Limits(seconds=1e-6)))
    watch = Watch(Limits(seconds=1000))
    model = bestand.load(UKRAINE)
    later = made(model, concepts=("nash",), watch=_Over(watch, after=200))
    assert later.result.stopped is None
    assert {lack.kind for lack in later.missing.values()} == {"stopped"}
    assert all("seconds" in str(lack.because) for lack in later.missing.values())


class _Over(Watch):
    """A watch whose time is over as soon as the parts begin."""

    def __init__(self, watch, after):
        super().__init__(watch.limits)

    def phase(self, words, total=None):
        if words.startswith("asking what else"):
            self.limits = Limits(seconds=1e-6)
        super().phase(words, total)


def test_wrong_questions_are_refused():
    with pytest.raises(CallError, match="0 samples"):
        made(bestand.loads(SMALL), samples=0)
