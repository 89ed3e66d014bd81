"""A table as documents set it: rows of one length, indentation as a number, titles within the table told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .blocks import Facts, Table

_STEP = 2  # spaces before the words of a first cell, for each step of indentation


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    cells : tuple of str
        One for each column; a title has one alone.
    indent : int
        By how many steps the first cell is moved in.
    title : bool
        Whether it is the title of the rows below it.
    """

    cells: tuple[str, ...]
    indent: int = 0
    title: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in rows and columns.

    Parameters
    ----------
    columns : int
    header : tuple of str
        Empty where the table has no row of headings.
    rows : tuple of Row
    left : frozenset of int
        The columns that hold words; the others hold numbers and short signs.
    caption : str
    facts : bool
        Whether the first column holds names, and what is said of them stands beside it.
    """

    columns: int
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    left: frozenset[int] = field(default=frozenset({0}))
    caption: str = ""
    facts: bool = False

    def groups(self) -> Iterator[tuple[Row | None, list[Row]]]:
        """The rows, in groups that each have a title; those before the first title have none."""
        title: Row | None = None
        rows: list[Row] = []
        for row in self.rows:
            if row.title:
                if title or rows:
                    yield title, rows
                title = row
                rows = []
            else:
                rows.append(row)
        if title or rows:
            yield title, rows

    def part(self, columns: Sequence[int]) -> Grid:
        """The table with some of its columns; titles stay, and a caption where the second column is among them."""
        rows = tuple(row if row.title else Row(_only(row.cells, columns), row.indent) for row in self.rows)
        left = frozenset(place for place, k in enumerate(columns) if k in self.left)
        caption = self.caption if set(columns) >= set(range(self.columns)[:2]) else ""
        header = _only(self.header, columns)
        return replace(self, columns=len(columns), header=header, rows=rows, left=left, caption=caption)


def grid(table: Table) -> Grid:
    """A table as documents set it.

    Examples
    --------
    >>> made = grid(Table(("", "nash"), (("Russia",), ("  stop_fire", "Y"))))
    >>> made.rows
    (Row(cells=('Russia',), indent=0, title=True), Row(cells=('stop_fire', 'Y'), indent=1, title=False))
    """
    columns = max([len(table.header), *map(len, table.rows)])
    header = _filled(table.header, columns) if any(table.header) else ()
    return Grid(columns, header, tuple(_rows(table, columns)), table.left, table.caption)


def pairs(facts: Facts) -> Grid:
    """Facts as a table of two columns, for formats without a list of names and what is said of them."""
    return Grid(2, rows=tuple(map(Row, facts.rows)), left=frozenset({0, 1}), facts=True)


def _rows(table: Table, columns: int) -> Iterator[Row]:
    for row in table.rows:
        first = row[0] if row else ""
        words = first.lstrip(" ")
        title = len(row) == 1 < columns
        cells = (words, *row[1:])
        yield Row(cells if title else _filled(cells, columns), (len(first) - len(words)) // _STEP, title)


def _filled(cells: Sequence[str], columns: int) -> tuple[str, ...]:
    return (*cells, *[""] * (columns - len(cells)))


def _only(cells: Sequence[str], columns: Sequence[int]) -> tuple[str, ...]:
    return tuple(cells[k] for k in columns if k < len(cells))
