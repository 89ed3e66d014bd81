"""The symbolic engine finds what the definitions say, on random models of every kind, with either package of diagrams."""

import pytest
from hypothesis import given

from bestand.testing import feasible, graph_of, models
from tests.engine.helpers import differences, examples, expected, verdicts
from tests.engine.symbolic.helpers import BACKENDS, symbolic

KINDS = {
    "option form": (200, {"min_options": 3}),
    "many parties": (150, {"min_parties": 3, "min_options": 4}),
    "many parties, one-way": (100, {"min_parties": 3, "min_options": 4, "infeasible": False}),
    "two parties": (60, {"min_parties": 2, "max_parties": 2, "min_options": 3}),
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("kind", KINDS)
def test_it_agrees_with_the_definitions(kind, backend):
    count, flags = KINDS[kind]

    @examples(count if backend == "cudd" else count // 3)
    @given(models(prose=False, readings=False, forbidden_moves=False, **flags))
    def agree(model):
        found = verdicts(symbolic(model, backend))
        states = [model.bits(mask) for mask in feasible(model)]
        assert differences(found, expected(graph_of(model)), states) == []

    agree()
