"""Pictures on the command line: the flags, and putting one into a file or on standard output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from bestand.model.errors import CallError

from .common import STANDARD, put_output
from .ending import say

if TYPE_CHECKING:
    from bestand.document.blocks import Figure

_PICTURES = {".svg", ".png", ".pdf", ".jpg", ".jpeg", ".gif", ".webp"}


@Parameter(name="*")
@dataclass(frozen=True)
class PictureFlags:
    """The flags that ask for a picture.

    Parameters
    ----------
    svg
        Draw the answer into this SVG file instead of telling it (- for standard output).
    png
        Draw the answer into this PNG file. Needs the extra report: pip install "bestand[report]".
    """

    svg: Annotated[str | None, Parameter(show_default=False)] = None
    png: Annotated[str | None, Parameter(show_default=False)] = None

    @property
    def asked(self) -> bool:
        """Return whether a picture is asked for."""
        return self.svg is not None or self.png is not None


def ready(flags: PictureFlags | None, *, json: bool) -> PictureFlags | None:
    """Return the flags, where a picture is asked for and can be written, before the work begins.

    Raises
    ------
    CallError
        Where it cannot be written, or data are asked for as well.
    MissingExtra
        Where PNG is asked for and cannot be made.
    """
    if flags is None or not flags.asked:
        return None
    if json:
        raise CallError("--json prints data, --svg and --png draw: ask for one of them")
    from bestand.files.placing import placeable

    for path, ending in ((flags.svg, ".svg"), (flags.png, ".png")):
        if path is None or path == STANDARD:
            continue
        if Path(path).suffix.lower() in _PICTURES - {ending}:
            raise CallError(f"'{path}' is to hold {ending[1:].upper()}: give it the ending {ending}")
        placeable(path)
    if flags.png is not None:
        from bestand.document.png import png

        png('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    return flags


def draw(flags: PictureFlags, drawn: Callable[[], Figure | None], nothing: str) -> None:
    """Write the picture that was asked for.

    Parameters
    ----------
    flags : PictureFlags
        As `ready` gave them.
    drawn : callable
        What draws it; None where there is nothing to draw.
    nothing : str
        What to say then.

    Raises
    ------
    CallError
        Where there is nothing to draw, or the file cannot be written.
    """
    figure = drawn()
    if figure is None:
        raise CallError(nothing)
    if flags.svg is not None:
        _put(flags.svg, figure.svg.encode())
    if flags.png is not None:
        from bestand.document.png import png

        _put(flags.png, png(figure.svg))


def _put(path: str, content: bytes) -> None:
    put_output(path, content)
    if path != STANDARD:
        say(f"bestand: written: {path}")
