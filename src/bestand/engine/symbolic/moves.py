"""The moves of one party, for sets of states at once.

A party changes its own options and no others; a one-way option goes one way only. What keeps a move that begins in a
feasible state from ending in an infeasible one are the rules that name the mover's options: it cannot break the others.
"""

from __future__ import annotations

from bestand.engine.diagrams.spec import Diagram

from .numbers import Arithmetic, Number
from .world import World


class PartyMoves:
    """What one party can do, and what it would.

    Parameters
    ----------
    world : World
    j : int
        The party.
    rank : Number
        What it thinks of every state.
    """

    def __init__(self, world: World, j: int, rank: Number) -> None:
        self.world = world
        d = self.diagrams = world.diagrams
        own = world.own[j]
        one_way = {world.model.bit[way.option]: way.direction for way in world.model.one_way}
        self.one_way = {k: one_way[k] for k in own if k in one_way}
        told = {k for k in own if k in world.copied}  # its change can be told; the party's other options are idle
        self.own = d.variables(own)
        self.rules = world.all_of(
            rule for rule, mentioned in zip(world.rules, world.mentions.of_rules(), strict=True) if mentioned & set(own)
        )
        self.free = d.variables(k for k in own if k not in one_way)
        self._idle = d.variables(k for k in own if k not in told)
        self._told = d.variables(told)
        self._copies = d.variables(world.copy_of(k) for k in told)
        self._there = d.renaming({k: world.copy_of(k) for k in told})
        self._back = d.renaming({world.copy_of(k): k for k in told})
        self._better = self._improvements(rank)

    def _improvements(self, rank: Number) -> Diagram:
        """From which x to which y the party improves, of the options that tell: [u(y) > u(x)], each legally changed."""
        d = self.diagrams
        after = [d.rename(digit, self._there) for digit in rank.digits]
        better = Arithmetic(d).greater(after, rank.digits)
        for k, direction in self.one_way.items():
            here, there = d.var(k), d.var(self.world.copy_of(k))
            better &= ~here | there if direction == "to-yes" else here | ~there
        return better

    def into(self, targets: Diagram) -> Diagram:
        """Return from where the party can move into a set, the set included. Infeasible states may be among them.

        Free options may take any value at once; a one-way option may have been what it was before it changed.
        """
        d = self.diagrams
        found = d.and_exists(self.free, targets, self.rules)
        for k, direction in self.one_way.items():
            found = found | self._before(k, direction) & d.cofactor(found, k, direction == "to-yes")
        return found

    def out_of(self, sources: Diagram) -> Diagram:
        """Return where the party can move from a set, the set included. Infeasible states may be among them."""
        d = self.diagrams
        found = d.exists(self.free, sources)
        for k, direction in self.one_way.items():
            found = found | ~self._before(k, direction) & d.cofactor(found, k, direction == "to-no")
        return found

    def _before(self, k: int, direction: str) -> Diagram:
        """Return where a one-way option has not changed yet."""
        option = self.diagrams.var(k)
        return ~option if direction == "to-yes" else option

    def improving_into(self, targets: Diagram) -> Diagram:
        """Return from where the party can improve by a move into a set. Infeasible states may be among them."""
        d = self.diagrams
        there = d.rename(d.and_exists(self._idle, targets, self.rules), self._there)
        return d.and_exists(self._copies, there, self._better)

    def improving_out_of(self, sources: Diagram) -> Diagram:
        """Return where the party can get by improvements from a set. Infeasible states may be among them."""
        d = self.diagrams
        there = d.and_exists(self._told, d.exists(self._idle, sources), self._better)
        return d.rename(there, self._back)
