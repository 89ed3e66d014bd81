"""Setting words and tables on a page of a terminal: wrapped, aligned, and styled only where styles are seen.

Plain lines, so that answers can be piped. The width of a piped page is 100 columns unless COLUMNS says otherwise.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category, east_asian_width

from bestand.prose.direction import TURNING

from .blocks import Block, Bullets, Callout, Facts, Figure, Heading, Line, Paragraph, Style, Table

_CODES: dict[Style, str] = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
_GAP = 2  # columns between the cells of a table


@dataclass(frozen=True, slots=True)
class Page:
    """Where an answer is printed.

    Parameters
    ----------
    width : int
        In columns.
    styled : bool
        Whether bold and colours are seen.
    """

    width: int = 100
    styled: bool = False

    def styled_as(self, words: str, *styles: Style) -> str:
        """Words in a style, where styles are seen."""
        if not self.styled or not words:
            return words
        return f"\033[{';'.join(_CODES[style] for style in styles)}m{words}\033[0m"

    def printed(self, block: Block) -> str:
        """A part of an answer in lines of this page: a heading after an empty line, of a picture its words."""
        match block:
            case Heading(words, styles):
                return "\n" + self._text(words, 0, "bold", *styles)
            case Paragraph(words, indent, styles):
                return self._text(words, indent, *styles)
            case Line(parts):
                return "".join(self.styled_as(plain(words), *styles) for words, styles in parts)
            case Table():
                return self._table(block)
            case Figure():
                return self._text(block.alternative, 2)
            case Bullets(items, ordered):
                signs = [f"{k}." if ordered else "-" for k in range(1, len(items) + 1)]
                return "\n".join(self._text(f"{sign} {words}", 4) for sign, words in zip(signs, items, strict=True))
            case Facts(rows):
                return "\n".join(self._text(f"{name}: {words}", 2) for name, words in rows)
            case Callout(words, label=label):
                return "\n".join(self._text(each, 2, "bold") for each in (*filter(None, [label]), *words))

    def _text(self, words: str, indent: int, *styles: Style) -> str:
        """Running text. A word that is too long for a line keeps its letters together."""
        lines = _wrapped(words, max(self.width - indent, 20))
        return "\n".join(self.styled_as(" " * indent + line, *styles) for line in lines)

    def _table(self, cells: Table) -> str:
        """Cells in columns. Columns that do not fit the page follow below, the first column beside them again.

        A last column of words, and a first one that takes most of the page, run over several lines.
        """
        left = cells.left
        count = max([len(cells.header), *map(len, cells.rows)])
        if not count:
            return ""
        lines = [_Row([plain(cell) for cell in row], bold=len(row) == 1) for row in cells.rows]
        if any(cells.header):
            lines.insert(0, _Row([plain(cell) for cell in cells.header], bold=True))
        if cells.whole:
            lines = list(_side_by_side(lines, self.width))
        for k in (0, count - 1):
            wide = _widths(lines, count)
            free = self.width - sum(wide) - _GAP * count + wide[k]
            if k in left and free < wide[k]:
                least = self.width // 2 if k == 0 else max(self.width - wide[0] - 2 * _GAP, 12)
                lines = list(_run_over(lines, k, max(free, least if k == 0 or free < 20 else free)))
        wide = _widths(lines, count)
        blocks = ([self._line(line, block, wide, left) for line in lines] for block in self._blocks(wide))
        return "\n\n".join("\n".join(line for line in block if line) for block in blocks)

    def _blocks(self, wide: Sequence[int]) -> Iterator[list[int]]:
        """The columns after the first, as many at a time as fit beside it."""
        first = _GAP + wide[0]
        block, taken = [0], first
        for k in range(1, len(wide)):
            if taken + _GAP + wide[k] > self.width > first and len(block) > 1:
                yield block
                block, taken = [0], first
            block, taken = [*block, k], taken + _GAP + wide[k]
        yield block

    def _line(self, row: _Row, block: Sequence[int], wide: Sequence[int], left: frozenset[int]) -> str:
        set_: list[str] = []
        for k in block:
            cell = row.cells[k] if k < len(row.cells) else ""
            fill = " " * max(wide[k] - columns_of(cell), 0)
            set_.append(cell + fill if k in left else fill + cell)
        line = (" " * _GAP + (" " * _GAP).join(set_)).rstrip()
        return self.styled_as(line, "bold") if row.bold else line


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one line of a table; fewer than there are columns in a title, and in what runs over."""

    cells: Sequence[str]
    bold: bool = False


def _widths(rows: Iterable[_Row], count: int) -> list[int]:
    """Return how wide each column is. A title may reach over the columns after the first."""
    wide = [0] * count
    for row in rows:
        for k, cell in enumerate(row.cells):
            if len(row.cells) > 1 or count == 1 or not row.bold:
                wide[k] = max(wide[k], columns_of(cell))
    return wide


def _side_by_side(rows: Sequence[_Row], width: int) -> Iterator[_Row]:
    """Rows whose cells run over as many lines as it takes for all columns to fit a page."""
    count = max(len(row.cells) for row in rows)
    wide = _widths(rows, count)
    free = width - _GAP * (count + 1)
    while sum(wide) > max(free, 8 * count):
        wide[wide.index(max(wide))] -= 1
    for row in rows:
        cells = [_wrapped(cell, wide[k]) for k, cell in enumerate(row.cells)]
        for k in range(max(map(len, cells))):
            yield _Row([cell[k] if k < len(cell) else "" for cell in cells], row.bold)


def _run_over(rows: Iterable[_Row], k: int, most: int) -> Iterator[_Row]:
    """Rows with the cell of one column in several lines; the other cells stand beside its last (k = 0) or first."""
    for row in rows:
        if len(row.cells) <= k or columns_of(row.cells[k]) <= most or not row.cells[k].strip():
            yield row
            continue
        cell = row.cells[k]
        space = cell[: len(cell) - len(cell.lstrip())]
        parts = [space + part for part in _wrapped(cell, max(most - len(space), 8))]
        if k == 0:
            yield from (_Row([part], row.bold) for part in parts[:-1])
            yield _Row([parts[-1], *row.cells[1:]], row.bold)
        else:
            yield _Row([*row.cells[:k], parts[0]], row.bold)
            yield from (_Row([""] * k + [part], row.bold) for part in parts[1:])


def _wrapped(words: str, room: int) -> list[str]:
    """Words in lines of at most so many columns, or of one word that is too long. Wide letters may be parted."""
    lines: list[str] = []
    taken = room
    for word in plain(words).replace("\t", " ").split(" "):
        for piece in _pieces(word, room) if word else ():
            wide = columns_of(piece)
            if taken + 1 + wide > room:
                lines.append(piece)
                taken = wide
            else:
                lines[-1] += f" {piece}"
                taken += 1 + wide
    return lines


def _pieces(word: str, room: int) -> list[str]:
    """A word, in parts that fill a line each where it is too long and written in wide letters, without spaces."""
    if columns_of(word) <= room or not any(map(_is_wide, word)):
        return [word]
    pieces, taken = [""], 0
    for letter in word:
        wide = columns_of(letter)
        if taken + wide > room:
            pieces.append("")
            taken = 0
        pieces[-1] += letter
        taken += wide
    return pieces


def plain(words: str) -> str:
    r"""Words without line breaks, control characters, and signs that turn the direction of what follows them.

    A name in quotes may hold those; letters of every script know their direction without such signs.

    Examples
    --------
    >>> plain("two\nlines"), plain("\u202eback")
    ('two lines', 'back')
    """
    if words.isprintable():
        return words
    return "".join(" " if category(letter) == "Cc" else letter for letter in words if letter not in TURNING)


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"


def columns_of(words: str) -> int:
    """How many columns of a terminal words take: two for the wide letters of East Asia, none for a mark over a letter.

    Examples
    --------
    >>> columns_of("Dam"), columns_of("大坝")
    (3, 4)
    """
    if words.isascii():
        return len(words)
    return sum(0 if category(letter) in ("Mn", "Me", "Cf") else 1 + _is_wide(letter) for letter in words)


def page() -> Page:
    """The page that standard output is."""
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 24)).columns if terminal or os.environ.get("COLUMNS") else 100
    return Page(width, terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb")


def show(parts: Iterable[Block]) -> None:
    """Print the parts of an answer to standard output."""
    on = page()
    for part in parts:
        sys.stdout.write(f"{on.printed(part)}\n")


def printed(on: Page, parts: Iterable[Block]) -> str:
    """The parts of an answer as one text."""
    return "\n".join(map(on.printed, parts))
