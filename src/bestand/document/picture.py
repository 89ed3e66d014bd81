"""A picture of an answer, to be shown, saved and put elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from bestand.files.placing import placeable, put
from bestand.model.errors import CallError


@dataclass(frozen=True)
class Picture:
    """A picture of an answer. In a notebook it shows itself.

    Parameters
    ----------
    svg : str
        An SVG document: the same for the same answer, readable in light, in dark and in print.
    alternative : str
        What it shows, in sentences, for whoever cannot see it.
    caption : str
        What to know when reading it.
    """

    svg: str = field(repr=False)
    alternative: str
    caption: str = ""

    def png(self, scale: float = 2.0) -> bytes:
        """The picture in dots, ``scale`` of them to a unit of the SVG. Needs the extra ``report``.

        Raises
        ------
        MissingExtra
            Where that is not installed.
        """
        from .png import png

        return png(self.svg, scale)

    def save(self, path: str | PathLike[str]) -> None:
        """Write it to a file that ends in ``.svg`` or ``.png``.

        Raises
        ------
        CallError
            For another ending, or where the file cannot be written: what stood there before is then as it was.
        """
        ending = Path(path).suffix.lower()
        if ending not in (".svg", ".png"):
            raise CallError(f"'{path}' does not end in .svg or .png")
        placeable(path)
        put(path, self.svg if ending == ".svg" else self.png())

    def _repr_svg_(self) -> str:
        return self.svg
