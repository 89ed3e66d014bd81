"""Setting words and tables on a page of a terminal: wrapped, aligned, and styled only where styles are seen.

Plain lines, so that answers can be piped. The width of a piped page is 100 columns unless COLUMNS says otherwise.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar
from unicodedata import east_asian_width

T = TypeVar("T")
Style = Literal["bold", "dim", "red", "green", "yellow"]

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

    def heading(self, words: str) -> str:
        """The title of a part, with an empty line before it."""
        return f"\n{self.styled_as(words, 'bold')}"

    def paragraph(self, words: str, indent: int = 2, *styles: Style) -> str:
        """Running text. A word that is too long for a line keeps its letters together."""
        space = " " * indent
        lines = textwrap.wrap(
            words,
            max(self.width, indent + 20),
            initial_indent=space,
            subsequent_indent=space,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "\n".join(self.styled_as(line, *styles) for line in lines)

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]], left: frozenset[int] = frozenset({0})) -> str:
        """Cells in columns: numbers to the right, words (the columns in ``left``) to the left.

        A row of one cell is a title within the table.
        """
        rows = [list(row) for row in rows]
        wide = [
            max(_columns(row[k]) for row in (header, *rows) if k < len(row) and len(row) > (k == 0))
            for k in range(len(header))
        ]
        lines = [self.styled_as(_line(header, wide, left), "bold")] if any(header) else []
        for row in rows:
            line = _line(row, wide, left)
            lines.append(self.styled_as(line, "bold") if len(row) == 1 else line)
        return "\n".join(lines)


def _line(cells: Sequence[str], wide: Sequence[int], left: frozenset[int]) -> str:
    set_: list[str] = []
    for k, (cell, width) in enumerate(zip(cells, wide, strict=False)):
        fill = " " * max(width - _columns(cell), 0)
        set_.append(cell + fill if k in left else fill + cell)
    return (" " * _GAP + (" " * _GAP).join(set_)).rstrip()


def _columns(words: str) -> int:
    """How many columns of a terminal words take: two for the wide letters of East Asia."""
    return len(words) if words.isascii() else sum(1 + (east_asian_width(letter) in "WF") for letter in words)


def page() -> Page:
    """The page that standard output is."""
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 24)).columns if terminal or os.environ.get("COLUMNS") else 100
    return Page(width, terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb")


def show(parts: Iterable[str]) -> None:
    """Print the parts of an answer to standard output."""
    for part in parts:
        sys.stdout.write(f"{part}\n")


def progress(items: Sequence[T], what: str) -> Iterator[T]:
    """Show on a terminal's standard error how far a list of work is."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, console=Console(stderr=True), transient=True)
