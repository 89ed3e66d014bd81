"""What the tests of grounds share: witnesses of random models from every engine, and a verdict by brute force."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from bestand.model.model import Model
from bestand.reference import Graph, feasible
from bestand.solve.solution import solve
from bestand.stability.registry import CONCEPTS, EVERY
from bestand.witness.search import explained
from bestand.witness.witness import Witness
from tests.solve.helpers import endings, steps_of

BY = {"any": "moves", "credible": "improvements", "best": "best moves"}


def engines_of(model: Model) -> list[str]:
    """Every engine that can serve a model."""
    return ["arcs"] if model.forbidden_moves else ["cube", "listed", "arcs", "symbolic"]


def concepts_of(engine: str) -> tuple[str, ...]:
    """Every concept that an engine can follow."""
    return tuple(CONCEPTS if engine == "symbolic" else EVERY)


def witnesses(model: Model, chance: random.Random, each: int) -> Iterator[tuple[str, Any, Witness]]:
    """(engine, solution, witness): so many states and parties for each engine and concept."""
    states = feasible(model)
    for engine in engines_of(model):
        solution = solve(model, engine)
        for concept in concepts_of(engine):
            for _ in range(each):
                state, party = chance.choice(states), chance.randrange(len(model.parties))
                yield engine, solution, explained(solution, state, party, concept)


def stable_given(graph: Graph, concept: str, i: int, s: int, better: set[int]) -> bool:
    """Whether a state is stable for a party that prefers just these states to it, by the definition."""
    others = {j for j in range(len(graph.moves)) if j != i}
    steps = {kind: steps_of(graph, by) for kind, by in BY.items()}

    def gains(target: int, rounds: tuple[str, ...]) -> bool:
        if target not in better:
            return False
        if not rounds:
            return True
        return not any(deters(end, rounds[1:]) for end in {target, *endings(steps[rounds[0]], target, others)})

    def deters(end: int, rounds: tuple[str, ...]) -> bool:
        if not rounds:
            return end not in better
        return not any(gains(target, rounds[1:]) for target in {end, *graph.moves[i][end]})

    return not any(gains(target, EVERY[concept].rounds) for target in graph.moves[i][s])
