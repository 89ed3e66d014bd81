"""typst, which sets PDF and draws pictures: a fixed source, and what goes into it as data.

What a model says goes in as strings alone and is never part of the source, so nothing in it can be read as a command.
Nothing is fetched, and no file is read but fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from bestand.model.errors import BestandError, MissingExtra

if TYPE_CHECKING:
    from typst import Compiler

_MISSING = re.compile(r'the text `"(.*?)"` could not be displayed')  # no message: what typst says
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")


class MissingLetters(BestandError):
    """No font on this computer has some letters."""

    def __init__(self, letters: Iterable[str]) -> None:
        self.letters = tuple(sorted(set(letters)))
        super().__init__(self.letters)

    def __str__(self) -> str:
        return f"no font has {', '.join(self.letters)}"  # no message: an error


class SplitUp(BestandError):
    """A picture floats into something that goes over several pages, which a tagged PDF cannot tell."""

    def __str__(self) -> str:
        return "a picture floats into a part that goes over several pages"  # no message: an error


def pdf_of(source: str, inputs: Mapping[str, str]) -> bytes:
    """A tagged PDF (PDF/UA-1) of a source and its ``sys.inputs``.

    Raises
    ------
    MissingExtra
        Where typst is not installed.
    MissingLetters
        Where no font has a letter of the text. In pictures such letters are left out.
    SplitUp
        Where a picture floats into what goes over several pages.
    """
    compiler = _compiler()
    from typst import TypstError

    try:
        made = compiler.compile(source.encode(), format="pdf", sys_inputs=dict(inputs), pdf_standards=["ua-1"])
    except TypstError as error:
        if letters := _letters(error.diagnostic):
            raise MissingLetters(letters) from error
        if "would be split up" in error.diagnostic:
            raise SplitUp from error
        raise
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of Rust, which no handler of exceptions would see
            raise BestandError(f"typst broke off: {error}") from error
        raise
    assert isinstance(made, bytes), "a PDF is one file"
    return made


def _letters(diagnostic: str) -> set[str]:
    """The letters that typst says no font has; it writes some as a code."""
    texts = (_CODE.sub(lambda code: chr(int(code[1], 16)), found) for found in _MISSING.findall(diagnostic))
    return set().union(*texts)


def png_of(source: str, inputs: Mapping[str, str], density: float) -> bytes:
    """A picture of a source of one page, with so many dots to an inch. Raises `MissingExtra` as `pdf_of` does."""
    made = _compiler().compile(source.encode(), format="png", sys_inputs=dict(inputs), ppi=density)
    assert isinstance(made, bytes), "one page is one picture"
    return made


@cache
def _compiler() -> Compiler:
    """One for all: it takes a while to find the fonts of a computer."""
    try:
        from typst import Compiler
    except ImportError as error:
        raise MissingExtra("PDF, PNG and pictures in DOCX need typst", "report") from error
    return Compiler()
