"""The verdict on a plan as data: one shape wherever a plan is spoken of."""

from __future__ import annotations

from typing import Any

from bestand.model.formula import text
from bestand.model.model import Model

from .ruling_values import Deal, Keeper, Refused, Ruling

Data = dict[str, Any]


def verdict_data(model: Model, ruling: Ruling) -> Data:
    """Return the verdict: what every answer about a plan holds under ``verdict``."""
    return {
        "plan": text(ruling.terms.plan),
        "concept": ruling.concept,
        "kind": ruling.kind,
        "kinds": dict(ruling.kinds),
        "today_in_plan": ruling.today_in_plan,
        "may_come": ruling.may_come,
        "alone": [model.bits(each.state) for each in ruling.alone],
        "no_deal": [model.bits(state) for state in ruling.no_deal],
        "no_deal_count": ruling.no_deal_count,
        "crossed": list(ruling.crossed),
        "by": None if ruling.by is None else {party: _keeper(model, keeper) for party, keeper in ruling.by.items()},
    }


def deals_data(model: Model, ruling: Ruling) -> Data:
    """Return the deals and refusals of a plan."""
    return {
        "from": model.bits(ruling.terms.start),
        "verdict": verdict_data(model, ruling),
        "consent": list(ruling.terms.consent),
        "signable": ruling.signable,
        "deals": ruling.deals,
        "kept": ruling.kept,
        "lean": [deal_data(model, deal) for deal in ruling.lean],
        "lean_count": ruling.lean_count,
        "refuses": {party: _refused(ruling, refused) for party, refused in ruling.refuses.items()},
        "blocking": [list(parties) for parties in ruling.blocking],
        "kinds": kinds_data(ruling),
    }


def kinds_data(ruling: Ruling) -> list[Data]:
    """Return the kinds of versions of a plan, and what each party says to them."""
    return [
        {
            "condition": None if kind.formula is None else text(kind.formula),
            "states": kind.states,
            "deals": kind.deals,
            "kept": kind.kept,
            "parties": {
                party: {
                    "says": stand.says,
                    "if": None if stand.when is None else text(stand.when),
                    "yes": stand.yes,
                }
                for party, stand in kind.stands.items()
            },
        }
        for kind in ruling.versions
    ]


def deal_data(model: Model, deal: Deal) -> Data:
    """Return one deal."""
    return {
        "bits": model.bits(deal.state),
        "changes": dict(deal.changes),
        "signatories": list(deal.signatories),
        "goes_on": list(deal.goes_on),
        "objectors": list(deal.objectors),
        "kept": deal.kept,
        "as_it_stands": deal.as_it_stands,
        "pareto_best": deal.pareto_best,
        "renegotiable": deal.renegotiable,
        "by": {party: _keeper(model, keeper) for party, keeper in deal.by.items()},
        "gains": {
            party: {
                "decides": None if gain.first is None else gain.first.number,
                "gained": [wish.number for wish in gain.gained],
                "lost": [wish.number for wish in gain.lost],
                **({"level": [wish.number for wish in gain.level]} if gain.level else {}),
            }
            for party, gain in deal.gains.items()
        },
        "chain": [{"party": party, "to": model.bits(state)} for party, state in deal.chain],
        **({"ties": {party: list(ids) for party, ids in deal.ties.items()}} if deal.ties else {}),
    }


def _keeper(model: Model, keeper: Keeper) -> Data:
    told: Data = {"how": keeper.how, "whose": [list(parties) for parties in keeper.whose]}
    if keeper.ties:
        told["ties"] = list(keeper.ties)
    if keeper.example is None:
        return told
    start, path = keeper.example
    moves = [{"party": party, "to": model.bits(state)} for party, state in path]
    return {**told, "example": {"from": model.bits(start), "moves": moves}}


def _refused(ruling: Ruling, refused: Refused) -> Data:
    return {
        "condition": None if refused.condition is None else text(refused.condition),
        "own": None if refused.own is None else text(refused.own),
        "domain": text(ruling.terms.plan),
        "others": refused.others,
        "of": refused.of,
        "states": refused.states,
        "decided_by": dict(refused.decided_by),
        "nothing_in_it": refused.idle,
    }
