"""Where a plan stands, as a table: what each party does today, without a deal, and by the deal."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Table
from bestand.model.model import Model
from bestand.prose.messages import _p
from bestand.prose.phrases import doing_words, move_words

from .ruling_values import Ruling


def standings_table(model: Model, ruling: Ruling) -> Table:
    """Return the table, a row for each party that can do something.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    ruling : Ruling
    """
    header = ["", _p("column of a table", "today"), _p("column of a table", "without a deal")]
    header += [_p("column of a table", "the deal with the fewest changes")] if ruling.lean else []
    rows = [tuple(_row(model, ruling, party.id)) for party in model.parties if party.options]
    return Table(tuple(header), tuple(rows), frozenset(range(len(header))), whole=True)


def _row(model: Model, ruling: Ruling, party: str) -> Iterator[str]:
    yield model.party[party].title
    yield _begun(doing_words(model, party, ruling.terms.start))
    yield without_cell(model, ruling, party)
    if ruling.lean:
        yield _deal(model, ruling, party)


def without_cell(model: Model, ruling: Ruling, party: str) -> str:
    """Return what a party does without a deal that it does not today."""
    own = _own(model, party)
    today = ruling.terms.start & own
    ends = {state & own for state in ruling.no_deal}
    if ends == {today}:
        return _p("cell of a table", "As today")
    if len(ends) > 1:
        return _p("cell of a table", "May do one thing or another")
    return _begun(move_words(model, today, ends.pop()))


def _deal(model: Model, ruling: Ruling, party: str) -> str:
    """Return what a party does by the deal with the fewest changes."""
    own, deal = _own(model, party), ruling.lean[0]
    if not (deal.state ^ ruling.terms.start) & own:
        return _p("cell of a table", "As today")
    return _begun(move_words(model, ruling.terms.start & own, deal.state & own))


def _own(model: Model, party: str) -> int:
    return sum(1 << model.bit[option.id] for option in model.party[party].options)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
