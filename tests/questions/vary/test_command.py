"""``bestand vary``: what it prints, its data, and what it says of a wrong call."""

import json
import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from bestand import load, vary
from tests.command.helpers import DAM, bestand
from tests.questions.vary.helpers import OPEN


@pytest.fixture
def dam(tmp_path):
    (tmp_path / "open.yaml").write_text(OPEN, "utf-8")
    (tmp_path / "dam.yaml").write_text(DAM, "utf-8")
    return tmp_path


def data(*arguments, folder):
    status, out, err = bestand("vary", *arguments, "--json", folder=folder)
    assert status == 0, err
    return json.loads(out)


def test_every_combination_is_told(dam):
    status, out, err = bestand("vary", "open.yaml", folder=dam)
    assert (status, err) == (0, "")
    out = " ".join(out.split())
    assert "The answers to 4 open questions are put together in every combination." in out
    assert "That makes 36 combinations, all of which are looked at." in out
    assert "Which of these readings is right, if any: proud and meek. The reading poor. The order of the wishes" in out
    assert "(up 3) and" in out
    assert "(up 4) of up. The place of the wish" in out
    assert "(down 3) of down." in out
    assert "The verdict on the plan: “deal”" in out
    assert "of 36 combinations: " in out
    assert "The plan in equilibria: “deal”" in out
    assert "True in some equilibrium" not in out  # the only outcome is the plan
    assert "calm What moves it most: " in out


def test_a_sample_tells_its_bounds_and_its_seed(dam):
    status, out, _ = bestand("vary", "open.yaml", "--samples", "300", "--seed", "7", "--no-claims", folder=dam)
    assert status == 0
    told = "That makes 36 combinations. 300 are drawn at random (seed 7) and looked at."
    assert told in " ".join(out.split())
    assert "the share lies between them, 19 times in 20" in " ".join(out.split())
    assert "Claims" not in out


def test_the_data_is_one_document_and_does_not_depend_on_workers(dam):
    one = data("open.yaml", "--samples", "700", "--workers", "1", folder=dam)
    two = data("open.yaml", "--samples", "700", "--workers", "2", folder=dam)
    assert one == two
    assert one["possible"] == 36
    assert one["kind"] == "sample"
    assert one["looked_at"] == one["of"] == 700
    share = one["formulas"][0]["concepts"]["seq"]
    assert share["interval"][0] <= share["share"] <= share["interval"][1]
    assert {claim["id"] for claim in one["claims"]} == {"deal-holds", "calm", "ranked"}


def test_all_orders(dam):
    found = data("open.yaml", "--shuffle", "--claim", "calm", "--concepts", "nash", folder=dam)
    assert (found["possible"], found["kind"], found["without_states"]) == (576, "all", 0)
    assert [question["question"] for question in found["questions"]] == [
        "the order of what up wants",
        "the order of what down wants",
    ]


def test_readings_that_leave_no_state_are_counted_and_told(dam):
    status, out, _ = bestand("vary", "dam.yaml", folder=dam)
    assert status == 0
    assert "4 combinations leave no state, and count nowhere." in out
    found = data("dam.yaml", folder=dam)
    assert (found["looked_at"], found["without_states"]) == (8, 4)
    assert found["formulas"][0]["concepts"]["gmr"]["of"] == 4


def test_another_formula_and_another_analyst(dam):
    (dam / "hawk.yaml").write_text(OPEN.replace("[up.release, not up", "[not up.release, not up"), "utf-8")
    found = data("open.yaml", "--with", "hawk.yaml", "--where", "attack", "--where", "deal", folder=dam)
    assert [formula["formula"] for formula in found["formulas"]] == ["down.attack", "deal"]
    assert any("what down wants" in question["question"] for question in found["questions"])
    assert found["with"] == ["hawk"]


def test_flags_are_called_as_parameters_are_and_as_they_were(dam):
    (dam / "hawk.yaml").write_text(OPEN.replace("[up.release, not up", "[not up.release, not up"), "utf-8")
    (dam / "dove.yaml").write_text(OPEN.replace("[not down.attack, down.pay", "[down.pay, not down.attack"), "utf-8")
    short = (
        "--with",
        "hawk.yaml",
        "dove.yaml",
        "--where",
        "attack",
        "--no-claims",
        "--samples",
        "40",
        "--compare",
        "4",
    )
    new = (
        "--others",
        "hawk.yaml",
        "--others",
        "dove.yaml",
        "--formulas",
        "attack",
        "--samples",
        "40",
        "--compared",
        "4",
    )
    old, now = data("open.yaml", *short, folder=dam), data("open.yaml", *new, "--claims", "calm", folder=dam)
    assert old["with"] == now["with"] == ["hawk", "dove"]
    assert (old["compared"], old["formulas"]) == (4, now["formulas"])
    assert ([each["id"] for each in old["claims"]], [each["id"] for each in now["claims"]]) == ([], ["calm"])


def test_a_document_says_the_call_that_makes_it_again(dam):
    call = (
        "--no-claims",
        "--where",
        "attack",
        "--where",
        "deal",
        "--concepts",
        "nash,seq",
        "--out",
        "kept",
        "-o",
        "o.md",
    )
    status, _, err = bestand("vary", "open.yaml", *call, folder=dam)
    assert (status, err) == (0, "bestand: written: o.md\n")
    again = "bestand vary open.yaml --concepts nash,seq --formulas attack --formulas deal --no-claims -o o.md"
    assert again in (dam / "o.md").read_text("utf-8")


def test_python_and_the_command_line_say_the_same(dam):
    model = load(dam / "open.yaml")
    answer = vary(model, robust="top", swaps=1, claims=[], formulas="attack", list=2, workers=1)
    flags = ("--robust", "top", "--swaps", "1", "--no-claims", "--where", "attack", "--list", "2")
    assert json.loads(json.dumps(answer.data())) == data("open.yaml", *flags, folder=dam)


def test_swaps_that_break(dam):
    status, out, _ = bestand("vary", "open.yaml", "--no-claims", "--robust", "top", "--swaps", "2", folder=dam)
    assert status == 0
    assert "How many swaps of neighbouring wishes break it" in out
    found = data("open.yaml", "--robust", "top", "--swaps", "1", "--no-claims", folder=dam)
    assert found["robust"]["orders"] == 7
    assert found["robust"]["depth"] == 1


def test_what_was_finished_by_the_limit_is_told_and_kept(dam):
    call = ("open.yaml", "--samples", "900000", "--compare", "0", "--no-claims", "--concepts", "nash", "--out", "kept")
    status, out, err = bestand("vary", *call, "--seconds", "8", "--workers", "1", folder=dam)
    assert status == 3
    assert "these are the numbers so far" in " ".join(out.split())
    assert "combinations are looked at; go on with the same call (--out kept)" in err
    assert (dam / "kept").exists()
    status, _, err = bestand("vary", *call[:1], "--out", "kept", folder=dam)
    assert status == 2
    assert "kept holds the results of " in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--samples", "0"], "0 samples: give 1 or more"),
        (["--list", "-1"], "--list -1: give 0 or more"),
        (["--where", "atack"], "did you mean"),
        (["--shuffle", "--with", "open.yaml"], "it does not go with other files"),
        (["--with", "dam.yaml"], "dam has other options than the model: only one of them has down.pay"),
        (["--robust", "up.fly"], "there is no option 'up.fly'"),
        (["--dask", "tcp://127.0.0.1:9"], "no Dask scheduler answers at tcp://127.0.0.1:9"),
    ],
)
def test_wrong_calls(dam, arguments, message):
    if "--dask" in arguments:
        pytest.importorskip("distributed", reason='needs the extra "dask"')
    status, out, err = bestand("vary", "open.yaml", *arguments, folder=dam)
    assert status == 2
    assert message in err
    assert out == ""


def test_nothing_open_is_said(dam):
    text = "{bestand: 1, title: T, parties: {a: {options: {x: }}}, preferences: {a: {priorities: [x]}}}"
    (dam / "bare.yaml").write_text(text, "utf-8")
    status, _, err = bestand("vary", "bare.yaml", folder=dam)
    assert status == 2
    assert "nothing is open in this model" in err


@pytest.mark.parametrize("flag", ["--samples", "--seed", "--compare", "--workers", "--swaps", "--list"])
def test_numbers_are_whole(dam, flag):
    status, out, err = bestand("vary", "open.yaml", flag, "1.5", folder=dam)
    assert (status, out) == (2, "")
    assert "'1.5' is no whole number" in err


def test_samples_have_an_upper_limit(dam):
    status, _, err = bestand("vary", "open.yaml", "--samples", "1000000000", folder=dam)
    assert status == 2
    assert "1,000,000,000 samples: give 1 or more, and no more than 1,000,000" in err


def test_uneven_chances_have_shares_and_no_counts(dam):
    (dam / "uneven.yaml").write_text(OPEN.replace("open:", "open:\n  - {reading: poor, chance: 0.1}"), "utf-8")
    found = data("uneven.yaml", "--no-claims", folder=dam)
    states = [state for concept in found["concepts"].values() for state in concept["states"]]
    assert states
    assert all(state["count"] is None for state in states)


def test_a_median_between_two_numbers_is_told_as_one():
    from bestand.questions.vary.words import _range

    told = [_range(SimpleNamespace(fewest=a, median=b, most=c)) for a, b, c in [(1, 1.5, 2), (1, 2.0, 3), (4, 4.0, 4)]]
    assert told == ["1 to 2, median 1.5", "1 to 3, median 2", "4"]


def test_too_few_samples_to_tell_are_told(dam):
    out = " ".join(bestand("vary", "open.yaml", "--samples", "20", folder=dam)[1].split())
    assert "he samples are too few to tell what moves it" in out
    assert "What moves it most" not in out
    for table in (out.partition("The plan")[2].partition("Equilibria,")[0], out.partition("Claims")[2]):
        assert "none" not in table  # nobody knows that of twenty samples
    out = " ".join(bestand("vary", "open.yaml", "--samples", "5000", folder=dam)[1].split())
    assert "What moves it most" in out


@pytest.mark.skipif(os.name == "nt", reason="no such signals there")
def test_an_interrupted_run_says_what_is_kept(dam):
    call = ["vary", "open.yaml", "--samples", "500000", "--workers", "1", "--out", "kept"]
    run = subprocess.Popen(
        [sys.executable, "-m", "bestand", *call],
        cwd=dam,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and not ((dam / "kept").exists() and (dam / "kept").stat().st_size > 2000):
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "what was finished is kept in kept; go on with the same call" in err


def test_what_is_sure_is_told_as_given_always(dam):
    (dam / "sure.yaml").write_text(OPEN.replace("open:", "open:\n  - {reading: poor, chance: 1}"), "utf-8")
    _, out, _ = bestand("vary", "sure.yaml", "--concepts", "nash", folder=dam)
    assert "Given always, since nothing else is left: with the reading poor." in " ".join(out.split())
    assert data("sure.yaml", folder=dam)["always"] == ["with poor"]
