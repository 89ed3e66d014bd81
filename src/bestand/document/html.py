"""A report as one HTML file: no script, nothing to fetch, to be read in a browser, on a phone and on paper.

`fragment` sets the parts alone, for a notebook: its styles reach nothing outside its own box.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from bestand.prose.messages import _, _p

from .blocks import Block, Figure, Heading, Paragraph, Table
from .grid import grid
from .paper import Paper
from .ready import ready_blocks, runs_right_to_left, steps

if TYPE_CHECKING:
    from jinja2 import Template

_PROLOGUE = re.compile(r"\A\s*(<\?xml.*?\?>\s*)?(<!DOCTYPE[^>]*>\s*)?", re.DOTALL)  # of an SVG that stands by itself


def document(paper: Paper) -> bytes:
    """A report (`ready`) as a page. Its own ids are ``content`` and ``part-1``, ``part-2`` …: pictures have others."""
    contents = [block.words for block in paper.blocks if isinstance(block, Heading) and block.level == 1]
    page = _template("page.html")
    return page.render(paper=paper, parts=_parts(paper.blocks), contents=contents, words=_words()).encode()


def fragment(blocks: Iterable[Block]) -> str:
    """Parts of an answer as HTML to be put into a page, with the styles they need.

    Examples
    --------
    >>> from bestand.document.blocks import Paragraph
    >>> '<p>Peace &amp; quiet</p>' in fragment([Paragraph("Peace & quiet")])
    True
    """
    return _template("fragment.html").render(parts=_parts(ready_blocks(blocks)), words=_words())


def _parts(blocks: Iterable[Block]) -> Iterator[tuple[str, Any]]:
    """Yield what the templates set: each part with the name of its kind."""
    from markupsafe import Markup

    for block in blocks:
        kind = type(block).__name__.lower()
        match block:
            case Table():
                yield kind, grid(block)
            case Figure(svg):
                # The picture is our own, and is the only thing that goes in as it is.
                yield kind, dataclasses.replace(block, svg=Markup(_PROLOGUE.sub("", svg)))
            case Paragraph(words, indent, styles):
                yield kind, {"words": words, "styles": styles, "steps": steps(indent)}
            case _:
                yield kind, block


def _words() -> dict[str, str]:
    """Return what the page itself says."""
    return {
        "skip": _("To the content"),
        "contents": _("Contents"),
        "table": _("Table"),
        "picture": _p("label of a box", "Picture"),
        "shows": _("What the picture shows"),
        "warning": _p("label of a box", "Warning"),
    }


@cache
def _template(name: str) -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("bestand.document"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name, globals={"runs_right_to_left": runs_right_to_left})
