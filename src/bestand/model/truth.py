"""Formulas put to one state, in plain Python: for the few states that are named before any are enumerated."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from .description import Description
from .formula import And, Constant, Formula, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, StateAtom, atoms
from .values import ChoiceRule, Rule


def holds(formula: Formula, yes: Collection[str], outcomes: Mapping[str, bool]) -> bool:
    """Return whether a formula holds in the state where just the options ``yes`` are taken.

    Parameters
    ----------
    formula : Formula
    yes : collection of str
        Option ids.
    outcomes : mapping of str to bool
        What each outcome that the formula names comes to in that state.

    Examples
    --------
    >>> holds(Not(OptionAtom("up.release")), {"down.attack"}, {})
    True
    """
    match formula:
        case Constant(value):
            return value
        case OptionAtom(option):
            return option in yes
        case OutcomeAtom(name):
            return outcomes[name]
        case StateAtom(formula=inner):
            return holds(inner, yes, outcomes)
        case Not(term):
            return not holds(term, yes, outcomes)
        case And(terms) | Or(terms):
            settled = isinstance(formula, Or)  # the value of one term that settles the whole
            for term in terms:
                if holds(term, yes, outcomes) is settled:
                    return settled
            return not settled
        case Implies(left, right):
            return not holds(left, yes, outcomes) or holds(right, yes, outcomes)
        case Iff(left, right):
            return holds(left, yes, outcomes) is holds(right, yes, outcomes)


def outcomes_in(model: Description, yes: Collection[str]) -> dict[str, bool]:
    """Return what every outcome comes to in one state. The outcomes must not go in a circle."""
    values: dict[str, bool] = {}
    for name in in_order(model):
        values[name] = holds(model.outcome[name].formula, yes, values)
    return values


def in_order(model: Description) -> list[str]:
    """The outcomes, each after those it uses. They must not go in a circle."""
    order: dict[str, None] = {}
    waiting = [outcome.name for outcome in reversed(model.outcomes)]
    while waiting:
        used = {atom.name for atom in atoms(model.outcome[waiting[-1]].formula) if isinstance(atom, OutcomeAtom)}
        if missing := used - order.keys():
            waiting.extend(sorted(missing))
        else:
            order[waiting.pop()] = None
    return list(order)


def coalesced_in(model: Description, mask: int) -> bool:
    """Return whether a state, a bit mask, counts as one with others.

    Examples
    --------
    >>> from bestand.model.values import Option, Party
    >>> model = Description("Dam", (Party("up", options=(Option("up.a"),)),), coalesced=(OptionAtom("up.a"),))
    >>> coalesced_in(model, 0), coalesced_in(model, 1)
    (False, True)
    """
    if not model.coalesced:
        return False
    yes = frozenset(model.taken(mask))
    values = outcomes_in(model, yes)
    return any(holds(formula, yes, values) for formula in model.coalesced)


def broken_rules(model: Description, yes: Collection[str]) -> list[int]:
    """The positions of the rules that a state breaks.

    Examples
    --------
    >>> from bestand.model.values import FormulaRule, Option, Party
    >>> party = Party("up", options=(Option("up.a"), Option("up.b")))
    >>> both = FormulaRule("never", And((OptionAtom("up.a"), OptionAtom("up.b"))))
    >>> broken_rules(Description("Dam", (party,), rules=(both,)), {"up.a", "up.b"})
    [0]
    """
    values = outcomes_in(model, yes)
    return [k for k, rule in enumerate(model.rules) if not _kept(rule, yes, values)]


def _kept(rule: Rule, yes: Collection[str], values: Mapping[str, bool]) -> bool:
    if isinstance(rule, ChoiceRule):
        taken = sum(option in yes for option in set(rule.options))
        return taken == 1 if rule.kind == "exactly_one" else taken <= 1
    return holds(rule.allows, yes, values)


def circles(names: Iterable[str], uses: Callable[[str], Iterable[str]]) -> list[tuple[str, ...]]:
    """The circles among names that use one another: one for each name where a search runs back into its own path.

    Examples
    --------
    >>> circles("abc", {"a": "b", "b": "a", "c": "a"}.__getitem__)
    [('a', 'b')]
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in names:
        path: list[str] = []
        pending = [(start, False)]
        while pending:
            name, leaving = pending.pop()
            if leaving:
                done.add(path.pop())
            elif name in path:
                found.append(tuple(path[path.index(name) :]))
            elif name not in done:
                path.append(name)
                pending.append((name, True))
                pending.extend((used, False) for used in reversed(list(uses(name))))
    return found
