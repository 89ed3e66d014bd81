"""A report made ready for every format: nothing that a document cannot hold, nothing empty, headings without gaps."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any
from unicodedata import bidirectional, category

from bestand.prose.messages import _, _p

from .blocks import Block, Bullets, Callout, Facts, Figure, Heading, Paragraph, Table
from .paper import Paper
from .terminal import plain

DEEPEST = 5  # levels of headings below the title
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")  # XML 1.0, PDF/UA-1
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")  # by Unicode: control, format, spaces


def ready(paper: Paper) -> Paper:
    """A report whose words every format can hold. No document goes without a title."""
    title = clean(paper.title) if is_seen(paper.title) else _("Report")
    return Paper(title, clean(paper.subtitle), paper.language, ready_blocks(paper.blocks), paper.brief)


def ready_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    r"""Parts whose words every format can hold, each heading at most one level below the one before it.

    Examples
    --------
    >>> ready_blocks([Heading("One\n"), Heading("Two", level=3)])
    (Heading(words='One ', styles=(), level=1, opens=False), Heading(words='Two', styles=(), level=2, opens=False))
    """
    made: list[Block] = []
    level = 0
    for block in filter(_says_something, map(_cleaned, blocks)):
        if isinstance(block, Heading):
            level = max(1, min(block.level, level + 1, DEEPEST))
            block = dataclasses.replace(block, level=level)
        made.append(block)
    return tuple(made)


def _says_something(block: Block) -> bool:
    """Return whether a part holds anything; a line without words is a gap. Few formats can hold what is empty."""
    match block:
        case Heading(words) | Paragraph(words):
            return is_seen(words)
        case Table(header, rows):
            return any(map(len, (header, *rows)))
        case Bullets(items):
            return bool(items)
        case Facts(rows):
            return bool(rows)
        case Callout(words):
            return bool(words)
    return True


def clean(words: str) -> str:
    r"""Words on one line, without control characters and without what XML or PDF/UA forbids.

    Examples
    --------
    >>> clean("two\nlines\x00\ufffe")
    'two lines  '
    """
    return _FORBIDDEN.sub(" ", plain(words))


def is_seen(words: str) -> bool:
    """Return whether words hold anything but spaces and signs without a shape.

    Examples
    --------
    >>> is_seen("a"), is_seen("\u200b \u200f")
    (True, False)
    """
    return any(category(letter) not in _UNSEEN for letter in words)


def runs_right_to_left(words: str) -> bool:
    """Return whether most letters that have a direction belong to scripts that are written from right to left.

    A sentence of ours may begin with a name in such a script and is none the less read from the left.

    Examples
    --------
    >>> runs_right_to_left("1. שלום עולם (x)"), runs_right_to_left("שלום is reached")
    (True, False)
    """
    found = Counter(map(bidirectional, words))
    return found["R"] + found["AL"] > found["L"]


def steps(indent: int) -> int:
    """How many steps a paragraph is moved in, from columns of a terminal: the text of a part stands at the margin.

    Examples
    --------
    >>> [steps(indent) for indent in (0, 2, 4, 6)]
    [0, 0, 1, 2]
    """
    return max(0, indent - 2) // 2


def _cleaned(block: Block) -> Block:
    """A part with all its words clean. A picture keeps its line breaks, and never goes without words."""
    changed = {field.name: _clean_in(getattr(block, field.name)) for field in dataclasses.fields(block)}
    if isinstance(block, Figure):
        changed["svg"] = _FORBIDDEN.sub(" ", block.svg)
        told = (changed["alternative"], changed["caption"], _p("label of a box", "Picture"))
        changed["alternative"] = next(filter(is_seen, told))
    return dataclasses.replace(block, **changed)


def _clean_in(value: Any) -> Any:
    """The words in a value of a part, and in what it holds."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(map(_clean_in, value))
    return value
