"""Limits on the command line, the bar on a terminal, and partial answers with their exit status."""

import io
import json
import os
import pty
import subprocess
import sys

import pytest

from bestand.command import watching
from bestand.engine import limits
from bestand.solve import solution as solving
from tests.command.helpers import DAM, written
from tests.engine.test_limits import Clock

EVERY = {"cube": 1, "symbolic": 7}  # sets of states look at the clock thousands of times


@pytest.mark.parametrize("command", ["analyse", "claims", "explain", "check"])
@pytest.mark.parametrize("flag", ["--seconds", "--states", "--memory"])
@pytest.mark.parametrize("value", ["0", "-1"])
def test_a_limit_of_zero_or_less_is_a_wrong_call(call, dam, command, flag, value):
    status, out, err = call(command, dam, f"{flag}={value}")
    assert (status, out) == (2, "")
    assert err.startswith("bestand: ")
    assert "give" in err


@pytest.mark.parametrize("value", ["much", "4X", "G", ""])
def test_a_size_that_is_none(call, dam, value):
    status, _, err = call("analyse", dam, f"--memory={value}")
    assert status == 2
    assert "give a size, such as 500M or 4G" in err


@pytest.mark.parametrize(
    ("text", "size"), [("1", 1), ("2k", 2048), ("3 MB", 3 * 2**20), ("1.5GiB", 3 * 2**29), ("1T", 2**40)]
)
def test_sizes(text, size):
    assert watching.size_of(text) == size


def test_limits_that_are_wide_enough_change_nothing(call, dam):
    wide = call("analyse", dam, "--seconds", "1000", "--states", "1000", "--memory", "1G")
    assert wide == call("analyse", dam)


def parts(call, monkeypatch, *arguments, most=3000, every=1):
    """The answers to one call for every moment at which its time may be over, or some of them, up to the whole one."""
    monkeypatch.setattr(solving, "PATIENCE", float("inf"))  # processes of their own have a clock of their own
    for seconds in range(1, most, every):
        monkeypatch.setattr(limits, "time", Clock())
        status, out, err = call(*arguments, "--seconds", str(seconds))
        yield status, out, err
        if status == 0:
            return
        assert status == 3
        assert f"stopped after {seconds} second" in err
    pytest.fail("never finished")


@pytest.mark.parametrize("engine", ["cube", "symbolic"])
def test_words_of_every_part(call, dam, monkeypatch, engine):
    seen = set()
    for status, out, _ in parts(call, monkeypatch, "analyse", dam, "--engine", engine, every=EVERY[engine]):
        seen.add(
            "part" if "This is a part of the answer" in out else "end" if "The answer ends here" in out else out[:7]
        )
        if "This is a part" in out:
            assert "Stopped after" in out
            assert "Not finished:" in out or "The rest was not begun." in out
            assert "(? is not finished)" not in out or "?" in out
        elif "The answer ends here" in out:
            assert out.index("Stopped after") > out.index("Does it hold?")
        assert (status == 0) == (out.startswith("Two nei") and "Stopped" not in out)
    assert {"part", "Two nei"} <= seen


@pytest.mark.parametrize("engine", ["cube", "symbolic"])
def test_json_of_every_part(call, dam, monkeypatch, engine):
    whole = json.loads(call("analyse", dam, "--engine", engine, "--json")[1])
    assert whole["stopped"] is None
    seen = 0
    for status, out, _ in parts(call, monkeypatch, "analyse", dam, "--engine", engine, "--json", every=EVERY[engine]):
        document = json.loads(out)
        assert (status == 0) == (document["stopped"] is None)
        if document["stopped"] is None:
            assert document == whole
            continue
        assert "stopped after" in document["stopped"]
        for concept, found in document["concepts"].items():
            assert found["equilibria"] == whole["concepts"][concept]["equilibria"]
            assert found["listed"] == len(found["states"])
            assert found["states"] in ([], whole["concepts"][concept]["states"])
        seen += bool(document["concepts"]) or "unfinished" in document
    assert seen


def test_claims_of_every_part(call, dam, monkeypatch):
    whole = json.loads(call("claims", dam, "--json")[1])
    counts = set()
    for _, out, _ in parts(call, monkeypatch, "claims", dam, "--json"):
        claims = json.loads(out)["claims"]
        assert claims == whole["claims"][: len(claims)]
        counts.add(len(claims))
    assert len(counts) > 2


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar_tells_the_phases_and_goes_away(monkeypatch, capsys):
    terminal = Terminal()
    monkeypatch.setattr(watching, "_PATIENCE", 0.0)
    monkeypatch.setattr(sys, "stderr", terminal)
    watch = limits.Watch()
    with watching.watching(watch):
        for phase in ("listing the states", "working out what is stable"):
            watch.phase(phase, 20)
            deadline = limits.time.monotonic() + 30
            while phase not in terminal.getvalue():
                watch.step()
                assert limits.time.monotonic() < deadline
    assert capsys.readouterr().out == ""


def test_no_bar_where_nobody_looks(call, dam, monkeypatch):
    monkeypatch.setattr(watching, "_PATIENCE", 0.0)
    assert call("analyse", dam)[2] == ""


def test_the_bar_on_a_real_terminal(tmp_path):
    """Standard error is a terminal, standard output a file: the bar is drawn and taken away, the answer is whole."""
    path = written(tmp_path, DAM)
    ours, theirs = pty.openpty()
    code = (
        "import sys, time\n"
        "from bestand.command import run, watching\n"
        "from bestand.solve import solution\n"
        "watching._PATIENCE = 0.1\n"
        "finish = solution.Solution.finish\n"
        "def slow(self, concepts):\n"
        "    self.watch.phase('working out what is stable', 15)\n"
        "    time.sleep(1)\n"
        "    finish(self, concepts)\n"
        "solution.Solution.finish = slow\n"
        "sys.exit(run(['analyse', sys.argv[1], '--full']))\n"
    )
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(
        [sys.executable, "-c", code, path], stdout=subprocess.PIPE, stderr=theirs, env=environment
    ) as p:
        os.close(theirs)
        drawn = b""
        while True:
            try:
                drawn += os.read(ours, 4096)
            except OSError:
                break
        out = p.stdout.read().decode()
    os.close(ours)
    assert p.returncode == 0
    assert "working out what is stable" in drawn.decode()
    assert out.startswith("Two neighbours and a dam")


def test_a_check_that_is_stopped_says_what_it_did_not_look_at(call, dam):
    status, out, _ = call("check", dam, "--states", "3")
    assert status == 3
    assert "not looked for" in out
    assert "at most 3 can be listed [not-checked]" in out
    assert call("check", dam, "--states", "6")[0] == 0


def test_help_teaches_the_limits(call):
    for command in ("analyse", "claims", "explain", "check"):
        told = call(command, "--help")[1]
        assert "--seconds" in told
        assert "such as 500M or 4G" in " ".join(told.replace("│", " ").split())
