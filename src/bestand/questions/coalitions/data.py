"""The document of ``coalitions --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.answer.data import head, state_data

if TYPE_CHECKING:
    from .answer import Coalitions
    from .departure import Departure
    from .study import Way

Data = dict[str, Any]
Parties = tuple[int, ...]


def data(answer: Coalitions) -> Data:
    """Return the document of ``coalitions --json``."""
    document: Data = {
        **head(answer.model),
        "feasible": len(answer.states),
        "engine": answer.engine,
        "looked_at": [_ids(answer, coalition) for coalition in answer.coalitions],
        "improvement": "some gain, none loses" if answer.pareto else "each gains",
        "sanctioners": answer.sanctioners,
        "concepts": {},
        "state": None if answer.state is None else state_data(answer.model, answer.state),
        "to": None,
        "stopped": answer.stopped and str(answer.stopped),
    }
    if answer.aim is not None:
        document["to"] = {
            "wanted": answer.aim.name,
            "states": answer.aim.states,
            "already": answer.aim.already,
            "ways": None if answer.ways is None else [_way(answer, way) for way in answer.ways],
        }
    elif answer.state is not None:
        for concept, (situation,) in answer.situations.items():
            document["concepts"][concept] = {
                "stays": len(answer.coalitions) - len(situation.departures),
                "departures": [_departure(answer, each) for each in situation.departures],
            }
    else:
        document["concepts"] = {concept: _concept(answer, concept) for concept in answer.tallies}
    return {**document, "readings": [*answer.readings]}


def _concept(answer: Coalitions, concept: str) -> Data:
    tally, model = answer.tallies[concept], answer.model
    return {
        "equilibria": tally.equilibria,
        "equilibria_looked_at": tally.looked_at,
        "stable_for_every_coalition": len(tally.lasting.states),
        "left_by": [
            {"members": _ids(answer, coalition), "equilibria": left, **_everywhere(answer, concept, coalition)}
            for coalition, left in zip(answer.coalitions, tally.left, strict=True)
        ],
        "lasting": [state_data(model, mask) for mask in tally.lasting.states[: answer.listed].tolist()],
        "nearest": [
            {
                **state_data(model, situation.state),
                "departures": [_departure(answer, each) for each in situation.departures],
            }
            for situation in answer.situations.get(concept, ())
        ],
    }


def _everywhere(answer: Coalitions, concept: str, coalition: Parties) -> Data:
    """Tell how many of all states a coalition would leave, where that was asked for and worked out."""
    if not answer.everywhere or (concept, coalition) not in answer.verdicts:
        return {}
    return {"states": int((~answer.verdicts[concept, coalition]).sum())}


def _departure(answer: Coalitions, departure: Departure) -> Data:
    model = answer.model
    shares = zip(departure.coalition, departure.before, departure.after, strict=True)
    return {
        "members": _ids(answer, departure.coalition),
        "to": state_data(model, departure.target),
        "targets": departure.targets,
        "path": [{"party": model.parties[party].id, "to": model.bits(state)} for party, state in departure.path],
        "rank_percentile": {model.parties[j].id: {"from": before, "to": after} for j, before, after in shares},
    }


def _way(answer: Coalitions, way: Way) -> Data:
    return {
        **_departure(answer, way.departure),
        "gaining": _ids(answer, way.gaining),
        "losing": _ids(answer, way.losing),
        "targets_that_serve_it": way.serving,
    }


def _ids(answer: Coalitions, coalition: Parties) -> list[str]:
    return [answer.model.parties[j].id for j in coalition]
