"""Ids in every script: in files, formulas, sentences and calls; and what is none."""

from __future__ import annotations

from importlib import resources
from unicodedata import normalize

import pytest

import bestand
from bestand.model.formula import text
from bestand.model.ids import LETTERS, is_id
from bestand.model.language import parse_changes, parse_check, parse_formula
from bestand.model.wording import change_text, check_text

MODEL = """bestand: 1
title: Ids in other scripts
parties:
  вода: {options: {пустить: , держать: }}
  城市: {options: {付钱: }}
  vallée: {options: {पानी: }}
rules:
  - never: вода.пустить and держать
outcomes: {สันติ: пустить and 付钱}
plan: สันติ
one_way: {पानी: to-yes}
status_quo: [держать]
preferences:
  вода: {priorities: [付钱, not пустить]}
  城市: {priorities: [пустить, not 城市.付钱]}
  vallée: {priorities: [สันติ]}
readings:
  другое-2: {change: вода 2 dropped}
claims:
  - {id: 結論, check: some state is สันติ}
"""


def test_a_model_in_other_scripts_is_read_solved_and_written():
    model = bestand.loads(MODEL)
    assert [option.id for option in model.options] == ["вода.пустить", "вода.держать", "城市.付钱", "vallée.पानी"]
    assert bestand.loads(bestand.dumps(model)) == model
    assert bestand.deals(model).ruling.kind in {"deal", "deal-not-kept", "no-deal"}
    assert bestand.claims(model).data()["claims"][0]["verdict"] == "holds"
    assert bestand.what_if(model, "reading другое-2, without 付钱")
    assert bestand.analyse(model).explain("status-quo", "ВОДА", "nash")


def test_letters_may_be_composed_in_any_way():
    apart = normalize("NFD", MODEL)
    assert apart != MODEL
    assert bestand.loads(apart) == bestand.loads(MODEL)
    scope = bestand.loads(MODEL).scope()
    assert parse_formula(normalize("NFD", "vallée.पानी"), scope) == parse_formula("vallée.पानी", scope)


@pytest.mark.parametrize("formula", ["not (пустить or 付钱) implies पानी", "สันติ and (not держать iff пустить)"])
def test_formulas_are_read_back(formula):
    scope = bestand.loads(MODEL).scope()
    parsed = parse_formula(formula, scope)
    assert parse_formula(text(parsed), scope) == parsed


def test_sentences_are_read_back():
    scope = bestand.loads(MODEL).scope()
    for sentence in ("no equilibrium where 付钱 is สันติ", "vallée refuses every สันติ", "state 0100 is not สันติ"):
        check = parse_check(sentence, scope)
        assert parse_check(check_text(check), scope) == check
    (change,) = parse_changes("城市 1 replaced by not पानी", scope)
    assert parse_changes(change_text(change), scope) == (change,)


@pytest.mark.parametrize(
    ("name", "whether"),
    [
        ("вода", True),
        ("पानी", True),
        ("x2", True),
        ("ٱلسَّلَام", True),
        ("2x", False),
        ("a b", False),
        ("a→b", False),
        ("«a»", False),
        ("a\u200bb", False),
        ("😀", False),
        ("", False),
        ("valle\u0301e", False),
    ],
)
def test_what_is_an_id(name, whether):
    assert is_id(name) is whether
    assert is_id(f"{name}-2", dashes=True) is whether
    assert not is_id(f"{name}-2")


def test_the_grammar_has_the_same_letters():
    assert resources.files("bestand.model").joinpath("language.lark").read_text("utf-8").count(LETTERS) >= 4


@pytest.mark.parametrize("sign", "∧∨¬→↔·…“”×÷²\u00a0\u200b")
def test_a_sign_is_no_part_of_a_name(sign):
    with pytest.raises(bestand.ModelError):
        bestand.loads(MODEL.replace("  - never: вода.пустить and держать", f"  - never: пустить{sign}держать"))
