"""Evolution against brute force: what is reached, in how few moves, and along paths that can be walked."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand import load, loads
from bestand.engine.choose import build
from bestand.engine.steps import still
from bestand.model.changing import changed
from bestand.model.sentences import ApplyReading, By
from bestand.reference.drift import Drift
from bestand.reference.purposeful import Conflict
from bestand.solve.batches import Batches
from bestand.solve.purpose import Purpose
from bestand.solve.reach import reach
from bestand.solve.solution import Solution
from bestand.stability.registry import EVERY
from tests.first_reading import UKRAINE
from tests.solve.helpers import FEW, distances, engines_for, moves_of, small_models, walked

BY = get_args(By)
CONCEPTS = st.sampled_from(["pseq", "nash", "seq", "psseq", "gmr"])


def found_by(model, engine, start, by, concept):
    engine = build(model, engine)
    return reach(engine, start, by, purpose=Purpose(engine, EVERY[concept].rounds))


@FEW
@given(small_models(), st.sampled_from(BY), CONCEPTS, st.data())
def test_distances_are_those_of_a_plain_search(model, by, concept, data):
    steps = moves_of(model, by, concept)
    size = len(steps[0])
    start = data.draw(st.integers(0, size - 1))
    shortest = distances(steps, start, set(range(len(steps))), wait=by != "drift")
    expected = [shortest.get(s, -1) for s in range(size)]
    for name in engines_for(model):
        found = found_by(model, name, start, by, concept)
        assert found.distance.tolist() == expected
        assert found.reached.dtype == bool
        assert found.reached.tolist() == [distance >= 0 for distance in expected]


@FEW
@given(small_models(), st.sampled_from(BY), CONCEPTS, st.data())
def test_every_path_can_be_walked_and_is_shortest(model, by, concept, data):
    steps = moves_of(model, by, concept)
    start = data.draw(st.integers(0, len(steps[0]) - 1))
    for name in engines_for(model):
        found = found_by(model, name, start, by, concept)
        for state in range(len(steps[0])):
            if found.distance[state] < 0:
                with pytest.raises(ValueError, match="is not reached"):
                    found.path(state)
                continue
            path = [(step.party, step.state) for step in found.path(state)]
            assert len(path) == found.distance[state]
            assert (path[-1][1] if path else start) == state
            for mover, at, to, before in walked(path, start):
                assert to in steps[mover][at]
                assert by == "drift" or mover != before


@FEW
@given(small_models(), st.sampled_from(BY), CONCEPTS)
def test_where_nobody_has_a_move_of_a_kind(model, by, concept):
    steps = moves_of(model, by, concept)
    expected = [not any(of[s] for of in steps) for s in range(len(steps[0]))]
    for name in engines_for(model):
        assert Solution(model, name).ends(by, concept).tolist() == expected


@FEW
@given(small_models(), st.sampled_from(BY), CONCEPTS)
def test_what_is_reached_of_where_nobody_has_a_move(model, by, concept):
    solution = Solution(model)
    reach, found = solution.reach(by, concept), solution.ends_reached(by, concept)
    assert (found is None) == (reach is None)
    if reach is not None:
        assert found.tolist() == (reach.reached & solution.ends(by, concept)).tolist()


@FEW
@given(small_models())
def test_where_nobody_has_any_move(model):
    steps = moves_of(model, "any")
    for name in engines_for(model):
        assert still(build(model, name)).tolist() == [not any(of[s] for of in steps) for s in range(len(steps[0]))]


@FEW
@given(small_models(), st.sampled_from(BY), CONCEPTS)
def test_many_variants_are_followed_as_each_alone(model, by, concept):
    alone = Solution(model)
    ((_, batch),) = Batches().of([model, model])
    expected = alone.reach(by, concept)
    found = batch.reached(by, concept)
    assert (found is None) == (expected is None)
    for row in [] if found is None else found:
        assert row.tolist() == expected.reached.tolist()
    for row in batch.ends(by, concept):
        assert row.tolist() == alone.ends(by, concept).tolist()


@FEW
@given(small_models(), CONCEPTS, st.data())
def test_drift_is_that_of_the_reference(model, concept, data):
    """One search over (state, last mover) and one over states alone: nobody has to wait, so they agree."""
    solution = Solution(model)
    states = solution.space.states.tolist()
    start = data.draw(st.integers(0, len(states) - 1))
    found = reach(solution.engine, start, "drift", purpose=solution.purpose(concept)).reached
    assert {states[at] for at in np.flatnonzero(found)} == Drift(Conflict(model), concept).reached(states[start])


@pytest.mark.parametrize(
    ("by", "count"), [("any", 49152), ("improving", 992), ("purposeful", 16), ("best", 5), ("drift", 6)]
)
def test_what_is_reached_from_the_ceasefire_of_today(by, count):
    assert int(Solution(load(UKRAINE)).reach(by).reached.sum()) == count


DRIFTS = [((), "nash", 16, 1), ((), "pseq", 6, 1), ((), "seq", 6, 1), (("russia-order",), "seq", 9, 3)]


@pytest.mark.parametrize(("readings", "concept", "count", "ends"), DRIFTS)
def test_where_the_ceasefire_of_today_drifts_to(readings, concept, count, ends):
    solution = Solution(changed(load(UKRAINE), [ApplyReading(reading) for reading in readings]))
    reach = solution.reach("drift", concept)
    assert int(reach.reached.sum()) == count
    assert int((reach.reached & solution.ends("drift", concept)).sum()) == ends


@FEW
@given(small_models(), st.data())
def test_who_made_the_last_move_is_told_by_party(model, data):
    """``moves`` counts the fewest moves to each state for each last mover apart."""
    steps = moves_of(model, "improving")
    start = data.draw(st.integers(0, len(steps[0]) - 1))
    found = reach(build(model), start).moves
    assert found.shape == (len(steps), len(steps[0]))
    for last in range(len(steps)):
        expected = np.full(len(steps[0]), -1)
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
    assert solution.space.states[solution.reach("best").reached].tolist() == [0, 1, 2]


def test_a_model_without_a_status_quo_reaches_nothing():
    solution = Solution(loads("{bestand: 1, title: T, parties: {up: {options: {a: {}}}}}"))
    assert solution.reach() is None


def test_resting_places_are_the_nash_equilibria():
    solution = Solution(loads(NO_TWICE_IN_A_ROW))
    steps = moves_of(solution.model, "improving")
    assert solution.resting.tolist() == [not any(of[s] for of in steps) for s in range(len(steps[0]))]
