"""Working chunks of a job out: many combinations side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.checks.batch import claim_codes, counts
from bestand.engine.limits import Watch
from bestand.model.model import Model
from bestand.model.sentences import Change
from bestand.model.values import Claim
from bestand.plan.open.design import Answer
from bestand.plan.ruling_values import KINDS
from bestand.plan.verdicts import Verdicts
from bestand.solve.batches import Batch, Batches
from bestand.solve.variants import Variants

from .job import MOST_IN_CHUNK, NO_STATE, NO_VERDICT, Chunk, Job, asked_under
from .masks import Masks, merged
from .over_sets import numbers
from .whole import Whole, equilibria_of

Floats = NDArray[np.float64]
Table = NDArray[np.int32]
Made = tuple[Model, tuple[Change, ...]]

_STATES_AT_ONCE = 2**19  # over all variants that are solved side by side


class Worker:
    """Works chunks of one job out.

    Parameters
    ----------
    job : Job
    watch : Watch, optional
        Stops in the middle of a chunk, which is then lost.
    batches : Batches, optional
        Keeps what others have worked out already about variants of the model.
    whole : Whole, optional
        What all combinations come to, as far as that has been found out for all of them at once.
    """

    def __init__(
        self, job: Job, watch: Watch | None = None, batches: Batches | None = None, whole: Whole | None = None
    ) -> None:
        self.job = job
        self._whole = whole
        self._watch = watch or Watch()
        self._batches = batches or Batches(self._watch, job.concepts)
        self._order = job.order() if job.kind == "all" else None
        self._width = len(job.columns)
        self._verdicts = None if job.plan is None else Verdicts(job.plan, self._watch)

    def chunk(self, number: int) -> Chunk:
        """Work out one chunk."""
        job = self.job
        rows = range(number * job.chunk_size, min((number + 1) * job.chunk_size, job.rows))
        table = np.zeros((len(rows), self._width), np.int32)
        if self._whole is not None:
            return self._read(number, rows, self._whole)
        tally = _Tally(job.concepts)
        at_once = max(1, min(MOST_IN_CHUNK, _STATES_AT_ONCE // max(job.states, 1)))
        for begin in range(0, len(rows), at_once):
            self._watch.check()
            self._some(rows[begin : begin + at_once], table[begin : begin + at_once], tally)
        return Chunk(number, table, tally.states())

    def _read(self, number: int, rows: range, whole: Whole) -> Chunk:
        """Return a chunk of what is known of all combinations; what is not is worked out."""
        job = self.job
        assert self._order is not None, "all combinations are gone through"
        combinations = self._order[rows.start : rows.stop]
        table = whole.table[combinations]
        weights = np.zeros(job.rows)
        weights[combinations] = [job.design.chance(int(k)) for k in combinations]
        states = {c: merged([equilibria_of(each, c, weights) for each in whole.equilibria]) for c in job.concepts}
        if whole.left:
            made = [job.design.variant(self.combination(row)) for row in rows]
            variants = Variants([base for base, _ in made], [changes for _, changes in made], self._batches)
            self._claims(variants, whole.left, table)
        return Chunk(number, table, states)

    def combination(self, row: int) -> tuple[Answer, ...]:
        """Return the answers of one row."""
        if self._order is not None:
            return self.job.design.combination(int(self._order[row]))
        return tuple(answer for _, answer in self.job.sampled(row))

    def _some(self, rows: Sequence[int], table: Table, tally: _Tally) -> None:
        """Solve some variants side by side, fill in their rows, and count their equilibria."""
        job = self.job
        made = [job.design.variant(self.combination(row)) for row in rows]
        if job.wide:
            self._over_sets(made, self._weights(rows), table, tally)
            return
        variants = Variants([base for base, _ in made], [changes for _, changes in made], self._batches)
        weights = self._weights(rows)
        for these, batch in variants.under():
            if batch is None:
                table[these, 0] = NO_STATE
            else:
                table[these] = _equilibria(batch, job, tally, weights[these])
        if self._verdicts is not None:
            for v, model in variants.models().items():
                if table[v, 0] != NO_STATE:
                    verdict = self._verdicts.of(model)
                    table[v, 1] = NO_VERDICT if verdict is None else 1 + KINDS.index(verdict)
        self._claims(variants, job.claims, table)

    def _claims(self, variants: Variants, claims: Sequence[Claim], table: Table) -> None:
        """Fill in what some claims come to."""
        for claim in claims:
            codes = claim_codes(variants, claim, self.job.concepts)
            for concept in asked_under(claim, self.job.concepts):
                table[:, self.job.columns.index(f"claim {claim.id} {concept}")] = codes[concept]

    def _over_sets(self, made: Sequence[Made], weights: Floats, table: Table, tally: _Tally) -> None:
        """Solve variants whose states cannot be listed, one after the other."""
        for k, (base, changes) in enumerate(made):
            found = numbers(self._batches.changed(base, changes), self.job, self._watch)
            if found is None:
                table[k, 0] = NO_STATE
                continue
            table[k, _before(self.job) :], equilibria = found
            for concept, masks in equilibria.items():
                tally.add(concept, masks, np.ones((1, len(masks)), bool), weights[k : k + 1])

    def _weights(self, rows: Sequence[int]) -> Floats:
        """Return what each row counts: its chance; nothing where it is there for comparison only."""
        if self._order is not None:
            return np.array([self.job.design.chance(int(self._order[row])) for row in rows])
        return np.array([float(row < self.job.samples) for row in rows])


def _before(job: Job) -> int:
    """Return how many columns stand before the numbers of equilibria."""
    return 1 if job.plan is None else 2


def _equilibria(batch: Batch, job: Job, tally: _Tally, weights: Floats) -> Table:
    """Return rows with the numbers of equilibria, and of those that satisfy each formula; count the equilibria."""
    table = np.zeros((len(weights), len(job.columns)), np.int32)
    truth = [batch.geometry.holds(formula) for formula in job.formulas]
    at = _before(job)
    for concept in job.concepts:
        stable = batch.equilibria(concept)
        tally.add(concept, batch.geometry.states, stable, weights)
        table[:, at] = counts(stable)
        for k, true in enumerate(truth, start=1):
            table[:, at + k] = counts(stable & true)
        at += 1 + len(truth)
    return table


class _Tally:
    """Counts how often each state is an equilibrium."""

    def __init__(self, concepts: tuple[str, ...]) -> None:
        self._counts: dict[str, dict[int, tuple[Masks, Floats]]] = {c: {} for c in concepts}

    def add(self, concept: str, states: Masks, stable: NDArray[np.bool_], weights: Any) -> None:
        counts = self._counts[concept]
        if id(states) not in counts:  # variants with the same rules share the very array, which is kept here
            counts[id(states)] = states, np.zeros(len(states))
        total = counts[id(states)][1]
        for row, weight in zip(stable, weights, strict=True):
            if weight == 1:
                total += row
            elif weight:
                total += row * weight

    def states(self) -> dict[str, tuple[Masks, Floats]]:
        return {concept: merged(list(counts.values())) for concept, counts in self._counts.items()}
