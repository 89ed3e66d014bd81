"""The most that one party can have by a move or none, digit by digit."""

from __future__ import annotations

from collections.abc import Sequence

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
    Free options first, for all their values at once: a digit of the largest number is 1 where some state that is still
    in the running has it, and those without it drop out. Then one comparison for every one-way option. "Feasible" goes
    along as the first digit of all, so that an infeasible state is never the largest.
    """
    d = world.diagrams
    running = world.feasible
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
    return tuple(found[1:])
