"""The most that one party can have by a move or none, digit by digit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from bestand.engine.diagrams.spec import Diagram

from .moves import PartyMoves
from .numbers import Arithmetic
from .world import World


def greatest(
    world: World, moves: PartyMoves, digits: Sequence[Diagram], *, backward: bool = False
) -> tuple[Diagram, ...]:
    """Return the largest number over a state and all to which the party can move from it, at every feasible state.

    Parameters
    ----------
    world : World
    moves : PartyMoves
    digits : sequence of Diagram
    backward : bool
        Over all from which it can move there instead.

    Notes
    -----
    From where a ban holds the party goes anywhere but to what it bans, or stays: the largest of that is worked out for
    each set of bans, and taken where just these hold.
    """
    d, arithmetic = world.diagrams, Arithmetic(world.diagrams)
    if not moves.bans:
        return tuple(_unbanned(world, moves, world.feasible, digits, backward=backward)[1:])
    bans = [(target, source) if backward else (source, target) for source, target in moves.bans]
    found: Sequence[Diagram] = [d.false] * len(digits)
    for held in product((False, True), repeat=len(bans)):
        where, open_to = world.feasible, world.feasible
        for holds, (source, target) in zip(held, bans, strict=True):
            where = where & (source if holds else ~source)
            open_to = open_to & ~target if holds else open_to
        if where != world.false:
            most = _unbanned(world, moves, open_to, digits, backward=backward)
            stays = [d.true, *digits]
            most = list(arithmetic.chosen(arithmetic.greater(most, stays), most, stays))
            found = arithmetic.chosen(where, most[1:], found)
    return tuple(found)


def _unbanned(
    world: World, moves: PartyMoves, running: Diagram, digits: Sequence[Diagram], *, backward: bool
) -> list[Diagram]:
    """Return the largest number over the states of a set to which the party can move, if no ban kept it from that.

    The first digit says whether there is such a state, so that one beside the set is never the largest.

    Notes
    -----
    Free options first, for all their values at once: a digit of the largest number is 1 where some state that is still
    in the running has it, and those without it drop out. Then one comparison for every one-way option.
    """
    d = world.diagrams
    found = [d.exists(moves.free, running)]
    for digit in digits:
        world.check()
        one = d.and_exists(moves.free, running, digit)
        running = running & (~one | digit)
        found.append(one)
    arithmetic = Arithmetic(d)
    for k, direction in moves.one_way.items():
        world.check()
        forth = (direction == "to-yes") != backward  # the option may become yes
        changed = [d.cofactor(digit, k, forth) for digit in found]
        option = d.var(k)
        may = (~option if forth else option) & arithmetic.greater(changed, found)
        found = list(arithmetic.chosen(may, changed, found))
    return found
