"""The claims: which conclusions follow from the premises, and what each verdict rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bestand.checks.claims import ClaimResult
from bestand.document.blocks import Block, Bullets, Callout, Heading
from bestand.model.model import Model
from bestand.model.sentences import StatementRef, speaks_of_reach
from bestand.prose.claims import claim_words, ruling_words, support_words, whose_words
from bestand.prose.messages import _, listing
from bestand.prose.names import wish_of, wish_words
from bestand.prose.phrases import party_name
from bestand.prose.spoken import spoken, worded
from bestand.questions.claims.reasons import Flip, Reason
from bestand.questions.claims.words import evidence_part, verdict_words

from .common import absent, chapter, deeper, running, section
from .marks import claim_mark
from .title import claims_title

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report

MOST = 4  # single changes that are told for a claim


def blocks(report: Report) -> Iterator[Block]:
    """The chapter; nothing in a model without claims."""
    if not report.base.claims:
        return
    found = report.claims
    yield chapter(_("Which conclusions follow") if found is None or not found.results else claims_title(found))
    yield from absent(report.missing.get("claims"))
    if report.claims is None or not report.claims.results:
        return
    yield running(
        _(
            "Each claim is put to the model: the question is whether it follows from the premises above, not whether "
            "it is true."
        )
    )
    model = spoken(report.base)
    reasons = {reason.claim.id: reason for reason in report.why.reasons} if report.why else {}
    whole = report.why is not None and report.why.stopped is None
    yield from absent(report.missing.get("premises"))
    for result in _results(report):
        yield _box(result)
        reason = reasons.get(result.claim.id)
        if reason is not None:
            yield from _rests(model, reason, whole=whole)


def evidence(report: Report) -> Iterator[Block]:
    """Tell, for the appendix, what was asked for each claim, and what was found."""
    if report.claims is None or not report.claims.results:
        return
    model = spoken(report.base)
    yield section(_("What was asked for each claim, and found"))
    if any(speaks_of_reach(check.check.assertion) for each in report.claims.results for check in each.answer.checks):
        yield running(
            _(
                "What was asked stands in the words of the file: “reached”, without more, is what improvements lead to "
                "from the status quo."
            )
        )
    reasons = {reason.claim.id: reason for reason in report.why.reasons} if report.why else {}
    for result in _results(report):
        yield Heading(claim_words(result.claim), level=3)
        yield running(_("{Verdict}.", verdict=verdict_words(result)))
        yield running(whose_words(result.claim))
        yield from deeper(evidence_part(model, result, brief=True), 2)
        if (reason := reasons.get(result.claim.id)) is not None and len(told := [*_flips(model, reason)]) > 1:
            yield running(_("What its verdict rests on:"))
            yield Bullets(tuple(told))


def _results(report: Report) -> list[ClaimResult]:
    assert report.claims is not None, "it was asked"
    return [replace(result, claim=worded(report.base, result.claim)) for result in report.claims.results]


def _box(result: ClaimResult) -> Block:
    """Return the claim in a box that says, with a mark and a word, what it comes to."""
    return Callout((claim_words(result.claim),), label=claim_mark(result))


def _rests(model: Model, reason: Reason, *, whole: bool) -> Iterator[Block]:
    """Yield what gives the claim another verdict, what is only assumed first."""
    singles = [flip for flip in reason.flips if len(flip.parts) == 1]
    if not singles and not whole:
        yield running(_("Of the single changes that were looked at, none gives it another verdict; not all were."))
        return
    if not singles:
        yield running(_("No single wish, dropped or exchanged with its neighbour, gives it another verdict."))
        return
    first, *others = _flips(model, reason)
    told = (
        [_("It rests on this, among other things: {change}", change=first)]
        if others
        else [_("It rests on this: {change}", change=first)]
    )
    if any(flip.parts[0].assumed for flip in singles):
        told.insert(0, _("This rests on something that is only assumed."))
    yield running(" ".join(told))


def _flips(model: Model, reason: Reason) -> Iterator[str]:
    """Yield what gives a claim another verdict, change by change, what is only assumed first."""
    singles = [flip for flip in reason.flips if len(flip.parts) == 1]
    for flip in sorted(singles, key=lambda flip: not flip.parts[0].assumed):
        yield flip_sentence(model, flip)


def flip_sentence(model: Model, flip: Flip) -> str:
    """One single change of the wishes, how well they are founded, and what the claim then comes to."""
    (part,) = flip.parts
    ruling = flip.ruling
    verdict = ruling_words(ruling.verdict, ruling.holds, ruling.fails, ruling.unsaid)
    wishes = [
        _(
            "{wish}, {grounds}",
            wish=wish_words(model, wish_of(model, ref), ref),
            grounds=support_words(wish_of(model, ref).grounds),
        )
        for ref in (StatementRef(part.party, k) for k in part.numbers)
    ]
    party = party_name(model, part.party)
    if part.kind == "dropped":
        return _(
            "Without this wish of {party}: {wish}. The verdict is then: {verdict}.",
            party=party,
            wish=wishes[0],
            verdict=verdict,
        )
    return _(
        "With these wishes of {party} exchanged: {wishes}. The verdict is then: {verdict}.",
        party=party,
        wishes=_("{first}; {last}", first=listing(wishes[: part.upper]), last=listing(wishes[part.upper :])),
        verdict=verdict,
    )
