"""Levels in a file: what is read, what is written, what is wrong and where."""

import pytest
from hypothesis import given

from bestand import dumps, loads
from bestand.files.document import read_document
from bestand.model.model import Model
from bestand.model.values import Priorities
from bestand.testing import models
from tests.engine.helpers import examples

TEXT = """bestand: 1
title: Dam
sources: {press: {}}
parties: {up: {options: {a: , b: , c: , d: }}}
preferences:
  up:
    priorities: %s
"""


def problems(wishes: str) -> list[str]:
    found = read_document(TEXT % wishes)
    return [f"{each.line}:{each.column} {each.code}" for each in found.problems]


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        ("[[], a]", ["7:18 empty"]),
        ("[a, [b, [c]]]", ["7:25 nested-level"]),
        ("[[[a]]]", ["7:19 nested-level"]),
        ("[[a, x], y]", ["7:22 unknown-option", "7:26 unknown-option"]),
        ("[[x], y]", ["7:19 unknown-option", "7:23 unknown-option"]),
        ("[[a or], b]", ["7:23 syntax"]),
        ("[[a, {holds: b or}], c]", ["7:34 syntax"]),
        ("[[a, {hold: b}], c]", ["7:22 missing-key", "7:23 unknown-key"]),
        ("[[{holds: a, source: foo}, b], c]", ["7:38 unknown-source"]),
        ("[[{holds: a, source: foo}], c]", ["7:38 unknown-source"]),
        ("[[a, {holds: [b]}]]", ["7:23 wrong-type"]),
        ("\n    - [a, ]\n    - - b\n      -\n    - c", ["10:8 empty"]),
        ("\n    - - x\n      - b\n    - - c\n      - holds: y", ["8:9 unknown-option", "11:16 unknown-option"]),
        ("{a: b}", ["7:5 wrong-type"]),
        ("[[a, b], c]\n    weights: {a: 1}", ["6:3 one-of"]),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(wishes, found):
    told = problems(wishes)
    assert told == found, read_document(TEXT % wishes).problems


@pytest.mark.parametrize(
    ("wishes", "levels"),
    [
        ("[[a, b], c]", ((1, 2),)),
        ("[a, [b, c], d]", ((2, 3),)),
        ("[[a, b], [c, d]]", ((1, 2), (3, 4))),
        ("[[a], [b]]", ()),
        ("[[a, a]]", ((1, 2),)),
        ("[[a, {holds: b, says: Bee, source: press ¶3, assumed: yes}], c]", ((1, 2),)),
        ("\n    - - a\n      - holds: b\n        note: maybe\n    - c", ((1, 2),)),
        ("[]", ()),
    ],
)
def test_levels_are_read_and_written(wishes, levels):
    model = loads(TEXT % wishes)
    assert isinstance(model.preferences["up"], Priorities)
    assert model.preferences["up"].levels == levels
    assert loads(dumps(model)) == model


def test_a_level_of_formulas_is_written_on_one_line():
    assert "- [up.a, up.b]\n" in dumps(loads(TEXT % "[[a, b], c]"))


@examples(100)
@given(models(max_options=5))
def test_models_with_levels_come_back(model: Model):
    assert loads(dumps(model)) == model
