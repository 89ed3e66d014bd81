"""Claims and readings for people: the verdict first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bestand.analysis.asking import Finding
from bestand.analysis.claims import Answer, CheckResult, ClaimResult, Shown
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.sentences import Quantified, StatementRef
from bestand.model.values import Grounds, Priorities, Reading
from bestand.model.wording import change_text, check_text
from bestand.texts import listing, number

from .blocks import Block, Line, Style
from .page import Page
from .words import cited, path_words, plural, state_words

_STYLE: dict[str, Style] = {
    "holds": "green",
    "does not hold": "red",
    "depends on the concept": "yellow",
    "cannot be said": "dim",
}


def brief_line(result: ClaimResult) -> Line:
    """One claim on one line."""
    answer = result.answer
    return Line(((f"{result.claim.id}: ", ()), (_verdict(answer), (_STYLE[answer.verdict],))))


def claim_answer(on: Page, model: Model, result: ClaimResult) -> Iterator[Block]:
    """One claim with its verdict, its evidence, and the answers beside it."""
    claim = result.claim
    yield on.heading(f"{claim.id}: {_verdict(result.answer)}", _STYLE[result.answer.verdict])
    if claim.grounds.says:
        yield on.paragraph(f"“{claim.grounds.says}”" if claim.who != "ours" else claim.grounds.says)
    yield on.paragraph(f"{_who(claim.who)}{_founded(claim.grounds)}", 2, "dim")
    for check in result.answer.checks:
        yield from _check(on, model, check)
    yield from _beside(on, model, result)
    yield from _told(on, model, result.shown)
    for variant in result.across:
        if variant.readings:
            yield on.paragraph(f"with {listing(variant.readings)}: {_verdict(variant.answer)}")
            yield from _told(on, model, variant.shown)


def reading_answer(on: Page, reading: Reading) -> Iterator[Block]:
    """One reading: its words, its changes, its grounds."""
    yield on.heading(reading.id)
    if reading.grounds.says:
        yield on.paragraph(reading.grounds.says)
    for change in reading.changes:
        yield on.paragraph(f"changes: {change_text(change)}")
    yield on.paragraph(_founded(reading.grounds).strip(" ()") or "no grounds given", 2, "dim")


def _verdict(answer: Answer) -> str:
    if answer.verdict != "depends on the concept":
        return answer.verdict
    parts = [f"holds under {listing(answer.holds)}"] if answer.holds else []
    parts += [f"does not hold under {listing(answer.fails)}"] if answer.fails else []
    parts += [f"cannot be said under {listing(answer.unsaid)}"] if answer.unsaid else []
    return f"depends on the concept ({', '.join(parts)})"


def _who(who: str | None) -> str:
    return {"author": "the author's claim", "reported": "reported by the author", "ours": "our question"}.get(
        who or "", "a claim"
    )


def _founded(grounds: Grounds) -> str:
    match grounds.support:
        case "cited":
            return f" ({cited(grounds.source)})"
        case "inferred":
            return f" (inferred from {cited(grounds.source)})"
        case "assumed":
            return " (assumed)"
        case _:
            return ""


def _check(on: Page, model: Model, result: CheckResult) -> Iterator[Block]:
    yield on.paragraph(f"{check_text(result.check)}?")
    groups: dict[tuple[bool | None, str], list[str]] = {}
    for concept, finding in result.findings.items():
        groups.setdefault((finding.truth, _evidence(model, result, finding)), []).append(concept)
    for (truth, evidence), concepts in groups.items():
        under = f"{listing(c for c in concepts if c)}: " if concepts != [""] else ""
        word = {True: "yes", False: "no", None: "cannot be said"}[truth]
        yield on.paragraph(f"{under}{word}{evidence}", 4)


def _evidence(model: Model, result: CheckResult, finding: Finding) -> str:
    """The counts and the example behind one answer."""
    if finding.reason:
        return f"; {finding.reason}"
    assertion = result.check.assertion
    if not isinstance(assertion, Quantified):
        told = ", against ".join(f"{number(found)} of {number(of)}" for found, of in finding.counts)
        return f" ({told})" if told else ""
    ((found, of),) = finding.counts
    if assertion.quantifier == "every":
        told = f"all {number(of)}" if found == of else f"{number(of - found)} of {number(of)} are not"
    else:
        told = f"none of {number(of)}" if not found else f"{number(found)} of {number(of)} are"
    if finding.example is None:
        return f" ({told})"
    if finding.example.path and assertion.subject.reached:
        start = model.mask(model.status_quo or ())
        return f" ({told}, for example after {path_words(model, start, finding.example.path)})"
    return f" ({told}, for example {state_words(model, finding.example.mask)})"


def _beside(on: Page, model: Model, result: ClaimResult) -> Iterator[Block]:
    """The answer by best moves, and without the premises that the claim repeats."""
    best, without = result.by_best_moves, result.without_premise
    if best is not None:
        same = "the same" if _verdict(best) == _verdict(result.answer) else _verdict(best)
        yield on.paragraph(f"if every mover takes its best move: {same}")
    if without is not None:
        premises = listing([_premise(model, ref) for ref in result.claim.repeats])
        yield on.paragraph(f"it repeats a premise ({premises}); without it: {_verdict(without)}")


def _premise(model: Model, ref: StatementRef) -> str:
    """A statement by its number, and what it wants."""
    preference = model.preferences[ref.party]
    assert isinstance(preference, Priorities), "only priorities have numbered statements"
    return f"{ref.party} {ref.number}: {text(preference.statements[ref.number - 1].formula)}"


def _told(on: Page, model: Model, shown: Iterable[Shown]) -> Iterator[Block]:
    """What is told about the states found, concepts of which the same is told together."""
    groups: dict[str, list[str]] = {}
    for entry in shown:
        groups.setdefault(_shown(model, entry), []).append(entry.concept)
    for told, concepts in groups.items():
        yield on.paragraph(f"{listing(concepts)}: {told}", 4)


def _shown(model: Model, shown: Shown) -> str:
    told = [f"{plural(shown.found, 'state')} found"]
    told += [f"{text(formula)} is so in {number(count)}" for formula, count in shown.true_in]
    told.append(f"for example {state_words(model, shown.example.mask)}")
    if shown.answered_by is not None:
        told.append(
            f"held by answers of {listing(shown.answered_by)}"
            if shown.answered_by
            else "with nothing to gain by moving"
        )
    if shown.loose:
        told[-1] += ", and only by moves that are not the mover's best"
    return "; ".join(told)
