"""A picture in dots, for what cannot show SVG."""

from __future__ import annotations

from .typesetting import png_of

_INCH = 96  # units of an SVG
_SOURCE = (
    "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"  # no message: typst
    '#image(bytes(sys.inputs.svg), format: "svg")'
)


def png(svg: str, scale: float = 2.0) -> bytes:
    """An SVG document as PNG, on the ground that it has: transparent where it draws none.

    It is drawn as on light paper: rules for dark screens (``@media``) do not count.

    Parameters
    ----------
    svg : str
        With the width and height it is to be shown in.
    scale : float
        Dots to each unit of the SVG.

    Raises
    ------
    MissingExtra
        Where typst is not installed.
    """
    return png_of(_SOURCE, {"svg": svg}, _INCH * scale)
