"""The readings of a model in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.answer.claims import reading_answer
from bestand.document.blocks import Block
from bestand.prose.messages import _
from bestand.prose.spoken import spoken

if TYPE_CHECKING:
    from .answer import Readings


def blocks(answer: Readings) -> Iterator[Block]:
    """Tell each reading, in the order of the file."""
    model = spoken(answer.model)
    for reading in model.readings:
        yield from reading_answer(model, reading)


def none() -> str:
    """Say that there is no reading."""
    return _("This model leaves no reading open.")
