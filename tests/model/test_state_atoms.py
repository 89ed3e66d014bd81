"""States named in formulas: by bits, by label, beside an option that is called so; and states that are not there."""

from __future__ import annotations

import pytest

from bestand.model.formula import And, Not, OptionAtom, Or, StateAtom, text
from bestand.model.language import parse_changes, parse_check, parse_formula
from bestand.model.scope import LanguageError, Scope
from bestand.model.sentences import AddRule, Check, Forbid, Quantified, Ranks, Satisfies, StateNamed, Subject
from tests.model.test_language import CONCEPTS, SCOPE, X, Y


def test_a_formula_names_states_by_bits_and_by_label():
    start, nine = StateAtom("start", And((Not(X), Not(Y)))), StateAtom("9", Or((And((X, Not(Y))), And((X, Y)))))
    assert parse_formula("state start or not state  9", SCOPE) == Or((start, Not(nine)))
    assert parse_formula("state 01", SCOPE) == StateAtom("01", And((Not(X), Y)))
    assert text(parse_formula("peace and (state 9 or state start)", SCOPE)) == "peace and (state 9 or state start)"
    assert parse_check("some state where state 9 is state start", SCOPE) == Check(
        Quantified("some", Subject("state", where=nine), Satisfies(start))
    )
    assert parse_changes("never state 9, up cannot move from state 9 to state start", SCOPE) == (
        AddRule("never", nine),
        Forbid("up", nine, start),
    )
    assert parse_check("up ranks state 9 above not state 9", SCOPE) == Check(
        Ranks("up", StateNamed("9"), "above", Not(nine))
    )


def test_an_option_may_be_called_state_beside_states():
    scope = Scope(("up", "q"), ("up.state", "q.x"), (), (), CONCEPTS, {"1": ("10",)})
    own, one = OptionAtom("up.state"), StateAtom("1", And((OptionAtom("up.state"), Not(OptionAtom("q.x")))))
    assert parse_formula("state and state 1 or not state", scope) == Or((And((own, one)), Not(own)))
    assert parse_check("q ranks state above state 1", scope) == Check(Ranks("q", own, "above", StateNamed("1")))
    assert parse_check("up ranks state level with state 1", scope) == Check(
        Ranks("up", own, "level with", StateNamed("1"))
    )


@pytest.mark.parametrize("wrong", ["state 7", "peace or state 111", "not state begin"])
def test_a_formula_names_no_state_that_is_not_there(wrong):
    with pytest.raises(LanguageError) as caught:
        parse_formula(wrong, SCOPE)
    assert [(fault.code, fault.hint) for fault in caught.value.faults] == [
        ("unknown-state", "a state is its 2 bits, or a label of the file")
    ]
