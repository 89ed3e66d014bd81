"""What every combination came to, put together from the chunks that are finished, whoever finished them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bestand.checks.batch import UNSAID
from bestand.engine.limits import Watch
from bestand.model.values import Claim
from bestand.plan.open.design import Orders

from .answer import VERDICTS
from .job import FINE, Chunk, Job, asked_under

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_CODES = {"holds": 1, "does not hold": 0, "cannot be said": UNSAID}  # under every concept
_LOOK = 1000  # rows between two looks at the clock


class Table:
    """What every combination came to.

    Parameters
    ----------
    job : Job
    chunks : iterable of Chunk

    Attributes
    ----------
    rows : (rows, columns) int32
        -1 where a row has not been looked at. Where all combinations are gone through, row k is the k-th of them, and
        not the k-th that was looked at.
    """

    def __init__(self, job: Job, chunks: Iterable[Chunk]) -> None:
        self.job = job
        self._columns = {name: at for at, name in enumerate(job.columns)}
        self.rows = np.full((job.rows, len(self._columns)), -1, np.int32)
        order = job.order() if job.kind == "all" else None
        for chunk in chunks:
            begin = chunk.number * job.chunk_size
            rows = np.arange(begin, begin + len(chunk.table))
            self.rows[rows if order is None else order[rows]] = chunk.table

    @cached_property
    def counted(self) -> Bools:
        """(rows,): which rows are there and leave a state, comparisons included."""
        return self.rows[:, 0] == FINE

    @cached_property
    def sample(self) -> Bools:
        """(samples,): the same of the independent ones."""
        return self.counted[: self.job.samples]

    @cached_property
    def weights(self) -> Floats:
        """(samples,): what each counts."""
        design = self.job.design
        if self.job.kind == "sample" or design.even:
            return self.sample.astype(float)
        return np.array([design.chance(row) if here else 0.0 for row, here in enumerate(self.sample)])

    @property
    def looked_at(self) -> int:
        """Return how many combinations were looked at, comparisons left out."""
        return int((self.rows[: self.job.samples, 0] >= 0).sum())

    def column(self, name: str) -> NDArray[np.int32]:
        """(rows,): one column. Raises `KeyError` for one that there is not."""
        return self.rows[:, self._columns[name]]

    def verdicts(self, claim: Claim) -> NDArray[np.int8]:
        """(rows,): which of `VERDICTS` a claim comes to."""
        names = [f"claim {claim.id} {concept}" for concept in asked_under(claim, self.job.concepts)]
        codes = self.rows[:, [self._columns[name] for name in names]]
        verdict = np.full(len(codes), VERDICTS.index("depends on the concept"), np.int8)
        for name, code in _CODES.items():
            verdict[(codes == code).all(axis=1)] = VERDICTS.index(name)
        return verdict

    def numbers(self, watch: Watch) -> NDArray[np.intp]:
        """(rows, questions): the number of the answer to every question; in a sample -1 for an order."""
        numbers = np.zeros((self.job.rows, len(self.job.design.questions)), np.intp)
        for row in range(self.job.rows):
            if row % _LOOK == 0:
                watch.check()
            every = self.job.kind == "all"
            numbers[row] = self.job.design.numbers(row) if every else [number for number, _ in self.job.sampled(row)]
        return numbers

    def places(self, watch: Watch) -> dict[str, NDArray[np.intp]]:
        """By party, (samples, statements): where each of its statements stands in each combination."""
        job = self.job
        orders = {j: q for j, q in enumerate(job.design.questions) if isinstance(q, Orders)}
        places = {q.party: np.zeros((job.samples, len(q.numbers)), np.intp) for q in orders.values()}
        for row in range(job.samples if orders else 0):
            if row % _LOOK == 0:
                watch.check()
            drawn = job.design.combination(row) if job.kind == "all" else [each for _, each in job.sampled(row)]
            for j, question in orders.items():
                order = list(map(int, drawn[j].words.split()))
                places[question.party][row, [question.numbers.index(number) for number in order]] = range(len(order))
        return places
