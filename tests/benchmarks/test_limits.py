"""Whether limits are kept is asked of every command, and of models that are read."""

import sys

import pytest

import bestand
from benchmarks import limits
from bestand.questions.registry import questions


def test_every_question_is_asked():
    assert questions().keys() == {command.split()[0] for command in limits.COMMANDS}


@pytest.mark.parametrize("shape", ["par19", "par100", "huge", "doubled", "tangled", "banned", "hard-rules"])
def test_a_shape_is_a_model(shape):
    assert bestand.loads(limits.SHAPES[shape]()).parties


def test_what_a_command_takes_is_measured(tmp_path):
    (tmp_path / "model.yaml").write_text(limits.SHAPES["banned"](), "utf-8")
    run = limits.measured(["check", "model.yaml"], tmp_path, 60)
    assert (run.status, run.kept) == (0, True)
    assert 0.1 < run.processor < 30
    assert run.memory > 10 * 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_what_is_late_is_not_kept(tmp_path):
    (tmp_path / "model.yaml").write_text(limits.SHAPES["banned"](), "utf-8")
    assert not limits.measured(["check", "model.yaml"], tmp_path, -60).kept
