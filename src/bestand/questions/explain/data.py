"""Explanations as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.answer.data import head
from bestand.witness.data import witness_data

if TYPE_CHECKING:
    from .answer import Explanations


def data(answer: Explanations) -> dict[str, Any]:
    """Return the document of ``explain --json``."""
    return {
        **head(answer.model),
        "engine": answer.engine,
        "verdicts": [witness_data(answer.model, witness) for witness in answer.witnesses],
    }
