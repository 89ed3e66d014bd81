"""Variants on the states of an engine: the same as each solved by itself, asked everywhere or among some states."""

from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from bestand.engine.blocks import BlockEngine
from bestand.engine.limits import Watch
from bestand.model.model import Model
from bestand.model.sentences import By
from bestand.model.values import FrozenMap
from bestand.solve.alike import Alike, AlikeBatch
from bestand.solve.geometry import Bools, Geometry
from bestand.solve.kept import Kept
from bestand.solve.near import Near
from bestand.solve.numbers import Numbers
from bestand.solve.onward import onward
from bestand.solve.solution import Solution
from bestand.stability.registry import EVERY
from bestand.testing import models
from bestand.testing.wishes import preferences

WAYS: tuple[By, ...] = ("any", "improving", "purposeful", "best", "drift")


def batch_of(variants: list[Model]) -> AlikeBatch:
    """Return some variants on an engine of their states, whether a box would hold them or not."""
    geometry = Geometry(variants[0], Watch())
    if geometry.engine is None:
        geometry.engine = Solution(dataclasses.replace(variants[0], preferences=FrozenMap({}))).engine
    assume(isinstance(geometry.engine, BlockEngine))
    return AlikeBatch(Alike(geometry, Kept(2**20), Numbers(), Watch()), variants)


@st.composite
def several(draw: st.DrawFn) -> list[Model]:
    """Variants that differ in wishes alone, some party wanting the same in several."""
    model = draw(models(max_options=6, rankings=False, readings=False, prose=False))
    ids = [option.id for option in model.options]
    wishes = {party.id: draw(st.lists(preferences(ids), min_size=1, max_size=2)) for party in model.parties}
    rows = draw(st.lists(st.fixed_dictionaries({id: st.sampled_from(w) for id, w in wishes.items()}), max_size=3))
    return [model, *(dataclasses.replace(model, preferences=FrozenMap(row)) for row in rows)]


def some_states(data: DataObject, size: int) -> Bools:
    return np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), bool)


@given(several(), st.data())
def test_equilibria_and_verdicts(variants: list[Model], data: DataObject) -> None:
    batch = batch_of(variants)
    among = some_states(data, batch.geometry.size)
    concept = data.draw(st.sampled_from([*EVERY]))
    solutions = [Solution(model) for model in variants]
    expected = np.stack([each.equilibria(concept) for each in solutions])
    assert (batch.some(concept, among) == (expected & among).any(axis=1)).all()
    assert (batch.equilibria(concept) == expected).all()
    assert (batch.equilibria(concept, among)[:, among] == expected[:, among]).all()
    for i in range(len(variants[0].parties)):
        verdicts = np.stack([each.verdict(concept, i) for each in solutions])
        assert (batch.stable(concept, i) == verdicts).all()
        assert (batch.stable(concept, i, among)[:, among] == verdicts[:, among]).all()


@given(several(), st.sampled_from(WAYS))
def test_what_is_reached(variants: list[Model], by: By) -> None:
    batch = batch_of(variants)
    solutions = [Solution(model) for model in variants]
    expected = [each.ends_reached(by) for each in solutions]
    if expected[0] is None:
        assert batch.reached(by) is None
        assert batch.ends_reached(by) is None
        return
    reached, ends = batch.reached(by), batch.ends_reached(by)
    assert reached is not None
    assert ends is not None
    for v, each in enumerate(solutions):
        alone = each.reach(by)
        assert alone is not None
        assert (reached[v] == alone.reached).all()
        assert (ends[v] == expected[v]).all()


@given(several())
def test_best_moves_wherever_they_lead(variants: list[Model]) -> None:
    """The search over places, which small models give up, without its bound."""
    batch = batch_of(variants)
    solutions = [Solution(model) for model in variants]
    start = batch.geometry.status_quo()
    assume(start is not None)
    assert start is not None
    flips = batch._alike.flips
    ranks = [np.stack([each.space.ranks[i] for each in solutions]) for i in range(len(flips))]
    wants = np.tile(np.arange(len(variants)), (len(flips), 1))
    reached, resting = onward(flips, ranks, wants, start, Watch(), part=0)
    for v, each in enumerate(solutions):
        alone, ends = each.reach("best"), each.ends_reached("best")
        assert alone is not None
        assert (reached[v] == alone.reached).all()
        assert (resting[v] == ends).all()


@given(several(), st.sampled_from([id for id, concept in EVERY.items() if concept.rounds[:1] == ("credible",)]))
def test_single_states(variants: list[Model], concept: str) -> None:
    """What is said to stay is an equilibrium, and on so few states every equilibrium is."""
    batch = batch_of(variants)
    for model in variants:
        solution = Solution(model)
        near = Near(solution.engine, batch._alike.flips, EVERY[concept].rounds)
        stays = [near.stays(state) for state in range(solution.space.size)]
        assert (np.array(stays) == solution.equilibria(concept)).all()
