"""The fewest adjacent swaps, against every order of the wishes and Kendall's distance between orders."""

import dataclasses
from itertools import combinations, permutations, product

import pytest

import bestand
from bestand.engine.limits import Limits, Watch
from bestand.model.errors import CallError
from bestand.model.values import FrozenMap, Priorities
from bestand.questions.vary.robustness import robustness
from bestand.solve.solution import Solution
from tests.questions.vary.helpers import CONCEPTS, model


def distance(order):
    """How many adjacent swaps lead from 0, 1, 2, … to an order: its inversions (Kendall 1938)."""
    return sum(a > b for a, b in combinations(order, 2))


def equilibria(one, orders):
    wishes = {}
    for party, order in zip(("up", "down"), orders, strict=True):
        statements = one.preferences[party].statements
        wishes[party] = Priorities(tuple(statements[k] for k in order))
    solution = Solution(dataclasses.replace(one, preferences=FrozenMap(wishes)))
    return {c: set(solution.space.states[solution.equilibria(c)].tolist()) for c in CONCEPTS}


@pytest.fixture(scope="module")
def fewest():
    """By concept and equilibrium: the fewest swaps that break it, over all 576 orders."""
    one = model()
    found = {}
    base = equilibria(one, (range(4), range(4)))
    for orders in product(permutations(range(4)), repeat=2):
        there = equilibria(one, orders)
        for concept in CONCEPTS:
            for state in base[concept] - there[concept]:
                swaps = sum(map(distance, orders))
                found[concept, state] = min(found.get((concept, state), 99), swaps)
    return base, found


def test_the_fewest_swaps_are_the_least_distance(fewest):
    base, least = fewest
    asked = [(concept, state) for concept in CONCEPTS for state in sorted(base[concept])]
    assert len(asked) > 10
    found = robustness(model(), asked, depth=3)
    assert found.depth <= 3
    told = set()
    for broken in found.broken:
        wanted = least.get((broken.concept, broken.mask))
        if wanted is None or wanted > 3:
            assert broken.swaps is None
        else:
            assert len(broken.swaps) == wanted
            told.add(wanted)
            orders = {"up": list(range(4)), "down": list(range(4))}
            for party, place in broken.swaps:
                order = orders[party]
                order[place - 1], order[place] = order[place], order[place - 1]
            assert broken.mask not in equilibria(model(), (orders["up"], orders["down"]))[broken.concept]
    assert len(told) > 1


def test_explicit_rankings_are_swapped_too():
    """Prisoner's dilemma: the one equilibrium falls with the first swap of a player's two worst, or next to worst."""
    one = bestand.load("textbook/prisoners-dilemma")
    solution = Solution(one)
    (mask,) = solution.space.states[solution.equilibria("nash")].tolist()
    found = robustness(one, [("nash", mask)], depth=2)
    assert len(found.broken[0].swaps) == 1


def test_a_limit_says_so():
    one = model()
    asked = [("nash", mask) for mask in sorted(equilibria(one, (range(4), range(4)))["nash"])]
    found = robustness(one, asked, depth=9, watch=Watch(Limits(seconds=0.3)))
    assert found.stopped is None or "0.3 seconds" in str(found.stopped)


def test_wrong_calls():
    with pytest.raises(CallError, match="0 swaps: give 1 or more"):
        robustness(model(), [("nash", 0)], depth=0)
    with pytest.raises(CallError, match="is not feasible"):
        robustness(model(), [("nash", 0b1100)])
    with pytest.raises(CallError, match="is no equilibrium under nash"):
        robustness(model(), [("nash", 0b0001)])
