"""Models compared, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.answer.data import head
from bestand.plan.ruling_data import deals_data

if TYPE_CHECKING:
    from .answer import Comparison, Side, Step


def data(answer: Comparison) -> dict[str, Any]:
    """Return the document of ``compare --json``."""
    return {
        **head(answer.model),
        "readings": [*answer.readings],
        "stopped": None if answer.stopped is None else str(answer.stopped),
        "models": [_side(side) for side in answer.sides],
        "steps": [
            _step(step, old, new) for step, old, new in zip(answer.steps, answer.sides, answer.sides[1:], strict=False)
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    found = {} if side.ruling is None else deals_data(side.model, side.ruling)
    return {
        "name": side.name,
        "title": side.model.title,
        "verdict": None,
        "no_verdict": None if side.why is None else str(side.why),
        **found,
        "claims": dict(side.claims),
    }


def _step(step: Step, old: Side, new: Side) -> dict[str, Any]:
    before, after = old.ruling, new.ruling
    return {
        "from": old.name,
        "to": new.name,
        "shared_options": step.shared,
        "changes": [
            {
                "sort": each.sort,
                "how": each.how,
                "id": each.id,
                "party": each.party,
                "old": each.old,
                "new": each.new,
                "places": list(each.places),
            }
            for each in step.changes
        ],
        "verdict": [before and before.kind, after and after.kind],
        "deals": [before and before.deals, after and after.deals],
        "kept": [before and before.kept, after and after.kept],
        "claims": {id: [old.claims.get(id), new.claims.get(id)] for id in dict.fromkeys([*old.claims, *new.claims])},
    }
