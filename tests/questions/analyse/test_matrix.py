"""The option matrix: its cells against the states, and room for whatever is said."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

import bestand
from bestand.files import loads
from bestand.model.translating import translated
from bestand.prose.messages import speaking
from bestand.prose.names import concept_name
from bestand.prose.phrases import option_words
from bestand.questions.analyse.matrix import matrix
from bestand.questions.analyse.representatives import selection_of
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.drawing.helpers import SVG, assert_apart, assert_inside, root_of, texts_of, words_of
from tests.drawing.worlds import CASES, CONCEPTS, NOTHING_HOLDS, ODD
from tests.examples import examples
from tests.first_reading import UKRAINE
from tests.questions.analyse.helpers import members


def drawn(solution, concepts=CONCEPTS):
    """The matrix of a solution."""
    return matrix(solution.model, selection_of(solution, concepts))


def _row(svg, words):
    """Of a row of one line: what stands in each column, as classes of its shapes from left to right."""
    base = next(text.y for text in texts_of(svg) if text.words == words)
    middle = base - 0.36 * 12
    found = []
    for rect in root_of(svg).iter(f"{SVG}rect"):
        wide, high = float(rect.get("width")), float(rect.get("height"))
        if wide < 14 and abs(float(rect.get("y", 0)) + high / 2 - middle) < 1:
            found.append((float(rect.get("x")), rect.get("class")))
    return [name for _, name in sorted(found) if name != "b-line-edge"]


@pytest.mark.parametrize("slug", ["web/jacobi2017/north-korea-usa", "journals/gdn/hipel2014/syria-iraq-1975"])
def test_cells_are_what_is_taken(slug):
    solution = Solution(bestand.load(slug))
    model, shown = solution.model, selection_of(solution, CONCEPTS).every
    svg = drawn(solution, CONCEPTS).svg
    for option in model.options:
        bits = [entry.bits[model.bit[option.id]] for entry in shown]
        party = [party.id for party in model.parties].index(option.party)
        assert _row(svg, option_words(model, option.id)) == [f"b-p{party}" if bit == "1" else "b-no" for bit in bits]


def test_dots_are_what_is_an_equilibrium():
    solution = Solution(bestand.load("books/fang1993/elmira"))
    svg = drawn(solution, CONCEPTS).svg
    for concept in CONCEPTS:
        held = solution.equilibria(concept)
        entries = selection_of(solution, CONCEPTS).every
        count = sum(bool(held[members(solution, entry, CONCEPTS)].all()) for entry in entries)
        assert _row(svg, concept_name(concept)) == ["b-strong"] * count


def test_half_a_box_where_an_option_varies():
    solution = Solution(bestand.load("books/fang1993/elmira"))
    halves = [path for path in root_of(drawn(solution, CONCEPTS).svg).iter(f"{SVG}path") if "v-13" in path.get("d")]
    varying = sum(entry.bits.count("-") for entry in selection_of(solution, CONCEPTS).equilibria)
    assert len(halves) == varying + 1  # the legend has one


def test_the_plan_stands_out():
    solution = Solution(bestand.load(UKRAINE))
    figure = drawn(solution, CONCEPTS)
    checks = [path for path in root_of(figure.svg).iter(f"{SVG}path") if path.get("class") == "b-line-inverse"]
    assert len(checks) == sum(bool(entry.plan) for entry in selection_of(solution, CONCEPTS).every) == 3
    assert "The plan: “both sides hold their fire, and" in words_of(figure.svg)
    assert words_of(figure.svg).count("hold their fire") == 1, "the outcome that is the plan has no second row"


def test_the_words_beside_it():
    figure = drawn(Solution(bestand.load(UKRAINE)), CONCEPTS)
    assert figure.alternative.startswith("A table with 16 options of the parties, one a row")
    assert "Equilibria: 4 under Nash stability; 16,605 under general metarationality;" in figure.alternative
    assert "The plan is true in #3, #4 and #12." in figure.alternative
    assert "15,467 more states are equilibria under some concept and are not shown." in figure.caption
    assert "#1, #2 and so on number the equilibria" in figure.caption


def test_without_an_equilibrium():
    figure = drawn(Solution(NOTHING_HOLDS), ("nash",))
    assert figure.caption == "No state is stable for every party under the concepts asked."
    assert "There is no equilibrium under Nash stability." in figure.alternative


def test_labels_name_the_columns():
    figure = drawn(Solution(bestand.load("books/fang1993/elmira")), CONCEPTS)
    heads = [text.words for text in texts_of(figure.svg)][:5]
    assert heads == ["today", "5", "9", "8", "4"]
    assert "#1" not in figure.caption
    assert "Today is state 1." in figure.caption


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
    figure = drawn(Solution(ODD[what]), CONCEPTS)
    assert_inside(figure.svg)
    assert_apart(figure.svg)


def test_texts_are_escaped():
    figure = drawn(Solution(ODD["one party"]), CONCEPTS)
    assert "does <x> & 'y'" in words_of(figure.svg)
    assert '<Alice & Bob\'s "co">' in words_of(figure.svg)
    assert "<x>" not in figure.svg


@settings(max_examples=examples(25), deadline=None)
@given(models())
def test_any_model(model):
    one, other = drawn(Solution(model), CONCEPTS), drawn(Solution(model), CONCEPTS)
    assert one == other
    assert_inside(one.svg)
    assert_apart(one.svg)


def test_a_large_model_is_quick():
    """2¹⁸ states, 18 options of 6 parties, thousands of equilibria."""
    parties = "".join(f"  p{k}: {{options: {{a: {{says: does the first thing}}, b: , c: }}}}\n" for k in range(6))
    wishes = "".join(f"  p{k}: {{priorities: [p{k}.a iff p{(k + 1) % 6}.b, not p{k}.c]}}\n" for k in range(6))
    model = loads(f"bestand: 1\ntitle: Large\nparties:\n{parties}preferences:\n{wishes}status_quo: []\n")
    solution = Solution(model)
    solution.finish(CONCEPTS)
    assert solution.reach()
    begin = time.perf_counter()
    figure = drawn(solution, CONCEPTS)
    assert time.perf_counter() - begin < 2
    assert "are not shown" in figure.caption
    assert_inside(figure.svg)


def test_options_that_look_alike_when_cut_off_stand_in_full():
    says = "asks the mediators of the union for yet another round of talks"
    options = ", ".join(f"o{k}: {{says: {says} ({k})}}" for k in range(24))
    names = ", ".join(f"o{k}" for k in range(24))
    model = loads(
        f"bestand: 1\ntitle: Talks\nparties: {{a: {{options: {{{options}}}}}}}\nrules: [at_most_one: [{names}]]\n"
    )
    figure = drawn(Solution(model), ("nash",))
    assert all(f"({k})" in words_of(figure.svg) for k in range(24))
    assert_inside(figure.svg)
    assert_apart(figure.svg)
