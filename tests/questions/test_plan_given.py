"""One of several plans by its id, wherever a plan is asked about."""

from __future__ import annotations

from typing import Any

import pytest

import bestand
from bestand.model.errors import CallError

DAM = bestand.loads("""\
bestand: 1
title: Dam
parties:
  up: {options: {release: {}, threaten: {}}}
  down: {options: {attack: {}, pay: {}}}
outcomes: {calm: not attack and not threaten}
plans: {water: {holds: release and pay, says: water for money}, quiet: calm, war: attack and threaten}
status_quo: [threaten]
preferences:
  up: {priorities: [not attack, pay, not release]}
  down: {priorities: [release, not threaten, not attack, not pay]}
open: {pay: {answers: {poor: {}, proud: {change: down 4 before down 1}}}}
claims: [{id: quiet-deal, check: the verdict is deal}]
""")
ASKED: dict[str, dict[str, Any]] = {
    "analyse": {},
    "claims": {},
    "deals": {},
    "evolve": {},
    "explain": {"reason": "all"},
    "levers": {},
    "order": {},
    "settle": {"kinds": ["offers"]},
    "vary": {"workers": 1},
    "what_if": {"changes": "down.attack held at no"},
    "why": {},
}


@pytest.mark.parametrize("name", ASKED)
def test_an_id_is_the_plan_of_that_id(name: str):
    ask, given = getattr(bestand, name), ASKED[name]
    plan = "war" if name in ("claims", "why") else "quiet"  # of which the verdict is another one, too
    formula = DAM.plan_named[plan].formula
    found = ask(DAM, plan=plan, **given).data()
    assert found == ask(DAM.replace(plan=formula), **given).data() == ask(DAM, plan=formula, **given).data()
    if name != "evolve":  # which shows the plan in its picture only
        assert found != ask(DAM, **given).data()


def test_the_first_is_meant_unless_told():
    assert bestand.deals(DAM) == bestand.deals(DAM, plan="water") == bestand.deals(DAM, "water")


@pytest.mark.parametrize("given", [{"formula": "quite"}, {"plan": "quite"}])
def test_a_name_of_none(given: dict[str, str]):
    with pytest.raises(CallError, match=r"there is no plan 'quite'.*did you mean 'quiet'"):
        bestand.deals(DAM, **given)


def test_given_twice():
    for ask in (bestand.deals, bestand.settle):
        with pytest.raises(CallError, match="given twice"):
            ask(DAM, "water", plan="quiet")


def test_it_is_told_by_what_the_file_says_and_its_id():
    assert "“water for money” [water]" in bestand.deals(DAM).words()
    assert "[quiet]" in bestand.analyse(DAM, plan="quiet").words()


def test_commands_that_are_told_name_it():
    assert "--plan quiet" in bestand.analyse(DAM, plan="quiet").words()
    assert "--plan" not in bestand.analyse(DAM).words()


def test_what_changed():
    other = bestand.loads(bestand.dumps(DAM).replace("quiet: calm", "quiet: not attack\n  hot: attack"))
    told = bestand.compare(DAM, other).words()
    assert "There is a plan hot now" in told
    assert "The plan quiet was" in told
    assert "There is no plan hot any more" in bestand.compare(other, DAM).words()
