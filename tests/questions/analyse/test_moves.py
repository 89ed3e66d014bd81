"""The graph of moves: its arrows against the moves of the model, and room for whatever is said."""

from __future__ import annotations

import re
import time
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings

import bestand
from bestand.drawing.arcs import lanes
from bestand.files import loads
from bestand.model.translating import translated
from bestand.prose.messages import speaking
from bestand.questions.analyse.adjacency import graph_of
from bestand.questions.analyse.cells import cell_size
from bestand.questions.analyse.grid import grid_of
from bestand.questions.analyse.moves import moves
from bestand.questions.analyse.partition import kinds_of
from bestand.questions.analyse.picture_values import picture_values
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.drawing.helpers import SVG, assert_apart, assert_inside, root_of, size_of, words_of
from tests.drawing.worlds import CASES, CONCEPTS, ODD
from tests.examples import examples
from tests.first_reading import UKRAINE

SMALL = CASES[1:]


def drawn(solution, concepts=("nash", "seq")):
    """The moves of a solution."""
    values = picture_values(solution, concepts, ("moves",))
    return moves(solution.model, values.graph, values.kinds)


def improvements(solution):
    """Who can improve from where to where, move by move."""
    space = solution.space
    return {
        (i, s, t)
        for i, rank in enumerate(space.ranks)
        for s in range(space.size)
        for t in space.targets(i, s)
        if rank[t] > rank[s]
    }


def followed(pairs):
    """All that is come to along some pairs."""
    found = set(pairs)
    while more := {(a, d) for (a, b), (c, d) in product(found, found) if b == c} - found:
        found |= more
    return found


@settings(max_examples=examples(25), deadline=None)
@given(models(max_options=4, prose=False, readings=False))
def test_arrows_followed_are_the_improvements(model):
    solution = Solution(model)
    graph, all_ = graph_of(solution, ("nash",)), improvements(solution)
    assert set(graph.arcs) == all_
    for i, moves_ in enumerate(solution.space.moves):
        steps = {(arc.source, arc.target) for arc in graph.steps if arc.mover == i}
        wanted = {(s, t) for who, s, t in all_ if who == i}
        assert steps <= wanted
        assert followed(steps) == wanted or (moves_.forbidden and steps == wanted)


@settings(max_examples=examples(25), deadline=None)
@given(models(min_parties=2, max_options=4, prose=False, readings=False))
def test_moves_in_a_lattice_run_along_rows_and_columns(model):
    graph = graph_of(Solution(model), ())
    grid = grid_of(model, graph, cell_size(graph))
    if grid is None:
        return
    assert len(set(grid.at)) == len(graph.states)
    for arc in graph.steps:
        (c0, r0), (c1, r1) = grid.at[arc.source], grid.at[arc.target]
        assert (r0 == r1) == (arc.mover in grid.columns.parties)
        assert (c0 == c1) == (arc.mover in grid.rows.parties)
    assert len(grid.straight) + len(grid.above) + len(grid.beside) == len(graph.steps)


def test_lanes_do_not_overlap():
    spans = [(0, 3), (1, 2), (2, 5), (1, 4), (3, 4), (0, 1)]
    found = lanes(spans)
    for (one, a), (other, b) in product(zip(spans, found, strict=True), repeat=2):
        assert one == other or a != b or one[1] <= other[0] or other[1] <= one[0]
    assert found[1] == found[4] == found[5] == 0, "the short ones are the inner ones"


def test_the_lattice_of_chicken():
    figure = drawn(Solution(bestand.load("textbook/chicken")))
    assert figure.alternative.startswith(
        "4 states, and 4 improvements. Nobody can improve in 2 and 3. The first driver"
    )
    lines = [path.get("class") for path in root_of(figure.svg).iter(f"{SVG}path") if path.get("stroke-width") == "1.8"]
    assert sorted(lines) == ["b-line-p0", "b-line-p0", "b-line-p1", "b-line-p1"]
    assert words_of(figure.svg).endswith("4 2 nash 3 nash 1")


def test_a_small_model_is_drawn_in_a_lattice():
    assert "Each box is a state" in drawn(Solution(bestand.load("books/fang1993/elmira"))).caption


def test_a_small_model_that_no_lattice_fits_is_drawn_by_kinds():
    """Six parties, of which no page holds all that they can do in rows and columns."""
    parties = "".join(f"  p{k}: {{options: {{a: {{says: agrees}}}}}}\n" for k in range(6))
    figure = drawn(Solution(loads(f"bestand: 1\ntitle: Six\nparties:\n{parties}")))
    assert "Each row is a kind" in figure.caption
    assert_inside(figure.svg)


@settings(max_examples=examples(25), deadline=None)
@given(models(max_options=6, prose=False, readings=False))
def test_flows_are_states_from_which_a_party_can_improve(model):
    solution = Solution(model)
    kinds, space = kinds_of(solution, ("nash",)), solution.space
    truth = np.array([space.holds(formula) for formula in kinds.formulas], bool).reshape(-1, space.size)
    place = [[kind.truth for kind in kinds.kinds].index(tuple(truth[:, s].tolist())) for s in range(space.size)]
    flows, leaving = {}, {}
    for i, s, target in {(i, s, place[t]) for i, s, t in improvements(solution) if place[t] != place[s]}:
        flows[i, place[s], target] = flows.get((i, place[s], target), 0) + 1
        leaving.setdefault((i, place[s]), set()).add(s)
    assert {(flow.mover, flow.source, flow.target): flow.count for flow in kinds.flows} == flows
    for i, k in product(range(len(space.moves)), range(len(kinds.kinds))):
        assert kinds.leaving[i][k] == len(leaving.get((i, k), ()))
    assert [kind.count for kind in kinds.kinds] == [place.count(k) for k in range(len(kinds.kinds))]
    nash = solution.equilibria("nash")
    assert [kind.equilibria[0] for kind in kinds.kinds] == [
        sum(bool(nash[s]) for s in range(space.size) if place[s] == k) for k in range(len(kinds.kinds))
    ]
    assert sum(kind.today for kind in kinds.kinds) == (space.status_quo is not None)


def test_kinds_of_states_of_ukraine():
    figure = drawn(Solution(bestand.load(UKRAINE)))
    words = words_of(figure.svg)
    assert "both sides hold their fire, and what Russia asks for it is paid" in words
    assert "B 4,032 2 2" in words
    assert "H today 13,440 0 2,002" in words
    assert "Kind A, 576 states" in figure.alternative
    assert (
        "Who can improve to another kind: the United States from all of them, Russia from 33% of" in figure.alternative
    )
    assert "20 arrows from fewer states are not drawn." in figure.caption


def _rails(svg, party):
    """The stretches up and down of the arrows of a party: (x, top, bottom, how wide)."""
    found = []
    for path in root_of(svg).iter(f"{SVG}path"):
        points = [tuple(map(float, pair.split())) for pair in re.findall(r"[-\d.]+ [-\d.]+", path.get("d"))]
        if path.get("class") == f"b-line-p{party}" and len(points) == 8:
            (x, one), (x2, other) = points[3], points[4]
            assert x == x2
            found.append((x, *sorted((one, other)), float(path.get("stroke-width"))))
    return found


def test_each_party_has_its_six_heaviest_arrows():
    solution = Solution(bestand.load(UKRAINE))
    kinds = kinds_of(solution, CONCEPTS)
    svg = drawn(solution, CONCEPTS).svg
    for mover in range(4):
        flows = [flow for flow in kinds.flows if flow.mover == mover]
        heaviest = sorted(flows, key=lambda flow: -flow.count)[:6]
        lengths = sorted(abs(flow.target - flow.source) for flow in heaviest)
        rails = sorted(round((bottom - top) / 32) for _x, top, bottom, _wide in _rails(svg, mover))
        assert rails == lengths


@settings(max_examples=examples(15), deadline=None)
@given(models(min_options=7, max_options=8, prose=False))
def test_no_arrow_runs_along_another(model):
    svg = drawn(Solution(model), CONCEPTS).svg
    for party in range(len(model.parties)):
        for one, other in combinations(_rails(svg, party), 2):
            beside = min(one[2], other[2]) - max(one[1], other[1]) > 1
            assert not beside or abs(one[0] - other[0]) - (one[3] + other[3]) / 2 >= 3.9


def test_kinds_are_few_and_the_rest_is_told():
    parties = "".join(f"  p{k}: {{options: {{a: , b: }}}}\n" for k in range(4))
    outcomes = "".join(f"  out{k}: p{k % 4}.{'ab'[k // 4]}\n" for k in range(8))
    model = loads(f"bestand: 1\ntitle: Many\nparties:\n{parties}outcomes:\n{outcomes}")
    kinds = kinds_of(Solution(model), ("nash",))
    assert (len(kinds.kinds), len(kinds.formulas), kinds.left_out) == (8, 3, 5)
    assert "5 outcomes more would make too many rows." in drawn(Solution(model)).caption
    assert "Who cannot improve to another row: p0, p1, p2 and p3." in drawn(Solution(model)).caption


def test_without_outcomes_options_tell_kinds_apart():
    parties = "".join(f"  p{k}: {{options: {{a: {{says: agrees}}, b: }}}}\n" for k in range(4))
    wishes = "".join(f"  p{k}: {{priorities: [p{k}.a]}}\n" for k in range(1, 3))
    model = loads(f"bestand: 1\ntitle: Many\nparties:\n{parties}preferences:\n{wishes}")
    words = words_of(drawn(Solution(model)).svg)
    assert "P1 agrees P2 agrees" in words, "what every equilibrium has"


@pytest.mark.parametrize("slug", CASES)
def test_room_in_the_catalogue(slug):
    model = bestand.load(slug)
    for lang in ("en", "nl"):
        with speaking(lang):
            figure = drawn(Solution(translated(model, lang)), CONCEPTS)
        assert_inside(figure.svg)
        assert_apart(figure.svg)


@pytest.mark.parametrize("what", ODD)
def test_room_for_what_is_odd(what):
    figure = drawn(Solution(ODD[what]))
    assert_inside(figure.svg)
    assert_apart(figure.svg)


def test_texts_are_escaped():
    figure = drawn(Solution(ODD["one party"]))
    assert "does <x>" in words_of(figure.svg)
    assert "<x>" not in figure.svg


@settings(max_examples=examples(20), deadline=None)
@given(models(max_options=5))
def test_any_model(model):
    one, other = (drawn(Solution(model)) for _ in range(2))
    assert one == other
    assert_inside(one.svg)
    assert_apart(one.svg)


@settings(max_examples=examples(15), deadline=None)
@given(models(min_options=7, max_options=9))
def test_any_larger_model(model):
    figure = drawn(Solution(model))
    assert_inside(figure.svg)
    assert_apart(figure.svg)
    assert size_of(figure.svg)[1] < 1200


def test_a_large_model_is_quick():
    """2¹⁸ states of 6 parties, and of as many as a page does not hold beside one another."""
    parties = "".join(f"  p{k}: {{options: {{a: {{says: does the first thing}}, b: , c: }}}}\n" for k in range(6))
    wishes = "".join(f"  p{k}: {{priorities: [p{k}.a iff p{(k + 1) % 6}.b, not p{k}.c]}}\n" for k in range(6))
    outcomes = "".join(f"  out{k}: p{k}.a and p{(k + 1) % 6}.b\n" for k in range(6))
    model = loads(f"bestand: 1\ntitle: Large\nparties:\n{parties}outcomes:\n{outcomes}preferences:\n{wishes}")
    solution = Solution(model)
    solution.finish(("nash", "seq"))
    begin = time.perf_counter()
    figure = drawn(solution)
    assert time.perf_counter() - begin < 2
    assert "the 262,144 states" in figure.caption
    assert_inside(figure.svg)
    assert_apart(figure.svg)
