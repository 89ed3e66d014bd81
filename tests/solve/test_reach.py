"""Evolution against brute force: what is reached, in how few moves, and along paths that can be walked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand import loads
from bestand.engine.choose import build
from bestand.reference import graph_of, reached
from bestand.solve.reach import reach
from bestand.solve.solution import Solution
from tests.solve.helpers import FEW, distances, engines_for, small_models, steps_of, walked

BY = ("improvements", "best moves")


@FEW
@given(small_models(), st.sampled_from(BY), st.data())
def test_every_engine_reaches_what_the_oracle_reaches(model, by, data):
    graph = graph_of(model)
    start = data.draw(st.integers(0, graph.size - 1))
    expected = reached(graph, start, by)
    for name in engines_for(model):
        found = reach(build(model, name), start, by).reached
        assert found.dtype == bool
        assert set(np.flatnonzero(found).tolist()) == expected


@FEW
@given(small_models(), st.sampled_from(BY), st.data())
def test_distances_are_those_of_a_plain_search(model, by, data):
    graph = graph_of(model)
    start = data.draw(st.integers(0, graph.size - 1))
    shortest = distances(steps_of(graph, by), start, set(range(len(graph.moves))))
    expected = [shortest.get(s, -1) for s in range(graph.size)]
    for name in engines_for(model):
        assert reach(build(model, name), start, by).distance.tolist() == expected


@FEW
@given(small_models(), st.sampled_from(BY), st.data())
def test_every_path_can_be_walked_and_is_shortest(model, by, data):
    graph = graph_of(model)
    start = data.draw(st.integers(0, graph.size - 1))
    steps = steps_of(graph, by)
    for name in engines_for(model):
        found = reach(build(model, name), start, by)
        for state in range(graph.size):
            if found.distance[state] < 0:
                with pytest.raises(ValueError, match="is not reached"):
                    found.path(state)
                continue
            path = [(step.party, step.state) for step in found.path(state)]
            assert len(path) == found.distance[state]
            assert (path[-1][1] if path else start) == state
            for mover, at, to, before in walked(path, start):
                assert to in steps[mover][at]
                assert mover != before


@FEW
@given(small_models(), st.data())
def test_who_made_the_last_move_is_told_by_party(model, data):
    """``moves`` counts the fewest moves to each state for each last mover apart."""
    graph = graph_of(model)
    start = data.draw(st.integers(0, graph.size - 1))
    steps = steps_of(graph, "improvements")
    found = reach(build(model), start).moves
    assert found.shape == (len(graph.moves), graph.size)
    for last in range(len(graph.moves)):
        expected = np.full(graph.size, -1)
        for origin, length in _arrivals(steps, start, last).items():
            for target in steps[last][origin]:
                if expected[target] < 0 or length + 1 < expected[target]:
                    expected[target] = length + 1
        assert found[last].tolist() == expected.tolist()


def _arrivals(steps: list[list[list[int]]], start: int, barred: int) -> dict[int, int]:
    """The fewest moves to each state with anybody but ``barred`` as the last mover; none for the start."""
    layer, seen, fewest, length = {(start, None)}, set(), {}, 0
    while layer:
        for state, mover in layer:
            if mover != barred:
                fewest.setdefault(state, length)
        seen |= layer
        onward = {(t, j) for s, last in layer for j, targets in enumerate(steps) if j != last for t in targets[s]}
        layer, length = onward - seen, length + 1
    return fewest


NO_TWICE_IN_A_ROW = """
bestand: 1
title: One party alone would have to move twice
parties:
  up: {options: {a: {}, b: {}}}
  down: {options: {c: {}}}
forbidden_moves:
  - {party: up, from: not a and not b, to: b}
status_quo: []
preferences:
  up: {priorities: [b, a]}
  down: {priorities: [up.a and c]}
"""


def test_nobody_moves_twice_in_a_row():
    """Up cannot reach b at once; it gets there by a only once down has moved in between."""
    solution = Solution(loads(NO_TWICE_IN_A_ROW))
    found = solution.reach()
    space = solution.space
    told = {space.model.bits(int(space.states[s])): int(found.distance[s]) for s in np.flatnonzero(found.reached)}
    assert told == {"000": 0, "100": 1, "101": 2, "111": 3, "011": 3}
    without_down = Solution(loads(NO_TWICE_IN_A_ROW.replace("up.a and c", "up.b")))
    assert int(without_down.reach().reached.sum()) == 2


def test_best_moves_follow_every_one_of_equally_good_moves():
    text = "{bestand: 1, title: T, parties: {up: {options: {a: {}, b: {}}}}, status_quo: [], preferences: {up: %s}}"
    solution = Solution(loads(text % "{priorities: [a iff not b]}"))
    assert solution.space.states[solution.reach("best moves").reached].tolist() == [0, 1, 2]


def test_a_model_without_a_status_quo_reaches_nothing():
    solution = Solution(loads("{bestand: 1, title: T, parties: {up: {options: {a: {}}}}}"))
    assert solution.reach() is None


def test_resting_places_are_the_nash_equilibria():
    solution = Solution(loads(NO_TWICE_IN_A_ROW))
    graph = graph_of(solution.model)
    steps = steps_of(graph, "improvements")
    assert solution.resting.tolist() == [not any(of[s] for of in steps) for s in range(graph.size)]
