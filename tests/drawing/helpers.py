"""What a picture says and where: its texts as boxes on the sheet, from the SVG alone."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from bestand.drawing.measure import width

SVG = "{http://www.w3.org/2000/svg}"
SLACK = 1.0  # by how much boxes may lie over one another: letters do not fill their boxes
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Text:
    """A line of words in a picture."""

    words: str
    x: float
    y: float
    size: float
    anchor: str
    bold: bool
    turn: float

    @property
    def box(self) -> Box:
        """Left, top, right and bottom of what its letters cover at most."""
        long = width(self.words, self.size, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * long
        corners = [(x, y) for x in (left, left + long) for y in (self.y - 0.76 * self.size, self.y + 0.22 * self.size)]
        turned = [self._turned(x - self.x, y - self.y) for x, y in corners]
        xs, ys = zip(*turned, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _turned(self, dx: float, dy: float) -> tuple[float, float]:
        cos, sin = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        return self.x + dx * cos - dy * sin, self.y + dx * sin + dy * cos


def root_of(svg: str) -> ElementTree.Element:
    """The picture as XML, which it has to be."""
    return ElementTree.fromstring(svg)


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of the sheet."""
    root = root_of(svg)
    return float(root.get("width", "")), float(root.get("height", ""))


def texts_of(svg: str) -> list[Text]:
    """The lines of words of a picture, in the order of drawing."""
    return [
        Text(
            "".join(each.itertext()),
            float(each.get("x", "")),
            float(each.get("y", "")),
            float(each.get("font-size", "")),
            each.get("text-anchor", "start"),
            each.get("font-weight") == "600",
            float((re.findall(r"rotate\((\S+)", each.get("transform", "")) or ["0"])[0]),
        )
        for each in root_of(svg).iter(f"{SVG}text")
    ]


def words_of(svg: str) -> str:
    """All that is written in a picture, in the order of drawing, lines joined by spaces."""
    return " ".join(text.words for text in texts_of(svg))


def assert_inside(svg: str) -> None:
    """No letter leaves the sheet, and none is too small to read."""
    wide, high = size_of(svg)
    for text in texts_of(svg):
        left, top, right, bottom = text.box
        assert min(left, top) >= -SLACK, text
        assert right <= wide + SLACK, text
        assert bottom <= high + SLACK, text
        assert text.size >= 10.5, text


def assert_apart(svg: str) -> None:
    """No words lie over other words."""
    for one, other in combinations([text for text in texts_of(svg) if text.words.strip()], 2):
        (l1, t1, r1, b1), (l2, t2, r2, b2) = one.box, other.box
        over = min(r1, r2) - max(l1, l2) > SLACK and min(b1, b2) - max(t1, t2) > SLACK
        assert not over, (one, other)


def scale_of(svg: str) -> tuple[float, float]:
    """Where an axis of percentages has its 0, and how many pixels a percent is."""
    ticks = {int(t.words[:-1]): t.x for t in texts_of(svg) if t.anchor == "middle" and re.fullmatch(r"\d+%", t.words)}
    return ticks[0], (ticks[max(ticks)] - ticks[0]) / max(ticks)
