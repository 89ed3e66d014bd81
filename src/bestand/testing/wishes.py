"""Hypothesis strategies for formulas and for what a party wants."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from bestand.model.formula import (
    FALSE,
    TRUE,
    And,
    Constant,
    Formula,
    Iff,
    Implies,
    Not,
    OptionAtom,
    Or,
    OutcomeAtom,
    StateAtom,
    substitute,
)
from bestand.model.values import BARE, FrozenMap, Grounds, Preference, Priorities, Ranking, Statement, Weights

_MANY = 16  # states beyond which a ranking is drawn as one seed instead of state by state

# Sums that floats get wrong (0.1 + 0.2 is 0.3), numbers far apart, and spellings of one number.
AWKWARD_WEIGHTS = [Decimal(number) for number in ("0.1", "0.2", "0.3", "-0.3", "1E+20", "1E-9", "2.50", "0", "-1", "1")]


def formulas(
    option_ids: Sequence[str],
    outcome_names: Sequence[str] = (),
    states: Sequence[StateAtom] = (),
    *,
    max_leaves: int = 5,
) -> SearchStrategy[Formula]:
    """Formulas over options and outcomes, with every connective and constants.

    Parameters
    ----------
    option_ids, outcome_names : sequence of str
        The atoms. Without any, formulas are made of ``true`` and ``false``.
    states : sequence of StateAtom
        States that formulas may name.
    max_leaves : int
        About how many atoms a formula has at most.

    Examples
    --------
    >>> from hypothesis import find
    >>> from bestand.model.formula import text
    >>> text(find(formulas(["up.a"]), lambda formula: isinstance(formula, Not)))
    'not up.a'
    """
    atoms: list[Formula] = [*map(OptionAtom, option_ids), *map(OutcomeAtom, outcome_names), *states] or [FALSE, TRUE]

    def filled(shape: Formula) -> Formula:
        return substitute(
            shape, lambda blank: atoms[int(blank.name) % len(atoms)] if isinstance(blank, OutcomeAtom) else blank
        )

    return _shapes(max_leaves).map(filled)


@cache
def _shapes(max_leaves: int) -> SearchStrategy[Formula]:
    """Formulas with numbers for atoms, made once: making such a strategy takes longer than drawing from it."""
    blank = st.integers(0, 99).map(lambda number: OutcomeAtom(str(number)))
    literal = blank | st.builds(Not, blank)
    return st.recursive(
        literal | blank | literal | st.builds(Constant, st.booleans()), _compound, max_leaves=max_leaves
    )


def _compound(inner: SearchStrategy[Formula]) -> SearchStrategy[Formula]:
    terms = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, terms),
        st.builds(Or, terms),
        st.builds(Not, inner),
        st.builds(Implies, inner, inner),
        st.builds(Iff, inner, inner),
    )


def preferences(
    option_ids: Sequence[str],
    outcome_names: Sequence[str] = (),
    states: Sequence[str] = (),
    *,
    ties: bool = True,
    grounds: SearchStrategy[Grounds] | None = None,
) -> SearchStrategy[Preference]:
    """Return what one party wants: priorities, a ranking, or weights.

    Parameters
    ----------
    option_ids, outcome_names : sequence of str
        What statements and weights may speak of.
    states : sequence of str
        The feasible states as bit strings. Without them no ranking is made.
    ties : bool
        Whether states may be equally good. Without ties, it is a ranking, or priorities that end in every option.
    grounds : strategy of Grounds, optional
        Of the statements; bare unless given.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(preferences(["up.a"], states=["0", "1"]), lambda wish: isinstance(wish, Ranking) and len(wish.groups) == 2)
    Ranking(groups=(('0',), ('1',)))
    """
    founded = st.just(BARE) if grounds is None else grounds
    statement = st.builds(Statement, formulas(option_ids, outcome_names), founded)
    statements = st.lists(statement, max_size=6)
    if not ties:
        every = st.permutations([Statement(OptionAtom(option)) for option in option_ids])
        last = every.map(lambda several: tuple((each,) for each in several))
        strict = st.builds(tuple.__add__, statements.flatmap(_levelled), last).map(Priorities.of)
        return strict | _rankings(states, ties=False) if states and states != [""] else strict
    kinds: list[SearchStrategy[Preference]] = [statements.flatmap(_levelled).map(Priorities.of)]
    if option_ids:
        numbers = st.sampled_from(AWKWARD_WEIGHTS) | st.decimals(-9, 9, places=1)
        weights = st.dictionaries(st.sampled_from(list(option_ids)), numbers)
        kinds.append(st.builds(Weights, weights.map(FrozenMap)))
    if any(states):
        kinds.append(_rankings(states, ties=True))
    return st.one_of(kinds)


def _levelled(statements: Sequence[Statement]) -> SearchStrategy[tuple[tuple[Statement, ...], ...]]:
    """Statements in levels: mostly each by itself, else some of them level with the one before."""
    each = tuple((statement,) for statement in statements)
    if len(statements) < 2:
        return st.just(each)
    joins = st.lists(st.booleans(), min_size=len(statements) - 1, max_size=len(statements) - 1)
    return st.just(each) | joins.map(lambda level: _joined(statements, level))


def _joined(statements: Sequence[Statement], level: Sequence[bool]) -> tuple[tuple[Statement, ...], ...]:
    found = [[statements[0]]]
    for statement, joins in zip(statements[1:], level, strict=True):
        if joins:
            found[-1].append(statement)
        else:
            found.append([statement])
    return tuple(map(tuple, found))


@st.composite
def _rankings(draw: DrawFn, states: Sequence[str], *, ties: bool) -> Ranking:
    if not ties:
        order = list(states)
        if len(states) > _MANY:
            random.Random(draw(st.integers(0, 2**32))).shuffle(order)
        else:
            order = draw(st.permutations(order))
        return Ranking(tuple((state,) for state in order))
    levels = draw(st.integers(1, len(states)))
    if len(states) > _MANY:
        chance = random.Random(draw(st.integers(0, 2**32)))
        places = [chance.randrange(levels) for _ in states]
    else:
        places = draw(st.lists(st.integers(0, levels - 1), min_size=len(states), max_size=len(states)))
    groups = [tuple(s for s, place in zip(states, places, strict=True) if place == level) for level in range(levels)]
    return Ranking(tuple(group for group in groups if group))
