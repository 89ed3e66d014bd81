"""Statements that say nothing, rules that take a move from another party, and outcomes that are always so."""

from __future__ import annotations

import pytest

import bestand
from bestand import loads
from bestand.doubts.findings import Found
from bestand.doubts.outcomes import OUTCOMES
from bestand.doubts.plans import PLANS
from bestand.doubts.rules import RULES
from bestand.doubts.sight import listed
from bestand.doubts.statements import STATEMENTS
from bestand.engine.limits import Watch
from bestand.engine.space import space_of
from tests.first_reading import UKRAINE


def found(text: str) -> list[Found]:
    """What is doubtful in the statements, rules, outcomes and plans of a model."""
    sight = listed(space_of(loads(text)), Watch())
    return [each for family in (STATEMENTS, RULES, OUTCOMES, PLANS) for each in family.find(sight)]


def codes(text: str) -> list[tuple[object, ...]]:
    return [(fault.code, *fault.path) for fault in found(text)]


DAM = """
bestand: 1
title: Dam
parties:
  up: {options: {release: {}, threaten: {}}}
  down: {options: {attack: {}, ask: {}}}
"""


def test_a_statement_that_no_state_breaks():
    text = DAM + "rules: [{never: release and threaten}]\npreferences: {up: {priorities: [release, %s]}}"
    assert codes(text % "not (release and threaten)") == [("idle-statement", "preferences", "up", "priorities", 1)]
    (fault,) = found(text % "not (release and threaten)")
    assert "is true in every feasible state" in str(fault.message)


def test_a_statement_that_no_state_satisfies():
    text = DAM + "rules: [{never: release and threaten}]\npreferences: {up: {priorities: [release and threaten]}}"
    (fault,) = found(text)
    assert (fault.code, fault.path) == ("idle-statement", ("preferences", "up", "priorities", 0))
    assert "is false in every feasible state" in str(fault.message)


def test_a_statement_that_is_said_twice():
    text = DAM + "preferences: {up: {priorities: [release, threaten, release or not release and release]}}"
    (fault,) = found(text)
    assert (fault.code, fault.path) == ("decided-statement", ("preferences", "up", "priorities", 2))
    assert "true in just the feasible states in which up 1 is true" in str(fault.message)


def test_a_statement_that_several_decide():
    text = DAM + "preferences: {up: {priorities: [release, threaten, attack, release iff threaten, ask]}}"
    (fault,) = found(text)
    assert (fault.code, fault.path) == ("decided-statement", ("preferences", "up", "priorities", 3))
    assert "the first 2 statements of up agree" in str(fault.message)


def test_a_statement_that_asks_for_the_opposite():
    text = DAM + "preferences: {up: {priorities: [release implies attack, threaten, release and not attack]}}"
    (fault,) = found(text)
    assert (fault.code, fault.path) == ("opposed-statement", ("preferences", "up", "priorities", 2))
    assert "asks for the opposite of up 1" in str(fault.message)


def test_a_second_best_that_excludes_the_best_is_no_doubt():
    """It ranks the states in which the best is not to be had."""
    assert codes(DAM + "preferences: {up: {priorities: [release and attack, release and not attack]}}") == []


@pytest.mark.parametrize(
    "rule",
    [
        "{never: release and threaten}",
        "{always: release or threaten}",
        "{exactly_one: [release, threaten]}",
        "{at_most_one: [attack, ask]}",
    ],
)
def test_a_rule_within_one_party_gives_no_warning(rule):
    assert codes(DAM + f"rules: [{rule}]") == []


def test_a_rule_over_two_parties_names_the_move_that_each_loses():
    (fault,) = found(DAM + "rules: [{never: release and attack}]")
    assert (fault.code, fault.path) == ("lost-move", ("rules", 0))
    assert "options of up and down at once" in str(fault.message)
    assert "up cannot change release to yes where down.attack is taken" in str(fault.message)
    assert "down cannot change attack to yes where up.release is taken" in str(fault.message)


def test_a_rule_through_an_outcome_is_seen_through():
    (fault,) = found(DAM + "outcomes: {clash: deeper, deeper: release and attack}\nrules: [{never: clash}]")
    assert "down cannot change attack to yes" in str(fault.message)


def test_an_exclusive_choice_between_parties():
    """Exactly one of two parties' options: neither can ever change its own alone."""
    (fault,) = found(DAM + "rules: [{exactly_one: [release, attack]}]")
    assert "up cannot change release to " in str(fault.message)
    assert "down cannot change attack to " in str(fault.message)


def test_a_move_of_two_options_at_once():
    """Another rule ties two options of down together, so the move that is lost changes both."""
    (fault,) = found(DAM + "rules: [{always: attack iff ask}, {never: release and attack}]")
    assert fault.path == ("rules", 1)
    assert "down cannot change attack to yes and ask to yes where up.release is taken" in str(fault.message)


def test_a_one_way_option_cannot_lose_the_way_it_has_not():
    """Release can go to yes only: the rule takes from up the move to yes, never that to no."""
    rule = "rules: [{always: attack implies release}]\n"
    (fault,) = found(DAM + rule + "status_quo: [release]")
    assert "up cannot change release to no where up.release and down.attack are taken" in str(fault.message)
    (fault,) = found(DAM + rule + "one_way: {up.release: to-yes}\nstatus_quo: [release]")
    assert "up cannot" not in str(fault.message)
    assert "down cannot change attack to yes" in str(fault.message)


def test_a_move_that_is_forbidden_anyway_is_not_lost():
    text = DAM + "rules: [{never: release and attack}]\nforbidden_moves: [{party: down, from: release, to: attack}]"
    (fault,) = found(text)
    assert "down cannot" not in str(fault.message)
    assert "up cannot change release to yes" in str(fault.message)


def test_the_flagship_has_no_doubts_and_the_trap_has():
    text = bestand.dumps(bestand.load(UKRAINE))
    assert found(text) == []
    trap = text.replace("rules:\n", "rules:\n  - never: europe.force and not ceasefire\n", 1)
    faults = found(trap)
    (lost,) = [fault for fault in faults if fault.code == "lost-move"]
    assert lost.path == ("rules", 0)
    assert "russia cannot change stop_fire to no where" in str(lost.message)
    idle = {fault.path[1] for fault in faults if fault.code == "idle-statement"}
    assert "europe" in idle  # `europe.force implies ceasefire` has become a rule


def test_an_outcome_that_says_nothing():
    (fault,) = found(DAM + "outcomes: {both: release and not release, fine: attack}")
    assert (fault.path, fault.code) == (("outcomes", "both"), "idle-outcome")
    assert "true in no feasible state" in str(fault.message)


def test_a_plan_that_says_nothing():
    (fault,) = found(DAM + "plan: attack or not attack")
    assert (fault.path, fault.code) == (("plan",), "idle-plan")
    assert "true in every feasible state" in str(fault.message)


def test_an_outcome_that_a_rule_excludes_is_meant():
    assert not any(
        fault.code == "idle-outcome"
        for fault in found(DAM + "outcomes: {clash: release and attack}\nrules: [{never: clash}]")
    )
