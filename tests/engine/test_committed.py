"""Commitments in force, over listed states, against the brute force that applies them state by state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bestand.engine.arcs import arcs_engine
from bestand.engine.committed import DIRECTION, FIGHT, FINE, UNSETTLED, committed_space, complete
from bestand.engine.limits import Watch
from bestand.model.errors import ModelError
from bestand.reference.commitments import CommitmentError, Committed
from bestand.reference.drift import Drift
from bestand.reference.purposeful import CONCEPTS
from bestand.solve.drift import drift
from bestand.solve.purpose import Purpose
from bestand.stability.registry import EVERY
from tests.examples import examples
from tests.reference.test_commitments import committed

RANDOM = settings(max_examples=examples(80), deadline=None, suppress_health_check=list(HealthCheck))
TROUBLES = {"fight": FIGHT, "unsettled": UNSETTLED, "direction": DIRECTION}


@RANDOM
@given(committed())
def test_what_states_come_to(case):
    model, standing, of_plan, _ = case
    every = (*standing, *of_plan)
    states = np.arange(1 << len(model.options), dtype=np.uint64)
    found = complete(model, every, states)
    oracle = Committed(model.replace(rules=()), every)
    for state, end, kind, where in zip(
        *(each.tolist() for each in (states, found.ends, found.trouble, found.at)), strict=True
    ):
        assert outcome(oracle, state) == ((kind, where) if kind else (FINE, end))


def outcome(conflict: Committed, state: int) -> tuple[int, int]:
    """What a state comes to; or in what trouble, and where that is."""
    try:
        return FINE, conflict.complete(state)
    except CommitmentError as error:
        return TROUBLES[error.trouble], error.state


def right(model, commitments):
    """The oracle, and None where some legal move leads into trouble."""
    conflict = Committed(model, commitments)
    every = [(party, state) for party in conflict.parties for state in conflict.states]
    try:
        moves = {each: conflict.moves(*each) for each in every}
    except CommitmentError:
        return conflict, None
    return conflict, moves


@RANDOM
@given(committed(), st.sampled_from(sorted(CONCEPTS)))
def test_states_moves_and_stability(case, concept):
    model, standing, of_plan, _ = case
    every = (*standing, *of_plan)
    conflict, moves = right(model, every)
    if not conflict.states or moves is None:
        with pytest.raises(ModelError):
            committed_space(model, every)
        return
    space = committed_space(model, every)
    assert tuple(space.states.tolist()) == conflict.states
    places = {state: s for s, state in enumerate(conflict.states)}
    for i, party in enumerate(conflict.parties):
        to = {state: sorted({places[end] for end in moves[party, state].values()}) for state in conflict.states}
        assert {state: space.targets(i, s) for state, s in places.items()} == to
        back = {s: [places[state] for state in conflict.states if s in to[state]] for s in places.values()}
        assert {s: space.origins(i, s) for s in places.values()} == back
    purpose = Purpose(arcs_engine(space, Watch()), EVERY[concept].rounds)
    brute = Drift(conflict, concept)
    for state, s in places.items():
        found = drift(purpose, [s])
        assert {conflict.states[k] for k in found.states.tolist()} == brute.reached(state)
        ends = {frozenset(conflict.states[k] for k in end) for end in found.ends}
        assert ends == set(brute.ends(state))
