"""Very many variants, solved together, are exactly what each is when it is solved alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand.analysis import nearby
from bestand.analysis.claims import ask_claim
from bestand.analysis.evolution import reach
from bestand.analysis.solution import Solution, Solver
from bestand.analysis.variants import RECENT, Kept, Variants
from bestand.files import load
from bestand.model.errors import BestandError
from bestand.model.language import parse_changes
from bestand.stability.registry import EVERY
from bestand.testing import changes, models

SOME = settings(max_examples=60)


def same(found: Solution, alone: Solution) -> None:
    assert (found.space.states == alone.space.states).all()
    assert found.space.status_quo == alone.space.status_quo
    assert (found.space.ranks == alone.space.ranks).all()
    for concept in EVERY:
        assert (found.stable(concept) == alone.stable(concept)).all(), concept
        assert (found.equilibria(concept) == alone.equilibria(concept)).all(), concept
    assert (found.resting == alone.resting).all()
    for by in ("improvements", "best moves"):
        mine, plain = found.reach(by), alone.reach(by)
        assert (mine is None) == (plain is None)
        if mine is not None and plain is not None:
            assert (mine.moves == plain.moves).all()


def solved(solver: Solver, made) -> Solution | str:
    try:
        return solver.solve(made)
    except BestandError as error:
        return str(error)


@SOME
@given(models(max_options=5, prose=False), st.data())
def test_variants_are_what_they_are_alone(model, data):
    """Rankings, weights, one-way options, forbidden moves, rules dropped: all that a change can do, again and again."""
    engine = data.draw(st.sampled_from([None, "arcs"] if model.forbidden_moves else [None, "cube", "listed", "arcs"]))
    some = data.draw(st.lists(changes(model, model.reading), min_size=1, max_size=4))
    variants, alone = Variants(model, engine=engine), Solver(model, engine=engine)
    for made in [(), *some, *reversed(some), *((*one, *other) for one, other in pairwise(some)), ()]:
        found, expected = solved(variants, made), solved(alone, made)
        if isinstance(expected, str):
            assert found == expected
        else:
            assert isinstance(found, Solution)
            same(found, expected)


@SOME
@given(models(max_options=5, prose=False), st.data())
def test_little_is_kept_and_all_is_the_same(model, data):
    made = data.draw(changes(model, model.reading))
    variants, alone = Variants(model, kept=1), Solver(model)
    for each in ((), made, (), made):
        found, expected = solved(variants, each), solved(alone, each)
        if isinstance(expected, str):
            assert found == expected
        else:
            assert isinstance(found, Solution)
            same(found, expected)


def test_what_is_forgotten_is_the_least_recently_used():
    kept = Kept(10)
    kept.put(("a",), "a", 4)
    kept.put(("b",), "b", 4)
    assert kept.get(("a",)) == "a"
    kept.put(("c",), "c", 4)
    assert [kept.get((key,)) for key in "abc"] == ["a", None, "c"]
    kept.put(("a",), "A", 5)
    assert kept.get(("a",)) == "A"
    kept.put(("d",), "d", 99)  # too large for anything beside it
    assert [kept.get((key,)) for key in "acd"] == [None, None, "d"]


@pytest.mark.parametrize("patience", [0, 2, 1000])
@pytest.mark.parametrize("table", [0, 22])
def test_a_search_from_one_state_is_given_up_or_right(patience, table, monkeypatch):
    monkeypatch.setattr(nearby, "_PATIENCE", patience)
    monkeypatch.setattr(nearby, "_TABLE", table)
    model = load("press/wynia2025/ukraine")
    solution = Solution(model)
    start = solution.space.status_quo
    assert start is not None
    for by in ("improvements", "best moves"):
        found = nearby.Nearby(solution.space).reach(solution.engine, start, by)
        assert (found is None) == (patience == 0)
        if found is not None:
            assert (found.moves == reach(solution.engine, start, by).moves).all()


def test_claims_can_be_put_to_variants():
    model = load("press/wynia2025/ukraine")
    variants, alone = Variants(model), Solver(model)
    for claim in model.claims:
        assert ask_claim(variants, claim) == ask_claim(alone, claim)
    assert len(variants._recent) == RECENT


def test_a_change_that_cannot_be_made_leaves_the_others_as_they_are():
    model = load("books/fang1993/elmira")
    variants = Variants(model)
    with pytest.raises(BestandError, match="no state feasible"):
        variants.solve(parse_changes("never true", model.scope()))
    assert variants.solve().equilibria("nash").sum() == Solution(model).equilibria("nash").sum()
