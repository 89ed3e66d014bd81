"""The order of a deal as data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

from bestand.answer.data import head
from bestand.model.formula import text

if TYPE_CHECKING:
    from bestand.plan.order import Hindrance, Orders, Stage

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
        "deal": answer.model.bits(answer.state),
        "yes": list(answer.model.taken(answer.state)),
        "number": answer.number or None,
        "of": answer.of,
        "starts": found.start is None,
        "orders": found.count,
        "one": [list(stage.options) for stage in found.stages],
        "always_together": [list(pair) for options in found.together for pair in combinations(options, 2)],
        "always_before": [list(pair) for pair in found.before],
        "stops": [_stop(answer, why) for why in _stops(found) if why.party is not None],
        "stages": [_stage(answer, stage) for stage in found.stages],
        "early": [{"options": list(options), **_hindrance(answer, why)} for options, why in found.early],
        "start": None if found.start is None else _hindrance(answer, found.start),
        "safe": found.safe,
        "stopped": None,
    }


def _stops(found: Orders) -> Iterator[Hindrance]:
    """Yield where on the way somebody would rather stop, or do something else."""
    if found.start is not None:
        yield found.start
    for stage in found.stages:
        yield from (why for _option, why in stage.alone if why.why in ("stops", "moves"))
    yield from (why for _options, why in found.early if why.why in ("stops", "moves"))


def _stop(answer: Ordered, why: Hindrance) -> dict[str, Any]:
    """Return a state, who would not go on from there, and what it would have instead."""
    gains = why.state if why.to is None else why.to
    return {"at": answer.model.bits(why.state), "party": why.party, "gains": answer.model.bits(gains)}


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
