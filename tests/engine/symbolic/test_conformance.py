"""The symbolic engine finds what the definitions say, on random models of every kind, on either back end."""

import pytest
from hypothesis import given

from bestand.engine.choose import build
from bestand.reference import feasible
from bestand.testing import models
from tests.engine.helpers import differences, examples, expected, verdicts
from tests.engine.symbolic.helpers import NAMES, symbolic

KINDS = {
    "option form": (120, {"min_options": 3}),
    "many parties": (100, {"min_parties": 3, "min_options": 4}),
    "many parties, one-way": (80, {"min_parties": 3, "min_options": 4, "infeasible": False}),
    "two parties": (40, {"min_parties": 2, "max_parties": 2, "min_options": 3}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_agrees_with_the_definitions(kind):
    count, flags = KINDS[kind]

    @examples(count)
    @given(models(prose=False, readings=False, forbidden_moves=False, **flags))
    def agree(model):
        right = expected(model)
        states = [model.bits(mask) for mask in feasible(model)]
        for backend in NAMES:
            assert differences(verdicts(symbolic(model, backend)), right, states) == [], backend

    agree()


SIZES = {
    "rankings and weights": (6, {"min_options": 8, "max_options": 11}),
    "up to 16 options": (60, {"min_parties": 2, "min_options": 10, "max_options": 16, "rankings": False}),
}


@pytest.mark.parametrize("size", SIZES)
def test_it_agrees_with_the_cube(size):
    count, flags = SIZES[size]

    @examples(count)
    @given(models(prose=False, readings=False, forbidden_moves=False, **flags))
    def agree(model):
        cube = build(model, "cube")
        right = verdicts(cube, over_sets=True)
        for backend in NAMES:
            states = [model.bits(int(mask)) for mask in cube.space.states]
            assert differences(verdicts(symbolic(model, backend)), right, states) == [], backend

    agree()
