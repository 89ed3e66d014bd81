"""What the tests of grounds share: witnesses of random models from every engine, and a verdict by brute force."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from bestand.model.model import Model
from bestand.solve.solve import solve
from bestand.stability.registry import CONCEPTS, EVERY
from bestand.testing import Graph, feasible
from bestand.witness.search import explained
from bestand.witness.witness import Witness
from tests.solve.helpers import endings, steps_of


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
    facts = EVERY[concept]
    kind = {"any": "moves", "credible": "improvements", "best": "best moves"}.get(facts.replies)
    others = {j for j in range(len(graph.moves)) if j != i}
    for target in graph.moves[i][s]:
        if target not in better:
            continue
        ends = endings(steps_of(graph, kind), target, others) if kind else {}
        if not any(
            end not in better and not (facts.counters and any(t in better for t in graph.moves[i][end])) for end in ends
        ):
            return False
    return True
