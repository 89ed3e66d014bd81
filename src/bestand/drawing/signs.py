"""A table of signs on a sheet: rows in parts, each a statement, and for each column whether it is true there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bestand.prose.messages import _

from .colours import party_class
from .measure import lines, width
from .sheet import LEADING, MARGIN, SMALL, WIDTH, Sheet

_SIZE = 12.0  # of the letters of a row
_TITLE = 12.5  # of those of a title
_BOX = 13.0  # the side of a cell
_WORDS = 284.0  # room for the words of a row beside many columns
_MOST_WORDS = 420.0
_CELL = 42.0  # the widest column
_APART = 46.0  # a column that is set apart
_GAP = 10.0  # after it
_WRAPPED = 22  # boxes one below the other, up to which the words beside each may have two lines
_TURNED = 84.0  # room for what stands on its side
_NARROWEST = 420.0

Sign = Literal["box", "check", "dot", "text"]


@dataclass(frozen=True)
class Row:
    """A statement that is true or not.

    Parameters
    ----------
    words : str
    cells : tuple of str
        By column: 1, 0, - where it varies, nothing where nothing is said; or words.
    sign : {"box", "check", "dot", "text"}
        What stands for a yes. A row of checks stands out from the others.
    party : int or None
        Whose colour boxes have.
    """

    words: str
    cells: tuple[str, ...]
    sign: Sign = "box"
    party: int | None = None


@dataclass(frozen=True)
class Part:
    """Rows below a title; that of a party has its mark."""

    title: str
    rows: tuple[Row, ...]
    party: int | None = None


class Signs:
    """A table of signs.

    Parameters
    ----------
    names : sequence of str
        Of the columns.
    apart : int
        How many of the first columns are set apart from the others.
    parts : sequence of Part
    """

    def __init__(self, names: Sequence[str], apart: int, parts: Sequence[Part]) -> None:
        self._names, self._apart, self._parts = names, apart, parts
        count = len(names) - apart
        left = WIDTH - 2 * MARGIN - apart * (_APART + _GAP)
        self._cell = min(_CELL, (left - _WORDS) / max(count, 1))
        rows = [row for part in parts for row in part.rows]
        words = max((width(row.words, _SIZE, bold=row.sign == "check") for row in rows), default=0)
        room = left - count * self._cell
        self._room = min(room, max(words + 1, _NARROWEST - WIDTH + room), _MOST_WORDS)
        self._most = 2 if sum(row.sign == "box" for row in rows) <= _WRAPPED else 1
        first = MARGIN + self._room + 6
        self._xs = [
            first + _APART * (k + 0.5)
            if k < apart
            else first + apart * (_APART + _GAP) + self._cell * (k - apart + 0.5)
            for k in range(len(names))
        ]
        self._right = first + apart * (_APART + _GAP) + count * self._cell
        self.sheet = Sheet(max(self._right + MARGIN - 6, _NARROWEST))

    def draw(self, y: float) -> float:
        """Draw the whole table, from a height on; return where it ends."""
        y = self._across(y, self._names, bold=True) + 4
        for part in self._parts:
            y = self._part(part, y)
        return self._legend(y + 18)

    def _across(self, y: float, heads: Sequence[str], *, bold: bool = False) -> float:
        """Draw words over the columns, all on their side where one is wider than its column; return where they end."""
        sizes = [width(words, SMALL, bold=bold) for words in heads]
        if all(size <= self._wide(k) - 2 for k, size in enumerate(sizes)):
            for x, words in zip(self._xs, heads, strict=True):
                self.sheet.text(x, y + SMALL, words, size=SMALL, bold=bold, anchor="middle")
            self._parting(y, y + SMALL * 1.4)
            return y + SMALL * 1.4
        high = min(max(sizes), _TURNED)
        for x, words in zip(self._xs, heads, strict=True):
            self.sheet.text(x + SMALL * 0.35, y + high, words, size=SMALL, bold=bold, room=high, turn=-90)
        self._parting(y, y + high + 4)
        return y + high + 4

    def _parting(self, top: float, bottom: float) -> None:
        """Draw the line between the columns that are set apart and the others, beside one row: titles run across."""
        if 0 < self._apart < len(self._names):
            x = self._xs[self._apart - 1] + (_APART + _GAP) / 2
            self.sheet.line(x, top, x, bottom, line="edge")

    def _wide(self, k: int) -> float:
        """Return how wide a column is."""
        return _APART if k < self._apart else self._cell

    def _part(self, part: Part, y: float) -> float:
        y += 8
        if part.title:
            x = MARGIN
            if part.party is not None:
                self.sheet.mark(part.party, x + 6, y + _TITLE * 0.65, 6)
                x += 18
            self.sheet.text(x, y + _TITLE, part.title, size=_TITLE, bold=True, room=self.sheet.width - MARGIN - x)
            y += _TITLE * 1.45
            line = "edge" if part.party is None else party_class(part.party)
            self.sheet.line(MARGIN, y, self._right, y, line=line, wide=1.5)
        short = [tuple(lines(row.words, _SIZE, self._room, self._most)) for row in part.rows]
        for k, row in enumerate(part.rows):
            most = 3 if row.sign == "check" or short.count(short[k]) > 1 else self._most  # cut off, some look alike
            y = self._row(row, y, most, shaded=k % 2 == 1)
        return y

    def _row(self, row: Row, y: float, most: int, *, shaded: bool) -> float:
        if row.sign == "text":
            end = self._across(y + 3, row.cells)
            self.sheet.text(MARGIN, end - 4, row.words, size=_SIZE, room=self._room)
            return end + 2
        bold = row.sign == "check"
        words = lines(row.words, _SIZE, self._room, most, bold=bold)
        high = max(_BOX + 7, len(words) * _SIZE * LEADING + 5)
        if shaded or bold:
            self.sheet.rect(MARGIN - 4, y, self._right - MARGIN + 8, high, line="edge" if bold else "")
        middle = y + high / 2
        base = middle + _SIZE * (0.36 - (len(words) - 1) * LEADING / 2)
        for place, line in enumerate(words):
            self.sheet.text(MARGIN, base + place * _SIZE * LEADING, line, size=_SIZE, bold=bold)
        for x, cell in zip(self._xs, row.cells, strict=True):
            self._sign(row, cell, x, middle)
        self._parting(y, y + high)
        return y + high

    def _sign(self, row: Row, cell: str, x: float, y: float) -> None:
        fill = "strong" if row.party is None else party_class(row.party)
        if row.sign == "dot":
            if cell == "1":
                self.sheet.rect(x - 4.5, y - 4.5, 9, 9, fill=fill, corner=4.5)
        elif cell:
            self._box(cell, x, y, fill)
            if row.sign == "check" and cell == "1":
                self.sheet.path(f"M{x - 4:.1f} {y:.1f}l3 3.5l5 -7", line="inverse", wide=2)

    def _box(self, cell: str, x: float, y: float, fill: str) -> None:
        """Draw a box: full, empty, or half of it full."""
        half = _BOX / 2
        if cell == "1":
            self.sheet.rect(x - half, y - half, _BOX, _BOX, fill=fill, corner=1.5)
            return
        self.sheet.rect(x - half, y - half, _BOX, _BOX, fill="no", line="edge", corner=1.5)
        if cell == "-":
            self.sheet.path(f"M{x - half:.1f} {y + half:.1f}v-{_BOX}l{_BOX} {_BOX}Z", fill=fill)

    def _legend(self, y: float) -> float:
        """Draw what the boxes mean, as far as they are there."""
        seen = {cell for part in self._parts for row in part.rows if row.sign in ("box", "check") for cell in row.cells}
        meanings = {"1": _("so"), "0": _("not so"), "-": _("so in some of the states of the column")}
        x = MARGIN
        for cell, words in meanings.items():
            if cell in seen:
                if x > MARGIN and x + _BOX + 6 + width(words, SMALL) > self.sheet.width - MARGIN:
                    x, y = MARGIN, y + SMALL * 1.9
                self._box(cell, x + _BOX / 2, y - SMALL * 0.36, "strong")
                self.sheet.text(x + _BOX + 6, y, words, size=SMALL)
                x += _BOX + 24 + width(words, SMALL)
        return y + 8
