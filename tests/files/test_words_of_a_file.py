"""The keys for words: what a party is called, what leaving an option means, and translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from bestand.files import dumps, load, loads, read_document, save
from bestand.model.errors import ModelError
from bestand.model.values import FrozenMap

WRITTEN = """\
bestand: 1
title: A dam
language: en
parties:
  up:
    name: Upstream state
    called: the upstream state   # in a sentence
    options:
      release:
        says: releases the water
        says_no: keeps the water
      threaten: {says_no: keeps quiet}
preferences:
  up: {priorities: [not release]}
translations:
  nl:
    # the title first
    A dam: Een dam
    ? releases
      the water
    : laat het water door
  fy: {}
"""


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read_document(text).problems]


def test_the_keys_are_read_and_written():
    model = loads(WRITTEN)
    assert (model.party["up"].called, model.party["up"].title) == ("the upstream state", "Upstream state")
    assert [option.says_no for option in model.options] == ["keeps the water", "keeps quiet"]
    assert model.translations == {"nl": {"A dam": "Een dam", "releases the water": "laat het water door"}, "fy": {}}
    assert loads(dumps(model)) == model
    assert problems(WRITTEN) == []
    assert hash(model) == hash(loads(dumps(model)))


def test_saving_keeps_comments_and_changes_what_changed(tmp_path: Path):
    path = tmp_path / "dam.yaml"
    path.write_text(WRITTEN)
    words = FrozenMap({"nl": FrozenMap({"A dam": "Een stuwdam", "keeps the water": "houdt het water"})})
    changed = load(path).replace(translations=words)
    save(changed, path)
    assert load(path) == changed
    text = path.read_text()
    assert "# in a sentence" in text
    assert "# the title first\n    A dam: Een stuwdam\n" in text


def test_a_text_that_is_none_is_told_where_it_stands():
    text = WRITTEN.replace("    A dam: Een dam\n", "    A damn: Een dam\n")
    assert problems(text) == [
        "18:5: warning: 'A damn' is no text of the model, so its translation is never used; the nearest text is "
        "'A dam' [unknown-text]"
    ]
    assert read_document(text).model is not None


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("A dam: ", "18:11: error: nothing stands here; write something, or leave the entry out [empty]"),
        (
            "A dam: ''",
            "18:12: error: 'A dam' is translated by nothing; write something, or leave the entry out [empty]",
        ),
        (
            "A dam: x\n    A dam: y",
            "19:5: error: 'A dam' is given twice; the first is at line 18, column 5; keep one of the two",
        ),
        ("A dam: [x]", "18:5: error: a text is expected here, and a list stands here; put a text"),
        ("A dam: {x: y}", "18:5: error: a text is expected here, and a mapping (key: value) stands here;"),
    ],
)
def test_a_translation_that_is_wrong(entry: str, told: str):
    found = problems(WRITTEN.replace("A dam: Een dam", entry))
    assert len(found) == 1
    assert found[0].startswith(told)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("  dutch: {}", "16:3: error: 'dutch' is no code of a language; write two or three small letters, such as nl"),
        ("  en: {}", "16:3: warning: the texts are in 'en' already: these translations are never used; leave them"),
        ("  nl: ", "16:6: error: nothing stands here"),
        ("  nl: words", "16:7: error: a mapping (key: value) is expected here, and 'words' stands here"),
        ("  - nl", "15:1: error: a mapping (key: value) is expected here, and a list stands here"),
    ],
)
def test_a_language_that_is_wrong(entry: str, told: str):
    found = problems(WRITTEN[: WRITTEN.index("  nl:")] + entry + "\n")
    assert [problem[: len(told)] for problem in found] == [told]


def test_a_wrong_key_is_told_with_the_right_one():
    found = problems(WRITTEN.replace("called:", "caled:").replace("says_no: keeps the", "say_no: keeps the"))
    assert [problem.partition("; ")[2] for problem in found] == [
        "did you mean 'called'? [unknown-key]",
        "did you mean 'says_no'? [unknown-key]",
    ]


def test_translations_given_in_python_are_looked_at():
    model = loads(WRITTEN)
    assert model.replace(translations=FrozenMap({"nl": FrozenMap({"no text": "x"})})).translations["nl"]
    with pytest.raises(ModelError, match="'dutch' is no code of a language"):
        model.replace(translations=FrozenMap({"dutch": FrozenMap()}))
