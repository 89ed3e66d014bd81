"""Ctrl-C and other signals: quiet, nothing half written, nobody left at work, and the status that shells expect."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command.signals import CALLS, call_of, ended, folder_for, heeded, started, stopped, whole

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")

SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
LONG = "vary into a file"


def left_clean(ended, status):
    """A call that was stopped has said next to nothing, and left nothing behind but what it keeps on purpose."""
    assert ended.status == status, ended
    assert len(ended.err.splitlines()) <= 1, ended
    assert b"Traceback" not in ended.err + ended.out
    assert not ended.running
    assert not [name for name in ended.files if name.startswith(".")]


@pytest.mark.parametrize("everybody", [True, False], ids=["all", "one"])
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("after", [0, 0.4, 1.5])
def test_a_signal_ends_a_run_with_workers(tmp_path, number, after, everybody):
    ended = stopped(LONG, folder_for(tmp_path), number, after, everybody=everybody)
    left_clean(ended, SIGNALS[number])
    assert not ended.out


SCRIPT = """\
import bestand
try:
    bestand.vary("my.yaml", samples=200_000, workers=2, out="kept")
except KeyboardInterrupt:
    print("interrupted")
"""


def test_a_script_is_interrupted_as_scripts_are_and_its_workers_are_gone(tmp_path):
    folder = folder_for(tmp_path)
    with started([sys.executable, "-c", SCRIPT], folder) as process:
        while process.poll() is None and not (folder / "kept").exists():
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    left = ended(process, out, err, folder)
    assert (left.status, left.out, left.err, left.running) == (0, b"interrupted\n", b"", [])


def test_who_is_killed_leaves_nobody_at_work(tmp_path):
    ended = stopped(LONG, folder_for(tmp_path), signal.SIGKILL, 2, everybody=False)
    assert (ended.status, ended.err, ended.running) == (-signal.SIGKILL, b"", [])


def test_a_second_signal_changes_nothing(tmp_path):
    left_clean(stopped(LONG, folder_for(tmp_path), signal.SIGINT, 1, everybody=True, twice=True), 130)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_that_is_kept_from_it_stays_ignored(tmp_path, number):
    process = subprocess.Popen(
        call_of("cases"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=lambda: _ignore(number)
    )
    heeded(process)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert out.rstrip().endswith(b"]")


def _ignore(number):
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(number, signal.SIG_IGN)


def test_the_file_that_is_being_written_is_taken_away(tmp_path):
    script = f"""
import os, signal
from pathlib import Path
from bestand.files import placing
from bestand.leaving import heed_signals

heed_signals()
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGTERM)  # in the midst of it
Path({str(tmp_path / "answer")!r}).write_text("before")
placing.put({str(tmp_path / "answer")!r}, "after")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (143, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["answer"]
    assert (tmp_path / "answer").read_text() == "before"


def test_where_nothing_is_kept_of_a_run_that_is_so_said(tmp_path):
    ended = stopped("vary for long", folder_for(tmp_path), signal.SIGINT, 3, everybody=True)
    left_clean(ended, 130)
    assert ended.err == b"bestand: interrupted; nothing is kept: no --out\n"


@pytest.mark.weekly
@pytest.mark.parametrize("name", CALLS)
def test_twenty_times_at_random_moments(tmp_path, name):
    before, took = whole(name, folder_for(tmp_path), patience=5)
    moments, ends = random.Random(name), []
    for number in range(1, 61):
        folder, after = folder_for(tmp_path, number), moments.uniform(0, took)
        ended = stopped(name, folder, signal.SIGINT, after, everybody=number % 2 == 0)
        if before is not None and ended.status == before.status:  # it was done before the signal came
            assert (ended.out, ended.files.keys()) == (before.out, before.files.keys())
            continue
        left_clean(ended, 130)
        for file, size in ended.files.items():
            assert file == "kept" or abs(size - before.files[file]) < 100  # a report says when it was made
        ends.append(ended)
        if len(ends) == 20:
            break
    assert len(ends) == 20
