"""The strips of standing: marks at the shares of lower states, none hidden by another."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

import bestand
from bestand.files import loads
from bestand.model.translating import translated
from bestand.prose.messages import speaking
from bestand.questions.analyse.representatives import selection_of
from bestand.questions.analyse.standing import standing
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.drawing.helpers import SVG, assert_apart, assert_inside, root_of, scale_of, texts_of, words_of
from tests.drawing.worlds import CASES, CONCEPTS, NOTHING_HOLDS, ODD
from tests.examples import examples
from tests.first_reading import UKRAINE
from tests.questions.analyse.helpers import members


def drawn(solution, concepts=CONCEPTS):
    """The strips of a solution."""
    return standing(solution.model, selection_of(solution, concepts))


def _marks(svg, k):
    """Where the marks of a party stand, from above to below, the legend left out."""
    top = next(text.y for text in texts_of(svg) if text.words == "0%")
    found = []
    for shape in root_of(svg).iter():
        if shape.get("class") != f"b-p{k}":
            continue
        if shape.tag == f"{SVG}circle":
            x, y = float(shape.get("cx")), float(shape.get("cy"))
        else:
            xs, ys = zip(
                *(map(float, pair.split()) for pair in re.findall(r"[-\d.]+ [-\d.]+", shape.get("d"))), strict=True
            )
            x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        if y > top:
            found.append((y, x))
    return [(x, y) for y, x in sorted(found)]


@pytest.mark.parametrize("slug", CASES)
def test_marks_stand_at_the_share_of_lower_states(slug):
    solution = Solution(bestand.load(slug))
    svg = drawn(solution, CONCEPTS).svg
    zero, percent = scale_of(svg)
    for k in range(len(solution.model.parties)):
        entries = selection_of(solution, CONCEPTS).every
        shares = [solution.lower_share(k)[members(solution, entry, CONCEPTS)] for entry in entries]
        expected = [zero + percent * 50 * (share.min() + share.max()) for share in shares]
        assert np.allclose([x for x, _ in _marks(svg, k)], expected, atol=0.6)


def test_a_line_spans_the_places_of_several_states():
    solution = Solution(bestand.load("books/fang1993/elmira"))
    svg = drawn(solution, CONCEPTS).svg
    zero, percent = scale_of(svg)
    lines = [path for path in root_of(svg).iter(f"{SVG}path") if path.get("stroke-width") == "2.5"]
    spans = []
    for entry in selection_of(solution, CONCEPTS).every:
        for k in range(3):
            share = solution.lower_share(k)[members(solution, entry, CONCEPTS)]
            if share.max() > share.min():
                spans.append((share.min(), share.max()))
    found = [tuple(map(float, re.findall(r"[ML]([-\d.]+)", path.get("d")))) for path in lines]
    assert np.allclose(found, [[zero + 100 * percent * share for share in span] for span in spans], atol=0.1)


@pytest.mark.parametrize("slug", [*CASES, "eight alike"])
def test_no_mark_hides_another(slug):
    model = ODD[slug] if slug in ODD else bestand.load(slug)
    svg = drawn(Solution(model), CONCEPTS).svg
    marks = [mark for k in range(len(model.parties)) for mark in _marks(svg, k)]
    for (x1, y1), (x2, y2) in combinations(marks, 2):
        assert abs(x1 - x2) >= 8 or abs(y1 - y2) >= 8


def test_the_words_beside_it():
    figure = drawn(Solution(bestand.load("textbook/chicken")), CONCEPTS)
    assert "State 2: the first driver 25% and the second driver 75%." in figure.alternative
    assert "a place in an order, and no degree of satisfaction" in figure.caption
    assert "Broken lines" not in figure.caption, "chicken has no status quo"


def test_today_comes_first_with_its_lines():
    solution = Solution(bestand.load(UKRAINE))
    figure = drawn(solution, CONCEPTS)
    broken = [path for path in root_of(figure.svg).iter(f"{SVG}path") if path.get("stroke-dasharray") == "2 3"]
    assert len(broken) == 4
    assert "Today: the United States 21%, Russia 18%, Ukraine 58% and Europe 88%." in figure.alternative
    names = [text.words for text in texts_of(figure.svg) if text.bold]
    assert names == ["today", "the status quo", *(f"#{k}" for k in range(1, 13))]


def test_names_that_begin_alike_stand_in_full():
    words = [text.words for text in texts_of(drawn(Solution(ODD["eight alike"]), CONCEPTS).svg)]
    assert words[:2] == ["The People's Democratic Republic of Place 0", "The People's Democratic Republic of Place 1"]


def test_rows_that_would_read_alike_tell_what_differs():
    """Four equilibria, in all of which more is done than a row has room for."""
    long = "promises again and again what it has promised before in many more words than anybody would ever count"
    options = "".join(f"x{k}: {{says: {long} for the {k}th time}}, " for k in range(5))
    model = loads(f"""
bestand: 1
title: Alike
parties:
  a: {{options: {{{options}}}}}
  b: {{options: {{y: {{says: waits}}, z: }}}}
preferences: {{a: {{priorities: [{", ".join(f"a.x{k}" for k in range(5))}]}}}}
status_quo: []
""")
    words = words_of(drawn(Solution(model), CONCEPTS).svg)
    assert "#2 as #1, but b waits" in words
    assert "#4 as #1, but b waits and takes “z”" in words


def test_rows_have_as_many_lines_as_a_page_allows():
    words = words_of(drawn(Solution(bestand.load("textbook/chicken")), CONCEPTS).svg)
    assert "…" not in words
    svg = drawn(Solution(bestand.load(UKRAINE)), CONCEPTS).svg
    beside = [text.words for text in texts_of(svg) if not text.bold and text.x == 52]
    assert len(beside) > 45, "four lines a row and not three"


def test_rows_end_where_a_page_does():
    figure = drawn(Solution(ODD["eight alike"]), CONCEPTS)
    assert "The last 2 of the numbered equilibria have no room here." in figure.caption
    assert "#11" not in {text.words for text in texts_of(figure.svg)}


def test_without_an_equilibrium():
    assert "Today: a 50% and b 0%." in drawn(Solution(NOTHING_HOLDS), ("nash",)).alternative
    model = NOTHING_HOLDS.replace(status_quo=None)
    figure = drawn(Solution(model), ("nash",))
    assert "No state is stable for every party under the concepts asked." in {t.words for t in texts_of(figure.svg)}


@pytest.mark.parametrize("what", [*CASES, *ODD])
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_room_for_every_word(what, lang):
    model = ODD[what] if what in ODD else bestand.load(what)
    with speaking(lang):
        figure = drawn(Solution(translated(model, lang)), CONCEPTS)
    assert_inside(figure.svg)
    assert_apart(figure.svg)


@settings(max_examples=examples(25), deadline=None)
@given(models())
def test_any_model(model):
    one, other = drawn(Solution(model), CONCEPTS), drawn(Solution(model), CONCEPTS)
    assert one == other
    assert_inside(one.svg)
    assert_apart(one.svg)
