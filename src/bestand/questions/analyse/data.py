"""What holds in a model as data: the document of ``analyse --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.data import Data, head, state_data
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.plan.ruling_data import kinds_data, verdict_data
from bestand.plan.told_data import told_data

if TYPE_CHECKING:
    from bestand.plan.holding import Holding

    from .answer import Result
    from .drift import Drift, RestingPlace
    from .equilibria import Equilibria, Listing


def data(result: Result) -> Data:
    """Return the document; where a limit was reached, ``stopped`` names it and the rest is missing.

    Notes
    -----
    A pattern's ``count`` is exact. ``patterns_complete`` says whether the patterns listed are all of them, where they
    may not be. Over sets of states, how far each equilibrium is from the status quo is not worked out.
    """
    document: Data = {
        **head(result.model),
        "feasible": result.feasible,
        "engine": result.engine,
        "because": str(result.because),
        "stopped": None if result.stopped is None else str(result.stopped),
    }
    if result.where is not None:
        document["where"] = text(result.where)
    if result.tally is not None and len(result.stable) < len(result.concepts):
        document["unfinished"] = {
            concept: {party: count for party, count in zip(result.parties, counts, strict=True) if count is not None}
            for concept, counts in result.tally.stable.items()
            if concept not in result.stable
        }
    groups = {concept: group for group in result.groups for concept in group.concepts}
    return {
        **document,
        "concepts": {c: _equilibria(result, c, groups[c]) for c in result.concepts if c in groups},
        "verdict": None if result.ruling is None else verdict_data(result.model, result.ruling),
        "words": None if result.ruling is None else told_data(result.model, result.ruling),
        "kinds": [] if result.ruling is None else kinds_data(result.ruling),
        "plan": None if result.plan is None else _plan(result.plan),
        "status_quo": _status_quo(result),
        "reached": _reached(result),
        "readings": [*result.readings],
    }


def nothing_finished() -> Data:
    """Return what the document holds, besides what every document does, where a limit left nothing finished."""
    empty: Data = dict.fromkeys(("feasible", "engine", "because", "verdict", "words", "plan", "status_quo", "reached"))
    return {**empty, "concepts": {}, "kinds": []}


def _equilibria(result: Result, concept: str, group: Equilibria) -> Data:
    over_sets = result.listed is None
    listing = group.listing
    listed = 0 if listing is None else len(listing.states)
    document: Data = {
        "equilibria": group.count,
        "reached": group.reached,
        "listed": listed,
        "complete": listing is not None and listed == group.count,
        "only_by_moves_not_best": group.loose.get(concept),
        "states": [] if listing is None else _states(result.model, listing, concept),
        "patterns": [],
    }
    for k, pattern in enumerate(group.patterns):
        told: Data = {"bits": pattern.bits, "count": pattern.count}
        document["patterns"].append(told if over_sets else {**told, "reached": k < group.patterns_reached})
    told_whether = over_sets or not group.patterns_complete
    return {**document, "patterns_complete": group.patterns_complete} if told_whether else document


def _states(model: Model, listing: Listing, concept: str) -> list[Data]:
    names, parties = list(model.outcome), list(model.party)
    loose = listing.loose[concept].tolist() if concept in listing.loose else None
    moves = None if listing.moves is None else listing.moves.tolist()
    told = []
    for k, (state, true, lower) in enumerate(
        zip(listing.states, listing.outcomes.tolist(), listing.lower.tolist(), strict=True)
    ):
        entry: Data = {
            **state_data(model, state),
            "outcomes": dict(zip(names, true, strict=True)),
            "rank_percentile": dict(zip(parties, lower, strict=True)),
            "moves_from_status_quo": None if moves is None or moves[k] < 0 else moves[k],
        }
        if loose is not None:
            entry["only_by_moves_not_best"] = loose[k]
        told.append(entry)
    return told


def _plan(holding: Holding) -> Data:
    """In how many states the plan of the model is true, and in how many equilibria, reached ones among them."""
    document: Data = {
        "formula": text(holding.plan),
        "states": holding.states,
        "equilibria": dict(holding.equilibria),
    }
    if holding.loose is not None:
        document["only_by_moves_not_best"] = dict(holding.loose)
    return {**document, "reached": None if holding.reached is None else dict(holding.reached)}


def _status_quo(result: Result) -> Data | None:
    today = result.today
    if today is None:
        return None
    return {
        "bits": result.model.bits(today.state),
        "stable": {concept: dict(zip(result.parties, stable, strict=True)) for concept, stable in today.stable.items()},
    }


def _reached(result: Result) -> Data | None:
    """Return how many states are reached from the status quo by moves of each kind, and where that comes to rest."""
    if not result.drift:
        return None
    told: Data = {drift.by: drift.states for drift in result.drift}
    if result.on_purpose is not None:
        if result.on_purpose.purposeful is not None:
            told["purposeful"] = result.on_purpose.purposeful
        told["drift"] = {
            concept: {"states": states, "ends": [[result.model.bits(state) for state in end] for end in ends]}
            for concept, (states, ends) in result.on_purpose.drifts.items()
        }
    rests = {drift.by: _drift(result.model, drift) for drift in result.drift if drift.moves is not None}
    return {**told, "rests": rests}


def _drift(model: Model, drift: Drift) -> Data:
    return {
        "moves": drift.moves,
        "resting_places": [_resting_place(model, place) for place in drift.places],
        "resting": drift.resting,
    }


def _resting_place(model: Model, place: RestingPlace) -> Data:
    path = [{"party": party, "to": model.bits(state)} for party, state in place.path]
    return {**state_data(model, place.state), "path": path}
