"""Questions put to processes of their own: the same sets, and nothing left running when a limit strikes."""

import subprocess

import pytest

import bestand
from bestand.engine.diagrams.choose import has_cudd
from bestand.engine.limits import Limits, Watch
from bestand.solve import processes as apart
from bestand.solve import solution as solving
from bestand.solve import workers
from bestand.solve.solution import solve
from tests.engine.test_limits import MODEL

BACKENDS = [
    pytest.param("cudd", marks=pytest.mark.skipif(not has_cudd(), reason='needs the extra "symbolic"')),
    "oxidd",
]


@pytest.fixture
def model():
    return bestand.loads(MODEL)


def impatient(monkeypatch):
    """Every question takes too long for the process itself."""
    monkeypatch.setattr(solving, "PATIENCE", -1.0)


def test_the_same_sets(model, monkeypatch):
    patient = bestand.analyse(model, engine="symbolic")
    impatient(monkeypatch)
    apart_ = bestand.analyse(model, engine="symbolic")
    assert apart_.complete
    for concept in patient.concepts:
        for party, states in patient.stable[concept].items():
            assert list(apart_.stable[concept][party]) == list(states)


@pytest.mark.parametrize("backend", BACKENDS)
def test_tables_of_either_back_end(model, backend):
    questions = [("nash", 0), ("seq", 1), ("sseq", 2)]
    found = dict(apart.verdicts_apart(model, questions, Watch(), 2**28, backend))
    solution = solve(model, "symbolic")
    assert set(found) == set(questions)
    for question, written in found.items():
        assert solution.engine.read(written) == solution.stable_set(*question)


def test_a_limit_on_time_ends_the_processes(model, monkeypatch):
    started = []
    popen = subprocess.Popen

    def noted(*arguments, **flags):
        started.append(popen(*arguments, **flags))
        return started[-1]

    monkeypatch.setattr(workers.subprocess, "Popen", noted)
    impatient(monkeypatch)
    solution = solve(model, "symbolic", Watch())
    monkeypatch.setattr(solution.watch, "limits", Limits(seconds=solution.watch.seconds + 0.05))
    solution.finish(["nash", "seq"])
    assert "stopped after" in str(solution.stopped)
    assert started
    assert all(process.poll() is not None for process in started)


def test_a_process_that_dies_takes_nothing_with_it(model, monkeypatch):
    """What the others find is kept, and what is missing is named."""
    impatient(monkeypatch)
    whole = solve(model, "symbolic")
    whole.finish(["seq"])
    give = workers._Process.give

    def deadly(process, number, question):
        give(process, number, question)
        if question == ("seq", 1):
            process._process.kill()

    monkeypatch.setattr(workers._Process, "give", deadly)
    part = solve(model, "symbolic")
    part.finish(["seq"])
    assert part.finished("seq") == (0, 2)
    assert "seq for mid" in str(part.stopped)
    for i in (0, 2):
        assert list(part.stable_set("seq", i)) == list(whole.stable_set("seq", i))


def test_a_question_that_fills_its_memory_is_named(model, monkeypatch):
    impatient(monkeypatch)
    solution = solve(model, "symbolic")
    monkeypatch.setattr(type(solution.engine), "memory", 2**12)
    solution.finish(["nash"])
    assert solution.stopped
    assert "nash for" in str(solution.stopped)
