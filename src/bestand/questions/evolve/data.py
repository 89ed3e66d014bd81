"""The document of ``evolve --json``. Counts are exact, states are bit strings, ids are the file's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bestand.answer.data import head, state_data
from bestand.prose.messages import speaking

from .phrases import chain_words

if TYPE_CHECKING:
    from .answer import Evolution
    from .ends import Round
    from .paths import Leg, Paths
    from .prospects import End

Data = dict[str, Any]

_MOST_IN_ROUND = 1000  # states of a round that are listed
_GAINS = {1: "gain", 0: "same", -1: "loss"}


def data(answer: Evolution) -> Data:
    """Return the document of ``evolve --json``."""
    drift, prospects, model = answer.drift, answer.prospects, answer.model
    listed = np.flatnonzero(drift.reached)[: answer.listed].tolist()
    return {
        **head(model),
        "feasible": answer.feasible,
        "from": state_data(model, answer.start),
        "by": drift.by,
        "concept": answer.under,
        "why_not_drift": answer.instead and str(answer.instead),
        "movers": [model.parties[j].id for j in drift.movers],
        "steps": drift.horizon,
        "stopped": answer.stopped and str(answer.stopped),
        "complete": answer.complete,
        "reached": {"states": drift.count, "moves": drift.longest, "only_by_moving_twice": drift.beyond},
        "to": _target(answer),
        "concepts": {concept: _equilibria(answer, concept) for concept in answer.standing.among},
        "ends": {"count": len(prospects.ends), "listed": [_end(answer, e) for e in prospects.ends[: answer.listed]]},
        "likelihood": _likelihood(answer),
        "rounds": {
            "count": prospects.round_count,
            "listed": [_round(answer, each) for each in prospects.rounds],
        },
        "table": {
            "complete": len(listed) == drift.count,
            "states": [state_data(model, int(drift.masks[at])) for at in listed],
            "rows": [
                {"moves": moves, "last_movers": [_last_movers(answer, at, moves) for at in listed]}
                for moves in range(1, int(drift.moves[:, listed].max(initial=0)) + 1)
            ],
        },
        "readings": [*answer.readings],
    }


def _last_movers(answer: Evolution, at: int, moves: int) -> list[str]:
    return [answer.model.parties[j].id for j in answer.drift.last_movers(at, moves)]


def _target(answer: Evolution) -> Data | None:
    target = answer.target
    if target is None:
        return None
    reached = np.flatnonzero(target.found & answer.drift.reached)
    return {
        "asked": target.name,
        "states": target.count,
        "reached": len(reached),
        "ever_likelihood": target.chance,
        "listed": [_state(answer, at, answer.guide.routes.get(at)) for at in reached[: answer.listed].tolist()],
    }


def _equilibria(answer: Evolution, concept: str) -> Data:
    reached = np.flatnonzero(answer.standing.among[concept] & answer.drift.reached)
    return {
        "equilibria": answer.standing.totals[concept],
        "reached": len(reached),
        "complete": len(reached) <= answer.listed,
        "states": [_state(answer, at, answer.guide.samples.get(at), 1) for at in reached[: answer.listed].tolist()],
    }


def _end(answer: Evolution, end: End) -> Data:
    return {
        "rests": end.rests,
        "states": len(end.places),
        "likelihood": end.likelihood,
        "nearest": _state(answer, end.nearest, answer.guide.routes.get(end.nearest)),
    }


def _state(answer: Evolution, at: int, paths: Paths | None, most: int | None = None) -> Data:
    """Tell a state found, how far it is (null where no legal sequence leads there), and shortest paths to it."""
    distance = int(answer.drift.distance[at])
    return {
        **state_data(answer.model, int(answer.drift.masks[at])),
        "moves": None if distance < 0 else distance,
        "shortest_paths": None if paths is None else {"count": paths.count, "complete_count": paths.counted},
        "paths": [] if paths is None else [_path(answer, legs) for legs in paths.shown[:most]],
    }


def _path(answer: Evolution, legs: tuple[Leg, ...]) -> list[Data]:
    model = answer.model
    return [
        {"party": model.parties[leg.party].id, "to": model.bits(leg.state), "for_mover": _GAINS[leg.gain]}
        for leg in legs
    ]


def _likelihood(answer: Evolution) -> Data:
    prospects = answer.prospects
    if prospects.moves_to_the_end is None:
        return {"mover": None, "why_not": str(prospects.unsaid), "moves": None, "outcomes": {}}
    with speaking("en"):
        mover = chain_words(answer)
    return {
        "mover": mover,
        "why_not": None,
        "moves": prospects.moves_to_the_end,
        "outcomes": {name: {"always": always, "never": never} for name, (always, never) in prospects.odds.items()},
    }


def _round(answer: Evolution, found: Round) -> Data:
    model, masks = answer.model, answer.drift.masks
    example = found.example and [
        {"party": model.parties[party].id, "to": model.bits(int(masks[state]))} for party, state in found.example
    ]
    return {
        "states": len(found.states),
        "closed": found.closed,
        "complete": len(found.states) <= _MOST_IN_ROUND,
        "listed": [model.bits(mask) for mask in masks[found.states[:_MOST_IN_ROUND]].tolist()],
        "example": example,
    }
