"""What changed from one model to another, told and as data; and what cannot be compared."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bestand
from bestand.questions.compare.differences import _rising, differences
from bestand.testing import models
from tests.command.helpers import DAM, written

WISHES = "priorities: [not down.attack, not up.release, up.threaten]"


def changes(old: str, new: str) -> list[tuple[str, str, str]]:
    step = bestand.compare(bestand.loads(old), bestand.loads(new)).steps[0]
    return [(change.sort, change.how, change.id) for change in step.changes]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("plan: peace", "plan: peace and up.release", [("plan", "changed", "")]),
        ("status_quo: [up.threaten]", "status_quo: []", [("status-quo", "gone", "up.threaten")]),
        (
            WISHES,
            WISHES.replace("not up.release, up.threaten", "up.threaten, not up.release"),
            [("wish", "moved", "up.threaten")],
        ),
        (WISHES, "priorities: [not down.attack, up.threaten]", [("wish", "gone", "not up.release")]),
        (WISHES, "weights: {up.release: 1}", [("preferences", "changed", "up")]),
        ("plan: peace", "plan: peace\nconsent: [down]", [("consent", "new", "down")]),
        ("plan: peace", "plan: peace\nred_lines: {down: up.threaten}", [("red-line", "new", "down")]),
        ("plan: peace", "plan: peace\nno_deal: today", [("no-deal", "new", "")]),
        ("up 3 dropped", "up 2 dropped", [("reading", "changed", "meek")]),
        ("some equilibrium is peace", "no equilibrium is peace", [("claim", "changed", "peace-holds")]),
        ("peace: not up.threaten and", "peace: up.release and", [("outcome", "changed", "peace")]),
        (
            "  - never: up.release and up.threaten",
            "  - never: down.attack",
            [("rule", "gone", "never: up.release and up.threaten"), ("rule", "new", "never: down.attack")],
        ),
        ("says: releases the water", "says: opens the gates", [("option", "changed", "up.release")]),
    ],
)
def test_a_change_is_told_as_what_it_is(old, new, found):
    text = DAM if old != WISHES else DAM.replace("up 3 dropped", "down 1 dropped")
    assert text.count(old) == 1
    assert changes(text, text.replace(old, new)) == found
    assert "changed in the model" in bestand.compare(bestand.loads(text), bestand.loads(text.replace(old, new))).words(
        "en"
    )
    assert bestand.compare(bestand.loads(text), bestand.loads(text.replace(old, new))).words("nl")


def test_an_option_with_another_id_and_the_same_words_is_renamed():
    new = DAM.replace("attack", "strike").replace("strikes the dam", "attacks the dam")
    assert ("option", "renamed", "down.strike") in changes(DAM, new)


def test_the_verdict_and_the_claims_are_told_before_and_now(call, tmp_path):
    old = written(tmp_path, DAM, "old.yaml")
    new = written(tmp_path, DAM.replace("status_quo: [up.threaten]", "status_quo: []"), "new.yaml")
    status, out, err = call("compare", old, new)
    assert (status, err) == (0, "")
    assert "From old.yaml to new.yaml" in out
    assert "Before: No deal." in out
    assert "Now: " in out
    data = json.loads(call("compare", old, new, "--json")[1])
    (step,) = data["steps"]
    assert (step["from"], step["to"], step["shared_options"]) == ("old.yaml", "new.yaml", 3)
    assert step["verdict"] == [model["verdict"]["kind"] for model in data["models"]]
    assert set(step["claims"]) == {"no-war", "peace-holds", "war-comes", "unsaid"}


def test_the_same_twice_and_more_than_two(call, tmp_path):
    path = written(tmp_path)
    status, out, _ = call("compare", path, path, path)
    assert status == 0
    assert out.count("Nothing changed: both models say the same.") == 2


def test_models_without_a_common_option_and_without_a_plan_are_an_answer(call, tmp_path):
    status, out, _ = call("compare", written(tmp_path), "textbook/chicken")
    assert status == 0
    assert "They have no option in common" in out
    assert "There is no verdict: it has no plan." in out


def test_what_cannot_be_compared(call, tmp_path):
    path, wrong = written(tmp_path), written(tmp_path, DAM.replace("plan: peace", "plan: pease"), "wrong.yaml")
    assert call("compare", path)[0] == 2
    assert call("compare", path, str(tmp_path / "nowhere.yaml"))[0] == 2
    for pair in ((path, wrong), (wrong, path)):
        status, _, err = call("compare", *pair)
        assert status == 1
        assert "wrong.yaml" in err


@given(models(max_options=3, max_parties=3), models(max_options=3, max_parties=3))
def test_whatever_the_models_each_differs_from_the_other_as_the_other_does_from_it(one, other):
    assert differences(one, one) == ()
    there, back = differences(one, other), differences(other, one)
    turned = {"new": "gone", "gone": "new"}
    renamed = {("option", "renamed")}
    for some, others in ((there, back), (back, there)):
        for change in some:
            if (change.sort, change.how) not in renamed and change.how in turned:
                assert any(
                    (each.sort, each.how, each.id) == (change.sort, turned[change.how], change.id) for each in others
                )


@given(st.permutations(range(6)))
def test_as_few_as_can_be_have_moved(values):
    staying = _rising(list(values))
    kept = [values[k] for k in sorted(staying)]
    assert kept == sorted(kept)
    longest = max(n for n in range(7) for some in combinations(values, n) if list(some) == sorted(some))
    assert len(staying) == longest
