"""The case of Ukraine: 165,888 states, a forbidden move, 2,880 combinations of what is open, fourteen conclusions.

When there is a deal was found by hand, and by a program of its own that tries every combination.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest

import bestand
from bestand.engine.limits import Watch
from bestand.model.changing import changed
from bestand.model.formula import text
from bestand.model.language import parse_check
from bestand.model.values import Claim
from bestand.plan.beside import kinds_of
from bestand.plan.verdicts import Verdicts
from bestand.questions.vary.vary import job_of, varied
from bestand.questions.vary.whole import whole
from bestand.questions.vary.worker import Worker
from bestand.stability.registry import EVERY
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
    assert {design.questions[j].words for j in found.idle} >= {"fear", "exchange", "backing", "resolve"}


@pytest.mark.weekly
@pytest.mark.parametrize("concepts", [["nash"], None])
def test_all_at_once_is_each_by_itself(second, concepts):
    """Verdict, equilibria, and claims of some combinations."""
    job = job_of(second, concepts=concepts)
    together = whole(job, Watch(), 2)
    assert together is not None
    assert not together.left
    some = Worker(job)
    rows = [0, 1000, 2879]
    table = np.zeros((len(rows), len(job.columns)), np.int32)
    some._some(rows, table, _Nothing())
    assert np.array_equal(together.table[job.order()[rows]], table)
    assert text(job.plan) == "ceasefire"


def zones(given):
    """Where the zones hold a ceasefire for which nothing is paid, as the scenario says."""
    feared = "russia-shrinks" in given and ({"usa-resolute", "europe-stands"} & {*given})
    return "pressure-bites" in given or bool(feared)


def averted(given):
    """Where it takes the order to have a deal."""
    asked = "price-order" in given and not {"europe-no-order", "ukraine-nothing"} & {*given}
    return asked and "pressure-bites" not in given


WHERE = {  # as the scenario's own program found, by hand or combination by combination
    "mediation-stalls": lambda given: not deal_at_all(given),
    "washington-goes": lambda _: True,
    "moscow-waits": lambda given: not {"usa-firm", "pressure-bites"} & {*given},
    "courting-works": lambda given: not {"usa-firm", "pressure-bites"} & {*given},
    "pressure-works": lambda given: "pressure-bites" in given,
    "zones-hold": zones,
    "burden-buys-presence": lambda given: "usa-burden" in given,
    "red-line": lambda _: True,
    "europe-needs-washington": lambda given: "europe-stands" not in given,
    "escalation-falls": lambda _: True,
    "concept-averts": averted,
}


@pytest.fixture(scope="module")
def everywhere(second):
    return varied(job_of(second, concepts=["nash"]), workers=2)


@pytest.mark.parametrize("claim", WHERE)
def test_where_a_conclusion_holds(everywhere, claim):
    design, found = everywhere.job.design, everywhere.conditions.claims[claim]
    expected = [WHERE[claim](given(design, index)) for index in range(design.count)]
    told = [found.combinations == found.of or true(found.terms, design.numbers(k)) for k in range(design.count)]
    assert told == expected


def test_the_page_tells_what_is_found(second, everywhere):
    """Answer, work and counts of the table in the documentation."""
    page = (Path(__file__).parents[3] / "docs/ukraine.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| `")]
    told = {row[0].strip("`"): row[3:] for row in rows}
    results = bestand.claims(second).results
    assert [*told] == [result.claim.id for result in results], "in the author's order"
    for result in results:
        answer, work, where = told[result.claim.id]
        assert answer == result.answer.verdict, result.claim.id
        assert work == result.footing.work, result.claim.id
        found = everywhere.conditions.claims[result.claim.id]
        if numbers := re.findall(r"[\d,]{2,}", where):
            assert [f"{found.combinations:,}"] == numbers, result.claim.id
        assert where.startswith("everywhere") <= (found.combinations == found.of)


class _Nothing:
    """Counts no states."""

    def add(self, *_):
        pass


def test_each_open_point_is_tried(second):
    found = bestand.analyse(second, concepts=["nash"])
    assert found.turns is not None
    assert {*found.turns} == {"price-held", "price-nato", "price-order", "pressure-bites"}
    assert kinds_of([second], second.plan, Watch()) == ["no-deal"]


def test_when_each_plan_holds(second):
    """Counts over all combinations; of some, each by itself."""
    found = bestand.plans(second).times
    counts = {id: len(each.held) for id, each in found.plans.items()}
    assert counts == {"ceasefire": 1472, "zones": 1360, "tripwire": 984, "backed": 984, "snapback": 1472}
    design = found.design
    verdicts = {id: Verdicts(second.plan_named[id]) for id in counts}
    for k in (3, 1111):  # a deal that is kept without a tie alone, and none
        base, changes = design.variant(design.combination(k))
        variant = changed(base, changes)
        assert {id: each.of(variant) for id, each in verdicts.items()} == {
            id: each.kinds[k] for id, each in found.plans.items()
        }


TIES = {
    "untied": "",
    "tripwire": "with europe ties europe.fight to broken and europe.force, ",
    "backing": "with usa ties usa.answer to broken and europe.force and not usa.leave, ",
    "snapback": "with usa ties usa.sanctions to broken, ",
}
PAID = {  # what Moscow has of it, and which prices that meets
    "land": ("ukraine.cede and not outside_nato", {"provinces"}),
    "barred": ("usa.bar_nato and not ukraine.no_nato and not ukraine.recognise", {"price-nato"}),
    "renounced": ("ukraine.no_nato and not usa.bar_nato and not ukraine.recognise", {"price-nato"}),
    "held": ("ukraine.recognise and not ukraine.cede and ukraine.no_nato", {"price-held", "price-nato"}),
    "nothing": ("not (ukraine.recognise or outside_nato)", set()),
}


def answered(tie, paid, force, given):
    """Whether a breach of Russia's is answered in a ceasefire that Europe pays for, as the scenario's table has it."""
    price = next((each for each in given if each.startswith("price-")), "provinces")
    asked = price in PAID[paid][1]
    if "pressure-bites" in given:
        return True
    if force and "russia-shrinks" in given:
        untied = tie in ("untied", "snapback")
        if not untied or {"usa-resolute", "europe-stands"} & {*given}:
            return True
    return asked and ("pockets" not in given or paid in ("renounced", "held"))


@pytest.mark.weekly
@pytest.mark.parametrize("tie", TIES)
def test_the_table_of_the_zones(second, tie):
    """Exactly where every breach is answered, by what is paid, with the European force and without."""
    without = " and not europe.order"
    cells = {f"{paid}-{force}": (paid, force) for paid in PAID for force in (True, False)}
    checks = {
        name: f"under pseq, {TIES[tie]}some state stable for russia where ceasefire and europe.fund and "
        f"{'' if force else 'not '}europe.force and not europe.fight and not usa.answer has {PAID[paid][0]}{without}"
        for name, (paid, force) in cells.items()
    }
    scope = second.scope(EVERY)
    claims = tuple(Claim(name, (parse_check(check, scope),)) for name, check in checks.items())
    found = varied(job_of(dataclasses.replace(second, claims=claims), concepts=["nash"]), workers=2)
    design = found.job.design
    for name, (paid, force) in cells.items():
        terms = found.conditions.claims[name].terms
        for k in range(design.count):
            assert true(terms, design.numbers(k)) == answered(tie, paid, force, given(design, k)), (name, k)
