"""Paragraphs and tables as WordprocessingML. Written as text, they take a fraction of the time of built elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from .blocks import Style
from .fitting import INDENT, SIZES, Fitted
from .ready import runs_right_to_left

_COLOURS: dict[Style, str] = {"dim": "50545C", "red": "8F1010", "green": "14632F", "yellow": "754B0D"}
_TWIPS = 20  # to a point


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands, besides its style.

    Parameters
    ----------
    style : str
        The id of a style of ``templates/styles.xml``.
    keep : bool
        Whether the next paragraph stays on the same page.
    numbers : int
        The numbering that it is an item of; 0 for that of its style, if any.
    left : float
        By how many points it is moved in.
    end : bool
        Whether it is set to the right.
    opens : bool
        Whether a page begins with it.
    """

    style: str
    keep: bool = False
    numbers: int = 0
    left: float = 0
    end: bool = False
    opens: bool = False


def run(words: str, styles: Sequence[Style] = ()) -> str:
    """Words in a style.

    Examples
    --------
    >>> run("a < b", ["bold"])
    '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">a &lt; b</w:t></w:r>'
    """
    colour = next((_COLOURS[style] for style in styles if style in _COLOURS), "")
    look = "<w:b/>" * ("bold" in styles)
    look += f'<w:color w:val="{colour}"/>' if colour else ""
    look += "<w:rtl/>" * runs_right_to_left(words)
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(words: str, look: Look, styles: Sequence[Style] = ()) -> str:
    """A paragraph of words in one style."""
    return of_runs(run(words, styles), look, to_left=runs_right_to_left(words))


def of_runs(runs: str, look: Look, *, to_left: bool = False) -> str:
    """A paragraph of runs; ``to_left`` where it runs from right to left."""
    told = f'<w:pStyle w:val="{look.style}"/>'
    told += "<w:keepNext/>" * look.keep
    told += "<w:pageBreakBefore/>" * look.opens
    told += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{look.numbers}"/></w:numPr>' if look.numbers else ""
    told += "<w:bidi/>" * to_left
    told += f'<w:ind w:left="{_twips(look.left)}"/>' if look.left else ""
    told += '<w:jc w:val="right"/>' if look.end and not to_left else ""
    return f"<w:p><w:pPr>{told}</w:pPr>{runs}</w:p>"


def field(name: str) -> str:
    """A run that the word processor fills, such as the number of the page."""
    return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def table(part: Fitted) -> str:
    """A table whose row of headings stands on each page."""
    look = (
        f'<w:tblStyle w:val="ReportTable"/><w:tblW w:w="{_twips(sum(part.widths))}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0000" w:firstRow="{int(bool(part.grid.header))}" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in part.widths)
    rows = "".join(_rows(part))
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _rows(part: Fitted) -> Iterator[str]:
    """The rows: the first three stay together on a page, and so do the last two."""
    grid, style = part.grid, f"Cell{SIZES.index(part.size)}"
    looks = [Look(style, end=k not in grid.left) for k in range(grid.columns)]
    if grid.header:
        told = [
            paragraph(words, replace(look, keep=True), ["bold"]) for words, look in zip(grid.header, looks, strict=True)
        ]
        yield _row(map(_cell, told, part.widths), "<w:tblHeader/>")
    last = len(grid.rows) - 1
    for k, row in enumerate(grid.rows):
        keep = k < min(2, last) or k == last - 1
        if row.title:
            title = paragraph(row.cells[0], Look(style, keep=True), ["bold"])
            yield _row([_cell(title, sum(part.widths), grid.columns)])
        else:
            first = replace(looks[0], left=row.indent * INDENT, keep=keep)
            kept = [replace(look, keep=keep) for look in looks[1:]]
            told = [paragraph(row.cells[0], first, ["bold"] if grid.facts else [])]
            yield _row(map(_cell, [*told, *map(paragraph, row.cells[1:], kept)], part.widths))


def _row(cells: Iterable[str], kind: str = "") -> str:
    """A row that no page parts."""
    return f"<w:tr><w:trPr><w:cantSplit/>{kind}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(told: str, width: float, columns: int = 1) -> str:
    over = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{over}</w:tcPr>{told}</w:tc>'


def _twips(points: float) -> int:
    return round(points * _TWIPS)
