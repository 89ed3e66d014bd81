"""A command under limits ends, whatever it is doing: with what it has to say, else with a word about the limit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from .helpers import DAM

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="where there is no fork, a command watches itself alone"
)

STUCK = """
import ctypes, sys
from bestand.command import main, supervisor
from bestand.solve import solution
supervisor._GRACE = 0.3
def stuck(self, concepts):
    {what}
solution.Solution.finish = stuck
main(sys.argv[1:])
"""
FOR_EVER = "ctypes.PyDLL(None).sleep(60)"  # with the lock of the interpreter: no other thread of it runs


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "dam.yaml"
    path.write_text(DAM, "utf-8")
    return str(path)


def asked(what, *words):
    return subprocess.run(
        [sys.executable, "-c", STUCK.format(what=what), *words], capture_output=True, text=True, timeout=60
    )


def test_one_long_operation_is_ended_from_outside(file):
    done = asked(FOR_EVER, "analyse", file, "--full", "--seconds", "1")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "bestand: stopped after 1 second; nothing was finished by then\n"


def test_data_says_so_too(file):
    done = asked(FOR_EVER, "analyse", file, "--json", "--seconds=1")
    assert done.returncode == 3
    assert json.loads(done.stdout)["stopped"] == "stopped after 1 second"


def test_a_process_that_the_memory_ends_is_a_limit_that_was_reached(file):
    done = asked("import os; os.abort()", "analyse", file, "--full", "--memory", "100M")
    assert (done.returncode, done.stderr) == (3, "bestand: 100M of memory are full; nothing was finished by then\n")


def test_what_is_done_in_time_is_told_as_without_limits(file):
    calls = ([sys.executable, "-m", "bestand", "analyse", file, *flags] for flags in ([], ["--seconds", "600"]))
    told = [subprocess.run(call, capture_output=True, text=True, check=True).stdout for call in calls]
    assert told[0] == told[1] != ""


@pytest.mark.parametrize("limit", ["x", "-1", "nan", "inf", ""])
def test_a_limit_that_is_none_is_refused_by_the_command(file, limit):
    words = [sys.executable, "-m", "bestand", "analyse", file, "--full", "--seconds", limit]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == (0 if limit == "inf" else 2)


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_the_process_that_was_called_reaches_the_one_that_works(file, which):
    words = [sys.executable, "-c", STUCK.format(what="import time; print(1, flush=True); time.sleep(60)")]
    heard = "import os, signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    restored = [sys.executable, "-c", f"{heard}os.execv(sys.argv[1], sys.argv[1:])"]
    words = [*restored, *words, "analyse", file, "--full", "--seconds", "50"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout.readline() == b"1\n"
        process.send_signal(which)
        began = time.monotonic()
        assert process.wait(timeout=30) == 128 + which
        assert time.monotonic() - began < 30


def test_an_answer_that_is_there_has_time_to_be_told():
    code = (
        "import ctypes, sys\n"
        "from bestand.command import supervisor\n"
        "supervisor._GRACE = 0.1\n"
        "def work(words):\n"
        "    supervisor.finished()\n"
        "    ctypes.PyDLL(None).sleep(2)\n"
        "    return 7\n"
        "sys.exit(supervisor.supervised(sys.argv[1:], work))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "--seconds", "0.2"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (7, "")
