"""How answers begin and end: what was asked about, and what the names in it stand for."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.formula import text
from bestand.model.message import Sayable
from bestand.model.model import Model
from bestand.prose.messages import _, _n
from bestand.prose.words import readings_words, size


def opening(model: Model, count: int, engine: str, because: Sayable, readings: tuple[str, ...]) -> Iterator[Block]:
    """Tell what an answer is about, and which engine worked it out.

    Parameters
    ----------
    model : Model
    count : int
        How many states are feasible.
    engine : str
        Its name.
    because : Sayable
        Why that one.
    readings : tuple of str
        Those that were applied to the model.
    """
    yield paragraph(model.title, 0, "bold")
    counts = _(
        "{parties}, {options}, {states}.",
        parties=_n("{n} party", "{n} parties", len(model.parties)),
        options=_n("{n} option", "{n} options", len(model.options)),
        states=_n("{number} feasible state", "{number} feasible states", count, number=size(count)),
    )
    yield paragraph(counts, 0)
    yield paragraph(_("Engine: {engine}, {because}.", engine=engine, because=because), 0)
    if readings:
        yield paragraph(readings_words(model, readings), 0, "yellow")


def legend(model: Model) -> Iterator[Block]:
    """Tell what the names of options and outcomes stand for, where the file says so."""
    rows = [(option.id, option.grounds.says or "") for option in model.options]
    rows += [(outcome.name, outcome.grounds.says or text(outcome.formula)) for outcome in model.outcomes]
    if any(says for _name, says in rows):
        yield heading(_("What the names stand for"))
        yield table(("", ""), rows, frozenset({0, 1}))
