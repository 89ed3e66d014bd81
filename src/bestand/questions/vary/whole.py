"""All combinations of a job at once: what can be told of them without going through them one by one.

What is open are variables that nobody moves; each set of states comes out as a diagram over the states and what is
open. Where the sets are asked for by several, the parties are shared out among processes.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bestand.checks.batch import UNSAID, Codes
from bestand.checks.beside import answers
from bestand.checks.bundled import Need, Part, answerable, claim_codes, known_of, needs, parts
from bestand.checks.together import WORTH, few_states
from bestand.engine.diagrams.classes import Classes
from bestand.engine.diagrams.table import Table
from bestand.engine.limits import OutOfPatience, Watch
from bestand.model.errors import CallError, LimitReached, ModelError
from bestand.model.model import Model
from bestand.model.sentences import Assertion, Change
from bestand.model.values import Claim
from bestand.plan.ruling_values import KINDS
from bestand.solve.batches import Batches
from bestand.solve.bundle import Bundle
from bestand.solve.bundled import Bundled, Bundles, Key, Question, Unbundled
from bestand.solve.workers import worked
from bestand.stability.registry import EVERY

from .job import FINE, NO_STATE, NO_VERDICT, Job, asked_under
from .masks import Masks

_A_STATE = 2e-7  # seconds that a state takes for a party in one combination by itself

_BUNDLES = 4  # whose diagrams a process keeps


class Piece(NamedTuple):
    """Where states are stable: a task."""

    key: Key
    question: Question


class Side(NamedTuple):
    """What some sentences, and the verdict, come to in some combinations with some changes: a task."""

    changes: tuple[Change, ...]
    asked: tuple[Assertion, ...]
    judged: bool
    some: range


Task = Piece | Side


@dataclass(frozen=True, eq=False)
class Equilibria:
    """In which combinations each state is an equilibrium.

    Parameters
    ----------
    which : (V,) intp
        The combinations.
    states : (S,)
        Theirs.
    classes : dict of str to Classes
        By concept.
    """

    which: NDArray[np.intp]
    states: Masks
    classes: dict[str, Classes]


@dataclass(frozen=True, eq=False)
class Whole:
    """What all combinations come to.

    Parameters
    ----------
    table : (combinations, columns) int32
        The columns of the job; those of the claims that are left are not filled in.
    equilibria : tuple of Equilibria
    left : tuple of Claim
        Claims that have to be put to the combinations one by one.
    """

    table: NDArray[np.int32]
    equilibria: tuple[Equilibria, ...]
    left: tuple[Claim, ...]


def whole(job: Job, watch: Watch, workers: int = 1, worth: int = WORTH) -> Whole | None:
    """Return what all combinations of a job come to; None where they are better looked at one by one.

    Parameters
    ----------
    job : Job
    watch : Watch
    workers : int
    worth : int
        States over all combinations from which on it is tried.

    Raises
    ------
    LimitReached
        When the time is over.
    """
    few = job.kind != "all" or job.wide or job.rows * job.states < worth
    if few or not all(EVERY[concept].over_sets for concept in job.concepts):
        return None
    end = watch.limits.seconds
    patience = inf if end is None else (end - watch.seconds) / 2  # then a part of them, one by one
    variants = _variants(job, watch)
    claims = [claim for claim in job.claims if answerable(claim, job.concepts, partial(few_states, job.model, watch))]
    try:
        with watch.patience(patience):
            apart = _found_apart(variants, job, claims, watch, workers)
            return _told(variants, job, claims, apart)
    except (Unbundled, OutOfPatience):
        return None
    except LimitReached as error:
        if error.limit != "memory":
            raise
        return None  # of diagrams


def _variants(job: Job, watch: Watch) -> Bundles:
    made = [job.design.variant(job.design.combination(k)) for k in range(job.rows)]
    numbers = np.array([job.design.numbers(k) for k in range(job.rows)], np.intp).reshape(job.rows, -1)
    bases, changes = [base for base, _ in made], [changes for _, changes in made]
    return Bundles(bases, changes, numbers, Batches(watch, job.concepts))


@dataclass(frozen=True, eq=False)
class _Aside:
    """What was found side by side.

    Parameters
    ----------
    verdicts : (combinations,) int32, or None without a plan
        As places among the kinds, from 1 on.
    codes : dict of Part to codes (combinations,)
    """

    verdicts: NDArray[np.int32] | None
    codes: dict[Part, Codes]


def _found_apart(variants: Bundles, job: Job, claims: Sequence[Claim], watch: Watch, workers: int) -> _Aside:
    """Find what takes long, in processes where there are several: where states are stable, what is told side by side.

    The variants know the first; the second is returned.
    """
    found = _bundles(variants, job, claims)
    order = sorted(found, key=lambda piece: not EVERY[piece.question[0]].knows_preferences)  # what takes long first
    aside = _Aside(None if job.plan is None else np.full(job.rows, NO_VERDICT, np.int32), {})
    asked: dict[tuple[Change, ...], dict[Assertion, None]] = {} if job.plan is None else {(): {}}
    for part in (part for claim in claims for part in parts(claim, job.concepts)):
        asked.setdefault(part.changes, {})[part.assertion] = None
        aside.codes[part] = np.full(job.rows, UNSAID, np.int8)
    sides = [
        Side(changes, (*several,), not changes and job.plan is not None, some)
        for changes, several in asked.items()
        for some in _ranges(job.rows, workers)
    ]
    tasks: list[Task] = [*sides, *order]
    watch.phase("varying what is open", len(tasks))
    bundled = {piece.key: bundle for piece, bundle in found.items()}
    for task, result in worked(partial(_Apart, job, bundled), tasks, watch, min(workers, len(tasks)), in_order=False):
        watch.step()
        if isinstance(task, Side):
            rows = slice(task.some.start, task.some.stop)
            if task.judged and aside.verdicts is not None:
                aside.verdicts[rows] = result[0]
            for assertion, codes in zip(task.asked, result[1], strict=True):
                aside.codes[Part(task.changes, assertion)][rows] = codes
        elif result is not None:
            variants.known.setdefault(task.key, {})[task.question] = result
    return aside


def _bundles(variants: Bundles, job: Job, claims: Sequence[Claim]) -> dict[Piece, Bundle]:
    """Return what has to be known of which bundles."""
    needed = [Need((), concept, None) for concept in job.concepts]
    needed += [need for claim in claims for need in needs(claim, job.concepts)]
    found: dict[Piece, Bundle] = {}
    for need in needed:
        made = variants.of(need.changes, need.asked)
        if made is None:
            raise Unbundled
        for k, bundle in enumerate(made):
            for question in known_of(need, tuple(bundle.first.party)):
                found[Piece((need.changes, need.asked, k), question)] = bundle
    return found


def _ranges(rows: int, workers: int) -> list[range]:
    """Return some combinations for each of some workers."""
    size = -(-rows // workers)
    return [range(first, min(first + size, rows)) for first in range(0, rows, size)]


class _Apart:
    """What a process finds: where a party's states are stable in a bundle, or the verdict in some combinations.

    Parameters
    ----------
    job : Job
    bundles : dict of Key to Bundle
    watch : Watch
    """

    def __init__(self, job: Job, bundles: dict[Key, Bundle], watch: Watch) -> None:
        self._job, self._bundles, self._watch = job, bundles, watch
        self._kept: dict[Key, Bundled | None] = {}

    def __call__(self, task: Task) -> tuple[Task, Any]:
        return task, self._side(task) if isinstance(task, Side) else self._stable(task.key, task.question)

    def _side(self, task: Side) -> tuple[list[int], list[Codes]]:
        """Return the verdicts in some combinations, as places among the kinds, from 1 on, and the answers."""
        design, batches = self._job.design, Batches(self._watch)
        models: dict[int, Model] = {}
        for at, k in enumerate(task.some):
            base, changes = design.variant(design.combination(k))
            with suppress(CallError):
                models[at] = batches.changed(base, (*changes, *task.changes))
        kinds, codes = answers(models, task.asked, len(task.some), self._watch, judged=task.judged)
        return [NO_VERDICT if kind is None else 1 + KINDS.index(kind) for kind in kinds], codes

    def _stable(self, key: Key, question: Question) -> Table | None:
        """Return where states are stable; None where no state is left."""
        if key not in self._kept:
            if len(self._kept) >= _BUNDLES:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = self._bundled(key)
        found = self._kept[key]
        if found is None:
            return None
        with self._watch.patience(max(1.0, self._job.states * len(found.bundle.which) * _A_STATE)):
            return found.written(*question)

    def _bundled(self, key: Key) -> Bundled | None:
        try:
            return Bundled(self._bundles[key], self._watch)
        except ModelError:
            return None


def _told(variants: Bundles, job: Job, claims: Sequence[Claim], aside: _Aside) -> Whole:
    table = np.zeros((job.rows, len(job.columns)), np.int32)
    table[:, 0] = NO_STATE
    place = {name: at for at, name in enumerate(job.columns)}
    if aside.verdicts is not None:
        table[:, place["verdict"]] = aside.verdicts
    equilibria = [_equilibria(bundled, these, job, table) for these, bundled in variants.under()]
    for claim in claims:
        codes = claim_codes(variants, claim, job.concepts, aside.codes)
        for concept in asked_under(claim, job.concepts):
            table[:, place[f"claim {claim.id} {concept}"]] = codes[concept]
    return Whole(table, tuple(equilibria), tuple(claim for claim in job.claims if claim not in claims))


def _equilibria(bundled: Bundled, these: NDArray[np.intp], job: Job, table: NDArray[np.int32]) -> Equilibria:
    """Fill in the numbers of equilibria of some combinations, and return which they are."""
    geometry = bundled.geometry
    among = np.stack([np.ones(geometry.size, bool), *map(geometry.holds, job.formulas)])
    found = {concept: bundled.classes(bundled.equilibria(concept)) for concept in job.concepts}
    first = job.columns.index(f"equilibria {job.concepts[0]}") if job.concepts else 0
    table[these, 0] = FINE
    for k, concept in enumerate(job.concepts):
        at = first + k * len(among)
        table[these, at : at + len(among)] = found[concept].counts(among).T
    return Equilibria(these, geometry.states, found)


def equilibria_of(some: Equilibria, concept: str, weights: NDArray[np.float64]) -> tuple[Masks, NDArray[np.float64]]:
    """Return the states that are an equilibrium in combinations that count, and what these count together."""
    counting = np.flatnonzero(weights[some.which])
    counts = some.classes[concept].weighed(counting, weights[some.which[counting]])
    return some.states[counts > 0], counts[counts > 0]
