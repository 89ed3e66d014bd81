"""`bestand what-if` and `bestand claims --why`: what they print, and what they refuse."""

from __future__ import annotations

import json

import pytest

from bestand.plan.ruling_values import KINDS
from tests.command.helpers import DAM, bestand
from tests.first_reading import UKRAINE


def test_a_change_in_words_and_as_data(call, dam):
    status, out, err = call("what-if", dam, "without attack", "up 3 dropped", "--concepts", "nash,seq")
    assert (status, err) == (0, "")
    assert "What if [down.attack held at no, up 3 dropped]?" in out
    told = " ".join(out.split())
    assert "“Downstream state attacks the dam” is held at no. Upstream state does without its wish" in told
    assert "Equilibria\n" in out
    assert "The status quo\n" in out
    status, out, _ = call("what-if", dam, "without attack, up 3 dropped", "--json")
    document = json.loads(out)
    assert status == 0
    assert document["changes"] == ["down.attack held at no", "up 3 dropped"]
    assert list(document["concepts"]) == ["nash", "gmr", "smr", "seq", "sseq"]
    for found in document["concepts"].values():
        assert found["common"] + found["gone"]["count"] == found["before"]["equilibria"]
        assert found["common"] + found["new"]["count"] == found["after"]["equilibria"]
    assert document["feasible"] == {"before": 6, "after": 3}


def test_a_model_from_standard_input(call, dam):
    told = call("what-if", dam, "without attack", "up 3 dropped", "--concepts", "nash")[1]
    for arguments in (["-", "without attack", "up 3 dropped", "--concepts", "nash"],
                      ["--concepts", "nash", "-", "without attack", "up 3 dropped"]):  # fmt: skip
        assert call("what-if", *arguments, stdin=DAM)[1] == told
    assert call("what-if", "-", "--levers", stdin=DAM)[1] == call("what-if", dam, "--levers")[1]


def test_the_formula_is_the_plan_or_what_is_asked(call, dam):
    assert "is there an equilibrium with “peace”?" in call("what-if", dam, "up held")[1]
    asked = call("what-if", dam, "up held", "--where", "attack or release")[1]
    assert "down.attack or up.release before" in asked


def test_list_says_how_many_are_named(call, dam):
    none = call("what-if", dam, "without attack", "--list", "0")[1]
    assert "Which ones" not in none
    assert "gone: " in call("what-if", dam, "without attack", "--list", "9")[1]


def test_levers_in_words_and_as_data(call, dam):
    status, out, err = call("what-if", dam, "--levers", "--list", "2")
    assert (status, err) == (0, "")
    assert "Which lever changes the verdict on “peace”?" in out
    assert "(the model as it is)" in out
    status, out, _ = call("what-if", dam, "--levers", "--json", "--where", "attack")
    document = json.loads(out)
    assert document["formula"] == "down.attack"
    assert document["tried"] == len(document["levers"])
    assert document["of"] == document["tried"] + len(document["not_tried"])
    assert {"barred"} <= {lever["changes"][0].split()[-1] for lever in document["not_tried"]}
    turning = [(lever["turns_verdict"], len(lever["turns"]) + lever["turns_reached"]) for lever in document["levers"]]
    assert [first for first, _ in turning] == sorted((first for first, _ in turning), reverse=True)
    same = [more for first, more in turning if not first]
    assert same == sorted(same, reverse=True)
    assert document["base"]["verdict"] in KINDS
    assert len(json.loads(call("what-if", dam, "--levers", "--json", "--list", "3")[1])["levers"]) == 3


@pytest.mark.parametrize(
    ("change", "told", "after"),
    [
        ("never attack", "It is then true in no state at all.", 0),
        ("always attack", "It is then true in every state.", None),
        ("up 1 dropped", None, True),
    ],
)
def test_a_change_after_which_the_words_alone_answer_the_question(call, dam, change, told, after):
    status, out, _ = call("what-if", dam, change, "--where", "attack")
    assert status == 0
    assert ("then true" in out) == (told is not None)
    assert (told or "") in " ".join(out.split())
    document = json.loads(call("what-if", dam, change, "--where", "attack", "--json")[1])
    assert 0 < document["formula_states"]["before"] < document["feasible"]["before"]
    if after is None:
        assert document["formula_states"]["after"] == document["feasible"]["after"]
    elif after == 0:
        assert document["formula_states"]["after"] == 0


def test_readings_are_applied_first(call, dam):
    out = call("what-if", dam, "without attack", "--reading", "meek")[1]
    assert "With the reading meek" in out
    assert "With the reading meek" in call("what-if", dam, "--levers", "--reading", "meek")[1]
    assert "With the reading meek" in call("claims", dam, "--why", "--reading", "meek")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "what if what?"),
        ([""], "An empty text is no change; give one, such as 'usa 2 dropped'"),
        (["up held", " "], "An empty text is no change"),
        (
            ["--levers", "--where", "attack and not attack"],
            "no feasible state satisfies 'down.attack and not down.attack'",
        ),
        (["without tacks"], "there is no option or party 'tacks'; did you mean 'attack'?"),
        (["up 4 dropped"], "'up 4 dropped': up has statements 1 to 3"),
        (["never true"], "'never true': no state is left that the rules allow"),
        (["rule 2 dropped"], "'rule 2 dropped': the file has rules 1 to 1"),
        (["reading meak"], "there is no reading 'meak'; did you mean 'meek'?"),
        (["up held", "--levers"], "--levers tries every single change by itself"),
        (["up held", "--list", "-1"], "--list -1: give 0 or more"),
        (["up held", "--where", "peas"], "there is no option or outcome 'peas'; did you mean 'peace'?"),
        (["up held", "--concepts", "nashh"], "there is no concept 'nashh'"),
        (["up held", "--reading", "barred"], "leave no state feasible"),
        (["--levers", "--reading", "barred"], "leave no state feasible"),
    ],
)
def test_what_cannot_be_asked_of_what_if(call, dam, arguments, words):
    status, out, err = call("what-if", dam, *arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_claims_and_why_in_words_and_as_data(call, dam):
    status, out, err = call("claims", dam, "--why", "--depth", "2", "--workers", "1")
    assert (status, err) == (0, "")
    assert "single changes and all" in out
    assert "no-war: " in out
    status, out, _ = call("claims", dam, "--why", "--depth", "2", "--workers", "1", "--json")
    document = json.loads(out)
    assert status == 0
    assert document["depth"] == 2
    assert [each["changes"] for each in document["looked"]] == [1, 2]
    assert all(each["variants"] == each["of"] for each in document["looked"])
    assert [claim["id"] for claim in document["claims"]] == ["no-war", "peace-holds", "war-comes", "unsaid"]
    for claim in document["claims"]:
        for flip in claim["flips"]:
            assert flip["verdict"] != claim["verdict"]
            assert 1 <= len(flip["steps"]) <= 2


def test_one_claim_on_one_line(call, dam):
    out = call("claims", dam, "--why", "--brief", "--claim", "no-war")[1]
    first, second = out.splitlines()[:2]
    assert first.startswith("no-war: ")
    assert "; turned by " in first
    assert second.startswith("Looked at all ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--depth", "2"], "--depth goes with --why: add it, or ask bestand why"),
        (["--workers", "2"], "--workers goes with --why"),
        (["--why", "--depth", "0"], "--depth 0: give 1 or more"),
        (["--why", "--workers", "0"], "0 workers: give 1 or more"),
        (["--why", "--claim", "no-wra"], "there is no claim 'no-wra'; did you mean 'no-war'?"),
        (["--why", "--reading", "barred"], "leave no state feasible"),
    ],
)
def test_what_cannot_be_asked_of_why(call, dam, arguments, words):
    status, out, err = call("claims", dam, *arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_a_limit_on_time_gives_what_there_is():
    for seconds in (3, 6, 12, 24):  # how long it takes before anything is looked at depends on the machine
        limit = ("--seconds", str(seconds))
        status, out, err = bestand("claims", UKRAINE, "--why", "--depth", "3", "--workers", "1", *limit, "--json")
        document = json.loads(out)
        assert status == 3
        assert document["stopped"].startswith(f"stopped after {seconds} seconds")
        assert f"stopped after {seconds} seconds" in err
        if document["looked"]:
            break
    assert document["looked"][-1]["variants"] < document["looked"][-1]["of"]
    for seconds in (0.5, 1, 1.5, 2.5, 4, 6, 9, 13, 20):
        status, out, err = bestand("what-if", UKRAINE, "--levers", "--seconds", str(seconds))
        assert status == 3, "it was finished before any of it was told"
        if out:
            break
    assert " of 153 levers" in out
    assert f"stopped after {seconds} second" in err
