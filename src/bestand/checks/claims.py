"""An author's conclusions, put to the author's premises.

Every check of a claim is asked under each concept (where the concept matters and the sentence names none). A claim that
only repeats a premise is asked again without it; one about what is reached by improvements, again for best moves;
and one that hangs on what the text leaves open, under each of the readings it names.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product

from bestand.model.errors import CallError, ModelError
from bestand.model.formula import Formula
from bestand.model.message import Message
from bestand.model.sentences import ApplyReading, Assertion, Change, Check, Drop, Quantified, speaks_of_reach
from bestand.model.values import Claim
from bestand.solve.solution import Solver
from bestand.stability.registry import CONCEPTS, EVERY, HEADLINE
from bestand.witness.search import witness

from .asker import Asker, Example, Finding, Sense, senses
from .because import Contrasts, Footing
from .definition import why_by_definition
from .implied import truths
from .ruling import Answer, CheckResult, Verdict


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told about the states that a claim's last check found under one concept.

    Parameters
    ----------
    concept : str
    found : int
    true_in : tuple of (Formula, int)
        In how many of them each formula of ``show`` is true.
    example : Example
    answered_by : tuple of str or None
        Whose answers keep the party of ``answers_to`` in the example; empty where it has no improvement to make there.
    loose : bool
        Whether some of its improvements there are answered only by moves that are not the mover's best.
    """

    concept: str
    found: int
    true_in: tuple[tuple[Formula, int], ...]
    example: Example
    answered_by: tuple[str, ...] | None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """The answer under some readings."""

    readings: tuple[str, ...]
    answer: Answer
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim, its answer, and the answers beside it.

    Parameters
    ----------
    claim : Claim
    answer : Answer
        In the model as it is (with the readings that the caller chose).
    by_best_moves : Answer or None
        The same where each mover takes its best move; None where no check speaks of what is reached.
    without_premise : Answer or None
        The same without the statements that the claim repeats; None where it repeats none.
    across : tuple of Variant
        Under each combination of the readings that the claim names.
    shown : tuple of Shown
    footing : Footing or None
        Whether the reason that it gives does any work; None where nobody looked.
    """

    claim: Claim
    answer: Answer
    by_best_moves: Answer | None = None
    without_premise: Answer | None = None
    across: tuple[Variant, ...] = field(default=())
    shown: tuple[Shown, ...] = ()
    footing: Footing | None = None


def ask_claim(
    solver: Solver,
    claim: Claim,
    concepts: tuple[str, ...] = tuple(CONCEPTS),
    contrasts: Contrasts | None = None,
) -> ClaimResult:
    """Put one claim to the model.

    Parameters
    ----------
    solver : Solver
        Keeps the variants that it has solved, so that claims share them.
    claim : Claim
    concepts : tuple of str
        Under which a sentence is asked that names none.
    contrasts : Contrasts, optional
        Of the same solver: find out as well whether the reason of the claim does any work.

    Notes
    -----
    One solution of the model for each set of changes that the claim's sentences, premises and readings make.
    """
    reaches = any(speaks_of_reach(check.assertion) for check in claim.checks)
    dropped = tuple(Drop(ref) for ref in claim.repeats)
    answer, shown = partial(_answer, concepts, solver, claim), partial(_shown, concepts, solver, claim)
    across = []
    if claim.across:
        for names in product(*claim.across):
            applied = tuple(name for name in names if name != "base")
            changes = tuple(ApplyReading(name) for name in applied)
            across.append(Variant(applied, answer(changes), shown(changes)))
    plain = answer(())
    footing = None
    if contrasts is not None:
        asked = [variant.answer for variant in across]
        footing = contrasts.footing(
            claim, plain, lambda other, changes: _answer(concepts, other, claim, changes, bare=True), asked
        )
    return ClaimResult(
        claim,
        plain,
        answer((), best_moves=True) if reaches else None,
        answer(dropped) if dropped else None,
        tuple(across),
        shown(()),
        footing,
    )


def claim_verdict(solver: Solver, claim: Claim, concepts: tuple[str, ...] = tuple(CONCEPTS)) -> Verdict:
    """Return what one claim comes to, without what `ask_claim` finds beside it."""
    return _answer(concepts, solver, claim, (), bare=True).verdict


def why_true(
    solver: Solver, claim: Claim, concepts: tuple[str, ...] = tuple(CONCEPTS), changes: tuple[Change, ...] = ()
) -> Message | None:
    """Return why the first check of a claim is true by definition, where each is, under each concept asked."""
    reasons = [
        why_by_definition(solver, replace(check, changes=(*changes, *check.changes)), sense)
        for check in claim.checks
        for sense in senses(check, concepts)
    ]
    return reasons[0] if None not in reasons else None


def _answer(
    concepts: tuple[str, ...],
    solver: Solver,
    claim: Claim,
    changes: tuple[Change, ...],
    *,
    best_moves: bool = False,
    bare: bool = False,
) -> Answer:
    """Return what a claim comes to; with ``bare``, without examples, and counted only where that is needed."""
    ask = partial(_bare if bare else _check, concepts, solver, changes=changes, best_moves=best_moves)
    results = tuple(map(ask, claim.checks))
    asked = [concept for concept in EVERY if any(concept in result.findings for result in results)] or [""]
    truths = {concept: _all(_truths(results, concept)) for concept in asked}
    holds, fails, unsaid = (tuple(c for c in asked if truths[c] is value) for value in (True, False, None))
    if len(holds) == len(asked):
        verdict: Verdict = "holds"
    elif len(fails) == len(asked):
        verdict = "does not hold"
    elif len(unsaid) == len(asked):
        verdict = "cannot be said"
    else:
        verdict = "depends on the concept"
    why = why_true(solver, claim, concepts, changes) if verdict == "holds" else None
    return Answer(verdict, holds, fails, unsaid, results, why)


def _truths(results: tuple[CheckResult, ...], concept: str) -> list[bool | None]:
    """Return what the checks say under a concept. One asked under other concepts only counts under each of those."""
    truths = []
    for result in results:
        if concept in result.findings:
            truths.append(result.findings[concept].truth)
        elif "" in result.findings:
            truths.append(result.findings[""].truth)
        else:
            truths.append(_all([finding.truth for finding in result.findings.values()]))
    return truths


def _all(truths: list[bool | None]) -> bool | None:
    """Return whether all are true (Kleene: one that is false decides, else one that is unknown)."""
    if False in truths:
        return False
    return None if None in truths else True


def _check(
    concepts: tuple[str, ...], solver: Solver, check: Check, changes: tuple[Change, ...], *, best_moves: bool
) -> CheckResult:
    asked = senses(check, concepts)
    made = (*changes, *check.changes)
    return CheckResult(
        check, {each.key: _find(solver, check.assertion, made, each, best_moves=best_moves) for each in asked}
    )


def _bare(
    concepts: tuple[str, ...], solver: Solver, check: Check, changes: tuple[Change, ...], *, best_moves: bool
) -> CheckResult:
    def find(assertion: Assertion, further: tuple[Change, ...], sense: Sense) -> Finding:
        made = (*changes, *check.changes, *further)
        return _find(solver, assertion, made, sense, best_moves=best_moves, bare=True)

    return CheckResult(check, truths(check.assertion, senses(check, concepts), find))


def _find(
    solver: Solver,
    assertion: Assertion,
    changes: tuple[Change, ...],
    sense: Sense,
    *,
    best_moves: bool,
    bare: bool = False,
) -> Finding:
    try:
        asker = Asker(solver, changes, sense.concept, best_moves=best_moves, drift=sense.drift, bare=bare)
        return asker.ask(assertion)
    except CallError as error:
        return Finding(None, reason=str(error))
    except ModelError as error:
        return Finding(None, reason=error.problems[0].message)


def _shown(concepts: tuple[str, ...], solver: Solver, claim: Claim, changes: tuple[Change, ...]) -> tuple[Shown, ...]:
    """Return what the claim wants told about the states that its last check finds."""
    if not (claim.show or claim.answers_to) or not isinstance(claim.checks[-1].assertion, Quantified):
        return ()
    check = claim.checks[-1]
    told: list[Shown] = []
    assertion = check.assertion
    assert isinstance(assertion, Quantified)
    for concept in check.concepts or concepts:
        drift = concept if check.concepts else HEADLINE
        asker = Asker(solver, (*changes, *check.changes), concept, drift=drift)
        try:
            solution = asker.solution
            among = asker.subject(assertion.subject) & asker.predicate(assertion.predicate)
        except (CallError, ModelError):
            return ()  # the answer says why it cannot be asked
        example = asker.nearest(among, assertion.subject.reached)
        if example is None:
            continue
        true_in = tuple((formula, int((among & solution.space.holds(formula)).sum())) for formula in claim.show)
        answered_by, loose = _answerers(asker, example, claim.answers_to)
        told.append(Shown(concept, int(among.sum()), true_in, example, answered_by, loose))
    return tuple(told)


def _answerers(asker: Asker, example: Example, party: str | None) -> tuple[tuple[str, ...] | None, bool]:
    """Whose moves answer the improvements of a party in a state, and whether only loose answers do."""
    if party is None:
        return None, False
    solution = asker.solution
    shown = witness(solution, example.mask, solution.engine.parties.index(party), asker.concept)
    movers = {step.party for answer in shown.answers for step in answer.steps}
    return tuple(solution.engine.parties[mover] for mover in sorted(movers)), bool(shown.loose)
