"""A report as PDF, set by typst: tagged (PDF/UA-1), with bookmarks, its pictures drawn in lines and not in dots.

The parts go into ``templates/report.typ`` as data. typst has a serif of its own for Latin, Greek and Cyrillic and takes
other letters from the fonts of the computer. Where no font has a letter it warns of nothing and shows nothing, unless
the document is to be PDF/UA: then it refuses. So such a letter is set as □, and the report says so where it begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Any
from unicodedata import category

from bestand.prose.messages import _, _p

from .blocks import Block, Bullets, Callout, Facts, Figure, Heading, Line, Paragraph, Table
from .fitting import GAP, INDENT, LONGEST, Fitted, fitted
from .grid import Row, grid, pairs
from .paper import Paper
from .ready import runs_right_to_left, steps
from .typesetting import MissingLetters, SplitUp, pdf_of

_BREADTH = 0.8  # of the letters, as `fitted` understands it
_SMALL = (9.5, 9.0, 8.0)  # of type in tables, in points
_SHORT = 300  # letters
_OPENING = 12  # rows of a table: they take a quarter of a page at least
_CONTENTS = 4  # chapters, from which on a report lists them
_LONG_WORD = re.compile(rf"[^\s\u200b]{{{LONGEST + 1},}}")
_PIECE = re.compile(  # of a long word, as an address: after a sign if it has any
    r"[^/._?&=-]{0,17}[/._?&=-]+|[^/._?&=-]{1,17}$|.{1,6}"
)
_MAY_BREAK = "\u200b"

Data = dict[str, Any]


def document(paper: Paper) -> bytes:
    """A report (`ready`) as PDF. Raises `MissingExtra` where typst is not installed."""
    source = resources.files("bestand.document").joinpath("templates", "report.typ").read_text("utf-8")
    missing: frozenset[str] = frozenset()
    floats = True
    while True:
        data = json.dumps(_paper(paper, missing, floats=floats), ensure_ascii=False)
        told = data.translate(dict.fromkeys(map(ord, missing), "□"))
        try:
            return pdf_of(source, {"paper": told})
        except SplitUp:
            if not floats:
                raise
            floats = False
        except MissingLetters as error:
            more = _lacking(set(told).intersection(error.letters))
            if more <= missing:
                raise
            missing |= more


def _lacking(letters: Iterable[str]) -> frozenset[str]:
    """Of letters that cannot be shown, those to do without first: a mark takes the letter below it along."""
    strange = {letter for letter in letters if not letter.isascii()}
    marks = {letter for letter in strange if category(letter)[0] in "MC"}
    return frozenset(marks or strange)


def _paper(paper: Paper, missing: frozenset[str], *, floats: bool) -> Data:
    """All that the source sets: pictures float to where there is room, or stand where they come."""
    blocks = paper.blocks
    if missing:
        blocks = (Callout((_no_font(),), "warning"), *blocks)
    parts = [data for block in blocks for data in _blocks(block)]
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "heading": _leaf(paper.title),
        "below": _leaf(paper.subtitle),
        "language": paper.language,
        "warning": _p("label of a box", "Warning"),
        "gap": GAP,
        "indent": INDENT,
        "floats": floats,
        "brief": paper.brief,
        "blocks": parts if paper.brief else list(_with_contents(parts)),
    }


def _with_contents(parts: Sequence[Data]) -> Iterator[Data]:
    """The parts of a report; a list of its chapters follows the first of them, the summary."""
    chapters = [k for k, part in enumerate(parts) if part["kind"] == "heading" and part["level"] == 1]
    if len(chapters) < _CONTENTS:
        yield from parts
        return
    second = chapters[1]
    yield from parts[:second]
    yield {"kind": "contents", "title": _("Contents")}
    yield from parts[second:]


def _no_font() -> str:
    return _(
        "Some letters stand here as □: no font on the computer that made this file has them. The other formats of the "
        "report hold them."
    )


def _blocks(block: Block) -> Iterator[Data]:
    """Yield what stands for a part: tables that do not fit are several."""
    match block:
        case Heading(words, styles, level, opens):
            yield {"kind": "heading", "level": level, "words": _leaf(words), "styles": styles, "opens": opens}
        case Paragraph(words, indent, styles):
            yield {"kind": "paragraph", "words": _leaf(words), "steps": steps(indent), "styles": styles}
        case Line(parts):
            runs = [{"words": _leaf(words), "styles": styles} for words, styles in parts]
            yield {"kind": "line", "runs": runs}
        case Table():
            yield from map(_table, fitted(grid(block), breadth=_BREADTH, sizes=_SMALL))
        case Figure(svg, alternative, caption, title):
            yield {
                "kind": "figure",
                "svg": svg,
                "alternative": alternative,
                "caption": _leaf(caption),
                "title": _leaf(title),
            }
        case Bullets(items, ordered):
            yield {"kind": "bullets", "items": _leaves(items), "ordered": ordered}
        case Facts():
            yield from map(_table, fitted(pairs(block), breadth=_BREADTH, sizes=_SMALL))
        case Callout(words, kind, label):
            told = {"words": _leaves(words), "label": _leaf(label), "warns": kind == "warning"}
            yield {"kind": "callout", **told, "whole": sum(map(len, words)) <= 4 * _SHORT}


def _table(part: Fitted) -> Data:
    groups = [_group(title, rows) for title, rows in part.grid.groups()]
    return {
        "kind": "table",
        "caption": _leaf(part.grid.caption),
        "size": part.size,
        "widths": part.widths,
        "left": [k in part.grid.left for k in range(part.grid.columns)],
        "header": _leaves(part.grid.header),
        "repeat": _are_short(part.grid.header),
        "groups": groups,
        "opening": list(_opening(groups)),
        "facts": part.grid.facts,
    }


def _opening(groups: Iterable[Data]) -> Iterator[Data]:
    """The first rows of a table, more of them than a part of a page holds."""
    left = _OPENING
    for group in groups:
        if left > 0:
            yield group | {"rows": group["rows"][:left]}
        left -= 1 + len(group["rows"])


def _group(title: Row | None, rows: Iterable[Row]) -> Data:
    return {
        "title": None if title is None else _leaf(title.cells[0]),
        "repeat": title is None or _are_short(title.cells),
        "rows": [{"cells": _leaves(row.cells), "indent": row.indent, "whole": _are_short(row.cells)} for row in rows],
    }


def _are_short(cells: Iterable[str]) -> bool:
    """Whether cells take a part of a page at most: headings may stand on each page then, and rows be kept whole."""
    return all(len(words) <= _SHORT for words in cells)


def _leaves(words: Iterable[str]) -> list[str | Data]:
    return list(map(_leaf, words))


def _leaf(words: str) -> str | Data:
    """Words, with the places where a long one may be broken; those that run from right to left say so."""
    told = _LONG_WORD.sub(lambda found: _MAY_BREAK.join(_PIECE.findall(found[0])), words)
    return {"rtl": told} if runs_right_to_left(words) else told
