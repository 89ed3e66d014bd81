"""The deals of a plan in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.plan.refusal_words import blocking_words, deciding_words, refusal_words
from bestand.plan.ruling_values import Deal, Ruling
from bestand.plan.ruling_words import (
    chain_words,
    concept_words,
    gain_words,
    headline,
    keeper_words,
    signing_words,
    without_words,
)
from bestand.plan.version_words import versions_part
from bestand.prose.messages import _, _n
from bestand.prose.names import plan_words
from bestand.prose.phrases import difference_words
from bestand.prose.spoken import spoken
from bestand.prose.words import readings_words, size

if TYPE_CHECKING:
    from .answer import Deals


def blocks(answer: Deals) -> Iterator[Block]:
    """Tell the verdict, the deals with the fewest changes, and who refuses what."""
    model, ruling = spoken(answer.model), answer.ruling
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    yield heading(_("Is there a deal? The plan: {plan}", plan=plan_words(model, ruling.terms.plan, id=ruling.terms.id)))
    yield from ruling_blocks(model, ruling)


def ruling_blocks(model: Model, ruling: Ruling) -> Iterator[Block]:
    """Tell the verdict, the deals with the fewest changes, and who refuses what, below the question.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    ruling : Ruling
    """
    yield paragraph(headline(model, ruling), 2, "bold")
    yield from (paragraph(words, 2) for words in concept_words(ruling))
    yield paragraph(without_words(model, ruling), 2)
    yield from versions_part(model, ruling)
    yield from deals_part(model, ruling)


def deals_part(model: Model, ruling: Ruling) -> Iterator[Block]:
    """Tell the deals with the fewest changes, and who refuses what, without the verdict."""
    for number, deal in enumerate(ruling.lean, 1):
        yield from _deal(model, ruling, deal, number)
    if ruling.signable:
        yield from _refusals(model, ruling)


def _deal(model: Model, ruling: Ruling, deal: Deal, number: int) -> Iterator[Block]:
    if ruling.lean_count == 1:
        yield heading(_("The deal with the fewest changes"))
    else:
        yield heading(_("Deal {number} of {n} with the fewest changes", number=number, n=ruling.lean_count))
    yield paragraph(f"{_sentence(difference_words(model, ruling.terms.start, deal.state))}.", 2)
    yield paragraph(signing_words(model, deal, ruling.terms.consent), 2)
    for party in deal.signatories:
        yield paragraph(gain_words(model, party, deal), 4)
    if deal.kept:
        kept = (
            _("It is kept as it stands.")
            if deal.as_it_stands
            else _("It is kept: things go on from it, and stay in the plan.")
        )
        yield paragraph(kept, 2)
        for party, keeper in deal.by.items():
            yield paragraph(keeper_words(model, party, keeper), 4)
    elif deal.chain:
        yield paragraph(chain_words(model, deal), 2)
    if number == len(ruling.lean) and ruling.lean_count > number:
        rest = ruling.lean_count - number
        yield paragraph(_n("And {number} more such deal.", "And {number} more such deals.", rest, number=size(rest)), 2)
    if number == len(ruling.lean) and ruling.deals > number:
        yield paragraph(_counts(ruling), 2, "dim")


def _counts(ruling: Ruling) -> str:
    if ruling.kept == ruling.deals:
        return _n(
            "In all {number} deal, which is kept.",
            "In all {number} deals, all of them kept.",
            ruling.deals,
            number=size(ruling.deals),
        )
    if not ruling.kept:
        return _n(
            "In all {number} deal, which is not kept.",
            "In all {number} deals, none of them kept.",
            ruling.deals,
            number=size(ruling.deals),
        )
    return _("In all {deals} deals, {kept} of them kept.", deals=size(ruling.deals), kept=size(ruling.kept))


def _refusals(model: Model, ruling: Ruling) -> Iterator[Block]:
    yield heading(_("Who refuses what, among the versions of the plan that can be signed"))
    for party, refused in ruling.refuses.items():
        told = " ".join(filter(None, [refusal_words(model, party, refused), deciding_words(model, refused)]))
        yield paragraph(told, 2)
    for words in blocking_words(model, ruling):
        yield paragraph(words, 2)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
