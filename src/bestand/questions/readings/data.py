"""The readings of a model as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.answer.data import grounds_data, head
from bestand.model.wording import change_text

if TYPE_CHECKING:
    from .answer import Readings


def data(answer: Readings) -> dict[str, Any]:
    """Return the document of ``readings --json``."""
    listed = [
        {"id": r.id, "change": [change_text(change) for change in r.changes], **grounds_data(r.grounds)}
        for r in answer.model.readings
    ]
    return {**head(answer.model), "readings": listed}
