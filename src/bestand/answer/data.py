"""Answers as plain data: what ``--json`` prints. Counts are exact, states are bit strings, ids are the file's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bestand.model.errors import LimitReached
from bestand.model.formula import Formula, OutcomeAtom, text
from bestand.model.model import Model
from bestand.model.sentences import Mover
from bestand.model.values import Grounds
from bestand.solve.loose import loose
from bestand.solve.solution import Bools, Solution
from bestand.version import __version__

from .columns import patterns_of, reached_first

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution

Data = dict[str, Any]


def head(model: Model) -> Data:
    """What every document begins with."""
    return {
        "bestand": __version__,
        "title": model.title,
        "parties": list(model.party),
        "options": [{"id": option.id, "party": option.party} for option in model.options],
    }


def analysis_data(solution: Solution, concepts: tuple[str, ...], most: int, where: Formula | None = None) -> Data:
    """The document of ``analyse``.

    Parameters
    ----------
    solution : Solution
    concepts : tuple of str
    most : int
        How many equilibria of a concept to list; those reached from the status quo come first.
    where : Formula, optional
        Only equilibria that satisfy it.
    """
    space = solution.space
    kept = np.ones(space.size, bool) if where is None else space.holds(where)
    document = opening(solution, concepts, where)
    whole = tuple(concept for concept in concepts if solution.complete(concept))
    try:
        for concept in whole:
            document["concepts"][concept] = _equilibria(solution, concept, kept, most)
        document["plan"] = _plan(solution, whole)
        document["status_quo"] = _status_quo(solution, whole)
        document["reached"] = _reached(solution)
    except LimitReached as error:
        solution.stopped = error.stop
    return {**document, "stopped": solution.stopped and str(solution.stopped)}


def opening(solution: Solution | SetSolution, concepts: tuple[str, ...], where: Formula | None) -> Data:
    """The document of ``analyse`` before what takes time is filled in."""
    document: Data = {
        **head(solution.model),
        "feasible": solution.count,
        "engine": solution.engine.name,
        "because": str(solution.because),
        "stopped": solution.stopped and str(solution.stopped),
    }
    if where is not None:
        document["where"] = text(where)
    unfinished = {concept: solution.finished(concept) for concept in concepts if not solution.complete(concept)}
    if unfinished:
        document["unfinished"] = {
            concept: {solution.model.parties[i].id: solution.stable_count(concept, i) for i in done}
            for concept, done in unfinished.items()
        }
    return {**document, "concepts": {}, "plan": None, "status_quo": None, "reached": None}


def stopped_data(model: Model, limit: str) -> Data:
    """The document of an analysis that stopped before it began: what is known, and the limit that it met."""
    empty: Data = {"feasible": None, "engine": None, "because": None, "stopped": limit}
    return {**head(model), **empty, "concepts": {}, "plan": None, "status_quo": None, "reached": None}


def _plan(solution: Solution, concepts: tuple[str, ...]) -> Data | None:
    """In how many states the plan of the model is true, and in how many equilibria, reached ones among them."""
    plan = solution.model.plan
    if plan is None:
        return None
    so, reach = solution.space.holds(plan), solution.reach()
    holding = {concept: so & solution.equilibria(concept) for concept in concepts}
    return {
        "formula": text(plan),
        "states": int(so.sum()),
        "equilibria": {concept: int(found.sum()) for concept, found in holding.items()},
        "only_by_moves_not_best": {
            concept: int((found & loosely).sum())
            for concept, found in holding.items()
            if (loosely := loose(solution, concept)) is not None
        },
        "reached": reach and {concept: int((found & reach.reached).sum()) for concept, found in holding.items()},
    }


def _equilibria(solution: Solution, concept: str, kept: Bools, most: int) -> Data:
    chosen, loosely = solution.equilibria(concept) & kept, loose(solution, concept)
    count = int(chosen.sum())
    listed = reached_first(solution, chosen)[:most]
    reach = solution.reach()
    return {
        "equilibria": count,
        "reached": None if reach is None else int((chosen & reach.reached).sum()),
        "listed": len(listed),
        "complete": len(listed) == count,
        "only_by_moves_not_best": None if loosely is None else int((loosely & kept).sum()),
        "states": _states(solution, listed, loosely),
        "patterns": [
            {"bits": pattern.bits, "count": pattern.count, "reached": reached}
            for pattern, reached in patterns_of(solution, chosen)
        ],
    }


def _states(solution: Solution, listed: list[int], loosely: Bools | None) -> list[Data]:
    model, space = solution.model, solution.space
    outcomes = {name: space.holds(OutcomeAtom(name)) for name in model.outcome}
    shares = {party: solution.lower_share(i) for i, party in enumerate(model.party)}
    reach = solution.reach()
    told = []
    for at in listed:
        mask = int(space.states[at])
        entry: Data = {
            **state_data(model, mask),
            "outcomes": {name: bool(holds[at]) for name, holds in outcomes.items()},
            "rank_percentile": {party: float(share[at]) for party, share in shares.items()},
            "moves_from_status_quo": None if reach is None or reach.distance[at] < 0 else int(reach.distance[at]),
        }
        if loosely is not None:
            entry["only_by_moves_not_best"] = bool(loosely[at])
        told.append(entry)
    return told


def state_data(model: Model, mask: int) -> Data:
    """A state: its bits, the options that are yes, and its label where it has one."""
    bits = model.bits(mask)
    entry: Data = {"bits": bits, "yes": list(model.taken(mask))}
    return {**entry, "label": model.labels[bits]} if bits in model.labels else entry


def _status_quo(solution: Solution, concepts: tuple[str, ...]) -> Data | None:
    at = solution.space.status_quo
    if at is None:
        return None
    return {
        "bits": solution.model.bits(int(solution.space.states[at])),
        "stable": {
            concept: {party: bool(solution.stable(concept)[i, at]) for i, party in enumerate(solution.model.party)}
            for concept in concepts
        },
    }


def _reached(solution: Solution) -> Data | None:
    """How far improvements, and best moves, lead from the status quo."""
    told: Data = {}
    movers: tuple[Mover, ...] = ("improvements", "best moves")
    for by in movers:
        reach = solution.reach(by)
        if reach is None:
            return None
        resting = np.flatnonzero(reach.reached & solution.resting).tolist()
        told[by.replace(" ", "_")] = {
            "states": int(reach.reached.sum()),
            "moves": int(reach.distance.max()),
            "resting_places": [
                {**state_data(solution.model, int(solution.space.states[at])), "path": _path(solution, reach.path(at))}
                for at in resting[:_MOST_RESTING]
            ],
            "resting": len(resting),
        }
    return told


_MOST_RESTING = 100


def _path(solution: Solution, path: Any) -> list[Data]:
    parties, states = solution.engine.parties, solution.space.states
    return [{"party": parties[s.party], "to": solution.model.bits(int(states[s.state]))} for s in path]


def grounds_data(grounds: Grounds) -> Data:
    """What a thing says and how well it is founded."""
    return {
        "says": grounds.says,
        "source": [str(citation) for citation in grounds.source],
        "support": grounds.support,
        "note": grounds.note,
    }
