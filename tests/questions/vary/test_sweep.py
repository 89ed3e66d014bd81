"""The combinations one by one, as CSV: what the answer counts, row by row."""

import csv
from collections import Counter

import pytest

import bestand
from bestand.engine.limits import Limits
from bestand.model.errors import CallError
from bestand.questions.vary.vary import job_of, varied
from tests.questions.vary.helpers import CONCEPTS, OPEN, Impatient, by_hand, model, naive


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def test_every_combination_is_a_row(tmp_path):
    answer = bestand.vary(model(), table=tmp_path / "t.csv", concepts=CONCEPTS)
    found = rows(tmp_path / "t.csv")
    assert len(found) == answer.count == 36
    assert [row["combination"] for row in found] == [str(k) for k in range(1, 37)]
    assert len({tuple(row[question] for question in answer.questions) for row in found}) == 36
    assert all(float(row["chance"]) == pytest.approx(1 / 36) for row in found)
    right = [tuple(len(equilibria[c]) for c in CONCEPTS) for equilibria, _ in naive(model(), by_hand())]
    assert sorted(right) == sorted(tuple(int(row[f"equilibria {c}"]) for c in CONCEPTS) for row in found)
    counted = Counter(row["verdict"] for row in found)
    assert counted == {kind: share.count for kind, share in answer.plan.kinds.items()}
    holds = [row["claim ranked"] for row in found]
    assert (holds.count("1"), holds.count("0")) == tuple(each.count for each in answer.claim("ranked").values())[:2]
    some = sum(int(row["equilibria nash: deal"]) > 0 for row in found)
    assert some == answer.share("deal", "nash").count


def test_chances_are_those_of_the_file_and_add_up(tmp_path):
    text = OPEN.replace("open:\n", "open:\n  - {reading: poor, chance: 0.2}\n")
    bestand.vary(model(text), table=tmp_path / "t.csv", concepts=["nash"])
    found = rows(tmp_path / "t.csv")
    assert sum(float(row["chance"]) for row in found if row["poor"] == "with poor") == pytest.approx(0.2)
    assert sum(float(row["chance"]) for row in found) == pytest.approx(1)


def test_a_sample_is_told_without_what_is_there_for_comparison(tmp_path):
    answer = bestand.vary(model(), samples=50, table=tmp_path / "t.csv", concepts=["nash"], claims=[])
    found = rows(tmp_path / "t.csv")
    assert len(found) == 50
    assert "chance" not in found[0]
    assert sum(int(row["equilibria nash: deal"]) > 0 for row in found) == answer.share("deal", "nash").count


def test_without_a_state_there_is_nothing_to_tell(tmp_path):
    text = OPEN.replace("readings:\n", "readings:\n  none: {change: [never up.threaten, always up.threaten]}\n")
    answer = bestand.vary(model(text), table=tmp_path / "t.csv", concepts=["nash"])
    empty = [row for row in rows(tmp_path / "t.csv") if row["equilibria nash"] == ""]
    assert len(empty) == answer.without_states == 36
    assert {row["verdict"] for row in empty} == {""}


def test_a_run_that_was_stopped_tells_what_it_looked_at(tmp_path):
    job = job_of(model(), samples=500, compared=0, concepts=["nash"], claims=[])
    answer = varied(job, watch=Impatient(job.chunk_size), table=tmp_path / "t.csv")
    assert answer.stopped
    assert len(rows(tmp_path / "t.csv")) == answer.looked_at == 2 * job.chunk_size


def test_a_time_that_is_over_while_it_is_written_is_told(tmp_path):
    job = job_of(model(), concepts=["nash"], claims=[])
    answer = varied(job, watch=Impatient(job.rows), table=tmp_path / "t.csv")
    assert answer.stopped
    assert not (tmp_path / "t.csv").exists()


def test_a_table_that_cannot_be_written_is_refused_before_the_work(tmp_path):
    with pytest.raises(CallError, match="there is no folder"):
        bestand.vary(model(), table=tmp_path / "no" / "t.csv", limits=Limits(seconds=0.001))
    with pytest.raises(CallError, match="is a folder"):
        bestand.vary(model(), table=tmp_path, limits=Limits(seconds=0.001))
