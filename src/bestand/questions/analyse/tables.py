"""Equilibria as a table: options as rows, states or patterns of states as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Table, paragraph, table
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _p, number
from bestand.prose.words import bit_cell, lower_percent, percent, yes_no

if TYPE_CHECKING:
    from .equilibria import Columns

_TRUTH = {1: "1", 0: "0", -1: "-"}


def column_names(model: Model, columns: Columns) -> list[str]:
    """Return what columns are called: the label of the state that one stands for where it has one, else its place."""
    return [model.labels.get(bits, f"#{place}") for place, bits in enumerate(columns.bits, start=1)]


def option_table(model: Model, today: Columns | None, shown: Columns, names: Sequence[str]) -> Table:
    """Return a table of equilibria; below what is done in them, what is true there and how the parties rank it.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    today : Columns or None
        The status quo, to compare the others with; None where there is none.
    shown : Columns
        Of listed states.
    names : sequence of str
        Of the columns, without today.
    """
    both = [shown] if today is None else [today, shown]
    before = [] if today is None else [""]
    rows: list[tuple[str, ...]] = []
    if any(count > 1 for count in shown.counts):
        rows.append((_("equilibria it stands for"), *before, *map(number, shown.counts)))
    if shown.reached is not None:
        rows.append((_("improvements lead there from the status quo"), *before, *map(yes_no, shown.reached)))
    for party in model.parties:
        rows.append((party.title,))
        for option in party.options:
            k = model.bit[option.id]
            rows.append((f"  {option.name}", *(bit_cell(bits[k]) for each in both for bits in each.bits)))
    if model.outcomes:
        rows.append((_("Outcomes"),))
    for k, outcome in enumerate(model.outcomes):
        rows.append((f"  {outcome.name}", *(cell for each in both for cell in _truth(each, k))))
    rows.append((_("States that the party ranks lower, %"),))
    for i, party in enumerate(model.parties):
        rows.append((f"  {party.title}", *(cell for each in both for cell in _shares(each, i))))
    header = [_p("column of a table", "today")] if today is not None else []
    return table(("", *header, *names), rows)


def _truth(columns: Columns, k: int) -> Iterator[str]:
    """Y, N, or - where an outcome varies over a column."""
    if columns.outcomes is not None:
        yield from (bit_cell(_TRUTH[value]) for value in columns.outcomes[k].tolist())


def _shares(columns: Columns, i: int) -> Iterator[str]:
    """Yield what share of the states a party ranks lower, in percent: one figure or a span."""
    if columns.lowest is None or columns.highest is None:
        return
    for lowest, highest in zip(columns.lowest[i].tolist(), columns.highest[i].tolist(), strict=True):
        low, high = lower_percent(lowest), lower_percent(highest)
        yield low if low == high else f"{low}–{high}"


def pattern_table(model: Model, shown: Columns, count: int) -> Iterator[Block]:
    """Tell patterns of sets of states, without the options that vary in all of them.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    shown : Columns
    count : int
        How many states there are in all, of which each pattern is a share.
    """
    rows: list[tuple[str, ...]] = [(_("share of the equilibria"), *(percent(each, count) for each in shown.counts))]
    for party in model.parties:
        told = []
        for option in party.options:
            cells = [bits[model.bit[option.id]] for bits in shown.bits]
            if set(cells) != {"-"}:
                told.append((f"  {option.name}", *map(bit_cell, cells)))
        rows += [(party.title,), *told] if told else []
    yield table(("", *column_names(model, shown)), rows)
    open_ = sum(all(bits[k] == "-" for bits in shown.bits) for k in range(len(model.options)))
    if open_:
        yield paragraph(
            _n(
                "{n} option left out: either way in all of these.",
                "{n} options left out: either way in all of these.",
                open_,
            )
        )
