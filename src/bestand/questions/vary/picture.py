"""In what share of what is open things are so, as bars."""

from __future__ import annotations

from bestand.document.blocks import Figure

from .outcome import Varied


def picture(found: Varied) -> Figure | None:
    """In what share of what is open things are so; None where nothing was looked at."""
    from .shares import shares

    return shares(found)
