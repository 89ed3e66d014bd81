"""Claims that say nothing, since what they speak of is never there, and those that lack a link.

A check is told where, under every concept under which it is asked,

- there is nothing for it to range over (``bestand claims`` then answers "cannot be said"), or the state that it names
  cannot occur;
- the condition of its ``where`` is true in no feasible state, whichever way it is answered;
- it is true by definition (`bestand.checks.definition`);
- it holds because the premise of ``every … is A implies B`` is true of none of those that it speaks of;
- it holds that there are as many of something as of something else, and of both there are none to be counted.

A link is missing where a claim gives an option as its reason, or compares what comes of it, and no wish of the parties
that it is about ties that option to what the claim speaks of, in the file or in a reading (`bestand.checks.because`).

The model is asked as it is, without its readings. A claim that holds so under one concept only, because it has no
equilibria, is no doubt: it is asked under the others to say something there.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.checks.asker import Asker, Finding, senses
from bestand.checks.because import about, missing_links
from bestand.checks.definition import why_by_definition
from bestand.model.errors import CallError, ModelError, TooManyStates
from bestand.model.formula import Implies, text
from bestand.model.message import Message, counted, message
from bestand.model.model import Model
from bestand.model.sentences import (
    Check,
    Count,
    Quantified,
    SameAnswer,
    Satisfies,
    Subject,
    subjects,
)
from bestand.model.wording import check_text
from bestand.solve.solution import Solver
from bestand.stability.registry import CONCEPTS

from .findings import Family, Found, Kind, Unchecked
from .sight import Sight

_WORK = 2**21  # states that are solved, over all variants that the checks speak of


_KINDS = (
    Kind(
        "vacuous-claim",
        message("claims whose checks speak of no state at all, or hold whatever the parties want"),
        message("it supports no conclusion: the opposite could be said of nothing as well"),
        message("see whether its formulas say what was meant; 'bestand claims' shows what every check finds"),
        lambda n, _sort: counted("{n} check of a claim says nothing", "{n} checks of claims say nothing", n),
    ),
    Kind(
        "missing-link",
        message("claims about an option that no wish ties to what they speak of"),
        message("it may come out as it does only since the model has no path by which it could be otherwise"),
        message("add the wish that the text gives as the link; or accept it, where the text gives none"),
        lambda n, _sort: counted("{n} claim lacks a link", "{n} claims lack a link", n),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    yield from _unlinked(sight.model)
    yield from _vacuous_claims(sight)


def _unlinked(model: Model) -> Iterator[Found]:
    """Yield the options of a claim that no wish of those it is about ties to it, in the file or in a reading."""
    given = [change for reading in model.readings for change in reading.changes]
    for k, claim in enumerate(model.claims):
        parties = about(model, claim)
        links = missing_links(model, claim, parties, given)
        alone = [option for option, silent in links if {*silent} == {*parties} - {option.partition(".")[0]}]
        if alone:
            words = message(
                "no wish of {parties} ties {options} to what it speaks of", parties=parties, options=tuple(alone)
            )
            yield Found("missing-link", ("claims", k), words)


def _vacuous_claims(sight: Sight) -> Iterator[Found | Unchecked]:
    if sight.space is None:
        if sight.model.claims:
            yield Unchecked("vacuous-claim", sight.why)
        return
    sight.watch.phase("looking at the claims", len(sight.model.claims))
    solver = Solver(sight.model, watch=sight.watch)
    seen: set[object] = set()
    for k, claim in enumerate(sight.model.claims):
        sight.watch.step()
        for n, check in enumerate(claim.checks):
            seen.update(_variants(check))
            if len(seen) * sight.space.size > _WORK:
                yield Unchecked("vacuous-claim", message("the variants of the model to solve are too many"))
                return
            try:
                words = _vacuous(solver, check)
            except TooManyStates as error:
                yield Unchecked("vacuous-claim", error.stop.message)
                continue
            if words:
                yield Found("vacuous-claim", ("claims", k, "check", n), words)


def _variants(check: Check) -> list[object]:
    """The variants of the model that a check speaks of."""
    assertion = check.assertion
    sides = (assertion.left, assertion.right) if isinstance(assertion, Count | SameAnswer) else ((),)
    return [(*check.changes, *side) for side in sides]


def _vacuous(solver: Solver, check: Check) -> Message | None:
    """Why a check says nothing, or None where it says something under some concept."""
    never = _condition_never_true(solver, check)
    if never:
        return never
    findings = list(_findings(solver, check))
    unsaid = [finding.reason for _asker, finding in findings if finding.truth is None]
    if len(unsaid) == len(findings):
        return message("'{check}' cannot be said: {reason}", check=check_text(check), reason=unsaid[0])
    if not all(finding.truth for _asker, finding in findings):
        return None
    if why := _by_definition(solver, check):
        return message("'{check}' is true by definition: {reason}", check=check_text(check), reason=why)
    match check.assertion:
        case Quantified("every", subject, Satisfies(Implies() as formula)) if _without_premise(
            subject, formula, [asker for asker, _finding in findings]
        ):
            return message(
                "'{check}' holds since its premise '{premise}' is true of none of them",
                check=check_text(check),
                premise=text(formula.left),
            )
        case Count(how="as many") if all(pair[1] == 0 for _asker, finding in findings for pair in finding.counts):
            return message(
                "'{check}' holds, since there are none to be counted on either side", check=check_text(check)
            )
    return None


def _by_definition(solver: Solver, check: Check) -> Message | None:
    """Return why a check is true by definition under every concept that counts; None where it is not."""
    reasons = [why_by_definition(solver, check, sense) for sense in senses(check, tuple(CONCEPTS))]
    return reasons[0] if None not in reasons else None


def _findings(solver: Solver, check: Check) -> Iterator[tuple[Asker, Finding]]:
    """The answer under each concept that counts, and who gave it."""
    for sense in senses(check, tuple(CONCEPTS)):
        asker = Asker(solver, check.changes, sense.concept, drift=sense.drift)
        try:
            yield asker, asker.ask(check.assertion)
        except CallError as error:
            yield asker, Finding(None, reason=str(error))
        except ModelError as error:
            yield asker, Finding(None, reason=error.problems[0].message)


def _condition_never_true(solver: Solver, check: Check) -> Message | None:
    """A ``where`` that no feasible state satisfies, in any of the variants that are asked."""
    assertion = check.assertion
    sides = (assertion.left, assertion.right) if isinstance(assertion, Count | SameAnswer) else ((),)
    try:
        spaces = [solver.solve((*check.changes, *side)).space for side in sides]
    except (CallError, ModelError):
        return None  # asking says why
    for where in [subject.where for subject in subjects(check.assertion) if subject.where is not None]:
        if not any(space.holds(where).any() for space in spaces):
            return message(
                "'{check}' speaks of nothing: '{condition}' is true in no feasible state",
                check=check_text(check),
                condition=text(where),
            )
    return None


def _without_premise(subject: Subject, formula: Implies, askers: list[Asker]) -> bool:
    """Return whether what a sentence speaks of is nowhere as the premise of its ``implies`` says."""
    return not any((each.subject(subject) & each.predicate(Satisfies(formula.left))).any() for each in askers)


CLAIMS = Family(_KINDS, _find, quick=False)
