"""A run that is killed at any moment loses nothing: taken up again, it ends with the same answer to the byte."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from bestand.files import loads
from bestand.questions.vary.store import Store
from bestand.questions.vary.vary import job_of, varied

SAMPLES = {3: 4000, 60: 4000, 130: 96}  # by the number of options: some ten chunks each
CALL = """\
import sys, bestand
if __name__ == "__main__":
    _, model, out, workers, samples = sys.argv
    asked = {"samples": int(samples), "concepts": ["nash", "seq"]}
    bestand.vary(model, **asked, out=out, workers=int(workers))
"""
BEGINS, ENDS = 30, 60  # seconds to wait for a run to begin, and to end: never reached


def text(options):
    """A conflict of so many options, of which each party's follow its first ones: eight states, or six of them."""
    up, down = (options + 1) // 2, options // 2
    named = ("{" + ", ".join(f"{party}{k}: " for k in range(count)) + "}" for party, count in (("u", up), ("d", down)))
    one, other = (f"{{options: {each}}}" for each in named)
    follow = [f"up.u{k} iff up.u0" for k in range(2, up)] + [f"down.d{k} iff down.d0" for k in range(1, down)]
    rules = "".join(f"  - always: {rule}\n" for rule in [*follow, "up.u0 or not up.u1 or down.d0"])
    return f"""\
bestand: 1
title: Who follows whom
parties:
  up: {one}
  down: {other}
outcomes: {{deal: up.u0 and down.d0}}
rules:
{rules}
preferences:
  up: {{priorities: [down.d0, not up.u0, not up.u1]}}
  down: {{priorities: [up.u0, not down.d0, up.u1]}}
readings:
  r: {{change: up 2 dropped}}
  s: {{change: down 2 dropped}}
open:
  - {{order: [up 1, up 3]}}
  - {{place: down 3, between: [1, 3]}}
"""


@pytest.fixture(scope="module")
def unbroken():
    """What an uninterrupted run answers, by the number of options."""
    return {options: answer(options) for options in (3, 60, 130)}


def job(options):
    return job_of(loads(text(options)), samples=SAMPLES[options], concepts=["nash", "seq"])


def answer(options, out=None):
    found = varied(job(options), out=out)
    assert found.stopped is None
    return json.dumps(found.data()), str(found), found.digest


def finished(out):
    """How many chunks a database holds; none where it cannot be read, which is so while a run is writing to it."""
    try:
        with closing(sqlite3.connect(f"{out.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return database.execute("SELECT count(*) FROM chunk").fetchone()[0]
    except sqlite3.Error:
        return 0


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(folder, options, before, rng):
    """Begin a run, kill it at a random moment, and return whether it was not done before; none is left running."""
    out = folder / "out"
    call = [folder / "call.py", folder / "m.yaml", out, str(rng.choice([1, 1, 2])), str(SAMPLES[options])]
    process = subprocess.Popen([sys.executable, *call])
    more = rng.randrange(3)  # 0: in the midst of what is written first
    until = time.monotonic() + BEGINS
    while process.poll() is None and time.monotonic() < until:
        if finished(out) >= before + more if more else Path(f"{out}-journal").exists():
            break
        time.sleep(0.002)
    time.sleep(rng.random() * rng.choice([0, 0.001, 0.01, 0.1]))
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    helpers = children.read_text("utf-8").split() if children.exists() else []
    process.send_signal(signal.SIGKILL)
    process.wait()
    until = time.monotonic() + ENDS
    while any(map(alive, helpers)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(map(alive, helpers)), "a process that nobody waits for is left"
    return process.returncode == -signal.SIGKILL


def killed(folder, options, runs, rng):
    """Kill runs on one file, each going on from the last; return how many were killed, and the chunks after each."""
    (folder / "m.yaml").write_text(text(options), "utf-8")
    (folder / "call.py").write_text(CALL, "utf-8")
    kills, kept = 0, [0]
    for _ in range(runs):
        kills += kill(folder, options, kept[-1], rng)
        with Store(folder / "out", job(options)) as store:
            kept.append(len(store.done))
    assert kept == sorted(kept), "what was stored is lost"
    return kills, kept


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes where Linux has them")
@pytest.mark.parametrize("options", [3, 60, 130])
def test_a_run_that_is_killed_goes_on_and_ends_with_the_same(options, tmp_path, unbroken):
    kills, _ = killed(tmp_path, options, 2, random.Random(options))
    assert kills == 2
    assert answer(options, tmp_path / "out") == unbroken[options]


@pytest.mark.weekly
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes where Linux has them")
@pytest.mark.parametrize("options", [3, 60, 130])
@pytest.mark.parametrize("attempt", range(9))
def test_a_hundred_runs_that_are_killed(attempt, options, tmp_path, unbroken):
    """Four on the same file, each going on from the last: 108 in all."""
    killed(tmp_path, options, 4, random.Random(1000 * attempt + options))
    assert answer(options, tmp_path / "out") == unbroken[options]
