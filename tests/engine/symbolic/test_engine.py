"""What the engine takes and refuses: every kind of wish, long formulas, many options, limits."""

import subprocess
import sys
from decimal import Decimal
from functools import reduce
from itertools import product

import numpy as np
import pytest

from benchmarks.families import random_model
from bestand.engine.choose import build
from bestand.engine.diagrams.choose import open_diagrams
from bestand.engine.limits import Limits, Watch
from bestand.engine.spec import others
from bestand.engine.symbolic import SymbolicEngine
from bestand.engine.symbolic.sets import DiagramStates
from bestand.engine.symbolic.terms import Best, Rank, Reply
from bestand.model.errors import CallError, LimitReached, ModelError, TooManyStates
from bestand.model.formula import FALSE, TRUE, And, Iff, Implies, Not, Or
from bestand.model.values import ChoiceRule, ForbiddenMove, FrozenMap, Ranking, Weights
from bestand.stability.concept import stable as stable_under_rounds
from bestand.stability.registry import stable
from tests.engine.symbolic.helpers import BACKENDS, model_of, option, parties, priorities, symbolic


@pytest.mark.parametrize("backend", BACKENDS)
def test_weights_are_added_exactly(backend):
    weights = {"p0.o0": "0.1", "p0.o1": "0.2", "p1.o0": "0.3", "p1.o1": "-1e-30", "p1.o2": "0"}
    model = model_of(2, 3, p0=Weights(FrozenMap({id: Decimal(weight) for id, weight in weights.items()})))
    engine = symbolic(model, backend)
    assert engine.below(0, "11000") == engine.below(0, "00100")  # 0.1 + 0.2 is 0.3
    assert engine.below(0, "00110") < engine.below(0, "00100")
    assert engine.below(0, "00100") == engine.below(0, "00101")


@pytest.mark.parametrize("backend", BACKENDS)
def test_any_number_of_statements(backend):
    many = priorities(*(Iff(option(0, k % 7), option(1, k % 5)) if k % 3 else option(1, k % 5) for k in range(70)))
    engine = symbolic(model_of(7, 5, p0=many, p1=priorities(*(Not(f.formula) for f in many.statements))), backend)
    ranks = [engine.over_states(engine.rank(i)) for i in range(2)]
    assert all(a + b == 2**70 - 1 for a, b in zip(*ranks, strict=True))  # the one wants what the other does not
    assert stable(engine, "sseq", 0).count() <= stable(engine, "seq", 0).count()


def test_rankings():
    model = model_of(1, 1, p0=Ranking((("11",), ("00", "01"), ("10",))))
    assert symbolic(model, "oxidd").over_states(Rank(0)).tolist() == [1, 0, 1, 2]
    with pytest.raises(ModelError, match="the ranking of p0 leaves out feasible states"):
        SymbolicEngine(model_of(1, 1, p0=Ranking((("11",),))), backend="oxidd").below(0, "00")


@pytest.mark.parametrize("backend", BACKENDS)
def test_long_and_deep_formulas(backend):
    long = Or(tuple(And((option(0, k % 20), option(1, k // 20 % 20))) for k in range(10_000)))
    deep = reduce(lambda f, k: Implies(f, option(k % 2, k % 20)), range(100), TRUE)
    engine = symbolic(model_of(20, 20, rules=(long,), p0=priorities(deep, long)), backend)
    assert engine.feasible.count() == (2**20 - 1) ** 2
    assert stable(engine, "gmr", 1) == engine.feasible


def test_choice_rules_do_not_go_through_pairs():
    model = model_of(300)
    ids = tuple(model.bit)
    for kind, count in (("exactly_one", 300), ("at_most_one", 301)):
        engine = SymbolicEngine(type(model)("Choice", model.parties, rules=(ChoiceRule(kind, ids),)))
        assert engine.feasible.count() == count


def test_what_it_cannot_serve():
    ban = ForbiddenMove("p0", TRUE, option(0, 0))
    model = model_of(1)
    with pytest.raises(CallError, match="symbolic engine cannot follow"):
        SymbolicEngine(type(model)("Banned", parties(1), forbidden_moves=(ban,)))
    with pytest.raises(ModelError, match="no state feasible"):
        SymbolicEngine(model_of(1, rules=(FALSE,)))
    with pytest.raises(CallError, match="did you mean 'oxidd'"):
        SymbolicEngine(model, backend="oxid")
    with pytest.raises(TooManyStates, match="cannot be listed"):
        SymbolicEngine(model_of(70)).over_states(SymbolicEngine(model_of(70)).rank(0))


def test_a_model_without_options_has_one_state():
    engine = SymbolicEngine(model_of(0, 0))
    assert engine.feasible.first() == [0]
    assert stable(engine, "sseq", 1) == engine.feasible
    assert "" in engine.feasible
    assert [(p.bits, p.count) for p in engine.feasible.patterns()] == [("", 1)]


@pytest.mark.parametrize("backend", BACKENDS)
def test_truth_values_go_in_and_come_out(backend):
    engine = symbolic(model_of(2, 1, rules=(Or((option(0, 0), option(1, 0))),)), backend)
    some = np.array([True, False, True, False, True, False])
    assert engine.over_states(engine.from_states(some)).tolist() == some.tolist()


# ---- limits ----


def all_parties(engine, concept):
    return [stable(engine, concept, i) for i in range(len(engine.parties))]


@pytest.mark.parametrize("backend", BACKENDS)
def test_time_is_up(backend):
    engine = SymbolicEngine(random_model(60, 6, 8, 1, literals=4), Watch(Limits(seconds=4)), backend)
    finished = all_parties(engine, "gmr")
    with pytest.raises(LimitReached, match=r"stopped after 4 seconds") as stopped:
        all_parties(engine, "seq")
    assert stopped.value.limit == "seconds"
    assert all(found.count() for found in finished)


@pytest.mark.parametrize("backend", BACKENDS)
def test_memory_is_spent(backend):
    engine = SymbolicEngine(random_model(60, 6, 8, 1, literals=4), Watch(Limits(memory=16 * 2**20)), backend)
    with pytest.raises(LimitReached, match=r"fill 16\.0 MiB of memory") as stopped:
        all_parties(engine, "seq")
    assert stopped.value.limit == "memory"
    assert engine.feasible.count() > 10**15


def test_too_little_memory_to_begin_with():
    with pytest.raises(LimitReached, match=r"need 8.0 MiB to begin with; the limit is 1,000 bytes"):
        SymbolicEngine(model_of(1), Watch(Limits(memory=1000)))


# ---- what is loaded ----


def test_no_diagrams_are_loaded_before_they_are_needed():
    code = "import sys, bestand, bestand.engine.symbolic; print('dd' in sys.modules or 'oxidd' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


def test_the_back_end_is_told():
    assert SymbolicEngine(model_of(1), backend="oxidd").backend == "oxidd"
    assert open_diagrams([(0,)], 2**24).name in {"cudd", "oxidd"}


@pytest.mark.parametrize("seed", range(3))
def test_who_can_have_more_is_who_is_not_stable(seed):
    """Whatever nobody, some moves or some improvements make of it, the party itself moving once more or not."""
    model = random_model(7, 3, 5, seed)
    engine, single = SymbolicEngine(model), build(model, "cube")
    everywhere = engine._world.feasible
    for i, kind, own in product(range(3), (None, "any", "credible"), (False, True)):
        after = Best(i, Rank(i)) if own else Rank(i)
        reply = None if kind is None else Reply(others(single, i), after, credible=kind == "credible")
        rounds = () if kind is None else (kind, "own") if own else (kind,)
        found = engine.over_states(DiagramStates(engine._world, engine.bettered(i, reply, everywhere)))
        held = single.over_states(stable_under_rounds(single, i, rounds))
        assert np.array_equal(found, ~held), (i, rounds)


def test_a_party_among_those_who_answer_it_is_followed_too():
    model = random_model(7, 3, 5, 2)
    found = []
    for engine in (SymbolicEngine(model), build(model, "cube")):
        ranks = [engine.rank(i) for i in range(3)]
        risked = [engine.lower(ranks[i], engine.worst_reply((0, 1, 2), ranks[i])) for i in range(3)]
        helped = [engine.best((i + 1) % 3, ranks[i]) for i in range(3)]  # what is no risk is followed as it is
        held = [engine.best(i, what[i]) for what in (risked, helped) for i in range(3)]
        found.append([engine.over_states(engine.at_most(held[k], ranks[k % 3])).tolist() for k in range(6)])
    assert found[0] == found[1]
