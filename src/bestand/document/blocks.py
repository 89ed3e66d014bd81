"""What an answer is made of, before it is set on a page: headings, running text, tables and pictures.

The parts of an answer are the same whether a terminal prints them (`bestand.document.terminal`) or a report holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Style = Literal["bold", "dim", "red", "green", "yellow"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part.

    Parameters
    ----------
    words : str
    styles : tuple of str
    level : int
        1 for a part, 2 for a part of a part.
    opens : bool
        Whether a page begins with it.
    """

    words: str
    styles: tuple[Style, ...] = ()
    level: int = 1
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text.

    Parameters
    ----------
    words : str
    indent : int
        In columns of a terminal: 0 for what stands by itself, 2 for the text of a part, more for what belongs to the
        paragraph before it.
    styles : tuple of str
    """

    words: str
    indent: int = 2
    styles: tuple[Style, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line by itself, that is not wrapped: words, each with its styles. Empty, it is a gap."""

    parts: tuple[tuple[str, tuple[Style, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in columns.

    Parameters
    ----------
    header : tuple of str
    rows : tuple of tuple of str
        A row of one cell is a title within the table.
    left : frozenset of int
        The columns that hold words; the others hold numbers and short signs.
    caption : str
        What the table is about, for those who read it apart from the text around it.
    whole : bool
        Whether its columns stay side by side, for who compares them: words run over several lines instead.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: frozenset[int] = frozenset({0})
    caption: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of things, one below the other; ``ordered`` where their order is that of steps."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names of things, and beside each what is said of it."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """What must not be missed: words set apart from the text around them.

    Parameters
    ----------
    words : tuple of str
        Paragraphs.
    kind : {"answer", "warning"}
    label : str
        What stands above them: a mark and a word, so that boxes differ in more than their colour.
    """

    words: tuple[str, ...]
    kind: Literal["answer", "warning"] = "answer"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: an SVG document, what it shows for whom cannot see it, a line to stand below it, and its title."""

    svg: str
    alternative: str
    caption: str = ""
    title: str = ""


Block = Heading | Paragraph | Line | Table | Figure | Bullets | Facts | Callout


def heading(words: str, *styles: Style) -> Heading:
    """Return the title of a part."""
    return Heading(words, styles)


def paragraph(words: str, indent: int = 2, *styles: Style) -> Paragraph:
    """Return running text."""
    return Paragraph(words, indent, styles)


def table(header: Iterable[str], rows: Iterable[Sequence[str]], left: Iterable[int] = (0,), caption: str = "") -> Table:
    """A table from cells in any form."""
    return Table(tuple(header), tuple(tuple(row) for row in rows), frozenset(left), caption)
