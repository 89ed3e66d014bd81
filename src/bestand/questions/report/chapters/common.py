"""What the chapters of a report share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Heading, Line, Paragraph
from bestand.prose.messages import _, said

if TYPE_CHECKING:
    from bestand.questions.report.answer import Missing


def chapter(words: str, *, opens: bool = False) -> Heading:
    """The title of a chapter, which ``opens`` a page or not."""
    return Heading(words, opens=opens)


def section(words: str) -> Heading:
    """The title of a part of a chapter."""
    return Heading(words, level=2)


def running(words: str) -> Paragraph:
    """Return running text."""
    return Paragraph(words, 0)


def deeper(blocks: Iterable[Block], levels: int = 1) -> Iterator[Block]:
    """Parts of an answer as parts of a chapter: their titles stand lower, in no colour."""
    for block in blocks:
        if isinstance(block, Heading):
            yield replace(block, level=block.level + levels, styles=())
        elif not isinstance(block, Line) or block.parts:
            yield block


def absent(lack: Missing | None) -> Iterator[Block]:
    """Why something is not running, or not all of it."""
    if lack is None or lack.kind == "nothing":
        return
    if lack.kind == "too large":
        yield running(_("This was not worked out, since it needs the states of the model listed one by one."))
    else:
        yield running(_("This is not all of it: {limit}.", limit=said(lack.because) if lack.because else ""))
