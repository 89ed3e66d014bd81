"""The levers, as a tornado."""

from __future__ import annotations

from bestand.document.blocks import Figure
from bestand.model.model import Model

from .levers import Levers


def levers_picture(model: Model, found: Levers, readings: tuple[str, ...] = ()) -> Figure | None:
    """The levers that change the answer most; wishes are told as the readings that were applied leave them."""
    from .tornado import tornado

    return tornado(model, found, readings=readings)
