"""A file's bytes as text, or the reason why they are none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn
from unicodedata import normalize

from bestand.model.errors import CallError, ModelError, Problem

from .foreign import foreign

MAX_BYTES = 20_000_000
# What YAML allows; all else is a sign that this is no text.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what ends a line in YAML


def read_bytes(path: Path) -> bytes:
    """Return what a file holds: no more than is needed to see that it is too large.

    Raises
    ------
    CallError
        When it is a folder or cannot be read.
    """
    try:
        if path.is_dir():
            raise CallError(f"'{path}' is a folder; a model is one file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise error if isinstance(error, CallError) else CallError(f"'{path}' cannot be read: {reason}") from error


def decode(source: bytes | str, name: str = "the model") -> str:
    r"""The text of a file, its letters composed in one way (NFC).

    Raises
    ------
    ModelError
        When it is too large, empty, binary, or not UTF-8.

    Examples
    --------
    >>> decode(b"\xef\xbb\xbftitle: Dam")
    'title: Dam'
    """
    if len(source) > MAX_BYTES:
        _fail(
            name,
            1,
            1,
            "too-large",
            f"the file is larger than {MAX_BYTES // 1_000_000} MB",
            "a model is a text of some pages",
        )
    if (other := foreign(source)) is not None:
        _fail(name, 1, 1, "other-program", f"this is {other.what}, and no model", other.hint)
    text = source if isinstance(source, str) else _decoded(source, name)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        _fail(name, 1, 1, "empty-file", "the file is empty", "a model begins with 'bestand: 1'")
    if found := _FORBIDDEN.search(text):
        line, column = place(text, found.start())
        message = f"character U+{ord(found[0]):04X} cannot stand in a text file"
        _fail(name, line, column, "binary" if found[0] == "\0" else "bad-character", message, "a model is a YAML text")
    return normalize("NFC", text)  # so that names that read alike are the same


def place(text: str, offset: int) -> tuple[int, int]:
    r"""The line and column, both from 1, of the character at ``offset``.

    Examples
    --------
    >>> place("a\nbc", 3)
    (2, 2)
    """
    lines = _ENDS.split(text[:offset])
    return len(lines), len(lines[-1]) + 1


def _decoded(source: bytes, name: str) -> str:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        _fail(name, 1, 1, "not-utf8", "this text is UTF-16", "save it as UTF-8")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in source:
            _fail(name, 1, 1, "binary", "this is a binary file, not a text", "a model is a YAML text")
        line, column = place(source[: error.start].decode("utf-8").removeprefix("\ufeff"), error.start)
        message = f"byte 0x{source[error.start]:02X} is not UTF-8"
        _fail(name, line, column, "not-utf8", message, "save the file as UTF-8")


def _fail(name: str, line: int, column: int, code: str, message: str, hint: str) -> NoReturn:
    raise ModelError([Problem(line, column, code, "error", message, hint)], name)
