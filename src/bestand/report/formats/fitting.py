"""Fitting a table to the width of a page: how wide each column is, in which size of type, and in how many parts.

Letters are measured without a font, on the wide side: neither the computer that sets a page nor the one that shows it
need have a certain one. A table that does not fit is set smaller; one that still does not is parted, as on a
terminal: the columns that are left follow below, the first column beside them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from bestand.report.pictures.measure import width

from .grid import Grid

ROOM = 445.0  # points between the margins of an A4 page
SIZES = (10.0, 9.0, 8.0)  # of type, in points
GAP = 10.0  # points between the words of two columns
INDENT = 10.0  # points for each step of indentation
_PHRASE = 6.0  # multiples of the size of type: what is as short as that stays on one line
LONGEST = 18  # letters of a word that stay together; a longer word may be broken anywhere


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table, or a part of one, that fits a page.

    Parameters
    ----------
    grid : Grid
    size : float
        Of its type, in points.
    widths : tuple of float
        Of its columns, in points, the gaps included.
    """

    grid: Grid
    size: float
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Width:
    """Of a column: without a line too many, and with as many lines as can be."""

    most: float
    least: float


def fitted(grid: Grid, room: float = ROOM, breadth: float = 1.0) -> Iterator[Fitted]:
    """A table in parts that fit; one part, if a smaller type helps.

    Parameters
    ----------
    grid : Grid
    room : float
        In points.
    breadth : float
        How wide letters are, beside those of the wide sans serif that measures are taken of.

    Examples
    --------
    >>> from .grid import Row
    >>> numbers = Row(tuple(str(10**9 + k) for k in range(30)))
    >>> [part.grid.columns for part in fitted(Grid(30, rows=(numbers,)))]
    [7, 7, 7, 7, 6]
    """
    wide = [_width(grid, k, breadth) for k in range(grid.columns)]
    size = next((size for size in SIZES if _taken(wide, size) <= room), SIZES[-1])
    for columns in _parts(wide, size, room):
        part = grid if len(columns) == grid.columns else grid.part(columns)
        yield Fitted(part, size, _widths([wide[k] for k in columns], size, room))


def _width(grid: Grid, column: int, breadth: float) -> _Width:
    """How wide a column is, in multiples of the size of type; titles reach over all columns and do not count."""
    bold = grid.facts and column == 0
    cells = {(row.cells[column], bold) for row in grid.rows if not row.title}
    cells |= {(words, True) for words in grid.header[column : column + 1]}
    parts = {(word[:LONGEST], bold) for words, bold in cells for word in words.split(" ")}
    most = max((width(words, 1, bold=bold) for words, bold in cells), default=0.0)
    longest = max((width(word, 1, bold=bold) for word, bold in parts), default=0.0)
    least = max(longest, min(most, _PHRASE))
    indent = max((row.indent for row in grid.rows), default=0) * INDENT / SIZES[-1] if column == 0 else 0.0
    return _Width(most * breadth + indent, least * breadth + indent)


def _taken(wide: Sequence[_Width], size: float) -> float:
    return sum(each.least * size + GAP for each in wide)


def _parts(wide: Sequence[_Width], size: float, room: float) -> list[list[int]]:
    """The columns after the first, as many at a time as fit beside it, and about as many in each part."""
    found = list(_filled(wide, size, room, len(wide)))
    return list(_filled(wide, size, room, ceil((len(wide) - 1) / len(found)))) if found else []


def _filled(wide: Sequence[_Width], size: float, room: float, most: int) -> Iterator[list[int]]:
    """Columns in parts of at most so many beside the first."""
    columns = [0] if wide else []
    for k in range(1, len(wide)):
        full = len(columns) > most or _taken([wide[each] for each in (*columns, k)], size) > room
        if full and len(columns) > 1:
            yield columns
            columns = [0]
        columns.append(k)
    if columns:
        yield columns


def _widths(wide: Sequence[_Width], size: float, room: float) -> tuple[float, ...]:
    """What each column gets: what it needs, and of the rest of the page the more, the more it can use.

    Shares go by the root of what a column can use, so that a name keeps to one line beside a long text.
    """
    found = [each.least * size + GAP for each in wide]
    wishes = [(each.most - each.least) * size for each in wide]
    spare, claims = max(0.0, room - sum(found)), sum(map(sqrt, wishes))
    for k in sorted(range(len(wide)), key=wishes.__getitem__):
        claim = sqrt(wishes[k])
        given = min(wishes[k], spare * claim / claims) if claim else 0.0
        found[k] += given
        spare, claims = spare - given, claims - claim
    scale = min(1.0, room / sum(found))
    return tuple(round(each * scale, 2) for each in found)
