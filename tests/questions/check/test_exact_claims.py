"""Claims that say nothing, or lack a link, on random models: against their definitions in plain Python."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from bestand.checks.because import about
from bestand.doubts.claims import CLAIMS
from bestand.model.changing import changed
from bestand.model.errors import BestandError
from bestand.model.formula import FALSE, TRUE, And, Formula, Implies, OptionAtom, atoms
from bestand.model.model import Model
from bestand.model.sentences import (
    Check,
    Count,
    HoldOption,
    Insert,
    Kept,
    Quantified,
    Ranks,
    Replace,
    SameAnswer,
    Satisfies,
    Share,
    StableFor,
    StateNamed,
    StatusQuo,
    Subject,
)
from bestand.model.values import Claim, Party, Priorities, Ranking
from bestand.reference import feasible
from bestand.stability.registry import weaker
from bestand.testing import checks, models
from tests.checks.test_checks_random import Reader, answered
from tests.questions.check.helpers import seen, truths
from tests.solve.helpers import CONCEPTS, FEW


@st.composite
def claiming_models(draw) -> Model:
    model = draw(models(max_options=4, max_parties=3, prose=False))
    check = draw(checks(model))
    if isinstance(check.assertion, Quantified) and model.options and draw(st.booleans()):
        atoms = st.sampled_from([*map(OptionAtom, model.bit), TRUE, FALSE])
        predicate = draw(st.builds(Implies, atoms, atoms) | atoms)
        check = dataclasses.replace(
            check, assertion=dataclasses.replace(check.assertion, predicate=Satisfies(predicate))
        )
    return dataclasses.replace(model, claims=(Claim("c", (check,)),))


@FEW
@given(claiming_models())
def test_claims(model):
    (check,) = model.claims[0].checks
    found = {code for code, *_ in seen(model, CLAIMS)}
    assert ("vacuous-claim" in found) == vacuous(model, check)
    assert ("missing-link" in found) == unlinked(model, model.claims[0])


def unlinked(model: Model, claim: Claim) -> bool:
    """An option held at yes here and at no there, of which no wish of those the claim is about speaks together with
    what it says, or with an option of their own."""
    (check,) = claim.checks
    assertion = check.assertion
    sides = assertion.left + assertion.right if isinstance(assertion, Count | SameAnswer) else ()
    held = {(each.option, each.value) for each in (*check.changes, *sides) if isinstance(each, HoldOption)}
    said = {option for formula in _said(assertion) for option in spoken(model, formula)}
    parties = [party for party in model.parties if party.id in about(model, claim)]
    for option in {option for option, value in held if (option, not value) in held}:
        others = [party for party in parties if not option.startswith(f"{party.id}.")]
        if others and not any(_tied(model, party, option, said) for party in others):
            return True
    return False


def _tied(model: Model, party: Party, option: str, said: set[str]) -> bool:
    wish = model.preferences.get(party.id)
    if isinstance(wish, Ranking):
        return True
    theirs = ({each.id for each in party.options} | said) - {option}
    wishes = [each.formula for each in wish.statements] if isinstance(wish, Priorities) else []
    for reading in model.readings:
        for change in reading.changes:
            if isinstance(change, Replace) and change.statement.party == party.id:
                wishes.append(change.formula)
            if isinstance(change, Insert) and change.party == party.id:
                wishes.append(change.formula)
    return any(option in spoken(model, each) and theirs & spoken(model, each) for each in wishes)


def spoken(model: Model, formula: Formula) -> set[str]:
    """The options in a formula, those in outcomes included: what is left when outcomes are written out."""
    found = set()
    for atom in atoms(formula):
        found |= {atom.id} if isinstance(atom, OptionAtom) else spoken(model, model.outcome[atom.name].formula)
    return found


def _said(assertion) -> list[Formula]:
    if isinstance(assertion, SameAnswer):
        return _said(assertion.assertion)
    predicate = getattr(assertion, "predicate", None)
    return [predicate.formula] if isinstance(predicate, Satisfies) else []


def vacuous(model: Model, check: Check) -> bool:
    concepts = check.concepts or CONCEPTS
    sides = [()]
    if isinstance(check.assertion, Count | SameAnswer):
        sides = [check.assertion.left, check.assertion.right]
    wheres = [subject.where for subject in _subjects(check.assertion) if subject.where is not None]
    try:
        variants = [changed(model, (*check.changes, *side)) for side in sides]
        spaces = [feasible(variant) for variant in variants]
    except BestandError:
        return True  # cannot be asked
    if all(spaces) and any(not any(any(truths(variant, where)) for variant in variants) for where in wheres):
        return True
    under = [(concept, concept if check.concepts else "pseq") for concept in concepts]  # ... and what drift is under
    answers = [answered(model, check.assertion, check.changes, *each) for each in under]
    if all(answer is None for answer in answers):
        return True
    if not all(answers):
        return False
    readers = [[Reader(variant, *each) for variant in variants] for each in under]
    same = isinstance(check.assertion, SameAnswer) or getattr(check.assertion, "how", None) == "as many"
    if same and isinstance(check.assertion, Count | SameAnswer) and variants[0] == variants[1]:
        return True
    if in_so_many_words(check.assertion, under):
        return True
    match check.assertion:
        case Count("as many", subject):
            return not any(reader.subject(subject) for several in readers for reader in several)
        case Quantified(quantifier, subject, Satisfies(formula)) if quantifier != "some":
            plan = model.plan if subject.deals and model.plan is not None else TRUE
            among = truths(variants[0], And((subject.where or TRUE, plan)))
            true = truths(variants[0], formula)
            speaks_of_all = (subject.noun, subject.reached, subject.stable_for) == ("state", None, None)
            wanted = quantifier == "every"
            if not speaks_of_all and all(value == wanted for there, value in zip(among, true, strict=True) if there):
                return True
            if quantifier == "every" and isinstance(formula, Implies):
                return not any(reader.subject(subject) & reader.holds(formula.left) for (reader,) in readers)
    return False


def in_so_many_words(assertion, under) -> bool:
    """Whether it says of what is stable, or kept, that it is."""
    match assertion:
        case Ranks(_, StatusQuo() | StateNamed() as left, "level with", right):
            return left == right
        case Quantified("every", Subject(noun="kept deal"), Kept()):
            return True
        case Quantified("every", Subject(noun="equilibrium"), StableFor()):
            return True
        case Quantified("every", Subject(noun="resting place", reached="drift"), StableFor(parties)):
            return all(concept == drift or concept in weaker(drift) for concept, drift in under) or bool(
                parties and {*parties} <= {*(assertion.subject.stable_for or ())}
            )
        case Quantified("every", Subject(noun="resting place"), StableFor()):
            return True  # Nash stability implies every other kind
        case Quantified("every", Subject(stable_for=tuple(stable)), StableFor(parties)):
            return bool(parties) and {*parties} <= {*stable}
    return False


def _subjects(assertion) -> list[Subject]:
    match assertion:
        case Quantified(_, subject, _) | Count(_, subject, _, _, _):
            return [subject]
        case Share(_, left, right, _):
            return [left, right]
        case SameAnswer(_, _, inner):
            return _subjects(inner)
    return []
