"""What the commands print for people, and what they do with files and streams."""

import json
import re
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import bestand as library
from tests.command.helpers import DAM, bestand, written
from tests.first_reading import UKRAINE

# ---- standard input and output ----


# What fits a first screen depends on how long the name of the file is: so the long answer.
@pytest.mark.parametrize("command", [["analyse", "--full"], ["check"], ["claims"], ["explain"], ["readings"]])
def test_a_dash_is_standard_input(call, dam, command):
    status, out, err = call(*command, "-", stdin=DAM)
    assert status == 0
    told = re.sub(r" -(?=:| --)", f" {dam}", out.replace("standard input", dam))  # in what can be asked next
    assert told.split() == call(*command, dam)[1].split()
    assert not err


def test_a_dash_among_flags():
    status, out, _ = bestand("explain", "-", "--party", "up", "--concept", "nash", stdin=DAM)
    assert (status, out.splitlines()[2][:28]) == (0, "Stable for Upstream state un")
    assert bestand("explain", "--party", "up", "-", "--concept", "nash", stdin=DAM)[1] == out


@pytest.mark.parametrize("stdin", ["", "nonsense", b"\xff\xfe", "bestand: 1"])
def test_standard_input_without_a_model(stdin):
    status, out, err = bestand("analyse", "-", stdin=stdin)
    assert (status, out) == (1, "")
    assert err.startswith("standard input: ")


def test_a_name_with_odd_letters(tmp_path):
    path = written(tmp_path, DAM, "Überfluß 大坝.yaml")
    assert f"{path}: 0 errors, 4 warnings" in bestand("check", path)[1]


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    "arguments",
    [
        f"analyse {UKRAINE}",
        f"analyse {UKRAINE} --json",
        f"claims {UKRAINE} --brief",
        "schema",
        "new -",
    ],
)
def test_a_reader_that_has_seen_enough(arguments):
    line = f'set -o pipefail; "{sys.executable}" -m bestand {arguments} | head -n 1'
    done = subprocess.run(["bash", "-c", line], capture_output=True, encoding="utf-8", timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_closed_streams():
    for closed, status in (("cases >&-", 0), ("analyse nix 2>&-", 2), ("cases <&-", 0)):
        line = f'"{sys.executable}" -m bestand {closed}'
        done = subprocess.run(["bash", "-c", line], capture_output=True, encoding="utf-8", timeout=60)
        assert done.returncode == status
        assert not done.stderr
        assert bool(done.stdout) is (closed == "cases <&-")


def test_a_terminal_without_the_letters():
    status, out, err = bestand("claims", "-", stdin=DAM, PYTHONIOENCODING="ascii")
    assert (status, err) == (0, "")
    assert "Nobody gains by a war." in out


def test_the_library_prints_nothing(capfd, dam):
    model = library.load(dam)
    library.check(dam)
    result = library.analyse(model)
    str(result.explain("status-quo", "up", "seq"))
    library.loads(library.dumps(model))
    assert capfd.readouterr() == ("", "")


# ---- analyse ----


def test_the_plan_comes_first(call, dam):
    status, out, err = call("analyse", dam)
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert len(lines) <= 30
    assert lines[0] == "Two neighbours and a dam"
    assert lines[2].startswith("Does it hold?")
    assert lines[3].startswith("  No deal. It needs only a step of Upstream state")
    status, out, err = call("analyse", dam, "--full")
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert lines[0] == "Two neighbours and a dam"
    assert lines[2] == "Engine: cube, since 6 of 8 combinations of options are feasible."
    assert lines[4].startswith("Does it hold?")
    assert lines[5].startswith("  No deal. It needs only a step of Upstream state")
    assert "Where the plan is an equilibrium" in out


def test_where_and_concepts_in_words(call, dam):
    out = call("analyse", dam, "--where", "not threaten", "--concepts", "smr")[1]
    assert "where not up.threaten" in out
    assert "Symmetric metarationality" in out
    assert "Nash stability" not in out


@pytest.mark.parametrize("engine", ["cube", "listed", "arcs"])
def test_engines_give_the_same_words(call, dam, engine):
    assert call("analyse", dam, "--engine", engine)[1] == call("analyse", dam)[1]
    told = call("analyse", dam, "--engine", engine, "--full")[1]
    chosen = call("analyse", dam, "--full")[1].splitlines()
    assert told.splitlines() == [*chosen[:2], f"Engine: {engine}, as asked.", *chosen[3:]]


def test_a_reading_is_applied(call, dam):
    assert call("analyse", dam, "--reading", "meek")[1] != call("analyse", dam)[1]
    assert call("analyse", dam, "--reading", "mad")[0] == 0


def test_doubts_are_mentioned_on_standard_error_where_the_answer_does_not_tell_them(call, tmp_path):
    path = written(tmp_path, DAM.replace("up.threaten]\n  down", "'true']\n  down"))
    status, out, err = call("analyse", path)
    assert (status, err) == (0, "")
    assert "What is doubtful\n  1 wish ranks nothing: up 3." in out
    status, out, err = call("analyse", path, "--full")
    assert status == 0
    assert "2 things are doubtful" in err
    assert "What is doubtful" not in out


# ---- claims ----


def test_claims_in_brief(call, dam):
    assert call("claims", dam, "--brief")[1].splitlines() == [
        "no-war: holds",
        "peace-holds: depends on the concept (holds under gmr and smr; does not hold under nash, seq and sseq)",
        "war-comes: does not hold",
        "unsaid: cannot be said",
    ]


def test_some_claims_in_the_order_asked(call, dam):
    out = call("claims", dam, "--brief", "--claim", "war-comes,no-war")[1]
    assert [line.partition(":")[0] for line in out.splitlines()] == ["war-comes", "no-war"]
    out = call("claims", dam, "--claim", "war-comes", "--claim", "no-war", "--brief")[1]
    assert [line.partition(":")[0] for line in out.splitlines()] == ["war-comes", "no-war"]


def test_claims_in_full(call, dam):
    out = call("claims", dam, "--claim", "no-war")[1]
    assert out == (
        "\nno-war: holds\n"
        "  “Nobody gains by a war.”\n"
        "  a claim\n"
        "  Asked: [no equilibrium has down.attack]\n"
        "    Nash stability, sequential stability and symmetric sequential stability: yes (none of 1)\n"
        "    general metarationality and symmetric metarationality: yes (none of 3)\n"
    )


def test_claims_under_a_reading(call, tmp_path):
    path = written(tmp_path, DAM.replace("meek: {", "keen: {change: up 2 dropped}\n  meek: {"))
    assert call("claims", path, "--brief", "--reading", "keen")[1] != call("claims", path, "--brief")[1]


def test_a_model_without_claims_or_readings(call):
    model = "{bestand: 1, title: T, parties: {p: {options: {a: }}}}"
    assert call("claims", "-", stdin=model) == (0, "", "This model makes no claims.\n")
    assert call("readings", "-", stdin=model) == (0, "", "This model leaves no reading open.\n")


def test_readings(call, dam):
    out = call("readings", dam)[1]
    assert (
        "\nmeek\n  Upstream does not like to threaten\n"
        "  Upstream state does without its wish “Upstream state threatens to keep it” (up 3). [up 3 dropped]\n"
        "  assumed\n"
    ) in out
    assert "[never not down.attack]\n" in out
    assert " is held at no. [up.threaten held at no]\n" in out


# ---- explain ----

WAYS = ["status-quo", "010", "today", "up.threaten", "threaten", " up.threaten ", "threaten,"]


@pytest.mark.parametrize("state", WAYS)
def test_each_way_to_name_a_state(call, dam, state):
    assert call("explain", dam, "--state", state) == call("explain", dam)


def test_none_and_several_options(call, dam):
    assert call("explain", dam, "--state", "none") == call("explain", dam, "--state", "000")
    assert call("explain", dam, "--state", "release,down.attack") == call("explain", dam, "--state", "101")
    assert call("explain", dam, "--state", "7") == call("explain", dam, "--state", "100")


def test_without_a_status_quo_a_state_has_to_be_named(call):
    status, out, err = call("explain", "textbook/chicken")
    assert (status, out) == (2, "")
    assert "the model has no status quo; say which state (--state): bits, a label, or the yes options" in err
    assert "a state is 2 bits, a label (1, 2, 3, 4)" in call("explain", "textbook/chicken", "--state", "9")[2]


def test_an_unknown_state_is_answered_with_the_labels_there_are(call, dam):
    status, out, err = call("explain", dam, "--state", "9")
    assert (status, out) == (2, "")
    assert "there is no option '9' (a state is status-quo, 3 bits, a label (today, 7), none, or its yes options" in err


def test_every_party_and_concept_unless_told(call, dam):
    out = call("explain", dam, "--json")[1]
    assert len(json.loads(out)["verdicts"]) == 10
    out = call("explain", dam, "--party", "down,up", "--concept", "seq,nash", "--json")[1]
    assert [(v["concept"], v["party"]) for v in json.loads(out)["verdicts"]] == [
        ("seq", "down"),
        ("seq", "up"),
        ("nash", "down"),
        ("nash", "up"),
    ]


def test_an_explanation(call, dam):
    assert call("explain", dam, "--state", "none", "--party", "up", "--concept", "gmr")[1] == (
        "The state: nobody does anything.\n"
        "\n"
        "Stable for Upstream state under general metarationality. Upstream state could improve: it threatens\n"
        "to keep it.\n"
        "  But others can answer: Downstream state attacks the dam. That leaves it worse off than before.\n"
        "  Upstream state ranks 66% of all states below this one, 83% below the one it could improve to, and\n"
        "  33% below the one in which the answer ends.\n"
        "  The verdict would turn if Upstream state preferred one more state to this one: the state in which\n"
        "  Upstream state threatens to keep it and Downstream state attacks the dam. In its order of wishes\n"
        "  the two are 2 steps apart.\n"
    )


# ---- check, new, schema, cases ----


def test_the_lines_of_check(call, tmp_path):
    text = DAM.replace("plan: peace", "plan: pease").replace("  down:\n    priorities", "  donw:\n    priorities")
    path = written(tmp_path, text)
    status, out, err = call("check", path)
    assert (status, err) == (1, "")
    assert out.splitlines() == [
        f"{path}:17:7: error: there is no option or outcome 'pease'; did you mean 'peace'? [unknown-name]",
        f"{path}:22:3: error: there is no party 'donw'; did you mean 'down'? [unknown-party]",
        f"{path}: 2 errors, 0 warnings",
    ]
    assert call("check", "textbook/chicken")[1] == "textbook/chicken: no errors, nothing doubtful\n"


def test_a_problem_is_one_line_whatever_it_quotes(call):
    model = (
        'bestand: 1\ntitle: T\n"a\\nb\\e[31m": x\nparties: {p: {options: {a: }}}\npreferences: {p: {priorities: []}}\n'
    )
    lines = call("check", "-", stdin=model)[1].splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("standard input:3:1: error: 'a b")


def test_new_writes_a_model_that_is_fine(call, tmp_path):
    path = tmp_path / "my.yaml"
    status, out, err = call("new", path)
    assert (status, out) == (0, "")
    assert str(path) in err
    assert call("check", path)[1].endswith("no errors, nothing doubtful\n")
    assert call("new", "-") == (0, path.read_text("utf-8"), "")


def test_new_never_overwrites(call, tmp_path, dam):
    before = Path(dam).read_bytes()
    status, out, err = call("new", dam)
    assert (status, out, Path(dam).read_bytes()) == (2, "", before)
    assert "exists already" in err
    assert call("new", tmp_path)[0] == 2
    link = tmp_path / "link.yaml"
    link.symlink_to(dam)
    assert (call("new", link)[0], Path(dam).read_bytes()) == (2, before)
    assert call("new", tmp_path / "nix" / "my.yaml")[0] == 2
    assert call("new", "x" * 5000)[0] == 2


def test_the_schema(call):
    assert json.loads(call("schema")[1]) == library.files.json_schema()


def test_the_schema_that_is_kept(call):
    kept = Path(__file__).parents[2] / "schema" / "bestand-1.schema.json"
    assert json.loads(kept.read_text("utf-8")) == json.loads(call("schema")[1])


def test_every_case_is_listed_and_valid(call):
    out = call("cases")[1]
    folder = resources.files("bestand") / "cases"
    slugs = [str(path.relative_to(str(folder)).with_suffix("")) for path in Path(str(folder)).rglob("*.yaml")]
    assert slugs
    assert [line.split()[0] for line in out.splitlines()[1:]] == sorted(slugs)
    for slug in slugs:
        status, told, _ = call("check", slug)
        assert status == 0
        assert " 0 errors" in told or "no errors" in told
