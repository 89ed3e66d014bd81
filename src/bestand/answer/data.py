"""Answers as plain data: what ``--json`` prints. Counts are exact, states are bit strings, ids are the file's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bestand.model.model import Model
from bestand.model.values import Grounds
from bestand.version import __version__

Data = dict[str, Any]


def head(model: Model) -> Data:
    """Return what every document begins with."""
    return {
        "bestand": __version__,
        "title": model.title,
        "parties": list(model.party),
        "options": [{"id": option.id, "party": option.party} for option in model.options],
    }


def stopped_data(model: Model, readings: Sequence[str], limit: str) -> Data:
    """The document of a question that stopped before anything was finished: what is known, and the limit it met."""
    return {**head(model), "readings": [*readings], "stopped": limit}


def state_data(model: Model, mask: int) -> Data:
    """A state: its bits, the options that are yes, and its label where it has one."""
    bits = model.bits(mask)
    entry: Data = {"bits": bits, "yes": list(model.taken(mask))}
    return {**entry, "label": model.labels[bits]} if bits in model.labels else entry


def grounds_data(grounds: Grounds) -> Data:
    """Return what a thing says and how well it is founded."""
    return {
        "says": grounds.says,
        "source": [str(citation) for citation in grounds.source],
        "support": grounds.support,
        "note": grounds.note,
    }
