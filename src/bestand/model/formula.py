"""Formulas over options: the language in which rules, outcomes and wishes are written.

A formula is a frozen tree. Its atoms are options (``usa.leave``), outcomes (named formulas) and states (``state
8``); ``and`` and ``or`` take any number of terms. ``a implies b`` is material implication, true wherever ``a`` is false
(the reading of IF in option prioritizing; ambiguity 7 of the register in the documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

RESERVED = frozenset({"not", "and", "or", "implies", "iff", "true", "false"})


@dataclass(frozen=True, slots=True)
class Constant:
    """``true`` or ``false``."""

    value: bool


@dataclass(frozen=True, slots=True)
class OptionAtom:
    """Option ``id`` (written ``party.option``) is taken."""

    id: str


@dataclass(frozen=True, slots=True)
class OutcomeAtom:
    """The outcome called ``name`` holds."""

    name: str


@dataclass(frozen=True, slots=True)
class StateAtom:
    """The state of a label or of bits, called ``name``; ``formula`` says of every option whether it is taken there."""

    name: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class Not:
    """``term`` does not hold."""

    term: Formula


@dataclass(frozen=True, slots=True)
class And:
    """Every one of ``terms`` (two or more) holds."""

    terms: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``terms`` (two or more) holds."""

    terms: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Implies:
    """``right`` holds, or ``left`` does not."""

    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Iff:
    """Both sides hold, or neither does."""

    left: Formula
    right: Formula


Formula = Constant | OptionAtom | OutcomeAtom | StateAtom | Not | And | Or | Implies | Iff

TRUE, FALSE = Constant(True), Constant(False)


def parts(formula: Formula) -> tuple[Formula, ...]:
    """The formulas directly inside a formula, from left to right."""
    match formula:
        case Not(term) | StateAtom(formula=term):
            return (term,)
        case And(terms) | Or(terms):
            return terms
        case Implies(left, right) | Iff(left, right):
            return (left, right)
        case _:
            return ()


def atoms(formula: Formula) -> Iterator[OptionAtom | OutcomeAtom]:
    """Every option and outcome of a formula, from left to right, as often as it occurs; of a state, every option."""
    stack = [formula]
    while stack:
        match stack.pop():
            case OptionAtom() | OutcomeAtom() as atom:
                yield atom
            case compound:
                stack.extend(reversed(parts(compound)))


def states_named(formula: Formula) -> Iterator[StateAtom]:
    """Every state that a formula names, as often as it does."""
    stack = [formula]
    while stack:
        match stack.pop():
            case StateAtom() as state:
                yield state
            case compound:
                stack.extend(reversed(parts(compound)))


def substitute(formula: Formula, replace: Callable[[OptionAtom | OutcomeAtom], Formula]) -> Formula:
    """The formula with every atom replaced by what ``replace`` makes of it."""
    match formula:
        case OptionAtom() | OutcomeAtom():
            return replace(formula)
        case StateAtom(formula=inner):
            new = substitute(inner, replace)
            return formula if new == inner else new  # that which is put in its place is no longer this state
        case Not(term):
            return Not(substitute(term, replace))
        case And(terms) | Or(terms):
            replaced = []
            for term in terms:
                replaced.append(substitute(term, replace))
            return type(formula)(tuple(replaced))
        case Implies(left, right) | Iff(left, right):
            return type(formula)(substitute(left, replace), substitute(right, replace))
        case _:
            return formula


def state_formula(options: Sequence[str], bits: Sequence[str]) -> Formula:
    """Return the formula that is true just in the states whose bits these are, one or more.

    Examples
    --------
    >>> text(state_formula(("up.a", "up.b"), ("10",)))
    'up.a and not up.b'
    """
    states: list[Formula] = []
    for each in bits:
        taken = zip(map(OptionAtom, options), each, strict=True)
        states.append(joined(And, [atom if bit == "1" else Not(atom) for atom, bit in taken], TRUE))
    return joined(Or, states, FALSE)


def joined(join: type[And] | type[Or], terms: Sequence[Formula], none: Formula) -> Formula:
    """Return so many terms joined, one by itself; ``none`` where there is none."""
    return none if not terms else terms[0] if len(terms) == 1 else join(tuple(terms))


# Binding strength: a term is bracketed when it binds no tighter than its surroundings ask.
_LOOSE, _OR, _AND, _NOT, _TIGHT = range(5)


def text(formula: Formula) -> str:
    """The formula as an analyst would write it, with no bracket that is not needed.

    Examples
    --------
    >>> text(Implies(Or((OptionAtom("up.a"), OptionAtom("up.b"))), Not(OutcomeAtom("peace"))))
    'up.a or up.b implies not peace'
    """
    return _written(formula, _LOOSE)


def _written(formula: Formula, around: int) -> str:
    match formula:
        case Constant(value):
            return "true" if value else "false"
        case OptionAtom(name) | OutcomeAtom(name):
            return name
        case StateAtom(name):
            return f"state {name}"
        case Not(term):
            strength, written = _NOT, f"not {_written(term, _NOT)}"
        case And(terms):
            strength, written = _AND, _joined(terms, " and ", _NOT)
        case Or(terms):
            strength, written = _OR, _joined(terms, " or ", _AND)
        case Implies(left, right):
            strength, written = _LOOSE, f"{_written(left, _OR)} implies {_written(right, _OR)}"
        case Iff(left, right):
            strength, written = _LOOSE, f"{_written(left, _OR)} iff {_written(right, _OR)}"
    return written if strength >= around else f"({written})"


def _joined(terms: tuple[Formula, ...], word: str, around: int) -> str:
    written = []
    for term in terms:  # a loop, not a comprehension: one stack frame a level, so that depth 400 prints
        written.append(_written(term, around))
    return word.join(written)
