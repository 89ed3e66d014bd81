"""Files of other programs: what they are, so that whoever gives one learns what to do with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_START = "a model is a YAML text: 'bestand new my.yaml' writes one to start from"
_LOOKED_AT = 2**16  # bytes at the beginning
_FEW = 20  # lines


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a file is that is no model, and what to do."""

    what: str
    hint: str = _START


def foreign(source: bytes | str) -> Foreign | None:
    """Return which program's file this is, by its first bytes; None where it may be a model.

    Examples
    --------
    >>> foreign(b"%PDF-1.7").what
    'a PDF'
    """
    if isinstance(source, str):
        source = source[:_LOOKED_AT].encode(errors="ignore")
    if source.startswith(b"PK\x03\x04"):
        return _packed(source)
    return next((found for pattern, found in _KINDS if pattern.match(source[:_LOOKED_AT])), None)


def table(text: str) -> Foreign | None:
    r"""Return that a text which is no mapping is a table: as many cells in every line.

    Examples
    --------
    >>> table("party,option\nup,release").what
    'a table (.csv)'
    """
    lines = text.strip().splitlines()[:_FEW]
    for sign in (",", ";", "\t"):
        cells = {line.count(sign) for line in lines}
        if len(lines) > 1 and len(cells) == 1 and cells != {0}:
            return Foreign("a table (.csv)")
    return None


def _packed(source: bytes) -> Foreign:
    """Return which office document this is, by the names of what is packed in it."""
    try:
        with ZipFile(BytesIO(source)) as packed:
            folders = {name.partition("/")[0] for name in packed.namelist()}
    except (BadZipFile, ValueError, NotImplementedError):
        folders = set()
    return next((found for folder, found in _PACKED.items() if folder in folders), Foreign("a ZIP archive"))


_PACKED = {
    "word": Foreign("a document of a word processor (.docx)"),
    "xl": Foreign("a workbook of a spreadsheet (.xlsx)"),
    "ppt": Foreign("a presentation (.pptx)"),
    "content.xml": Foreign("an office document (.odt, .ods)"),
}
_KINDS: tuple[tuple[re.Pattern[bytes], Foreign], ...] = (
    (re.compile(rb"%PDF"), Foreign("a PDF")),
    (re.compile(rb"\xd0\xcf\x11\xe0"), Foreign("an office document of the older kind (.doc, .xls)")),
    (re.compile(rb"\s*\{\\rtf"), Foreign("a document of a word processor (.rtf)")),
    (re.compile(rb"\s*<(!DOCTYPE )?html", re.IGNORECASE), Foreign("a web page")),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), Foreign("a picture")),
    (re.compile(rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf"), Foreign("compressed", "unpack it first")),
    (
        re.compile(rb"SQLite format 3\0"),
        Foreign("a database", "of what vary keeps (--out), give the model it was made of"),
    ),
    (re.compile(rb'\s*\{.*?"decisionMakers"\s*:', re.DOTALL), Foreign("a conflict of GMCR+ (.gmcr)")),
    (re.compile(rb"\s*NFG 1 "), Foreign("a strategic game (.nfg)")),
    (re.compile(rb"\s*EFG 2 "), Foreign("an extensive game (.efg)")),
)
