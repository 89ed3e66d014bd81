"""The tree of moves: its ways against the moves of the model, and room for whatever is said."""

from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import given, settings

import bestand
from bestand.files import loads
from bestand.model.model import Model
from bestand.model.translating import translated
from bestand.model.values import FrozenMap, Option, Party, Ranking
from bestand.plan.tree import Node, grow
from bestand.plan.tree_picture import draw_tree
from bestand.plan.ways import tree_of
from bestand.prose.messages import speaking
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.drawing.helpers import SVG, assert_apart, assert_inside, root_of, size_of, words_of
from tests.drawing.worlds import CASES, CONCEPTS, NOTHING_HOLDS, ODD
from tests.examples import examples
from tests.first_reading import UKRAINE


@pytest.fixture(scope="module")
def ukraine():
    return Solution(bestand.load(UKRAINE))


def drawn(solution, by="improving", concepts=CONCEPTS):
    """The picture of where things go; None without a status quo."""
    tree = tree_of(solution, by, concepts)
    return None if tree is None else draw_tree(solution.model, tree)


def grown(solution, by="improving"):
    """The tree with every way, and the ways."""
    tree = tree_of(solution, by, CONCEPTS)
    root = Node(tree.start)
    for way in tree.ways:
        root = grow(root, way)
    return root, tree.ways


def assert_is_made_of_moves(solution, by):
    """Every node is come to by a move of the kind from the node before it, and by nobody twice in a row."""
    space = solution.space
    root, ways = grown(solution, by)
    assert {way.goal for way in ways if way.length <= 8} <= {node.state for node in root.every()}
    for before in root.every():
        for node in before.onward:
            move = node.move
            order, origin, state = solution.order(move.mover), space.index(move.origin), space.index(move.state)
            targets = space.targets(move.mover, origin)
            assert node.state == move.state
            assert state in targets
            assert order.better(state, origin)
            assert solution.reach(by).steps.leads(move.mover, origin, state)
            assert move.best == all(order.at_least(state, t) for t in targets)
            assert move.best or by != "best"
            gone = None if before.move is None else before.move.mover
            assert move.skipped or (move.origin == before.state and (move.mover != gone or by == "drift"))


def test_ways_are_as_short_as_can_be(ukraine):
    reach = ukraine.reach()
    for way in tree_of(ukraine, "improving", CONCEPTS).ways:
        assert way.length == reach.distance[ukraine.space.index(way.goal)]


@pytest.mark.parametrize("by", ["improving", "purposeful", "best", "drift"])
def test_ways_are_made_of_moves(ukraine, by):
    assert_is_made_of_moves(ukraine, by)


@settings(max_examples=examples(25), deadline=None)
@given(models(max_options=5, prose=False, readings=False))
def test_ways_of_any_model_are_made_of_moves(model):
    solution = Solution(model)
    if solution.space.status_quo is not None:
        for by in ("improving", "purposeful", "best", "drift"):
            assert_is_made_of_moves(solution, by)


def test_the_resting_places_of_ukraine(ukraine):
    """Two, of which one is three moves away; no ceasefire is reached."""
    figure = drawn(ukraine)
    assert words_of(figure.svg).count("Nobody can improve here") == 2
    assert "Improvements lead from the status quo to 991 other states, in at most 8 moves." in figure.alternative
    assert "2 of them are resting places" in figure.caption
    assert "The plan is true in none of them." in figure.caption
    assert "Europe raises the extra billions for Ukraine's army; then the United States stops" in figure.alternative


def test_where_ukraine_drifts_to(ukraine):
    figure = drawn(ukraine, "drift")
    words = words_of(figure.svg)
    assert words.count("No move pays here for anybody: an end.") == 1
    assert "an end: no further move pays there" in words
    assert "improve" not in words + figure.alternative
    assert "Moves that pay lead from the status quo to 5 other states, in at most 2 moves." in figure.alternative
    assert "1 of them is an end, where no further move pays." in figure.caption


def test_thick_lines_are_best_moves(ukraine):
    figure = drawn(ukraine)
    widths = [path.get("stroke-width") for path in root_of(figure.svg).iter(f"{SVG}path") if path.get("stroke-width")]
    root, _wanted = grown(ukraine)
    best = [node.move.best for node in root.every() if node.move is not None]
    assert widths.count("3.5") == best.count(True) + 1, "the legend has one"
    assert widths.count("1.3") == best.count(False) + 1


def test_ways_that_end_elsewhere_than_at_a_resting_place_say_that_things_go_on(ukraine):
    figure = drawn(ukraine)
    root, _wanted = grown(ukraine)
    ends = [node for node in root.every() if not node.onward]
    assert words_of(figure.svg).count("can still improve from here") == sum(
        not ukraine.resting[ukraine.space.index(node.state)] for node in ends
    )
    assert "Not an end: the United States or Europe can still improve from here." in words_of(figure.svg)
    assert "A thick arrow speaks of its move alone" in figure.caption
    assert "A thick arrow" not in drawn(ukraine, "best").caption


def test_where_it_goes_round_it_goes_on():
    assert "can still improve from here" in words_of(drawn(Solution(NOTHING_HOLDS), concepts=()).svg)


def test_only_resting_places_have_a_frame(ukraine):
    """Today has a line on its left; the legend shows one of each."""
    rects = list(root_of(drawn(ukraine).svg).iter(f"{SVG}rect"))
    frames = [rect for rect in rects if rect.get("class") == "b-line-strong"]
    assert len(frames) == 2 + 1
    assert all(rect.get("rx") for rect in frames)
    edges = [rect for rect in rects if rect.get("class") == "b-strong"]
    assert len(edges) == 1 + 1
    quiet = drawn(Solution(NOTHING_HOLDS), concepts=())
    assert "resting place" not in words_of(quiet.svg)


def test_labels_are_told():
    figure = drawn(Solution(bestand.load("books/fang1993/elmira")))
    assert "Today, state 1: Uniroyal draws out its appeal" in words_of(figure.svg)
    assert "State 5" in words_of(figure.svg)
    assert "There nobody can improve." in figure.caption


def test_outcomes_are_told_where_they_change():
    model = loads("""
bestand: 1
title: A dam
parties:
  up: {options: {keep: {says: keeps the water}}}
  down: {options: {pay: {says: pays}}}
outcomes:
  dry: {holds: up.keep, says: the valley is dry}
  deal: {holds: not up.keep and down.pay, says: they have a deal}
  wet: {holds: not up.keep, says: the valley is wet}
plan: deal
status_quo: [up.keep]
preferences:
  up: {priorities: [up.keep iff not down.pay]}
  down: {priorities: [down.pay]}
""")
    words = words_of(drawn(Solution(model), concepts=()).svg)
    assert "Today: up keeps the water. the valley is dry Down pays. Up no longer keeps the water." in words
    assert "The plan is true here. Nobody can improve here" in words
    assert words.endswith("no longer: the valley is dry they have a deal"), "wet goes without saying"


def test_where_nobody_can_improve():
    figure = drawn(Solution(bestand.load("web/jacobi2017/north-korea-usa")))
    assert "Nobody can improve here" in words_of(figure.svg)
    assert "nothing but the status quo itself is reached" in figure.caption


def test_where_it_only_goes_round():
    figure = drawn(Solution(NOTHING_HOLDS), concepts=("nash",))
    assert figure.caption.startswith("What one move leads to; no equilibrium is reached.")
    assert "In each of them some party can improve." in figure.caption


def test_without_a_status_quo():
    assert drawn(Solution(bestand.load("textbook/chicken"))) is None


def walk(options):
    """Two parties that take turns through all that each can do, and want nothing but the next step."""
    parties = tuple(Party(p, None, tuple(Option(f"{p}.o{k}") for k in range(options))) for p in ("a", "b"))
    model = Model("Walk", parties)
    count = 2**options
    turns = {(k // 2 + k % 2) + (k // 2) * count: k for k in range(2 * count - 1)}
    groups = {}
    for mask in range(count**2):
        groups.setdefault(turns.get(mask, -1), []).append(model.bits(mask))
    ranking = Ranking(tuple(tuple(groups[k]) for k in sorted(groups, reverse=True)))
    return dataclasses.replace(model, preferences=FrozenMap({"a": ranking, "b": ranking}), status_quo=frozenset())


def test_a_long_way_is_cut_in_the_middle():
    figure = drawn(Solution(walk(4)), "improving", ("nash",))
    assert "30 moves lead to the state in which" in figure.alternative
    assert "22 moves later: a takes" in words_of(figure.svg)
    assert size_of(figure.svg)[1] < 1000


@pytest.mark.parametrize("slug", CASES)
def test_room_in_the_catalogue(slug):
    model = bestand.load(slug)
    for lang in ("en", "nl"):
        with speaking(lang):
            solution = Solution(translated(model, lang))
            figures = [drawn(solution), drawn(solution, "best")]
        for figure in filter(None, figures):
            assert_inside(figure.svg)
            assert_apart(figure.svg)


@pytest.mark.parametrize("what", ODD)
def test_room_for_what_is_odd(what):
    figure = drawn(Solution(dataclasses.replace(ODD[what], status_quo=frozenset())))
    assert_inside(figure.svg)
    assert_apart(figure.svg)


def test_texts_are_escaped():
    figure = drawn(Solution(dataclasses.replace(ODD["one party"], status_quo=frozenset())))
    assert "does <x> & 'y'" in words_of(figure.svg)
    assert "<so> & so" in words_of(figure.svg)
    assert "<x>" not in figure.svg


@settings(max_examples=examples(25), deadline=None)
@given(models())
def test_any_model(model):
    one, other = (drawn(Solution(model)) for _ in range(2))
    assert one == other
    if one is not None:
        assert_inside(one.svg)
        assert_apart(one.svg)


def test_a_large_model_is_quick():
    """2¹⁸ states, thousands of resting places: some are drawn, the others counted."""
    parties = "".join(f"  p{k}: {{options: {{a: {{says: does the first thing}}, b: , c: }}}}\n" for k in range(6))
    wishes = "".join(f"  p{k}: {{priorities: [p{k}.a]}}\n" for k in range(6))
    model = loads(f"bestand: 1\ntitle: Large\nparties:\n{parties}preferences:\n{wishes}status_quo: []\n")
    solution = Solution(model)
    solution.finish(CONCEPTS)
    assert solution.reach()
    begin = time.perf_counter()
    figure = drawn(solution)
    assert time.perf_counter() - begin < 2
    assert "4,096 of them are resting places" in figure.caption
    assert "resting places are not drawn." in figure.caption
    assert size_of(figure.svg)[1] < 1000
    assert_inside(figure.svg)
