"""The deals of a plan as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.plan.told_data import deals_document

if TYPE_CHECKING:
    from .answer import Deals


def data(answer: Deals) -> dict[str, Any]:
    """Return the document of ``deals --json``."""
    return deals_document(answer.model, answer.readings, answer.ruling)
