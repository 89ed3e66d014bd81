"""Every verdict of the Ukraine case: three engines, a second writing of the case, and the oracle on parts of it."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pytest

import bestand
from bestand.model.changing import changed
from bestand.model.sentences import HoldOption
from bestand.reference import graph_of, stable
from bestand.solve.solution import Solution
from tests import first_reading
from tests.solve.flagship import CEASEFIRE, EUROPE_FALLS, NAMES, OPTIONS, TERMS_MET, THREE_ZONES, Flagship, wishes
from tests.solve.helpers import CONCEPTS

UKRAINE = bestand.load(first_reading.UKRAINE)
EQUILIBRIA = {"nash": 4, "gmr": 16_605, "smr": 4_260, "seq": 6_126, "sseq": 510}


@cache
def solved(engine: str | None = None) -> Solution:
    return Solution(UKRAINE, engine)


@cache
def written() -> Flagship:
    return Flagship()


def test_the_file_is_the_tables():
    """States, outcomes, wishes, one-way options and today, as they stand in the analyst's tables."""
    space = solved().space
    states = space.states.astype(np.int64)
    assert list(UKRAINE.bit) == NAMES
    assert states.tolist() == np.flatnonzero(written().feasible).tolist()
    assert len(states) == 49_152
    outcomes = {
        "terms_met": TERMS_MET,
        "ceasefire": CEASEFIRE,
        "three_zones": THREE_ZONES,
        "europe_falls": EUROPE_FALLS,
    }
    for name, holds in outcomes.items():
        assert np.array_equal(space.holds(UKRAINE.outcome[name].formula), holds[states])
    for party, statements in wishes().items():
        told = [space.holds(statement.formula) for statement in UKRAINE.preferences[party].statements]
        assert len(told) == len(statements)
        assert all(np.array_equal(own, wanted[states]) for own, wanted in zip(told, statements, strict=True))
    assert [(way.option, way.direction) for way in UKRAINE.one_way] == [("ukraine.cede", "to-yes")]
    assert UKRAINE.mask(UKRAINE.status_quo) == written().today


@pytest.mark.parametrize("engine", ["cube", "listed"])
@pytest.mark.parametrize("concept", CONCEPTS)
def test_the_equilibria_are_counted_alike(engine, concept):
    assert int(solved(engine).equilibria(concept).sum()) == EQUILIBRIA[concept]


@pytest.mark.parametrize("engine", ["listed", "arcs"])
@pytest.mark.parametrize("concept", CONCEPTS)
def test_every_verdict_is_the_same_on_every_engine(engine, concept):
    assert np.array_equal(solved(engine).stable(concept), solved("cube").stable(concept))


@pytest.mark.parametrize("concept", CONCEPTS)
def test_every_verdict_is_that_of_the_second_writing(concept):
    states = solved().space.states.astype(np.int64)
    for i, party in enumerate(OPTIONS):
        assert np.array_equal(solved().stable(concept)[i], written().stable(concept)[party][states])


@pytest.mark.parametrize("by", ["improving", "best"])
def test_what_is_reached_is_that_of_the_second_writing(by):
    states = solved().space.states.astype(np.int64)
    assert np.array_equal(solved().reach(by).reached, written().reached(by)[states])


HELD = ("usa.air_defence", "russia.neutrality", "europe.direct_talks")


EIGHTHS = [*product([False, True], repeat=len(HELD))]


@pytest.mark.parametrize(
    "values",
    [pytest.param(each, marks=pytest.mark.weekly) for each in EIGHTHS],
    ids=lambda v: "".join("01"[x] for x in v),
)
def test_every_verdict_on_an_eighth_is_the_oracle_s(values):
    """Three options held at each of the eight combinations: together all 49,152 states, 6,144 at a time."""
    model = changed(UKRAINE, [HoldOption(option, value) for option, value in zip(HELD, values, strict=True)])
    graph, solution = graph_of(model), Solution(model)
    assert graph.size == solution.space.size == 6_144
    for concept in CONCEPTS:
        assert np.array_equal(solution.stable(concept), np.array(stable(graph, concept)))
