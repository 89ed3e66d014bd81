"""Reports: what they are made of, and setting them, each part by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import bestand
from bestand.document.formats import FORMATS
from bestand.questions.analyse.picture import PICTURES, drawings
from bestand.questions.analyse.picture_values import picture_values
from bestand.questions.analyse.plan import ruling_of
from bestand.solve.solution import Solution
from bestand.stability.registry import CONCEPTS

SMALL, LARGE = "textbook/chicken", "press/wynia2025/ukraine"


@pytest.fixture
def case(request: pytest.FixtureRequest) -> str:
    """The case: a small one where it is only to be seen that all runs."""
    return SMALL if request.config.getoption("quick") else LARGE


def test_report(benchmark: Any, case: str) -> None:
    """All that a report tells, by one process."""
    benchmark.pedantic(bestand.report, (case,), {"workers": 1}, rounds=1)


@pytest.mark.parametrize("ending", FORMATS)
def test_document(benchmark: Any, case: str, ending: str) -> None:
    """The chapters with their pictures, set in a format."""
    found = bestand.report(case, samples=10, workers=1)
    benchmark.pedantic(found.document, (ending,), rounds=1, warmup_rounds=1)


@pytest.mark.parametrize("picture", PICTURES)
def test_picture(benchmark: Any, case: str, picture: str) -> None:
    """One picture, of verdicts that are worked out: what it shows, and drawing that."""
    solution = Solution(bestand.load(case))
    solution.finish(CONCEPTS)
    if picture == "plan" and solution.model.plan is None:
        pytest.skip("a model without a plan has no picture of one")

    def drawn() -> object:
        values = picture_values(solution, tuple(CONCEPTS), (picture,))
        return drawings(solution.model, replace(values, ruling=ruling_of(solution, tuple(CONCEPTS))))[picture]()

    benchmark.pedantic(drawn, rounds=1, warmup_rounds=1)
