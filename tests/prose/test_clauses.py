"""Formulas as clauses: which parts belong together can be heard, and of many alternatives the first are told."""

from __future__ import annotations

import pytest

from bestand.model.formula import And, Not, OptionAtom, Or
from bestand.model.model import Model
from bestand.model.values import Grounds, Option, Party
from bestand.prose.clauses import clause_words
from bestand.prose.messages import speaking

NAMES = "abcdefgh"
DAM = Model(
    "Dam", tuple(Party(p, p.upper(), (Option(f"{p}.x", Grounds(says="acts"), says_no="waits"),)) for p in NAMES)
)
ACTS = [OptionAtom(f"{p}.x") for p in NAMES]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (Or((ACTS[0], ACTS[1])), "A acts or B acts"),
        (Or((And((ACTS[0], Not(ACTS[1]))), ACTS[2])), "A acts and B waits; or C acts"),
        (
            Or((And((ACTS[0], ACTS[1])), And((ACTS[2], ACTS[3])), ACTS[4])),
            "A acts and B acts; C acts and D acts; or E acts",
        ),
        (And((Or((ACTS[0], ACTS[1])), ACTS[2])), "(A acts or B acts) and C acts"),
    ],
)
def test_alternatives_stand_apart(formula, words):
    assert clause_words(DAM, formula) == words


@pytest.mark.parametrize(
    ("lang", "last"), [("en", "; or it is one of 2 other cases"), ("nl", "; of het is een van 2 andere gevallen")]
)
def test_of_many_alternatives_the_first_are_told(lang, last):
    terms = [And((a, Not(b))) for a, b in zip(ACTS, [*ACTS[1:], ACTS[0]], strict=True)]
    with speaking(lang):
        told = clause_words(DAM, Or(tuple(terms)))
    assert told.count(";") == 6
    assert told.endswith(last)
