"""The first screen of an answer: the verdict in plain words, what each party does about it, what to ask next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.plan.ruling import Ruling
from bestand.plan.ruling_words import (
    concept_words,
    headline,
    keeper_words,
    refusal_words,
    role_words,
    without_words,
)
from bestand.prose.messages import _, _n
from bestand.prose.names import told_formula
from bestand.prose.words import readings_words

if TYPE_CHECKING:
    from .answer import Result


def screen(model: Model, result: Result, ruling: Ruling) -> Iterator[Block]:
    """Tell the verdict, compared with what, a line for each party, and what to ask next.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    result : Result
    ruling : Ruling
    """
    yield paragraph(model.title, 0, "bold")
    if result.readings:
        yield paragraph(readings_words(model, result.readings), 0, "yellow")
    yield heading(_("Does it hold? The plan: {plan}", plan=told_formula(model, ruling.terms.plan)))
    yield paragraph(headline(model, ruling), 2, "bold")
    yield from (paragraph(words, 2) for words in concept_words(ruling))
    yield paragraph(without_words(model, ruling), 2)
    yield heading(_("Party by party"))
    for party in model.party:
        yield paragraph(_party(model, ruling, party), 2)
    yield heading(_("What to ask next"))
    yield from (paragraph(words, 2) for words in _next(model, ruling))


def _party(model: Model, ruling: Ruling, party: str) -> str:
    """Return the line of a party: what it signs or refuses, and what keeps it."""
    if ruling.by is not None:
        return keeper_words(model, party, ruling.by[party])
    if ruling.lean:
        deal = ruling.lean[0]
        return f"{role_words(model, party, deal)} {keeper_words(model, party, deal.by[party])}"
    return refusal_words(model, party, ruling.refuses[party])


def _next(model: Model, ruling: Ruling) -> Iterator[str]:
    if ruling.signable:
        yield _("bestand deals MODEL: what would be signed, who gives and gets what, who refuses what and why")
    yield _("bestand analyse MODEL --full: today, where things go, and every equilibrium")
    if model.claims:
        yield _n(
            "bestand claims MODEL: whether the author's conclusion follows",
            "bestand claims MODEL: which of the author's {n} conclusions follow",
            len(model.claims),
        )
    if model.readings:
        yield _n(
            "bestand vary MODEL: {n} reading is open; what it changes",
            "bestand vary MODEL: {n} readings are open; what they change",
            len(model.readings),
        )
