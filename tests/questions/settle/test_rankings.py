"""Swaps in explicit rankings against every order there is, and counts of rankings against all permutations."""

from __future__ import annotations

import itertools
import math
import random
import time

import numpy as np
import pytest

import bestand
from bestand.engine.limits import Limits, Watch
from bestand.engine.order import RankOrder
from bestand.engine.ranks import by_ranking
from bestand.model.model import Model
from bestand.model.values import Option, Party
from bestand.questions.settle.rankings import fewest_swaps, with_rankings
from bestand.questions.settle.rankings_count import count_for
from bestand.reference import Graph, stable
from bestand.solve.solution import Solution
from tests.first_reading import UKRAINE
from tests.questions.settle.models import CONCEPTS, a_model, graph_of, held, with_order, with_ranks

pysat = pytest.importorskip("pysat", reason='needs the extra "settle"')

SYRIA = "journals/gdn/hipel2014/syria-iraq-1975"
COUNTS = {"nash": 240, "gmr": 384, "smr": 300, "seq": 384, "sseq": 300}
WEAK = [ranks for ranks in itertools.product(range(4), repeat=4) if set(ranks) == set(range(max(ranks) + 1))]


def sign(a, b):
    return (a > b) - (a < b)


def distance(before, after):
    """On how many pairs of states two orders differ."""
    pairs = itertools.combinations(range(len(before)), 2)
    return sum(sign(before[x], before[y]) != sign(after[x], after[y]) for x, y in pairs)


def fewest(graph, concept, wanted, parties):
    """By every order of every party that may change, new ties included."""
    open_orders = [
        [(distance(graph.ranks[i], ranks), ranks) for ranks in WEAK] if i in parties else [(0, graph.ranks[i])]
        for i in range(len(graph.ranks))
    ]
    sums = sorted(
        (sum(cost for cost, _ in orders), [ranks for _, ranks in orders]) for orders in itertools.product(*open_orders)
    )
    for cost, ranks in sums:
        changed = graph
        for i, row in enumerate(ranks):
            changed = with_order(changed, i, row)
        if held(changed, concept, wanted):
            return cost
    return None


@pytest.mark.parametrize("seed", range(200))
def test_the_first_answer_has_the_fewest_swaps_there_can_be(seed):
    rng = random.Random(seed)
    several = seed % 20 == 0  # three parties, of whom two may change: every pair of orders is gone through
    concept, wanted = rng.choice(CONCEPTS), sorted(rng.sample(range(4), rng.randint(1, 2)))
    while True:  # until something has to change
        model = with_ranks(rng, a_model(rng, (1, 1, 1) if several else rng.choice([(1, 1), (2, 1)]), 4))
        if not held(graph_of(model), concept, wanted):
            break
    space = Solution(model).space
    parties = [0, 1] if several or rng.random() < 0.3 else [rng.randrange(2)]
    answer = next(fewest_swaps(space, wanted, concept, parties), None)
    expected = fewest(graph_of(model), concept, wanted, parties)
    assert (None if answer is None else sum(len(each.turned) for each in answer)) == expected
    if answer is not None:
        assert held(graph_of(with_rankings(model, answer)), concept, wanted)
        assert all(model.party[each.party] in [model.parties[i] for i in parties] for each in answer)


def test_every_further_answer_holds_and_contains_no_earlier_one():
    model = bestand.load("books/fang1993/elmira")
    space = Solution(model).space
    answers = list(itertools.islice(fewest_swaps(space, [0, 1], "seq", [0, 1, 2]), 12))
    swaps = [{(each.party, pair) for each in answer for pair in each.turned} for answer in answers]
    assert [len(each) for each in swaps] == sorted(len(each) for each in swaps)
    assert not any(a <= b for a, b in itertools.combinations(swaps, 2))
    for answer, pairs in zip(answers, swaps, strict=True):
        changed = with_rankings(model, answer)
        assert held(graph_of(changed), "seq", [0, 1])
        moved = sum(
            distance(before, by_ranking(changed.preferences[party.id], space.evaluator).tolist())
            for party, before in zip(model.parties, space.ranks.tolist(), strict=True)
        )
        assert moved == len(pairs)


def test_too_many_states_are_refused_before_anything_is_built():
    solution = Solution(bestand.load(UKRAINE))
    with pytest.raises(bestand.TooManyStates, match="49152 states; swaps are looked for among 60"):
        next(fewest_swaps(solution.space, [0], "nash", [0]))


def test_a_hard_search_stops_when_the_time_is_over():
    rng = random.Random(2)
    space = Solution(with_ranks(rng, a_model(rng, (2, 2, 2), 48))).space  # takes more than a second
    began = time.monotonic()
    with pytest.raises(bestand.LimitReached, match=r"stopped after 0\.2 seconds"):
        next(fewest_swaps(space, [0], "sseq", range(3), Watch(Limits(seconds=0.2))))
    assert time.monotonic() - began < 8


def test_best_replies_have_no_swaps():
    with pytest.raises(bestand.CallError, match="brseq"):
        next(fewest_swaps(Solution(bestand.load(SYRIA)).space, [0], "brseq", [0]))


def test_syria_has_as_many_rankings_as_are_known():
    counts = bestand.count_rankings(SYRIA, "2", "Syria")
    assert {concept: count.found for concept, count in counts.counts.items()} == COUNTS
    assert {count.of for count in counts.counts.values()} == {720}


@pytest.mark.parametrize("seed", range(90))
def test_counts_are_those_of_all_permutations(seed):
    rng = random.Random(seed)
    states, levels = (4, 2) if seed % 3 else (5, None)
    model = with_ranks(rng, a_model(rng, rng.choice([(1, 1), (2, 1), (1, 1, 1), (2, 1, 1)]), states), levels)
    solution, graph = Solution(model), graph_of(model)
    state, party = rng.randrange(graph.size), rng.randrange(len(model.parties))
    for concept in CONCEPTS:
        orders = itertools.permutations(range(graph.size))
        expected = sum(held(with_order(graph, party, order), concept, [state]) for order in orders)
        count = count_for(solution, state, party, concept)
        assert (count.found, count.of) == (expected, math.factorial(graph.size)), concept
        assert not (count.unstable_for and expected)


class Drawn:
    """A solution of a graph that is drawn by hand, as far as counting looks at one."""

    def __init__(self, graph):
        targets = staticmethod(lambda i, s: graph.moves[i][s])
        order = staticmethod(lambda i: RankOrder(np.array(graph.ranks[i])))
        held = {"size": graph.size, "moves": graph.moves, "targets": targets, "order": order}
        self.space = type("Space", (), held)()
        self.engine = type("Engine", (), {"parties": ("a", "b", "c")})()
        self.graph = graph

    def verdict(self, concept, i):
        return stable(self.graph, concept)[i]


@pytest.mark.parametrize("seed", range(80))
def test_counts_where_answers_are_long(seed):
    """Moves that are not transitive, so that the party may have to improve several times for one answer."""
    rng = random.Random(seed)
    graph = Graph(
        5,
        tuple(tuple(tuple(y for y in range(5) if y != x and rng.random() < 0.3) for x in range(5)) for _ in range(3)),
        tuple(tuple(rng.randrange(3) for _ in range(5)) for _ in range(3)),
    )
    for concept, state in itertools.product(("seq", "sseq"), range(5)):
        orders = itertools.permutations(range(5))
        expected = sum(held(with_order(graph, 0, order), concept, [state]) for order in orders)
        assert count_for(Drawn(graph), state, 0, concept).found == expected


@pytest.mark.parametrize(
    ("slug", "states"), [("books/fang1993/elmira", 12), ("books/fraser1984/cuban-missile-crisis", 12)]
)
def test_under_nash_a_state_has_to_be_the_best_of_those_that_one_can_move_to(slug, states):
    solution = Solution(bestand.load(slug))
    for i in range(len(solution.model.parties)):
        others = [j for j in range(len(solution.model.parties)) if j != i]
        for s in range(solution.space.size):
            stays = all(solution.verdict("nash", j)[s] for j in others)
            expected = math.factorial(states) // (1 + len(solution.space.targets(i, s))) if stays else 0
            assert count_for(solution, s, i, "nash").found == expected


def test_who_leaves_whatever_the_ranking_is_named():
    count = bestand.count_rankings(SYRIA, "1", "Syria", concepts=["nash"])["nash"]
    assert (count.found, count.unstable_for) == (0, ("Iraq",))


def test_a_count_that_too_many_states_matter_to_is_refused():
    parties = tuple(Party(id, options=tuple(Option(f"{id}.o{k}") for k in range(3))) for id in ("a", "b"))
    with pytest.raises(bestand.TooManyStates, match="56 states matter to this count"):
        bestand.count_rankings(Model("Large", parties), "none", "a", concepts=["gmr"])
    count = bestand.count_rankings(Model("Large", parties), "none", "a", concepts=["nash"])["nash"]
    assert count.found * 8 == count.of == math.factorial(64)
    with pytest.raises(bestand.TooManyStates, match="49,152 feasible states"):
        bestand.count_rankings(UKRAINE, "status-quo", "russia")
