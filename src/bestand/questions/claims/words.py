"""Claims in words: the verdict first, then what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Line, Style, heading, paragraph
from bestand.model.model import Model
from bestand.model.sentences import Quantified, Refuses, Subject
from bestand.model.values import Claim
from bestand.model.wording import check_text
from bestand.plan.ruling_words import kind_words
from bestand.prose.claims import premise_words, ruling_words, whose_words
from bestand.prose.messages import _, _n, _s, listing, number, said
from bestand.prose.names import concept_names, formula_words, verdict_name, wish_of
from bestand.prose.phrases import difference_words, party_name, party_names, path_words, state_words
from bestand.prose.spoken import spoken, worded
from bestand.prose.words import concepts_words, readings_words, yes_no

from .findings import kind_of
from .footing_words import footing_part

if TYPE_CHECKING:
    from bestand.checks.asker import Example, Finding
    from bestand.checks.claims import ClaimResult, Shown
    from bestand.checks.ruling import Answer, CheckResult

    from .answer import Claims


STYLES: dict[str, Style] = {
    "holds": "green",
    "does not hold": "red",
    "depends on the concept": "yellow",
    "cannot be said": "dim",
}


def blocks(answer: Claims) -> Iterator[Block]:
    """Tell each claim; under which readings and concepts it was asked stands first."""
    model = spoken(answer.model)
    if answer.readings and (answer.results or answer.stopped is not None):
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    if answer.chosen and answer.results:
        yield paragraph(concepts_words(answer.concepts), 0, "yellow")
    for result in answer.results:
        if answer.brief:
            yield brief_line(result)
        else:
            yield from claim_answer(model, replace(result, claim=worded(answer.model, result.claim)))


def none() -> str:
    """Say that there is no claim."""
    return _("This model makes no claims.")


def brief_line(result: ClaimResult) -> Line:
    """One claim on one line; concepts are called as the file calls them, for it to fit."""
    return Line(((f"{result.claim.id}: ", ()), (verdict_words(result, listing), (verdict_style(result),))))


def claim_says(claim: Claim) -> Iterator[Block]:
    """A claim in plain words; in quotes where somebody else says it."""
    if claim.grounds.says:
        quoted = claim.who != "ours"
        yield paragraph(_("“{says}”", says=claim.grounds.says) if quoted else claim.grounds.says)


def claim_answer(model: Model, result: ClaimResult) -> Iterator[Block]:
    """One claim with its verdict, its evidence, and the answers beside it."""
    claim = result.claim
    yield heading(f"{claim.id}: {verdict_words(result)}", verdict_style(result))
    yield from claim_says(claim)
    yield paragraph(whose_words(claim), 2, "dim")
    yield from evidence_part(model, result)


def evidence_part(model: Model, result: ClaimResult, *, brief: bool = False) -> Iterator[Block]:
    """Tell what was asked and found, and the answers beside it; in brief without examples of what readings change."""
    for check in result.answer.checks:
        yield from _check(model, check)
    if result.answer.by_definition is not None:
        why = said(result.answer.by_definition)
        yield paragraph(_("It would be so whatever anybody wants: {reason}.", reason=why))
    if result.footing is not None:
        yield from footing_part(model, result.footing, result.answer.verdict)
    yield from beside_part(model, result)
    yield from _told(model, result.claim, result.shown)
    for variant in result.across:
        if variant.readings:
            yield paragraph(
                _n(
                    "With the reading {readings}: {verdict}",
                    "With the readings {readings}: {verdict}",
                    len(variant.readings),
                    readings=listing(variant.readings),
                    verdict=answer_words(variant.answer),
                )
            )
            if not brief:
                yield from _told(model, result.claim, variant.shown)


def answer_words(answer: Answer) -> str:
    """Tell what the checks of a claim come to, in a phrase."""
    if answer.by_definition is not None:
        return _("true by definition")
    return ruling_words(answer.verdict, answer.holds, answer.fails, answer.unsaid)


def verdict_words(result: ClaimResult, called: Callable[[Iterable[str]], str] = concept_names) -> str:
    """Tell what a claim comes to, in a phrase, and whether that is a finding."""
    answer = result.answer
    if answer.by_definition is not None:
        return answer_words(answer)
    told = ruling_words(answer.verdict, answer.holds, answer.fails, answer.unsaid, called)
    match result.footing.work if result.footing else None:
        case "by construction":  # no message: what data say
            return _("{verdict}, by construction", verdict=told)
        case "does no work":  # no message: what data say
            return _("{verdict}, and its reason does no work", verdict=told)
        case "carries it" if answer.verdict == "does not hold":  # no message: what data say
            return _("{verdict}, and it hangs on its reason", verdict=told)
        case "carries it":  # no message: what data say
            return _("{verdict}, and its reason carries it", verdict=told)
        case _:
            return told


def verdict_style(result: ClaimResult) -> Style:
    """Return how it looks: what is so by definition or by construction is no finding."""
    return STYLES[result.answer.verdict] if kind_of(result) == "finding" else "dim"  # no message: what data say


def _check(model: Model, result: CheckResult) -> Iterator[Block]:
    """The sentence of the file that was asked, and its answers: concepts of which the same is told together."""
    yield paragraph(_("Asked: [{check}]", check=check_text(result.check)))
    groups: dict[tuple[str, str], list[str]] = {}
    for concept, finding in result.findings.items():
        shown = " ".join([_example(model, result, finding), *_blocking(model, finding)]).strip()
        groups.setdefault((_found(result, finding), shown), []).append(concept)
    for (told, example), concepts in groups.items():
        if any(concepts):
            told = _("{concepts}: {answer}", concepts=concept_names(filter(None, concepts)), answer=told)
        yield paragraph(told, 4)
        if example:
            yield paragraph(example, 6)


def _found(result: CheckResult, finding: Finding) -> str:
    """An answer, with the counts behind it."""
    if finding.truth is None:
        if not finding.reason:
            return verdict_name("cannot be said")  # no message: what data say
        return _("cannot be said: {reason}", reason=_reason(finding.reason))
    counts = _counts(result, finding)
    return f"{yes_no(finding.truth)} ({counts})" if counts else yes_no(finding.truth)


def _reason(reason: str) -> str:
    """Why something cannot be said."""
    match reason:
        case "there is no such state":  # no message: what data say
            return _("there is no such state")
        case "there is no such equilibrium":  # no message: what data say
            return _("there is no such equilibrium")
        case "there is no such resting place":  # no message: what data say
            return _("there is no such resting place")
        case "there is no such deal" | "there is no such kept deal":  # no message: what data say
            return _("there is no such deal")
        case "nothing of it can be signed":  # no message: what data say
            return _("nothing of it can be signed")
        case "one side of the comparison has no feasible state":  # no message: what data say
            return _("one side of the comparison has no feasible state")
        case "one of the two sets is empty":  # no message: what data say
            return _("one of the two sets is empty")
        case _:
            return reason


def _counts(result: CheckResult, finding: Finding) -> str:
    """Of how many states it is so."""
    assertion = result.check.assertion
    if finding.kind is not None:
        return _("the verdict: {verdict}", verdict=kind_words(finding.kind))
    if isinstance(assertion, Refuses):
        ((found, of),) = finding.counts
        return _n(
            "{found} of {n} state that can be signed",
            "{found} of {n} states that can be signed",
            of,
            found=number(found),
        )
    if not isinstance(assertion, Quantified):
        told = [_("{found} of {of}", found=number(found), of=number(of)) for found, of in finding.counts]
        return _("{first}, against {second}", first=told[0], second=told[1]) if len(told) == 2 else "".join(told[:1])
    ((found, of),) = finding.counts
    if assertion.quantifier == "every":
        if found == of:
            return _n("the only one", "all {n}", of)
        return _n("{n} of {of} is not", "{n} of {of} are not", of - found, of=number(of))
    if not found and assertion.subject.deals:
        if not of and assertion.subject != Subject("deal"):
            return _("there is no such deal")
        return _n("the only deal is not", "none of {n} deals", of)
    if not found:
        return _("none of {of}", of=number(of))
    return _n("{n} of {of} is", "{n} of {of} are", found, of=number(of))


def _example(model: Model, result: CheckResult, finding: Finding) -> str:
    """A state that shows what was found: the way there where it is reached, else what is done in it."""
    assertion, example = result.check.assertion, finding.example
    if example is None or not isinstance(assertion, Quantified | Refuses):
        return ""
    if isinstance(assertion, Refuses) or assertion.subject.deals:
        return _signed(model, example)
    if example.path and assertion.subject.reached:
        return _after(model, example, model.mask(model.status_quo or ()))
    return _("For example: {state}.", state=state_words(model, example.mask))


def _signed(model: Model, example: Example) -> str:
    """Tell what would be signed, against today, and by whom."""
    today = model.mask(model.status_quo or ()) if example.start is None else example.start
    told = [_("For example: {changes}.", changes=difference_words(model, today, example.mask))]
    if example.signs:
        names = party_names(model, example.signs)
        told.append(_s("{Parties} has to sign.", "{Parties} have to sign.", names))
    return " ".join(told)


def _blocking(model: Model, finding: Finding) -> Iterator[str]:
    """Tell whom nothing passes that would be such a deal."""
    for parties in finding.blocking:
        if len(parties) == 1:
            yield _("Nothing of the kind passes {party}.", party=party_name(model, parties[0]))
        else:
            yield _("Nothing of the kind passes {parties} together.", parties=party_names(model, parties))


def _after(model: Model, example: Example, today: int) -> str:
    """Tell the moves that lead to an example; what differs from today where they begin is given, and nobody's move."""
    start = today if example.start is None else example.start
    path = path_words(model, start, example.path or ())
    if start == today:
        return _("For example, after these moves: {path}.", path=path)
    held = difference_words(model, today, start)
    return _("For example, given this: {doings}; after these moves: {path}.", doings=held, path=path)


def beside_part(model: Model, result: ClaimResult) -> Iterator[Block]:
    """The answer by best moves, and without the premises that the claim repeats."""
    best, without = result.by_best_moves, result.without_premise
    if best is not None and answer_words(best) == answer_words(result.answer):
        yield paragraph(_("If every mover takes its best move, the answer is the same."))
    elif best is not None:
        yield paragraph(_("If every mover takes its best move: {verdict}.", verdict=answer_words(best)))
    if without is not None:
        premises = [premise_words(model, ref, wish_of(model, ref)) for ref in result.claim.repeats]
        yield paragraph(
            _n(
                "It repeats a premise, {premises}. Without it: {verdict}.",
                "It repeats premises: {premises}. Without them: {verdict}.",
                len(premises),
                premises="; ".join(premises),
                verdict=answer_words(without),
            )
        )


def _told(model: Model, claim: Claim, shown: Iterable[Shown]) -> Iterator[Block]:
    """Tell what is told about the states found, concepts of which the same is told together."""
    groups: dict[str, list[str]] = {}
    for entry in shown:
        groups.setdefault(" ".join(_shown(model, claim, entry)), []).append(entry.concept)
    for told, concepts in groups.items():
        yield paragraph(_("{concepts}: {answer}", concepts=concept_names(concepts), answer=told), 4)


def _shown(model: Model, claim: Claim, shown: Shown) -> Iterator[str]:
    """Sentences about the states found."""
    yield _n("{n} state found.", "{n} states found.", shown.found)
    for formula, count in shown.true_in:
        told = formula_words(model, formula)
        if not count:
            yield _("{Formula}: true in none of these.", formula=told)
        elif count == shown.found:
            yield _n("{Formula}: true in it.", "{Formula}: true in all of these.", count, formula=told)
        else:
            yield _("{Formula}: true in {number} of these.", formula=told, number=number(count))
    yield _("For example: {state}.", state=state_words(model, shown.example.mask))
    if shown.answered_by is None or claim.answers_to is None:
        return
    party = party_name(model, claim.answers_to)
    if not shown.answered_by:
        yield _s("{Party} has nothing to gain there by moving.", "{Party} have nothing to gain there by moving.", party)
        return
    others = listing(party_name(model, other) for other in shown.answered_by)
    yield _("What keeps {party} there are answers of {parties}.", party=party, parties=others)
    if shown.loose:
        yield _("Some improvements are answered only by moves that are not the best move of whoever answers.")
