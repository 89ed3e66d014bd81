"""Pictures in dots."""

import struct
import zlib

import pytest

pytest.importorskip("typst", reason='needs the extra "report"')

from bestand.document.png import png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}"><style>{style}</style>{inner}</svg>'


def drawn(inner="", w=40, h=20, style=""):
    return SVG.format(inner=inner, w=w, h=h, style=style)


def size(made):
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", made[16:24])


def corner(made):
    """The first dot: red, green, blue, and how much of it is seen. No filter of PNG changes it."""
    assert made[25] == 6, "colours with transparency"
    data, at = b"", 8
    while at < len(made):
        (length,) = struct.unpack(">I", made[at : at + 4])
        if made[at + 4 : at + 8] == b"IDAT":
            data += made[at + 8 : at + 8 + length]
        at += length + 12
    return tuple(zlib.decompress(data)[1:5])


@pytest.mark.parametrize(("scale", "dots"), [(1.0, (40, 20)), (2.0, (80, 40)), (3.5, (140, 70))])
def test_dots_to_each_unit(scale, dots):
    assert size(png(drawn(), scale)) == dots


def test_the_ground_is_that_of_the_picture():
    assert corner(png(drawn()))[3] == 0
    assert corner(png(drawn('<rect width="40" height="20" fill="#fff"/>'))) == (255, 255, 255, 255)


def test_it_is_drawn_as_on_light_paper():
    style = ".g{fill:#102030}@media screen and (prefers-color-scheme:dark){.g{fill:#fff}}"
    assert corner(png(drawn('<rect width="40" height="20" class="g"/>', style=style))) == (16, 32, 48, 255)


def test_the_same_picture_is_the_same_bytes():
    assert png(drawn("<text y='15'>Dam</text>")) == png(drawn("<text y='15'>Dam</text>"))
