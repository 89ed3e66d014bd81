"""Plans beside each other in a report: as `bestand.plans` has them, in a chapter of their own, in each language."""

from __future__ import annotations

import pytest

import bestand
from bestand.document.blocks import Figure, Heading, Table
from bestand.model.values import Plan
from bestand.prose.messages import speaking
from bestand.questions.report.chapters import compared, paper
from tests.questions.plans.test_plans import DAM

TITLES = {
    "en": "Of 3 plans, water and quiet hold",
    "nl": "Van de 3 plannen houden water en quiet stand",
}


@pytest.fixture(scope="module")
def report():
    return bestand.report(DAM, workers=1)


def test_it_is_what_plans_says(report):
    assert report.plans == bestand.plans(DAM)
    assert report.data()["plans"] == bestand.plans(DAM).data()


@pytest.mark.parametrize("lang", TITLES)
def test_a_chapter_says_which_holds_and_shows_all(report, lang):
    with speaking(lang):
        found = [*compared.blocks(report)]
        assert found[0] in paper(report).blocks
    assert found[0] == Heading(TITLES[lang])
    (table,) = [block for block in found if isinstance(block, Table)]
    assert [*table.header] == ["", "water", "quiet", "war"]
    assert len(table.rows) == 4, "the verdict, two parties, and in how many combinations it holds"
    assert "release and" not in str(found), "formulas stand in the appendix alone"
    assert sum(isinstance(block, Figure) for block in found) == 1
    assert [block.level for block in found if isinstance(block, Heading)] == [1, 2, 2, 2]


def test_without_several_plans_there_is_no_such_chapter():
    report = bestand.report(DAM.replace(plans=(Plan("water", DAM.plan),)), workers=1)
    assert report.plans is None
    assert "plans" not in report.missing
    assert not [*compared.blocks(report)]


def test_a_brief_leaves_them_out():
    assert bestand.report(DAM, workers=1, brief=True).plans is None
