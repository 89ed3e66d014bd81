"""Several plans as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.answer.data import head
from bestand.plan.open.condition_data import condition_data
from bestand.plan.told_data import deals_document

if TYPE_CHECKING:
    from bestand.plan.plans import Times

    from .answer import Plans


def data(answer: Plans) -> dict[str, Any]:
    """Return the document of ``plans --json``."""
    found = answer.times
    return {
        **head(answer.model),
        "readings": [*answer.readings],
        "plans": {id: deals_document(answer.model, answer.readings, each) for id, each in answer.rulings.items()},
        "possible": answer.possible,
        "combinations": None if found is None else found.of,
        "conditions": None if found is None else _conditions(found),
        "wherever": None
        if found is None
        else [{"plan": each.plan, "other": each.other, "more": each.more} for each in found.wherever],
        "stopped": answer.stopped and str(answer.stopped),
    }


def _conditions(found: Times) -> dict[str, Any]:
    """Return when each plan holds, when there is a deal in it, and when it comes to which verdict."""
    return {
        id: {
            "holds": each.holds and condition_data(found.design, each.holds),
            "deal_exists": each.deal_exists and condition_data(found.design, each.deal_exists),
            "kinds": {kind: condition_data(found.design, when) for kind, when in each.when.items()},
        }
        for id, each in found.plans.items()
    }
