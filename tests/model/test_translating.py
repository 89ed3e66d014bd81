"""A model in another language: what is translated, what stays, and what is wrong with translations."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings

import bestand
from bestand.files import load
from bestand.files.catalogue import slugs
from bestand.files.write import as_data
from bestand.model.formula import OptionAtom
from bestand.model.model import Model
from bestand.model.open_questions import Answer, AtMostOne, Question
from bestand.model.sentences import Drop, StatementRef
from bestand.model.translating import texts_of, translated
from bestand.model.validate import faults
from bestand.model.values import (
    Claim,
    ForbiddenMove,
    FormulaRule,
    FrozenMap,
    Grounds,
    OneWay,
    Option,
    Outcome,
    Party,
    Priorities,
    Source,
    Statement,
)
from bestand.testing import models
from tests.examples import examples
from tests.first_reading import UKRAINE

A = OptionAtom("up.a")


def said(what: str) -> Grounds:
    return Grounds(says=f"{what} says", note=f"{what} note")


FULL = Model(
    "title",
    (Party("up", "name", (Option("up.a", said("option"), "option says no"),), said("party"), "called"),),
    rules=(FormulaRule("never", A, said("rule")),),
    outcomes=(Outcome("peace", A, said("outcome")),),
    one_way=(OneWay("up.a", "to-yes", said("one-way")),),
    forbidden_moves=(ForbiddenMove("up", A, A, said("ban")),),
    preferences=FrozenMap({"up": Priorities((Statement(A, said("statement")),))}),
    labels=FrozenMap({"1": "label"}),
    claims=(Claim("c", (), grounds=said("claim")),),
    sources=FrozenMap({"s": Source("source title", "author", "1993", "publisher", "url", "file", "source note")}),
    left_out=(said("left out"),),
    note="note",
    open_questions=(
        Question("q", (Answer("r", (Drop(StatementRef("up", 1)),), grounds=said("reading")),), said("question")),
    ),
    exclusions=(AtMostOne(("r",), said("open")),),
)


def in_dutch(model: Model, words: dict[str, str], lang: str = "nl") -> Model:
    return dataclasses.replace(model, translations=FrozenMap({lang: FrozenMap(words)}))


def test_every_text_is_translated_and_nothing_else():
    named = [
        "option",
        "party",
        "rule",
        "outcome",
        "one-way",
        "ban",
        "statement",
        "question",
        "reading",
        "claim",
        "open",
        "left out",
    ]
    texts = {f"{what} {key}" for what in named for key in ("says", "note")}
    texts |= {"title", "note", "name", "called", "option says no", "source title", "source note"}
    assert set(texts_of(FULL)) == texts
    dutch = translated(in_dutch(FULL, {text: f"NL {text}" for text in texts}), "nl")
    assert set(texts_of(dutch)) == {f"NL {text}" for text in texts}
    assert dutch.language == "nl"
    assert (dutch.labels, dutch.sources["s"].author, dutch.sources["s"].publisher) == (
        FULL.labels,
        "author",
        "publisher",
    )
    back = translated(in_dutch(dataclasses.replace(dutch, language=None), {f"NL {text}": text for text in texts}), "nl")
    assert dataclasses.replace(back, language=None) == FULL


def test_what_has_no_translation_stays():
    dutch = translated(in_dutch(FULL, {"title": "titel"}), "nl")
    assert (dutch.title, dutch.note, dutch.party["up"].called) == ("titel", "note", "called")


@pytest.mark.parametrize(
    "words", [{}, {"no such text": "x"}, {"author": "x", "label": "x", "peace": "x", "up.a": "x", "up": "x"}]
)
def test_a_model_that_nothing_is_translated_of_comes_back_as_it_is(words):
    model = in_dutch(FULL, words)
    assert translated(model, "nl") is model
    assert model.language is None


def test_another_language_and_the_own_one():
    model = in_dutch(dataclasses.replace(FULL, language="en"), {"title": "tittel"}, "fy")
    assert translated(model, "nl") is model
    assert (translated(model, "fy").title, translated(model, "fy").language) == ("tittel", None)
    own = in_dutch(dataclasses.replace(FULL, language="en"), {"title": "other"}, "en")
    assert translated(own, "en") is own


def without_texts(data: Any) -> Any:
    """A model as its file has it, without what is written in it for people."""
    if isinstance(data, dict):
        told = {"title", "name", "called", "says", "says_no", "note", "because", "translations", "language"}
        return {key: without_texts(value) for key, value in data.items() if key not in told}
    return [without_texts(item) for item in data] if isinstance(data, list) else data


@given(models(max_options=4))
@settings(deadline=None, max_examples=examples(60))
def test_only_texts_differ(model: Model):
    texts = texts_of(model)
    other = translated(in_dutch(dataclasses.replace(model, language=None), dict.fromkeys(texts, "x")), "nl")
    assert set(texts_of(other)) == ({"x"} if texts else set())
    long = [dataclasses.replace(one, left_out=()) for one in (model, other)]  # which the file writes in short
    assert without_texts(as_data(long[0])) == without_texts(as_data(long[1]))


def test_no_answer_depends_on_the_language():
    model = load(UKRAINE)
    assert model.language == "en"
    ours, theirs = (bestand.analyse(one, concepts=["nash"]) for one in (model, translated(model, "nl")))
    assert (ours.equilibria["nash"] == theirs.equilibria["nash"]).all()


def wrong(translations: dict[str, dict[str, str]], language: str | None = None) -> list[tuple[str, str, str]]:
    words = FrozenMap({lang: FrozenMap(said) for lang, said in translations.items()})
    model = Model("A dam", (Party("up", options=(Option("up.a"),)),), translations=words, language=language)
    found = [fault for fault in faults(model) if fault.path[0] == "translations"]
    return [(fault.severity, fault.code, fault.hint or "") for fault in found]


def test_what_can_be_wrong():
    assert wrong({"nl": {"A dam": "Een dam"}, "fy": {"A dam": "In daam"}, "nds": {"A dam": "En Damm"}}) == []
    assert wrong({"nl": {"A damn": "Een dam"}}) == [("warning", "unknown-text", "the nearest text is 'A dam'")]
    assert wrong({"nl": {"zzz": "x"}}) == [("warning", "unknown-text", "write the whole text, letter for letter")]
    assert wrong({"nl": {"A dam": " "}}) == [("error", "empty", "write something, or leave the entry out")]
    assert wrong({"Dutch": {"A dam": "x"}}) == [
        ("error", "bad-language", "write two or three small letters, such as nl")
    ]
    assert wrong({"en": {"A dam": "x"}}, "en") == [("warning", "own-language", "leave them out, or mend 'language'")]


def test_many_unknown_texts_take_no_time():
    assert len(wrong({"nl": {f"text number {k} of many": "x" for k in range(20_000)}})) == 20_000


# A title in the language of its source is the title in every language.
TITLES = {
    "Europa in nood: Trumps plan voor een staakt-het-vuren in Oekraïne wankelt",
}


def test_every_text_of_the_ukraine_case_has_its_dutch():
    model = load(UKRAINE)
    words = model.translations["nl"]
    assert [text for text in texts_of(model) if text not in words] == sorted(TITLES)
    assert all(option.grounds.says and option.says_no for option in model.options)


@pytest.mark.parametrize("slug", slugs())
def test_every_case_speaks_dutch(slug: str):
    model = load(slug)
    words = model.translations["nl"]
    titles = {source.title for source in model.sources.values()}
    same = {"Uniroyal"}  # a name in every language
    assert {text for text in texts_of(model) if text not in words} <= titles | same
    assert all(option.says_no for option in model.options)
    assert not [fault for fault in faults(model) if fault.path[0] == "translations"]


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("slug", slugs())
def test_what_options_mean_can_follow_the_name_of_a_party(slug: str, lang: str):
    """No capital, no full stop, no colon; and what is left never reads like what is taken."""
    model = translated(load(slug), lang)
    for option in model.options:
        said, unsaid = option.grounds.says, option.says_no
        assert said
        assert unsaid
        assert said != unsaid
        for phrase in (said, unsaid):
            assert phrase[0].islower()
            assert not phrase.endswith((".", ";", ","))
            assert ": " not in phrase
