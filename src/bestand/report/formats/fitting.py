"""Fitting a table to the width of a page: how wide each column is, in which size of type, and in how many parts.

Letters are measured without a font, on the wide side: neither the computer that sets a page nor the one that shows it
need have a certain one. A table that does not fit is set smaller; one that still does not is parted, as on a
terminal: the columns that are left follow below, the first column beside them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bestand.report.pictures.measure import width

from .grid import Grid

SIZES = (9.5, 8.5, 7.5)  # of type, in points
GAP = 10.0  # points between the words of two columns
INDENT = 10.0  # points for each step of indentation
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


def fitted(grid: Grid, room: float) -> Iterator[Fitted]:
    """A table in parts that fit so many points; one part, if a smaller type helps.

    Examples
    --------
    >>> from .grid import Row
    >>> numbers = Row(tuple(str(10**9 + k) for k in range(30)))
    >>> [part.grid.columns for part in fitted(Grid(30, rows=(numbers,)), 450)]
    [8, 8, 8, 8, 2]
    """
    wide = [_width(grid, k) for k in range(grid.columns)]
    size = next((size for size in SIZES if _taken(wide, size) <= room), SIZES[-1])
    for columns in _parts(wide, size, room):
        part = grid if len(columns) == grid.columns else grid.part(columns)
        yield Fitted(part, size, _widths([wide[k] for k in columns], size, room))


def _width(grid: Grid, column: int) -> _Width:
    """How wide a column is, in multiples of the size of type; titles reach over all columns and do not count."""
    most = least = 0.0
    for words in {row.cells[column] for row in grid.rows if not row.title} | set(grid.header[column : column + 1]):
        most = max(most, width(words, 1))
        least = max(least, *(width(word[:LONGEST], 1) for word in words.split(" ")))
    indent = max((row.indent for row in grid.rows), default=0) * INDENT / SIZES[-1] if column == 0 else 0.0
    return _Width(most + indent, least + indent)


def _taken(wide: Sequence[_Width], size: float) -> float:
    return sum(each.least * size + GAP for each in wide)


def _parts(wide: Sequence[_Width], size: float, room: float) -> Iterator[list[int]]:
    """The columns after the first, as many at a time as fit beside it."""
    columns = [0] if wide else []
    for k in range(1, len(wide)):
        if len(columns) > 1 and _taken([wide[each] for each in (*columns, k)], size) > room:
            yield columns
            columns = [0]
        columns.append(k)
    yield columns


def _widths(wide: Sequence[_Width], size: float, room: float) -> tuple[float, ...]:
    """What each column gets: all it could use, or what it needs and a share of the rest of the page."""
    spare = room - _taken(wide, size)
    wish = sum(each.most - each.least for each in wide) * size
    share = min(1.0, max(0.0, spare) / wish) if wish else 0.0
    found = [(each.least + (each.most - each.least) * share) * size + GAP for each in wide]
    scale = min(1.0, room / sum(found)) if found else 1.0
    return tuple(round(each * scale, 2) for each in found)
