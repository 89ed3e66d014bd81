"""The combinations one by one as a table in CSV: what is answered in each, and what it comes to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

import numpy as np

from bestand.checks.batch import UNSAID
from bestand.engine.limits import Watch
from bestand.model.formula import text
from bestand.plan.ruling_values import KINDS

from .job import NO_STATE, Chunk, Job, asked_under
from .table import Table

_LOOK = 1000  # rows between two looks at the clock

Cell = str | int | float


def csv_text(job: Job, chunks: Sequence[Chunk], watch: Watch) -> str:
    """Return the table with a header, a row for each combination that was looked at, those for comparison left out.

    Raises
    ------
    LimitReached
    """
    watch.phase("writing the table", job.samples)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([*_given(job), *_columns(job)])
    rows = Table(job, chunks).rows[: job.samples]
    for at, row in enumerate(rows):
        if at % _LOOK == 0:
            watch.step(_LOOK)
        if row[0] >= 0:
            writer.writerow([*_answers(job, at), *_cells(job, row)])
    return written.getvalue()


def _given(job: Job) -> list[str]:
    """Return what the columns are that say which combination it is."""
    return ["combination", *(question.words for question in job.design.questions), *["chance"] * (job.kind == "all")]


def _answers(job: Job, at: int) -> Iterator[Cell]:
    """Yield the number of a combination, from 1 on, its answers, and its chance; a drawn one has as much as any."""
    design = job.design
    every = job.kind == "all"
    answers = design.combination(at) if every else tuple(answer for _, answer in job.sampled(at))
    yield at + 1
    yield from (answer.words for answer in answers)
    if every:
        yield design.chance(at) / design.count


def _columns(job: Job) -> Iterator[str]:
    """Yield what the columns are that say what a combination comes to."""
    if job.plan is not None:
        yield "verdict"
    for concept in job.concepts:
        yield f"equilibria {concept}"
        yield from (f"equilibria {concept}: {text(formula)}" for formula in job.formulas)
    for claim in job.claims:
        yield from (f"claim {claim.id} {concept}".strip() for concept in asked_under(claim, job.concepts))


def _cells(job: Job, row: np.ndarray[tuple[int], np.dtype[np.int32]]) -> Iterator[Cell]:
    """Yield what a combination comes to: counts; 1 or 0 for a claim; nothing where that cannot be said."""
    numbers = [int(number) for number in row[1:]]
    if row[0] == NO_STATE:
        yield from [""] * len(numbers)
        return
    if job.plan is not None:
        verdict = numbers.pop(0)
        yield KINDS[verdict - 1] if verdict else ""
    claimed = len(job.concepts) * (1 + len(job.formulas))
    yield from numbers[:claimed]
    yield from ("" if code == UNSAID else code for code in numbers[claimed:])
