"""Truth tables of whole formulas at once, for models with too many states to look at one by one.

A table is one integer of 2ⁿ bits, n the number of options: bit s tells what is true in the combination whose bit mask
is s. The connectives are those of integers, so 16 options cost no more than a few thousand words of memory a formula.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from bestand.model.formula import And, Constant, Formula, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, StateAtom
from bestand.model.model import Model
from bestand.model.values import ChoiceRule, Rule


class Tables:
    """The truth tables of a model's formulas and rules.

    Parameters
    ----------
    model : Model

    Examples
    --------
    >>> from bestand.model.values import Option, Party
    >>> model = Model("Dam", (Party("up", options=(Option("up.a"), Option("up.b"))),))
    >>> bin(Tables(model).of(OptionAtom("up.b")))
    '0b1100'
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.every = (1 << (1 << len(model.options))) - 1

    def _option(self, k: int) -> int:
        """2ᵏ combinations without option k, as many with it, and so on."""
        return self.every // ((1 << (1 << k)) + 1) << (1 << k)

    def of(self, formula: Formula) -> int:
        """Return where a formula is true."""
        match formula:
            case Constant(value):
                return self.every if value else 0
            case OptionAtom(option):
                return self._option(self.model.bit[option])
            case OutcomeAtom(name):
                return self.of(self.model.outcome[name].formula)
            case StateAtom(formula=inner):
                return self.of(inner)
            case Not(term):
                return self.every ^ self.of(term)
            case And(terms):
                return reduce(and_, map(self.of, terms), self.every)
            case Or(terms):
                return reduce(or_, map(self.of, terms), 0)
            case Implies(left, right):
                return self.every ^ self.of(left) | self.of(right)
            case Iff(left, right):
                return self.every ^ self.of(left) ^ self.of(right)

    def kept(self, rule: Rule) -> int:
        """Return where a rule is kept."""
        if not isinstance(rule, ChoiceRule):
            found = self.of(rule.formula)
            return found if rule.kind == "always" else self.every ^ found
        none, one = self.every, 0
        for option in rule.options:
            taken = self.of(OptionAtom(option))
            none, one = none & ~taken, one & ~taken | none & taken
        return one if rule.kind == "exactly_one" else none | one


def possible(model: Model) -> tuple[int, ...]:
    """The feasible states as bit masks, ascending: the same as `bestand.testing.feasible`, sooner.

    Examples
    --------
    >>> from bestand.model.values import FormulaRule, Option, Party
    >>> parties = (Party("up", options=(Option("up.a"), Option("up.b"))),)
    >>> possible(Model("Dam", parties, (FormulaRule("never", OptionAtom("up.b")),)))
    (0, 1)
    """
    tables = Tables(model)
    found = reduce(and_, map(tables.kept, model.rules), tables.every)
    return tuple(mask for mask, bit in enumerate(reversed(f"{found:b}")) if bit == "1")
