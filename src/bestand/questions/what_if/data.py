"""What a change does, as plain data: what ``what-if --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from bestand.answer.data import Data, head, state_data
from bestand.model.formula import text
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.sentences import By
from bestand.model.wording import change_text
from bestand.plan.ruling_data import verdict_data
from bestand.stability.registry import HEADLINE

if TYPE_CHECKING:
    from .answer import Both, Difference, Drift, Reached, Row, Side, Today, Turnover, WhatIf

_MOST = 100  # states that are listed under a concept unless told


def data(answer: WhatIf) -> Data:
    """Return the document of ``what-if``."""
    return {
        **head(answer.model),
        "readings": list(answer.readings),
        "changes": [change_text(change) for change in answer.changes],
        "formula": None if answer.formula is None else text(answer.formula),
        "verdict": {
            when: None if ruling is None else verdict_data(model, ruling)
            for when, model, ruling in zip(
                ("before", "after"), (answer.model, answer.after), answer.rulings, strict=True
            )
        },
        "feasible": _both(answer.feasible),
        "formula_states": answer.formula_states and _both(answer.formula_states),
        "concepts": {each.concept: _difference(answer, each) for each in answer.differences},
        "status_quo": answer.today and _today(answer, answer.today),
        **kind_data(answer.by, answer.instead),
        "reached": answer.drift and _drift(answer, answer.drift),
        "stopped": answer.stopped and str(answer.stopped),
    }


def kind_data(by: By, instead: Message | None) -> Data:
    """Return by which moves things are followed from today: those of a drift are judged under a concept."""
    concept = HEADLINE if by == "drift" else None
    return {"by": by, "concept": concept, "why_not_drift": instead and str(instead)}


def _both(counts: Both) -> Data:
    return {"before": counts.before, "after": counts.after}


def _difference(answer: WhatIf, each: Difference) -> Data:
    most = _MOST if answer.most is None else answer.most
    return {
        "before": _side(each.before),
        "after": _side(each.after),
        "common": len(each.common),
        "same": each.same,
        "gone": {**_turnover(answer.model, each.gone, most), "impossible": each.impossible},
        "new": _turnover(answer.after, each.new, most),
    }


def _side(side: Side) -> Data:
    return {"equilibria": side.count, "satisfying": side.satisfying}


def _turnover(model: Model, turnover: Turnover, most: int) -> Data:
    """Return what is gone, or new; the patterns have all of it."""
    patterns = turnover.patterns
    return {
        "count": len(turnover),
        "complete": len(turnover) <= most,
        "states": [state_data(model, mask) for mask in turnover.states[:most].tolist()],
        "patterns": None if patterns is None else [asdict(pattern) for pattern in patterns],
    }


def _today(answer: WhatIf, today: Today) -> Data:
    before = {concept: was for concept, (was, _now) in today.stable.items()}
    after = {concept: now for concept, (_was, now) in today.stable.items()}
    return {
        "before": _standing(answer.model, today.before, before),
        "after": None if today.after is None else _standing(answer.after, today.after, after),
    }


def _standing(model: Model, mask: int, stable: dict[str, Row]) -> Data:
    named = {concept: dict(zip(model.party, row, strict=True)) for concept, row in stable.items()}
    return {**state_data(model, mask), "stable": named}


def _drift(answer: WhatIf, drift: Drift) -> Data:
    return {"before": _reached(answer.model, drift.before), "after": _reached(answer.after, drift.after)}


def _reached(model: Model, reached: Reached) -> Data:
    told: Data = {
        "states": reached.states,
        "resting_places": [state_data(model, mask) for mask in reached.resting.tolist()],
    }
    return told if reached.satisfying is None else {**told, "satisfying": reached.satisfying}
