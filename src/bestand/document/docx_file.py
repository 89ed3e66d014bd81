"""The file that a DOCX is: how it begins, what it says of itself, and its bytes."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from importlib import resources
from typing import TYPE_CHECKING, Any

from bestand.model.errors import MissingExtra

from .docx_xml import field, run
from .fitting import ROOM
from .paper import Paper

if TYPE_CHECKING:
    from docx.document import Document

_PAGE = (595.3, 841.9)  # points: A4
_MARGIN = (_PAGE[0] - ROOM) / 2
_LANGUAGES = {"en": "en-GB", "nl": "nl-NL"}
_MOST = 255  # letters of what a file says of itself
_NEVER = (1980, 1, 1, 0, 0, 0)  # the time of every file in the archive: the first that it can hold


def begun(paper: Paper) -> Document:
    """A document without parts: its page, its styles in the language, and what it says of itself.

    Raises
    ------
    MissingExtra
        Where python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtra("DOCX needs python-docx", "report") from error
    made = docx.Document()
    _set_page(made)
    _dress(made, _LANGUAGES[paper.language])
    _describe(made, paper)
    return made


def put(to: Document, xml: str) -> None:
    """Put paragraphs or tables (`bestand.document.docx_xml`) below what is there."""
    end = to.element.body.sectPr
    for each in _parsed(xml):
        end.addprevious(deepcopy(each))  # a copy declares its own name space; to move what does not takes long


def saved(made: Document) -> bytes:
    """The bytes of a document: the same for the same document, at whatever time."""
    written, fixed = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _NEVER), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _set_page(made: Document) -> None:
    """A4, with the number of the page and of all pages below."""
    from docx.shared import Pt

    section = made.sections[0]
    section.page_width, section.page_height = Pt(_PAGE[0]), Pt(_PAGE[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(_MARGIN)
    section.footer.is_linked_to_previous = False
    below = section.footer.paragraphs[0]
    for run_ in _parsed(field("PAGE") + run(" / ") + field("NUMPAGES")):
        below._p.append(run_)


def _dress(made: Document, language: str) -> None:
    """The styles of a report in the place of those that python-docx has by the same ids."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import parse_xml

    known = made.styles.element
    ours = resources.files("bestand.document").joinpath("templates", "styles.xml").read_bytes()
    for style in list(parse_xml(ours)):
        for other in known.findall(qn("w:style")):
            if other.get(qn("w:styleId")) == style.get(qn("w:styleId")):
                known.remove(other)
        known.append(style)
    for each in known.iter(qn("w:lang")):
        each.set(qn("w:val"), language)


def _describe(made: Document, paper: Paper) -> None:
    """Return what the file says of itself: no dates, no program, no picture of another document."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    about = made.core_properties
    about.title, about.subject, about.language = paper.title[:_MOST], paper.subtitle[:_MOST], paper.language
    about.author = about.comments = ""
    for dated in list(about._element):
        if dated.tag.endswith(("}created", "}modified")):
            about._element.remove(dated)
    package = made.part.package
    assert package is not None, "every document is in a file"
    for key in [key for key, each in package.rels.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]


def _parsed(xml: str) -> list[Any]:
    """The elements of a text in which ``w:`` needs no explanation."""
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))
