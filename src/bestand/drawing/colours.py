"""The colours of pictures, on a light ground and on a dark one, and what parties are told apart by.

The colours of the first parties are those of Okabe & Ito (2008) and Tol (2021), darkened or lightened until each stands
out from its ground, and can be told apart by whoever sees no red or no green. From the ninth party on they come again,
and lines are broken in another rhythm. A mark with a shape of its own goes with each.
"""

from __future__ import annotations

from collections.abc import Iterable

PARTIES = (
    ("#0072b2", "#5ab4f0"),
    ("#c9510c", "#ff9a5c"),
    ("#00805e", "#3fd0a4"),
    ("#a03c90", "#e79bdb"),
    ("#8f6a00", "#f0c03c"),
    ("#2f6f7e", "#8fd6e6"),
    ("#8b2252", "#f08cb4"),
    ("#5c5c5c", "#b8b8b8"),
)
DASHES = ("", "6 3", "2 3", "9 3 2 3")
MARKS = ("circle", "square", "triangle", "diamond", "cross", "pentagon")

# What is drawn in a picture, besides parties: on a light ground, on a dark one.
_THINGS = {
    "ground": ("#ffffff", "#14171c"),
    "panel": ("#f3f5f7", "#1e232a"),
    "ink": ("#1a1d21", "#eceff3"),
    "quiet": ("#565d66", "#a9b2bd"),
    "yes": ("#3a4450", "#d3dae3"),
    "no": ("#ffffff", "#14171c"),
    "varies": ("#d5dae0", "#414a55"),
    "inverse": ("#ffffff", "#14171c"),
    "bar": ("#47698b", "#86a9cc"),
    "more": ("#00805e", "#3fd0a4"),
    "less": ("#c9510c", "#ff9a5c"),
    "warn": ("#fdf0d8", "#3b2f16"),
    "rule": ("#d5dae0", "#363e48"),
    "edge": ("#79828d", "#8d97a3"),
    "strong": ("#1a1d21", "#eceff3"),
}


def style(used: Iterable[str]) -> str:
    """Return the style sheet of what a picture uses: ``ink`` (filled), ``line-edge`` (drawn), ``p0`` (the first party).

    Its classes begin with ``b-``, since the styles of a picture within a page are those of the page.

    Examples
    --------
    >>> style(["ink"])
    '.b-ink{fill:#1a1d21}@media screen and (prefers-color-scheme:dark){.b-ink{fill:#eceff3}}'
    """
    names = sorted(set(used))
    light, dark = ("".join(_rule(name, ground) for name in names) for ground in (0, 1))
    return f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def _rule(name: str, ground: int) -> str:
    """Return the rule of one class; ``line-`` before a name is a line in the colour of that name."""
    colour = _colours(name.removeprefix("line-"))[ground]
    return f".b-{name}{{stroke:{colour};fill:none}}" if name.startswith("line-") else f".b-{name}{{fill:{colour}}}"


def _colours(name: str) -> tuple[str, str]:
    return _THINGS.get(name) or PARTIES[int(name.removeprefix("p")) % len(PARTIES)]


def party_class(k: int) -> str:
    """Return the class of what is filled in the colour of party k.

    Examples
    --------
    >>> party_class(0), party_class(8)
    ('p0', 'p0')
    """
    return f"p{k % len(PARTIES)}"


def dashes(k: int) -> str:
    """Return how lines of party k are broken: not at all for the first eight."""
    return DASHES[k // len(PARTIES) % len(DASHES)]


def mark(k: int) -> str:
    """Return the shape that stands for party k."""
    return MARKS[k % len(MARKS)]
