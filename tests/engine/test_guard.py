"""A guard stops what does not look at its watch, wherever it is, and nobody else; a ceiling refuses memory."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time

import pytest

from bestand import LimitReached, Limits
from bestand.engine import guard
from bestand.engine.guard import guarded
from bestand.engine.limits import Watch
from bestand.engine.machine import ceiling, resident

MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(guard, "_GRACE", 0.05)
    monkeypatch.setattr(guard, "_PART", 0.2)
    monkeypatch.setattr(guard, "_AGAIN", 0.2)


def for_ever():
    while True:
        sum(range(1_000))


def test_a_loop_that_looks_at_no_watch_is_stopped():
    watch = Watch(Limits(seconds=0.1))
    watch.phase("counting to infinity")
    with pytest.raises(LimitReached, match=r"stopped after 0\.1 seconds, while counting to infinity"), guarded(watch):
        for_ever()


def test_the_error_survives_pickle():
    with pytest.raises(LimitReached) as error, guarded(Watch(Limits(seconds=0.1))):
        for_ever()
    again = pickle.loads(pickle.dumps(error.value))
    assert type(error.value) is type(again) is LimitReached
    assert again.stop == error.value.stop


def test_what_goes_on_after_a_stop_is_stopped_again():
    stops = 0
    with guarded(Watch(Limits(seconds=0.1))):
        while stops < 3:
            try:
                for_ever()
            except LimitReached:
                stops += 1
    assert stops == 3


def test_no_stop_comes_late():
    """Work that is done in time is not stopped after all, whatever it does next."""
    for _ in range(20):
        with guarded(Watch(Limits(seconds=0.05))):
            pass
        end = time.monotonic() + 0.02
        while time.monotonic() < end:
            pass
    assert not [thread for thread in threading.enumerate() if thread.name == "guard"]


def test_who_stopped_by_itself_has_time_to_tell(monkeypatch):
    monkeypatch.setattr(guard, "_PART", 60.0)
    watch = Watch(Limits(seconds=0.1))

    def looking():
        while True:
            watch.check()

    with guarded(watch):
        with pytest.raises(LimitReached):
            looking()
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            pass


def test_a_module_is_loaded_to_its_end(tmp_path, monkeypatch):
    code = "import time\nend = time.monotonic() + 0.5\nwhile time.monotonic() < end: pass\n"
    (tmp_path / "slowly_loaded.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)

    def loading():
        import slowly_loaded

        assert slowly_loaded.end
        for_ever()

    with pytest.raises(LimitReached), guarded(Watch(Limits(seconds=0.05))):
        loading()
    assert "slowly_loaded" in sys.modules


def test_without_limits_nobody_looks():
    with guarded(Watch()):
        assert not [thread for thread in threading.enumerate() if thread.name == "guard"]


def hoard(kept, watch=None):
    """Fill up to four gigabytes, piece by piece."""
    while len(kept) < 4_000:
        kept.append(b"\1" * MEGABYTE)
        time.sleep(0.0001)
        if watch is not None:
            watch.check()


def test_memory_that_nobody_announced_is_noticed():
    kept = []
    watch = Watch(Limits(memory=10 * MEGABYTE))
    with pytest.raises(LimitReached, match=r"10\.0 MiB of memory are full"), guarded(watch):
        hoard(kept)
    assert len(kept) < 4_000


def test_a_watch_weighs_what_is_held():
    watch = Watch(Limits(memory=10 * MEGABYTE))
    watch.phase("hoarding")
    kept = []
    with pytest.raises(LimitReached, match=r"10\.0 MiB of memory are full, while hoarding"):
        hoard(kept, watch)
    assert len(kept) < 4_000


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on data covers all that is allotted on Linux alone")
def test_the_system_refuses_memory_beyond_the_ceiling():
    with ceiling(50 * MEGABYTE), pytest.raises(MemoryError):
        bytearray(2**30)
    assert len(bytearray(2**30)) == 2**30


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on data covers all that is allotted on Linux alone")
def test_what_the_system_refuses_is_a_limit_that_was_reached():
    watch = Watch(Limits(memory=50 * MEGABYTE))
    with pytest.raises(LimitReached, match=r"50\.0 MiB of memory are full"), guarded(watch), ceiling(50 * MEGABYTE):
        bytearray(2**30)


def test_memory_that_is_held_is_known():
    before = resident()
    held = b"\1" * (64 * MEGABYTE)
    assert resident() - before > 32 * MEGABYTE or before == 0
    assert held


def test_an_answer_that_is_there_has_time_to_be_told():
    watch = Watch(Limits(seconds=0.05))
    with guarded(watch):
        watch.rest()
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            pass


@pytest.mark.skipif(sys.platform != "linux", reason="where the most ever held is all that is known")
def test_a_forked_process_knows_its_own_memory():
    script = (
        "import os\n"
        "from bestand.engine.machine import resident\n"
        "before = resident()\n"
        "if not os.fork():\n"
        "    held = b'1' * 2**26\n"
        "    os._exit(resident() - before < 2**25)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0
