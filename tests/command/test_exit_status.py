"""What a call ends with: 0 done, 1 the file holds no valid model, 2 the call is wrong, 3 stopped at a limit."""

import os
import sys
from pathlib import Path

import pytest

from tests.command.helpers import ANSI, DAM, bestand, written

READING = ("analyse", "check", "claims", "explain", "readings")  # the commands that read a MODEL

INVALID = {
    "empty": b"",
    "blank": b" \n\n",
    "comment": b"# nothing else\n",
    "words": b"hello there\n",
    "list": b"- a\n- b\n",
    "no yaml": b"parties: [\n",
    "tabs": b"parties:\n\tup:\n",
    "unknown key": DAM.replace("plan:", "plam:").encode(),
    "unknown name": DAM.replace("plan: peace", "plan: pease").encode(),
    "no states": DAM.replace("rules:", "rules:\n  - never: 'true'").encode(),
    "newer format": DAM.replace("bestand: 1", "bestand: 2").encode(),
    "latin-1": "bestand: 1\ntitle: Café\nparties: {up: }\n".encode("latin-1"),
    "utf-16": DAM.encode("utf-16"),
    "NUL": b"bestand: 1\0",
    "PDF": b"%PDF-1.7\n\xff\xfe",
    "picture": b"\x89PNG\r\n\x1a\n",
    "two documents": b"bestand: 1\n---\nbestand: 1\n",
    "alias bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n",
    "deep": b"[" * 500,
    "control": b'bestand: 1\ntitle: "\\e[31m"\n"\\e[31mplan\\n": x\nparties: {"\\e\\n": }\n',
}


@pytest.mark.parametrize("content", INVALID.values(), ids=INVALID)
@pytest.mark.parametrize("command", READING)
def test_an_existing_file_without_a_valid_model(call, tmp_path, command, content):
    status, out, err = call(command, written(tmp_path, content))
    assert status == 1
    assert (out if command == "check" else err).strip()
    assert command == "check" or not out
    assert not ANSI.search(out)


@pytest.mark.parametrize(
    "name", ["model", "a.txt", "ä b.yaml", "x,y.json", "none", "0110", ".hidden", "-", "-x", "a\nb"]
)
def test_of_any_name(tmp_path, name):
    written(tmp_path, "nothing", name)
    status, out, _ = bestand("check", f"./{name}", folder=tmp_path)
    assert status == 1
    assert out.endswith(": 1 error, 0 warnings\n")


def test_of_a_name_that_is_no_text(tmp_path):
    name = os.fsdecode(b"\xff.yaml")
    try:
        written(tmp_path, "nothing", name)
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    status, out, _ = bestand("check", name, folder=tmp_path, PYTHONUTF8="1")
    assert status == 1
    assert out.endswith("1 error, 0 warnings\n")


def test_a_file_that_exists_goes_before_a_case_of_the_same_name(tmp_path):
    written(tmp_path, "nothing", "textbook/chicken")
    assert bestand("analyse", "textbook/chicken", folder=tmp_path)[0] == 1
    written(tmp_path, DAM, "textbook/chicken")
    assert "a dam" in bestand("analyse", "textbook/chicken", folder=tmp_path)[1]


@pytest.mark.parametrize("command", READING)
def test_no_such_model(call, tmp_path, command):
    for name in (tmp_path / "nix.yaml", "textbook/chickn", "", "x" * 5000, written(tmp_path) + "/below"):
        status, out, err = call(command, name)
        assert (status, out) == (2, "")
        assert err.startswith("bestand: ")


def test_the_nearest_case_is_named(call):
    assert "did you mean 'textbook/chicken'?" in call("analyse", "textbook/chickn")[2]
    assert "did you mean 'textbook/chicken'?" in call("analyse", "chicken")[2]


@pytest.mark.parametrize("command", READING)
def test_a_folder(call, tmp_path, command):
    status, out, err = call(command, tmp_path)
    assert (status, out) == (2, "")
    assert "folder" in err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root can read everything")
def test_a_file_that_may_not_be_read(call, dam):
    Path(dam).chmod(0)
    status, out, err = call("analyse", dam)
    assert (status, out) == (2, "")
    assert "cannot be read" in err


@pytest.mark.skipif(sys.platform != "linux", reason="/proc/self/mem is a file that cannot be read, of Linux")
def test_a_file_that_cannot_be_read(call):
    status, out, err = call("analyse", "/proc/self/mem")
    assert (status, out) == (2, "")
    assert "cannot be read" in err


WRONG = [
    ["frobnicate"],
    ["--frobnicate"],
    ["analyse"],
    ["new"],
    ["cases", "more"],
    ["schema", "more"],
    ["analyse", "MODEL", "more"],
    ["analyse", "MODEL", "--frob"],
    ["analyse", "--jsn", "MODEL"],
    ["analyse", "MODEL", "--concepts", "nosh"],
    ["analyse", "MODEL", "--concepts", "nash,x"],
    ["analyse", "MODEL", "--concepts", ","],
    ["analyse", "MODEL", "--concepts"],
    ["analyse", "MODEL", "--engine", "steam"],
    ["analyse", "MODEL", "--engine", ""],
    ["analyse", "MODEL", "--list", "-1"],
    ["analyse", "MODEL", "--list", "many"],
    ["analyse", "MODEL", "--where", "pease"],
    ["analyse", "MODEL", "--where", "peace and"],
    ["analyse", "MODEL", "--where", ""],
    ["analyse", "MODEL", "--reading", "nix"],
    ["analyse", "MODEL", "--reading", "barred"],
    ["claims", "MODEL", "--claim", "nix"],
    ["claims", "MODEL", "--reading", "nix"],
    ["explain", "MODEL", "--party", "nix"],
    ["explain", "MODEL", "--concept", "nix"],
    ["explain", "MODEL", "--reading", "nix"],
    ["explain", "MODEL", "--state", "nix"],
    ["explain", "MODEL", "--state", "110"],
    ["explain", "MODEL", "--state", "0100"],
    ["explain", "MODEL", "--state", "012"],
    ["explain", "MODEL", "--state", "-1"],
    ["explain", "MODEL", "--state", "up.release,up.threaten"],
    ["explain", "MODEL", "--state", ""],
    ["explain", "MODEL", "--state", ","],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_call(call, dam, arguments):
    status, out, err = call(*[dam if word == "MODEL" else word for word in arguments])
    assert (status, out) == (2, "")
    assert err.startswith("bestand: ")
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [["analyse", "nix"], ["frob"], ["analyse", "textbook/chicken", "--engine", "x"]])
def test_a_wrong_call_of_the_program(arguments):
    status, out, err = bestand(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("bestand: ")


def test_what_would_be_valid_is_said(call, dam):
    assert "nash, gmr, smr, seq, sseq" in call("analyse", dam, "--concepts", "nosh")[2]
    assert "cube, listed, arcs" in call("analyse", dam, "--engine", "steam")[2]
    assert "up, down" in call("explain", dam, "--party", "sideways")[2]
    assert "did you mean 'peace'?" in call("analyse", dam, "--where", "pease")[2]
    assert "did you mean 'meek'?" in call("analyse", dam, "--reading", "meak")[2]
    assert "did you mean 'no-war'?" in call("claims", dam, "--claim", "no-wars")[2]
    assert "status-quo" in call("explain", dam, "--state", "nix")[2]
    assert "--json" in call("analyse", dam, "--jsn")[2]


def test_a_status_quo_that_is_not_there(call, tmp_path):
    path = written(tmp_path, DAM.replace("status_quo: [up.threaten]", "").partition("claims:")[0])
    assert call("explain", path)[0] == 2
    assert call("explain", path, "--state", "none")[0] == 0


def test_warnings_and_verdicts_change_nothing(call, tmp_path):
    path = written(tmp_path, "bestand: 1\ntitle: T\nparties: {a: {options: {x: }}, b: }\n")
    status, out, _ = call("check", path)
    assert status == 0
    assert "warning" in out
    for command in ("analyse", "claims", "readings"):
        assert call(command, path)[0] == 0


BANNED = "outcomes: {some: o0}\nforbidden_moves: [{party: p, from: some, to: not some}]\n"
LARGE = f"bestand: 1\ntitle: T\nparties: {{p: {{options: {{{', '.join(f'o{k}: ' for k in range(45))}}}}}}}\n{BANNED}"


@pytest.mark.parametrize(
    "arguments", [["analyse", "-"], ["analyse", "-", "--json"], ["explain", "-", "--state", "none"]]
)
def test_stopped_at_a_limit(call, arguments):
    status, _, err = call(*arguments, stdin=LARGE)
    assert status == 3
    assert "states" in err


def test_stopped_at_the_real_limit():
    status, out, err = bestand("analyse", "-", stdin=LARGE)
    assert (status, out) == (3, "")
    assert "35,184,372,088,832 states" in err


@pytest.mark.parametrize("command", [[], ["--help"], ["--version"], ["analyse", "--help"], ["cases"], ["schema"]])
def test_calls_without_a_model(command):
    status, out, err = bestand(*command)
    assert status == 0
    assert out.strip()
    assert not err
    assert not ANSI.search(out)
