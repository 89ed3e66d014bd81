"""A second reading of the article about Ukraine: 165,888 states, a forbidden move, 2,880 combinations of what is open.

When there is a deal was found by hand, and by a program of its own that tries every combination.
"""

from __future__ import annotations

import numpy as np
import pytest

import bestand
from bestand.engine.limits import Watch
from bestand.model.formula import text
from bestand.plan.beside import kinds_of
from bestand.questions.vary.vary import job_of, varied
from bestand.questions.vary.whole import whole
from bestand.questions.vary.worker import Worker
from tests.questions.vary.test_conditions import true

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def second():
    return bestand.load("press/wynia2025/ukraine")


def given(design, index):
    """The readings that a combination applies."""
    numbers = zip(design.questions, design.numbers(index), strict=True)
    return {question.answers[k].words.removeprefix("with ") for question, k in numbers if k}


def deal_today(given):
    """Whether there is a deal that is better than today, as the scenario says."""
    if "ukraine-nothing" in given:
        return False
    ordered = "price-order" in given and "europe-no-order" not in given
    return "price-nato" in given or ordered or ("price-held" in given and "ukraine-no-land" not in given)


def deal_at_all(given):
    """The same, better than where things drift."""
    return deal_today(given) or "pressure-bites" in given


@pytest.mark.parametrize(("no_deal", "right", "count"), [("today", deal_today, 768), (None, deal_at_all, 1472)])
def test_when_there_is_a_deal(second, no_deal, right, count):
    answer = varied(job_of(second.replace(no_deal=no_deal), concepts=["nash"], claims=[]), workers=2)
    found, design = answer.conditions, answer.job.design
    assert (answer.looked_at, found.deal_exists.combinations) == (2880, count)
    expected = [right(given(design, index)) for index in range(design.count)]
    assert [true(found.deal_exists.terms, design.numbers(index)) for index in range(design.count)] == expected
    if no_deal is None:
        kept = [true(found.kinds["deal"].terms, design.numbers(index)) for index in range(design.count)]
        assert kept == expected, "every one of them has a deal that is kept"
        assert len(found.kinds["deal"].terms) == 4
        assert set(found.kinds) == {"deal", "no-deal"}
    idle = {design.questions[j].words for j in found.idle}
    assert idle >= {"russia-shrinks", "usa-burden", "usa-resolute", "europe-stands"}


def test_all_at_once_is_each_by_itself(second):
    """Verdict, equilibria under five concepts, and claims of some combinations."""
    job = job_of(second)
    together = whole(job, Watch(), 2)
    assert together is not None
    assert not together.left
    some = Worker(job)
    rows = [0, 1000, 2879]
    table = np.zeros((len(rows), len(job.columns)), np.int32)
    some._some(rows, table, _Nothing())
    assert np.array_equal(together.table[job.order()[rows]], table)
    assert text(job.plan) == "ceasefire"


class _Nothing:
    """Counts no states."""

    def add(self, *_):
        pass


def test_each_open_point_is_tried(second):
    found = bestand.analyse(second, concepts=["nash"])
    assert found.turns is not None
    assert {*found.turns} == {"price-held", "price-nato", "price-order", "pressure-bites"}
    assert kinds_of([second], second.plan, Watch()) == ["no-deal"]
