"""An order says of two states what the ranks behind it say, and of many what it says of two."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand import load
from bestand.engine.choose import build
from bestand.engine.order import RankOrder, order_of
from bestand.engine.space import space_of
from bestand.engine.steps import improving_into, leaving, onward
from bestand.testing.strategies import models
from tests.engine.helpers import examples
from tests.first_reading import UKRAINE

ranks = st.lists(st.integers(-5, 5), min_size=1, max_size=8)


@examples(200)
@given(ranks, st.data())
def test_an_order_says_what_its_ranks_say(values, data):
    order, every = RankOrder(np.array(values, np.int32)), np.arange(len(values))
    s, t = (data.draw(st.integers(0, len(values) - 1)) for _ in "st")
    assert order.compare(s, t) == (values[s] > values[t]) - (values[s] < values[t])
    assert (order.better(s, t), order.level(s, t), order.at_least(s, t)) == (
        values[s] > values[t],
        values[s] == values[t],
        values[s] >= values[t],
    )
    assert order.better(every, t).tolist() == order.above(t).tolist() == [v > values[t] for v in values]
    assert order.better(t, every).tolist() == order.below(t).tolist() == [v < values[t] for v in values]
    assert order.level(every, every).all()
    assert order.best(every).tolist() == [k for k in every if values[k] == max(values)]
    assert order.worst(every).tolist() == [k for k in every if values[k] == min(values)]
    assert order.best_first(every).tolist() == sorted(every, key=lambda k: -values[k])
    assert order.worst_first(every).tolist() == sorted(every, key=lambda k: values[k])
    assert order.count_below(s) == sum(v < values[s] for v in values)
    assert order.share_below()[s] == order.count_below(s) / len(values)
    assert order.steps(s, t) == len({v for v in values if min(values[s], values[t]) < v <= max(values[s], values[t])})
    left, right = every < max(s, 1), every >= max(s, 1)
    if right.any():
        assert order.all_better(left, right) == all(values[a] > values[b] for a in every[left] for b in every[right])
    assert order.all_level(left) == (len({values[k] for k in every[left]}) <= 1)
    assert order.all_level() == (len({*values}) == 1)


def test_nothing_is_best_of_nothing():
    order = RankOrder(np.zeros(3, np.int32))
    assert order.best(np.array([], np.intp)).tolist() == order.worst(np.array([], np.intp)).tolist() == []


@given(ranks, ranks)
def test_orders_agree_where_they_put_the_states_in_the_same_order(one, other):
    one, other = one[: len(other)], other[: len(one)]
    places = [sorted({*values}) for values in (one, other)]
    same = [places[0].index(v) for v in one] == [places[1].index(v) for v in other]
    assert RankOrder(np.array(one, np.int32)).agrees(RankOrder(np.array(other, np.int32))) == same


def test_keys_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        RankOrder(np.zeros(2, np.int32)).keys()[0] = 1


def test_a_space_with_other_wishes_has_the_order_that_they_make():
    space = space_of(load(UKRAINE))
    wish = space.model.preferences["usa"]
    changed = space.with_wishes({1: wish})
    assert changed.order(1).agrees(order_of(wish, space.evaluator))
    assert changed.order(1).agrees(space.order(0))
    assert not space.order(1).agrees(space.order(0))
    assert changed.order(2).agrees(space.order(2))


@examples(60)
@given(models(), st.data())
def test_steps_are_what_single_moves_do(model, data):
    engine = build(model)
    space, every = engine.space, range(engine.space.size)
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=space.size, max_size=space.size)), bool)
    for i in range(len(engine.parties)):
        order = space.order(i)
        moves = [(s, t) for s in every for t in space.targets(i, s)]
        improvements = [(s, t) for s, t in moves if order.better(t, s)]
        best = [(s, t) for s, t in improvements if t in order.best(np.array(space.targets(i, s)))]
        into = improving_into(engine, i, chosen)
        assert set(np.flatnonzero(into)) == {s for s, t in improvements if chosen[t]}
        assert set(np.flatnonzero(onward(engine, i, chosen, "improving"))) == {t for s, t in improvements if chosen[s]}
        if not model.one_way and not model.forbidden_moves:
            assert set(np.flatnonzero(onward(engine, i, chosen, "best"))) == {t for s, t in best if chosen[s]}
        outward = {s for s, t in improvements if chosen[s] and not chosen[t]}
        assert set(np.flatnonzero(leaving(engine, i, chosen, engine.rank(i)))) == outward
