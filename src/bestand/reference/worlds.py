"""What a model says about each state, in plain Python: the oracle's own reading of it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from bestand.model.formula import And, Constant, Formula, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, StateAtom
from bestand.model.model import Model
from bestand.model.values import ChoiceRule, Priorities, Ranking, Rule, Weights


class World:
    """One combination of options: which of them are taken, and so what is true.

    Parameters
    ----------
    model : Model
    taken : frozenset of str
        Option ids.
    """

    def __init__(self, model: Model, taken: frozenset[str]) -> None:
        self.model = model
        self.taken = taken

    @classmethod
    def of_mask(cls, model: Model, mask: int) -> World:
        """The combination in which option k is taken where bit k is 1."""
        return cls(model, frozenset(option.id for k, option in enumerate(model.options) if mask >> k & 1))

    def holds(self, formula: Formula) -> bool:
        """Return whether a formula is true here, by its truth table."""
        match formula:
            case Constant(value):
                return value
            case OptionAtom(option):
                return option in self.taken
            case OutcomeAtom(name):
                return self.holds(self.model.outcome[name].formula)
            case StateAtom(formula=inner):
                return self.holds(inner)
            case Not(term):
                return not self.holds(term)
            case And(terms):
                return all(map(self.holds, terms))
            case Or(terms):
                return any(map(self.holds, terms))
            case Implies(left, right):
                return not self.holds(left) or self.holds(right)
            case Iff(left, right):
                return self.holds(left) == self.holds(right)

    def obeys(self, rule: Rule) -> bool:
        """Return whether a rule lets this be."""
        if isinstance(rule, ChoiceRule):
            taken = sum(option in self.taken for option in rule.options)
            return taken == 1 if rule.kind == "exactly_one" else taken <= 1
        return self.holds(rule.formula) is (rule.kind == "always")


def feasible(model: Model) -> tuple[int, ...]:
    """The feasible states as bit masks (option k is bit k), ascending: state s of the graph is the s-th of them.

    Of those that the model makes one, only the one that stands for them: `members`.

    Examples
    --------
    >>> from bestand.model.values import FormulaRule, Option, Party
    >>> model = Model("Dam", (Party("up", options=(Option("up.a"), Option("up.b"))),))
    >>> feasible(model)
    (0, 1, 2, 3)
    """
    return tuple(sorted(members(model)))


def members(model: Model) -> dict[int, tuple[int, ...]]:
    """What each state is made of: itself, or all the combinations that a formula of ``coalesced`` makes one.

    Of these the one that differs least from today stands for them, the first of several.

    Examples
    --------
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.values import Option, Party
    >>> up = Party("up", options=(Option("up.a"), Option("up.b")))
    >>> members(Model("Dam", (up,), coalesced=(OptionAtom("up.a"),)))
    {1: (1, 3), 0: (0,), 2: (2,)}
    """
    masks = range(1 << len(model.options))
    possible = [mask for mask in masks if all(map(World.of_mask(model, mask).obeys, model.rules))]
    today = model.mask(model.status_quo or ())
    found: dict[int, tuple[int, ...]] = {}
    for formula in model.coalesced:
        together = [mask for mask in possible if World.of_mask(model, mask).holds(formula)]
        if together:
            found[min(together, key=lambda mask: ((mask ^ today).bit_count(), mask))] = tuple(together)
    alone = set(possible) - {mask for together in found.values() for mask in together}
    return found | {mask: (mask,) for mask in sorted(alone)}


def standing(model: Model) -> dict[int, int]:
    """For every feasible combination the state that it is part of."""
    return {mask: state for state, together in members(model).items() for mask in together}


def moves_of(model: Model, states: Sequence[int]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Every party's moves: ``[i][s]`` holds the positions in ``states`` that party i reaches from the s-th in one move.

    A move changes options of its mover only, takes back no one-way option, is not forbidden, ends in a feasible state.
    From a state that is made of several the party moves as from any of them, into it as into any, and never within.
    """
    if not model.coalesced:
        return tuple(_moves_of_party(model, party, states) for party in model.party)
    part_of, place = standing(model), {state: s for s, state in enumerate(states)}
    every = sorted(part_of)
    moves = []
    for party in model.party:
        ends: list[set[int]] = [set() for _ in states]
        for mask, targets in zip(every, _moves_of_party(model, party, every), strict=True):
            ends[place[part_of[mask]]] |= {place[part_of[every[target]]] for target in targets}
        moves.append(tuple(tuple(sorted(targets - {s})) for s, targets in enumerate(ends)))
    return tuple(moves)


def _moves_of_party(model: Model, party: str, states: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    own = sum(1 << k for k, option in enumerate(model.options) if option.party == party)
    never_lost = sum(1 << model.bit[way.option] for way in model.one_way if way.direction == "to-yes")
    never_gained = sum(1 << model.bit[way.option] for way in model.one_way if way.direction == "to-no")
    forbidden = [
        (_where(model, states, ban.source), _where(model, states, ban.target))
        for ban in model.forbidden_moves
        if ban.party == party
    ]
    alike: dict[int, list[int]] = {}  # by what the others do: a move leaves that as it is
    for s, state in enumerate(states):
        alike.setdefault(state & ~own, []).append(s)

    def can_move(s: int, t: int) -> bool:
        lost, gained = states[s] & ~states[t], states[t] & ~states[s]
        if s == t or lost & never_lost or gained & never_gained:
            return False
        return not any(source[s] and target[t] for source, target in forbidden)

    return tuple(tuple(t for t in alike[state & ~own] if can_move(s, t)) for s, state in enumerate(states))


def _where(model: Model, states: Sequence[int], formula: Formula) -> list[bool]:
    return [World.of_mask(model, state).holds(formula) for state in states]


def ranks_of(model: Model, states: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Every party's ranks of the states, from 0 for the least preferred; equal ranks where it is indifferent."""
    return tuple(_dense([merit(model, party, state) for state in states]) for party in model.party)


def merit(model: Model, party: str, state: int) -> Any:
    """Return what a party looks at when it compares a state with others; the greater is preferred.

    The truth values of its statements, most important first, compared lexicographically (option prioritizing: Hipel,
    Kilgour, Fang & Peng 1997), of statements that stand level how many hold; minus the place in its ranking; or the
    exact sum of the weights of the options taken.

    Examples
    --------
    >>> from bestand.model.values import Party
    >>> merit(Model("Dam", (Party("up"),)), "up", 0)
    0
    """
    match model.preferences.get(party):
        case Priorities() as wishes:
            world = World.of_mask(model, state)
            return tuple(sum(world.holds(wish.formula) for wish in level) for level in wishes.by_level)
        case Ranking(groups):
            named = {_bits(model, mask) for mask in _together(model, state)}
            return next(-place for place, group in enumerate(groups) if named & set(group))
        case Weights(weights):
            taken = World.of_mask(model, state).taken
            return sum((Fraction(weight) for option, weight in weights.items() if option in taken), Fraction(0))
        case None:
            return 0


def _together(model: Model, state: int) -> tuple[int, ...]:
    """What a state is made of."""
    return members(model)[standing(model)[state]] if model.coalesced else (state,)


def _bits(model: Model, state: int) -> str:
    return "".join(str(state >> k & 1) for k in range(len(model.options)))


def _dense(merits: list[Any]) -> tuple[int, ...]:
    place = {value: rank for rank, value in enumerate(sorted(set(merits)))}
    return tuple(place[value] for value in merits)
