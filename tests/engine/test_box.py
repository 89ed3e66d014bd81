"""The box engine says for many variants at once what the other engines say for each of them."""

import dataclasses
import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bestand
from benchmarks.families import random_model
from bestand.engine.box import Box
from bestand.engine.box_engine import BoxEngine
from bestand.engine.box_wishes import Wishes
from bestand.engine.choose import build
from bestand.engine.ranks import ranks
from bestand.model.errors import TooManyStates
from bestand.model.values import FrozenMap, Priorities
from bestand.solve.reach import reach
from bestand.stability.registry import EVERY, stable
from bestand.testing import models
from tests.examples import examples

boxed = models(readings=False, prose=False, rankings=False, forbidden_moves=False, max_options=6)


def shuffled(model, seed):
    """The model with every party's statements in another order."""
    rng = random.Random(seed)
    wishes = {}
    for party, wish in model.preferences.items():
        if isinstance(wish, Priorities):
            wish = Priorities(tuple(rng.sample(wish.statements, len(wish.statements))))
        wishes[party] = wish
    return dataclasses.replace(model, preferences=FrozenMap(wishes))


def side_by_side(variants):
    box = Box(variants[0])
    found = [ranks(model, box.evaluator) for model in variants]
    parties = range(len(variants[0].parties))
    return box, BoxEngine(box, {i: Wishes(box, i, np.stack([rank[i] for rank in found])) for i in parties})


@settings(max_examples=examples(60), deadline=None)
@given(boxed, st.integers(0, 1000), st.integers(1, 4))
def test_every_concept_agrees_with_the_engine_for_one(model, seed, count):
    variants = [shuffled(model, seed + k) for k in range(count)]
    try:
        box, engine = side_by_side(variants)
    except TooManyStates:
        return
    singles = [build(variant) for variant in variants]
    for concept in EVERY:
        for i in range(len(model.parties)):
            found = engine.over_states(stable(engine, concept, i))
            for v, single in enumerate(singles):
                assert found[v].tolist() == single.over_states(stable(single, concept, i)).tolist(), (concept, i, v)
    for start in range(0, box.size, max(1, box.size // 4)):
        for by in ("improving", "best"):
            found = engine.reached(start, by)
            for v, single in enumerate(singles):
                assert found[v].tolist() == reach(single, start, by).reached.tolist(), (by, start, v)


@pytest.mark.parametrize("seed", range(12))
def test_long_chains_of_improvements_agree_too(seed):
    """Of many parties, each of which lowers few places in its turn, and by that lets others lower some again."""
    model = dataclasses.replace(random_model(8, 8, 9, seed), rules=())
    variants = [model, shuffled(model, seed)]
    _, engine = side_by_side(variants)
    singles = [build(variant, "cube") for variant in variants]
    for i in range(8):
        for concept in ("seq", "sseq"):
            found = engine.over_states(stable(engine, concept, i))
            for v, single in enumerate(singles):
                assert np.array_equal(found[v], single.over_states(stable(single, concept, i))), (concept, i, v)


@pytest.mark.parametrize("options", [8, 9])
def test_a_party_of_more_strategies_than_a_byte_has_numbers(options):
    """Of 256 and 512, all of which it ranks."""
    names = [f"o{k}" for k in range(options)]
    text = f"""\
bestand: 1
title: T
parties:
  many: {{options: {{{"".join(f"{name}: , " for name in names)}}}}}
  one: {{options: {{x: }}}}
  two: {{options: {{y: }}}}
preferences:
  many: {{priorities: [o0 iff x, {", ".join(f"{name} iff y" for name in names)}]}}
  one: {{priorities: [x iff o{options - 1}, x iff o1]}}
  two: {{priorities: [y iff not o{options - 1}, y iff x]}}
"""
    model = bestand.loads(text)
    _, engine = side_by_side([model, shuffled(model, 1)])
    singles = [build(model, "cube"), build(shuffled(model, 1), "cube")]
    for i, concept in product(range(3), ("nash", "seq", "sseq")):
        found = engine.over_states(stable(engine, concept, i))
        for v, single in enumerate(singles):
            assert np.array_equal(found[v], single.over_states(stable(single, concept, i))), (concept, i, v)


@settings(max_examples=examples(30), deadline=None)
@given(boxed)
def test_what_can_be_come_from_agrees_too(model):
    try:
        box, engine = side_by_side([model])
    except TooManyStates:
        return
    single = build(model)
    for i in range(len(model.parties)):
        found = engine.over_states(engine.least_origin(i, engine.rank(i)))[0]
        assert found.tolist() == single.over_states(single.least_origin(i, single.rank(i))).tolist()
        assert box.states.tolist() == single.space.states.tolist()


def test_a_box_that_is_mostly_empty_is_left_to_others():
    options = "".join(f"      o{k}: {{}}\n" for k in range(4))
    parties = "".join(f"  p{n}:\n    options:\n{options}" for n in range(4))
    few = " and ".join(f"(p{n}.o0 iff p{n - 1}.o0) and (p{n}.o1 iff p{n - 1}.o1)" for n in range(1, 4))
    text = f"bestand: 1\ntitle: T\nparties:\n{parties}rules:\n  - always: {few}\n"
    with pytest.raises(TooManyStates):
        Box(bestand.loads(text))
