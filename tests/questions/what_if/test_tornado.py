"""The tornado of levers: bars against the shares, and the levers that turn the answer round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

import bestand
from bestand import levers
from bestand.files import loads
from bestand.model.errors import BestandError
from bestand.model.formula import OptionAtom
from bestand.model.translating import translated
from bestand.prose.messages import speaking
from bestand.prose.names import concept_name, of_concepts
from bestand.prose.words import percent
from bestand.questions.what_if.picture import tornado
from bestand.questions.what_if.picture_words import turned_words
from bestand.testing import models
from tests.drawing.helpers import SVG, assert_apart, assert_inside, root_of, scale_of, texts_of, words_of
from tests.drawing.worlds import CONCEPTS
from tests.examples import examples
from tests.first_reading import UKRAINE

PASS = loads("""
bestand: 1
title: A pass
parties:
  north: {name: North, called: the North, options: {open: {says: opens the <pass>}, patrol: }}
  south: {options: {trade: , arm: }}
rules: [{never: north.open and north.patrol, says: an open pass is not patrolled}]
outcomes: {peace: {holds: north.open and not south.arm, says: the pass is open and nobody arms}}
plan: peace
one_way: {south.arm: to-yes}
status_quo: [north.patrol]
preferences:
  north:
    priorities: [not south.arm, {holds: south.trade, says: there is trade}, not north.open, not north.patrol]
  south: {priorities: [north.open, not north.patrol, south.trade, not south.arm]}
readings:
  proud: {says: North would not give in, change: north 2 replaced by not north.open}
  meek: {change: north 2 replaced by north.open}
  poor: {change: north 3 replaced by not north.open or south.arm}
""")


@pytest.fixture(scope="module")
def found():
    return levers(PASS, concepts=CONCEPTS)


def _bars(svg):
    """The bars from above to below: left, right, and whether it goes up."""
    bars = []
    for rect in root_of(svg).iter(f"{SVG}rect"):
        if rect.get("class") in ("b-more", "b-less"):
            x = float(rect.get("x"))
            bars.append((float(rect.get("y")), x, x + float(rect.get("width")), rect.get("class") == "b-more"))
    return [bar[1:] for bar in sorted(bars)]


def _shift(found, tried, concept):
    return tried.cells[concept].share - found.base.cells[concept].share


def _drawn(found, concept):
    """The levers that a tornado without end has, from above to below."""
    telling = [t for t in found.tried if not t.decides and (_shift(found, t, concept) or found.flips(t))]
    return sorted(
        telling, key=lambda t: (concept not in found.flips(t), not found.flips(t), -abs(_shift(found, t, concept)))
    )


def _parts(svg):
    """What stands left of the bars, from above down: of the levers that turn the answer round, and of the others."""
    words = " ".join(text.words for text in sorted(texts_of(svg), key=lambda text: text.y) if text.x == 12)
    first, _title, second = words.partition("Changes only how often it is true")
    return first, second


@pytest.mark.parametrize("concept", CONCEPTS)
def test_bars_reach_from_the_base_to_the_share(found, concept):
    figure = tornado(found, concept, most=100)
    base = found.base.cells[concept].share
    order = [t for t in _drawn(found, concept) if _shift(found, t, concept)]
    zero, pixels = scale_of(figure.svg)
    bars = _bars(figure.svg)
    assert len(bars) == len(order)
    for (left, right, up), tried in zip(bars, order, strict=True):
        share = tried.cells[concept].share
        ends = sorted((zero + float(100 * base) * pixels, zero + float(100 * share) * pixels))
        assert up == (share > base)
        assert (left, right) == pytest.approx((ends[0], max(ends[1], ends[0] + 2)), abs=0.2)


def test_the_concept_is_that_of_most_levers(found):
    counts = {c: sum(not t.decides and bool(_shift(found, t, c)) for t in found.tried) for c in CONCEPTS}
    figure = tornado(found)
    concept = "seq" if counts["seq"] == max(counts.values()) else max(CONCEPTS, key=lambda c: counts[c])
    assert figure == tornado(found, concept)
    assert f"of {len(_drawn(found, concept))} levers that turn the answer round, or change the share" in figure.caption
    assert words_of(figure.svg).startswith(f"All bars are of the equilibria under {concept_name(concept)}.")


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_lever_that_turns_the_answer_round_anywhere_is_said_to(found, concept):
    first, second = _parts(tornado(found, concept, most=100).svg)
    elsewhere = [t for t in _drawn(found, concept) if found.flips(t) not in ((), (concept,))]
    told = [list(turned_words(found, t, concept)) for t in elsewhere]
    assert all(told)
    assert all(sentence in first for sentences in told for sentence in sentences)
    assert "it is then" not in second


def test_what_a_lever_turns_round_is_told_by_concept(found):
    for tried in found.tried:
        told = list(turned_words(found, tried, ""))
        under = [concept for concept in found.flips(tried) if concept]
        for some, words in ((True, "somewhere"), (False, "nowhere")):
            names = of_concepts([concept for concept in under if tried.cells[concept].some is some], CONCEPTS)
            assert (f"Under {names} it is then true {words}." in told) == bool(names)
        assert any("resting place" in sentence for sentence in told) == ("" in found.flips(tried))


def test_a_lever_that_only_turns_what_is_reached_stands_first():
    """Giving up the provinces for good leads to a ceasefire, of which there is an equilibrium anyway."""
    model = bestand.load(UKRAINE)
    first, _second = _parts(tornado(levers(model, concepts=CONCEPTS)).svg)
    assert "held at yes. Then things drift from today to a resting place in which it is true." in first
    first, _second = _parts(tornado(levers(model, concepts=CONCEPTS, by="improving")).svg)
    assert "held at yes. Then improvements lead from today to a resting place in which it is true." in first


def test_levers_that_turn_the_answer_round_stand_first(found):
    concept = next(c for c in CONCEPTS if any(c in found.flips(t) and not t.decides for t in found.tried))
    words = words_of(tornado(found, concept).svg)
    assert "Turns the answer round" in words
    assert "true nowhere" in words or "true somewhere" in words
    if "Changes only how often it is true" in words:
        assert words.index("Turns the answer round") < words.index("Changes only how often it is true")


def test_what_it_says(found):
    concept = "gmr"
    figure = tornado(found, concept)
    base = found.base.cells[concept]
    assert f"as the model stands: {percent(base.found, base.of)}" in words_of(figure.svg)
    assert f"{base.found} of {base.of}" in figure.alternative
    assert "“the pass is open and nobody arms”" in figure.alternative
    decided = sum(t.decides for t in found.tried)
    assert f"{decided} {'is' if decided == 1 else 'are'} left out" in figure.caption
    assert "opens the <pass>" in words_of(figure.svg).replace("“", "")
    assert "<pass>" not in figure.svg


def test_what_is_left_out_is_counted(found):
    figure = tornado(found, "gmr", most=3)
    assert len(_bars(figure.svg)) == 3
    assert figure.caption.split(". ")[1].startswith("3 of ")


def test_none_where_no_lever_changes_anything():
    model = loads("{bestand: 1, title: '', parties: {a: {options: {x: }}}}")
    found = levers(model, OptionAtom("a.x"), concepts=CONCEPTS)
    assert tornado(found) is None
    assert tornado(found, "nash") is None
    assert tornado(replace(found, concepts=())) is None


def test_readings_that_were_applied_first():
    before, after = (
        words_of(tornado(levers(PASS, concepts=["nash"], readings=names), most=100).svg) for names in ([], ["poor"])
    )
    assert "The North: not “The North opens the <pass>” This wish is dropped." in before
    wish = "not “The North opens the <pass>” or south.arm (from the reading poor)"
    assert f"The North: {wish} This wish is dropped." in after


@pytest.mark.parametrize(
    "slug", ["books/fang1993/elmira", "journals/gdn/hipel2014/syria-iraq-1975", "textbook/chicken"]
)
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_room_for_every_word(slug, lang):
    with speaking(lang):
        model = translated(bestand.load(slug), lang)
        figure = tornado(levers(model, OptionAtom(model.options[-1].id), concepts=CONCEPTS))
    assert_inside(figure.svg)
    assert_apart(figure.svg)
    assert all("…" not in text.words for text in texts_of(figure.svg) if text.bold)


@settings(max_examples=examples(20), deadline=None)
@given(models(max_options=4, max_parties=3))
def test_any_model(model):
    try:
        found = levers(model, OptionAtom(model.options[0].id), concepts=("nash", "gmr"))
    except BestandError:  # no state satisfies it
        assume(False)
    figure = tornado(found)
    if figure is not None:
        assert figure == tornado(found)
        assert_inside(figure.svg)
        assert_apart(figure.svg)
