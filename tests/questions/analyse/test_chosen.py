"""Which equilibria pictures show, and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

import bestand
from bestand.files import loads
from bestand.questions.analyse.chosen import chosen, doings
from bestand.questions.analyse.chosen_words import counts_told, plan_told, reached_told, today_told
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.drawing.worlds import CONCEPTS, NOTHING_HOLDS, ODD


@pytest.fixture(scope="module")
def ukraine():
    return Solution(bestand.load("press/wynia2025/ukraine"))


def test_columns_are_pure(ukraine):
    """A column is wholly under its concepts, reached, and with the plan; the most concepts come first."""
    found = chosen(ukraine, CONCEPTS)
    reach, plan = ukraine.reach(), ukraine.space.holds(ukraine.model.plan)
    for each in found.shown:
        members = each.column.members
        for concept in CONCEPTS:
            assert (ukraine.equilibria(concept)[members] == (concept in each.under)).all()
        assert (reach.reached[members] == each.column.reached).all()
        assert (plan[members] == each.plan).all()
    sizes = [len(each.under) for each in found.shown]
    assert sizes == sorted(sizes, reverse=True)
    assert [each.name for each in found.shown] == [f"#{k}" for k in range(1, 13)]


def test_what_is_hidden_is_counted(ukraine):
    found = chosen(ukraine, CONCEPTS, 7)
    every = np.logical_or.reduce([ukraine.equilibria(concept) for concept in CONCEPTS])
    shown = np.logical_or.reduce([each.column.members for each in found.shown])
    assert len(found.shown) == 7
    assert found.hidden == int((every & ~shown).sum()) > 0
    assert found.counts == {concept: int(ukraine.equilibria(concept).sum()) for concept in CONCEPTS}


def test_a_state_with_the_plan_is_shown_where_there_is_one(ukraine):
    found = chosen(ukraine, ("gmr",), 5)
    assert any(each.plan for each in found.shown)


def test_states_of_one_label_are_one_column():
    solution = Solution(bestand.load("books/fang1993/elmira"))
    found = chosen(solution, CONCEPTS)
    nine = next(each for each in found.shown if each.name == "9")
    assert nine.column.count == 4
    assert nine.column.bits == "-001-"
    assert nine.called == "state 9"
    assert found.hidden == 0


def test_a_today_that_is_an_equilibrium_stands_once():
    solution = Solution(ODD["eight alike"])
    found = chosen(solution, CONCEPTS)
    today = found.today[0]
    assert today.under == CONCEPTS
    assert not any((each.column.members == today.column.members).all() for each in found.shown)
    shown = sum(each.column.count for each in found.shown)
    assert shown + found.hidden == solution.space.size - 1


def test_no_equilibrium():
    found = chosen(Solution(NOTHING_HOLDS), ("nash",))
    assert found.shown == ()
    assert [*counts_told(found)] == ["There is no equilibrium under Nash stability."]
    assert [*today_told(found)] == ["Today is an equilibrium under none of these concepts."]
    assert [*plan_told(found), *reached_told(found)] == []


def test_no_concept():
    found = chosen(Solution(NOTHING_HOLDS), ())
    assert found.shown == ()
    assert found.counts == {}
    assert [*counts_told(found)] == []


def test_words_name_the_columns(ukraine):
    found = chosen(ukraine, CONCEPTS)
    assert [*plan_told(found)] == ["The plan is true in #3, #4 and #12."]
    assert [*reached_told(found)] == ["Improvements lead from the status quo to #1, #2, #5, #6, #7, #8, #10 and #11."]


def test_what_is_done_in_several_states_is_what_they_have_in_common():
    model = loads("""
bestand: 1
title: A dam
parties:
  up: {name: Upstream, options: {keep: {says: keeps the water}, threaten: {says: threatens}}}
status_quo: [up.keep]
""")
    solution = Solution(model)
    column = chosen(solution, ("nash",)).shown[0].column
    told = {bits: _doings(model, column, bits) for bits in ("-1", "1-", "0-", "01")}
    assert told == {
        "-1": "Upstream threatens",
        "1-": "",
        "0-": "Upstream no longer keeps the water",
        "01": "Upstream threatens and no longer keeps the water",
    }


def _doings(model, column, bits):
    from dataclasses import replace

    members = np.arange(4) < (2 if "-" in bits else 1)
    return doings(model, replace(column, bits=bits, members=members))


@settings(max_examples=25, deadline=None)
@given(models(max_options=6))
def test_every_equilibrium_is_shown_or_hidden(model):
    solution = Solution(model)
    found = chosen(solution, CONCEPTS, 5)
    every = np.logical_or.reduce([solution.equilibria(concept) for concept in CONCEPTS])
    shown = [each.column.members for each in found.all]
    rest = every & ~np.logical_or.reduce([np.zeros_like(every), *shown])
    assert int(rest.sum()) == found.hidden
    assert len(found.shown) <= 5
    apart = sum(each.column.members.astype(int) for each in found.shown)
    assert np.max(apart, initial=0) <= 1
