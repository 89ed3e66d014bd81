"""Formulas that tell some numbers from others."""

from hypothesis import given
from hypothesis import strategies as st

from bestand.model.formula import atoms
from bestand.model.truth import holds
from bestand.solve.bundle import told_apart

DIGITS = [f"a.d{k}" for k in range(5)]
NUMBERS = st.sets(st.integers(0, 2 ** len(DIGITS) - 1))


def says(formula, number):
    yes = {name for k, name in enumerate(reversed(DIGITS)) if number >> k & 1}
    return holds(formula, yes, {})


@given(NUMBERS, NUMBERS)
def test_what_is_inside_is_told_from_what_is_outside(inside, others):
    outside = others - inside
    formula = told_apart(inside, outside, DIGITS)
    assert all(says(formula, number) for number in inside)
    assert not any(says(formula, number) for number in outside)


@given(st.integers(0, 2 ** len(DIGITS) - 1), st.booleans())
def test_one_among_all_is_told_by_its_digits(number, alone):
    one, rest = {number}, set(range(2 ** len(DIGITS))) - {number}
    formula = told_apart(one, rest, DIGITS) if alone else told_apart(rest, one, DIGITS)
    assert sorted(atom.id for atom in atoms(formula)) == DIGITS
