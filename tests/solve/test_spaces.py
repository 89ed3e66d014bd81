"""The states of a variant, taken from those of others, are those that it has by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bestand
from bestand.engine.choose import explicit
from bestand.model.changing import changed
from bestand.model.errors import CallError, ModelError
from bestand.model.sentences import HoldOption
from bestand.solve.spaces import Spaces
from bestand.testing import models
from bestand.testing.asking import changes
from tests.examples import examples
from tests.first_reading import UKRAINE


def agree(found, alone):
    assert found.model == alone.model
    assert np.array_equal(found.states, alone.states)
    assert found.status_quo == alone.status_quo
    for i in range(len(alone.model.parties)):
        assert found.order(i).agrees(alone.order(i))
        for s in range(min(alone.size, 64)):
            assert found.targets(i, s) == alone.targets(i, s)


@settings(max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(models(max_options=5, prose=False), st.data())
def test_variants_have_the_states_of_their_own(model, data):
    spaces = Spaces()
    agree(spaces.of(model), explicit(model).engine.space)
    made = [data.draw(changes(model, ())) for _ in range(3)]
    made += [(HoldOption(option.id, value),) for option in model.options for value in (True, False)]
    for some in made:
        try:
            variant = changed(model, some)
            alone = explicit(variant).engine.space
        except (CallError, ModelError):
            continue
        agree(spaces.of(variant), alone)
        agree(spaces.of(variant), alone)


def test_an_option_that_is_held_takes_a_part_of_the_states():
    model = bestand.load(UKRAINE)
    spaces, option = Spaces(), model.options[0].id
    whole, held = spaces.of(model), spaces.of(changed(model, (HoldOption(option, True),)))
    assert 0 < held.size < whole.size
    assert np.isin(held.states, whole.states).all()
