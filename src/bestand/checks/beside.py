"""Sentences about drift and deals put to many variants side by side: as `bestand.checks.asker`, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bestand.engine.flips import Indices
from bestand.engine.limits import Watch
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import TRUE, And, Formula
from bestand.model.model import Model
from bestand.model.sentences import (
    Assertion,
    Compared,
    Kind,
    Predicate,
    Quantified,
    Quantifier,
    Refuses,
    Satisfies,
    StateRef,
    StatusQuo,
    Subject,
    VerdictIs,
    drifts,
)
from bestand.plan.beside import Plans, abreast, kinds_in
from bestand.solve.positions import find_state
from bestand.solve.solution import Solver
from bestand.solve.spaces import Spaces
from bestand.stability.registry import HEADLINE

from .asker import Asker as AskerOfOne
from .asker import Sense
from .batch import UNSAID, Bools, Codes, Counts, counts

_NOUNS = {"state", "resting place", "deal"}


def abreast_askable(assertion: Assertion, sense: Sense, few: Callable[[Formula], bool]) -> bool:
    """Return whether a sentence can be put to variants side by side.

    It speaks of what drift leads to, of deals, of what is refused, of the verdict, or of what is stable in a few
    states, under the concept under which plans are judged.

    Parameters
    ----------
    assertion : Assertion
    sense : Sense
    few : callable
        Whether a formula is true in a few states only.
    """
    match assertion:
        case VerdictIs() | Refuses():
            return sense.drift == HEADLINE
        case Quantified(_, subject, Satisfies() | Compared()) if drifts(assertion):
            known = subject.noun in _NOUNS and subject.reached in {None, "drift"} and subject.stable_for is None
            return known and sense.drift == HEADLINE
        case Quantified(_, Subject("state" | "equilibrium", None, _, _, None) as subject, Satisfies() | Compared()):
            stable = subject.noun == "equilibrium" or subject.stable_for is not None
            return stable and sense.concept == HEADLINE and few(_looked_at(assertion))
        case _:
            return False


def _looked_at(assertion: Quantified) -> Formula:
    """Return where it matters to a sentence what is stable."""
    where = assertion.subject.where or TRUE
    if assertion.quantifier == "some" and isinstance(assertion.predicate, Satisfies):
        return And((where, assertion.predicate.formula))
    return where


def answers(
    models: Mapping[int, Model],
    asked: Sequence[Assertion],
    count: int,
    watch: Watch,
    *,
    judged: bool = False,
    spaces: Spaces | None = None,
) -> tuple[list[Kind | None], list[Codes]]:
    """Return the verdict where it is asked for, and the answers to some sentences, in variants of one model.

    Parameters
    ----------
    models : mapping of int to Model
        By variant; what is asked of those left out cannot be said.
    asked : sequence of Assertion
        See `abreast_askable`.
    count : int
        How many variants there are.
    watch : Watch
    judged : bool
        Whether the verdict is asked for; None stands for it elsewhere, and where nobody can be asked.
    spaces : Spaces, optional
        Lists the states, for whoever asks of more variants later.

    Raises
    ------
    LimitReached
    """
    kinds: list[Kind | None] = [None] * count
    codes = [np.full(count, UNSAID, np.int8) for _ in asked]
    numbers = np.array([*models], np.intp)
    plan = models[int(numbers[0])].plan if models else None
    left = set(models)
    for some, plans in abreast([*models.values()], TRUE if plan is None else plan, watch, spaces):
        these = numbers[some]
        if judged and plan is not None:
            several = [models[v] for v in these.tolist()]
            for v, kind in zip(these.tolist(), kinds_in(several, plans, plan, watch, spaces), strict=True):
                kinds[v] = kind
        if plans is not None:
            left -= set(these.tolist())
            variants = _Variants(plans, planned=plan is not None)
            for answered, assertion in zip(codes, asked, strict=True):
                try:
                    answered[these] = variants.ask(assertion)
                except CallError:  # there is no such state, or no plan
                    continue
                except ModelError:  # what commitments cannot complete, perhaps not in all of them
                    answered[these] = [_of_one(models[v], assertion, watch) for v in these.tolist()]
    for v in sorted(left) if asked else ():
        watch.check()
        for answered, assertion in zip(codes, asked, strict=True):
            answered[v] = _of_one(models[v], assertion, watch)
    return kinds, codes


def _of_one(model: Model, assertion: Assertion, watch: Watch) -> int:
    try:
        truth = AskerOfOne(Solver(model, watch=watch), (), HEADLINE, drift=HEADLINE).ask(assertion).truth
    except (CallError, ModelError):
        return UNSAID
    return UNSAID if truth is None else int(truth)


class _Variants:
    """Variants that have all but their wishes in common, to be asked.

    Parameters
    ----------
    plans : Plans
    planned : bool
        Whether there is a plan.
    """

    def __init__(self, plans: Plans, *, planned: bool) -> None:
        self._plans, self._planned = plans, planned
        self._anything = plans.put(np.ones(plans.space.size, bool))

    def ask(self, assertion: Assertion) -> Codes:
        """(V,): the answer in every variant.

        Raises
        ------
        CallError
            When a state that the sentence names is infeasible here, or it speaks of a plan that there is not.
        """
        plans = self._plans
        match assertion:
            case VerdictIs(kinds):
                return np.array([kind in kinds for kind in self._signed.kinds], np.int8)
            case Refuses(party, quantifier, formula, where):
                i, holds = plans.parties.index(party), plans.space.holds
                among = holds(formula) if where is None else holds(formula) & holds(where)
                of, so = np.zeros((2, plans.count), np.int64)
                for v in range(plans.count):
                    here = among[self._anything.proposal(v).states]
                    of[v] = np.count_nonzero(here)
                    so[v] = np.count_nonzero(here & self._anything.refused(v, i))
                return _codes(so > 0) if quantifier == "some" else _codes(so == of, of > 0)
            case Quantified(_, Subject(reached=None, noun="state" | "equilibrium")):
                return self._stable(assertion)
            case Quantified(quantifier, subject, predicate):
                of, so = np.zeros((2, plans.count), np.int64)
                for v in range(plans.count):
                    among = self._subject(subject, v)
                    of[v], so[v] = len(among), np.count_nonzero(self._predicate(predicate, v, among))
                return _quantified(quantifier, so, of, empty=subject.deals)
            case _:
                raise AssertionError("is asked otherwise")

    @property
    def _signed(self) -> Plans:
        if not self._planned:
            raise CallError("there is no plan here, so there are no deals in it")
        return self._plans

    def _stable(self, assertion: Quantified) -> Codes:
        """(V,): the answer to a sentence about what is stable in some states."""
        plans, subject = self._plans, assertion.subject
        states = np.flatnonzero(plans.space.holds(_looked_at(assertion)))
        among = np.ones((plans.count, len(states)), bool)
        for party in subject.stable_for or plans.parties:
            among &= plans.stable(plans.parties.index(party), states)
        so = [self._predicate(assertion.predicate, v, states) for v in range(plans.count)]
        return _quantified(assertion.quantifier, counts(among & np.array(so)), counts(among))

    def _subject(self, subject: Subject, v: int) -> Indices:
        """Return the states that a sentence speaks of in a variant, by their indices."""
        match subject.noun:
            case "state":
                states = self._plans.drifts[v].states
            case "resting place":
                states = self._plans.resting(v)
            case _:
                states = self._signed.deals(v)
        if subject.between is not None:
            proposal = self._signed.proposal(v)
            just = np.isin(self._plans.parties, subject.between)[:, None]
            exact = (proposal.signs == just).all(axis=0)
            states = states[exact[np.searchsorted(proposal.states, states)]]
        if subject.noun == "deal" and subject.reached:
            states = np.intersect1d(states, self._plans.drifts[v].states)
        return states if subject.where is None else states[self._plans.space.holds(subject.where)[states]]

    def _predicate(self, predicate: Predicate, v: int, states: Indices) -> Bools:
        """(N,): of which of some states the predicate is true in a variant."""
        space = self._plans.space
        match predicate:
            case Satisfies(formula):
                return space.holds(formula)[states]
            case Compared(how, other, party):
                order, at = self._plans.order(v, self._plans.parties.index(party)), self._state(other)
                return order.better(states, at) if how == "better" else order.below(at)[states]
            case _:
                raise AssertionError("is asked otherwise")

    def _state(self, state: StateRef) -> int:
        return self._plans.start if isinstance(state, StatusQuo) else find_state(self._plans.space, state.name)


def _quantified(quantifier: Quantifier, so: Counts, of: Counts, *, empty: bool = False) -> Codes:
    """Return the answers where so many of so many are so; ``empty`` is whether "no" is said of nothing."""
    match quantifier:
        case "some":
            return _codes(so > 0)
        case "every":
            return _codes(so == of, of > 0)
        case "no":
            return _codes(so == 0, (of > 0) | empty)


def _codes(so: Bools, said: Bools | bool = True) -> Codes:
    return np.where(said, so, UNSAID).astype(np.int8)
