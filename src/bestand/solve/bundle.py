"""Variants of a model that differ in what its parties want alone, as one model: an answer is an option nobody moves.

Each question has as many options of a party of its own as its answers take binary digits. What a party wants is one
list for all variants: statements that some of them have and others do not are put in each other's places, each with the
answers under which it is wanted; under all others it is true, so that it tells nothing apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bestand.model.formula import FALSE, TRUE, And, Formula, Not, OptionAtom, Or, joined
from bestand.model.model import Model
from bestand.model.values import FormulaRule, FrozenMap, Option, Party, Preference, Priorities, Statement

from .numbers import Numbers

Item = TypeVar("Item", bound=Hashable)
Indices = NDArray[np.intp]
Places = list[list[tuple[Item, frozenset[int]]]]

_NOTHING = Priorities()


@dataclass(frozen=True, eq=False)
class Bundle:
    """Some variants as one model.

    Parameters
    ----------
    which : (V,) intp
        Their numbers.
    first : Model
        One of them: they have all but their wishes in common.
    model : Model
        All of them: what its last party takes tells which one it is.
    codes : (V, B) bool
        What that party takes in each variant.
    asked : Formula or None
        Where it is asked what is stable; None for everywhere.
    """

    which: Indices
    first: Model
    model: Model
    codes: NDArray[np.bool_]
    asked: Formula | None = None


def bundles(models: Mapping[int, Model], numbers: Indices) -> list[Bundle] | None:
    """Return variants in bundles, each of what has its rules and moves in common.

    Parameters
    ----------
    models : mapping of int to Model
        By their numbers.
    numbers : (N, questions) intp
        The answer to each question in the variant of each number.

    Returns
    -------
    list of Bundle or None
        None where wishes that vary are no lists of statements, and where commitments change states by themselves.
    """
    if any(model.standing for model in models.values()):
        return None
    number = Numbers()
    groups: dict[tuple[int, ...], list[int]] = {}
    for v, model in models.items():
        frame = (model.rules, model.one_way, model.status_quo, model.forbidden_moves, model.coalesced, model.outcomes)
        groups.setdefault(tuple(map(number, frame)), []).append(v)
    found = [_bundle(np.array(these), [models[v] for v in these], numbers[these]) for these in groups.values()]
    return None if None in found else [bundle for bundle in found if bundle is not None]


def _bundle(which: Indices, models: Sequence[Model], numbers: Indices) -> Bundle | None:
    first = models[0]
    owner = "answers"
    while owner in first.party:
        owner += "_"
    number, wanted = Numbers(), {party: [model.preferences.get(party) for model in models] for party in first.party}
    lists = {party: np.array([number(wish) for wish in wishes]) for party, wishes in wanted.items()}
    asked = {party: _telling(lists[party], numbers) for party in lists}
    questions = sorted({j for telling in asked.values() for j in telling})
    places = {j: range(int(numbers[:, j].max()).bit_length())[::-1] for j in questions}  # the highest comes first
    digits = {j: [f"{owner}.q{j}d{k}" for k in places[j]] for j in questions}
    wishes: dict[str, Preference] = {}
    for party, telling in asked.items():
        if not telling:
            if (same := wanted[party][0]) is not None:
                wishes[party] = same
            continue
        if not all(wish is None or (isinstance(wish, Priorities) and not wish.levels) for wish in wanted[party]):
            return None
        wishes[party] = _together(wanted[party], lists[party], numbers[:, telling], [digits[j] for j in telling])
    options = [name for j in questions for name in digits[j]]
    given = {j: set(numbers[:, j].tolist()) for j in questions}
    rules = [
        FormulaRule("always", told_apart(given[j], set(range(1 << len(digits[j]))) - given[j], digits[j]))
        for j in questions
        if len(given[j]) < 1 << len(digits[j])
    ]
    model = Model(
        first.title,
        (*first.parties, Party(owner, options=tuple(map(Option, options)))),
        rules=(*first.rules, *rules),
        outcomes=first.outcomes,
        one_way=first.one_way,
        forbidden_moves=first.forbidden_moves,
        preferences=FrozenMap(wishes),
    )
    codes = [numbers[:, j] >> k & 1 for j in questions for k in places[j]]
    return Bundle(which, first, model, np.array(codes, bool).reshape(len(codes), len(models)).T)


def _telling(lists: Indices, numbers: Indices) -> list[int]:
    """Return the questions that a party's wishes hang on; all, where those that do by themselves do not tell enough."""
    known = {tuple(row): wish for row, wish in zip(numbers.tolist(), lists.tolist(), strict=True)}
    telling = []
    for j in range(numbers.shape[1]):
        base: dict[tuple[int, ...], int] = {}
        if any(base.setdefault((*row[:j], *row[j + 1 :]), wish) != wish for row, wish in known.items()):
            telling.append(j)
    seen: dict[tuple[int, ...], int] = {}
    if any(seen.setdefault(tuple(row[j] for j in telling), wish) != wish for row, wish in known.items()):
        return list(range(numbers.shape[1]))
    return telling


def _together(
    wanted: Sequence[Preference | None], lists: Indices, answers: Indices, digits: Sequence[Sequence[str]]
) -> Priorities:
    """Return the wishes of a party in all variants as one list."""
    distinct, at = np.unique(lists, return_index=True)
    known = [wanted[v] if isinstance(wanted[v], Priorities) else _NOTHING for v in at.tolist()]
    code = np.zeros(len(lists), np.intp)
    for column, own in zip(answers.T, digits, strict=True):
        code = code << len(own) | column
    given = [set(code[lists == wish].tolist()) for wish in distinct]
    names = [name for own in digits for name in own]

    def under(some: Iterable[int]) -> Formula:
        inside = set[int]().union(*(given[n] for n in some))
        return told_apart(inside, set[int]().union(*given) - inside, names)

    statements = []
    for place in aligned([[each.formula for each in wish.statements] for wish in known]):
        terms = [formula if len(some) == len(known) else And((under(some), formula)) for formula, some in place]
        rest = set(range(len(known))).difference(*(some for _, some in place))
        terms += [under(rest)] if rest else []
        statements.append(Statement(joined(Or, terms, FALSE)))
    return Priorities(tuple(statements))


def told_apart(inside: Set[int], outside: Set[int], digits: Sequence[str]) -> Formula:
    """Return a formula that is true of some numbers and false of others; of the rest it may say anything.

    Parameters
    ----------
    inside, outside : set of int
        Numbers that have nothing in common, each below 2 to the power of the digits.
    digits : sequence of str
        The options that are a number's binary digits, the highest first.

    Returns
    -------
    Formula
        At most one part for each number and digit; a few where one side has few numbers.

    Examples
    --------
    >>> from bestand.model.formula import text
    >>> text(told_apart({1, 2, 3}, {0}, ["a.high", "a.low"]))
    'a.high or a.low'
    """
    if not (inside and outside):
        return FALSE if outside else TRUE
    first, rest = OptionAtom(digits[0]), digits[1:]
    half = 1 << len(rest)
    no = {k for k in inside if k < half}, {k for k in outside if k < half}
    yes = {k - half for k in inside - no[0]}, {k - half for k in outside - no[1]}
    if not any(no) or not any(yes):  # the digit is the same in all
        return told_apart(*(yes if any(yes) else no), rest)
    return _if(first, told_apart(*yes, rest), told_apart(*no, rest))


def _if(first: OptionAtom, yes: Formula, no: Formula) -> Formula:
    """Return one formula where an option is taken, and another where it is not."""
    if yes == no:
        return yes
    if yes == TRUE or no == FALSE:
        join, other, wanted = (Or, no, FALSE) if yes == TRUE else (And, yes, TRUE)
        return first if other == wanted else join((first, other))
    if yes == FALSE or no == TRUE:
        join, other, wanted = (And, no, TRUE) if yes == FALSE else (Or, yes, FALSE)
        return Not(first) if other == wanted else join((Not(first), other))
    return Or((And((first, yes)), And((Not(first), no))))


def aligned(lists: Sequence[Sequence[Item]]) -> Places[Item]:
    """Return one list of places for some lists: at each place, what stands there and in which of them.

    Every list is what it has at the places, in their order. No list has two things at one place.

    Examples
    --------
    >>> aligned(["ab", "xb"])
    [[('a', frozenset({0})), ('x', frozenset({1}))], [('b', frozenset({0, 1}))]]
    """
    row: list[tuple[Item, frozenset[int]]] = []
    for n, items in enumerate(lists):
        grown: list[tuple[Item, frozenset[int]]] = []
        before = next_item = 0
        for k, m in [*_common([item for item, _ in row], items), (len(row), len(items))]:
            grown += row[before:k]
            grown += [(item, frozenset([n])) for item in items[next_item:m]]
            grown += [(item, some | {n}) for item, some in row[k : k + 1]]
            before, next_item = k + 1, m + 1
        row = grown
    places: Places[Item] = []
    for item, some in row:
        if places and not any(some & others for _, others in places[-1]):
            places[-1].append((item, some))
        else:
            places.append([(item, some)])
    return places


def _common(one: Sequence[Item], other: Sequence[Item]) -> list[tuple[int, int]]:
    """Return the places of a longest list that both have in them, in order. O(length · length)."""
    longest = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for a in reversed(range(len(one))):
        for b in reversed(range(len(other))):
            same = one[a] == other[b]
            longest[a][b] = 1 + longest[a + 1][b + 1] if same else max(longest[a + 1][b], longest[a][b + 1])
    found: list[tuple[int, int]] = []
    a = b = 0
    while a < len(one) and b < len(other):
        if one[a] == other[b]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif longest[a + 1][b] >= longest[a][b + 1]:
            a += 1
        else:
            b += 1
    return found
