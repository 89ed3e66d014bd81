"""The verdict on a plan as a part of a page: what it is compared with, and a line for each party."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.prose.clause import Clause, in_one
from bestand.prose.messages import _
from bestand.prose.names import plan_words

from .reasons import ids_of
from .refusal_words import deciding_line, refusal_words, together_words
from .ruling_values import Ruling
from .ruling_words import concept_words, headline, keeper_words, named_in_headline, role_words, without_words


def ruling_part(model: Model, ruling: Ruling) -> Iterator[Block]:
    """Tell the verdict below the question that the file asks, and what things come to without a deal.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    ruling : Ruling
    """
    yield heading(
        _("Does it hold? The plan: {plan}", plan=plan_words(model, ruling.terms.plan, short=True, id=ruling.terms.id))
    )
    yield paragraph(headline(model, ruling), 2, "bold")
    yield from (paragraph(words, 2) for words in concept_words(ruling))
    yield paragraph(without_words(model, ruling), 2)


def parties_part(model: Model, ruling: Ruling) -> Iterator[Block]:
    """Tell in a line for each party what it signs or refuses, and what keeps it; nothing of a plan that cannot be."""
    if ruling.kind == "cannot-be":
        return
    yield heading(_("Party by party"))
    yield from (paragraph(party_line(model, ruling, party), 2) for party in model.party)
    if together := " ".join(together_words(model, ruling)):
        yield paragraph(together, 2)


def party_line(model: Model, ruling: Ruling, party: str) -> str:
    """Return the line of a party: what it signs or refuses, and what keeps it."""
    return in_one(party_clauses(model, ruling, party))


def party_clauses(model: Model, ruling: Ruling, party: str) -> Iterator[Clause]:
    """Tell the line of a party in parts, each with the reason behind it."""
    if ruling.by is not None:
        yield Clause(keeper_words(model, party, ruling.by[party], brief=True), ids_of("keeps", [party]))
        return
    if ruling.lean:
        deal = ruling.lean[0]
        signs, kept = party in deal.gains, deal.by[party]
        yield Clause(role_words(model, party, deal, ruling.terms.consent), ids_of("signs", [party]) if signs else "")
        words = keeper_words(model, party, kept, brief=True)
        yield Clause(words, "breaks" if kept.how == "breaks" else ids_of("keeps", [party]))
        return
    refused = ruling.refuses[party]
    decides = deciding_line(model, party, refused)
    words = decides if decides and named_in_headline(ruling, party) else refusal_words(model, party, refused)
    yield Clause(words, ids_of("refuses", [party]) if refused.states else "")
