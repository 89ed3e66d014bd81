"""Sets of states are counted, asked, listed, joined and summed up exactly."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.engine.limits import Limits, Watch
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.errors import CallError
from bestand.model.formula import TRUE, And, Not, Or
from bestand.reference import feasible, graph_of, reached
from bestand.reference.worlds import World, merit
from bestand.testing import formulas, models
from tests.engine.helpers import examples
from tests.engine.symbolic.helpers import BACKENDS, SMALL, model_of, option, priorities, symbolic

small = models(forbidden_moves=False, prose=False, readings=False, max_options=6)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_set_is_what_its_states_say(backend):
    @examples(40)
    @given(st.data(), small)
    def same(data, model):
        engine = symbolic(model, backend)
        states = feasible(model)
        ids = [option.id for option in model.options]
        formula = data.draw(formulas(ids, list(model.outcome)))
        right = [mask for mask in states if World.of_mask(model, mask).holds(formula)]
        found = engine.holds(formula)
        assert found.first() == list(found) == right
        assert found.count() == len(right)
        assert found.first(2) == right[:2]
        assert bool(found) is bool(right)
        assert [mask for mask in range(1 << len(ids)) if mask in found] == right
        assert all(model.bits(mask) in found and model.taken(mask) in found for mask in right)
        assert (~found).first() == [mask for mask in states if mask not in right]
        assert found | ~found == engine.feasible
        assert not found & ~found
        assert engine.feasible - found == ~found == engine.feasible & Not(formula)
        assert hash(found) == hash(engine.feasible & formula)
        covered = list(found.patterns())
        assert sum(pattern.count for pattern in covered) == len(right)
        for pattern in covered:
            fits = [
                mask
                for mask in states
                if all(p in {"-", b} for p, b in zip(pattern.bits, model.bits(mask), strict=True))
            ]
            assert len(fits) == pattern.count
            assert set(fits) <= set(right)

    same()


@pytest.mark.parametrize("backend", BACKENDS)
def test_below_and_reach(backend):
    @examples(30)
    @given(small)
    def same(model):
        engine = symbolic(model, backend)
        states = feasible(model)
        graph = graph_of(model)
        for s, mask in enumerate(states):
            assert engine.reach(mask).first() == sorted(states[t] for t in reached(graph, s))
            assert engine.state(mask).first() == [mask]
            for i, party in enumerate(model.party):
                worse = sum(merit(model, party, other) < merit(model, party, mask) for other in states)
                assert engine.below(i, mask) == worse

    same()


def test_reach_by_moves():
    engine = SymbolicEngine(model_of(1, 2, rules=(Or((option(0, 0), option(1, 0))),)))
    assert engine.reach("110", by="moves") == engine.feasible
    with pytest.raises(CallError, match="000 is excluded by the rules"):
        engine.reach("000")


@pytest.mark.parametrize("backend", BACKENDS)
def test_counts_are_exact_beyond_what_a_float_holds(backend):
    engine = symbolic(model_of(100, 150), backend)
    assert engine.feasible.count() == 2**250
    some = engine.feasible - And((option(0, 0), option(1, 149)))
    assert some.count() == 3 * 2**248
    assert some.first(3) == [0, 1, 2]
    assert (1 << 249) in some
    assert (1 << 249 | 1) not in some
    assert (1 << 250) not in engine.feasible
    assert [p.count for p in some.patterns()] == [2**249, 2**248]
    assert sum(p.count for p in (~some).patterns()) == 2**248
    assert repr(engine.state(5)) == "<StateSet of 1 state>"
    assert repr(engine.feasible & TRUE).startswith("<StateSet of 1,809,251,394,333,065,553,493,296,640,760,748,560,")


def test_patterns_come_largest_first():
    engine = SymbolicEngine(model_of(30, 30, rules=(Not(And((option(0, 1), option(1, 2)))),)))
    counts = [pattern.count for pattern in (engine.feasible & Or((option(0, 0), option(1, 9)))).patterns(5)]
    assert counts == sorted(counts, reverse=True)


def test_a_set_cannot_be_changed_or_mixed_with_others():
    one, other = SymbolicEngine(model_of(2)), SymbolicEngine(model_of(2))
    with pytest.raises(AttributeError, match="cannot be changed"):
        one.feasible._count = 3
    with pytest.raises(CallError, match="different models"):
        one.feasible & other.feasible
    assert one.feasible == other.feasible  # the states of two models that say the same
    assert one.feasible != one.feasible & option(0, 0)
    assert one.feasible != SymbolicEngine(model_of(3)).feasible
    assert one.feasible != 4
    for wrong in ("0", "012", "1x"):
        with pytest.raises(CallError, match="2 bits are expected"):
            _ = wrong in one.feasible


def test_sets_outlive_their_engine():
    engine = SymbolicEngine(model_of(3, 3, p0=priorities(option(1, 0), option(0, 0))), Watch(Limits(memory=SMALL)))
    found = engine.at_most(engine.best(0, engine.rank(0)), engine.rank(0))
    del engine
    assert found.count() == 32
    kept = pickle.loads(pickle.dumps(found))
    assert (kept, kept.count(), [*kept]) == (found, 32, [*found])
