"""A report before it is set in a format: its title, its language and its parts."""

from __future__ import annotations

from dataclasses import dataclass

from .blocks import Block


@dataclass(frozen=True, slots=True)
class Paper:
    """A report before it is set in a format (`bestand.document.formats`).

    Parameters
    ----------
    title : str
    subtitle : str
        One line below the title; may be empty.
    language : str
        The language that the parts speak: a code of `bestand.prose.messages.LANGUAGES`.
    blocks : tuple of Block
        The parts, from top to bottom.
    brief : bool
        Whether it is set in smaller type, to take two pages.
    """

    title: str
    subtitle: str
    language: str
    blocks: tuple[Block, ...]
    brief: bool = False
