"""Settlements as plain data: what ``settle --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.data import Data, head, state_data
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.values import Commitment
from bestand.model.wording import change_text, value_text
from bestand.plan.ruling_data import deal_data, verdict_data

if TYPE_CHECKING:
    from .answer import Example, Part, RankingCounts, Reranked, Settled, Settlement
    from .offers import Offer


def data(answer: Settled) -> Data:
    """Return the document of ``settle``."""
    return {
        **head(answer.model),
        "readings": list(answer.readings),
        "formula": text(answer.formula),
        "sought": answer.sought,
        "verdict": answer.ruling and verdict_data(answer.model, answer.ruling),
        "unjudged": answer.unjudged and str(answer.unjudged),
        "feasible": answer.feasible,
        "concepts": list(answer.concepts),
        "already": {concept: _example(answer.model, example) for concept, example in answer.already.items()},
        "kinds": {part.kind: _part(answer.model, part) for part in answer.parts},
        "stopped": answer.stopped and str(answer.stopped),
    }


def count_data(answer: RankingCounts) -> Data:
    """Return the document of ``count-rankings``."""
    return {
        **head(answer.model),
        "readings": list(answer.readings),
        "state": state_data(answer.model, answer.state),
        "party": answer.party,
        "rankings": {
            concept: {"found": count.found, "of": count.of, "unstable_for": list(count.unstable_for)}
            for concept, count in answer.counts.items()
        },
        "stopped": answer.stopped and str(answer.stopped),
    }


def _part(model: Model, part: Part) -> Data:
    return {
        "smallest": dict(part.smallest),
        "searched": {concept: "all" if depth is None else depth for concept, depth in part.searched.items()},
        "found": part.found,
        "settlements": [_settlement(model, each) for each in part.settlements],
        "stopped": part.stopped and str(part.stopped),
        "absent": part.absent and str(part.absent),
        **({"untried": part.untried} if part.kind == "ties" else {}),
    }


def _settlement(before: Model, it: Settlement) -> Data:
    return {
        "size": it.size,
        "changes": [change_text(change) for change in it.changes],
        "rankings": [_ranking(each) for each in it.rankings],
        "offer": it.offer and _offer(before, it.offer),
        "ties": [_tie(each) for each in it.ties],
        "fixed": list(it.fixed),
        "concepts": list(it.concepts),
        "equilibria": {concept: {"wanted": wanted, "all": every} for concept, (wanted, every) in it.counts.items()},
        "example": it.example and _example(it.model, it.example),
        "alike": it.alike,
        "only_wants": list(it.repeats),
        **_after(it),
    }


def _after(it: Settlement) -> Data:
    """The verdict after a change, the first of the deals with the fewest changes, and what became of who refused it."""
    after = it.after
    if after is None:
        return {"verdict": None}
    lean = after.ruling.lean
    return {
        "verdict": verdict_data(it.model, after.ruling),
        "deal": deal_data(it.model, lean[0]) if lean else None,
        "refused_before": list(after.refused),
        "had_nothing_in_it": list(after.idle),
        "unkept_before": after.unkept,
        "crosses": list(after.crosses),
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


def _tie(tie: Commitment) -> Data:
    return {
        "id": tie.id,
        "party": tie.party,
        "when": text(tie.when),
        "then": [value_text(value) for value in tie.then],
    }


def _example(model: Model, example: Example) -> Data:
    path = example.path
    told = None if path is None else [{"party": party, "to": model.bits(mask)} for party, mask in path]
    return {**state_data(model, example.mask), "concepts": list(example.concepts), "path": told}
