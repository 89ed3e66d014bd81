"""Orders that random models seldom have: very many statements, very long numbers. And the moves of one state."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.engine.choose import build
from bestand.model.formula import FALSE, TRUE, Not, OptionAtom
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Option, Party, Priorities, Statement, Weights
from bestand.reference import feasible, graph_of
from bestand.testing import models
from tests.engine.helpers import examples, expected, verdicts

UP = Party("up", options=tuple(Option(f"up.{name}") for name in "abcd"))


def ranks_agree(wish):
    model = Model("Dam", (UP,), preferences=FrozenMap({"up": wish}))
    found, right = build(model).space.ranks[0].tolist(), graph_of(model).ranks[0]
    order = range(len(found))
    return all((found[s] < found[t]) == (right[s] < right[t]) for s in order for t in order)


@examples(100)
@given(st.data())
def test_any_number_of_statements(data):
    literals = [OptionAtom(option.id) for option in UP.options]
    literals += [Not(literal) for literal in literals] + [TRUE, FALSE]
    chosen = data.draw(st.lists(st.sampled_from(literals), min_size=25, max_size=100))
    assert ranks_agree(Priorities(tuple(map(Statement, chosen))))


@examples(100)
@given(st.dictionaries(st.sampled_from([option.id for option in UP.options]), st.decimals(-9, 9, places=2)))
def test_weights_are_added_exactly(weights):
    assert ranks_agree(Weights(FrozenMap(weights)))


@examples(100)
@given(st.data())
def test_weights_of_up_to_forty_characters_are_added_exactly(data):
    digits = st.integers(10**36, 10**36 + 3) | st.integers(-3, 3)
    weights = {option.id: Decimal(f"{data.draw(digits)}E-36") for option in UP.options}
    assert ranks_agree(Weights(FrozenMap(weights)))


@examples(100)
@given(models(min_options=2, prose=False, readings=False))
def test_moves_of_one_state_forth_and_back(model):
    graph, engine = graph_of(model), build(model)
    states = engine.space.states
    for of_party, moves in zip(graph.moves, engine.space.moves, strict=True):
        assert [tuple(moves.targets(states, s).tolist()) for s in range(graph.size)] == list(of_party)
        for t in range(graph.size):
            assert moves.origins(states, t).tolist() == [s for s in range(graph.size) if t in of_party[s]]
    assert states.tolist() == list(feasible(model))


@pytest.mark.parametrize("count", [7, 8, 15, 16, 30, 31, 32, 64, 70, 200])
def test_ranks_never_wrap_however_many_the_statements(count):
    """Each statement is one digit: the first outweighs all others together, the last still tells states apart."""
    first, last = OptionAtom("up.a"), OptionAtom("up.b")
    between = tuple(Not(first) if k % 2 else first for k in range(count - 2))
    wish = Priorities(tuple(map(Statement, (first, *between, last))))
    assert ranks_agree(wish)
    model = Model("Dam", (UP,), preferences=FrozenMap({"up": wish}))
    for name in ("cube", "listed"):
        engine = build(model, name)
        rank = engine.over_states(engine.rank(0))
        assert [int(r) for r in np.unique(rank, return_inverse=True)[1]] == [0, 2, 1, 3] * 4, name
        assert verdicts(engine) == expected(model), name
