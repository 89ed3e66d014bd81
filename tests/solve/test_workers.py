"""Tasks for processes: results in the order of the tasks, and an end when the time is over or a process dies."""

from __future__ import annotations

import os
import time
from functools import partial

import pytest

from bestand import BestandError, CallError, LimitReached, Limits
from bestand.engine.limits import OutOfPatience, Watch
from bestand.solve.workers import crew, worked


class Power:
    def __init__(self, exponent: int) -> None:
        self.exponent = exponent

    def __call__(self, base: int) -> int:
        time.sleep(0.05 if base % 2 else 0)
        return base**self.exponent


def power(exponent: int, _watch: Watch) -> Power:
    return Power(exponent)


class Failing:
    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def __call__(self, how: str) -> str:
        if how == "dies":
            os._exit(3)
        if how == "sleeps":
            time.sleep(60)
        if how == "prints":
            print("something")  # noqa: T201
            return "printed"
        if how == "divides":
            return str(1 // 0)
        if how == "share":
            return str(self.watch.limits.memory)
        if how == "grows":
            return str(len([b"\1" * 2**20 for _ in range(2**12)]))
        if how == "answers":
            return "answered"
        if how == "loses patience":
            with self.watch.patience(0):
                time.sleep(0.01)
                self.watch.check()
        raise CallError("cannot be asked")


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_tasks(workers):
    assert list(worked(partial(power, 2), range(20), Watch(), workers)) == [k**2 for k in range(20)]
    assert list(worked(partial(power, 2), [], Watch(), workers)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_whoever_has_another_way_learns_that_this_one_takes_too_long(workers):
    with pytest.raises(OutOfPatience):
        list(worked(Failing, ["loses patience"], Watch(), workers))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_passed_on(workers):
    with pytest.raises(CallError, match="cannot be asked"):
        list(worked(Failing, ["fails", "fails"], Watch(), workers))


def test_a_process_that_dies_is_told():
    with pytest.raises(BestandError, match="ended before its time"):
        list(worked(Failing, ["dies"], Watch(), 2))


def test_what_a_process_that_dies_was_at_is_told_apart_and_the_others_go_on():
    found = worked(Failing, ["answers", "dies", "answers"], Watch(), 2, lost=lambda task: f"{task}, and is lost")
    assert list(found) == ["answered", "dies, and is lost", "answered"]


def test_with_nobody_left_the_rest_is_lost():
    found = worked(Failing, ["dies", "dies", "answers", "answers"], Watch(), 2, in_order=False, lost=str.upper)
    assert sorted(found) == ["ANSWERS", "ANSWERS", "DIES", "DIES"]


def test_tasks_are_read_when_a_process_is_free_for_them():
    begun = []

    def tasks():
        for k in range(100):
            begun.append(k)
            yield "answers"

    found = worked(Failing, tasks(), Watch(), 2, in_order=False)
    assert next(found) == "answered"
    assert len(begun) < 5
    assert list(found) == ["answered"] * 99


def test_what_a_task_prints_is_no_answer():
    assert list(worked(Failing, ["prints", "answers"], Watch(), 2)) == ["printed", "answered"]


def test_an_unexpected_error_says_where_it_was_raised():
    with pytest.raises(RuntimeError, match="1 // 0"):
        list(worked(Failing, ["divides"], Watch(), 2))


def test_the_time_holds_while_processes_work():
    began = time.monotonic()
    with pytest.raises(LimitReached):
        list(worked(Failing, ["sleeps"], Watch(Limits(seconds=0.5)), 2))
    assert time.monotonic() - began < 20


def test_how_many():
    assert crew(3, Watch()) == 3
    assert crew(None, Watch()) >= 1
    with pytest.raises(CallError, match="-1 workers"):
        crew(-1, Watch())


def test_no_more_processes_than_the_memory_has_room_for():
    assert crew(3, Watch(Limits(memory=2**30))) == 3
    assert crew(3, Watch(Limits(memory=300 * 2**20))) == 2
    assert crew(3, Watch(Limits(memory=1))) == 1


def test_each_process_keeps_its_share_of_the_memory():
    watch = Watch(Limits(memory=100 * 2**20))
    assert list(worked(Failing, ["share", "share"], watch, 2)) == [str(50 * 2**20)] * 2
    with pytest.raises(LimitReached, match=r"50\.0 MiB of memory are full"):
        list(worked(Failing, ["grows"], watch, 2))
