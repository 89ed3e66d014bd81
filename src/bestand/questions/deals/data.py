"""The deals of a plan as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.answer.data import head
from bestand.plan.ruling_data import deals_data
from bestand.plan.told_data import told_data

if TYPE_CHECKING:
    from .answer import Deals


def data(answer: Deals) -> dict[str, Any]:
    """Return the document of ``deals --json``."""
    return {
        **head(answer.model),
        "readings": [*answer.readings],
        **deals_data(answer.model, answer.ruling),
        "words": told_data(answer.model, answer.ruling),
        "stopped": None,
    }
