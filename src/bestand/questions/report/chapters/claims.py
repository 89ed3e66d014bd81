"""The claims: which conclusions follow from the premises, and what each verdict rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bestand.checks.claims import ClaimResult
from bestand.document.blocks import Block, Bullets, Callout, table
from bestand.model.model import Model
from bestand.model.sentences import StatementRef, speaks_of_reach
from bestand.prose.claims import claim_words, ruling_words, support_words, whose_words
from bestand.prose.messages import _, _n, _p, listing
from bestand.prose.names import verdict_name, wish_of, wish_words
from bestand.prose.phrases import party_name
from bestand.prose.spoken import spoken, worded
from bestand.questions.claims.findings import kind_of
from bestand.questions.claims.reasons import Flip, Reason
from bestand.questions.claims.words import evidence_part, verdict_words

from .common import absent, chapter, deeper, running, section

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report

MOST = 4  # single changes that are told for a claim


def blocks(report: Report) -> Iterator[Block]:
    """The chapter; nothing in a model without claims."""
    if not report.base.claims:
        return
    yield chapter(_("Which conclusions follow"))
    yield from absent(report.missing.get("claims"))
    if report.claims is None or not report.claims.results:
        return
    yield running(
        _(
            "Each claim is put to the model: the question is whether it follows from the premises above, not whether "
            "it is true."
        )
    )
    if any(speaks_of_reach(check.check.assertion) for each in report.claims.results for check in each.answer.checks):
        yield running(
            _(
                "What was asked stands in the words of the file: “reached”, without more, is what improvements lead to "
                "from the status quo."
            )
        )
    model = spoken(report.base)
    results = [replace(result, claim=worded(report.base, result.claim)) for result in report.claims.results]
    yield _overview(results)
    reasons = {reason.claim.id: reason for reason in report.why.reasons} if report.why else {}
    whole = report.why is not None and report.why.stopped is None
    yield from absent(report.missing.get("premises"))
    for result in results:
        yield from _claim(model, result)
        reason = reasons.get(result.claim.id)
        if reason is not None:
            yield from _rests(model, reason, whole=whole)


def _overview(results: Sequence[ClaimResult]) -> Block:
    rows = [(claim_words(result.claim), whose_words(result.claim), _verdict(result)) for result in results]
    header = (
        _p("column of a table", "claim"),
        _p("column of a table", "whose"),
        _p("column of a table", "verdict"),
    )
    return table(header, rows, (0, 1, 2), _("The claims and their verdicts"))


def _verdict(result: ClaimResult) -> str:
    """What a claim comes to, without the concepts, and whether that is a finding."""
    if kind_of(result) == "finding":
        return verdict_name(result.answer.verdict)
    return verdict_words(result, lambda _concepts: "…")


def _claim(model: Model, result: ClaimResult) -> Iterator[Block]:
    yield section(claim_words(result.claim))
    yield Callout((_("{Verdict}.", verdict=verdict_words(result)),))
    yield from deeper(evidence_part(model, result, brief=True))


def _rests(model: Model, reason: Reason, *, whole: bool) -> Iterator[Block]:
    """Yield what gives the claim another verdict, what is only assumed first."""
    singles = [flip for flip in reason.flips if len(flip.parts) == 1]
    if not singles and not whole:
        yield running(_("Of the single changes that were looked at, none gives it another verdict; not all were."))
        return
    if not singles:
        yield running(_("No single wish, dropped or exchanged with its neighbour, gives it another verdict."))
        return
    assumed = [flip for flip in singles if flip.parts[0].assumed]
    others = [flip for flip in singles if not flip.parts[0].assumed]
    if assumed:
        yield Callout((_("This rests on something that is only assumed."),), "warning")
    yield running(_("What its verdict rests on:"))
    shown = [flip_sentence(model, flip) for flip in (*assumed, *others)]
    more = [_n("and {n} more", "and {n} more", len(shown) - MOST)] if len(shown) > MOST else []
    yield Bullets((*shown[:MOST], *more))


def flip_sentence(model: Model, flip: Flip) -> str:
    """One single change of the wishes, how well they are founded, and what the claim then comes to."""
    (part,) = flip.parts
    ruling = flip.ruling
    verdict = ruling_words(ruling.verdict, ruling.holds, ruling.fails, ruling.unsaid)
    wishes = [
        _(
            "{wish}, {grounds}",
            wish=wish_words(wish_of(model, ref), ref),
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
