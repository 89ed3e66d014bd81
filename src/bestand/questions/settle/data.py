"""Settlements as plain data: what ``settle --json`` prints."""

from __future__ import annotations

from collections.abc import Mapping

from bestand.answer.data import Data, head, state_data
from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.model.wording import change_text

from .offers import Offer
from .rankings import Reranked
from .rankings_count import Count
from .settlements import Example, Part, Settlement, Settlements


def settling_data(found: Settlements, readings: tuple[str, ...]) -> Data:
    """The document of ``settle``."""
    return {
        **head(found.model),
        "readings": list(readings),
        "formula": text(found.formula),
        "feasible": found.feasible,
        "concepts": list(found.concepts),
        "already": {concept: _example(found.model, example) for concept, example in found.already.items()},
        "kinds": {part.kind: _part(found.model, part) for part in found.parts},
        "stopped": found.stopped and str(found.stopped),
    }


def stopped_data(model: Model, formula: Formula, readings: tuple[str, ...], limit: str) -> Data:
    """The document of a search that stopped before it began."""
    empty: Data = {"feasible": None, "concepts": [], "already": {}, "kinds": {}}
    return {**head(model), "readings": list(readings), "formula": text(formula), **empty, "stopped": limit}


def count_data(model: Model, mask: int, party: str, counts: Mapping[str, Count], readings: tuple[str, ...]) -> Data:
    """The document of ``settle --count``."""
    return {
        **head(model),
        "readings": list(readings),
        "state": state_data(model, mask),
        "party": party,
        "rankings": {
            concept: {"found": count.found, "of": count.of, "unstable_for": list(count.unstable_for)}
            for concept, count in counts.items()
        },
        "stopped": None,
    }


def _part(model: Model, part: Part) -> Data:
    return {
        "smallest": dict(part.smallest),
        "searched": {concept: "all" if depth is None else depth for concept, depth in part.searched.items()},
        "found": part.found,
        "settlements": [_settlement(model, each) for each in part.settlements],
        "stopped": part.stopped and str(part.stopped),
        "absent": part.absent,
    }


def _settlement(before: Model, it: Settlement) -> Data:
    return {
        "size": it.size,
        "changes": [change_text(change) for change in it.changes],
        "rankings": [_ranking(each) for each in it.rankings],
        "offer": it.offer and _offer(before, it.offer),
        "concepts": list(it.concepts),
        "equilibria": {concept: {"wanted": wanted, "all": every} for concept, (wanted, every) in it.counts.items()},
        "example": _example(it.model, it.example),
        "alike": it.alike,
    }


def _ranking(new: Reranked) -> Data:
    return {
        "party": new.party,
        "ranking": [list(group) for group in new.groups],
        "now_above": [{"upper": upper, "lower": lower} for upper, lower in new.turned],
    }


def _offer(before: Model, offer: Offer) -> Data:
    return {
        "kind": offer.kind,
        "by": offer.by,
        "to": offer.to,
        "place": offer.place + 1,
        "option": offer.option(before),
        "word": text(offer.word(before)),
        "wish": text(offer.wish(before)),
    }


def _example(model: Model, example: Example) -> Data:
    path = example.path
    told = None if path is None else [{"party": party, "to": model.bits(mask)} for party, mask in path]
    return {**state_data(model, example.mask), "concepts": list(example.concepts), "path": told}
