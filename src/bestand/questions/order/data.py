"""The order of a deal as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.answer.data import head, state_data
from bestand.model.formula import text

if TYPE_CHECKING:
    from bestand.plan.order import Hindrance, Stage

    from .answer import Ordered


def data(answer: Ordered) -> dict[str, Any]:
    """Return the document of ``order --json``."""
    found = answer.orders
    return {
        **head(answer.model),
        "readings": [*answer.readings],
        "plan": text(answer.terms.plan),
        "concept": answer.concept,
        "from": answer.model.bits(answer.terms.start),
        "deal": state_data(answer.model, answer.state),
        "number": answer.number or None,
        "of": answer.of,
        "orders": found.count,
        "stages": [_stage(answer, stage) for stage in found.stages],
        "together": [list(options) for options in found.together],
        "before": [list(pair) for pair in found.before],
        "start": None if found.start is None else _hindrance(answer, found.start),
        "safe": found.safe,
        "stopped": None,
    }


def _stage(answer: Ordered, stage: Stage) -> dict[str, Any]:
    return {
        "changes": {option: bool(answer.state >> answer.model.bit[option] & 1) for option in stage.options},
        "bits": answer.model.bits(stage.state),
        "alone": [{"option": option, **_hindrance(answer, why)} for option, why in stage.alone],
    }


def _hindrance(answer: Ordered, why: Hindrance) -> dict[str, Any]:
    return {
        "bits": answer.model.bits(why.state),
        "why": why.why,
        "party": why.party,
        "to": None if why.to is None else answer.model.bits(why.to),
    }
