"""The document of ``evolve --json``. Counts are exact, states are bit strings, ids are the file's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from bestand.answer.data import head, state_data
from bestand.prose.messages import speaking

from .ends import Round
from .ends_words import outcome_odds
from .evolution import End, Evolved
from .paths import ENOUGH, Leg
from .phrases import chain_words
from .table import last_movers

Data = dict[str, Any]

_ENOUGH = 20  # shortest paths to an equilibrium that are looked at, to give one
_MOST_IN_ROUND = 1000  # states of a round that are listed


def evolution_data(evolved: Evolved, paths: int, most: int) -> Data:
    """What ``evolve`` found, as plain data.

    Parameters
    ----------
    evolved : Evolved
    paths : int
        How many shortest paths to a state.
    most : int
        How many states of a kind to list, the nearest first.
    """
    drift, solution, model = evolved.drift, evolved.solution, evolved.model
    listed = np.flatnonzero(drift.reached)[:most].tolist()
    return {
        **head(model),
        "feasible": None if solution is None else solution.count,
        "from": state_data(model, int(drift.masks[0])),
        "by": drift.by.replace(" ", "_"),
        "movers": [model.parties[j].id for j in drift.movers],
        "steps": drift.horizon,
        "stopped": evolved.stopped and str(evolved.stopped),
        "complete": drift.closed and evolved.stopped is None,
        "reached": {"states": int(drift.reached.sum()), "moves": drift.longest, "only_by_moving_twice": drift.beyond},
        "to": _target(evolved, paths, most),
        "concepts": {concept: _equilibria(evolved, concept, most) for concept in evolved.standing},
        "ends": {
            "count": len(evolved.ends),
            "listed": [_end(evolved, end, paths) for end in evolved.ends[:most]],
        },
        "likelihood": _likelihood(evolved),
        "rounds": {
            "count": evolved.round_count,
            "listed": [_round(evolved, found) for found in evolved.rounds],
        },
        "table": {
            "complete": len(listed) == int(drift.reached.sum()),
            "states": [state_data(model, int(drift.masks[at])) for at in listed],
            "rows": [
                {"moves": moves, "last_movers": [last_movers(evolved, at, moves) for at in listed]}
                for moves in range(1, int(drift.moves[:, listed].max(initial=0)) + 1)
            ],
        },
    }


def _target(evolved: Evolved, paths: int, most: int) -> Data | None:
    target = evolved.target
    if target is None:
        return None
    found = np.flatnonzero(target.found & evolved.drift.reached)
    return {
        "asked": target.name,
        "states": target.count,
        "reached": len(found),
        "ever_likelihood": target.chance,
        "listed": [_state(evolved, at, paths) for at in found[:most].tolist()],
    }


def _equilibria(evolved: Evolved, concept: str, most: int) -> Data:
    found = np.flatnonzero(evolved.standing[concept] & evolved.drift.reached)
    return {
        "equilibria": evolved.totals[concept],
        "reached": len(found),
        "complete": len(found) <= most,
        "states": [_state(evolved, at, 1, _ENOUGH) for at in found[:most].tolist()],
    }


def _end(evolved: Evolved, end: End, paths: int) -> Data:
    return {
        "rests": end.rests,
        "states": len(end.states),
        "likelihood": end.likelihood,
        "nearest": _state(evolved, int(end.states[0]), paths),
    }


def _state(evolved: Evolved, at: int, paths: int, enough: int = ENOUGH) -> Data:
    """A state found, how far it is, and shortest paths to it; the moves are null where none leads there legally."""
    found = evolved.paths(at, paths, enough)
    return {
        **state_data(evolved.model, int(evolved.drift.masks[at])),
        "moves": None if found is None else found.moves,
        "shortest_paths": None if found is None else {"count": found.count, "complete_count": found.counted},
        "paths": [] if found is None else [_path(evolved, legs) for legs in found.shown],
    }


def _path(evolved: Evolved, legs: tuple[Leg, ...]) -> list[Data]:
    model = evolved.model
    gains = {1: "gain", 0: "same", -1: "loss"}
    return [
        {"party": model.parties[leg.party].id, "to": model.bits(leg.state), "for_mover": gains[leg.gain]}
        for leg in legs
    ]


def _likelihood(evolved: Evolved) -> Data:
    if evolved.chain is None:
        return {"mover": None, "why_not": str(evolved.unsaid), "moves": None, "outcomes": {}}
    with speaking("en"):
        mover = chain_words(evolved)
    return {
        "mover": mover,
        "why_not": None,
        "moves": evolved.chain.moves,
        "outcomes": {name: {"always": always, "never": never} for name, always, never in outcome_odds(evolved)},
    }


def _round(evolved: Evolved, found: Round) -> Data:
    model, masks = evolved.model, evolved.drift.masks
    example = found.example and [
        {"party": model.parties[party].id, "to": model.bits(int(masks[state]))} for party, state in found.example
    ]
    return {
        "states": len(found.states),
        "closed": found.closed,
        "complete": len(found.states) <= _MOST_IN_ROUND,
        "listed": [model.bits(int(masks[state])) for state in found.states[:_MOST_IN_ROUND]],
        "example": example,
    }
