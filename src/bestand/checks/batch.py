"""Claims put to many variants at once, for the verdict alone: no counts to tell, no examples, no paths.

Sentences mean here what they mean to `bestand.checks.asker` and `bestand.checks.claims`; the tests hold the one to
the other. A verdict is 1 (holds), 0 (does not) or `UNSAID`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import CallError, ModelError
from bestand.model.formula import Formula
from bestand.model.sentences import (
    About,
    Assertion,
    Change,
    Check,
    Compared,
    Count,
    Kept,
    Predicate,
    Quantified,
    Ranks,
    Refuses,
    SameAnswer,
    Satisfies,
    Share,
    StableFor,
    StateNamed,
    StateRef,
    StatusQuo,
    Subject,
    VerdictIs,
    deals,
)
from bestand.model.values import Claim
from bestand.solve.batches import Batch
from bestand.solve.geometry import Geometry
from bestand.solve.variants import Variants
from bestand.stability.registry import HEADLINE

from .asker import Asker as AskerOfOne
from .asker import Sense, senses

Codes = NDArray[np.int8]
Counts = NDArray[np.int64]
Bools = NDArray[np.bool_]

UNSAID = 2


def claim_codes(variants: Variants, claim: Claim, concepts: tuple[str, ...]) -> dict[str, Codes]:
    """Return what a claim comes to in every variant: by concept, or under ``""`` where the concept does not matter.

    Parameters
    ----------
    variants : Variants
    claim : Claim
    concepts : tuple of str
        Under which a check is asked that names none.
    """
    return codes_of(
        claim,
        concepts,
        lambda check, sense: Asker(variants, sense.concept, sense.drift).ask(check.assertion, check.changes),
    )


def codes_of(claim: Claim, concepts: tuple[str, ...], ask: Callable[[Check, Sense], Codes]) -> dict[str, Codes]:
    """Return what a claim comes to in every variant, when its checks are answered one by one; see `claim_codes`."""
    found = [{sense.key: ask(check, sense) for sense in senses(check, concepts)} for check in claim.checks]
    named = dict.fromkeys(concept for codes in found for concept in codes if concept)
    return {concept: _all([_under(codes, concept) for codes in found]) for concept in named or [""]}


def _under(codes: dict[str, Codes], concept: str) -> Codes:
    """What a check says under one concept; one that is asked under other concepts only counts under each of those."""
    if concept in codes:
        return codes[concept]
    return codes[""] if "" in codes else _all(list(codes.values()))


def _all(codes: list[Codes]) -> Codes:
    """Return whether all hold: one that does not decides, else one that cannot be said."""
    several = np.stack(codes)
    unsaid = np.where((several == UNSAID).any(axis=0), UNSAID, 1)
    return np.where((several == 0).any(axis=0), 0, unsaid).astype(np.int8)


class Asker:
    """Asks assertions of variants under one concept; what drift leads to, perhaps under another one."""

    def __init__(self, variants: Variants, concept: str, drift: str = HEADLINE) -> None:
        self._variants = variants
        self._concept = concept
        self._drift = drift

    def ask(self, assertion: Assertion, changes: tuple[Change, ...] = ()) -> Codes:
        """(V,): the answer in every variant, with some changes made."""
        if deals(assertion):
            return self._one_by_one(assertion, changes)
        match assertion:
            case Quantified(quantifier, subject, predicate):
                found, of, said = self._counts(subject, predicate, changes)
                if quantifier == "some":
                    return _codes(found > 0, said)
                return _codes(found == (of if quantifier == "every" else 0), said & (of > 0))
            case About():
                return self._each(changes, partial(self._about, assertion))
            case Ranks():
                return self._each(changes, partial(_ranks, assertion))
            case Share(how, left, right, predicate):
                a, n, said = self._counts(left, predicate, changes)
                b, m, also = self._counts(right, predicate, changes)
                larger = a * m > b * n if how == "larger" else a * m < b * n
                return _codes(larger, said & also & (n > 0) & (m > 0))
            case Count(how, subject, predicate, left, right):
                a, _, said = self._counts(subject, predicate, (*changes, *left))
                b, _, also = self._counts(subject, predicate, (*changes, *right))
                return _codes({"fewer": a < b, "more": a > b, "as many": a == b}[how], said & also)
            case SameAnswer(left, right, inner):
                one, other = self.ask(inner, (*changes, *left)), self.ask(inner, (*changes, *right))
                return _codes(one == other, (one != UNSAID) & (other != UNSAID))
            case Refuses() | VerdictIs():
                raise AssertionError("speaks of deals")

    def _one_by_one(self, assertion: Assertion, changes: tuple[Change, ...]) -> Codes:
        """(V,): the same, one variant after the other: what is signed hangs on the moves of each."""
        codes = np.full(self._variants.count, UNSAID, np.int8)
        for v in range(self._variants.count):
            try:
                asker = AskerOfOne(self._variants.solver(v), changes, self._concept, drift=self._drift)
                truth = asker.ask(assertion).truth
            except (CallError, ModelError):
                continue
            codes[v] = UNSAID if truth is None else truth
        return codes

    def _each(self, changes: tuple[Change, ...], ask: Callable[[Batch], Codes]) -> Codes:
        codes = np.full(self._variants.count, UNSAID, np.int8)
        for these, batch in self._variants.under(changes):
            if batch is not None:
                codes[these] = ask(batch)
        return codes

    def _counts(
        self, subject: Subject, predicate: Predicate, changes: tuple[Change, ...]
    ) -> tuple[Counts, Counts, Bools]:
        """Return how many states of the subject are so, of how many, and whether that can be said."""
        found, of = np.zeros((2, self._variants.count), np.int64)
        said = np.zeros(self._variants.count, bool)
        for these, batch in self._variants.under(changes):
            if batch is None:
                continue
            try:
                among = self._subject(batch, subject)
                so = among & self._predicate(batch, predicate)
            except CallError:
                continue
            found[these], of[these], said[these] = counts(so), counts(among), True
        return found, of, said

    def _subject(self, batch: Batch, subject: Subject) -> Bools:
        """(V, S) or (1, S): the states that a sentence speaks of."""
        match subject.noun:
            case "state":
                states = np.ones((len(batch.rank(0)), batch.geometry.size), bool)
            case "equilibrium":
                states = batch.equilibria(self._concept)
            case "resting place":
                by = subject.reached
                states = batch.ends("improving") if by is None else _there(batch.ends_reached(by, self._drift))
            case "deal" | "kept deal":
                raise AssertionError("speaks of deals")
        if subject.reached:
            states = states & _there(batch.reached(subject.reached, self._drift))
        if subject.stable_for is not None:
            states = states & self._stable_for(batch, subject.stable_for)
        if subject.where is not None:
            states = states & batch.geometry.holds(subject.where)
        return states

    def _predicate(self, batch: Batch, predicate: Predicate) -> Bools:
        """(V, S) or (1, S): the states of which the predicate is true."""
        match predicate:
            case Satisfies(formula):
                return batch.geometry.holds(formula)[None]
            case StableFor(parties):
                return self._stable_for(batch, parties)
            case Compared(how, other, party):
                rank = batch.rank(_party(batch, party))
                at = _state(batch, other)
                level = rank[:, at : at + 1]
                return rank > level if how == "better" else rank < level
            case Kept():
                raise AssertionError("speaks of deals")

    def _stable_for(self, batch: Batch, parties: tuple[str, ...]) -> Bools:
        """(V, S): what is stable for some parties; for every one where none is named."""
        if not parties:
            return batch.equilibria(self._concept)
        return np.logical_and.reduce([batch.stable(self._concept, _party(batch, party)) for party in parties])

    def _about(self, assertion: About, batch: Batch) -> Codes:
        try:
            at = _state(batch, assertion.state)
            so = self._predicate(batch, assertion.predicate)[:, at]
        except CallError:
            return np.full(1, UNSAID, np.int8)
        return so.astype(np.int8)


def _ranks(assertion: Ranks, batch: Batch) -> Codes:
    rank = batch.rank(_party(batch, assertion.party))
    try:
        left, right = _side(batch, assertion.left), _side(batch, assertion.right)
    except CallError:
        return np.full(1, UNSAID, np.int8)
    if not left.any() or not right.any():
        return np.full(1, UNSAID, np.int8)
    one, other = rank[:, left], rank[:, right]
    match assertion.how:
        case "above":
            so = one.min(axis=1) > other.max(axis=1)
        case "below":
            so = one.max(axis=1) < other.min(axis=1)
        case "level with":
            low = np.minimum(one.min(axis=1), other.min(axis=1))
            so = low == np.maximum(one.max(axis=1), other.max(axis=1))
    return so.astype(np.int8)


def _there(reached: Bools | None) -> Bools:
    if reached is None:
        raise CallError("nothing can be reached: there is no status quo here, or it is not feasible")
    return reached


def counts(states: Bools) -> Counts:
    """(V,): how many states each row has."""
    return np.array([np.count_nonzero(row) for row in states])


def _codes(so: Bools, said: Bools) -> Codes:
    return np.where(said, so, UNSAID).astype(np.int8)


def _party(batch: Batch, party: str) -> int:
    return list(batch.geometry.model.party).index(party)


def _side(batch: Batch, side: Formula | StateRef) -> Bools:
    if isinstance(side, StatusQuo | StateNamed):
        only = np.zeros(batch.geometry.size, bool)
        only[_state(batch, side)] = True
        return only
    return batch.geometry.holds(side)


def _state(batch: Batch, state: StateRef) -> int:
    return state_index(batch.geometry, state)


def state_index(geometry: Geometry, state: StateRef) -> int:
    """Return the index of a state that a sentence names. Raises `CallError` where there is none."""
    if isinstance(state, StatusQuo):
        at = geometry.status_quo()
        if at is None:
            raise CallError("there is no status quo here, or it is not feasible")
        return at
    return geometry.named(state.name)
