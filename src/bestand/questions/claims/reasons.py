"""For each claim, the smallest sets of changes to what parties want that make its verdict another one.

In words: a *flip* is a set of steps (a statement dropped, or exchanged with its neighbour) under which the verdict is
not the one of the model as it is, while it is under every smaller set that is part of it. What is looked through is
every set of one step, then every set of two, and so on; a set with a flip in it is not asked about that claim again.
A *shift* leaves the verdict the word that it was and changes the answer under some concept, as where a claim that
depended on the concept held under Nash alone and now holds under GMR alone; no smaller set in it is a flip or a shift.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from bestand.checks.batch import Codes
from bestand.checks.ruling import Verdict
from bestand.checks.together import WORTH, at_once, codes_of_variants
from bestand.engine.limits import Limits, Watch
from bestand.engine.states import feasible_states
from bestand.model.changing import changed, levelled
from bestand.model.errors import CallError, LimitReached, Stop
from bestand.model.model import Model
from bestand.model.sentences import Change
from bestand.model.values import Claim, Statement
from bestand.solve.batches import Batches
from bestand.solve.workers import worked
from bestand.stability.registry import CONCEPTS, EVERY

from .premises import Dropped, Premises, Step, Steps

_MOST = 64  # variants of small models that are looked at together
_TOGETHER = 128  # of large ones
_MOMENT = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a claim comes to.

    Parameters
    ----------
    verdict : Verdict
    holds, fails, unsaid : tuple of str
        The concepts; ``""`` where the concept does not matter.
    """

    verdict: Verdict
    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a flip: the statements that it is about, the upper one first, or what stands level with it."""

    kind: str  # "dropped" or "exchanged"
    party: str
    numbers: tuple[int, ...]
    statements: tuple[Statement, ...]
    upper: int = 1  # how many of the statements are the upper level

    @property
    def assumed(self) -> bool:
        """Return whether no source says any of the statements, or suggests it."""
        return any(statement.grounds.support == "assumed" for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Flip:
    """A smallest set of changes under which a claim's verdict, or its answer under some concept, is another one.

    Parameters
    ----------
    changes : tuple of Change
        That make it.
    parts : tuple of Part
        The steps, each with the statements that it is about.
    ruling : Ruling
        What the claim then comes to.
    """

    changes: tuple[Change, ...]
    parts: tuple[Part, ...]
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Reason:
    """A claim, its verdict, and what that rests on.

    Parameters
    ----------
    claim : Claim
    ruling : Ruling
    flips : tuple of Flip
        The smallest sets of changes that give it another verdict.
    shifts : tuple of Flip
        The smallest that leave the verdict as it is and change the answer under some concept.
    """

    claim: Claim
    ruling: Ruling
    flips: tuple[Flip, ...]
    shifts: tuple[Flip, ...] = ()

    @property
    def assumed(self) -> tuple[Flip, ...]:
        """The single steps that flip it and that are about an assumed statement."""
        return tuple(flip for flip in self.flips if len(flip.parts) == 1 and flip.parts[0].assumed)


@dataclass(frozen=True, slots=True)
class Looked:
    """How many variants of so many steps were looked at, of how many there are."""

    size: int
    variants: int
    of: int


@dataclass(frozen=True)
class Reasons:
    """What the conclusions of a model rest on.

    Parameters
    ----------
    depth : int
        The steps that were asked for.
    looked : tuple of Looked
        How deep the search came.
    reasons : tuple of Reason
        One for each claim.
    fixed : tuple of str
        Parties whose wishes have no statements, so that nothing about them was changed.
    stopped : Stop or None
        The limit that ended the search before its time.
    concepts : tuple of str
        Under which sentences were asked that name none.
    """

    depth: int
    looked: tuple[Looked, ...]
    reasons: tuple[Reason, ...]
    fixed: tuple[str, ...] = ()
    stopped: Stop | None = None
    concepts: tuple[str, ...] = tuple(CONCEPTS)


def reasons(
    model: Model,
    claims: tuple[Claim, ...],
    depth: int = 1,
    common: tuple[Change, ...] = (),
    workers: int = 1,
    watch: Watch | None = None,
    concepts: tuple[str, ...] = tuple(CONCEPTS),
    batches: Batches | None = None,
) -> Reasons:
    """Look for the premises that carry the conclusions of a model.

    Parameters
    ----------
    model : Model
    claims : tuple of Claim
    depth : int
        How many steps a set has at most.
    common : tuple of Change
        Made in every variant, such as readings.
    workers : int
        Processes. The answer does not depend on it.
    watch : Watch, optional
        Where the time is over, what has been found by then is told, and how deep that came.
    concepts : tuple of str
        Under which a sentence is asked that names none.
    batches : Batches, optional
        Keeps what others have worked out already about variants of the model.

    Raises
    ------
    CallError
        For a depth of less than 1, common changes that cannot be made, or a model in which no party has statements.

    Notes
    -----
    With n statements there are about 2n variants of one step and 2n² of two, and each is one question to every claim
    that is not flipped already. Solved side by side, without use of what others came to.
    """
    if depth < 1:
        raise CallError(f"--depth {depth}: give 1 or more")
    watch = watch or Watch()
    wishes = levelled(model, common)
    statements = {party: dict(entry for level in levels for entry in level) for party, levels in wishes.items()}
    named = {party: [tuple(number for number, _ in level if number) for level in wishes[party]] for party in wishes}
    orders = {party: [level for level in levels if level] for party, levels in named.items()}
    if not any(orders.values()):
        raise CallError("no party of this model has priorities, so there is no statement to drop or to exchange")
    states = max(1, len(feasible_states(changed(model, common))))
    asked = _Asked(model, common, claims, concepts, states)
    search = _Search(asked, _Put(asked, batches or Batches(watch.inner(), concepts)), Premises(orders), statements)
    search.run(depth, _TOGETHER if states * _TOGETHER >= WORTH else at_once(states, _MOST), workers, watch)
    fixed = tuple(party.id for party in model.parties if not orders.get(party.id))
    return Reasons(depth, tuple(search.looked), search.told(), fixed, search.stopped, concepts)


@dataclass
class _Search:
    """The search, and what it has found so far."""

    asked: _Asked
    put: _Put
    premises: Premises
    statements: dict[str, dict[int, Statement]]
    base: list[Ruling] = field(default_factory=list)
    flips: list[dict[Steps, Ruling]] = field(default_factory=list)
    shifts: list[dict[Steps, Ruling]] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    stopped: Stop | None = None

    def run(self, depth: int, at_once: int, workers: int, watch: Watch) -> None:
        """Go through the variants, the small ones first."""
        claims = self.asked.claims
        self.flips = [{} for _ in claims]
        self.shifts = [{} for _ in claims]
        if watch.limits.seconds is not None:
            self._ask_base(watch)
        for size in range(1, depth + 1):
            variants = self.premises.of_size(size)
            if not variants:
                break
            self.looked.append(Looked(size, 0, len(variants)))
            try:
                watch.phase(f"changing {size} premise{'s' if size > 1 else ''} at a time", len(variants))
                self._level(variants, at_once, 1 if size == 1 else workers, watch)
            except LimitReached as error:
                self.stopped = _told(error, watch)
                break
        if not self.base:
            self._ask_base(watch)

    def _ask_base(self, watch: Watch) -> None:
        """Ask what all else is compared with, whatever the time: it is always there."""
        ask = self.asked.put(Watch(Limits(memory=watch.limits.memory)))
        self.base = [rulings[0] for rulings in ask((((),), tuple(range(len(self.asked.claims)))))]

    def _level(self, variants: list[Steps], at_once: int, workers: int, watch: Watch) -> None:
        groups = self._grouped(variants)
        settled = sum(len(group) for asked, group in groups if not asked)  # every claim is flipped by a part of it
        self._count(settled, watch)
        if not self.base:  # side by side with the first ones it takes no time to speak of
            (_, first), *_others = groups
            first.insert(0, frozenset())
        chunks = [
            (asked, group[first : first + at_once])
            for asked, group in groups
            if asked
            for first in range(0, len(group), at_once)
        ]
        tasks = ((tuple(self.premises.changes(steps) for steps in chunk), asked) for asked, chunk in chunks)
        many = min(workers, max(len(chunks), 1))
        found = worked(self.asked.put if many > 1 else lambda _: self.put, tasks, watch, many)
        for (asked, chunk), rulings in zip(chunks, found, strict=True):
            if not self.base:
                self.base = [of_claim[0] for of_claim in rulings]
                chunk, rulings = chunk[1:], [of_claim[1:] for of_claim in rulings]
            for k, of_claim in zip(asked, rulings, strict=True):
                for steps, ruling in zip(chunk, of_claim, strict=True):
                    self._note(k, steps, ruling)
            self._count(len(chunk), watch)

    def _note(self, k: int, steps: Steps, ruling: Ruling) -> None:
        """Keep a variant that gives a claim another answer; it was asked, so no part of it is a flip."""
        if ruling.verdict != self.base[k].verdict:
            self.flips[k][steps] = ruling
        elif ruling != self.base[k] and not any(shift < steps for shift in self.shifts[k]):
            self.shifts[k][steps] = ruling

    def _grouped(self, variants: list[Steps]) -> list[tuple[tuple[int, ...], list[Steps]]]:
        """The variants by the claims that are to be asked in them: those that no part of the variant flips."""
        groups: dict[tuple[int, ...], list[Steps]] = {}
        for steps in variants:
            asked = tuple(k for k, flips in enumerate(self.flips) if not any(flip < steps for flip in flips))
            groups.setdefault(asked, []).append(steps)
        return list(groups.items())

    def _count(self, variants: int, watch: Watch) -> None:
        last = self.looked[-1]
        self.looked[-1] = Looked(last.size, last.variants + variants, last.of)
        watch.step(variants)

    def told(self) -> tuple[Reason, ...]:
        """Return what was found for each claim, small sets first, in the order of the parties and statements."""
        found = zip(self.asked.claims, self.base, self.flips, self.shifts, strict=True)
        return tuple(
            Reason(claim, ruling, self._sorted(flips), self._sorted(shifts)) for claim, ruling, flips, shifts in found
        )

    def _sorted(self, found: dict[Steps, Ruling]) -> tuple[Flip, ...]:
        ordered = sorted(found, key=lambda steps: (len(steps), sorted(map(_place, steps))))
        return tuple(self._flip(steps, found[steps]) for steps in ordered)

    def _flip(self, steps: Steps, ruling: Ruling) -> Flip:
        parts = tuple(self._part(step) for step in sorted(steps, key=_place))
        return Flip(self.premises.changes(steps), parts, ruling)

    def _part(self, step: Step) -> Part:
        party = self.premises.parties[step.party]
        if isinstance(step, Dropped):
            return Part("dropped", party, (step.number,), (self.statements[party][step.number],))
        upper, lower = self.premises.whole(step.party, step.number), self.premises.whole(step.party, step.below)
        statements = tuple(self.statements[party][number] for number in (*upper, *lower))
        return Part("exchanged", party, (*upper, *lower), statements, len(upper))


def _told(error: LimitReached, watch: Watch) -> Stop:
    """The limit as the watch knows it: one that a process met knows only of what was left of the time."""
    try:
        watch.check()
    except LimitReached as whole:
        return whole.stop
    return error.stop


def _place(step: Step) -> tuple[int, int, int]:
    """Return where a step stands among others: drops of a statement before its exchanges."""
    return step.party, step.number, 0 if isinstance(step, Dropped) else step.below


@dataclass(frozen=True)
class _Put:
    """Puts claims to variants, some at a time; one of these in every process."""

    asked: _Asked
    batches: Batches

    def __call__(self, task: tuple[tuple[tuple[Change, ...], ...], tuple[int, ...]]) -> list[list[Ruling]]:
        """Return, for each claim asked, what it comes to in each variant."""
        (variants, numbers), asked = task, self.asked
        changes = [(*asked.common, *each) for each in variants]
        claims = [asked.claims[k] for k in numbers]
        found = codes_of_variants(asked.model, changes, claims, asked.concepts, self.batches, asked.states)
        return [_rulings(codes) for codes in found]


@dataclass(frozen=True)
class _Asked:
    """What is asked in every variant."""

    model: Model
    common: tuple[Change, ...]
    claims: tuple[Claim, ...]
    concepts: tuple[str, ...]
    states: int  # that the model has

    def put(self, watch: Watch) -> _Put:
        """Return what asks it under a watch."""
        return _Put(self, Batches(watch, self.concepts))


def _rulings(codes: Mapping[str, Codes]) -> list[Ruling]:
    concepts = [concept for concept in EVERY if concept in codes] or list(codes)
    table = np.stack([codes[concept] for concept in concepts], axis=1)
    return [_ruling(concepts, row) for row in table.tolist()]


def _ruling(concepts: list[str], codes: list[int]) -> Ruling:
    fails, holds, unsaid = (
        tuple(concept for concept, code in zip(concepts, codes, strict=True) if code == value) for value in (0, 1, 2)
    )
    whole = {len(holds): "holds", len(fails): "does not hold", len(unsaid): "cannot be said"}
    return Ruling(cast(Verdict, whole.get(len(concepts), "depends on the concept")), holds, fails, unsaid)
