"""Who ends a plan: found by search on random models, and told in words."""

from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bestand
from bestand.document.terminal import Page, printed
from bestand.model.formula import OptionAtom, OutcomeAtom
from bestand.plan.holding import ended, holding, reaching
from bestand.plan.holding_words import holding_part
from bestand.solve.solution import Solution, solve
from bestand.testing import formulas, models
from tests.examples import examples
from tests.first_reading import UKRAINE


def worst(solution, party, state):
    """The lowest rank of a party to which the others can bring things, by search over (state, last mover)."""
    space = solution.space
    seen, queue = set(), [(state, party)]
    least = space.ranks[party][state]
    while queue:
        at, last = queue.pop()
        for mover in range(len(space.moves)):
            if mover in (party, last):
                continue
            for target in space.targets(mover, at):
                if (target, mover) not in seen:
                    seen.add((target, mover))
                    queue.append((target, mover))
                    least = min(least, space.ranks[party][target])
    return least


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(st.data(), models(max_options=5, prose=False, readings=False))
def test_a_plan_is_ended_by_a_move_to_another_kind_that_nothing_deters(data, model):
    plan = data.draw(formulas([option.id for option in model.options]))
    solution = Solution(dataclasses.replace(model, plan=plan))
    found = holding(solution, ("nash", "gmr"), plan)
    so = solution.space.holds(plan)
    assert found.states == so.sum()
    assert found.equilibria == {c: (so & solution.equilibria(c)).sum() for c in ("nash", "gmr")}
    for i in range(len(model.parties)):
        rank = solution.space.ranks[i]
        nash, gmr = np.zeros_like(so), np.zeros_like(so)
        for s in np.flatnonzero(so).tolist():
            out = [t for t in solution.space.targets(i, s) if rank[t] > rank[s] and not so[t]]
            nash[s] = bool(out)
            gmr[s] = any(worst(solution, i, t) > rank[s] for t in out)
        for concept, expected in (("nash", nash), ("gmr", gmr)):
            assert np.array_equal(ended(solution, i, concept, so), expected)
            assert found.ended[concept][i] == expected.sum()
    breaking = found.broken is not None and found.broken.endings
    assert bool(breaking) == any(sum(counts) for counts in found.ended.values())
    for ending in breaking or ():
        assert so[solution.space.index(found.broken.state)]
        assert not so[solution.space.index(ending.move.answers[0].improvement)]


def test_only_russia_ends_a_ceasefire():
    """Every ceasefire without the provinces, and no other; nobody else ends one."""
    solution = Solution(bestand.load(UKRAINE))
    so = solution.space.holds(OutcomeAtom("ceasefire"))
    cede = solution.space.holds(OptionAtom("ukraine.cede"))
    concepts = ("nash", "gmr", "smr", "seq", "sseq")
    for concept in concepts:
        assert np.array_equal(ended(solution, 1, concept, so), so & ~cede)
    found = holding(solution, concepts, solution.model.plan)
    assert set(found.ended.values()) == {(0, int((so & ~cede).sum()), 0, 0)}


TEXT = """
bestand: 1
title: T
parties: {a: {options: {x: }}, b: {options: {y: }}}
plan: x
status_quo: [x, y]
preferences: {a: {priorities: [WISH]}, b: {priorities: [y]}}
"""


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("x", "Today is one, under Nash stability."),
        ("not x", "The plan is true in 2 states, none of"),
        ("true", "Today is one, under Nash stability."),
    ],
)
def test_whether_today_is_one_is_told(wish, words):
    solution = Solution(bestand.loads(TEXT.replace("WISH", wish)))
    found = holding(solution, ("nash",), solution.model.plan)
    told = " ".join(printed(Page(), holding_part(solution.model, found)).split())
    assert words in told
    assert ("No party has reason to move" in told) == (wish != "not x")


def test_a_verdict_over_sets_of_states_counts_the_same():
    model = bestand.load(UKRAINE)
    listed, sets = Solution(model), solve(model, "symbolic")
    asked = ("nash", "gmr", "seq")
    one, other = holding(listed, asked, model.plan), reaching(sets, holding(sets, asked, model.plan))
    assert (one.states, one.equilibria, one.reached) == (other.states, other.equilibria, other.reached)
    assert (one.somewhere, other.ended, other.kept) == (other.somewhere, None, None)
    so = listed.space.holds(model.plan)
    for concept, counts in other.restless.items():
        assert counts == tuple((so & ~listed.stable(concept)).sum(axis=1).tolist())
    assert pickle.loads(pickle.dumps(one)) == one


@pytest.mark.parametrize(
    ("wish", "today", "somewhere", "held", "reached"),
    [
        ("x", "x, y", True, True, True),
        ("not x", "x, y", False, False, False),
        ("true", "y", True, False, False),
        ("x", "y", True, False, True),
    ],
)
def test_what_becomes_of_a_plan(wish, today, somewhere, held, reached):
    text = TEXT.replace("WISH", wish)
    model = bestand.loads(text.replace("[x, y]", f"[{today}]"))
    found = holding(Solution(model), ("nash", "seq"), model.plan)
    assert (bool(found.somewhere), bool(found.today), any(found.reached.values())) == (somewhere, held, reached)
    timeless = model.replace(status_quo=None)
    told = holding(Solution(timeless), ("nash", "seq"), timeless.plan)
    assert (told.somewhere, told.today, told.reached) == (found.somewhere, (), None)
