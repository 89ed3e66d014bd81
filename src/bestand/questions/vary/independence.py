"""What becomes of chances and of independence where some combinations leave no state, and so count nowhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.model.errors import CallError
from bestand.plan.open.design import Question

from .job import NO_STATE
from .table import Table

_SAME = 1e-9  # difference of a chance that is none
_SURE = 4.0  # standard errors from which on a difference in a sample is none of chance

Bools = NDArray[np.bool_]
Rows = NDArray[np.intp]


def dependent(table: Table, numbers: Rows) -> tuple[int, ...]:
    """Return the questions of which it hangs on the other answers which of their own can be.

    Parameters
    ----------
    table : Table
        All of whose rows have been looked at.
    numbers : (rows, questions) int
        The answers of each row; -1 for an order in a sample.
    """
    if not (table.rows[:, 0] == NO_STATE).any():
        return ()
    hangs = _hangs if table.job.kind == "all" else _seems_to_hang
    return tuple(j for j in range(len(table.job.design.questions)) if hangs(table, numbers, j))


def _hangs(table: Table, numbers: Rows, j: int) -> bool:
    """Whether the same other answers go with some of a question's possible answers, and not with all."""
    counted, questions = table.counted, table.job.design.questions
    possible = len(np.unique(numbers[counted, j]))
    stride = int(np.prod([question.count for question in questions[j + 1 :]], dtype=np.int64))
    others = np.arange(len(numbers)) - numbers[:, j] * stride
    found = np.bincount(others, counted, len(numbers))
    return bool(((found > 0) & (found < possible)).any())


def _seems_to_hang(table: Table, numbers: Rows, j: int) -> bool:
    """Whether another answer that is possible made or lost the states of a row, where that was tried."""
    job, counted = table.job, table.counted
    first = np.arange(job.compared)
    mixed = job.samples + j * job.compared + first
    possible = np.unique(numbers[counted, j])
    both = np.isin(numbers[first, j], possible) & np.isin(numbers[mixed, j], possible)
    return bool((both & (counted[first] != counted[mixed])).any())


def check_chances(table: Table, watch: Watch) -> None:
    """Refuse shares in which a chance that the file states would not be kept: a `CallError`.

    In a sample, or a part of all combinations, where the difference is more than chance.
    """
    job, samples = table.job, table.job.samples
    lost = table.rows[:samples, 0] == NO_STATE
    questions = job.design.questions
    stated = {j: each for j, each in enumerate(questions) if isinstance(each, Question) and each.stated}
    if not lost.any() or not table.sample.any() or not stated:
        return
    numbers = table.numbers(watch)[:samples]
    seen = table.rows[:samples, 0] >= 0
    exact = job.kind == "all" and seen.all()
    for j, question in stated.items():
        for k, answer in enumerate(question.answers):
            so = numbers[:, j] == k
            chance = float(table.weights[so].sum() / table.weights.sum())
            off = abs(chance - question.chances[k]) > _SAME if exact else _differs(lost[seen], so[seen])
            if off:
                told = (
                    f"the chances stated about {question.words} cannot be kept: {int(lost.sum()):,} combinations leave"
                )
                would = f"{100 * chance:.0f}% and not {100 * question.chances[k]:.0f}%"
                ways = "say what excludes what (at_most_one), or leave the chances out"
                raise CallError(f"{told} no state, and without them '{answer.words}' would count {would}; {ways}")


def _differs(lost: Bools, so: Bools) -> bool:
    """Whether rows with an answer leave no state more often, or less often, than others."""
    part, of = float(lost[so].mean()) if so.any() else 0.0, int(so.sum())
    whole = float(lost.mean())
    return of > 0 and abs(part - whole) > _SURE * np.sqrt(whole * (1 - whole) / of)
