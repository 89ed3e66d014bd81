"""Answers over sets of states as plain data, in the form of `bestand.answer.data`."""

from __future__ import annotations

from itertools import islice

from bestand.answer.data import Data, opening, state_data
from bestand.engine.sets import StateSet
from bestand.model.errors import LimitReached
from bestand.model.formula import Formula, OutcomeAtom, text
from bestand.solve.sets import SetSolution


def analysis_data(solution: SetSolution, concepts: tuple[str, ...], most: int, where: Formula | None = None) -> Data:
    """The document of ``analyse`` over sets of states.

    Parameters
    ----------
    solution : SetSolution
    concepts : tuple of str
    most : int
        How many equilibria, and how many patterns of them, to list for a concept.
    where : Formula, optional
        Only equilibria that satisfy it.

    Notes
    -----
    A pattern's ``count`` is exact; ``patterns_complete`` says whether the patterns listed are all of them. How far each
    equilibrium is from the status quo is not worked out.
    """
    document = opening(solution, concepts, where)
    whole = tuple(concept for concept in concepts if solution.complete(concept))
    try:
        document["plan"] = _plan(solution, whole)
        document["status_quo"] = _status_quo(solution, whole)
        kept = {c: solution.equilibria(c) if where is None else solution.equilibria(c) & where for c in whole}
        for concept, chosen in kept.items():  # the counts first: they are there at once
            document["concepts"][concept] = {**_UNLISTED, "equilibria": chosen.count()}
        for concept, chosen in kept.items():
            document["concepts"][concept] = _equilibria(solution, chosen, most)
        if solution.reached is not None:
            document["reached"] = {"improvements": {"states": solution.reached.count()}}
            for concept in whole:
                chosen = solution.equilibria(concept) & solution.reached
                document["concepts"][concept]["reached"] = (chosen if where is None else chosen & where).count()
    except LimitReached as error:
        solution.stopped = error.stop
    return {**document, "stopped": solution.stopped and str(solution.stopped)}


_UNLISTED: Data = {
    "equilibria": 0,
    "reached": None,
    "listed": 0,
    "complete": False,
    "only_by_moves_not_best": None,  # best moves are followed over listed states alone
    "states": [],
    "patterns": [],
    "patterns_complete": False,
}


def _plan(solution: SetSolution, concepts: tuple[str, ...]) -> Data | None:
    plan = solution.model.plan
    if plan is None:
        return None
    so, reached = solution.holds(plan), solution.reached
    holding = {concept: so & solution.equilibria(concept) for concept in concepts}
    return {
        "formula": text(plan),
        "states": so.count(),
        "equilibria": {concept: found.count() for concept, found in holding.items()},
        "reached": reached and {concept: (found & reached).count() for concept, found in holding.items()},
    }


def _equilibria(solution: SetSolution, chosen: StateSet, most: int) -> Data:
    count = chosen.count()
    solution.watch.phase("listing equilibria", most)
    listed = chosen.first(most)
    patterns = list(islice(chosen.patterns(), most + 1))
    return {
        **_UNLISTED,
        "equilibria": count,
        "listed": len(listed),
        "complete": len(listed) == count,
        "states": [_state(solution, mask) for mask in listed],
        "patterns": [{"bits": pattern.bits, "count": pattern.count} for pattern in patterns[:most]],
        "patterns_complete": len(patterns) <= most,
    }


def _state(solution: SetSolution, mask: int) -> Data:
    solution.watch.step()
    model = solution.model
    return {
        **state_data(model, mask),
        "outcomes": {name: mask in solution.holds(OutcomeAtom(name)) for name in model.outcome},
        "rank_percentile": {party: solution.lower_share(i, mask) for i, party in enumerate(model.party)},
        "moves_from_status_quo": None,
    }


def _status_quo(solution: SetSolution, concepts: tuple[str, ...]) -> Data | None:
    today = solution.status_quo
    if today is None:
        return None
    return {
        "bits": solution.model.bits(today),
        "stable": {
            concept: {party: today in stable for party, stable in solution.stable(concept).items()}
            for concept in concepts
        },
    }
