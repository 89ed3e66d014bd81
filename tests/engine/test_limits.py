"""Limits: refused where they make no sense, obeyed wherever they strike, and what was finished stays right."""

import numpy as np
import pytest

import bestand
from bestand import CallError, LimitReached, Limits
from bestand.engine import limits
from bestand.engine.limits import Progress, Watch
from bestand.solve import solution as solving

MODEL = """
bestand: 1
title: Three neighbours
parties:
  up: {options: {release: , threaten: }}
  mid: {options: {share: , store: }}
  down: {options: {attack: , sue: }}
rules: [never: up.release and up.threaten]
one_way: {up.release: to-yes}
status_quo: [up.threaten]
plan: release and not attack
preferences:
  up: {priorities: [not attack, not release, threaten implies sue]}
  mid: {priorities: [share iff release, not attack, store]}
  down: {priorities: [release or attack, not sue, not attack]}
"""


class Clock:
    """A clock that is a second later every time somebody looks."""

    def __init__(self):
        self.now = 0

    def monotonic(self):
        self.now += 1
        return self.now


@pytest.mark.parametrize("name", ["seconds", "states", "memory"])
@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_a_limit_of_nothing_is_a_wrong_call(name, value):
    with pytest.raises(CallError, match=f"{name}: give more than 0"):
        Limits(**{name: value})


def test_an_unknown_limit_is_a_wrong_call():
    with pytest.raises(CallError, match="there is no limit on 'minutes'; limits: seconds, states, memory"):
        bestand.analyse(bestand.loads(MODEL), limits={"minutes": 1})


def test_limits_may_be_a_mapping():
    assert bestand.analyse(bestand.loads(MODEL), limits={"seconds": 60, "memory": 2**30}).complete


@pytest.mark.parametrize("engine", ["cube", "listed", "arcs", "symbolic"])
def test_stopped_at_any_moment(monkeypatch, engine):
    """Wherever the time is over, every verdict that is told is the right one, and what is missing is named."""
    monkeypatch.setattr(solving, "PATIENCE", float("inf"))  # processes of their own have a clock of their own
    model = bestand.loads(MODEL)
    whole = bestand.analyse(model, engine=engine)
    assert whole.complete
    assert whole.stopped is None
    seen = set()
    every = 11 if engine == "symbolic" else 3  # it looks at the clock thousands of times
    for seconds in range(1, 5000, every):
        monkeypatch.setattr(limits, "time", Clock())
        part = analysed(model, engine, seconds)
        if isinstance(part, LimitReached):
            assert part.limit == "seconds"
            assert f"stopped after {seconds:,} second" in str(part)
            continue
        for concept in part.concepts:
            for party, verdict in part.finished[concept].items():
                assert same(verdict, whole.finished[concept][party])
            finished = len(part.finished[concept]) == 3
            assert (concept in part.stable) == (concept in part.equilibria)
            assert finished == (concept in part.stable) or (finished and engine == "symbolic")  # not put together yet
            if concept in part.equilibria:
                assert same(part.equilibria[concept], whole.equilibria[concept])
        seen.add(sum(map(len, part.finished.values())))
        if part.complete:
            break
        stopped = f"stopped after {seconds:,} second{'s' * (seconds > 1)}, while "
        assert str(part.stopped).startswith(stopped)
        if len(part.stable) < len(part.concepts):  # verdicts are missing
            assert str(part.stopped) == f"{stopped}working out what is stable"
    else:
        pytest.fail("never finished")
    assert len(seen) > 10  # it was stopped in many places


def analysed(model, engine, seconds):
    """The result, or the limit where it is reached before there is one."""
    try:
        return bestand.analyse(model, engine=engine, limits={"seconds": seconds})
    except LimitReached as error:
        return error


def same(left, right):
    return np.array_equal(left, right) if isinstance(left, np.ndarray) else list(left) == list(right)


def test_progress_covers_every_phase(monkeypatch):
    monkeypatch.setattr(limits, "time", Clock())
    told: list[Progress] = []
    bestand.analyse(bestand.loads(MODEL), progress=told.append)
    assert {"listing the states", "working out what is stable"} <= {progress.phase for progress in told}
    done = [progress.done for progress in told if progress.phase == "working out what is stable"]
    assert (done[0], done[-1]) == (0, 15)
    assert done == sorted(done)
    assert all(progress.total == 15 for progress in told if progress.phase == "working out what is stable")


def test_reports_are_rare():
    told: list[Progress] = []
    watch = Watch(report=told.append)
    watch.phase("counting", 100_000)
    for _ in range(100_000):
        watch.step()
    assert 1 <= len(told) < 1000


def test_the_library_prints_nothing(capsys):
    bestand.analyse(bestand.loads(MODEL), limits={"seconds": 100}, progress=lambda progress: None)
    assert capsys.readouterr() == ("", "")


def test_a_memory_limit_on_arrays_says_what_for_and_how_much():
    model = bestand.loads(MODEL)
    with pytest.raises(LimitReached, match=r"would take .* bytes; the limit is 100 bytes") as stopped:
        bestand.analyse(model, engine="listed", limits={"memory": 100})
    assert stopped.value.limit == "memory"


def test_a_part_of_the_work_has_the_same_clock(monkeypatch):
    monkeypatch.setattr(limits, "time", Clock())
    told: list[Progress] = []
    inner = Watch(Limits(seconds=4), told.append).inner()
    inner.phase("inside")
    inner.step()
    inner.step()
    with pytest.raises(LimitReached):
        inner.step()
    assert not told
