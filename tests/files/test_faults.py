"""What is wrong with a model that was built in Python, where no file could have said so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bestand.engine.feasibility import state_faults
from bestand.model.errors import ModelError
from bestand.model.formula import And, Not, OptionAtom, OutcomeAtom
from bestand.model.model import Model
from bestand.model.open_questions import Question, of_reading
from bestand.model.sentences import Bind, Change, Drop, DropRule, Exchange, Forbid, HoldParty, Insert, StatementRef
from bestand.model.validate import faults, validated
from bestand.model.values import (
    ChoiceRule,
    Citation,
    Claim,
    FormulaRule,
    FrozenMap,
    Grounds,
    OneWay,
    Option,
    Outcome,
    Party,
    Priorities,
    Ranking,
    Reading,
    Statement,
    Weights,
)

A, B = OptionAtom("up.a"), OptionAtom("up.b")
UP = Party("up", options=(Option("up.a"), Option("up.b")))
WISH = FrozenMap({"up": Priorities((Statement(A),))})
CLAIM = Claim("c", ())
SAME_OPTION = Party("up", options=(Option("up.a"), Option("up.a")))
OTHER_OPTION = Party("up", options=(Option("down.a"),))
EXCHANGED = Exchange(StatementRef("up", 1), StatementRef("down", 1))
ADDED = Insert("up", A, "first")
AT = ("open", "r", "answers", "r", "change")


def asked(*changes: Change) -> dict[str, tuple[Question, ...]]:
    """What is open: whether a reading with some changes is right."""
    return {"open_questions": (of_reading(Reading("r", changes)),)}


def weighing(number: str) -> FrozenMap[str, Weights]:
    return FrozenMap({"up": Weights(FrozenMap({"up.a": Decimal(number)}))})


def deep(levels: int) -> Not:
    formula = Not(A)
    for _ in range(levels):
        formula = Not(formula)
    return formula


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"parties": (UP, UP)}, ("parties", "up"), "duplicate-id"),
        ({"parties": (SAME_OPTION,)}, ("parties", "up", "options", "a"), "duplicate-id"),
        ({"parties": (OTHER_OPTION,)}, ("parties", "up", "options", "a"), "bad-id"),
        ({"outcomes": (Outcome("x", A), Outcome("x", B))}, ("outcomes", "x"), "duplicate-id"),
        ({"outcomes": (Outcome("or", A),)}, ("outcomes", "or"), "reserved-word"),
        ({"outcomes": (Outcome("x", OutcomeAtom("y")),)}, ("outcomes", "x", "holds"), "unknown-outcome"),
        ({"outcomes": (Outcome("x", And((A,))),)}, ("outcomes", "x", "holds"), "bad-formula"),
        ({"rules": (FormulaRule("never", deep(500)),)}, ("rules", 0, "never"), "too-deep"),
        ({"rules": (FormulaRule("never", OptionAtom("up.c")),)}, ("rules", 0, "never"), "unknown-option"),
        ({"rules": (ChoiceRule("exactly_one", ()),)}, ("rules", 0, "exactly_one"), "empty"),
        ({"one_way": (OneWay("up.c", "to-no"),)}, ("one_way", "up.c"), "unknown-option"),
        ({"one_way": (OneWay("up.a", "to-no"), OneWay("up.a", "to-no"))}, ("one_way", "up.a"), "duplicate-id"),
        ({"status_quo": frozenset({"up.c"})}, ("status_quo",), "unknown-option"),
        ({"no_deal": frozenset({"up.c"})}, ("no_deal",), "unknown-option"),
        ({"no_deal": frozenset({"up.a"}), "rules": (FormulaRule("never", A),)}, ("no_deal",), "infeasible-no-deal"),
        ({"preferences": FrozenMap({"down": Priorities()})}, ("preferences", "down"), "unknown-party"),
        ({"preferences": FrozenMap({"up": Ranking((("0",),))})}, ("preferences", "up", "ranking", 0), "bad-bits"),
        ({"preferences": FrozenMap({"up": Ranking(((),))})}, ("preferences", "up", "ranking", 0), "empty"),
        ({"preferences": weighing("NaN")}, ("preferences", "up", "weights", "up.a"), "bad-number"),
        ({"preferences": weighing("1e999")}, ("preferences", "up", "weights", "up.a"), "bad-number"),
        ({"labels": FrozenMap({"00": "01"})}, ("labels", "00"), "bad-label"),
        (asked(), ("open", "r", "answers", "r"), "same-answer"),
        (asked(Drop(StatementRef("up", 2))), AT, "unknown-statement"),
        (asked(HoldParty("up")), AT, "no-status-quo"),
        (asked(DropRule(1)), AT, "unknown-rule"),
        (asked(Bind("up.c", "to-no")), AT, "unknown-option"),
        (asked(Forbid("down", A, B)), AT, "unknown-party"),
        (asked(Insert("down", A, "first")), AT, "unknown-party"),
        ({**asked(ADDED), "preferences": weighing("1")}, AT, "no-priorities"),
        (asked(EXCHANGED), AT, "two-parties"),
        ({"claims": (CLAIM, CLAIM)}, ("claims", 0, "id"), "duplicate-id"),
        ({"claims": (Claim("c", (), repeats=(StatementRef("up", 0),)),)},
         ("claims", 0, "repeats", 0), "unknown-statement"),
        ({"claims": (Claim("c", (), across=(("base", "r"),)),)}, ("claims", 0, "across", 0, 1), "unknown-reading"),
        ({"claims": (Claim("c", (), who="them"),)}, ("claims", 0, "who"), "bad-value"),
        ({"left_out": (Grounds(source=(Citation("press"),)),)}, ("left_out", 0, "source", 0), "unknown-source"),
        ({"left_out": (Grounds(source=(Citation("press", "p 3"),)),)}, ("left_out", 0, "source", 0), "bad-citation"),
        ({"language": "fr"}, ("language",), "bad-value"),
    ],
)  # fmt: skip
def test_a_fault_is_found_where_it_is(changes, path, code):
    model = Model(**{"title": "Dam", "parties": (UP,), "preferences": WISH, **changes})
    assert (path, code) in [(fault.path, fault.code) for fault in faults(model)]
    with pytest.raises(ModelError, match=r".+"):
        validated(model)


def test_nothing_is_wrong_with_a_good_model():
    assert faults(Model("Dam", (UP,), preferences=WISH)) == []


def test_what_is_only_doubtful_does_not_stop_anyone():
    model = Model("Dam", (UP, Party("down")))
    assert faults(model) == []
    assert validated(model) is model


def test_rules_clash_through_outcomes():
    rules = (
        FormulaRule("never", And((A, B))),
        FormulaRule("always", OutcomeAtom("x")),
        ChoiceRule("at_most_one", ("up.a",)),
        FormulaRule("never", A),
    )
    model = Model("Dam", (UP,), rules=rules, outcomes=(Outcome("x", And((A, Not(B)))),))
    (fault,) = state_faults(model)
    assert fault.path == ("rules", 1)
    assert "rules 2 (always: x) and 4 (never: up.a)" in fault.message


def test_states_beyond_counting_are_left_alone():
    options = tuple(Option(f"up.o{k}") for k in range(70))
    atoms = tuple(OptionAtom(option.id) for option in options)
    model = Model("Dam", (Party("up", options=options),), rules=(FormulaRule("never", And(atoms)),))
    assert state_faults(model) == []
    ranked = Model("Dam", model.parties, preferences=FrozenMap({"up": Ranking((("0" * 70,),))}))
    (fault,) = state_faults(ranked)
    assert fault.code == "ranking-misses"
