"""The first screen: the verdict in plain words, what each party does about it, what is doubtful, what to ask next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.plan.ruling_part import parties_part, ruling_part
from bestand.plan.ruling_values import Ruling
from bestand.prose.doubts import several_words
from bestand.prose.messages import _, _n
from bestand.prose.words import readings_words

if TYPE_CHECKING:
    from bestand.doubts.ranked import Doubts

    from .answer import Result

_DOUBTS = 2  # that are told on the first screen


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
    yield from ruling_part(model, ruling)
    yield from parties_part(model, ruling)
    if result.doubts:
        yield heading(_("What is doubtful"))
        yield from (paragraph(words, 2) for words in _doubtful(result.doubts))
    yield heading(_("What to ask next"))
    yield from (paragraph(words, 2) for words in _next(model, ruling))


def _doubtful(doubts: Sequence[Doubts]) -> Iterator[str]:
    """Tell the doubts that weigh most, and how many more there are."""
    for each in doubts[:_DOUBTS]:
        yield _("{Doubts}.", doubts=several_words(each.message, each.places))
    rest = sum(len(each.faults) for each in doubts[_DOUBTS:])
    if rest:
        yield _n("bestand check MODEL: {n} more doubt", "bestand check MODEL: {n} more doubts", rest)
    else:
        yield _("bestand check MODEL: why that matters, and how to mend it")


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
