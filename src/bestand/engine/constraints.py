"""Rules in the form in which they exclude the beginnings of states: as early and as cheaply as can be.

A beginning fixes some options and leaves the others open. Most rules come down to a few combinations of options that
must not occur together ("not both", "one of these", "this implies that"): such a *bar* needs one look, when the last of
its options is fixed. A rule that would make too many bars may be a list of combinations of which one must occur. What
is left is evaluated with what is known so far (Kleene's three values) whenever an option of it is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bestand.model.formula import (
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
    atoms,
)
from bestand.model.model import Model

from .evaluate import Evaluator, States, Truth

Cube = tuple[int, int]  # the states s with s & mask == value

_MOST = 4096  # combinations that a rule is written out in


@dataclass(frozen=True, slots=True)
class Bar:
    """No state has these values (``value``) at these options (``mask``)."""

    mask: int
    value: int


@dataclass(frozen=True)
class OneOf:
    """Every state lies in one of some cubes."""

    mask: int
    cubes: tuple[Cube, ...]

    def possible(self, beginnings: States, fixed: int) -> Truth | None:
        """Return which beginnings can become such a state; None for all of them."""
        wanted = {(mask & fixed, value & fixed) for mask, value in self.cubes}
        if (0, 0) in wanted:
            return None
        result = np.zeros(len(beginnings), bool)
        for mask, value in wanted:
            result |= beginnings & np.uint64(mask) == np.uint64(value)
        return result


@dataclass(frozen=True)
class General:
    """Every state satisfies a formula, which is evaluated with what is known."""

    mask: int
    formula: Formula
    model: Model

    def possible(self, beginnings: States, fixed: int) -> Truth | None:
        """Return which beginnings may still satisfy it."""
        return _Partial(self.model, beginnings, fixed).bounds(self.formula)[1]


Constraint = Bar | OneOf | General


class Reader:
    """Reads the rules of a model as constraints."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._outcomes: dict[tuple[str, bool], tuple[Cube, ...]] = {}
        self._masks: dict[str, int] = {}

    def constraints(self) -> list[Constraint]:
        """Return what every feasible state has to keep."""
        return [each for rule in self.model.rules for each in self._read(rule.allows)]

    def _read(self, formula: Formula) -> list[Constraint]:
        if isinstance(formula, And):
            return [each for term in formula.terms for each in self._read(term)]
        try:
            return [Bar(*cube) for cube in self._cubes(formula, False)]
        except _TooManyError:
            pass
        try:
            cubes = self._cubes(formula, True)
        except _TooManyError:
            return [General(self._mentioned(formula), formula, self.model)]
        if (0, 0) in cubes:
            return []
        mask = 0
        for each, _ in cubes:
            mask |= each
        return [OneOf(mask, cubes)]

    def _cubes(self, formula: Formula, truth: bool) -> tuple[Cube, ...]:
        """Cubes that together are the states in which the formula is true (or false)."""
        match formula:
            case Constant(value):
                return ((0, 0),) if value == truth else ()
            case OptionAtom(option):
                bit = 1 << self.model.bit[option]
                return ((bit, bit if truth else 0),)
            case OutcomeAtom(name):
                if (name, truth) not in self._outcomes:
                    self._outcomes[name, truth] = self._cubes(self.model.outcome[name].formula, truth)
                return self._outcomes[name, truth]
            case StateAtom(formula=inner):
                return self._cubes(inner, truth)
            case Not(term):
                return self._cubes(term, not truth)
            case And(terms):
                return (_all if truth else _any)(self._cubes(term, truth) for term in terms)
            case Or(terms):
                return (_any if truth else _all)(self._cubes(term, truth) for term in terms)
            case Implies(left, right):
                return (_any if truth else _all)([self._cubes(left, not truth), self._cubes(right, truth)])
            case Iff(left, right):
                ways = ((True, truth), (False, not truth))
                return _any(_all([self._cubes(left, a), self._cubes(right, b)]) for a, b in ways)

    def _mentioned(self, formula: Formula) -> int:
        """Return the options that a formula depends on, through outcomes too, as a mask."""
        mask = 0
        for atom in atoms(formula):
            if isinstance(atom, OptionAtom):
                mask |= 1 << self.model.bit[atom.id]
            else:
                if atom.name not in self._masks:
                    self._masks[atom.name] = self._mentioned(self.model.outcome[atom.name].formula)
                mask |= self._masks[atom.name]
        return mask


class _TooManyError(Exception):
    """A formula would take too many cubes."""


def _any(parts: Iterable[tuple[Cube, ...]]) -> tuple[Cube, ...]:
    """Return the union of sets of cubes."""
    made: dict[Cube, None] = {}
    for cubes in parts:
        made.update(dict.fromkeys(cubes))
        if len(made) > _MOST:
            raise _TooManyError
    return tuple(made)


def _all(parts: Iterable[tuple[Cube, ...]]) -> tuple[Cube, ...]:
    """Return what sets of cubes have in common."""
    made: tuple[Cube, ...] = ((0, 0),)
    for cubes in parts:
        if len(made) * len(cubes) > _MOST:
            raise _TooManyError
        made = tuple(dict.fromkeys((m | n, v | w) for m, v in made for n, w in cubes if (v ^ w) & m & n == 0))
    return made


class _Partial:
    """Evaluates formulas where only the options of ``fixed`` are known: (surely true, possibly true) (Kleene)."""

    def __init__(self, model: Model, states: States, fixed: int) -> None:
        self.known = Evaluator(model, states)
        self.fixed = fixed
        self._outcomes: dict[str, tuple[Truth, Truth]] = {}

    def bounds(self, formula: Formula) -> tuple[Truth, Truth]:
        size = len(self.known.states)
        match formula:
            case Constant():
                value = self.known.holds(formula)
                return value, value
            case OptionAtom(option):
                if not self.fixed >> self.known.model.bit[option] & 1:
                    return np.zeros(size, bool), np.ones(size, bool)
                value = self.known.holds(formula)
                return value, value
            case OutcomeAtom(name):
                if name not in self._outcomes:
                    self._outcomes[name] = self.bounds(self.known.model.outcome[name].formula)
                return self._outcomes[name]
            case StateAtom(formula=inner):
                return self.bounds(inner)
            case Not(term):
                sure, possible = self.bounds(term)
                return ~possible, ~sure
            case And(terms) | Or(terms):
                combine = np.logical_and if isinstance(formula, And) else np.logical_or
                sure, possible = self.bounds(terms[0])
                for term in terms[1:]:
                    next_sure, next_possible = self.bounds(term)
                    sure, possible = combine(sure, next_sure), combine(possible, next_possible)
                return sure, possible
            case Implies(left, right):
                (sure_l, possible_l), (sure_r, possible_r) = self.bounds(left), self.bounds(right)
                return ~possible_l | sure_r, ~sure_l | possible_r
            case Iff(left, right):
                (sure_l, possible_l), (sure_r, possible_r) = self.bounds(left), self.bounds(right)
                return (sure_l & sure_r) | ~(possible_l | possible_r), (possible_l & possible_r) | ~(sure_l | sure_r)
