"""A solution is asked in the same way whether its states are listed or known as sets alone."""

from __future__ import annotations

import pytest
from hypothesis import given

import bestand
from bestand import TooManyStates
from bestand.reference import feasible
from bestand.solve.solution import solve
from bestand.stability.registry import CONCEPTS
from bestand.testing import models
from tests.engine.helpers import examples


@examples(30)
@given(models(readings=False, prose=False, forbidden_moves=False))
def test_lists_and_sets_answer_alike(model):
    listed, sets = solve(model, "listed"), solve(model, "symbolic")
    states = feasible(model)
    quo = None if model.status_quo is None else model.mask(model.status_quo)
    assert listed.status_quo == sets.status_quo == quo
    assert listed.count == sets.count == len(states)
    assert list(listed.reached or ()) == list(sets.reached or ())
    masks = listed.space.states
    for i in range(len(model.parties)):
        assert [listed.share_below(i, s) for s in states] == [sets.share_below(i, s) for s in states]
    for concept in CONCEPTS:
        assert not listed.complete(concept)
        assert not sets.complete(concept)
        listed.finish([concept])
        sets.finish([concept])
        assert listed.complete(concept)
        assert sets.complete(concept)
        for i in range(len(model.parties)):
            assert list(listed.stable_set(concept, i)) == list(sets.stable_set(concept, i))
            assert listed.stable_set(concept, i).among(masks).tolist() == listed.verdict(concept, i).tolist()
        assert list(listed.equilibrium_set(concept)) == list(sets.equilibrium_set(concept))
        assert sets.equilibrium_set(concept).among(masks).tolist() == listed.equilibria(concept).tolist()


@pytest.mark.parametrize("ask", ["space", "resting"])
def test_states_that_are_not_listed_have_no_positions(ask):
    solution = solve(bestand.load("books/fang1993/elmira"), "symbolic")
    with pytest.raises(TooManyStates, match="list"):
        getattr(solution, ask)
