"""Who ends a plan: found by search on random models, and told in words."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bestand
from bestand.document.terminal import Page, printed
from bestand.model.formula import OptionAtom, OutcomeAtom
from bestand.plan.verdict import judged
from bestand.plan.words import plan_answer
from bestand.solve.solution import Solution
from bestand.testing import formulas, models


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


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data(), models(max_options=5, prose=False, readings=False))
def test_a_plan_is_ended_by_a_move_to_another_kind_that_nothing_deters(data, model):
    plan = data.draw(formulas([option.id for option in model.options]))
    solution = Solution(dataclasses.replace(model, plan=plan))
    found = judged(solution, ("nash", "gmr"), plan)
    so = solution.space.holds(plan)
    assert np.array_equal(found.so, so)
    for i in range(len(model.parties)):
        rank = solution.space.ranks[i]
        nash, gmr = np.zeros_like(so), np.zeros_like(so)
        for s in np.flatnonzero(so).tolist():
            out = [t for t in solution.space.targets(i, s) if rank[t] > rank[s] and not so[t]]
            nash[s] = bool(out)
            gmr[s] = any(worst(solution, i, t) > rank[s] for t in out)
        assert np.array_equal(found.ended["nash"][i], nash)
        assert np.array_equal(found.ended["gmr"][i], gmr)


def test_only_russia_ends_a_ceasefire():
    """Every ceasefire without the provinces, and no other; nobody else ends one."""
    solution = Solution(bestand.load("press/wynia2025/ukraine"))
    so = solution.space.holds(OutcomeAtom("ceasefire"))
    cede = solution.space.holds(OptionAtom("ukraine.cede"))
    found = judged(solution, ("nash", "gmr", "smr", "seq", "sseq"), solution.model.plan)
    for ended in found.ended.values():
        assert np.array_equal(ended[1], so & ~cede)
        assert not (ended[0] | ended[2] | ended[3]).any()


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
    [("x", "It holds today"), ("not x", "No. The plan is true in 2 states, none of"), ("true", "It holds today")],
)
def test_the_verdict_begins_the_answer(wish, words):
    solution = Solution(bestand.loads(TEXT.replace("WISH", wish)))
    told = " ".join(printed(Page(), plan_answer(solution, ("nash",), solution.model.plan)).split())
    assert words in told
    assert ("No party has reason to move" in told) == (wish != "not x")
