"""What several parties reach, one after another: closures over sets of states.

Moves of one party in option form are transitive, and so are its improvements: a second step in a row finds nothing. So
no last mover needs to be remembered, and a party is asked again only when another one has found something since.

What infeasible states do in a set does not matter as long as the rules on the mover's own options are put to it: a
move breaks no other rules. So a set may be replaced by a smaller diagram that agrees with it on feasible states.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bestand.engine.diagrams.spec import Diagram

from .moves import PartyMoves
from .world import World

Step = Callable[[PartyMoves, Diagram], Diagram]  # a set of states -> those one step away, and perhaps some of the set


def improvements(party: PartyMoves, targets: Diagram) -> Diagram:
    """Return from where a party improves into a set."""
    return party.improving_into(targets)


def moves(party: PartyMoves, targets: Diagram) -> Diagram:
    """Return from where a party can move into a set."""
    return party.into(targets)


def backward(
    world: World, parties: Mapping[int, PartyMoves], step: Step, within: Diagram, targets: Diagram, wanted: Diagram
) -> Diagram:
    """Return the states of a set from which the parties can reach targets, without leaving the set on the way.

    Parameters
    ----------
    world : World
    parties : mapping of int to PartyMoves
        Who moves.
    step : callable
        By `improvements` or `moves`.
    within : Diagram
        Feasible states.
    targets : Diagram
        May go beyond the set, to states that cannot be reached from within it: the plainer, the better.
    wanted : Diagram
        The states that need an answer. Once all of them are found the search ends, and the rest may be missing.

    Returns
    -------
    Diagram
        Of the states within: those that reach the targets. Outside: some of the targets.

    Notes
    -----
    Every step works on all that has been found, not on the latest states alone: what is new is often the larger
    diagram, and the packages remember what they did with the rest. A party whose options the set does not depend on,
    as far as feasible states can tell, is passed over: no move of it leads into the set from without. On sparse models
    that is most of them.
    """
    found, rest = targets, within & ~targets
    wanted = wanted & ~found
    seen = dict.fromkeys(parties, world.false)
    while due := [j for j, states in seen.items() if states != found]:
        for j in due:
            if rest == world.false or wanted == world.false:
                return found
            world.check()
            last = world.diagrams.restrict(found, world.feasible)
            if world.diagrams.mentions(last, parties[j].own):
                more = rest & step(parties[j], last)
                if more != world.false:
                    found, rest, wanted = found | more, rest & ~more, wanted & ~more
            seen[j] = found
    return found


def forward(world: World, parties: Mapping[int, PartyMoves], step: Step, start: Diagram) -> Diagram:
    """Return everything that the parties can reach from a set by steps from one feasible state to another."""
    found = start
    pending = dict.fromkeys(parties, start)
    while due := [j for j, states in pending.items() if states != world.false]:
        for j in due:
            world.check()
            last, pending[j] = pending[j], world.false
            more = world.feasible & step(parties[j], last) & ~found
            found = found | more
            for k in pending:
                if k != j:
                    pending[k] = pending[k] | more
    return found
