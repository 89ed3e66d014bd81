"""Deals and the verdict on a plan: of a million states, one by one, and of thirty thousand million, over sets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.deals import dilemma, judged, planned
from benchmarks.families import local_model, random_model


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_million_states(benchmark: Any, seed: int) -> None:
    """Listed: a plan that takes two options at once."""
    benchmark.group = "deals of 20 options, 4 parties, 6 statements"
    model, terms = planned(replace(random_model(20, 4, 6, seed), rules=()), seed)
    benchmark.pedantic(judged, args=(model, terms), rounds=1)


def test_a_quarter_of_a_million_deals(benchmark: Any) -> None:
    """Listed: a dilemma, in which every state of the plan is a deal and somebody is tempted in each."""
    benchmark.group = "deals of 20 options, 4 parties, 6 statements"
    found = benchmark.pedantic(judged, args=dilemma(), rounds=1)
    assert found.deals == found.kept == 2**18


@pytest.mark.parametrize("statements", [6, 10])
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("family", [random_model, local_model], ids=["random", "local"])
def test_far_too_many_states(benchmark: Any, family: Any, seed: int, statements: int) -> None:
    """Over sets of states."""
    benchmark.group = f"deals of 40 options, 4 parties, {statements} statements"
    model, terms = planned(family(40, 4, statements, seed), seed)
    found = benchmark.pedantic(judged, args=(model, terms), rounds=1)
    assert found.concept == "seq"
