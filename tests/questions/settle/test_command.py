"""`bestand settle`: what it prints, and what it does with wrong calls and limits."""

import json
import sys
from importlib import resources
from importlib.util import find_spec

import pytest

import bestand as library
from tests.command.helpers import bestand, written
from tests.first_reading import UKRAINE

SYRIA = "journals/gdn/hipel2014/syria-iraq-1975"
STARTER = (resources.files("bestand.command") / "starter.yaml").read_text("utf-8")
RANKED = pytest.mark.skipif(find_spec("pysat") is None, reason='needs the extra "settle"')


@pytest.fixture
def dam(tmp_path):
    """The path of the model that `bestand new` writes."""
    return written(tmp_path, STARTER)


def test_an_answer_says_what_it_rests_on_and_how_to_see_for_oneself(call, dam):
    status, out, err = call("settle", dam, "deal", "--concepts", "nash", "--kinds", "wishes", "--list", "1")
    assert (status, err) == (0, "")
    words = " ".join(out.split())
    assert "What would it take? Wanted: “water for money” [deal]." in words
    assert "will do" in words
    assert "1. The upstream state does without its wish “The upstream state keeps the water” (up 3)." in words
    assert "This is then an equilibrium under Nash stability: " in words
    assert f'Try it: bestand what-if {dam} "' in words


def test_what_if_repeats_an_answer(call, dam):
    document = json.loads(call("settle", dam, "deal", "--concepts", "nash", "--json")[1])
    answers = [each for kind in ("wishes", "moves") for each in document["kinds"][kind]["settlements"]]
    assert {tuple(each["concepts"]) for each in answers} == {("nash",)}
    for answer in answers[:3]:
        status, out, _ = call("what-if", dam, ", ".join(answer["changes"]), "--concepts", "nash")
        assert status == 0
        assert "deal" in out


def test_a_target_that_is_stable(call, dam):
    status, out, _ = call("settle", dam, "deal", "--concepts", "gmr")
    assert status == 0
    assert "Nothing has to change under general metarationality" in out
    assert "If they" not in out


def test_the_plan_is_the_formula_unless_told(call, dam):
    told = call("settle", dam, "--kinds", "moves")
    assert told == call("settle", dam, "deal", "--kinds", "moves")
    assert "[deal]." in told[1]


@pytest.mark.parametrize(
    "arguments",
    [["-", "deal", "--concepts", "nash"], ["--concepts", "nash", "deal", "-"], ["-", "--concepts", "nash", "deal"]],
)
def test_a_dash_is_standard_input(call, dam, arguments):
    told = call("settle", dam, "deal", "--concepts", "nash")[1]
    status, out, err = call("settle", *arguments, stdin=STARTER)
    assert (status, err) == (0, "")
    assert " ".join(out.split()).replace("what-if - ", f"what-if {dam} ") == " ".join(told.split())


@RANKED
def test_the_document(call):
    status, out, err = call("settle", SYRIA, "Syria.release_water and not Iraq.attack", "--json")
    document = json.loads(out)
    assert (status, err, document["stopped"]) == (0, "", None)
    assert document["bestand"] == library.__version__
    assert document["formula"] == "Syria.release_water and not Iraq.attack"
    assert document["feasible"] == 1
    assert document["concepts"] == ["nash", "gmr", "smr", "seq", "sseq"]
    assert list(document["kinds"]) == ["offers", "wishes", "rankings", "moves"]
    rankings = document["kinds"]["rankings"]
    assert rankings["smallest"] == {"nash": 3, "gmr": 1, "smr": 1, "seq": 1, "sseq": 1}
    assert rankings["searched"]["nash"] == "all"
    first = rankings["settlements"][0]
    assert first["size"] == 1
    assert first["rankings"] == [
        {
            "party": "Syria",
            "ranking": [["000"], ["010"], ["100"], ["011"], ["001"], ["101"]],
            "now_above": [{"upper": "100", "lower": "011"}],
        }
    ]
    assert first["example"]["bits"] == "100"
    assert first["equilibria"]["gmr"] == {"wanted": 1, "all": 3}
    moves = document["kinds"]["moves"]
    assert ["Syria.release_water one-way to yes"] in [each["changes"] for each in moves["settlements"]]
    assert document["kinds"]["wishes"]["absent"]


@RANKED
def test_swaps_in_words(call):
    _, out, _ = call("settle", SYRIA, "Syria.release_water and not Iraq.attack", "--kinds", "rankings")
    words = " ".join(out.split())
    most = "general metarationality, symmetric metarationality, sequential stability and symmetric sequential stability"
    assert f"Under {most}, 1 swap of two states will do." in words
    assert "Under Nash stability, 3 swaps of two states will do. Nothing less does." in words
    assert f"1. Syria ranks state 2 above state 6. This is then an equilibrium under {most}: state 2." in words
    assert "The whole ranking of Syria is then 1 > 3 > 2 > 6 > 4 > 5." in words


def test_counts(call):
    status, out, err = call("settle", SYRIA, "--count", "--state", "2", "--party", "syria")
    assert (status, err) == (0, "")
    rows = [line.split()[:2] for line in out.splitlines()[-5:]]
    assert rows == [["nash", "240"], ["gmr", "384"], ["smr", "300"], ["seq", "384"], ["sseq", "300"]]
    status, out, _ = call("settle", SYRIA, "--count", "--state", "2", "--party", "Syria", "--json", "--concept", "nash")
    document = json.loads(out)
    assert document["rankings"] == {"nash": {"found": 240, "of": 720, "unstable_for": []}}
    assert document["state"]["bits"] == "100"
    _, out, _ = call("settle", SYRIA, "--count", "--state", "1", "--party", "Syria", "--concept", "nash")
    assert "Iraq would leave it whatever the ranking" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["deal and not deal"], "no feasible state satisfies 'deal and not deal'"),
        (["dael"], "did you mean 'deal'?"),
        (["deal", "--party", "upp"], "there is no party 'upp'; did you mean 'up'?"),
        (["deal", "--concepts", "nush"], "did you mean 'nash'?"),
        (["deal", "--kinds", "wish"], "did you mean 'wishes'?"),
        (["deal", "--depth", "0"], "a depth of 0: give 1 or more"),
        (["deal", "--list", "0"], "a list of 0: give 1 or more"),
        (["deal", "--state", "none"], "--state goes with --count"),
        (["--count", "--state", "none"], "--count needs one --state and one --party"),
        (["deal", "--count", "--state", "none", "--party", "up"], "there is no place for 'deal' in this call"),
        (["--count", "--state", "nine", "--party", "up"], "nine"),
        (["deal", "--reading", "x"], "there is no reading 'x'"),
    ],
)
def test_wrong_calls(call, dam, arguments, message):
    status, out, err = call("settle", dam, *arguments)
    assert (status, out) == (2, "")
    assert message in err


def test_too_many_states_to_count(call):
    status, out, err = call("settle", UKRAINE, "--count", "--state", "status-quo", "--party", "usa")
    assert (status, out) == (3, "")
    assert "rankings of up to 1,000 are counted" in err


def test_a_limit_leaves_what_was_found(call):
    arguments = [UKRAINE, "ceasefire and not ukraine.cede", "--concepts", "seq"]
    status, out, err = call("settle", *arguments, "--seconds", "0.00001", "--json")
    assert status == 3
    assert "stopped after" in json.loads(out)["stopped"]
    assert "stopped after" in err
    status, out, err = call("settle", *arguments, "--seconds", "2")
    assert status == 3
    assert "This part is not finished: stopped after 2 seconds" in " ".join(out.split())
    assert "this is a part of the answer" in err


def test_without_python_sat_the_rest_is_answered(call, monkeypatch):
    monkeypatch.setitem(sys.modules, "pysat.examples.rc2", None)
    question = [SYRIA, "Syria.release_water and not Iraq.attack"]
    status, out, err = call("settle", *question, "--kinds", "rankings")
    assert (status, out) == (2, "")
    assert 'pip install "bestand[settle]"' in err
    status, out, err = call("settle", *question)
    assert (status, err) == (0, "")
    assert 'pip install "bestand[settle]"' in " ".join(out.split())
    assert "“Syria lets more water through to Iraq”: this can begin, but not end." in " ".join(out.split())


def test_as_a_process(tmp_path):
    path = written(tmp_path, STARTER)
    status, out, err = bestand("settle", path, "deal", "--kinds", "offers")
    assert (status, err) == (0, "")
    assert "[deal]." in out


def test_answers_of_more_swaps_than_the_fewest_say_why_they_are_there(call):
    status, out, _ = call("settle", "journals/gdn/hipel2014/syria-iraq-1975", "Syria.release_water")
    told = " ".join(out.split())
    assert status == 0
    assert "Some below take more swaps than the fewest: other ways" in told
    assert "“Syria lets more water through to Iraq” is held" not in told  # which the formula says itself
    assert " is held at no." in told


def test_nothing_holds_yet_is_said_of_every_concept(call):
    question = ["books/fang1993/elmira", "UR.accept and not MoE.modify", "--kinds", "moves"]
    _, out, _ = call("settle", *question, "--concepts", "nash,gmr,smr,seq,sseq")
    assert "none of them is an equilibrium under any concept asked." in " ".join(out.split())
    question = [SYRIA, "Syria.release_water and not Iraq.attack", "--kinds", "moves", "--concepts", "seq"]
    _, out, _ = call("settle", *question)
    assert "As the model stands, it is no equilibrium under sequential stability." in " ".join(out.split())
