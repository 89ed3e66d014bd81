"""Which equilibria pictures show, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

import bestand
from bestand.files import loads
from bestand.model.formula import OutcomeAtom
from bestand.questions.analyse.representatives import selection_of
from bestand.questions.analyse.selection_words import (
    counts_told,
    doings,
    name,
    plan_told,
    reached_told,
    title,
    today_told,
)
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.drawing.worlds import CONCEPTS, NOTHING_HOLDS, ODD
from tests.examples import examples
from tests.first_reading import UKRAINE
from tests.questions.analyse.helpers import members


@pytest.fixture(scope="module")
def ukraine():
    return Solution(bestand.load(UKRAINE))


def test_entries_are_pure(ukraine):
    """An entry is wholly under its concepts, reached, and with the plan; the most concepts come first."""
    selection = selection_of(ukraine, CONCEPTS)
    for entry in selection.equilibria:
        assert entry.count == members(ukraine, entry, CONCEPTS).sum() > 0
    sizes = [len(entry.concepts) for entry in selection.equilibria]
    assert sizes == sorted(sizes, reverse=True)
    assert [name(entry) for entry in selection.equilibria] == [f"#{k}" for k in range(1, 13)]


def test_outcomes_and_places_are_those_of_the_states(ukraine):
    for entry in selection_of(ukraine, CONCEPTS).every:
        states = members(ukraine, entry, CONCEPTS)
        for outcome, cell in zip(ukraine.model.outcomes, entry.outcomes, strict=True):
            holds = ukraine.space.holds(OutcomeAtom(outcome.name))[states]
            assert cell == ("1" if holds.all() else "0" if not holds.any() else "-")
        for i, place in enumerate(entry.places):
            shares = ukraine.lower_share(i)[states]
            assert place == (shares.min(), shares.max())


def test_what_is_hidden_is_counted(ukraine):
    selection = selection_of(ukraine, CONCEPTS, 7)
    every = np.logical_or.reduce([ukraine.equilibria(concept) for concept in CONCEPTS])
    shown = np.logical_or.reduce([members(ukraine, entry, CONCEPTS) for entry in selection.equilibria])
    assert len(selection.equilibria) == 7
    assert selection.hidden == int((every & ~shown).sum()) > 0
    assert selection.counts == {concept: int(ukraine.equilibria(concept).sum()) for concept in CONCEPTS}


def test_a_state_with_the_plan_is_shown_where_there_is_one(ukraine):
    assert any(entry.plan for entry in selection_of(ukraine, ("gmr",), 5).equilibria)


def test_states_of_one_label_are_one_entry():
    selection = selection_of(Solution(bestand.load("books/fang1993/elmira")), CONCEPTS)
    nine = next(entry for entry in selection.equilibria if name(entry) == "9")
    assert nine.count == 4
    assert nine.bits == "-001-"
    assert title(nine) == "state 9"
    assert selection.hidden == 0


def test_a_today_that_is_an_equilibrium_stands_once():
    solution = Solution(ODD["eight alike"])
    selection = selection_of(solution, CONCEPTS)
    assert selection.today.concepts == CONCEPTS
    assert not any(entry.bits == selection.today.bits for entry in selection.equilibria)
    shown = sum(entry.count for entry in selection.equilibria)
    assert shown + selection.hidden == solution.space.size - 1


def test_no_equilibrium():
    selection = selection_of(Solution(NOTHING_HOLDS), ("nash",))
    assert selection.equilibria == ()
    assert [*counts_told(selection)] == ["There is no equilibrium under Nash stability."]
    assert [*today_told(selection)] == ["Today is an equilibrium under none of these concepts."]
    assert [*plan_told(selection), *reached_told(selection)] == []


def test_no_concept():
    selection = selection_of(Solution(NOTHING_HOLDS), ())
    assert selection.equilibria == ()
    assert selection.counts == {}
    assert [*counts_told(selection)] == []


def test_words_name_the_entries(ukraine):
    selection = selection_of(ukraine, CONCEPTS)
    assert [*plan_told(selection)] == ["The plan is true in #3, #4 and #12."]
    assert [*reached_told(selection)] == [
        "Improvements lead from the status quo to #1, #2, #5, #6, #7, #8, #10 and #11."
    ]


def test_what_is_done_in_several_states_is_what_they_have_in_common():
    model = loads("""
bestand: 1
title: A dam
parties:
  up: {name: Upstream, options: {keep: {says: keeps the water}, threaten: {says: threatens}}}
status_quo: [up.keep]
""")
    solution = Solution(model)
    entry = selection_of(solution, ("nash",)).equilibria[0]
    told = {
        bits: doings(model, replace(entry, bits=bits, count=2 if "-" in bits else 1))
        for bits in ("-1", "1-", "0-", "01")
    }
    assert told == {
        "-1": "Upstream threatens",
        "1-": "",
        "0-": "Upstream no longer keeps the water",
        "01": "Upstream threatens and no longer keeps the water",
    }


@settings(max_examples=examples(25), deadline=None)
@given(models(max_options=6))
def test_every_equilibrium_is_shown_or_hidden(model):
    solution = Solution(model)
    selection = selection_of(solution, CONCEPTS, 5)
    every = np.logical_or.reduce([solution.equilibria(concept) for concept in CONCEPTS])
    shown = [members(solution, entry, CONCEPTS) for entry in selection.every]
    rest = every & ~np.logical_or.reduce([np.zeros_like(every), *shown])
    assert int(rest.sum()) == selection.hidden
    assert len(selection.equilibria) <= 5
    apart = sum(each.astype(int) for each in shown)
    assert np.max(apart, initial=0) <= 1
