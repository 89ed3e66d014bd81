"""A job: what is asked of which combinations of answers, cut into chunks of fixed size; and what a chunk comes to.

A chunk is worked out from its number alone, wherever that happens, and always comes to the same integers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from bestand.checks.asker import senses
from bestand.engine.states import MAX_OPTIONS
from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.model.values import Claim
from bestand.plan.open.design import Answer, Design, Orders
from bestand.plan.terms import own_terms

from .masks import Masks, as_bytes

MOST_IN_CHUNK = 512
JUDGED_IN_CHUNK = 64  # where the plan is put to the parties in each, one after the other
OVER_SETS_IN_CHUNK = 16  # where the states are more than can be listed
_STATES_IN_CHUNK = 2**24

NUMBERS = 1  # raised whenever a call comes to other numbers: what was stored before is not mixed with these

FINE, NO_STATE = 0, 1  # first column of a row: whether the combination leaves any state
NO_VERDICT = 0  # second column where there is a plan: else the place of the verdict among `KINDS`, from 1 on


@dataclass(frozen=True)
class Job:
    """What is asked of a model in which combinations.

    Parameters
    ----------
    model : Model
        As the file has it.
    design : Design
        What is open.
    readings : tuple of str
        Applied in every combination.
    shuffle : bool
        Every party's statements in any order, instead of what the file leaves open.
    others : tuple of (str, Model)
        Other analysts' models by what they are called.
    concepts : tuple of str
    formulas : tuple of Formula
    claims : tuple of Claim
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
    design: Design
    readings: tuple[str, ...]
    shuffle: bool
    others: tuple[tuple[str, Model], ...]
    concepts: tuple[str, ...]
    formulas: tuple[Formula, ...]
    claims: tuple[Claim, ...]
    kind: Literal["all", "sample"]
    samples: int
    compared: int
    seed: int
    states: int

    @property
    def wide(self) -> bool:
        """Whether a state has more options than bits in a list of states: sets of states are all that is looked at."""
        return len(self.model.options) > MAX_OPTIONS

    @property
    def plan(self) -> Formula | None:
        """The plan that is put to the parties in every combination; None where there is none, or nobody to ask."""
        terms = None if self.wide else own_terms(self.model)
        return None if terms is None else terms.plan

    @property
    def rows(self) -> int:
        """Return how many combinations are looked at."""
        return self.samples + self.compared * len(self.design.questions)

    @property
    def chunk_size(self) -> int:
        """Return how many of them make a chunk."""
        if self.wide:
            return OVER_SETS_IN_CHUNK
        most = MOST_IN_CHUNK if self.plan is None else JUDGED_IN_CHUNK
        return max(1, min(most, _STATES_IN_CHUNK // max(self.states, 1)))

    @property
    def chunks(self) -> int:
        """Return how many chunks there are."""
        return -(-self.rows // self.chunk_size)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return what the columns of a table are."""
        made = ["status", "verdict"] if self.plan is not None else ["status"]
        for concept in self.concepts:
            made.append(f"equilibria {concept}")
            made += [f"formula {k} {concept}" for k in range(len(self.formulas))]
        for claim in self.claims:
            made += [f"claim {claim.id} {concept}" for concept in asked_under(claim, self.concepts)]
        return tuple(made)

    def order(self) -> NDArray[np.intp]:
        """(rows,): which combination each row is where all are gone through: a random order, always the same.

        So what a run has looked at when it is stopped is a random part of all, and not a corner.
        """
        return np.random.default_rng(self.design.count).permutation(self.design.count)

    def sampled(self, row: int) -> tuple[tuple[int, Answer], ...]:
        """Return the answers of one row of a sample, each with its number.

        The rows after the sample are its first ones, each with the answer to one question taken from another row of the
        sample: what changes is due to that question.
        """
        questions = len(self.design.questions)
        rows = (row,) * questions
        if row >= self.samples:
            changed, at = divmod(row - self.samples, self.compared)
            rows = tuple(at + self.samples // 2 if j == changed else at for j in range(questions))
        return self.design.drawn(self.seed, rows)

    def settings(self) -> dict[str, Any]:
        """Return everything that the numbers depend on, as plain data; models as their text."""
        from bestand.files import dumps

        return {
            "numbers": NUMBERS,
            "model": dumps(self.model),
            "with": [[name, dumps(model)] for name, model in self.others],
            "readings": list(self.readings),
            "shuffle": self.shuffle,
            "design": _fingerprint(self.design),
            "concepts": list(self.concepts),
            "verdict": self.plan is not None,
            "formulas": [text(formula) for formula in self.formulas],
            "claims": [claim.id for claim in self.claims],
            "kind": self.kind,
            "order": "random" if self.kind == "all" else None,
            "samples": self.samples,
            "compared": self.compared,
            "seed": self.seed if self.kind == "sample" else None,
            "chunk": self.chunk_size,
        }


@dataclass(frozen=True)
class Chunk:
    """What a chunk comes to.

    Parameters
    ----------
    number : int
    table : (N, columns) int32
        A row for each combination, a column for each thing asked.
    states : dict of str to ((K,) uint64 or object, (K,) float64)
        By concept: the states that are an equilibrium somewhere, as `bestand.questions.vary.masks` holds them, and in
        how many combinations each is, counted by their chances. Combinations that are there for comparison only do not
        count.
    """

    number: int
    table: NDArray[np.int32]
    states: dict[str, tuple[Masks, NDArray[np.float64]]]

    def content(self, options: int) -> Iterator[bytes]:
        """Yield all that was found, for a hash: the same on every machine."""
        yield self.table.astype("<i4").tobytes()
        for concept, (states, counts) in sorted(self.states.items()):
            yield concept.encode() + as_bytes(states, options) + counts.astype("<f8").tobytes()


def fingerprint(model: Model) -> str:
    """Return a hash of all that a model says: of its text in canonical form."""
    from bestand.files import dumps

    return hashlib.sha256(dumps(model).encode()).hexdigest()


def _fingerprint(design: Design) -> str:
    """Return a hash of the questions and their answers, in their order, which numbers of combinations count in."""
    asked = [
        [question.words, question.count if isinstance(question, Orders) else [each.words for each in question.answers]]
        for question in design.questions
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def asked_under(claim: Claim, concepts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the concepts that a claim is asked under; one empty name where they do not matter."""
    keys = (sense.key for check in claim.checks for sense in senses(check, concepts))
    return tuple(dict.fromkeys(key for key in keys if key)) or ("",)
