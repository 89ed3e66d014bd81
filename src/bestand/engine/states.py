"""Which states there are, and where a formula holds.

A state is a bit mask: bit k is set when the k-th option of the model is taken. The feasible states are found by fixing
one option after another and dropping every beginning that some rule already excludes, so that rules which leave few
states also leave little work: never 2ⁿ for its own sake.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates
from bestand.model.formula import And, Constant, Formula, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, atoms
from bestand.model.model import Model

MAX_OPTIONS = 64  # bits of a state
MAX_STATES = 2**24  # feasible states, and beginnings of states on the way to them

States = NDArray[np.uint64]
Truth = NDArray[np.bool_]


def truth(formula: Formula, states: States, model: Model) -> Truth:
    """Where a formula holds.

    Parameters
    ----------
    formula : Formula
    states : (S,) uint64
        Bit masks.
    model : Model
        Says which bit an option is and what an outcome means.

    Returns
    -------
    (S,) bool

    Notes
    -----
    O(S · size of the formula and of the outcomes it uses); an outcome is evaluated once.

    Examples
    --------
    >>> from bestand.model.values import Option, Party
    >>> model = Model("Dam", (Party("up", options=(Option("up.a"), Option("up.b"))),))
    >>> truth(Not(OptionAtom("up.b")), np.arange(4, dtype=np.uint64), model).tolist()
    [True, True, False, False]
    """
    return Evaluator(model, states).holds(formula)


class Evaluator:
    """Evaluates formulas on one array of states, each outcome at most once."""

    def __init__(self, model: Model, states: States) -> None:
        self.model = model
        self.states = states
        self._outcomes: dict[str, Truth] = {}

    def holds(self, formula: Formula) -> Truth:
        """(S,) bool: where the formula holds."""
        match formula:
            case Constant(value):
                return np.full(len(self.states), value)
            case OptionAtom(option):
                return (self.states >> np.uint64(self.model.bit[option]) & np.uint64(1)).astype(bool)
            case OutcomeAtom(name):
                if name not in self._outcomes:
                    self._outcomes[name] = self.holds(self.model.outcome[name].formula)
                return self._outcomes[name]
            case Not(term):
                return ~self.holds(term)
            case And(terms):
                result = np.ones(len(self.states), bool)
                for term in terms:
                    result &= self.holds(term)
                return result
            case Or(terms):
                result = np.zeros(len(self.states), bool)
                for term in terms:
                    result |= self.holds(term)
                return result
            case Implies(left, right):
                return ~self.holds(left) | self.holds(right)
            case Iff(left, right):
                return self.holds(left) == self.holds(right)


def feasible_states(model: Model, limit: int | None = None) -> States:
    """Every combination of options that breaks no rule.

    Parameters
    ----------
    model : Model
        At most 64 options.
    limit : int, optional
        Give up beyond this many states (or beginnings of states); 2²⁴ unless told.

    Returns
    -------
    (S,) uint64, ascending

    Raises
    ------
    TooManyStates
        When there are more options than bits, or more states than the limit.

    Notes
    -----
    O(options · widest level · size of the rules). A level holds the combinations of the options fixed so far; a rule
    cuts it as soon as they decide it, and options that no rule mentions come last.

    Examples
    --------
    >>> from bestand.model.values import FormulaRule, Option, Party
    >>> both = And((OptionAtom("up.a"), OptionAtom("up.b")))
    >>> parties = (Party("up", options=(Option("up.a"), Option("up.b"))),)
    >>> model = Model("Dam", parties, rules=(FormulaRule("never", both),))
    >>> feasible_states(model).tolist()
    [0, 1, 2]
    """
    limit = MAX_STATES if limit is None else limit
    n = len(model.options)
    if n > MAX_OPTIONS:
        raise TooManyStates(f"{n} options; states are held as {MAX_OPTIONS} bits")
    rules = [rule.allows for rule in model.rules]
    mentioned = [_mentioned(rule, model, {}) for rule in rules]
    bound = [k for k in range(n) if any(mask >> k & 1 for mask in mentioned)]
    states, fixed = np.zeros(1, np.uint64), 0
    states = states[_possible(rules, states, fixed, model)]  # a rule may be false outright
    for k in bound:
        states = np.concatenate([states, states | np.uint64(1 << k)])
        fixed |= 1 << k
        touched = [rule for rule, mask in zip(rules, mentioned, strict=True) if mask >> k & 1]
        states = states[_possible(touched, states, fixed, model)]
        if len(states) > limit:
            raise TooManyStates(f"more than {limit:,} states for {n} options")
    free = [k for k in range(n) if k not in bound]  # no rule mentions these: each doubles the states
    if len(states) << len(free) > limit:
        raise TooManyStates(f"{len(states) << len(free):,} states; at most {limit:,} can be listed")
    for k in free:
        states = np.concatenate([states, states | np.uint64(1 << k)])
    return np.sort(states) if free and bound else states


def _mentioned(formula: Formula, model: Model, seen: dict[str, int]) -> int:
    """The options that a formula depends on, through outcomes too, as a mask."""
    mask = 0
    for atom in atoms(formula):
        if isinstance(atom, OptionAtom):
            mask |= 1 << model.bit[atom.id]
        else:
            if atom.name not in seen:
                seen[atom.name] = _mentioned(model.outcome[atom.name].formula, model, seen)
            mask |= seen[atom.name]
    return mask


def _possible(rules: list[Formula], beginnings: States, fixed: int, model: Model) -> Truth:
    """Where every rule can still come true, whatever the options that are not fixed yet."""
    partial = _Partial(model, beginnings, fixed)
    possible = np.ones(len(beginnings), bool)
    for rule in rules:
        possible &= partial.bounds(rule)[1]
    return possible


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
