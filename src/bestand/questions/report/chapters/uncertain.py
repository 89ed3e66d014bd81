"""How sure it is: what still holds, whatever is right of all that is open."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets, Callout, table
from bestand.model.model import Model
from bestand.model.values import Claim
from bestand.prose.claims import claim_words
from bestand.prose.likelihood import between_words, bounds_words, likelihood_words, scale
from bestand.prose.messages import _, _n, _p, number
from bestand.prose.names import concept_name
from bestand.prose.spoken import spoken
from bestand.questions.vary.answer import Share, Variation
from bestand.questions.vary.picture import shares
from bestand.questions.vary.words import looked_sentences, share_words, verdict_lines

from .common import absent, chapter, running, section
from .title import deal_title, sure_title
from .when import deal_condition, when

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report

_NEVER, _ALWAYS = 1e-12, 1 - 1e-12


def blocks(report: Report) -> Iterator[Block]:
    """The chapter; nothing where the file leaves nothing open."""
    varied, lack = report.varied, report.missing.get("open")
    if varied is None and (lack is None or lack.kind == "nothing"):
        return
    yield chapter(sure_title(report))
    yield from absent(lack)
    if varied is None or not varied.looked_at:
        return
    yield running(" ".join(looked_sentences(varied)))
    yield Callout((assumption_words(varied),), "warning")
    if varied.plan is not None and varied.plan.kinds:
        yield running(_("The verdict on the plan in these combinations:"))
        yield Bullets(verdict_lines(varied, varied.plan))
        yield from _when(varied)
    if report.base.claims and varied.job.claims:
        yield _claims(spoken(report.base), varied)
    if varied.job.design.weighed:
        yield from _scale()


def _when(varied: Variation) -> Iterator[Block]:
    exact = deal_condition(varied)
    if exact is not None and 0 < exact.combinations < exact.of:
        yield section(deal_title(exact))
        yield from when(varied, exact)


def numbers(report: Report) -> Iterator[Block]:
    """Tell, for the appendix, in how many combinations the plan is an equilibrium, and draw the shares."""
    varied = report.varied
    if varied is None or not varied.looked_at:
        return
    number = plan_number(varied)
    if number is not None:
        yield _plan(report.within_reach, varied, number)
    picture = shares(varied, report.within_reach)
    if picture is not None:
        yield picture


def assumption_words(varied: Variation) -> str:
    """Tell what the shares assume, and what they are not."""
    if varied.job.design.weighed:
        return _(
            "The answers to open questions are assumed to be as likely as the file says. The shares tell how much "
            "hangs on what is open; they are no forecast, and do not say how good the model is."
        )
    if varied.job.design.even:
        return _(
            "The file does not say how likely the answers to open questions are, so every combination counts the same. "
            "The shares tell how much hangs on what is open; they say nothing of how likely it is."
        )
    return _(
        "The file says how likely some answers to open questions are, and not all; those of which it says nothing "
        "count the same. The shares tell how much hangs on what is open; they say nothing of how likely it is."
    )


def _plan(own: Claim | None, varied: Variation, plan: int) -> Block:
    """Tell in what share the plan holds somewhere, and things lead there, under each concept."""
    header = [_p("column of a table", "concept"), _p("column of a table", "there is an equilibrium with the plan")]
    if own is not None:
        header.append(_p("column of a table", "improvements lead to one from today"))
    rows = [
        (
            concept_name(concept),
            share_likelihood(varied, varied.formulas[plan][concept].share),
            *([] if own is None else [share_likelihood(varied, varied.claims[own.id].under[concept])]),
        )
        for concept in varied.job.concepts
    ]
    likely = varied.job.design.weighed
    caption = _("How likely the plan is to hold") if likely else _("In how many combinations the plan holds")
    return table(header, rows, range(len(header)), caption)


def plan_number(varied: Variation) -> int | None:
    """Return which of the formulas is the plan; None where none is."""
    plan = varied.model.plan
    return varied.job.formulas.index(plan) if plan in varied.job.formulas and plan is not None else None


def share_likelihood(varied: Variation, share: Share, *, event: bool = True) -> str:
    """Return a share; that of an event with its word of the scale, where the file gives the chance of every answer.

    What is so always or never is counted, and gets none.
    """
    if math.isnan(share.share):
        return _p("likelihood", "cannot be said")
    if share.share < _NEVER:
        return _("in none of the combinations looked at")
    if share.share > _ALWAYS:
        return _("in all of the combinations looked at")
    whole = share.low is None or share.high is None
    if varied.job.design.weighed and event:
        word = likelihood_words(share.share) if whole else between_words(share.low or 0.0, share.high or 1.0)
        return _("{likelihood}, with a chance of {share}", likelihood=word, share=share_words(share))
    if whole and varied.job.design.even and share.count >= 0:
        return _n(
            "in {count} of {n} combination", "in {count} of {n} combinations", share.of, count=number(share.count)
        )
    return _("in {share} of the combinations", share=share_words(share))


def _claims(model: Model, varied: Variation) -> Block:
    """Tell in what share each claim holds, and, where any does, holds under some concepts only."""
    shares = [varied.claims[claim.id].verdicts for claim in model.claims]
    header = [_p("column of a table", "claim"), _p("column of a table", "it holds")]
    depends = any(each["depends on the concept"].count for each in shares)
    if depends:
        header.append(_p("column of a table", "it depends on the concept"))
    rows = [
        (
            claim_words(claim),
            share_likelihood(varied, each["holds"]),
            *([share_likelihood(varied, each["depends on the concept"], event=False)] if depends else []),
        )
        for claim, each in zip(model.claims, shares, strict=True)
    ]
    likely = varied.job.design.weighed
    caption = _("How likely each claim is to hold") if likely else _("In how many combinations each claim holds")
    return table(header, rows, range(len(header)), caption)


def _scale() -> Iterator[Block]:
    """Tell the words of the scale and what they stand for."""
    header = (_p("column of a table", "in words"), _p("column of a table", "share"))
    caption = _("The words for likelihood, and the shares that they stand for (ICD 203)")
    yield table(header, zip(scale(), bounds_words(), strict=True), (0,), caption)
