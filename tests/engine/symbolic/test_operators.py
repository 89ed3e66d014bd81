"""Every operator gives the values that the listed engine gives, at every state; so does the walk on larger models."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.families import local_model, random_model
from bestand.engine.choose import build
from bestand.engine.spec import others
from bestand.stability.registry import CONCEPTS, stable
from bestand.testing import models
from tests.engine.helpers import differences, examples, verdicts
from tests.engine.symbolic.helpers import BACKENDS, symbolic


def values(engine, f, g):
    """What the operators make of two functions of the states."""
    count = len(engine.parties)
    found = {"lower": engine.lower(f, g), "at most": engine.at_most(f, g)}
    for i in range(count):
        found["best", i] = engine.best(i, f)
        found["least origin", i] = engine.least_origin(i, f)
        found["answered", i] = engine.best(i, engine.lower(g, engine.worst_reply(others(engine, i), f)))
        rank = engine.rank(
            i
        )  # what a rank is in numbers is each engine's own affair: only compared with what it makes of it
        made = [rank, engine.best(i, rank), engine.least_origin(i, rank), engine.best(count - 1, rank)]
        for n, of in enumerate(made):
            for H in (others(engine, i), others(engine, i)[1:]):
                for reply in (engine.worst_reply(H, of), engine.worst_credible_reply(H, of)):
                    kept = engine.at_most(engine.best(i, engine.lower(rank, reply)), rank)
                    found["kept", i, n, H, len(found)] = kept
    for size in range(count + 1):
        for H in combinations(range(count), size):
            found["worst", H] = engine.worst_reply(H, f)
            found["credible", H] = engine.worst_credible_reply(H, f)
    return {key: engine.over_states(value).tolist() for key, value in found.items()}


@pytest.mark.parametrize("backend", BACKENDS)
def test_operators_give_the_values_that_the_listed_engine_gives(backend):
    @examples(60 if backend == "cudd" else 30)
    @given(st.data(), models(min_options=2, max_options=6, forbidden_moves=False, prose=False, readings=False))
    def agree(data, model):
        listed, engine = build(model, "listed"), symbolic(model, backend)
        size = listed.space.size
        drawn = st.lists(st.integers(-3, 9), min_size=size, max_size=size)
        f, g = (np.array(data.draw(drawn), np.int32) for _ in range(2))
        found = values(engine, engine.from_states(f), engine.from_states(g))
        assert found == values(listed, listed.from_states(f), listed.from_states(g))

    agree()


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("family", [random_model, local_model])
def test_larger_models_agree_with_the_listed_engine(family, seed, backend):
    model = family(14, 4, 5, seed, one_way=seed % 3)
    listed = build(model, "listed")
    states = [model.bits(int(mask)) for mask in listed.space.states]
    assert differences(verdicts(symbolic(model, backend)), verdicts(listed), states) == []


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    "seed", [pytest.param(k, marks=[pytest.mark.slow, pytest.mark.weekly][k > 2]) for k in range(10)]
)
@pytest.mark.parametrize("family", [random_model, local_model])
def test_still_larger_models_agree_with_the_listed_engine(family, seed, backend):
    model = family(18, 5, 7, seed, literals=(None, 2, 3)[seed % 3], one_way=seed % 4)
    listed = build(model, "listed")
    states = [model.bits(int(mask)) for mask in listed.space.states]
    assert differences(verdicts(symbolic(model, backend)), verdicts(listed), states) == []


def test_both_packages_of_diagrams_find_the_same_sets():
    pytest.importorskip("dd.cudd", reason='needs the extra "symbolic"')
    model = random_model(40, 4, 5, 1)
    one, other = symbolic(model, "cudd"), symbolic(model, "oxidd")
    for concept in CONCEPTS:
        for i in range(4):
            a, b = stable(one, concept, i), stable(other, concept, i)
            assert (a.count(), a.first(20)) == (b.count(), b.first(20)), (concept, i)
