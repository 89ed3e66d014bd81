"""The moves of one party, for sets of states at once.

A party changes its own options and no others; a one-way option goes one way only. What keeps a move that begins in a
feasible state from ending in an infeasible one are the rules that name the mover's options: it cannot break the others.
"""

from __future__ import annotations

from collections.abc import Sequence

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

    Attributes
    ----------
    better : Diagram
        From which state to which, of the options that tell, the party improves.
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
        self.bans = tuple(
            (world.holds(ban.source), world.holds(ban.target))
            for ban in world.model.forbidden_moves
            if ban.party == world.model.parties[j].id
        )
        self._legal = self._lawful()
        self.better = self._legal & Arithmetic(d).greater(self.after(rank.digits), rank.digits)

    def _lawful(self) -> Diagram:
        """From which x to which y the party may go, of the options that tell: each legally changed, and no ban."""
        d, legal = self.diagrams, self.world.true
        for k, direction in self.one_way.items():
            here, there = d.var(k), d.var(self.world.copy_of(k))
            legal &= ~here | there if direction == "to-yes" else here | ~there
        for source, target in self.bans:
            legal &= ~(source & d.rename(target, self._there))
        return legal

    def after(self, digits: Sequence[Diagram]) -> list[Diagram]:
        """Return the digits of a number where a move of the party leads."""
        return [self.diagrams.rename(digit, self._there) for digit in digits]

    @property
    def transitive(self) -> bool:
        """Whether the party can do in one move whatever it can do in two: no ban spoils that.

        It does where x may not go to z, but could by way of a y that is on neither side of the ban.
        """
        d, feasible = self.diagrams, self.world.feasible
        return all(
            feasible & ~source & ~target & d.exists(self.own, source & feasible) & d.exists(self.own, target & feasible)
            == self.world.false
            for source, target in self.bans
        )

    def into(self, targets: Diagram) -> Diagram:
        """Return from where the party can move into a set, the set included. Infeasible states may be among them.

        Free options may take any value at once; a one-way option may have been what it was before it changed.
        """
        d = self.diagrams
        if self.bans:
            there = d.rename(d.and_exists(self._idle, targets, self.rules), self._there)
            return targets | d.and_exists(self._copies, there, self._legal)
        found = d.and_exists(self.free, targets, self.rules)
        for k, direction in self.one_way.items():
            found = found | self._before(k, direction) & d.cofactor(found, k, direction == "to-yes")
        return found

    def out_of(self, sources: Diagram) -> Diagram:
        """Return where the party can move from a set, the set included. Infeasible states may be among them."""
        d = self.diagrams
        if self.bans:
            return sources | self.along(self._legal, sources)
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
        return d.and_exists(self._copies, there, self.better)

    def improving_out_of(self, sources: Diagram) -> Diagram:
        """Return where the party can get by improvements from a set. Infeasible states may be among them."""
        return self.along(self.better, sources)

    def along(self, some: Diagram, sources: Diagram) -> Diagram:
        """Return where some moves of the party, told as `better` tells improvements, lead from a set."""
        d = self.diagrams
        there = d.and_exists(self._told, d.exists(self._idle, sources), some)
        return d.rename(there, self._back)
