"""A report as a document: HTML, PDF, DOCX or Markdown, by the ending of the file.

Every format is deterministic: the same paper gives the same bytes on the same computer, and none holds a date.
"""

from __future__ import annotations

from collections.abc import Callable

from bestand.model.errors import CallError, nearest
from bestand.prose.messages import speaking

from . import docx, html, markdown, pdf
from .paper import Paper
from .ready import ready

FORMATS: dict[str, Callable[[Paper], bytes]] = {
    "html": html.document,
    "pdf": pdf.document,
    "docx": docx.document,
    "md": markdown.document,
}


def written(paper: Paper, ending: str) -> bytes:
    r"""A report in the format that the ending of a file stands for: ``html``, ``pdf``, ``docx`` or ``md``.

    Raises
    ------
    CallError
        For an ending that no format has; `MissingExtra` where a package for the format is not installed.

    Examples
    --------
    >>> written(Paper("A dam", "", "en", ()), "md")
    b'# A dam\n'
    """
    _known(ending)
    with speaking(paper.language):
        return FORMATS[ending](ready(paper))


def check_format(ending: str) -> None:
    """Find out whether a document of a format can be made, before the work on what it will hold begins.

    Raises
    ------
    CallError
        For an ending that no format has; `MissingExtra` where a package for the format is not installed.
    """
    _known(ending)
    FORMATS[ending](ready(Paper("", "", "en", ())))


def _known(ending: str) -> None:
    if ending not in FORMATS:
        hint = nearest(ending, FORMATS)
        told = f"{hint} " if hint else ""
        raise CallError(f"'{ending}' is no format of a report; {told}formats: {', '.join(FORMATS)}")
