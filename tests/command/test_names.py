"""Parties by name: an id goes before a name, a name that fits two is refused, and answers tell such parties apart."""

from __future__ import annotations

import pytest

TWO = """bestand: 1
title: Two players
parties:
  {one}: {{name: {called}, options: {{defect: {{says: defects}}}}}}
  {other}: {{name: {named}, options: {{wait: {{says: waits}}}}}}
status_quo: []
preferences:
  {one}: {{priorities: [not {other}.wait, {one}.defect]}}
  {other}: {{priorities: [not {one}.defect, {other}.wait]}}
"""


@pytest.fixture
def asked(call, tmp_path, monkeypatch):
    """What is said of a party of two."""
    monkeypatch.chdir(tmp_path)

    def asking(name: str, **names: str) -> tuple[int, str, str]:
        (tmp_path / "two.yaml").write_text(TWO.format(**names), "utf-8")
        return call("explain", "two.yaml", "--party", name, "--concept", "nash")

    return asking


def test_a_name_that_fits_two_is_refused_with_both_ids(asked):
    status, out, err = asked("player 1", one="a", other="b", called="Player 1", named="PLAYER 1")
    assert (status, out) == (2, "")
    assert "'player 1' is the name of 2 parties; give one by its id: a, b" in err


def test_an_id_goes_before_a_name_and_the_answer_has_it(asked):
    out = asked("north", one="north", other="south", called="South", named="North")[1]
    assert "South (north) can improve: it defects." in " ".join(out.split())


def test_letters_count_as_they_are_read(asked):
    out = asked("valle\u0301e", one="a", other="b", called="Vallée", named="Plateau")[1]
    assert "Vallée can improve" in " ".join(out.split())
