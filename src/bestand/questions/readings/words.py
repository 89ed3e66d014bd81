"""The readings of a model in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.model.values import Reading
from bestand.model.wording import change_text
from bestand.prose.changes import change_words
from bestand.prose.claims import support_words
from bestand.prose.messages import _
from bestand.prose.spoken import spoken

if TYPE_CHECKING:
    from .answer import Readings


def blocks(answer: Readings) -> Iterator[Block]:
    """Tell each reading, in the order of the file."""
    model = spoken(answer.model)
    for reading in model.readings:
        yield from _reading(model, reading)


def none() -> str:
    """Say that there is no reading."""
    return _("This model leaves no reading open.")


def _reading(model: Model, reading: Reading) -> Iterator[Block]:
    """One reading: its words, its changes, its grounds."""
    yield heading(reading.id)
    if reading.grounds.says:
        yield paragraph(reading.grounds.says)
    for change in reading.changes:
        yield paragraph(_("{sentence} [{change}]", sentence=change_words(model, change), change=change_text(change)))
    yield paragraph(support_words(reading.grounds), 2, "dim")
