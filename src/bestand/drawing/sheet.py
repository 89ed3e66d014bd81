"""A sheet to draw on, in pixels from the upper left corner, and the picture that comes of it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Literal
from xml.sax.saxutils import escape

from bestand.document.blocks import Figure
from bestand.prose.direction import TURNING

from .colours import dashes, mark, party_class, style
from .measure import lines, shortened, width

FAMILY = "'Segoe UI','Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans',sans-serif"
WIDTH = 720.0  # of a usual picture: the column of a report
SIZE = 13.0  # of usual letters
SMALL = 11.0
LEADING = 1.3  # from one line of words to the next, in sizes of the letters
MARGIN = 12.0

Anchor = Literal["start", "middle", "end"]


class Sheet:
    """A sheet, with what is drawn in the order of drawing: later things lie over earlier ones.

    Parameters
    ----------
    width : float
        Of the sheet. `figure` takes its height.
    """

    def __init__(self, width: float = WIDTH) -> None:
        self.width = width
        self._parts: list[str] = []
        self._classes = {"ground"}

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = SIZE,
        anchor: Anchor = "start",
        bold: bool = False,
        fill: str = "ink",
        room: float | None = None,
        turn: float = 0,
    ) -> None:
        """Draw a line of words: ``y`` its base line, cut off where wider than ``room``, turned by some degrees."""
        escaped = xml(words if room is None else shortened(words, size, room, bold=bold))
        extra = ' font-weight="600"' if bold else ""
        extra += f' text-anchor="{anchor}"' if anchor != "start" else ""
        extra += f' transform="rotate({short(turn)} {short(x)} {short(y)})"' if turn else ""
        self._add(
            f'<text x="{short(x)}" y="{short(y)}" font-size="{short(size)}"{extra} {self._class(fill)}>{escaped}</text>'
        )

    def paragraph(
        self,
        x: float,
        y: float,
        words: str,
        room: float,
        *,
        size: float = SIZE,
        most: int = 3,
        bold: bool = False,
        fill: str = "ink",
        anchor: Anchor = "start",
    ) -> float:
        """Draw words in lines of so much room, the first base line at ``y``; return the base line after the last."""
        for line in lines(words, size, room, most, bold=bold):
            self.text(x, y, line, size=size, bold=bold, fill=fill, anchor=anchor)
            y += size * LEADING
        return y

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "panel",
        line: str = "",
        corner: float = 0,
        wide: float = 1,
    ) -> None:
        """Draw a filled rectangle, with a ``line`` round it where one is named; its corners are rounded."""
        place = f'x="{short(x)}" y="{short(y)}" width="{short(max(width, 0))}" height="{short(max(height, 0))}"'
        place += f' rx="{short(corner)}"' if corner else ""
        self._add(f"<rect {place} {self._class(fill)}/>")
        if line:
            drawn = "" if wide == 1 else f'stroke-width="{short(wide)}" '
            self._add(f"<rect {place} {drawn}{self._class(f'line-{line}')}/>")

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, line: str = "edge", wide: float = 1, dash: str = ""
    ) -> None:
        """Draw a straight line."""
        self.path(f"M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}", line=line, wide=wide, dash=dash)

    def path(self, d: str, *, line: str = "", fill: str = "", wide: float = 1, dash: str = "") -> None:
        """Draw a path with a line, or fill it. ``d`` is made with `path_of` or by hand."""
        drawn = f' stroke-width="{short(wide)}"' if line else ""
        drawn += f' stroke-dasharray="{dash}"' if dash else ""
        self._add(f'<path d="{d}"{drawn} {self._class(f"line-{line}" if line else fill)}/>')

    def arrow(
        self,
        points: Sequence[tuple[float, float]],
        *,
        line: str = "edge",
        wide: float = 1.5,
        dash: str = "",
        head: float = 6,
    ) -> None:
        """Draw a line through some points that ends in a filled head at the last."""
        (x0, y0), (x, y) = points[-2:]
        far = math.hypot(x - x0, y - y0) or 1.0
        ux, uy = (x - x0) / far, (y - y0) / far
        base = (x - head * ux, y - head * uy)
        self.path(path_of([*points[:-1], base]), line=line, wide=wide, dash=dash)
        half = head * 0.55
        self.path(
            path_of([(base[0] - half * uy, base[1] + half * ux), (x, y), (base[0] + half * uy, base[1] - half * ux)])
            + "Z",
            fill=line,
        )

    def mark(self, k: int, x: float, y: float, radius: float = 6) -> None:
        """Draw the mark of party k, in its colour."""
        shape, fill = mark(k), party_class(k)
        if shape == "circle":
            self._add(f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}" {self._class(fill)}/>')
            return
        self.path(path_of([(x + radius * dx, y + radius * dy) for dx, dy in _SHAPES[shape]]) + "Z", fill=fill)

    def legend(
        self, x: float, y: float, names: Sequence[str], room: float | None = None, places: Sequence[int] | None = None
    ) -> float:
        """Draw what stands for which party, in a row that runs over, from base line ``y`` on; return the one after it.

        The names are those of all parties, or of the parties at some ``places``.
        """
        right = x + (self.width - MARGIN - x if room is None else room)
        at, most = x, right - x - 20
        short = [shortened(name, SMALL, min(220.0, most)) for name in names]
        if len(set(short)) < len(set(names)):  # cut off, some look alike
            short = [shortened(name, SMALL, most) for name in names]
        for k, name in zip(range(len(names)) if places is None else places, short, strict=True):
            wide = 16 + width(name, SMALL) + 18
            if at > x and at + wide > right:
                at, y = x, y + SMALL * 1.7
            self.line(
                at - 1, y - SMALL * 0.35, at + 13, y - SMALL * 0.35, line=party_class(k), wide=1.5, dash=dashes(k)
            )
            self.mark(k, at + 6, y - SMALL * 0.35, 5)
            self.text(at + 18, y, name, size=SMALL)
            at += wide
        return y + SMALL * 1.7

    def figure(self, height: float, title: str, alternative: str, caption: str = "") -> Figure:
        """Return the picture.

        Parameters
        ----------
        height : float
            Of the sheet.
        title : str
            A few words: what the picture is.
        alternative : str
            What it shows, in sentences.
        caption : str
            A line to stand below it.
        """
        inner = "".join(self._parts)
        name = hashlib.sha256(f"{title}{inner}".encode()).hexdigest()[:10]
        wide, high = short(math.ceil(self.width)), short(math.ceil(height))
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
            f'role="img" aria-labelledby="t{name} d{name}" font-family="{FAMILY}">'
            f'<title id="t{name}">{xml(title)}</title><desc id="d{name}">{xml(alternative)}</desc>'
            f"<style>{style(self._classes)}</style>"
            f'<rect width="{wide}" height="{high}" class="b-ground"/>{inner}</svg>'
        )
        return Figure(svg, alternative, caption, title)

    def _class(self, name: str) -> str:
        self._classes.add(name)
        return f'class="b-{name}"'

    def _add(self, part: str) -> None:
        self._parts.append(part)


def path_of(points: Sequence[tuple[float, float]]) -> str:
    """Return the ``d`` of straight lines from point to point.

    Examples
    --------
    >>> path_of([(0, 0), (1.26, 2)])
    'M0 0L1.3 2'
    """
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points)


def xml(words: str) -> str:
    """Return words as XML holds them; what it cannot hold, such as control characters, becomes a space.

    Signs that turn the direction of writing are left out.

    Examples
    --------
    >>> xml("a < b")
    'a &lt; b'
    """
    return escape("".join(letter if _holds(ord(letter)) else " " for letter in words if letter not in TURNING))


def _holds(code: int) -> bool:
    """Return whether XML 1.0 can hold a letter, line breaks apart."""
    return (0x20 <= code < 0xD800 and code != 0x7F) or 0xE000 <= code < 0xFFFE or code >= 0x10000


def short(value: float) -> str:
    """Return a number with one decimal at most, so that a picture is the same everywhere."""
    rounded = f"{value:.1f}"
    return rounded.removesuffix(".0") if rounded != "-0.0" else "0"


_SHAPES: dict[str, list[tuple[float, float]]] = {
    "square": [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
    "triangle": [(0, -1.1), (1.05, 0.8), (-1.05, 0.8)],
    "diamond": [(0, -1.2), (1.1, 0), (0, 1.2), (-1.1, 0)],
    "cross": [
        (-0.35, -1), (0.35, -1), (0.35, -0.35), (1, -0.35), (1, 0.35), (0.35, 0.35),
        (0.35, 1), (-0.35, 1), (-0.35, 0.35), (-1, 0.35), (-1, -0.35), (-0.35, -0.35),
    ],
    "pentagon": [(0, -1.1), (1.05, -0.34), (0.65, 0.89), (-0.65, 0.89), (-1.05, -0.34)],
}  # fmt: skip
