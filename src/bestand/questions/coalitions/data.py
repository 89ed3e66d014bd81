"""The documents of ``coalitions``: what ``--json`` prints."""

from __future__ import annotations

from typing import Any

import numpy as np

from bestand.answer.data import Data, head, state_data
from bestand.engine.spec import Parties
from bestand.solve.solution import Bools

from .leaving import Departure
from .merged import MergedStudy
from .movers import Answered
from .study import Study, Way, nearest


def coalitions_data(answered: Answered, most: int) -> Data:
    """The document of ``coalitions``.

    Parameters
    ----------
    answered : Answered
    most : int
        How many equilibria of each kind to list.
    """
    study = answered.study
    document: Data = {
        **_opening(study),
        "looked_at": [_ids(study, H) for H in study.coalitions],
        "improvement": "some gain, none loses" if study.together.pareto else "each gains",
        "sanctioners": study.together.sanctioners,
        "concepts": {},
        "state": None,
        "to": None,
        "stopped": answered.stopped and str(answered.stopped),
    }
    if answered.state is not None:
        document["state"] = _state(study, answered.state)
    if answered.wanted is not None:
        ways = answered.ways
        document["to"] = {
            "wanted": answered.wanted_words,
            "states": int(answered.wanted.sum()),
            "already": answered.already,
            "ways": None if ways is None else [_way(study, way) for way in ways],
        }
        return document
    if answered.state is not None:
        for concept, told in answered.departures.items():
            found = told[answered.state]
            document["concepts"][concept] = {
                "stays": len(study.coalitions) - len(found),
                "departures": [_departure(study, each) for each in found],
            }
        return document
    for concept in study.done:
        document["concepts"][concept] = _concept(study, concept, answered.departures.get(concept, {}), most)
    return document


def _opening(study: Study) -> Data:
    return {**head(study.solution.model), "feasible": study.solution.count, "engine": study.solution.engine.name}


def _concept(study: Study, concept: str, told: dict[int, list[Departure]], most: int) -> Data:
    looked, lasting = study.looked(concept), study.lasting(concept)
    return {
        "equilibria": int(study.solution.equilibria(concept).sum()),
        "equilibria_looked_at": int(looked.sum()),
        "stable_for_every_coalition": int(lasting.sum()),
        "left_by": [
            {"members": _ids(study, H), "equilibria": int(study.left(concept, H).sum())} for H in study.coalitions
        ],
        "lasting": _listed(study, lasting, most),
        "nearest": [
            {**_state(study, at), "departures": [_departure(study, each) for each in found]}
            for at, found in told.items()
        ],
    }


def _listed(study: Study, chosen: Bools, most: int) -> list[Data]:
    return [_state(study, at) for at in nearest(study.solution, chosen)[:most]]


def _departure(study: Study, departure: Departure) -> Data:
    model, states = study.solution.model, study.solution.space.states
    gains: Data = {}
    for j in departure.coalition:
        share = study.solution.lower_share(j)
        gains[model.parties[j].id] = {
            "from": float(share[departure.state]),
            "to": float(share[departure.target]),
        }
    return {
        "members": _ids(study, departure.coalition),
        "to": _state(study, departure.target),
        "targets": departure.targets,
        "path": [
            {"party": model.parties[step.party].id, "to": model.bits(int(states[step.state]))}
            for step in departure.path
        ],
        "rank_percentile": gains,
    }


def _way(study: Study, way: Way) -> Data:
    return {
        **_departure(study, way.departure),
        "gaining": _ids(study, way.gaining),
        "losing": _ids(study, way.losing),
        "targets_that_serve_it": way.serving,
    }


def _ids(study: Study, coalition: Parties) -> list[str]:
    return [study.solution.model.parties[j].id for j in coalition]


def _state(study: Study, at: int) -> Data:
    return state_data(study.solution.model, int(study.solution.space.states[at]))


def merged_data(found: MergedStudy, most: int) -> Data:
    """The document of ``coalitions --merge``."""
    solution = found.solution
    model, states = solution.model, solution.space.states
    told: dict[str, Any] = {}
    for concept in found.concepts:
        merged, apart = found.equilibria(concept), solution.equilibria(concept)
        told[concept] = {
            "equilibria": int(merged.sum()),
            "unmerged_equilibria": int(apart.sum()),
            "in_both": int((merged & apart).sum()),
            "states": [state_data(model, int(states[at])) for at in np.flatnonzero(merged)[:most]],
        }
    return {
        **head(model),
        "feasible": solution.count,
        "engine": solution.engine.name,
        "players": [[model.parties[j].id for j in player] for player in found.players],
        "merged": [model.parties[j].id for j in found.members],
        "concepts": told,
        "stopped": solution.stopped and str(solution.stopped),
    }
