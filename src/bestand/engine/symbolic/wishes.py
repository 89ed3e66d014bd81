"""What each party wants, as a number at every state: higher is better. Only the order means anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from bestand.engine.diagrams.spec import Diagram
from bestand.model.errors import ModelError, Problem
from bestand.model.values import Priorities, Ranking, Statement, Weights

from .numbers import Arithmetic, Number
from .world import World


def wishes(world: World, party: str) -> Number:
    """Return a party's rank of every state.

    Statements are the digits of it (Hipel, Kilgour, Fang & Peng 1997), of those that stand level the digits of how many
    hold; weights are added up exactly; a ranking is read state by state. A party without preferences is indifferent: a
    number without digits.
    """
    match world.model.preferences.get(party):
        case Priorities() as priorities:
            return Number(tuple(digit for level in priorities.by_level for digit in _count(world, level)))
        case Weights(weights):
            return _by_weights(world, weights)
        case Ranking(groups):
            return _by_ranking(world, groups, party)
        case None:
            return Number(())


def _count(world: World, level: Sequence[Statement]) -> tuple[Diagram, ...]:
    """Return the digits of how many statements hold, as many in every state. O(statements²) operations."""
    if len(level) == 1:
        return (world.holds(level[0].formula),)
    arithmetic = Arithmetic(world.diagrams)
    digits: tuple[Diagram, ...] = ()
    for statement in level:
        world.check()
        digits = arithmetic.raised(digits, 1, world.holds(statement.formula))
    width = len(level).bit_length()
    return (world.false,) * (width - len(digits)) + digits[-width:]


def _by_weights(world: World, weights: Mapping[str, Decimal]) -> Number:
    """A sum over diagrams. A weight below zero counts, as what is above it, where its option is not taken."""
    arithmetic = Arithmetic(world.diagrams)
    exact = {option: Fraction(weight) for option, weight in weights.items()}
    unit = lcm(*(weight.denominator for weight in exact.values()))
    digits: tuple[Diagram, ...] = ()
    for option, weight in sorted(exact.items(), key=lambda item: abs(item[1])):
        world.check()
        taken = world.diagrams.var(world.model.bit[option])
        digits = arithmetic.raised(digits, int(abs(weight) * unit), taken if weight > 0 else ~taken)
    return Number(digits)


def _by_ranking(world: World, groups: tuple[tuple[str, ...], ...], party: str) -> Number:
    """Places counted from the end, the digits of each put where its states are. O(states · options)."""
    width = max(len(groups) - 1, 0).bit_length()
    holders: list[list[Diagram]] = [[] for _ in range(width)]
    missing = world.feasible
    for place, group in enumerate(reversed(groups)):
        world.check()
        states = world.any_of(world.state(bits) for bits in group)
        missing = missing & ~states
        for k in range(width):
            if place >> (width - 1 - k) & 1:
                holders[k].append(states)
    if missing != world.false:
        message = f"the ranking of {party} leaves out feasible states"
        raise ModelError([Problem(0, 0, "ranking-incomplete", "error", message)])
    return Number(tuple(world.any_of(states) for states in holders))
