"""Patterns: disjoint, exact over the feasible states, the largest first, and always the same."""

from __future__ import annotations

from itertools import islice

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bestand.engine.patterns import Pattern, cover
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.solve.helpers import FEW

OPTIONS = 7


@st.composite
def chosen_states(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, int]:
    """Which of some feasible states of some options are in a set, the states, and how many options there are."""
    options = draw(st.integers(0, OPTIONS))
    masks = draw(st.sets(st.integers(0, 2**options - 1), min_size=1))
    states = np.array(sorted(masks), np.uint64)
    return np.array(draw(st.lists(st.booleans(), min_size=len(states), max_size=len(states)))), states, options


def matches(pattern: Pattern, mask: int) -> bool:
    return all(bit in ("-", str(mask >> k & 1)) for k, bit in enumerate(pattern.bits))


@FEW
@given(chosen_states())
def test_patterns_are_the_set_again(drawn):
    """Every state of the set is in just one pattern; every other feasible state in none."""
    chosen, states, options = drawn
    patterns = list(cover(chosen, states, options))
    assert sum(pattern.count for pattern in patterns) == int(chosen.sum())
    for at, mask in enumerate(states.tolist()):
        assert sum(matches(pattern, mask) for pattern in patterns) == int(chosen[at])
    for pattern in patterns:
        assert len(pattern.bits) == options
        assert pattern.count == sum(matches(pattern, mask) for mask in states.tolist()) > 0


@FEW
@given(chosen_states())
def test_patterns_do_not_overlap_even_on_infeasible_states(drawn):
    """No combination of options at all, feasible or not, matches two patterns."""
    chosen, states, options = drawn
    patterns = list(cover(chosen, states, options))
    for mask in range(2**options):
        assert sum(matches(pattern, mask) for pattern in patterns) <= 1


@FEW
@given(chosen_states())
def test_patterns_are_the_same_every_time_and_the_largest_come_first(drawn):
    chosen, states, options = drawn
    patterns = list(cover(chosen, states, options))
    assert patterns == list(cover(chosen.copy(), states.copy(), options))
    counts = [pattern.count for pattern in patterns]
    assert counts == sorted(counts, reverse=True)
    assert list(islice(cover(chosen, states, options), 2)) == patterns[:2]


@FEW
@given(chosen_states())
def test_a_pattern_fixes_all_that_its_states_share(drawn):
    """Where a pattern leaves an option open, some of its states take the option and some do not."""
    chosen, states, options = drawn
    for pattern in cover(chosen, states, options):
        own = [mask for mask in states.tolist() if matches(pattern, mask)]
        for k, bit in enumerate(pattern.bits):
            assert {mask >> k & 1 for mask in own} == ({0, 1} if bit == "-" else {int(bit)})


@FEW
@given(models(max_options=6, readings=False, prose=False))
def test_equilibria_of_models_are_covered_exactly(model):
    solution = Solution(model)
    chosen = solution.equilibria("gmr")
    patterns = list(cover(chosen, solution.space.states, len(model.options)))
    shown = [any(matches(pattern, int(mask)) for pattern in patterns) for mask in solution.space.states]
    assert shown == chosen.tolist()


def test_everything_nothing_and_no_options_at_all():
    states = np.arange(8, dtype=np.uint64)
    assert list(cover(np.ones(8, bool), states, 3)) == [Pattern("---", 8)]
    assert list(cover(np.zeros(8, bool), states, 3)) == []
    assert list(cover(np.ones(1, bool), states[:1], 0)) == [Pattern("", 1)]


def test_options_that_a_rule_ties_together_are_both_shown():
    """One of them would do to tell the set apart."""
    states = np.array([0b000, 0b100, 0b011, 0b111], np.uint64)
    assert list(cover(states & np.uint64(1) == 1, states, 3)) == [Pattern("11-", 2)]


def test_states_of_64_options():
    states = np.array([0, 1, 2**63, 2**63 | 1], np.uint64)
    assert list(cover(states >= np.uint64(2**63), states, 64)) == [Pattern("-" + "0" * 62 + "1", 2)]
