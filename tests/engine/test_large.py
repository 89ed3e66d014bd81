"""A real conflict, with as many options left free as the oracle can go through."""

import pytest

import bestand
from bestand.model.changing import changed
from bestand.model.sentences import HoldOption
from bestand.reference import feasible, graph_of
from tests.engine.helpers import differences, engines_for, expected_of_graph, verdicts
from tests.first_reading import UKRAINE


@pytest.mark.parametrize("first", [pytest.param(0, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.weekly)])
def test_engines_agree_with_the_definitions_on_most_of_a_real_conflict(first):
    model = bestand.load(UKRAINE)
    assert model.status_quo is not None
    held = [option.id for option in model.options[first::4]][:4]
    part = changed(model, [HoldOption(option, option in model.status_quo) for option in held])
    right = expected_of_graph(graph_of(part))  # purposeful answers take too long by brute force; see tests/plan
    states = [part.bits(mask) for mask in feasible(part)]
    for engine in engines_for(part):
        assert differences(verdicts(engine, drawn=True), right, states) == [], engine.name
