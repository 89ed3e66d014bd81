"""A job: which combinations of answers are looked at and what is asked in each, cut into chunks of fixed size.

A chunk is worked out from its number alone, wherever that happens, and always comes to the same integers. What a chunk
says is a table with one row for each combination and one column for each thing asked, and how often each state is an
equilibrium.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.model.changing import apply_readings
from bestand.model.errors import CallError
from bestand.model.formula import Formula, OutcomeAtom, text
from bestand.model.model import Model
from bestand.model.sentences import Change, names_concept
from bestand.model.values import Claim
from bestand.solve.batch_claims import claim_codes, counts
from bestand.solve.batches import Batches
from bestand.solve.variants import Variants
from bestand.version import __version__

from .design import Answer, Design
from .open_questions import opened, shuffled

Kind = Literal["all", "sample"]
Table = NDArray[np.int32]

MOST_SAMPLES = 1_000_000
MOST_LISTED = 10_000  # combinations up to which all are gone through
SAMPLES = 2_000  # unless told, where they are more
_STATES_AT_ONCE = 2**19  # over all variants that are solved side by side
_STATES_IN_CHUNK = 2**21
_MOST_IN_CHUNK = 512

FINE, NO_STATE = 0, 1  # first column of a row: whether the combination leaves any state


@dataclass(frozen=True)
class Job:
    """What is asked of a model in which combinations.

    Parameters
    ----------
    model : Model
    readings : tuple of str
        Applied in every combination.
    shuffle : bool
        Every party's statements in any order, instead of what the file leaves open.
    others : tuple of (str, Model)
        Other analysts' models.
    name : str
        What to call the model beside them.
    concepts : tuple of str
    formulas : tuple of Formula
    claims : tuple of str
        Ids.
    kind : {"all", "sample"}
    samples : int
        How many combinations are drawn independently.
    compared : int
        How many of these are drawn again with the answer to one question changed, for each question.
    seed : int
    states : int
        Feasible states of the model, which the size of a chunk goes by.
    """

    model: Model
    readings: tuple[str, ...]
    shuffle: bool
    others: tuple[tuple[str, Model], ...]
    name: str
    concepts: tuple[str, ...]
    formulas: tuple[Formula, ...]
    claims: tuple[str, ...]
    kind: Kind
    samples: int
    compared: int
    seed: int
    states: int

    @cached_property
    def design(self) -> Design:
        """What is open."""
        return design_of(self.model, self.readings, self.shuffle, dict(self.others), self.name)

    @property
    def rows(self) -> int:
        """How many combinations are looked at."""
        return self.samples + self.compared * len(self.design.questions)

    @property
    def chunk_size(self) -> int:
        """How many of them make a chunk."""
        return max(1, min(_MOST_IN_CHUNK, _STATES_IN_CHUNK // max(self.states, 1)))

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.rows // self.chunk_size)

    @cached_property
    def order(self) -> NDArray[np.intp]:
        """(rows,): which combination each row is where all are gone through: a random order, always the same.

        So what a run has looked at when it is stopped is a random part of all, and not a corner.
        """
        return np.random.default_rng(self.design.count).permutation(self.design.count)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What the columns of a table are."""
        made = ["status"]
        for concept in self.concepts:
            made.append(f"equilibria {concept}")
            made += [f"formula {k} {concept}" for k in range(len(self.formulas))]
        for claim in self.asked:
            made += [f"claim {claim.id} {concept}" for concept in asked_under(claim, self.concepts)]
        return tuple(made)

    @cached_property
    def asked(self) -> tuple[Claim, ...]:
        """The claims themselves."""
        return tuple(claim for claim in self.model.claims if claim.id in self.claims)

    def combination(self, row: int) -> tuple[Answer, ...]:
        """The answers of one row."""
        if self.kind == "all":
            return self.design.combination(int(self.order[row]))
        return tuple(answer for _, answer in self.design.drawn(self.seed, self.drawn_from(row)))

    def drawn_from(self, row: int) -> tuple[int, ...]:
        """For each question, which row of the sample its answer comes from.

        The rows after the sample are its first ones, each with the answer to one question taken from another row of the
        sample: what changes is due to that question.
        """
        questions = len(self.design.questions)
        if row < self.samples:
            return (row,) * questions
        changed, at = divmod(row - self.samples, self.compared)
        return tuple(at + self.samples // 2 if j == changed else at for j in range(questions))

    def settings(self) -> dict[str, Any]:
        """Everything that the numbers depend on, as plain data."""
        return {
            "bestand": __version__,
            "model": fingerprint(self.model),
            "with": [[name, fingerprint(other)] for name, other in self.others],
            "readings": list(self.readings),
            "shuffle": self.shuffle,
            "concepts": list(self.concepts),
            "formulas": [text(formula) for formula in self.formulas],
            "claims": list(self.claims),
            "kind": self.kind,
            "order": "random" if self.kind == "all" else None,
            "samples": self.samples,
            "compared": self.compared,
            "seed": self.seed if self.kind == "sample" else None,
            "chunk": self.chunk_size,
        }


def design_of(
    model: Model,
    readings: tuple[str, ...],
    shuffle: bool,
    others: dict[str, Model],
    name: str = "the file",
    watch: Watch | None = None,
) -> Design:
    """What is open in a model, as it was asked for. Raises `CallError` where nothing is."""
    common: tuple[Change, ...] = apply_readings(model, readings)
    if not shuffle:
        return opened(model, common, others, name, watch)
    if others:
        raise CallError("--shuffle puts this model's own statements in any order; it does not go with other files")
    return shuffled(model, common)


def usual_formulas(model: Model) -> tuple[Formula, ...]:
    """What is asked unless told: the plan, and every outcome that the file names."""
    outcomes = [OutcomeAtom(name) for name in model.outcome]
    return tuple(dict.fromkeys([*([] if model.plan is None else [model.plan]), *outcomes]))


def fingerprint(model: Model) -> str:
    """A hash of all that a model says: of its text in canonical form."""
    from bestand.files import dumps

    return hashlib.sha256(dumps(model).encode()).hexdigest()


def asked_under(claim: Claim, concepts: tuple[str, ...]) -> tuple[str, ...]:
    """The concepts that a claim is asked under; one empty name where they do not matter."""
    named = [check.concepts or concepts for check in claim.checks if names_concept(check.assertion)]
    return tuple(dict.fromkeys(concept for several in named for concept in several)) or ("",)


@dataclass(frozen=True)
class Chunk:
    """What a chunk comes to.

    Parameters
    ----------
    number : int
    table : (N, columns) int32
    states : dict of str to ((K,) uint64, (K,) float64)
        By concept: the states that are an equilibrium somewhere, as bit masks, and in how many combinations each is,
        counted by their chances. Combinations that are there for comparison only do not count.
    """

    number: int
    table: Table
    states: dict[str, tuple[NDArray[np.uint64], NDArray[np.float64]]]


class Worker:
    """Works chunks of one job out.

    Parameters
    ----------
    job : Job
    watch : Watch, optional
        Stops in the middle of a chunk, which is then lost.
    """

    def __init__(self, job: Job, watch: Watch | None = None) -> None:
        self.job = job
        self._watch = watch or Watch()
        self._batches = Batches(self._watch, job.concepts)

    def chunk(self, number: int) -> Chunk:
        """Work out one chunk."""
        job = self.job
        rows = range(number * job.chunk_size, min((number + 1) * job.chunk_size, job.rows))
        table = np.zeros((len(rows), len(job.columns)), np.int32)
        tally = _Tally(job.concepts)
        at_once = max(1, min(_MOST_IN_CHUNK, _STATES_AT_ONCE // max(job.states, 1)))
        for begin in range(0, len(rows), at_once):
            self._watch.check()
            few = rows[begin : begin + at_once]
            self._some(few, table[begin : begin + at_once], tally)
        return Chunk(number, table, tally.states())

    def _some(self, rows: Sequence[int], table: Table, tally: _Tally) -> None:
        """Solve some variants side by side, fill in their rows, and count their equilibria."""
        job, design = self.job, self.job.design
        made = [design.variant(job.combination(row)) for row in rows]
        variants = Variants([base for base, _ in made], [changes for _, changes in made], self._batches)
        if job.kind == "all":
            weights = np.array([design.chance(int(job.order[row])) for row in rows])
        else:
            weights = np.array([float(row < job.samples) for row in rows])
        for these, batch in variants.under():
            if batch is None:
                table[these, 0] = NO_STATE
                continue
            truth = [batch.geometry.holds(formula) for formula in job.formulas]
            for c, concept in enumerate(job.concepts):
                found = batch.equilibria(concept)
                tally.add(concept, batch.geometry.states, found, weights[these])
                at = 1 + c * (1 + len(truth))
                table[these, at] = counts(found)
                for k, so in enumerate(truth):
                    table[these, at + 1 + k] = counts(found & so)
        at = 1 + len(job.concepts) * (1 + len(job.formulas))
        for claim in job.asked:
            codes = claim_codes(variants, claim, job.concepts)
            for concept in asked_under(claim, job.concepts):
                table[:, at] = codes[concept]
                at += 1


class _Tally:
    """Counts how often each state is an equilibrium."""

    def __init__(self, concepts: tuple[str, ...]) -> None:
        self._counts: dict[str, dict[int, tuple[NDArray[np.uint64], NDArray[np.float64]]]] = {c: {} for c in concepts}

    def add(self, concept: str, states: NDArray[np.uint64], found: NDArray[np.bool_], weights: Any) -> None:
        counts = self._counts[concept]
        if id(states) not in counts:  # variants with the same rules share the very array, which is kept here
            counts[id(states)] = states, np.zeros(len(states))
        total = counts[id(states)][1]
        for row, weight in zip(found, weights, strict=True):
            if weight == 1:
                total += row
            elif weight:
                total += row * weight

    def states(self) -> dict[str, tuple[NDArray[np.uint64], NDArray[np.float64]]]:
        return {concept: merged(list(counts.values())) for concept, counts in self._counts.items()}


def merged(
    parts: Sequence[tuple[NDArray[np.uint64], NDArray[np.float64]]],
) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    """Counts of states added up, those that are never found left out; ascending."""
    if not parts:
        return np.zeros(0, np.uint64), np.zeros(0)
    states = np.concatenate([states for states, _ in parts])
    counts = np.concatenate([counts for _, counts in parts])
    distinct, place = np.unique(states, return_inverse=True)
    total = np.bincount(place, counts, len(distinct)).astype(np.float64) if len(states) else np.zeros(0)
    return distinct[total > 0], total[total > 0]
