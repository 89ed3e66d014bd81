"""What the tests of grounds share: witnesses of random models from every engine, and a verdict by brute force."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from bestand.model.model import Model
from bestand.reference import feasible, graph_of
from bestand.reference.commitments import Committed
from bestand.reference.purposeful import Conflict
from bestand.solve.solution import solve
from bestand.stability.registry import EVERY
from bestand.witness.search import explained
from bestand.witness.witness import Witness
from tests.solve.helpers import endings, steps_of

BY = {"any": "moves", "credible": "improvements", "best": "best moves"}


def engines_of(model: Model) -> list[str]:
    """Every engine that can serve a model."""
    if model.coalesced or model.standing:
        return ["arcs"]
    return ["cube", "listed", "arcs", *([] if model.forbidden_moves else ["symbolic"])]


def concepts_of(engine: str) -> tuple[str, ...]:
    """Every concept that an engine can follow."""
    return tuple(id for id, concept in EVERY.items() if engine != "symbolic" or concept.over_sets)


def witnesses(model: Model, chance: random.Random, each: int) -> Iterator[tuple[str, Any, Witness]]:
    """(engine, solution, witness): so many states and parties for each engine and concept."""
    states = Committed(model, model.standing).states if model.standing else feasible(model)
    for engine in engines_of(model):
        solution = solve(model, engine)
        for concept in concepts_of(engine):
            for _ in range(each):
                state, party = chance.choice(states), chance.randrange(len(model.parties))
                yield engine, solution, explained(solution, state, party, concept)


class Brute:
    """A model by brute force: its states are numbered in ascending order, as in its graph."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.graph = graph_of(model)
        self.states = feasible(model)
        self.place = {mask: at for at, mask in enumerate(self.states)}
        self.parties = range(len(self.graph.moves))
        self.steps = cache(self._steps)
        self.ends = cache(self._ends)

    def _steps(self, kind: str) -> list[list[list[int]]]:
        """``[party][state]``: where the party goes from the state by moves of a kind."""
        if kind in BY:
            return steps_of(self.graph, BY[kind])
        conflict = Conflict(self.model)
        return [
            [[self.place[end] for end in conflict.steps(party, mask, kind)] for mask in self.states]
            for party in conflict.parties
        ]

    def _ends(self, kind: str, i: int, start: int) -> dict[int, int]:
        """Where all but party i can bring it by moves of a kind, each with the length of a shortest sequence."""
        return endings(self.steps(kind), start, {j for j in self.parties if j != i})

    def better(self, i: int, s: int) -> set[int]:
        """The states that party i prefers to one."""
        rank = self.graph.ranks[i]
        return {t for t in range(self.graph.size) if rank[t] > rank[s]}

    def gains(self, i: int, target: int, rounds: Sequence[str], better: Collection[int]) -> bool:
        """Whether party i, which prefers just these states to where it began, gains by getting to a state."""
        if target not in better:
            return False
        if not rounds:
            return True
        return not any(self.deters(i, end, rounds[1:], better) for end in {target, *self.ends(rounds[0], i, target)})

    def deters(self, i: int, end: int, rounds: Sequence[str], better: Collection[int]) -> bool:
        """Whether it deters party i that the others bring it to a state."""
        if not rounds:
            return end not in better
        return not any(self.gains(i, t, rounds[1:], better) for t in {end, *self.graph.moves[i][end]})

    def stable(self, rounds: Sequence[str], i: int, s: int, better: Collection[int]) -> bool:
        """Whether a state is stable for party i, which prefers just these states to it, by the definition."""
        return not any(self.gains(i, target, rounds, better) for target in self.graph.moves[i][s])
