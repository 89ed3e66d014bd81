"""Finished chunks are kept, belong to one job, and nothing else is written over."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path

import pytest

import bestand
from bestand.model.errors import CallError
from bestand.questions.vary import store as stores
from bestand.questions.vary.store import Store
from bestand.questions.vary.vary import job_of, varied
from tests.questions.vary.helpers import OPEN, Impatient, model

WRITTEN_BEFORE = Path(__file__).parent / "stored-form-1"


def small():
    return job_of(model(), samples=700, compared=0, concepts=["nash"], claims=[])


def asked(path, words, *values):
    """What a database answers; what is changed is kept."""
    with closing(sqlite3.connect(path)) as database:
        found = database.execute(words, values).fetchall()
        database.commit()
        return found


def test_what_is_stored_is_read_back(tmp_path):
    job, out = small(), tmp_path / "out"
    whole = varied(job, out=out).digest
    before = out.read_bytes()
    with Store(out, job) as store:
        assert sorted(store.done) == [*range(job.chunks)]
    assert varied(job, out=out).digest == whole == varied(job).digest
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "one file, which can be copied"


def test_what_is_missing_is_worked_out_again_and_nothing_else(tmp_path):
    job, out = small(), tmp_path / "out"
    whole = varied(job, out=out).digest
    for table, column in (("chunk", "number"), ("combination", f"number / {job.chunk_size}"), ("equilibria", "chunk")):
        asked(out, f"DELETE FROM {table} WHERE {column} = 3")
    with Store(out, job) as store:
        assert sorted(store.done) == [k for k in range(job.chunks) if k != 3]
    assert varied(job, out=out).digest == whole


def test_a_file_that_was_not_begun_whole_was_not_begun(tmp_path, monkeypatch):
    job, out = small(), tmp_path / "out"

    def broken(_value):
        raise KeyboardInterrupt

    monkeypatch.setattr(stores.json, "dumps", broken)
    with pytest.raises(KeyboardInterrupt):
        Store(out, job)
    monkeypatch.undo()
    assert asked(out, "SELECT count(*) FROM sqlite_master") == [(0,)]
    assert varied(job, out=out).digest == varied(job).digest


def test_rows_of_many_numbers_are_read_back(tmp_path):
    every = ["nash", "gmr", "smr", "seq", "sseq", "pseq", "psseq", "brseq", "brsseq"]
    job, out = job_of(model(), samples=60, compared=0, concepts=every), tmp_path / "out"
    assert len(job.columns) > 24
    whole = varied(job, out=out).digest
    with Store(out, job) as store:
        assert sorted(store.done) == [*range(job.chunks)]
    assert varied(job, out=out).digest == whole


def test_the_file_says_what_it_is(tmp_path):
    job, out = small(), tmp_path / "out"
    varied(job, out=out)
    assert asked(out, "PRAGMA application_id") == [(stores.APPLICATION,)]
    assert asked(out, "PRAGMA user_version") == [(stores.FORM,)]
    run = {key: json.loads(value) for key, value in asked(out, "SELECT key, value FROM run")}
    assert run["bestand"] == bestand.__version__
    assert bestand.loads(run["model"]) == model()
    assert asked(out, "SELECT count(*) FROM combination") == [(700,)]
    with Store(out, job) as store:
        (found,) = asked_of(store, "SELECT found FROM combination WHERE number = 300")
        at, row = divmod(300, job.chunk_size)
        assert json.loads(found) == store.done[at].table[row].tolist()


def asked_of(store, words):
    return store._database.execute(words).fetchone()


def test_a_file_of_this_form_is_read_by_every_later_version(tmp_path):
    """Written once and for all. Where the numbers themselves change, `NUMBERS` is raised, and a new file made."""
    out = tmp_path / "out"
    shutil.copy(WRITTEN_BEFORE, out)
    job = job_of(model(), concepts=["nash", "seq"])
    with Store(out, job) as store:
        assert sorted(store.done) == [*range(job.chunks)]
    assert varied(job, out=out).digest == varied(job).digest


def test_a_model_is_the_same_however_an_earlier_version_wrote_it(tmp_path):
    out = tmp_path / "out"
    job = job_of(
        model(), concepts=["nash"], others={"x": model(OPEN.replace("[up.release, not", "[not up.release, not"))}
    )
    whole = varied(job, out=out).digest
    for key in ("model", "with"):
        ((value,),) = asked(out, "SELECT value FROM run WHERE key = ?", key)
        text = json.dumps(value)[1:-1]
        assert "title: Two" in text
        asked(
            out, "UPDATE run SET value = ? WHERE key = ?", value.replace("title: Two", "# as it was\\ntitle: Two"), key
        )
    with Store(out, job) as store:
        assert len(store.done) == job.chunks
    assert varied(job, out=out).digest == whole


@pytest.mark.parametrize("value", ["[['x', 3]]", "[3]", "[['x']]", "[{'x': 'y'}]", "['xy']", "3", "null"])
def test_other_files_that_are_none_are_other_files(tmp_path, value):
    """What stands for other analysts' models may be anything: it is compared, and never taken for one."""
    out = tmp_path / "out"
    varied(job_of(model(), concepts=["nash"], others={"x": model()}), out=out)
    asked(out, "UPDATE run SET value = ? WHERE key = 'with'", value.replace("'", '"'))
    with pytest.raises(CallError, match="other analysts' files"):
        varied(job_of(model(), concepts=["nash"], others={"x": model()}), out=out)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("PRAGMA user_version = 2", "was written by a newer version of bestand; give another file"),
        ("UPDATE run SET value = '0' WHERE key = 'numbers'", "results of bestand .*, and this version comes to others"),
        ("UPDATE run SET value = '\"x\"' WHERE key = 'design'", "holds the results of other open questions"),
    ],
)
def test_other_versions_are_told(tmp_path, words, message):
    job, out = small(), tmp_path / "out"
    varied(job, out=out)
    asked(out, words)
    before = out.read_bytes()
    with pytest.raises(CallError, match=message):
        varied(job, out=out)
    assert out.read_bytes() == before


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


BEFORE = b'{"bestand vary":1,"settings":{"bestand":"0.1.0"}} 0123\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"hello\n", "holds no results of bestand vary"),
        (b"{}\n", "holds no results"),
        (b"\x00\x01", "holds no results"),
        (b"SQLite format 3\x00", "holds no results"),
        (BEFORE, "in a form that bestand before this version kept, which is read no more; give another file"),
    ],
)
def test_a_file_that_is_something_else_is_refused_and_kept(tmp_path, content, message):
    (tmp_path / "out").write_bytes(content)
    with pytest.raises(CallError, match=message):
        varied(job_of(model()), out=tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == content


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_another_database_is_refused_and_kept(tmp_path, mode):
    out = tmp_path / "out"
    with closing(sqlite3.connect(out)) as database:
        database.execute(f"PRAGMA journal_mode = {mode}")
        database.execute("CREATE TABLE run (key, value)")
        database.commit()
    before = out.read_bytes()
    with pytest.raises(CallError, match="out is a database of something else"):
        varied(job_of(model()), out=out)
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_file_is_written(tmp_path):
    (tmp_path / "out").touch()
    assert varied(small(), out=tmp_path / "out").digest == varied(small(), out=tmp_path / "out").digest


def test_a_folder_and_a_missing_one_are_refused(tmp_path):
    for path, message in ((tmp_path, "it is no ordinary file"), (tmp_path / "no" / "out", "there is no folder")):
        with pytest.raises(CallError, match=message):
            varied(job_of(model()), out=path)


def test_names_that_mean_something_to_a_database_are_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "a?mode=ro", "50%23 #x", "file:x"):
        varied(small(), out=Path(name))
        assert (tmp_path / name).stat().st_size > 0
    assert len([*tmp_path.iterdir()]) == 4


SECOND = """\
import sys, bestand
bestand.vary(sys.argv[1], samples=700, compared=0, concepts=["nash"], claims=[], out=sys.argv[2], workers=1)
"""


def test_a_second_run_is_told_and_the_first_goes_on(tmp_path):
    """In this process and in another one; also once the first has looked at what it holds itself."""
    job, out = small(), tmp_path / "out"
    (tmp_path / "m.yaml").write_text(OPEN, "utf-8")
    (tmp_path / "second.py").write_text(SECOND, "utf-8")
    with Store(out, job) as store:
        for _ in range(2):
            with pytest.raises(
                CallError, match=r"another run is writing to .*: wait until it is done, or give another"
            ):
                varied(job, out=out)
            other = subprocess.run(
                [sys.executable, tmp_path / "second.py", tmp_path / "m.yaml", out],
                capture_output=True,
                text=True,
                check=False,
            )
            assert "another run is writing to" in other.stderr
        assert not store.done
    assert varied(job, out=out).digest == varied(job).digest


FULL = """\
import resource, sys, bestand
from bestand.model.errors import CallError, LimitReached
most = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    bestand.vary(sys.argv[1], samples=700, compared=0, concepts=["nash"], claims=[], out=sys.argv[2], workers=1)
except CallError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="no such limits there")
def test_a_full_disk_keeps_what_was_stored(tmp_path):
    job, out = small(), tmp_path / "out"
    (tmp_path / "m.yaml").write_text(OPEN, "utf-8")
    (tmp_path / "full.py").write_text(FULL, "utf-8")
    varied(job, out=tmp_path / "whole")
    whole, kept = (tmp_path / "whole").stat().st_size, []
    for most in (whole // 5, whole - 16_000, whole - 8_000):
        told = subprocess.run(
            [sys.executable, tmp_path / "full.py", tmp_path / "m.yaml", out, str(most)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "the disk may be full" in told.stdout
        assert "go on with the same call" in told.stdout
        with Store(out, job) as store:
            kept.append(len(store.done))
    assert kept == sorted(kept)
    assert 0 == kept[0] < kept[-1] < job.chunks
    assert varied(job, out=out).digest == varied(job).digest


def _packed(content):
    return zlib.compress(content, 9)


HOSTILE = {
    "no chunk": ("UPDATE chunk SET number = 99", ()),
    "below zero": ("UPDATE chunk SET number = -1", ()),
    "another hash": ("UPDATE chunk SET digest = ?", (bytes(32),)),
    "a hash of another kind": ("UPDATE chunk SET digest = 3", ()),
    "a row is missing": ("DELETE FROM combination WHERE number = 1", ()),
    "no numbers": ("UPDATE combination SET found = 'x'", ()),
    "no text": ("UPDATE combination SET found = x'00'", ()),
    "text that is none": ("UPDATE combination SET found = CAST(x'ff' AS TEXT)", ()),
    "a broken number": ("UPDATE combination SET found = replace(found, '0', '0.5')", ()),
    "a truth value": ("UPDATE combination SET found = replace(found, '0', 'true')", ()),
    "a number too large": ("UPDATE combination SET found = replace(found, '0', '99999999999')", ()),
    "a number beyond all": ("UPDATE combination SET found = replace(found, '0', '99999999999999999999')", ()),
    "a status that is none": ("UPDATE combination SET found = '[7' || substr(found, 3)", ()),
    "two rows in one": ("UPDATE combination SET found = found || ',' || found WHERE number = 1", ()),
    "a list too deep": ("UPDATE combination SET found = ?", ("[" * 100_000 + "]" * 100_000,)),
    "no concept": ("DELETE FROM equilibria WHERE concept = 'nash'", ()),
    "another concept": ("UPDATE equilibria SET concept = 'xyz' WHERE concept = 'nash'", ()),
    "no bytes": ("UPDATE equilibria SET states = 'x'", ()),
    "not compressed": ("UPDATE equilibria SET states = x'0102'", ()),
    "half a state": ("UPDATE equilibria SET states = ?", (_packed(b"abc"),)),
    "far too many states": ("UPDATE equilibria SET states = ?", (_packed(bytes(2**26)),)),
    "states without counts": ("UPDATE equilibria SET counts = ?", (_packed(b""),)),
    "states that there are not": (
        "UPDATE equilibria SET states = ?, counts = ?",
        (_packed(b"\xff" * 8), _packed(bytes(6) + b"\xf0\x3f")),
    ),
    "no text in what was asked": ("UPDATE run SET value = 'x' WHERE key = 'seed'", ()),
    "a list too deep in what was asked": ("UPDATE run SET value = ? WHERE key = 'seed'", ("[" * 100_000,)),
    "a table too many": ("CREATE TABLE more (x)", ()),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON chunk BEGIN DELETE FROM chunk; END", ()),
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """What a run leaves behind."""
    out = tmp_path_factory.mktemp("finished") / "out"
    varied(job_of(model()), out=out)
    return out


@pytest.mark.parametrize("name", HOSTILE)
def test_a_database_that_is_no_such_run_is_refused_and_kept(tmp_path, finished, name):
    job, out = job_of(model()), shutil.copy(finished, tmp_path / "out")
    words, values = HOSTILE[name]
    asked(out, words, *values)
    before = out.read_bytes()
    with pytest.raises(CallError, match="out is damaged: not all of it is results of this run; give another file"):
        varied(job, out=out)
    assert out.read_bytes() == before


def test_a_view_in_the_place_of_a_table_is_refused(tmp_path, finished):
    job, out = job_of(model()), shutil.copy(finished, tmp_path / "out")
    asked(out, "DROP TABLE run")
    endless = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k FROM n) SELECT k AS key, 1 AS value FROM n"
    asked(out, f"CREATE VIEW run AS {endless}")
    with pytest.raises(CallError, match="out is damaged"):
        varied(job, out=out)


def test_a_database_whose_own_words_are_no_text_is_damaged(tmp_path):
    job, out = small(), tmp_path / "out"
    varied(job, out=out)
    content = out.read_bytes()
    for at in range(content.index(b"CREATE TABLE run"), content.index(b"CREATE TABLE run") + 40, 3):
        out.write_bytes(content[:at] + b"\x9e" + content[at + 1 :])
        assert _refused_untouched(job, out)


def test_a_database_whose_own_words_are_bytes_is_damaged(tmp_path):
    job, out = small(), tmp_path / "out"
    varied(job, out=out)
    with closing(sqlite3.connect(out)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = CAST(sql AS BLOB) WHERE name = 'run'")
        database.commit()
    assert _refused_untouched(job, out)


def test_damage_of_every_kind_is_told_or_does_no_harm(tmp_path):
    """Bytes changed, parts cut off: the right numbers or an error that says what to do, and the file as it was."""
    job, out = small(), tmp_path / "out"
    whole = varied(job, out=out).digest
    content, rng, told = out.read_bytes(), random.Random(3), 0
    for attempt in range(60):
        damaged = bytearray(content)
        if attempt % 3:
            for _ in range(rng.choice([1, 40])):
                damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        else:
            del damaged[rng.randrange(1, len(damaged)) :]
        out.write_bytes(damaged)
        if _refused_untouched(job, out):
            told += 1
        else:
            assert varied(job, out=out).digest == whole
        out.unlink()
    assert told > 20


def _refused_untouched(job, out):
    before = out.read_bytes()
    try:
        with Store(out, job):
            return False
    except CallError as error:
        return "give another file to --out" in str(error) and out.read_bytes() == before


def test_a_limit_on_time_keeps_what_is_finished(tmp_path):
    job = job_of(model(), samples=20_000, compared=0, concepts=["nash"], claims=[])
    part = varied(job, watch=Impatient(job.chunk_size), out=tmp_path / "out")
    assert part.stopped
    assert (part.complete, part.exact) == (False, False)
    assert part.looked_at == 2 * job.chunk_size
    assert part.share("deal", "nash").of == part.looked_at
    assert part.moved_by("deal", "nash") == []
    more = varied(job, watch=Impatient(4 * job.chunk_size), out=tmp_path / "out")
    assert more.looked_at == 5 * job.chunk_size


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_pipes_and_devices_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(CallError, match="it is no ordinary file"):
            varied(job_of(model()), out=path)
