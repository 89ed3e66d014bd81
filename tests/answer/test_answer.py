"""What every answer can do: compared, pickled, copied, shown in a line, and told in any form."""

import copy
import pickle
from dataclasses import dataclass

import numpy as np
import pytest

import bestand
from bestand.answer import answer as module
from bestand.answer.answer import same


@pytest.fixture
def answer():
    return bestand.readings("press/wynia2025/ukraine")


def test_an_answer_is_a_value(answer):
    assert answer == bestand.readings("press/wynia2025/ukraine") != bestand.readings("textbook/chicken")
    assert hash(answer) == hash(bestand.readings("press/wynia2025/ukraine"))
    assert pickle.loads(pickle.dumps(answer)) == answer == copy.copy(answer) == copy.deepcopy(answer)
    assert "\n" not in repr(answer)
    with pytest.raises(AttributeError):
        answer.readings = ()


def test_an_answer_of_another_version_is_refused(answer, monkeypatch):
    kept = pickle.dumps(answer)
    monkeypatch.setattr(module, "__version__", "9.9")
    with pytest.raises(bestand.BestandError, match=r"by bestand 0\.1\.0, and this is 9\.9: ask the question again"):
        pickle.loads(kept)
    with pytest.raises(bestand.BestandError, match="pickled by bestand an older version"):
        type(answer).__new__(type(answer)).__setstate__({"model": 1})


def test_an_answer_is_told_in_every_form(answer, tmp_path):
    assert "usa-firm" in str(answer) == answer.words()
    assert answer.words("nl") != answer.words("en")
    assert answer.blocks("nl") != answer.blocks("en")
    assert "<" in answer._repr_html_()
    for ending in ("html", "md"):
        answer.save(tmp_path / f"answer.{ending}")
        assert (tmp_path / f"answer.{ending}").stat().st_size > 500
    with pytest.raises(bestand.CallError, match="there are no texts in 'xx'"):
        answer.words("xx")
    with pytest.raises(bestand.CallError, match="there is no picture of this answer"):
        answer.picture()


@dataclass(frozen=True)
class Part:
    """What an answer may hold."""

    array: np.ndarray
    parts: tuple["Part", ...] = ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (np.array([1, 2]), np.array([1, 2]), True),
        (np.array([1, 2]), np.array([1, 2], np.int8), False),
        ({"a": (np.array([1]),)}, {"a": (np.array([1]),)}, True),
        ({"a": 1}, {"b": 1}, False),
        ((1, np.array([1])), [1, np.array([1])], False),
        (Part(np.array([1]), (Part(np.array([2])),)), Part(np.array([1]), (Part(np.array([2])),)), True),
        (Part(np.array([1]), (Part(np.array([2])),)), Part(np.array([1]), (Part(np.array([3])),)), False),
    ],
)
def test_values_are_compared_by_what_is_in_them(one, other, alike):
    assert same(one, other) is alike


def test_arrays_cannot_be_written_to_after_they_were_pickled():
    held = {"part": (Part(np.array([1]), (Part(np.array([2])),)),)}
    kept = module.read_only(pickle.loads(pickle.dumps(held)))
    for part in (kept["part"][0], kept["part"][0].parts[0]):
        with pytest.raises(ValueError, match="read-only"):
            part.array[0] = 5
