"""A minute of random input; and what finds faults by it does find them, and tells how to make them again."""

import os
from random import Random

import pytest

from tools import fuzz
from tools.fuzzing import language

SECONDS = 60  # in all; other inputs on each run, and the same ones where CI is set
SEED = 1 if os.environ.get("CI") else Random().randrange(10**6)


# A stop may fall into a callback of the garbage collector, where it is told and lost; the guard comes again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", fuzz.KINDS)
def test_whatever_comes_gets_an_answer_or_a_clear_word(kind):
    found = fuzz.fuzz(kind, SEED, SECONDS / len(fuzz.KINDS))
    assert found.ends.total() > 10
    assert not found.failures, fuzz.told(found)


@pytest.mark.parametrize("kind", fuzz.KINDS)
def test_the_same_number_is_the_same_input(kind):
    assert [fuzz.made(kind, 3, k) for k in range(20)] == [fuzz.made(kind, 3, k) for k in range(20)]
    assert len({str(fuzz.made(kind, 3, k)) for k in range(20)}) > 10


def test_a_fault_is_found_and_told(monkeypatch, tmp_path):
    def broken(*_):
        raise ZeroDivisionError

    for start in language.READERS:
        monkeypatch.setitem(language.READERS, start, (broken, str, str))
    monkeypatch.setattr(language, "listed", broken)
    found = fuzz.fuzz("language", 1, 0.1)
    ((sort, numbers),) = found.failures.items()
    assert sort.startswith("ZeroDivisionError in test_fuzz.py, line ")
    assert numbers[0] == 0
    assert "--kinds language --seed 1 --number 0" in fuzz.told(found)
    fuzz.keep(tmp_path, found)
    assert (tmp_path / "language-1-0").exists()


def test_a_formula_that_is_written_as_another_is_a_fault(monkeypatch):
    monkeypatch.setitem(language.READERS, "formula", (language.parse_formula, lambda _: "true", str))
    with pytest.raises(AssertionError, match="means something else"):
        language.put(("formula", "release and attack"))


def test_a_ranking_that_is_offered_in_another_order_is_a_fault(monkeypatch):
    monkeypatch.setattr(language, "listed", lambda _: "[2, 1]")
    with pytest.raises(AssertionError, match="another order"):
        language.put(("ranking", "1 > 2"))
