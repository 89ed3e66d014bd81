"""Claims: what several checks under several concepts come to, and the answers beside the answer."""

from __future__ import annotations

import pytest

from bestand import CallError, loads
from bestand.checks.claims import ClaimResult, ask_claim
from bestand.model.changing import apply_readings
from bestand.model.formula import OptionAtom
from bestand.model.sentences import ApplyReading
from bestand.solve.solution import Solver
from tests.checks.test_checks import CONCEPTS, DILEMMA, LOOKING


def claimed(claim: str, model: str = DILEMMA) -> ClaimResult:
    """A claim, as YAML in one line, put to a model."""
    parsed = loads(f"{model}claims: [{{id: it, {claim}}}]")
    return ask_claim(Solver(parsed), parsed.claims[0])


NOTHING = "every equilibrium where stop and not halt is peace"  # there is no such equilibrium
VERDICTS = [
    (["every state is peace or not peace"], "holds", ("",), (), ()),
    (["no state is peace"], "does not hold", (), ("",), ()),
    (["every state where peace and war is stop"], "cannot be said", (), (), ("",)),
    (["some equilibrium is war"], "holds", CONCEPTS, (), ()),
    (["some equilibrium is peace"], "depends on the concept", LOOKING, ("nash",), ()),
    (["under nash, some equilibrium is peace"], "does not hold", (), ("nash",), ()),
    (["under gmr and seq, some equilibrium is peace"], "holds", ("gmr", "seq"), (), ()),
    (["under nash and seq, some equilibrium is peace"], "depends on the concept", ("seq",), ("nash",), ()),
    ([NOTHING], "cannot be said", (), (), CONCEPTS),
    # several checks: all have to hold
    (["some state is peace", "some equilibrium is peace"], "depends on the concept", LOOKING, ("nash",), ()),
    (["no state is peace", "some equilibrium is peace"], "does not hold", (), CONCEPTS, ()),
    (["some state is peace", "some state is war"], "holds", ("",), (), ()),
    # one asked under a single concept counts under every concept of the others
    (["under nash, no equilibrium is peace", "some equilibrium is war"], "holds", CONCEPTS, (), ()),
    (["under nash, some equilibrium is peace", "some equilibrium is war"], "does not hold", (), CONCEPTS, ()),
    # one that cannot be said leaves open what no other one decides
    ([NOTHING, "some equilibrium is war"], "cannot be said", (), (), CONCEPTS),
    ([NOTHING, "no equilibrium is war"], "does not hold", (), CONCEPTS, ()),
    ([NOTHING, "some equilibrium is peace"], "depends on the concept", (), ("nash",), LOOKING),
    # what cannot be asked at all
    (["with never peace, some state reached is war"], "cannot be said", (), (), ("",)),
    (["with never true, some equilibrium is war"], "cannot be said", (), (), CONCEPTS),
]


@pytest.mark.parametrize(("checks", "verdict", "holds", "fails", "unsaid"), VERDICTS)
def test_the_verdict(checks, verdict, holds, fails, unsaid):
    answer = claimed("check: [" + ", ".join(f'"{check}"' for check in checks) + "]").answer
    assert answer.verdict == verdict
    assert (answer.holds, answer.fails, answer.unsaid) == (tuple(holds), tuple(fails), tuple(unsaid))
    assert len(answer.checks) == len(checks)


def test_what_cannot_be_asked_says_why():
    (result,) = claimed('check: "with never peace, some state reached is war"').answer.checks
    assert "nothing can be reached" in result.findings[""].reason
    (result,) = claimed('check: "with never true, some equilibrium is war"').answer.checks
    assert {finding.reason for finding in result.findings.values()} == {"the rules leave no state feasible"}


# ---- by best moves ----

TWO_WAYS = """
bestand: 1
title: Two ways to gain
parties: {a: {options: {x: {}, y: {}}}, b: {options: {z: {}}}}
rules: [{at_most_one: [x, y]}]
status_quo: []
preferences: {a: {priorities: [x, y]}, b: {priorities: [y iff z]}}
"""


@pytest.mark.parametrize(
    ("check", "improvements", "best"),
    [
        ("some state reached has y", "holds", "does not hold"),
        ("some state reached has z", "holds", "does not hold"),
        ("every resting place reached has x", "holds", "holds"),
        ("smaller share of states reached than of states is y", "does not hold", "holds"),
        ("same answer with a held as with b held, some state reached has y", "does not hold", "holds"),
        ("fewer states reached have y with b held than with z reversible", "holds", "does not hold"),
    ],
)
def test_what_is_reached_is_asked_of_best_moves_too(check, improvements, best):
    result = claimed(f'check: "{check}"', TWO_WAYS)
    assert result.answer.verdict == improvements
    assert result.by_best_moves is not None
    assert result.by_best_moves.verdict == best


@pytest.mark.parametrize(
    "check",
    ["some state has y", "some state reached by best moves has y", "status-quo is stable for a", "a ranks x above y"],
)
def test_what_does_not_speak_of_improvements_is_not_asked_of_best_moves(check):
    assert claimed(f'check: "{check}"', TWO_WAYS).by_best_moves is None


# ---- without the premise ----


def test_a_claim_that_repeats_a_premise_is_asked_without_it():
    """That a leaves peace is nothing but a's second wish; without it a does not mind and stays."""
    result = claimed('check: "under nash, status-quo is stable for a"')
    assert (result.answer.verdict, result.without_premise) == ("does not hold", None)
    result = claimed('check: "under nash, status-quo is stable for a", repeats: a 2')
    assert result.answer.verdict == "does not hold"
    assert result.without_premise.verdict == "holds"


def test_several_premises_are_dropped_together():
    result = claimed('check: "a ranks peace level with war", repeats: [a 1, a 2]')
    assert result.answer.verdict == "does not hold"
    assert result.without_premise.verdict == "holds"


# ---- across readings ----


def test_every_combination_of_the_readings_in_the_order_of_the_claim():
    result = claimed('check: "some equilibrium is peace", across: [[base, kind], [kinder, base]]')
    told = [(variant.readings, variant.answer.verdict) for variant in result.across]
    assert told == [
        (("kinder",), "holds"),
        ((), "depends on the concept"),
        (("kind", "kinder"), "holds"),
        (("kind",), "depends on the concept"),
    ]
    by_kind = result.across[3].answer
    assert (by_kind.holds, by_kind.fails) == (("gmr", "smr"), ("nash", "seq", "sseq"))
    assert result.across[1].answer.holds == result.answer.holds == LOOKING
    assert claimed('check: "some equilibrium is peace"').across == ()


def test_readings_that_exclude_each_other_say_so():
    model = DILEMMA + "  cruel: {change: a 2 replaced by war}\n"
    result = claimed('check: "some equilibrium is peace", across: [[kind], [cruel]]', model)
    (variant,) = result.across
    assert variant.answer.verdict == "cannot be said"
    assert "exclude each other" in variant.answer.checks[0].findings["nash"].reason


def test_readings_chosen_by_the_caller_come_first():
    model = loads(DILEMMA + 'claims: [{id: it, check: "some equilibrium is peace", repeats: a 2}]')
    solver = Solver(model, apply_readings(model, ["kind"]))
    assert ask_claim(solver, model.claims[0]).answer.holds == ("gmr", "smr")


def test_an_unknown_reading_is_a_call_error():
    model = loads(DILEMMA)
    assert apply_readings(model, ["kinder"]) == (ApplyReading("kinder"),)
    with pytest.raises(CallError, match="no reading 'kindr'; did you mean 'kinder'"):
        apply_readings(model, ["kindr"])
    with pytest.raises(CallError, match="no reading 'xyzzy'; known: kind, kinder"):
        apply_readings(model, ["xyzzy"])


# ---- show and answers_to ----


def test_what_is_shown_of_the_states_that_are_found():
    result = claimed('check: "some equilibrium is peace or war", show: [stop, war], answers_to: a')
    assert [shown.concept for shown in result.shown] == list(CONCEPTS)
    nash, *others = result.shown
    assert nash.found == 1
    assert nash.true_in[0] == (OptionAtom("a.stop"), 0)
    assert [count for _, count in nash.true_in] == [0, 1]
    assert (nash.example.mask, nash.answered_by) == (0, ())  # a has no improvement from 00
    for shown in others:
        assert shown.found == 2
        assert [count for _, count in shown.true_in] == [1, 1]
        assert (shown.example.mask, shown.answered_by) == (3, ("b",))  # today is nearest; b follows a to 00
        assert not shown.loose


def test_only_concepts_under_which_something_is_found_are_shown():
    assert [s.concept for s in claimed('check: "some equilibrium is peace", show: stop').shown] == list(LOOKING)
    assert [s.concept for s in claimed('check: "under seq, some equilibrium is peace", show: stop').shown] == ["seq"]
    (shown, *_) = claimed('check: "some equilibrium is peace", show: stop').shown
    assert shown.answered_by is None
    assert claimed('check: "some equilibrium is peace"').shown == ()
    assert claimed('check: "a ranks stop above war", show: stop').shown == ()


@pytest.mark.parametrize("check", ["every equilibrium is war", "no equilibrium is peace", "some equilibrium is peace"])
def test_the_state_shown_is_one_of_those_found(check):
    """ "Every" finds the states that are so, while the example that decides it is one that is not."""
    wanted = 0 if "every" in check else 3
    result = claimed(f'check: "under seq, {check}", show: stop')
    (shown,) = result.shown
    assert shown.found == 1
    assert shown.example.mask == wanted


def test_where_nothing_can_be_asked_nothing_is_shown():
    """A reading that leaves today infeasible, or no state at all, is told in the answer and stops no other claim."""
    model = DILEMMA + "  never: {change: never peace}\n  nothing: {change: never true}\n"
    result = claimed('check: "some state reached is war", show: stop, across: [[base, never, nothing]]', model)
    base, never, nothing = result.across
    assert len(base.shown) == len(CONCEPTS)
    for variant in (never, nothing):
        assert variant.answer.verdict == "cannot be said"
        assert variant.shown == ()


def test_shown_in_the_variants_too():
    result = claimed('check: "some equilibrium is peace", show: stop, answers_to: b, across: [[kind, kinder]]')
    kind, kinder = result.across
    assert [shown.concept for shown in kind.shown] == ["gmr", "smr"]
    assert [shown.answered_by for shown in kind.shown] == [("a",), ("a",)]
    assert [shown.answered_by for shown in kinder.shown] == [()] * 5
