"""Where a formula holds, on many states at once.

A state is a bit mask: bit k is set when the k-th option of the model is taken.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bestand.model.formula import And, Constant, Formula, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, StateAtom
from bestand.model.model import Model

from .members import Coalesced, States, index, indices

Truth = NDArray[np.bool_]


class Evaluator:
    """Evaluates formulas on one array of states, each outcome at most once.

    Parameters
    ----------
    model : Model
        Says which bit an option is and what an outcome means.
    states : (S,) uint64
        Bit masks.
    coalesced : Coalesced, optional
        Which states count as one, where the states are those that stand for them.

    Examples
    --------
    >>> from bestand.model.values import Option, Party
    >>> model = Model("Dam", (Party("up", options=(Option("up.a"), Option("up.b"))),))
    >>> Evaluator(model, np.arange(4, dtype=np.uint64)).holds(Not(OptionAtom("up.b"))).tolist()
    [True, True, False, False]
    """

    def __init__(self, model: Model, states: States, coalesced: Coalesced | None = None) -> None:
        self.model = model
        self.states = states
        self.coalesced = coalesced
        self._outcomes: dict[str, Truth] = {}

    def holds(self, formula: Formula) -> Truth:
        """(S,) bool: where a formula holds. O(S · size of the formula and of the outcomes it uses)."""
        match formula:
            case Constant(value):
                return np.full(len(self.states), value)
            case OptionAtom(option):
                return self.states & np.uint64(1 << self.model.bit[option]) != 0
            case OutcomeAtom(name):
                if name not in self._outcomes:
                    self._outcomes[name] = self.holds(self.model.outcome[name].formula)
                return self._outcomes[name]
            case StateAtom(formula=inner):
                return self.holds(inner) if self.coalesced is None else self._of_a_member(self.coalesced, inner)
            case Not(term):
                return ~self.holds(term)
            case And(terms):
                return self._joined(terms, np.logical_and)
            case Or(terms):
                return self._joined(terms, np.logical_or)
            case Implies(left, right):
                return ~self.holds(left) | self.holds(right)
            case Iff(left, right):
                return self.holds(left) == self.holds(right)

    @cached_property
    def members(self) -> Evaluator:
        """The same over every feasible state, those included that count as one with others."""
        return self if self.coalesced is None else Evaluator(self.model, self.coalesced.members)

    def index(self, mask: int) -> int | None:
        """Return the index of a state given as a bit mask, or of the one that it is part of; None where it is none."""
        if self.coalesced is None:
            return index(self.states, mask)
        found = int(self.coalesced.places(np.array([mask], np.uint64))[0])
        return None if found < 0 else found

    def places(self, masks: States) -> NDArray[np.intp]:
        """(M,): the same for many bit masks; -1 where one is none of the states."""
        return indices(self.states, masks) if self.coalesced is None else self.coalesced.places(masks)

    def _of_a_member(self, coalesced: Coalesced, named: Formula) -> Truth:
        """(S,) bool: where a formula that names states is true of what is one of them, or is made one with it."""
        found = np.zeros(len(self.states), bool)
        found[coalesced.of[self.members.holds(named)]] = True
        return found

    def _joined(self, terms: tuple[Formula, ...], by: np.ufunc) -> Truth:
        """``and`` or ``or`` of some terms: the options and their negations among them take one comparison together."""
        mask, value = 0, 0
        others: list[Formula] = []
        for term in terms:
            match term:
                case OptionAtom(option) | Not(OptionAtom(option)):
                    bit = 1 << self.model.bit[option]
                    taken = bit if isinstance(term, OptionAtom) == (by is np.logical_and) else 0
                    if mask & bit and value & bit != taken:  # an option and its negation
                        return np.full(len(self.states), by is np.logical_or)
                    mask, value = mask | bit, value | taken
                case _:
                    others.append(term)
        compare = np.equal if by is np.logical_and else np.not_equal
        result: Truth = compare(self.states & np.uint64(mask), np.uint64(value))
        for term in others:
            result = by(result, self.holds(term), out=result)
        return result
