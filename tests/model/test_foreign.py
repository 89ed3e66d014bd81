"""Formulas and rankings in the signs of other programs: what a hint offers is read, and means the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand.model.foreign import listed, translated
from bestand.model.formula import text
from bestand.model.language import parse_formula
from bestand.model.scope import LanguageError, Scope
from bestand.testing import formulas
from tests.examples import examples

OPTIONS = ("up.a", "up.b", "down.c")
SCOPE = Scope(("up", "down"), OPTIONS, ("peace",))
SIGNS = [
    {" and ": " & ", " or ": " | ", "not ": "!", " implies ": " -> ", " iff ": " <-> "},
    {" and ": " && ", " or ": "||", "not ": "~", " implies ": "=>", " iff ": "<=>"},
    {" and ": " ∧ ", " or ": " ∨ ", "not ": "¬", " implies ": " → ", " iff ": " ↔ "},
    {" and ": " AND ", " or ": " OR ", "not ": "NOT ", " implies ": " IMPLIES ", " iff ": " IFF "},
    {" and ": " & ", " or ": " | ", "not ": "-", " implies ": " -> ", " iff ": " <-> "},
    {"not ": "no "},
]


@settings(max_examples=examples(200))
@given(formulas(OPTIONS, ["peace"], max_leaves=8), st.sampled_from(SIGNS))
def test_what_is_offered_is_the_same_formula(formula, signs):
    foreign = text(formula)
    for ours, theirs in signs.items():
        foreign = foreign.replace(ours, theirs)
    said = translated(foreign, OPTIONS)
    assert parse_formula(foreign if said is None else said, SCOPE) == formula


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("a & b", "a and b"),
        ("-a", "not a"),
        ("no a", "not a"),
        ("a and no (b or no c)", "a and not (b or not c)"),
        ("a = no", "not a"),
        ("no", None),
        ("a IF b", "b implies a"),
        ("a if b and c", "b and c implies a"),
        ("(a IF b) & c", "(a if b) and c"),  # not read, and so not offered
        ("a IF b IF c", "(b if c) implies a"),
        ("a=Y", "a"),
        ("a = n and b=1", "not a and b"),
        ("a = b", "a iff b"),
        ("1 & -3", "up.a and not down.c"),
        ("1 & 4", "1 and 4"),
        ("a & ²", "a and ²"),  # a digit, and no number
        ("a and b", None),
        ("a @ b", None),
        ("", None),
    ],
)
def test_what_is_understood(foreign, ours):
    assert translated(foreign, OPTIONS) == ours


@pytest.mark.parametrize(
    "wrong", ["a & b", "-a | peace", "a IF b", "a = Y", "1 & -2", "a AND NOT b", "a -> !c", "no a or b"]
)
def test_a_hint_removes_its_error(wrong):
    with pytest.raises(LanguageError) as caught:
        parse_formula(wrong, SCOPE)
    (fault,) = caught.value.faults
    assert fault.hint.startswith("write '")
    assert parse_formula(fault.hint.removeprefix("write '").removesuffix("'"), SCOPE)


@pytest.mark.parametrize("wrong", ["a & nobody", "a IF b IF c", "(a IF b) & c", "1 & 9", "a &", "& a"])
def test_nothing_is_offered_that_is_not_read(wrong):
    with pytest.raises(LanguageError) as caught:
        parse_formula(wrong, SCOPE)
    assert not any((fault.hint or "").startswith("write 'a and nobody") for fault in caught.value.faults)
    for fault in caught.value.faults:
        if (fault.hint or "").startswith("write '") and fault.hint.endswith("'"):
            assert parse_formula(fault.hint.removeprefix("write '").removesuffix("'"), SCOPE)


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("1 > 2 > [3, 4] > 5", "[1, 2, [3, 4], 5]"),
        ("1>2>{3 4}", "[1, 2, [3, 4]]"),
        ("1 ~ 2 > 3 = 4", "[[1, 2], [3, 4]]"),
        ("1, 2; 3", "[1, 2, 3]"),
        ("01 10", "[01, 10]"),
        ("[1, [2]]", None),
        ("[1", None),
        ("1 > [] > 2", None),
        ("", None),
    ],
)
def test_rankings(foreign, ours):
    assert listed(foreign) == ours
