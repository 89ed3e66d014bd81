"""The cases that come with the package. A slug is the path of a case below ``cases``, without its ending."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from bestand.model.errors import CallError, nearest


@cache
def _cases() -> dict[str, Traversable]:
    return dict(sorted(_below(resources.files("bestand").joinpath("cases"), "")))


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield prefix + entry.name.removesuffix(".yaml"), entry


def slugs() -> tuple[str, ...]:
    """The slugs of every case, in alphabetical order.

    Examples
    --------
    >>> all("/" in slug for slug in slugs())
    True
    """
    return tuple(_cases())


def find(slug: str) -> Traversable:
    """The file of a case.

    Raises
    ------
    CallError
        When there is none of that name; the message names the nearest.
    """
    try:
        return _cases()[slug]
    except KeyError:
        by_end = {known.rpartition("/")[2]: known for known in slugs()}
        hint = f"did you mean '{by_end[slug]}'?" if slug in by_end else nearest(slug, slugs())
        message = f"there is no file '{slug}', and no case of that name in the catalogue"
        raise CallError(f"{message}; {hint}" if hint else message) from None
