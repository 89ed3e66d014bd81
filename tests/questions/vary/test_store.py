"""Finished chunks survive whatever happens to the run, and belong to one job."""

import base64
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from bestand.engine.limits import Limits, Watch
from bestand.model.errors import CallError
from bestand.questions.vary.runs import run
from bestand.questions.vary.store import Store, _line
from bestand.questions.vary.vary import job_of, varied
from tests.questions.vary.helpers import OPEN, model

SAMPLES = {"samples": 2500, "compared": 500, "concepts": ["nash", "seq"]}


@pytest.fixture(scope="module")
def unbroken():
    return varied(job_of(model(), **SAMPLES)).digest


CALL = """\
import sys, bestand
if __name__ == "__main__":
    _, model, out, workers = sys.argv
    bestand.vary(model, samples=2500, compared=500, concepts=["nash", "seq"], out=out, workers=int(workers))
"""


def lines(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes where Linux has them")
@pytest.mark.parametrize("attempt", range(10))
def test_a_run_that_is_killed_goes_on_and_ends_with_the_same(attempt, tmp_path, unbroken):
    (tmp_path / "m.yaml").write_text(OPEN, "utf-8")
    (tmp_path / "call.py").write_text(CALL, "utf-8")
    out, rng, workers = tmp_path / "out", random.Random(attempt), 1 + attempt % 2
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "call.py"), str(tmp_path / "m.yaml"), str(out), str(workers)]
    )
    wanted, deadline = rng.randrange(0, 9), time.monotonic() + 60
    while lines(out) < wanted and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(rng.random() * 0.1)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    helpers = [int(pid) for pid in children.read_text().split()] if children.exists() else []
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = lines(out)
    job = job_of(model(), **SAMPLES)
    again = []
    with Store(out, job) as store:
        before = set(store.done)
        run(job, dict(store.done), lambda chunk: (again.append(chunk.number), store.add(chunk)), Watch())
    assert len(before) >= kept - 1  # all that was whole was taken over
    assert sorted([*before, *again]) == list(range(job.chunks))  # and nothing twice
    assert varied(job, out=out).digest == unbroken
    until = time.monotonic() + 10
    while any(map(alive, helpers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, helpers)), "a process that nobody waits for is left"


def test_a_line_cut_off_anywhere_counts_as_nothing(tmp_path):
    job = job_of(model(), samples=1500, compared=0, concepts=["nash"], claims=[])
    out = tmp_path / "out"
    whole = varied(job, out=out).digest
    text = out.read_bytes()
    ends = [0, *(k + 1 for k, byte in enumerate(text) if byte == ord("\n"))]
    rng = random.Random(1)
    cuts = [0, 5, ends[1] - 1, ends[1], ends[1] + 1, len(text) - 1, *(rng.randrange(len(text)) for _ in range(20))]
    for cut in cuts:
        out.write_bytes(text[:cut])
        with Store(out, job) as store:
            assert len(store.done) == max(sum(end <= cut for end in ends[1:]) - 1, 0)
        assert varied(job, out=out).digest == whole
        assert out.read_bytes() == text, "the file is as it would have been"


def test_a_damaged_chunk_is_worked_out_again(tmp_path):
    job = job_of(model(), samples=1500, compared=0, concepts=["nash"], claims=[])
    out = tmp_path / "out"
    whole = varied(job, out=out).digest
    text = bytearray(out.read_bytes())
    text[text.index(b"\n") + 200] ^= 1
    out.write_bytes(text)
    assert varied(job, out=out).digest == whole


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"text": OPEN.replace("title: Two", "title: Three")}, "the results of another model"),
        ({"samples": 400}, r"another number of samples \(300, and not 400\)"),
        ({"seed": 1}, r"another seed \(0, and not 1\)"),
        ({"concepts": ["nash", "gmr"]}, "other concepts"),
        ({"claims": []}, "other claims"),
        ({"readings": ["poor"]}, "other readings"),
        ({"shuffle": True}, "--shuffle"),
        (
            {"others": {"x": model(OPEN.replace("[up.release, not up", "[not up.release, not up"))}},
            "other analysts' files",
        ),
        ({"compared": 5}, "another number of comparisons"),
    ],
)
def test_results_of_another_job_are_refused(tmp_path, other, message):
    mine = {"samples": 300, "compared": 0, "concepts": ["nash"]}
    varied(job_of(model(), **mine), out=tmp_path / "out")
    before = (tmp_path / "out").read_bytes()
    text = other.pop("text", OPEN)
    with pytest.raises(CallError, match=message):
        varied(job_of(model(text), **{**mine, **other}), out=tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == before


@pytest.mark.parametrize("content", [b"hello\n", b"{}\n", b"\x00\x01", b'{"bestand vary": 2} no\n'])
def test_a_file_that_is_something_else_is_refused_and_kept(tmp_path, content):
    (tmp_path / "out").write_bytes(content)
    with pytest.raises(CallError, match="holds no results"):
        varied(job_of(model()), out=tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == content


def test_a_folder_and_a_missing_one_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "no" / "out"):
        with pytest.raises(CallError, match="cannot write to"):
            varied(job_of(model()), out=path)


@pytest.mark.skipif(os.name == "nt", reason="no such locks there")
def test_two_runs_do_not_write_to_one_file(tmp_path):
    job = job_of(model())
    with Store(tmp_path / "out", job), pytest.raises(CallError, match="another run is writing"):
        varied(job, out=tmp_path / "out")


def test_a_limit_on_time_keeps_what_is_finished(tmp_path):
    job = job_of(model(), samples=20_000, compared=0)
    part = varied(job, watch=Watch(Limits(seconds=1.0)), out=tmp_path / "out")
    assert part.stopped
    assert (part.complete, part.exact) == (False, False)
    assert 0 < part.looked_at < 20_000
    assert part.share("deal", "nash").of == part.looked_at
    assert part.moved_by("deal", "nash") == []
    more = varied(job, watch=Watch(Limits(seconds=0.5)), out=tmp_path / "out")
    assert more.looked_at > part.looked_at


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"samples": 0}, "0 samples: give 1 or more"),
        ({"samples": 10, "compared": 6}, "give 0 to 5"),
        ({"compared": 3}, "every combination is looked at"),
        ({"seed": -1}, "seed -1"),
        ({"claims": ["deal-hold"]}, "did you mean 'deal-holds'"),
        ({"concepts": ["nsah"]}, "did you mean 'nash'"),
        ({"readings": ["prud"]}, "did you mean 'proud'"),
    ],
)
def test_wrong_calls(wrong, message):
    with pytest.raises(CallError, match=message):
        job_of(model(), **wrong)
    with pytest.raises(CallError, match="0 workers: give 1 or more"):
        varied(job_of(model()), workers=0)


def _packed_as(content):
    return base64.b64encode(zlib.compress(content, 9)).decode()


HOSTILE = {
    "a key is missing": lambda e: {k: v for k, v in e.items() if k != "table"},
    "the chunk is no number": lambda e: {**e, "chunk": "x"},
    "the chunk is a truth value": lambda e: {**e, "chunk": True},
    "the chunk is none of them": lambda e: {**e, "chunk": 10**30},
    "the chunk is below zero": lambda e: {**e, "chunk": -1},
    "the chunk is broken": lambda e: {**e, "chunk": 0.0},
    "rows too many": lambda e: {**e, "rows": 10**18},
    "rows too few": lambda e: {**e, "rows": 0, "table": _packed_as(b"")},
    "no base 64": lambda e: {**e, "table": "!!!"},
    "not compressed": lambda e: {**e, "table": base64.b64encode(b"xx").decode()},
    "no text": lambda e: {**e, "table": [1]},
    "half a number": lambda e: {**e, "table": _packed_as(b"abc")},
    "far too many numbers": lambda e: {**e, "table": _packed_as(bytes(2**26))},
    "a status that is none": lambda e: {**e, "table": _packed_as(b"\7" * 4 * e["rows"] * e["columns"])},
    "no states": lambda e: {**e, "states": {}},
    "states in a list": lambda e: {**e, "states": []},
    "states without counts": lambda e: {**e, "states": {k: [v[0], _packed_as(b"")] for k, v in e["states"].items()}},
    "states that there are not": lambda e: {
        **e,
        "states": {k: [_packed_as(b"\xff" * 8), _packed_as(bytes(7) + b"\x40")] for k in e["states"]},
    },
    "states that are no pair": lambda e: {**e, "states": dict.fromkeys(e["states"], 3)},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_that_is_whole_but_no_chunk_is_refused_and_kept(tmp_path, name):
    job = job_of(model())
    out = tmp_path / "out"
    varied(job, out=out)
    head, line = out.read_bytes().splitlines(keepends=True)
    out.write_bytes(head + _line(HOSTILE[name](json.loads(line.rpartition(b" ")[0]))))
    before = out.read_bytes()
    with pytest.raises(CallError, match=r"out, line 2: no results of this run"):
        varied(job, out=out)
    assert out.read_bytes() == before


def test_what_follows_a_damaged_line_is_kept(tmp_path):
    job = job_of(model(), samples=1500, compared=0, concepts=["nash"], claims=[])
    out = tmp_path / "out"
    whole = varied(job, out=out).digest
    text = bytearray(out.read_bytes())
    text[text.index(b"\n") + 200] ^= 1
    out.write_bytes(text)
    with Store(out, job) as store:
        assert len(store.done) == job.chunks - 1 > 0
    assert varied(job, out=out).digest == whole


def test_json_too_deep_is_no_chunk(tmp_path):
    job = job_of(model())
    out = tmp_path / "out"
    whole = varied(job, out=out).digest
    body = b"[" * 200_000 + b"]" * 200_000
    head = out.read_bytes().splitlines(keepends=True)[0]
    out.write_bytes(head + body + b" " + hashlib.sha256(body).hexdigest().encode() + b"\n")
    assert varied(job, out=out).digest == whole


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_pipes_and_devices_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(CallError, match="it is no ordinary file"):
            varied(job_of(model()), out=path)
