"""A held option, or party, makes a smaller model: the one that an analyst would write without it."""

from __future__ import annotations

import dataclasses
from typing import get_args

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import bestand
from bestand import loads
from bestand.model.changing import changed
from bestand.model.errors import ModelError
from bestand.model.formula import Constant, Formula, OptionAtom, substitute
from bestand.model.model import Model
from bestand.model.sentences import By, HoldOption, HoldParty
from bestand.model.values import FormulaRule, FrozenMap, Priorities, Ranking, Weights
from bestand.reference import feasible
from bestand.solve.solution import Solution
from tests.solve.helpers import CONCEPTS, FEW, changes, small_models


def without(model: Model, option: str, value: bool) -> Model:
    """The model as it would be written if an option had always been fixed: it does not occur at all."""
    at = model.bit[option]

    def fixed(formula: Formula) -> Formula:
        return substitute(formula, lambda atom: Constant(value) if atom == OptionAtom(option) else atom)

    def cut(bits: str) -> str:
        return bits[:at] + bits[at + 1 :]

    def wish(preference):
        match preference:
            case Priorities(statements):
                return Priorities(tuple(dataclasses.replace(s, formula=fixed(s.formula)) for s in statements))
            case Ranking(groups):
                left = [tuple(cut(bits) for bits in group if bits[at] == str(int(value))) for group in groups]
                return Ranking(tuple(group for group in left if group))
            case Weights(weights):
                return Weights(FrozenMap({id: weight for id, weight in weights.items() if id != option}))

    parties = tuple(
        dataclasses.replace(party, options=tuple(own for own in party.options if own.id != option))
        for party in model.parties
    )
    return dataclasses.replace(
        model,
        parties=parties,
        rules=tuple(FormulaRule("always", fixed(rule.allows)) for rule in model.rules),
        outcomes=tuple(dataclasses.replace(outcome, formula=fixed(outcome.formula)) for outcome in model.outcomes),
        one_way=tuple(way for way in model.one_way if way.option != option),
        forbidden_moves=tuple(
            dataclasses.replace(ban, source=fixed(ban.source), target=fixed(ban.target))
            for ban in model.forbidden_moves
        ),
        status_quo=None if model.status_quo is None else model.status_quo - {option},
        preferences=FrozenMap({party: wish(preference) for party, preference in model.preferences.items()}),
    )


def squeezed(states: np.ndarray, at: int) -> list[int]:
    """States without their bit ``at``."""
    low = np.uint64((1 << at) - 1)
    return ((states & low) | ((states >> np.uint64(1)) & ~low)).tolist()


def check_same(held: Solution, smaller: Solution) -> None:
    for concept in CONCEPTS:
        assert held.stable(concept).tolist() == smaller.stable(concept).tolist()
    assert held.space.status_quo == smaller.space.status_quo
    for by in get_args(By):
        reach, again = held.reach(by), smaller.reach(by)
        assert (None if reach is None else reach.moves.tolist()) == (None if again is None else again.moves.tolist())


@FEW
@given(small_models(), st.data())
def test_a_held_option_is_an_option_that_is_not_there(model, data):
    option, value = data.draw(st.sampled_from(list(model.bit))), data.draw(st.booleans())
    held = changed(model, [HoldOption(option, value)])
    assume(feasible(held))
    solution, smaller = Solution(held), Solution(without(model, option, value))
    assert squeezed(solution.space.states, model.bit[option]) == smaller.space.states.tolist()
    check_same(solution, smaller)


@FEW
@given(small_models(), st.data())
def test_a_held_party_has_no_moves_and_may_still_judge(model, data):
    """Each of its options is fixed as it is today."""
    assume(model.status_quo is not None)
    party = data.draw(st.sampled_from(model.parties))
    smaller = model
    for option in party.options:
        smaller = without(smaller, option.id, option.id in model.status_quo)
    solution = Solution(changed(model, [HoldParty(party.id)]))
    check_same(solution, Solution(smaller))
    assert all(solution.stable(concept)[list(model.party).index(party.id)].all() for concept in CONCEPTS)
    assert solution.space.status_quo is not None


DAM = """
bestand: 1
title: Dam
parties:
  up: {options: {release: {}}}
  down: {options: {attack: {}}}
rules: [{never: release and attack}]
status_quo: [release]
preferences:
  up: {priorities: [not attack, not release]}
  down: {ranking: [["10"], ["01"], ["00"]]}
"""


def test_a_ranking_need_not_lose_the_states_that_are_held_away():
    model = loads(DAM)
    solution = Solution(changed(model, changes(model, "release held at no")))
    assert solution.space.states.tolist() == [0, 2]
    assert solution.space.ranks[1].tolist() == [0, 1]
    assert solution.space.status_quo == 0


def test_a_held_option_may_leave_today_infeasible():
    model = loads(DAM)
    solution = Solution(changed(model, changes(model, "attack held at yes")))
    assert solution.space.states.tolist() == [2]
    assert solution.space.status_quo is None
    assert solution.reach() is None


def test_holding_an_option_at_both_leaves_nothing():
    model = loads(DAM)
    with pytest.raises(ModelError, match="no state feasible"):
        Solution(changed(model, [*changes(model, "attack held at yes"), *changes(model, "attack held at no")]))


def test_holding_over_a_published_case():
    """Elmira with its first option held at no: the same verdicts as the model that never had it."""
    model = bestand.load("books/fang1993/elmira")
    option = model.options[0].id
    check_same(Solution(changed(model, [HoldOption(option, False)])), Solution(without(model, option, False)))
