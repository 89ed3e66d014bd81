"""What the conformance tests share: engines for a model, and verdicts to compare."""

from collections.abc import Sequence
from typing import Any

from hypothesis import settings

from bestand.engine.choose import EXPLICIT, build
from bestand.model.model import Model
from bestand.reference import Graph, stable_under
from bestand.stability import registry

CONCEPTS = tuple(registry.EVERY)

Verdicts = dict[str, list[list[bool]]]  # by concept, party and state


def examples(count: int) -> settings:
    """So many examples, the same ones in every run."""
    return settings(max_examples=count, derandomize=True, database=None, deadline=None)


def engines_for(model: Model) -> list[Any]:
    """Every engine that can serve a model: only one of them can follow forbidden moves."""
    return [build(model, name) for name in (["arcs"] if model.forbidden_moves else EXPLICIT)]


def verdicts(engine: Any) -> Verdicts:
    """What an engine finds."""
    parties = range(len(engine.parties))
    asked = [c for c in CONCEPTS if engine.name != "symbolic" or registry.EVERY[c].over_sets]
    return {c: [engine.over_states(registry.stable(engine, c, i)).tolist() for i in parties] for c in asked}


def expected(graph: Graph) -> Verdicts:
    """What the oracle finds."""
    return {c: [list(of_party) for of_party in stable_under(graph, registry.EVERY[c].rounds)] for c in CONCEPTS}


def differences(found: Verdicts, right: Verdicts, states: Sequence[object]) -> list[str]:
    """Where two sets of verdicts differ, one line each: for messages that can be worked with."""
    return [
        f"{c}: party {i}, state {state}: {was}, should be {should}"
        for c in found
        for i, (row, right_row) in enumerate(zip(found[c], right[c], strict=True))
        for state, was, should in zip(states, row, right_row, strict=True)
        if was != should
    ]
