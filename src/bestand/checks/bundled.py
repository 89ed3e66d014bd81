"""Claims put to bundles of variants, all at once: as `bestand.checks.batch`, over sets of states as diagrams.

What speaks of drift and of deals is put to variants side by side instead (`bestand.checks.beside`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial, reduce
from operator import and_
from typing import NamedTuple

import numpy as np

from bestand.engine.diagrams.spec import Diagram
from bestand.model.errors import CallError
from bestand.model.formula import Formula
from bestand.model.sentences import (
    About,
    Assertion,
    Change,
    Check,
    Compared,
    Count,
    Predicate,
    Quantified,
    Ranks,
    SameAnswer,
    Satisfies,
    Share,
    StableFor,
    StateRef,
    Subject,
    drifts,
    subjects,
)
from bestand.model.values import Claim
from bestand.solve.bundled import Bundled, Bundles, Question
from bestand.stability.registry import EVERY, RESTING

from .asker import Sense, senses
from .batch import UNSAID, Bools, Codes, Counts, codes_of, state_index
from .beside import abreast_askable

_MOVES = {None, "improving", "best"}


class Need(NamedTuple):
    """What has to be known to answer a claim: what is stable under a concept for a party, in changed variants."""

    changes: tuple[Change, ...]
    concept: str
    party: str | None  # None: for every one
    asked: Formula | None = None  # where


def answerable(claim: Claim, concepts: tuple[str, ...], few: Callable[[Formula], bool]) -> bool:
    """Return whether a claim can be put to all variants at once: each of its checks to bundles, or side by side.

    ``few`` is whether a formula is true in a few states only.
    """
    return all(
        over_sets(check, sense) or all(abreast_askable(part.assertion, sense, few) for part in parts_of(check))
        for check in claim.checks
        for sense in senses(check, concepts)
    )


def over_sets(check: Check, sense: Sense) -> bool:
    """Return whether a check can be put to bundles: it speaks of no drift, and of a concept that serves sets."""
    reached = {each.reached for each in subjects(check.assertion)}
    return not drifts(check.assertion) and reached <= _MOVES and EVERY[sense.concept].over_sets


class Part(NamedTuple):
    """What is asked of variants side by side: a sentence, in changed variants."""

    changes: tuple[Change, ...]
    assertion: Assertion


def parts_of(check: Check) -> tuple[Part, ...]:
    """Return what a check asks: one sentence, or the same in two models."""
    match check.assertion:
        case SameAnswer(left, right, inner):
            return Part((*check.changes, *left), inner), Part((*check.changes, *right), inner)
        case assertion:
            return (Part(check.changes, assertion),)


def parts(claim: Claim, concepts: tuple[str, ...]) -> Iterator[Part]:
    """Yield what of a claim is asked of variants side by side."""
    for check in claim.checks:
        if not all(over_sets(check, sense) for sense in senses(check, concepts)):
            yield from parts_of(check)


def needs(claim: Claim, concepts: tuple[str, ...]) -> Iterator[Need]:
    """Yield what has to be known to answer a claim."""
    for check in claim.checks:
        for sense in filter(partial(over_sets, check), senses(check, concepts)):
            yield from _needs(check.assertion, check.changes, sense.concept)


def _needs(assertion: Assertion, changes: tuple[Change, ...], concept: str) -> Iterator[Need]:
    sides: list[tuple[Change, ...]] = [changes]
    if isinstance(assertion, Count | SameAnswer):
        sides = [(*changes, *assertion.left), (*changes, *assertion.right)]
    inner = assertion.assertion if isinstance(assertion, SameAnswer) else assertion
    parties: set[tuple[str, str | None]] = set()
    for subject in subjects(inner):
        if subject.noun == "equilibrium":
            parties.add((concept, None))
        elif subject.noun == "resting place":
            parties.add((RESTING, None))
        parties |= {(concept, party) for party in _named(subject.stable_for)}
    if isinstance(inner, Quantified | About | Share | Count) and isinstance(inner.predicate, StableFor):
        parties |= {(concept, party) for party in _named(inner.predicate.parties)}
    for side in sides:
        yield from (Need(side, each, party, asked_of(inner, side)) for each, party in sorted(parties, key=str))


def asked_of(assertion: Assertion, changes: tuple[Change, ...]) -> Formula | None:
    """Return where it matters to an assertion what is stable; None for everywhere, as in what nothing changes."""
    counted = isinstance(assertion, Count) or (isinstance(assertion, Quantified) and assertion.quantifier == "some")
    if not changes or not counted:
        return None
    assert isinstance(assertion, Count | Quantified), "what is counted"
    return assertion.predicate.formula if isinstance(assertion.predicate, Satisfies) else None


def _named(parties: tuple[str, ...] | None) -> tuple[str | None, ...]:
    return () if parties is None else parties or (None,)


def claim_codes(
    variants: Bundles, claim: Claim, concepts: tuple[str, ...], known: Mapping[Part, Codes]
) -> dict[str, Codes]:
    """Return what a claim comes to in every variant; see `bestand.checks.batch.claim_codes`.

    Parameters
    ----------
    variants : Bundles
    claim : Claim
        One that is `answerable`.
    concepts : tuple of str
    known : mapping of Part to codes
        What its `parts` come to.

    Raises
    ------
    Unbundled, LimitReached
    """

    def ask(check: Check, sense: Sense) -> Codes:
        if over_sets(check, sense):
            return Asker(variants, sense.concept).ask(check.assertion, check.changes)
        match [known[part] for part in parts_of(check)]:
            case [one, other]:
                return _same(one, other)
            case [codes]:
                return codes
            case _:
                raise AssertionError("a check has one part or two")

    return codes_of(claim, concepts, ask)


class Asker:
    """Asks assertions of bundles of variants under one concept."""

    def __init__(self, variants: Bundles, concept: str) -> None:
        self._variants = variants
        self._concept = concept

    def ask(self, assertion: Assertion, changes: tuple[Change, ...] = ()) -> Codes:
        """(V,): the answer in every variant, with some changes made."""
        match assertion:
            case Quantified():
                asked = asked_of(assertion, changes)
                return self._each(changes, lambda bundled: self._quantified(assertion, bundled), asked)
            case About():
                return self._each(changes, lambda bundled: self._about(assertion, bundled))
            case Ranks():
                return self._each(changes, lambda bundled: _ranks(assertion, bundled))
            case Share(how, left, right, predicate):
                a, n, said = self._counts(left, predicate, changes)
                b, m, also = self._counts(right, predicate, changes)
                larger = a * m > b * n if how == "larger" else a * m < b * n
                return _codes(larger, said & also & (n > 0) & (m > 0))
            case Count(how, subject, predicate, left, right):
                one, other = (*changes, *left), (*changes, *right)
                a, _, said = self._counts(subject, predicate, one, asked_of(assertion, one))
                b, _, also = self._counts(subject, predicate, other, asked_of(assertion, other))
                return _codes({"fewer": a < b, "more": a > b, "as many": a == b}[how], said & also)
            case SameAnswer(left, right, inner):
                return _same(self.ask(inner, (*changes, *left)), self.ask(inner, (*changes, *right)))
            case _:
                raise AssertionError("speaks of deals")

    def _each(
        self, changes: tuple[Change, ...], ask: Callable[[Bundled], Codes], asked: Formula | None = None
    ) -> Codes:
        codes = np.full(self._variants.count, UNSAID, np.int8)
        for these, bundled in self._variants.under(changes, asked):
            try:
                with bundled.engine.world.guarded():
                    codes[these] = ask(bundled)
            except CallError:  # it names a state that there is not
                continue
        return codes

    def _counts(
        self, subject: Subject, predicate: Predicate, changes: tuple[Change, ...], asked: Formula | None = None
    ) -> tuple[Counts, Counts, Bools]:
        """Return how many states of the subject are so, of how many, and whether that can be said.

        Where only those that are so matter, what is stable is asked there alone, and the second number says nothing.
        """
        found, of = np.zeros((2, self._variants.count), np.int64)
        said = np.zeros(self._variants.count, bool)
        for these, bundled in self._variants.under(changes, asked):
            try:
                with bundled.engine.world.guarded():
                    among = self._subject(bundled, subject)
                    so = among & self._predicate(bundled, predicate)
            except CallError:
                continue
            found[these], of[these], said[these] = bundled.counts(so), bundled.counts(among), True
        return found, of, said

    def _quantified(self, assertion: Quantified, bundled: Bundled) -> Codes:
        among = self._subject(bundled, assertion.subject)
        so = self._predicate(bundled, assertion.predicate)
        somewhere = bundled.engine.somewhere
        if assertion.quantifier == "some":
            return _codes(somewhere(among & so), np.ones(len(bundled.bundle.which), bool))
        telling = among & (~so if assertion.quantifier == "every" else so)
        return _codes(~somewhere(telling), somewhere(among))

    def _subject(self, bundled: Bundled, subject: Subject) -> Diagram:
        """Return the states that a sentence speaks of."""
        match subject.noun:
            case "state":
                states = bundled.feasible
            case "equilibrium":
                states = bundled.equilibria(self._concept)
            case "resting place":
                states = bundled.resting
            case _:
                raise AssertionError("speaks of deals")
        if subject.reached:
            reached = bundled.reached(subject.reached)
            if reached is None:
                raise CallError("nothing can be reached: there is no status quo here, or it is not feasible")
            states = states & reached
        if subject.stable_for is not None:
            states = states & self._stable_for(bundled, subject.stable_for)
        if subject.where is not None:
            states = states & bundled.holds(subject.where)
        return states

    def _predicate(self, bundled: Bundled, predicate: Predicate) -> Diagram:
        """Return the states of which the predicate is true."""
        match predicate:
            case Satisfies(formula):
                return bundled.holds(formula)
            case StableFor(parties):
                return self._stable_for(bundled, parties)
            case Compared(how, other, party):
                at = _mask(bundled, other)
                return bundled.engine.above(bundled.parties.index(party), at, below=how == "worse")
            case _:
                raise AssertionError("speaks of deals")

    def _stable_for(self, bundled: Bundled, parties: tuple[str, ...]) -> Diagram:
        """Return what is stable for some parties; for every one where none is named."""
        if not parties:
            return bundled.equilibria(self._concept)
        return reduce(and_, (bundled.stable(self._concept, bundled.parties.index(party)) for party in parties))

    def _about(self, assertion: About, bundled: Bundled) -> Codes:
        state = bundled.engine.one(_mask(bundled, assertion.state))
        return bundled.engine.somewhere(state & self._predicate(bundled, assertion.predicate)).astype(np.int8)


def _ranks(assertion: Ranks, bundled: Bundled) -> Codes:
    i, engine = bundled.parties.index(assertion.party), bundled.engine
    left, right = _side(bundled, assertion.left), _side(bundled, assertion.right)
    if engine.world.false in (left, right):
        return np.full(len(bundled.bundle.which), UNSAID, np.int8)
    match assertion.how:
        case "above":
            so = engine.exceeds(engine.most(i, left, least=True), engine.most(i, right))
        case "below":
            so = engine.exceeds(engine.most(i, right, least=True), engine.most(i, left))
        case "level with":
            so = ~engine.exceeds(engine.most(i, left | right), engine.most(i, left | right, least=True))
    return so.astype(np.int8)


def _side(bundled: Bundled, side: Formula | StateRef) -> Diagram:
    if isinstance(side, StateRef):
        return bundled.engine.one(_mask(bundled, side))
    return bundled.holds(side)


def _mask(bundled: Bundled, state: StateRef) -> int:
    return int(bundled.geometry.states[state_index(bundled.geometry, state)])


def _same(one: Codes, other: Codes) -> Codes:
    return _codes(one == other, (one != UNSAID) & (other != UNSAID))


def _codes(so: Bools, said: Bools) -> Codes:
    return np.where(said, so, UNSAID).astype(np.int8)


def known_of(need: Need, parties: tuple[str, ...]) -> Iterator[Question]:
    """Yield the questions that a need comes to: a concept, and the index of a party."""
    for i, party in enumerate(parties):
        if need.party in (None, party):
            yield need.concept, i
