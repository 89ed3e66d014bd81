"""Shares under uncertainty: dots and intervals against the numbers."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings

from bestand.engine.limits import Watch
from bestand.files import loads
from bestand.model.errors import BestandError
from bestand.prose.messages import speaking
from bestand.prose.names import concept_name
from bestand.questions.vary.picture import shares
from bestand.questions.vary.summary import summary
from bestand.questions.vary.vary import job_of, varied
from bestand.questions.vary.words import share_words
from bestand.testing import models
from tests.drawing.helpers import SVG, assert_apart, assert_inside, root_of, scale_of, texts_of, words_of
from tests.drawing.worlds import CONCEPTS
from tests.examples import examples

OPEN = loads("""
bestand: 1
title: A pass
parties:
  north: {name: North, called: the North, options: {open: {says: opens the pass}, patrol: }}
  south: {options: {trade: , arm: }}
outcomes:
  peace: {holds: north.open and not south.arm, says: the <pass> is open}
  barter: south.trade
plan: peace
preferences:
  north:
    priorities: [not south.arm, {holds: south.trade, says: there is trade}, not north.open, not north.patrol]
  south: {priorities: [north.open, not north.patrol, south.trade, not south.arm]}
readings:
  proud: {says: North would not give in, change: north 2 replaced by not north.open}
  meek: {change: north 2 replaced by north.open}
open:
  - {order: [south 1, south 2]}
  - {place: south 3, between: [3, 4]}
  - {held: north 4}
claims:
  - {id: opened, who: author, says: The pass is open in the end, check: some equilibrium has north.open}
  - {id: bare, check: some equilibrium has south.arm}
""")


@pytest.fixture(scope="module")
def exact():
    return varied(job_of(OPEN))


@pytest.fixture(scope="module")
def sampled():
    return varied(job_of(OPEN, samples=40))


def _expected(found):
    """Shares in the order of the rows: a formula's by concepts of the same share, then the claims'."""
    for k in range(len(found.job.formulas)):
        yield from dict.fromkeys(found.formulas[k][concept].share for concept in CONCEPTS)
    for claim in found.job.claims:
        yield found.claim(claim.id)["holds"]


def _dots(svg):
    rects = [rect for rect in root_of(svg).iter(f"{SVG}rect") if rect.get("class") == "b-bar"]
    return [float(rect.get("x")) + float(rect.get("width")) / 2 for rect in rects]


@pytest.mark.parametrize("kind", ["exact", "sampled"])
def test_dots_and_lines_are_the_shares(kind, request):
    found = request.getfixturevalue(kind)
    svg = shares(found).svg
    zero, pixels = scale_of(svg)
    expected = [*_expected(found)]
    assert _dots(svg) == pytest.approx([zero + 100 * pixels * share.share for share in expected], abs=0.1)
    numbers = [text.words for text in texts_of(svg) if text.x > zero + 100 * pixels + 10]
    assert [words for words in numbers if re.match(r"\d|none|all|[<>]", words)] == [*map(share_words, expected)]
    lines = [path.get("d") for path in root_of(svg).iter(f"{SVG}path") if path.get("class") == "b-line-bar"]
    drawn = [tuple(map(float, re.findall(r"[ML]([-\d.]+)", d))) for d in lines]
    spans = [(share.low, share.high) for share in expected if share.low is not None]
    assert drawn == [pytest.approx([zero + 100 * pixels * end for end in span], abs=0.1) for span in spans]


def test_concepts_of_one_share_stand_together(exact):
    words = words_of(shares(exact).svg)
    for k, _formula in enumerate(exact.job.formulas):
        groups = {exact.formulas[k][concept].share for concept in CONCEPTS}
        if len(groups) == 1:
            assert "under every concept asked" in words
    assert words.count("The plan: “the <pass> is open”") == 1
    assert concept_name("nash") in shares(exact).alternative or "every concept asked" in shares(exact).alternative


def test_what_it_says(exact, sampled):
    figure = shares(exact)
    assert "“The pass is open in the end”" in words_of(figure.svg)
    assert "bare" in words_of(figure.svg), "a claim without words goes by its name"
    told = share_words(exact.claim(OPEN.claims[0].id)["holds"])
    assert f"The claim “The pass is open in the end” holds: {told}." in figure.alternative
    assert "no forecast" in figure.caption
    assert "19 times in 20" not in figure.caption
    assert "19 times in 20" in shares(sampled).caption
    assert "<pass>" not in figure.svg


def weighed(question):
    """The question with a chance of each answer."""
    first, *others = question.answers
    chance = Decimal("0.25")
    told = (dataclasses.replace(answer, chance=chance) for answer in others)
    return dataclasses.replace(question, answers=(dataclasses.replace(first, chance=1 - len(others) * chance), *told))


@pytest.mark.parametrize("most", [0, 1, 4])
def test_without_the_chance_of_every_answer_there_are_no_words_for_likelihood(most):
    asked = OPEN.open_questions
    some = (*map(weighed, asked[:most]), *asked[most:])
    with speaking("nl"):
        dutch = shares(varied(job_of(OPEN.replace(open_questions=some))))
    english = shares(varied(job_of(OPEN.replace(open_questions=some))))
    assert "chance" not in words_of(english.svg)
    assert "ICD 203" not in english.caption + dutch.caption
    assert "waarschijnlijk" not in words_of(dutch.svg) + dutch.caption + dutch.alternative


def test_words_for_likelihood_stand_over_the_bands_or_in_the_caption():
    found = varied(job_of(OPEN.replace(open_questions=tuple(map(weighed, OPEN.open_questions)))))
    english = shares(found)
    assert "almost no chance" in words_of(english.svg)
    with speaking("nl"):
        dutch = shares(found)
    assert "zeer waarschijnlijk" in words_of(dutch.svg) + dutch.caption
    assert "…" not in words_of(dutch.svg), "words that would be cut stand in the caption"


def test_many_rows_end_where_a_page_does(exact):
    claim = OPEN.claims[0]
    many = tuple(dataclasses.replace(claim, id=f"c{k}") for k in range(60))
    found = varied(job_of(dataclasses.replace(OPEN, claims=many), concepts=("nash",)))
    figure = shares(found)
    dots = len(_dots(figure.svg))
    total = len(found.formulas) + 60
    assert f"{total - dots} more shares are not shown." in figure.caption
    assert_inside(figure.svg)


def test_none_where_there_is_nothing_to_show(exact):
    assert shares(summary(exact.job, [], None, Watch(), 3)) is None
    bare = dataclasses.replace(OPEN, claims=(), outcomes=(), plan=None)
    assert shares(varied(job_of(bare))) is None


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_room_for_every_word(sampled, lang):
    with speaking(lang):
        figure = shares(sampled)
    assert figure == shares(sampled) or lang == "nl"
    assert_inside(figure.svg)
    assert_apart(figure.svg)


@settings(max_examples=examples(15), deadline=None)
@given(models(max_options=4, max_parties=3))
def test_any_model(model):
    try:
        found = varied(job_of(model, samples=5, concepts=("nash", "gmr")))
    except BestandError:  # nothing is open
        assume(False)
    figure = shares(found)
    if figure is not None:
        assert_inside(figure.svg)
        assert_apart(figure.svg)
