"""Fitting a table to the width of a page: how wide each column is, in which size of type, and in how many parts.

Letters are measured without a font, on the wide side: neither the computer that sets a page nor the one that shows it
need have a certain one. A table that does not fit is set smaller; one that still does not is parted, as on a
terminal: the columns that are left follow below, the first column beside them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from bestand.drawing.measure import width

from .grid import Grid

ROOM = 465.0  # points between the margins of an A4 page
SIZES = (10.0, 9.0, 8.0)  # of type, in points
GAP = 10.0  # points between the words of two columns
INDENT = 10.0  # points for each step of indentation
_PHRASE = 6.0  # multiples of the size of type: what is as short as that stays on one line
_STEPS = (0.5, 2.0, 8.0)  # multiples of the size of type, by which a column becomes narrower at a time
_LITTLE = 1e-6  # what sums of widths may differ by
_RAGGED = 1.5  # multiples of the size of type, that a line leaves free at its end
_ENOUGH = 100  # rows that tell how a table takes room
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


def fitted(grid: Grid, room: float = ROOM, breadth: float = 1.0, sizes: Sequence[float] = SIZES) -> Iterator[Fitted]:
    """A table in parts that fit; one part, if a smaller type helps.

    Parameters
    ----------
    grid : Grid
    room : float
        In points.
    breadth : float
        How wide letters are, beside those of the wide sans serif that measures are taken of.
    sizes : sequence of float
        Of type, in points: the first in which it fits is taken.

    Examples
    --------
    >>> from .grid import Row
    >>> numbers = Row(tuple(str(10**9 + k) for k in range(30)))
    >>> [part.grid.columns for part in fitted(Grid(30, rows=(numbers,)))]
    [7, 7, 7, 7, 6]
    """
    wide = [_width(grid, k, breadth) for k in range(grid.columns)]
    size = next((size for size in sizes if _taken(wide, size) <= room), sizes[-1])
    for columns in _parts(wide, size, room):
        part = grid if len(columns) == grid.columns else grid.part(columns)
        yield Fitted(part, size, _widths(part, [wide[k] for k in columns], size, room, breadth))


def _width(grid: Grid, column: int, breadth: float) -> _Width:
    """Return how wide a column is, in multiples of the size of type; titles reach over all columns and do not count.

    Names of things stand on two lines at most, unless they are long.
    """
    bold = grid.facts and column == 0
    cells = {(row.cells[column], bold) for row in grid.rows if not row.title}
    cells |= {(words, True) for words in grid.header[column : column + 1]}
    parts = {(word[:LONGEST], bold) for words, bold in cells for word in words.split(" ")}
    most = max((width(words, 1, bold=bold) for words, bold in cells), default=0.0)
    longest = max((width(word, 1, bold=bold) for word, bold in parts), default=0.0)
    in_two = min(most / 2 + _RAGGED, 2 * _PHRASE) if bold else 0.0
    least = max(longest, min(most, _PHRASE), in_two)
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


def _widths(part: Grid, wide: Sequence[_Width], size: float, room: float, breadth: float) -> tuple[float, ...]:
    """What each column gets: all it can use, and where that is too much, less where the rows grow least by it."""
    left = (room - len(wide) * GAP) / size
    found = [max(each.least, min(each.most, left)) for each in wide]
    rows = list(_lengths(part, breadth))
    while (over := sum(found) - left) > _LITTLE and (narrower := list(_narrower(found, wide, over))):
        found = min(narrower, key=partial(_cost, rows, found))
    points = [each * size + GAP for each in found]
    scale = min(1.0, room / sum(points))
    return tuple(round(each * scale, 2) for each in points)


def _lengths(part: Grid, breadth: float) -> Iterator[list[float]]:
    """Yield how long the words of each cell are on one line, in multiples of the size of type; of many rows, some."""
    rows = [row.cells for row in part.rows if not row.title]
    for cells in (part.header, *rows[:: 1 + len(rows) // _ENOUGH]):
        yield [width(words, breadth) for words in cells]


def _narrower(found: Sequence[float], wide: Sequence[_Width], over: float) -> Iterator[list[float]]:
    """Columns of which one is narrower than it was."""
    for k, each in enumerate(wide):
        for step in _STEPS:
            taken = min(step, over, found[k] - each.least)
            if taken > _LITTLE:
                yield [*found[:k], found[k] - taken, *found[k + 1 :]]


def _cost(rows: Iterable[Sequence[float]], found: Sequence[float], narrower: Sequence[float]) -> tuple[float, float]:
    """Return how many lines more for the room that is won; where that is alike, the widest column is to give."""
    return (_lines(rows, narrower) - _lines(rows, found)) / (sum(found) - sum(narrower)), max(narrower)


def _lines(rows: Iterable[Sequence[float]], widths: Sequence[float]) -> int:
    """About how many lines rows take: as many, each, as the cell of most lines."""
    return sum(max(map(_lines_of, row, widths), default=0) for row in rows)


def _lines_of(words: float, room: float) -> int:
    """About how many lines words take, of which all but the last end before the margin."""
    return 1 if words <= room else max(2, ceil((words - _RAGGED) / max(room - _RAGGED, _RAGGED)))
