"""Wishes that stand level: a party counts how many of them hold. By hand, and against what follows from that."""

import dataclasses
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand import loads
from bestand.engine.choose import build
from bestand.engine.limits import Watch
from bestand.model.formula import Not, OptionAtom
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Option, Party, Priorities, Statement
from bestand.reference import graph_of
from bestand.reference.worlds import merit
from bestand.solve.geometry import LARGE, Geometry
from bestand.testing import models
from tests.engine.helpers import engines_for, examples, expected, verdicts

COUNTED = """
bestand: 1
title: Two of three
parties:
  up: {options: {a: , b: , c: }}
  down: {options: {d: }}
preferences:
  up: {priorities: [[a, b, d], not c]}
  down: {priorities: [[a and d, not d], b]}
"""


def leveled(wish: Priorities, turn) -> Priorities:
    """The same wishes with what ``turn`` makes of the statements of each level."""
    return Priorities.of(turn(level) for level in wish.by_level)


def rewished(model: Model, turn) -> Model:
    wishes = {
        party: leveled(wish, turn) if isinstance(wish, Priorities) else wish
        for party, wish in model.preferences.items()
    }
    return dataclasses.replace(model, preferences=FrozenMap(wishes))


@pytest.mark.parametrize("name", ["cube", "listed", "arcs", "symbolic"])
def test_a_count_is_what_ranks(name):
    """Up has a, b and d level, then wants not c: 2·count + (not c), for abcd read as bits from the left."""
    model = loads(COUNTED)
    engine = build(model, name) if name != "symbolic" else None
    states = range(16)
    bits = [[state >> k & 1 for k in range(4)] for state in states]
    by_hand = [2 * (a + b + d) + (1 - c) for a, b, c, d in bits]
    assert [merit(model, "up", state) for state in states] == [divmod(value, 2) for value in by_hand]
    if engine is not None:
        rank = engine.over_states(engine.rank(0))
        assert np.unique(rank, return_inverse=True)[1].tolist() == by_hand
    down = [2 * (1 if not d else a) + b for a, b, c, d in bits]
    assert graph_of(model).ranks[1] == tuple(sorted(set(down)).index(value) for value in down)


def test_every_engine_finds_the_verdicts_of_the_example():
    model = loads(COUNTED)
    right = expected(model)
    for engine in engines_for(model):
        assert verdicts(engine) == right, engine.name


@examples(60)
@given(models(min_options=2, prose=False, readings=False), st.randoms(use_true_random=False))
def test_the_order_in_a_level_means_nothing(model, rng):
    turned = rewished(model, lambda level: rng.sample(level, len(level)))
    assert expected(turned) == expected(model)
    for engine in engines_for(turned):
        assert verdicts(engine) == expected(model), engine.name


@examples(60)
@given(models(min_options=2, prose=False, readings=False))
def test_a_level_of_one_is_an_ordinary_wish(model):
    flat = {
        party: Priorities(wish.statements) if isinstance(wish, Priorities) else wish
        for party, wish in model.preferences.items()
    }
    alone = {
        party: Priorities.of([(statement,) for statement in wish.statements]) if isinstance(wish, Priorities) else wish
        for party, wish in model.preferences.items()
    }
    assert flat == alone


@examples(60)
@given(models(min_options=2, max_options=4, prose=False, readings=False))
def test_whether_a_level_is_split_shows_only_where_it_counts(model):
    """A level of two keeps what its two orders agree on: where both like one state better, so does it."""
    for party, wish in model.preferences.items():
        if not isinstance(wish, Priorities) or not wish.levels:
            continue
        several = wish.by_level
        k = next(k for k, level in enumerate(several) if len(level) > 1)
        if len(several[k]) > 2:
            continue
        one, other = several[k]
        orders = [
            dataclasses.replace(model, preferences=FrozenMap({**model.preferences, party: Priorities.of(levels)}))
            for levels in (
                [*several[:k], (one,), (other,), *several[k + 1 :]],
                [*several[:k], (other,), (one,), *several[k + 1 :]],
            )
        ]
        states = range(1 << len(model.options))
        for s in states:
            for t in states:
                if all(merit(each, party, s) > merit(each, party, t) for each in orders):
                    assert merit(model, party, s) > merit(model, party, t)


@pytest.mark.parametrize("count", [1, 2, 3, 29, 30, 31, 200])
@pytest.mark.parametrize("size", [2, 3, 40, 2000])
def test_ranks_never_wrap_however_large_the_levels(count, size):
    up = Party("up", options=tuple(Option(f"up.{name}") for name in "abcd"))
    a, b, c, d = (OptionAtom(option.id) for option in up.options)
    rng = random.Random(count * size)
    levels = [[rng.choice((a, b, c, d, Not(a), Not(d))) for _ in range(size)] for _ in range(count)]
    wish = Priorities.of([[*map(Statement, level)] for level in levels])
    model = Model("Dam", (up,), preferences=FrozenMap({"up": wish}))
    right = graph_of(model).ranks[0]
    for name in ("cube", "listed"):
        engine = build(model, name)
        rank = engine.over_states(engine.rank(0))
        assert tuple(np.unique(rank, return_inverse=True)[1].tolist()) == right, name
    geometry = Geometry(model, Watch())
    assert tuple(np.unique(geometry.ranks("up", [model])[0], return_inverse=True)[1].tolist()) == right


@pytest.mark.parametrize("options", [3, 11])
def test_variants_side_by_side_are_ranked_as_one_by_one(options):
    """Few states go by one product of matrices, many digit by digit."""
    up = Party("up", options=tuple(Option(f"up.o{k}") for k in range(options)))
    model = Model("Dam", (up,))
    geometry = Geometry(model, Watch())
    assert (geometry.size >= LARGE) == (options == 11)
    rng = random.Random(options)
    atoms = [OptionAtom(option.id) for option in up.options]
    variants = []
    for _ in range(20):
        levels = [[Statement(rng.choice(atoms)) for _ in range(rng.randint(1, 4))] for _ in range(rng.randint(0, 5))]
        variants.append(dataclasses.replace(model, preferences=FrozenMap({"up": Priorities.of(levels)})))
    for ranks, variant in zip(geometry.ranks("up", variants), variants, strict=True):
        space = build(variant).space
        assert (
            np.unique(ranks, return_inverse=True)[1].tolist()
            == np.unique(space.ranks[0], return_inverse=True)[1].tolist()
        )
