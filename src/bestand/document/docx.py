"""A report as DOCX, to be gone on with in a word processor: real styles, and nothing that only looks like a heading."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bestand.prose.messages import _p

from .blocks import Block, Bullets, Callout, Facts, Figure, Heading, Line, Paragraph, Table
from .docx_file import begun, put, saved
from .docx_xml import Look, of_runs, paragraph, run, table
from .fitting import ROOM, fitted
from .grid import Grid, grid, pairs
from .paper import Paper
from .png import png
from .ready import runs_right_to_left, steps

if TYPE_CHECKING:
    from docx.document import Document

_STEP = 18.0  # points by which a paragraph is moved in
_HIGHEST = 620.0  # points for a picture: its caption finds room on the same page
_DOTS = 2.0  # of a picture, to each unit of its SVG
_POINTS = 0.75  # to a unit of an SVG
_BREADTH = 0.92  # of the letters, as `fitted` understands it
_LIST_NUMBER = 5  # the numbering of numbered lists, in the file that python-docx begins with


def document(paper: Paper) -> bytes:
    """A report (`ready`) as DOCX. Raises `MissingExtra` where python-docx, or typst for a picture, is not installed."""
    made = begun(paper)
    put(made, paragraph(paper.title, Look("Title")))
    if paper.subtitle:
        put(made, paragraph(paper.subtitle, Look("Subtitle")))
    for block in paper.blocks:
        _add_block(made, block)
    return saved(made)


def _add_block(to: Document, block: Block) -> None:
    """Put a part below the others."""
    match block:
        case Heading(words, styles, level, opens):
            put(to, paragraph(words, Look(f"Heading{level}", opens=opens), styles))
        case Paragraph(words, indent, styles):
            put(to, paragraph(words, Look("Normal", left=steps(indent) * _STEP), styles))
        case Line(parts):
            to_left = runs_right_to_left("".join(words for words, _styles in parts))
            put(to, of_runs("".join(run(words, styles) for words, styles in parts), Look("Line"), to_left=to_left))
        case Table():
            _add_table(to, grid(block))
        case Facts():
            _add_table(to, pairs(block))
        case Figure():
            _add_figure(to, block)
        case Bullets(items, ordered):
            look = Look("ListNumber", numbers=_new_numbers(to)) if ordered else Look("ListBullet")
            put(to, "".join(paragraph(words, look) for words in items))
        case Callout(words, kind, label):
            look = Look(kind.capitalize())
            label = _p("label of a box", "Warning") if kind == "warning" else label
            if label:
                put(to, paragraph(label, Look(look.style, keep=True), ["bold"]))
            put(to, "".join(paragraph(each, look) for each in words))


def _add_table(to: Document, cells: Grid) -> None:
    """Put a table below, its caption above it. What follows a table would touch it, so a gap stands between."""
    if cells.caption:
        put(to, paragraph(cells.caption, Look("Caption", keep=True)))
    for part in fitted(cells, breadth=_BREADTH):
        put(to, table(part) + of_runs("", Look("Gap")))


def _add_figure(to: Document, figure: Figure) -> None:
    """Put a picture below its title, made smaller where it is larger than the page, and its caption below it."""
    from docx.image.image import Image
    from docx.shared import Pt

    dots = png(figure.svg, _DOTS)
    image = Image.from_blob(dots)
    wide, high = (count / _DOTS * _POINTS for count in (image.px_width, image.px_height))
    scale = min(1.0, ROOM / wide, _HIGHEST / high)
    if figure.title:
        put(to, paragraph(figure.title, Look("Caption", keep=True)))
    set_ = to.add_paragraph(style="Picture")
    set_.paragraph_format.keep_with_next = bool(figure.caption)
    shape = set_.add_run().add_picture(io.BytesIO(dots), Pt(wide * scale), Pt(high * scale))
    shape._inline.docPr.set("descr", figure.alternative)
    if figure.caption:
        put(to, paragraph(figure.caption, Look("Caption")))


def _new_numbers(to: Document) -> int:
    """A numbering that begins at 1, for one list."""
    known = to.part.numbering_part.element
    made = known.add_num(known.num_having_numId(_LIST_NUMBER).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return made.numId
