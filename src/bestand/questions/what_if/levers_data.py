"""What every lever does, as plain data: what ``levers --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.data import Data, head
from bestand.model.formula import text
from bestand.model.wording import change_text

from .data import kind_data

if TYPE_CHECKING:
    from .answer import Cell, Levers, Tried


def data(answer: Levers) -> Data:
    """Return the document of ``levers``."""
    return {
        **head(answer.model),
        "readings": list(answer.readings),
        "formula": text(answer.formula),
        **kind_data(answer.by, answer.instead),
        "base": _counts(answer.base),
        "levers": [_lever(answer, tried) for tried in answer.tried[: answer.most]],
        "tried": len(answer.tried),
        "of": answer.of,
        "not_tried": [
            {"kind": tried.kind, "changes": [change_text(c) for c in tried.changes], "reason": str(tried.reason)}
            for tried in answer.failed
        ],
        "not_varied": {"rankings": list(answer.unvaried[0]), "weights": list(answer.unvaried[1])},
        "stopped": answer.stopped and str(answer.stopped),
    }


def _lever(answer: Levers, tried: Tried) -> Data:
    turned = answer.flips(tried)
    return {
        "kind": tried.kind,
        "changes": [change_text(change) for change in tried.changes],
        "decides": tried.decides,
        "turns_verdict": answer.changes_verdict(tried),
        "crosses": list(tried.crosses),
        "turns": [concept for concept in turned if concept],
        "turns_reached": "" in turned,
        **_counts(tried),
    }


def _counts(tried: Tried) -> Data:
    return {
        "verdict": tried.verdict,
        "concepts": {concept: _cell(cell, "equilibria") for concept, cell in tried.cells.items()},
        "reached": None if tried.resting is None else _cell(tried.resting, "resting_places"),
    }


def _cell(cell: Cell, noun: str) -> Data:
    return {noun: cell.of, "satisfying": cell.found}
