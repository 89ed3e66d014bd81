"""By which moves things go from today: `what_if` and `levers` against brute force, kind by kind, and told by name."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand import BestandError, CallError, levers, loads, report, what_if
from bestand.answer.setting import Setting
from bestand.engine import flips
from bestand.model.changing import changed
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.questions.what_if import levers as module
from bestand.questions.what_if.answer import Cell, Levers, Reached, WhatIf
from bestand.questions.what_if.moves_words import reached_heading
from bestand.reference import feasible
from bestand.reference.drift import Drift
from bestand.reference.purposeful import Conflict
from bestand.solve import by as kinds
from bestand.solve.by import KINDS
from bestand.testing import changes, formulas, models
from tests.examples import examples
from tests.first_reading import UKRAINE
from tests.questions.what_if.test_what_if import DAM
from tests.solve.helpers import distances, moves_of

SOME = settings(max_examples=examples(80))
FEW = settings(max_examples=examples(60))
NAMED = {
    "improving": "improvements",
    "purposeful": "improvements in which nobody gives anything away",
    "best": "best moves",
    "any": "any legal moves",
}


def led(model: Model, by: str) -> tuple[frozenset[int], set[int]] | None:
    """By brute force: what moves of a kind lead to from today, and where no such move leads on; None without today."""
    conflict = Conflict(model)
    if model.status_quo is None or not conflict.feasible(start := model.mask(model.status_quo)):
        return None
    if by == "drift":
        drift = Drift(conflict, "pseq")
        return drift.reached(start), {state for state in drift.reached(start) if not drift.steps(state)}
    kind = "credible" if by == "improving" else by
    found = conflict.answered(conflict.parties, start, kind) | {start}
    return found, {s for s in found if not any(conflict.steps(party, s, kind) for party in conflict.parties)}


def cell(model: Model, by: str, formula: Formula) -> Cell | None:
    """How many of these resting places satisfy a formula."""
    found = led(model, by)
    return None if found is None else Cell(sum(Conflict(model).holds(formula, s) for s in found[1]), len(found[1]))


@st.composite
def worlds(draw: st.DrawFn) -> Model:
    """Models of several parties that mostly tell states apart, most of them with a state to start from."""
    ties = draw(st.sampled_from([False, False, True]))
    model = draw(models(min_parties=2, max_parties=3, min_options=3, max_options=5, ties=ties, prose=False))
    if model.status_quo is not None or draw(st.sampled_from([False, False, False, True])):
        return model
    today = draw(st.sampled_from(feasible(model)))
    return model.replace(status_quo=frozenset(o.id for o in model.options if today >> model.bit[o.id] & 1))


def asked(data: st.DataObject, model: Model) -> tuple[Formula, str | None]:
    """A formula, and a kind of moves or none: by drift then."""
    formula = data.draw(formulas([option.id for option in model.options], list(model.outcome), max_leaves=3))
    return formula, data.draw(st.sampled_from([None, *KINDS]))


@SOME
@given(worlds(), st.data())
def test_what_is_reached_before_and_after_a_change(model, data):
    formula, by = asked(data, model)
    made = data.draw(changes(model, model.reading))
    try:
        found = what_if(model, made, where=formula, by=by, concepts=["nash", "seq"])
    except CallError:
        return
    assert (found.by, found.instead) == (by or "drift", None)
    sides = [led(each, found.by) for each in (model, found.after)]
    if None in sides:
        assert found.drift is None
    else:
        assert_reached(found.drift.before, model, formula, sides[0])
        assert_reached(found.drift.after, found.after, formula, sides[1])
        assert found.drift.common == len(sides[0][1] & sides[1][1])
    for each in found.differences:
        for turnover, of in ((each.gone, model), (each.new, found.after)):
            away = moves_away(of, found.by)
            assert dict(zip(turnover.states.tolist(), turnover.moves.tolist(), strict=True)) == {
                mask: away.get(mask, -1) for mask in turnover.states.tolist()
            }
            flags = {pattern.reached for pattern in turnover.patterns}
            assert flags == {mask in away for mask in turnover.states.tolist()}


def assert_reached(reached: Reached, model: Model, formula: Formula, by_brute_force) -> None:
    states, resting = by_brute_force
    assert reached.states == len(states)
    assert reached.resting.tolist() == sorted(resting)
    assert reached.satisfying == sum(Conflict(model).holds(formula, state) for state in resting)


def moves_away(model: Model, by: str) -> dict[int, int]:
    """The fewest moves from today to each state that they lead to; to none where there is no today."""
    masks = feasible(model)
    if model.status_quo is None or (start := model.mask(model.status_quo)) not in masks:
        return {}
    steps = moves_of(model, by)
    found = distances(steps, masks.index(start), set(range(len(steps))), wait=by != "drift")
    return {masks[state]: moves for state, moves in found.items()}


@FEW
@given(worlds(), st.data())
def test_what_is_reached_with_every_lever(model, data):
    formula, by = asked(data, model)
    setting = Setting(model, data.draw(st.sampled_from([(), *((name,) for name in model.reading)])))
    try:
        found = module.levers(setting, formula, ["nash"], by=by)
    except BestandError:
        return
    assert (found.by, found.instead) == (by or "drift", None)
    assert found.base.resting == cell(setting.under, found.by, formula)
    for tried in found.tried:
        assert tried.resting == cell(changed(model, (*setting.changes, *tried.changes)), found.by, formula)
    assert all(found.weight(one) >= found.weight(other) for one, other in pairwise(found.tried))


@pytest.mark.parametrize("by", KINDS)
def test_the_flagship_by_every_kind_of_moves(by):
    """No kind leads to a ceasefire today, and every one does once the provinces are handed over."""
    found = levers(UKRAINE, concepts=["nash"], by=by)
    assert found.by == by
    if by == "any":
        assert found.base.resting == Cell(0, 0)
        return
    assert not found.base.resting.some
    ceded = next(each for each in found.tried if each.changes[0].option == "ukraine.cede")
    assert ceded.resting.some
    assert found.tried[0].verdict != found.base.verdict


def told(answer: WhatIf | Levers, lang: str = "en") -> str:
    return " ".join(answer.words(lang).split())


def test_drift_leads_and_is_named():
    found = what_if(DAM_MODEL, "up 3 dropped")
    assert "Where each party does on purpose what pays once it reckons with the answers, things drift from it to" in (
        told(found)
    )
    assert found.data()["by"] == "drift"
    assert found.data()["concept"] == "pseq"
    assert found.data()["why_not_drift"] is None
    assert "drijft het vandaar naar" in told(found, "nl")
    pulled = levers(DAM_MODEL)
    assert "drifts there" in told(pulled)
    assert "of the resting places to which things drift from the status quo: each party does on purpose" in told(pulled)
    assert (pulled.data()["by"], pulled.data()["concept"]) == ("drift", "pseq")
    assert "drijft erheen" in told(pulled, "nl")


DAM_MODEL = loads(DAM)


@pytest.mark.parametrize("by", NAMED)
def test_another_kind_is_named(by):
    found = what_if(DAM_MODEL, "up 3 dropped", by=by)
    name = NAMED[by]
    assert f"{name[0].upper()}{name[1:]} lead from it to" in told(found)
    assert "drift" not in told(found)
    assert (found.data()["by"], found.data()["concept"]) == (by, None)
    pulled = levers(DAM_MODEL, by=by)
    assert reached_heading(by) in told(pulled)
    assert f"of the resting places that {name} lead to from the status quo" in told(pulled)
    assert (pulled.data()["by"], pulled.data()["concept"]) == (by, None)


def test_without_a_formula_improvements_are_followed():
    model = loads(DAM.replace("plan: not threaten and not attack\n", ""))
    found = what_if(model, "up 3 dropped")
    assert (found.by, found.instead) == ("improving", None)
    assert "Improvements lead from it to" in told(found)
    assert what_if(model, "up 3 dropped", by="drift").by == "drift"
    assert what_if(model, "up 3 dropped", where="attack").by == "drift"


def test_where_drift_cannot_be_followed_improvements_are_and_the_answer_says_so(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_OWN", 1)
    model = DAM_MODEL
    why = "up has 2 options, in too many combinations"
    found = what_if(model, "up 3 dropped", concepts=["nash"])
    assert (found.by, str(found.instead)) == ("improving", why)
    assert f"(drift) is not followed: {why}. Improvements lead from it to" in told(found)
    assert "is niet gevolgd: up heeft 2 opties" in told(found, "nl")
    assert found.data()["why_not_drift"] == why
    pulled = levers(model, concepts=["nash"])
    assert (pulled.by, str(pulled.instead)) == ("improving", why)
    assert f"(drift) is not followed: {why}." in told(pulled)
    assert pulled.data()["why_not_drift"] == why
    with pytest.raises(CallError, match=f"nobody can be followed by drift: {why}"):
        what_if(model, "up 3 dropped", by="drift")
    with pytest.raises(CallError, match=f"nobody can be followed by drift: {why}"):
        levers(model, by="drift")


def test_where_drift_takes_more_than_anybody_goes_through(monkeypatch):
    model = loads(DAM.replace("status_quo: [threaten]", "status_quo: [attack]"))
    followed = what_if(model, "up 3 dropped", concepts=["nash"], by="improving").drift
    monkeypatch.setattr(flips, "MAX_FLIPS", 0)
    found = what_if(model, "up 3 dropped", concepts=["nash"])
    assert found.by == "improving"
    assert "(drift) is not followed: " in told(found)
    assert "sets of options to flip; at most 0 are looked at" in told(found)
    assert (found.drift.before.states, found.drift.after.states) == (followed.before.states, followed.after.states)


def test_by_on_the_command_line(call, tmp_path: Path):
    dam = tmp_path / "dam.yaml"
    dam.write_text(DAM)
    for command in (["what-if", str(dam), "up 3 dropped"], ["levers", str(dam)], ["what-if", str(dam), "--levers"]):
        for by, kind in (("improvements", "improving"), ("best-moves", "best"), ("drift", "drift")):
            status, out, _ = call(*command, "--by", by, "--json")
            assert (status, json.loads(out)["by"]) == (0, kind)
        status, _, err = call(*command, "--by", "drfit")
        assert status == 2
        assert "nobody moves by 'drfit'; did you mean 'drift'?" in err


def test_the_report_names_the_moves_that_it_means():
    """Its levers drift, and the claims that speak of what is reached are asked by improvements."""
    words = " ".join(report(UKRAINE, samples=20).words("en").split())
    assert "of the resting places to which things drift from the status quo" in words
    assert "“reached”, without more, is what improvements lead to from the status quo" in words
    assert "improvements lead there from the status quo" in words
    assert "reached from the status quo" not in words
