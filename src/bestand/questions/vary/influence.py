"""Which open question moves an answer most: how much of the answer's variance is due to each.

With Y the answer (1 where it holds, else 0) over all combinations, and X the answer to one question:

- *alone* (first order): Var(E[Y | X]) / Var(Y): what of the variance goes away, on average, once X is known
- *in all* (total): E[Var(Y | all other questions)] / Var(Y): what is left as long as X alone is not known

The difference is what X does together with other questions. Where every combination is looked at, both are exact, any
chances and any combinations without a state included. In a sample they are estimated: *alone* from the sample itself
where a question has few answers (one-way analysis of variance, corrected for its bias), else by changing all questions
but this one; *in all* by changing this one only.

Source: Sobol' (2001); Saltelli et al. (2010) for the estimate of *alone*, Jansen (1999) for *in all*.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.plan.open.design import Design, Orders

from .answer import Influence, Movers, Pair
from .independence import dependent
from .job import Job
from .table import Table

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

_FEW = 40  # samples at least for each answer of a question, for what is due to it alone to be read off the sample
_RESAMPLED = 200  # times, for the standard errors
_SURE = 4.0  # standard errors between two shares for a pair to be told: there are hundreds of pairs
MOST_PAIRS = 5


class MoverSearch:
    """Looks for what moves shares of a job of which all was looked at.

    Parameters
    ----------
    table : Table
    watch : Watch
        For what is common to all shares: the answers that were drawn.

    Attributes
    ----------
    dependent : tuple of int
        Questions that are not independent of the others, since some combinations leave no state: how much is due to
        one of them alone cannot be said, so that they are left out.
    """

    def __init__(self, table: Table, watch: Watch) -> None:
        self._table, self._job = table, table.job
        self._places = table.places(watch)
        needed = self._job.compared if self._job.kind == "sample" else not table.counted.all()
        self._numbers = table.numbers(watch) if needed else np.zeros((0, 0), np.intp)
        self.dependent = dependent(table, self._numbers) if needed else ()

    def __call__(self, true: Bools) -> Movers:
        """Return what moves the share of the rows in which something is true."""
        y = true.astype(float)
        if self._job.kind == "all":
            influences = exact(self._job.design, y, self._table.weights)
        else:
            influences = estimated(self._job, y, self._table.counted, self._numbers)
        influences = [each for each in influences if each.question not in self.dependent]
        influences.sort(key=lambda influence: (-influence.in_all, -influence.alone, influence.question))
        moving = pairs(self._job, y, self._table.counted, self._places) if self._places else []
        return Movers(tuple(influences), tuple(moving))


def exact(design: Design, y: Floats, weights: Floats) -> list[Influence]:
    """Return the decomposition over every combination of answers.

    Parameters
    ----------
    design : Design
    y : (N,) float
        The answer for each combination, in the order of `Design.combination`.
    weights : (N,) float
        Their chances, in any unit; 0 where a combination does not count.

    Returns
    -------
    list of Influence
        Empty where the answer never changes.

    Notes
    -----
    O(N · questions).
    """
    whole = weights.sum()
    mean = float(weights @ y / whole) if whole else 0.0
    variance = float(weights @ (y - mean) ** 2 / whole) if whole else 0.0
    if not variance > 0 or not (y[weights > 0] != y[weights > 0][0]).any():
        return []
    influences: list[Influence] = []
    stride = 1
    index = np.arange(len(y))
    for j in range(len(design.questions) - 1, -1, -1):
        question = design.questions[j]
        answer = index // stride % question.count
        rest = index // (stride * question.count) * stride + index % stride
        between = _between(y, weights, answer, question.count, mean) / whole
        within = 1 - _between(y, weights, rest, len(y) // question.count, mean) / whole / variance
        means = _means(y, weights, answer, question.count)
        by_answer = (
            ()
            if isinstance(question, Orders)
            else tuple(
                (question.answers[k].words, float(means[k])) for k in range(question.count) if not np.isnan(means[k])
            )
        )
        influences.append(Influence(j, float(between / variance), float(max(within, 0.0)), by_answer=by_answer))
        stride *= question.count
    return influences[::-1]


def _means(y: Floats, weights: Floats, group: Rows, count: int) -> Floats:
    of = np.bincount(group, weights, count)
    return np.divide(np.bincount(group, weights * y, count), of, out=np.full(count, np.nan), where=of > 0)


def _between(y: Floats, weights: Floats, group: Rows, count: int, mean: float) -> float:
    """Return the weighted sum of squares of the groups' means around the mean of all."""
    of = np.bincount(group, weights, count)
    means = _means(y, weights, group, count)
    return float(np.nansum(of * (means - mean) ** 2))


def estimated(job: Job, y: Floats, counted: NDArray[np.bool_], numbers: NDArray[np.intp]) -> list[Influence]:
    """Return the decomposition from a sample and its comparisons.

    Parameters
    ----------
    job : Job
    y : (rows,) float
        The answer for each row of the job.
    counted : (rows,) bool
        Which rows are there, and leave a state.
    numbers : (rows, questions) int
        The answer to each question in each row; -1 where it has no number.

    Returns
    -------
    list of Influence
        Empty where the answer never changes in the sample, or nothing was compared.
    """
    if not job.compared:
        return []
    sample = np.arange(job.samples)
    kept = sample[counted[: job.samples]]
    if len(kept) < 2 or not np.ptp(y[kept]) > 0:
        return []
    variance = float(y[kept].var())
    rng = np.random.default_rng(job.seed)
    resampled = rng.integers(0, job.compared, (_RESAMPLED, job.compared))
    influences = []
    for j, question in enumerate(job.design.questions):
        first = np.arange(job.compared)
        other = first + job.samples // 2
        mixed = job.samples + j * job.compared + first  # row `first` with the answer of row `other` to question j
        there = counted[first] & counted[other] & counted[mixed]
        product = np.where(there, y[other] * (y[mixed] - y[first]), np.nan)
        squares = np.where(there, (y[first] - y[mixed]) ** 2 / 2, np.nan)
        if not there.any():
            continue
        in_all, in_all_error = _estimate(squares / variance, resampled)
        alone, alone_error = _estimate(product / variance, resampled)
        by_answer: tuple[tuple[str, float], ...] = ()
        if not isinstance(question, Orders) and question.count * _FEW <= len(kept):
            alone, alone_error, by_answer = _read_off(y[kept], numbers[kept, j], question.count, rng)
            by_answer = tuple((question.answers[int(k)].words, share) for k, share in by_answer)
        influences.append(Influence(j, alone, in_all, alone_error, in_all_error, by_answer))
    return influences


def _estimate(values: Floats, resampled: NDArray[np.integer]) -> tuple[float, float]:
    """Return a mean and its standard error by resampling."""
    means = np.nanmean(np.where(np.isnan(values).all(), 0.0, values)[resampled], axis=1)
    return float(np.nanmean(values)), float(means.std())


def _read_off(
    y: Floats, answer: Rows, count: int, rng: np.random.Generator
) -> tuple[float, float, tuple[tuple[str, float], ...]]:
    """Return what is due to a question alone, its standard error, and the share under each of its answers."""
    again = [rng.integers(0, len(y), len(y)) for _ in range(_RESAMPLED // 4)]
    resampled = [_corrected(y[these], answer[these], count) for these in again]
    means = _means(y, np.ones(len(y)), answer, count)
    shares = tuple((str(k), float(means[k])) for k in range(count) if not np.isnan(means[k]))
    return _corrected(y, answer, count), float(np.std(resampled)), shares


def _corrected(y: Floats, answer: Rows, count: int) -> float:
    """Return the part of the variance between the answers, less what chance alone puts there (epsilon squared)."""
    weights = np.ones(len(y))
    total = float(((y - y.mean()) ** 2).sum())
    if not total > 0:
        return 0.0
    between = _between(y, weights, answer, count, float(y.mean()))
    groups = len(np.unique(answer))
    within = (total - between) / max(len(y) - groups, 1)
    return (between - (groups - 1) * within) / total


def pairs(job: Job, y: Floats, counted: NDArray[np.bool_], places: dict[str, NDArray[np.intp]]) -> list[Pair]:
    """Return the pairs of statements whose order moves an answer most, of those where that is no chance.

    Parameters
    ----------
    job : Job
        With all orders, drawn or gone through.
    y, counted : (rows,)
        As `estimated` takes them.
    places : dict of str to (rows, statements) int
        By party: where each statement stands in each row.
    """
    kept = np.flatnonzero(counted[: job.samples])
    y = y[kept]
    mean = float(y.mean()) if len(y) else 0.0
    moving: list[tuple[float, Pair]] = []
    for question in job.design.questions:
        if not isinstance(question, Orders):
            continue
        place = places[question.party][kept]
        for a in range(place.shape[1]):
            for b in range(a + 1, place.shape[1]):
                first = place[:, a] < place[:, b]
                n, m = int(first.sum()), int((~first).sum())
                if not n or not m:
                    continue
                above, below = float(y[first].mean()), float(y[~first].mean())
                error = np.sqrt(mean * (1 - mean) * (1 / n + 1 / m))
                if error > 0 and abs(above - below) > (_SURE * error if job.kind == "sample" else 1e-9):
                    one, other = question.numbers[a], question.numbers[b]
                    if above < below:
                        one, other, above, below = other, one, below, above
                    moving.append((above - below, Pair(question.party, one, other, above, below)))
    moving.sort(key=lambda entry: (-entry[0], entry[1].party, entry[1].one, entry[1].other))
    return [pair for _, pair in moving[:MOST_PAIRS]]
