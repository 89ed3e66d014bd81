"""What the conformance tests share: engines for a model, and verdicts to compare."""

from collections.abc import Sequence
from typing import Any

from hypothesis import settings

from bestand.engine.choose import EXPLICIT, build
from bestand.model.model import Model
from bestand.reference import Graph, graph_of, stable_under
from bestand.reference.purposeful import stable_in
from bestand.stability import registry

CONCEPTS = tuple(registry.EVERY)

Verdicts = dict[str, list[list[bool]]]  # by concept, party and state


def examples(count: int) -> settings:
    """So many examples, the same ones in every run."""
    return settings(max_examples=count, derandomize=True, database=None, deadline=None)


def engines_for(model: Model) -> list[Any]:
    """Every engine that lists the states of a model."""
    return [build(model, name) for name in EXPLICIT]


def needs_options(concept: str) -> bool:
    """Whether a concept asks which options a move flips, so that it says nothing of a graph drawn by hand."""
    return "purposeful" in registry.EVERY[concept].rounds


def by_definition(graph: Graph, concept: str, model: Model | None = None) -> tuple[tuple[bool, ...], ...]:
    """What brute force finds of a graph under any registered concept; the model of the graph where one is needed."""
    rounds = registry.EVERY[concept].rounds
    if needs_options(concept):
        assert model is not None, f"{concept} needs the options of a model"
        return stable_in(model, rounds)
    return stable_under(graph, rounds)


def verdicts(engine: Any, *, drawn: bool = False, over_sets: bool = False) -> Verdicts:
    """What an engine finds: of a graph drawn by hand what that can say, or what sets of states can say."""
    parties = range(len(engine.parties))
    over_sets = over_sets or engine.name == "symbolic"
    asked = [c for c in CONCEPTS if registry.EVERY[c].over_sets or not over_sets]
    asked = [c for c in asked if not (drawn and needs_options(c))]
    return {c: [engine.over_states(registry.stable(engine, c, i)).tolist() for i in parties] for c in asked}


def expected(model: Model) -> Verdicts:
    """What brute force finds."""
    graph = graph_of(model)
    return {c: [list(of_party) for of_party in by_definition(graph, c, model)] for c in CONCEPTS}


def expected_of_graph(graph: Graph) -> Verdicts:
    """What brute force finds of a graph drawn by hand, which has no options."""
    asked = [c for c in CONCEPTS if not needs_options(c)]
    return {c: [list(of_party) for of_party in by_definition(graph, c)] for c in asked}


def differences(found: Verdicts, right: Verdicts, states: Sequence[object]) -> list[str]:
    """Where two sets of verdicts differ, one line each: for messages that can be worked with."""
    return [
        f"{c}: party {i}, state {state}: {was}, should be {should}"
        for c in found
        for i, (row, right_row) in enumerate(zip(found[c], right[c], strict=True))
        for state, was, should in zip(states, row, right_row, strict=True)
        if was != should
    ]
