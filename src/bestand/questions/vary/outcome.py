"""What the combinations come to: shares with intervals, equilibria by how often they are ones, and what moves them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import Stop
from bestand.model.values import Claim
from bestand.solve.batch_claims import UNSAID
from bestand.solve.claims import Verdict

from .design import Orders
from .influence import Influence, Pair, estimated, exact, pairs
from .jobs import FINE, Chunk, Job, asked_under, merged

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

VERDICTS: tuple[Verdict, ...] = ("holds", "does not hold", "depends on the concept", "cannot be said")
_QUANTILE = 1.959963984540054  # of the normal distribution, for intervals that hold 19 times in 20


@dataclass(frozen=True, slots=True)
class Share:
    """In what part of the combinations something is so.

    Parameters
    ----------
    count : int
        In how many of those looked at; -1 where only their chances were added up.
    of : int
        How many were looked at that leave a state.
    share : float
        The part; by the chances of the combinations, where the file gives any. Not a number where ``of`` is 0.
    low, high : float or None
        Where the true share lies, 19 times in 20 (Wilson 1927); None where every combination was looked at.

    Notes
    -----
    Of some combinations of uneven chances, the interval is that of as many even ones as tell as much (Kish 1965).
    """

    count: int
    of: int
    share: float
    low: float | None = None
    high: float | None = None


def wilson(count: float, of: float) -> tuple[float, float]:
    """The interval of Wilson (1927) for a share, at 95 %.

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


@dataclass(frozen=True, slots=True)
class Target:
    """An answer whose share is told, and what moves it: a formula under a concept, or a claim.

    Parameters
    ----------
    kind : {"formula", "claim"}
    name : int or str
        The number of the formula, or the id of the claim.
    concept : str
        Empty for the verdict on a claim.
    """

    kind: Literal["formula", "claim"]
    name: int | str
    concept: str


@dataclass(frozen=True)
class Varied:
    """What `bestand.questions.vary.vary` found.

    Parameters
    ----------
    job : Job
    done : tuple of Chunk
        In their order.
    stopped : Stop or None
        The limit that was reached, in words.
    """

    job: Job
    done: tuple[Chunk, ...]
    stopped: Stop | None = None

    @property
    def complete(self) -> bool:
        """Whether every combination asked for was looked at."""
        return len(self.done) == self.job.chunks

    @property
    def exact(self) -> bool:
        """Whether there is no chance in the numbers: every combination there is was looked at."""
        return self.job.kind == "all" and self.complete

    @cached_property
    def _table(self) -> NDArray[np.int32]:
        """(rows, columns): what was found; -1 where a row has not been looked at.

        Where all combinations are gone through, row k is the k-th of them, and not the k-th that was looked at.
        """
        table = np.full((self.job.rows, len(self.job.columns)), -1, np.int32)
        for chunk in self.done:
            begin = chunk.number * self.job.chunk_size
            rows = np.arange(begin, begin + len(chunk.table))
            table[self.job.order[rows] if self.job.kind == "all" else rows] = chunk.table
        return table

    @cached_property
    def _counted(self) -> Bools:
        """(rows,): which rows are there and leave a state, comparisons included."""
        return self._table[:, 0] == FINE

    @cached_property
    def _base(self) -> Bools:
        """(samples,): of the independent ones."""
        return self._counted[: self.job.samples]

    @cached_property
    def _weights(self) -> Floats:
        """(samples,): what each counts."""
        design = self.job.design
        if self.job.kind == "sample" or design.even:
            return self._base.astype(float)
        return np.array([design.chance(row) if here else 0.0 for row, here in enumerate(self._base)])

    @property
    def looked_at(self) -> int:
        """How many combinations were looked at, comparisons left out."""
        return int((self._table[: self.job.samples, 0] >= 0).sum())

    @property
    def without_states(self) -> int:
        """How many of them leave no state, or cannot be made."""
        return self.looked_at - int(self._base.sum())

    def column(self, name: str) -> NDArray[np.int32]:
        """(samples,): one column of the table. Raises `KeyError` for one that there is not."""
        if name not in self.job.columns:
            raise KeyError(name)
        found: NDArray[np.int32] = self._table[: self.job.samples, self.job.columns.index(name)]
        return found

    def _share(self, so: Bools) -> Share:
        so = so[: self.job.samples] & self._base
        count, of = int(so.sum()), int(self._base.sum())
        whole = float(self._weights.sum())
        share = float(self._weights[so].sum()) / whole if whole else math.nan
        return Share(count, of, share, *self._bounds(share, self._weights))

    def _bounds(self, share: float, weights: Floats) -> tuple[float, float] | tuple[None, None]:
        """Between what a share lies that was not found from all combinations."""
        if self.exact:
            return None, None
        squares = float((weights**2).sum())
        alike = float(weights.sum()) ** 2 / squares if squares else 0.0
        return wilson(share * alike, alike) if alike else (0.0, 1.0)

    def formula(self, k: int, concept: str) -> Share:
        """In what part of the combinations some equilibrium satisfies the k-th formula."""
        return self._share(self._values(Target("formula", k, concept)) > 0)

    def formula_share(self, k: int, concept: str) -> float:
        """What part of the equilibria satisfies the k-th formula, on average over combinations that have any."""
        return self.formula_part(k, concept).share

    def formula_part(self, k: int, concept: str) -> Share:
        """The same with its interval, which is wider than it need be: no such part varies more than a yes or no."""
        of = self.column(f"equilibria {concept}")
        some = self._base & (of > 0)
        parts = self.column(f"formula {k} {concept}")[some] / of[some]
        weights = self._weights[some]
        whole = float(weights.sum())
        if not whole:
            return Share(-1, int(some.sum()), math.nan)
        share = min(float(weights @ parts) / whole, 1.0)
        return Share(-1, int(some.sum()), share, *self._bounds(share, weights))

    def any_equilibrium(self, concept: str) -> Share:
        """In what part of the combinations there is an equilibrium at all."""
        return self._share(self.column(f"equilibria {concept}") > 0)

    def equilibria_range(self, concept: str) -> tuple[int, float, int]:
        """How few, in the middle and how many equilibria there are."""
        found = self.column(f"equilibria {concept}")[self._base]
        return (int(found.min()), float(np.median(found)), int(found.max())) if len(found) else (0, math.nan, 0)

    @cached_property
    def _states(self) -> dict[str, tuple[NDArray[np.uint64], Floats]]:
        return {c: merged([chunk.states[c] for chunk in self.done]) for c in self.job.concepts}

    def states(self, concept: str) -> tuple[NDArray[np.uint64], Floats]:
        """The states that are an equilibrium in some combination, and in what part of them each is; most first.

        Returns
        -------
        (K,) uint64, (K,) float
        """
        masks, counts = self._states[concept]
        order = np.lexsort((masks, -counts))
        whole = float(self._weights.sum())
        return masks[order], counts[order] / whole if whole else counts[order]

    def state_share(self, mask: int, concept: str) -> Share:
        """In what part of the combinations a state, given as a bit mask, is an equilibrium."""
        masks, counts = self._states[concept]
        at = np.flatnonzero(masks == np.uint64(mask))
        found, of = float(counts[at[0]]) if len(at) else 0.0, int(self._base.sum())
        whole = float(self._weights.sum())
        share = found / whole if whole else math.nan
        counted = self.job.kind == "sample" or self.job.design.even
        return Share(round(found) if counted else -1, of, share, *self._bounds(share, self._weights))

    def verdicts(self, claim: Claim) -> NDArray[np.int8]:
        """(rows,): which of `VERDICTS` a claim comes to."""
        names = [f"claim {claim.id} {concept}" for concept in asked_under(claim, self.job.concepts)]
        codes = self._table[:, [self.job.columns.index(name) for name in names]]
        verdict = np.full(len(codes), 2, np.int8)
        for k, code in enumerate((1, 0, None, UNSAID)):
            if code is not None:
                verdict[(codes == code).all(axis=1)] = k
        return verdict

    def claim(self, claim: Claim) -> dict[Verdict, Share]:
        """In what part of the combinations a claim holds, does not hold, and so on."""
        found = self.verdicts(claim)
        return {verdict: self._share(found == k) for k, verdict in enumerate(VERDICTS)}

    def claim_under(self, claim: Claim, concept: str) -> Share:
        """In what part of the combinations a claim holds under one concept."""
        return self._share(self._values(Target("claim", claim.id, concept)) > 0)

    @property
    def targets(self) -> tuple[Target, ...]:
        """All whose share is told."""
        formulas = [Target("formula", k, c) for k in range(len(self.job.formulas)) for c in self.job.concepts]
        return (*formulas, *(Target("claim", claim.id, "") for claim in self.job.asked))

    def share(self, target: Target) -> Share:
        """The share of a target."""
        return self._share(self._values(target) > 0)

    def _values(self, target: Target) -> NDArray[np.int8]:
        """(rows,): 1 where it is so, else 0."""
        if target.kind == "claim" and not target.concept:
            claim = next(claim for claim in self.job.asked if claim.id == target.name)
            return (self.verdicts(claim) == 0).astype(np.int8)
        column = self._table[:, self.job.columns.index(f"{target.kind} {target.name} {target.concept}")]
        return ((column == 1) if target.kind == "claim" else (column > 0)).astype(np.int8)

    def influences(self, target: Target) -> list[Influence]:
        """What moves a target: for each question, the part of the variance that is due to it; the most first.

        Empty where the target never changes, or not all of what that needs was looked at.
        """
        if not self.complete:
            return []
        y = self._values(target).astype(float)
        if self.job.kind == "all":
            found = exact(self.job.design, y, self._weights)
        else:
            found = estimated(self.job, y, self._counted, self._numbers)
        return sorted(found, key=lambda influence: (-influence.in_all, -influence.alone, influence.question))

    def pairs(self, target: Target) -> list[Pair]:
        """Where orders are varied: the pairs of statements whose order moves a target most."""
        if not self._places:
            return []
        return pairs(self.job, self._values(target).astype(float), self._counted, self._places)

    @cached_property
    def _numbers(self) -> NDArray[np.intp]:
        """(rows, questions): the number of the answer to every question; -1 for an order that was drawn."""
        job = self.job
        drawn = (job.design.drawn(job.seed, job.drawn_from(row)) for row in range(job.rows))
        numbers = [[k for k, _ in answers] for answers in drawn]
        return np.array(numbers, np.intp).reshape(job.rows, -1)

    @cached_property
    def _places(self) -> dict[str, NDArray[np.intp]]:
        """By party: where each of its statements stands in each combination."""
        job = self.job
        orders = {j: q for j, q in enumerate(job.design.questions) if isinstance(q, Orders)}
        places = {q.party: np.zeros((job.samples, len(q.numbers)), np.intp) for q in orders.values()}
        for row in range(job.samples if orders else 0):
            answers = job.design.combination(row) if job.kind == "all" else job.combination(row)
            for j, question in orders.items():
                order = list(map(int, answers[j].words.split()))
                places[question.party][row, _ranked(question.numbers, order)] = np.arange(len(order))
        return places


def _ranked(numbers: Sequence[int], order: Sequence[int]) -> list[int]:
    at = {number: k for k, number in enumerate(numbers)}
    return [at[number] for number in order]
