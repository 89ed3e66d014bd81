"""The answer put together from what every combination came to: shares with intervals, and what moves them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bestand.checks.claims import why_true
from bestand.engine.limits import Watch
from bestand.model.errors import LimitReached, Stop
from bestand.model.sentences import ApplyReading
from bestand.model.values import Claim, FrozenMap
from bestand.plan.ruling_values import KINDS
from bestand.solve.solution import Solver

from .answer import VERDICTS, ClaimShares, Equilibria, FormulaShares, Movers, PlanShares, Share, Variation
from .conditions import Conditions, conditions
from .independence import check_chances
from .influence import MoverSearch
from .job import Chunk, Job, asked_under
from .masks import merged
from .table import Table

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_QUANTILE = 1.959963984540054  # of the normal distribution, for intervals that hold 19 times in 20


def wilson(count: float, of: float) -> tuple[float, float]:
    """Return the interval of Wilson (1927) for a share, at 95 %.

    Examples
    --------
    >>> low, high = wilson(0, 100)
    >>> round(low, 3), round(high, 3)
    (0.0, 0.037)
    """
    if not of:
        return 0.0, 1.0
    share, square = count / of, _QUANTILE**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _QUANTILE / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    low = 0.0 if not count else max(0.0, middle - half)
    return low, 1.0 if count == of else min(1.0, middle + half)


def summary(
    job: Job,
    chunks: Sequence[Chunk],
    limit: Stop | None,
    watch: Watch,
    listed: int,
) -> Variation:
    """Return the answer that finished chunks make.

    Parameters
    ----------
    job : Job
    chunks : sequence of Chunk
        In their order.
    limit : Stop or None
        The limit that kept the others from being finished. What moves the shares is then left out.
    watch : Watch
        Where its limit on time is reached, what moves the shares is left out, and the answer says so.
    listed : int
        How many states of each concept to list.

    Notes
    -----
    O(rows · columns) for the shares, and as much for each question for what moves them.
    """
    table = Table(job, chunks)
    movers: dict[str, Movers] = {}
    dependent: tuple[int, ...] = ()
    check_chances(table, watch if limit is None else Watch())
    found: Conditions | None = None
    if limit is None:
        try:
            found = conditions(table, watch)
            movers, dependent = _movers(table, watch)
        except LimitReached as error:
            limit = error.stop
    shares = _Shares(table)
    formulas = [
        FrozenMap({concept: shares.formula(k, concept, movers) for concept in job.concepts})
        for k in range(len(job.formulas))
    ]
    return Variation(
        job,
        table.looked_at,
        table.looked_at - int(table.sample.sum()),
        tuple(formulas),
        FrozenMap({claim.id: shares.claim(claim, movers) for claim in job.claims}),
        FrozenMap({concept: shares.equilibria(concept, chunks, listed) for concept in job.concepts}),
        _digest(job, chunks),
        listed,
        shares.plan(movers),
        limit,
        dependent=dependent,
        conditions=found,
    )


def _movers(table: Table, watch: Watch) -> tuple[dict[str, Movers], tuple[int, ...]]:
    """Return what moves each share, by the name of a formula's column and the id of a claim; and what is left out."""
    job = table.job
    watch.phase("looking for what moves the shares", len(job.formulas) * len(job.concepts) + len(job.claims))
    search = MoverSearch(table, watch)
    movers: dict[str, Movers] = {}
    if job.plan is not None:
        movers["verdict"] = search(table.column("verdict") > KINDS.index("deal"))
    for k in range(len(job.formulas)):
        for concept in job.concepts:
            name = f"formula {k} {concept}"
            movers[name] = search(table.column(name) > 0)
            watch.step()
    for claim in job.claims:
        movers[claim.id] = search(table.verdicts(claim) == VERDICTS.index("holds"))
        watch.step()
    return movers, search.dependent


class _Shares:
    """Shares of the combinations that were looked at."""

    def __init__(self, table: Table) -> None:
        self._table, self._job = table, table.job
        self._solver = Solver(self._job.model, tuple(map(ApplyReading, self._job.readings)))
        self._sample, self._weights = table.sample, table.weights
        self._of = int(self._sample.sum())
        self._whole = float(self._weights.sum())
        self._exact = self._job.kind == "all" and table.looked_at == self._job.samples
        self._alike = _alike(self._weights)

    def formula(self, k: int, concept: str, movers: dict[str, Movers]) -> FormulaShares:
        """Return how often the k-th formula is true in equilibria."""
        name = f"formula {k} {concept}"
        share = self._share(self._table.column(name) > 0)
        return FormulaShares(share, self._part(name, f"equilibria {concept}"), movers.get(name, Movers()))

    def plan(self, movers: dict[str, Movers]) -> PlanShares | None:
        """Return how often the plan comes to each verdict."""
        if self._job.plan is None:
            return None
        verdict = self._table.column("verdict")
        shares = {kind: self._share(verdict == 1 + at) for at, kind in enumerate(KINDS)}
        there = {kind: shares[kind] for kind in reversed(KINDS) if shares[kind].count}
        good = self._share(verdict > KINDS.index("deal"))
        return PlanShares(FrozenMap(there), good, movers.get("verdict", Movers()))

    def claim(self, claim: Claim, movers: dict[str, Movers]) -> ClaimShares:
        """Return how often a claim comes to each verdict."""
        verdict = self._table.verdicts(claim)
        verdicts = {name: self._share(verdict == at) for at, name in enumerate(VERDICTS)}
        under = {
            concept: self._share(self._table.column(f"claim {claim.id} {concept}") == 1)
            for concept in asked_under(claim, self._job.concepts)
            if concept
        }
        holds = verdicts["holds"]
        why = why_true(self._solver, claim, self._job.concepts) if 0 < holds.count == holds.of else None
        return ClaimShares(FrozenMap(verdicts), FrozenMap(under), movers.get(claim.id, Movers()), why)

    def equilibria(self, concept: str, chunks: Sequence[Chunk], listed: int) -> Equilibria:
        """Return how many equilibria there are, and how often each state is one."""
        column = self._table.column(f"equilibria {concept}")
        numbers = column[: self._job.samples][self._sample]
        masks, counts = merged([chunk.states[concept] for chunk in chunks])
        order = np.lexsort((masks, -counts))
        masks, counts = masks[order], counts[order]
        return Equilibria(
            self._share(column > 0),
            int(numbers.min()) if len(numbers) else 0,
            float(np.median(numbers)) if len(numbers) else math.nan,
            int(numbers.max()) if len(numbers) else 0,
            masks,
            counts / self._whole if self._whole else counts,
            tuple(self._counted(float(count)) for count in counts[:listed]),
        )

    def _share(self, true: Bools) -> Share:
        true = true[: self._job.samples] & self._sample
        share = float(self._weights[true].sum()) / self._whole if self._whole else math.nan
        return Share(int(true.sum()), self._of, share, *self._bounds(share, self._alike))

    def _counted(self, count: float) -> Share:
        """Return a share from a count of combinations, each counted by its chance."""
        share = count / self._whole if self._whole else math.nan
        whole = self._job.kind == "sample" or self._job.design.even
        return Share(round(count) if whole else -1, self._of, share, *self._bounds(share, self._alike))

    def _part(self, name: str, of: str) -> Share:
        """Return what part one column is of another, on average over the combinations in which that is not zero."""
        samples = self._job.samples
        whole = self._table.column(of)[:samples]
        some = self._sample & (whole > 0)
        weights = self._weights[some]
        total = float(weights.sum())
        if not total:
            return Share(-1, int(some.sum()), math.nan)
        parts = self._table.column(name)[:samples][some] / whole[some]
        share = min(float(weights @ parts) / total, 1.0)
        return Share(-1, int(some.sum()), share, *self._bounds(share, _alike(weights)))

    def _bounds(self, share: float, alike: float) -> tuple[float, float] | tuple[None, None]:
        """Return between what a share lies that was not found from all combinations."""
        if self._exact:
            return None, None
        return wilson(share * alike, alike) if alike else (0.0, 1.0)


def _alike(weights: Floats) -> float:
    """Return how many combinations that count alike tell as much as these (Kish 1965)."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def _digest(job: Job, chunks: Sequence[Chunk]) -> str:
    total = hashlib.sha256()
    for chunk in chunks:
        for part in chunk.content(len(job.model.options)):
            total.update(part)
    return total.hexdigest()
