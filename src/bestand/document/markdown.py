"""A report as GitHub Markdown: plain text that can be read as it is, pictures as what they show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bestand.prose.messages import _p

from .blocks import Block, Bullets, Callout, Facts, Figure, Heading, Line, Paragraph, Style, Table
from .grid import Grid, grid
from .paper import Paper

_SIGNS = re.compile(r"[\\`*{}\[\]<>#|~&$!]|(?<![^\W_])_|_(?![^\W_])")  # an underscore between letters is one
_BEGINNING = re.compile(r"^(\d+)?([-+=.)])")  # of a list, or a line below a heading


def document(paper: Paper) -> bytes:
    """A report (`ready`) as Markdown."""
    parts = [f"# {_line(paper.title)}", _line(paper.subtitle), *map(_block, paper.blocks)]
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading(words, level=level):
            return f"{'#' * (level + 1)} {_line(words)}"
        case Paragraph(words, _indent, styles):
            return _at_beginning(_styled(words, styles))
        case Line(parts):
            return _at_beginning("".join(_styled(words, styles) for words, styles in parts))
        case Table():
            return "\n".join(_table(grid(block)))
        case Figure(_svg, alternative, caption, title):
            label = _escaped(_p("label of a box", "Picture"))
            label += f": {_line(title)}." if title else ":"
            return _quoted([f"**{label}** {_escaped(alternative)}", *filter(None, [_line(caption)])])
        case Bullets(items, ordered):
            signs = [f"{k}." if ordered else "-" for k in range(1, len(items) + 1)]
            return "\n".join(f"{sign} {_line(words)}" for sign, words in zip(signs, items, strict=True))
        case Facts(rows):
            return "\n".join(f"- **{_line(name)}:** {_line(words)}" for name, words in rows)
        case Callout(words, kind, label):
            label = _p("label of a box", "Warning") if kind == "warning" else label
            return _quoted([*([_bold(_line(label))] if label else []), *map(_line, words)])


def _quoted(paragraphs: Iterable[str]) -> str:
    return "\n>\n".join(f"> {words}" for words in paragraphs)


def _table(cells: Grid) -> Iterator[str]:
    """The lines of a table. GitHub knows none without a row of headings, so it may be empty."""
    if cells.caption.strip():
        yield f"**{_line(cells.caption)}**\n"
    yield _row(map(_line, cells.header or [""] * cells.columns))
    yield _row("---" if k in cells.left else "---:" for k in range(cells.columns))
    for row in cells.rows:
        first = _bold(_line(row.cells[0])) if row.title else _line(row.cells[0])
        rest = [""] * (cells.columns - 1) if row.title else map(_line, row.cells[1:])
        yield _row(["&nbsp;" * 2 * row.indent + first, *rest])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _styled(words: str, styles: Iterable[Style]) -> str:
    """Bold words in bold, the spaces around them not. Colours are left out."""
    told = _escaped(words)
    inner = told.strip()
    return told.replace(inner, _bold(inner), 1) if "bold" in styles else told


def _bold(told: str) -> str:
    return f"**{told}**" if told else ""


def _line(words: str) -> str:
    """Words of a paragraph, or of a cell."""
    return _at_beginning(_escaped(words))


def _at_beginning(told: str) -> str:
    r"""Return what begins a line, so that it begins no list and is no line below a heading.

    Examples
    --------
    >>> _at_beginning(" 1. one "), _at_beginning("- two")
    ('1\\. one', '\\- two')
    """
    return _BEGINNING.sub(r"\1\\\2", told.strip())


def _escaped(words: str) -> str:
    r"""Words in which no sign means anything to Markdown or HTML, within a line.

    Examples
    --------
    >>> _escaped("a*b* <i> walk_away | 1"), _escaped("_x_")
    ('a\\*b\\* \\<i\\> walk_away \\| 1', '\\_x\\_')
    """
    return _SIGNS.sub(lambda found: "\\" + found[0], words)
