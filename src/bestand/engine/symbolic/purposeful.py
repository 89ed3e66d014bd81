"""Which moves of a party are purposeful for a value, over sets: a relation between where they begin and where they end.

A legal move of party i from x to y is purposeful for v iff ``v(y) > r_i(x)`` and every legal proper part of it is worth
less (`bestand.engine.flips`). With a second variable for each of the party's options, y is what the copies say and what
x says of everybody else. The most that the parts of a move are worth is a running maximum: for each option in turn, the
larger of what is known and of what is known with that option left as it was in x.
"""

from __future__ import annotations

from collections.abc import Sequence

from bestand.engine.diagrams.spec import Diagram

from .moves import PartyMoves
from .numbers import Arithmetic
from .world import World


class Flips:
    """The moves of one party as relations.

    Parameters
    ----------
    world : World
        With a second variable for every option.
    j : int
        The party.
    moves : PartyMoves
        Its moves.
    """

    def __init__(self, world: World, j: int, moves: PartyMoves) -> None:
        assert world.paired, "a second variable for every option"
        self._world = world
        self._moves = moves
        self._own = world.own[j]
        d = self._diagrams = world.diagrams
        self._arithmetic = Arithmetic(d)
        self._copies = d.variables(map(world.copy_of, self._own))
        self._there = d.renaming({k: world.copy_of(k) for k in self._own})
        self._back = d.renaming({world.copy_of(k): k for k in self._own})

    def purposeful(
        self, sources: Diagram, targets: Diagram, rank: Sequence[Diagram], value: Sequence[Diagram]
    ) -> Diagram:
        """Return the moves from some states that are purposeful for a value.

        Parameters
        ----------
        sources : Diagram
        targets : Diagram
            Feasible states, among them all to which the party improves from the sources.
        rank, value : sequence of Diagram
            What the party thinks of the states, and what it thinks it comes to, digit by digit, as many of each. The
            value is nowhere above the rank, and need be right in the targets alone.

        Notes
        -----
        O(k · digits) operations, for k options of the party.
        """
        d, greater = self._diagrams, self._arithmetic.greater
        after = [d.rename(digit, self._there) for digit in value]
        gains = sources & d.rename(targets, self._there) & self._open() & greater(after, rank)
        if gains == self._world.false:
            return gains
        worth = [gains, *(gains & digit for digit in after)]
        most: Sequence[Diagram] = worth  # of each move and its parts
        for k in self._own:
            self._world.check()
            without = self._without(k, most)
            most = self._arithmetic.chosen(greater(without, most), without, most)
        for k in self._own:
            self._world.check()
            gains = gains & (self._same(k) | greater(worth, self._without(k, most)))
        return gains

    def _open(self) -> Diagram:
        """Return the moves that change no option against its direction."""
        d, legal = self._diagrams, self._world.true
        for k, direction in self._moves.one_way.items():
            here, there = d.var(k), d.var(self._world.copy_of(k))
            legal = legal & (~here | there if direction == "to-yes" else here | ~there)
        return legal

    def _same(self, k: int) -> Diagram:
        there = self._diagrams.var(self._world.copy_of(k))
        return self._diagrams.ite(self._diagrams.var(k), there, ~there)

    def _without(self, k: int, digits: Sequence[Diagram]) -> list[Diagram]:
        """Return a number of moves as it is where option k is left as it was."""
        d, there = self._diagrams, self._world.copy_of(k)
        return [d.ite(d.var(k), d.cofactor(f, there, True), d.cofactor(f, there, False)) for f in digits]

    def out_of(self, sources: Diagram, moves: Diagram) -> Diagram:
        """Return where some moves lead from a set."""
        return self._diagrams.rename(self._diagrams.and_exists(self._moves.own, moves, sources), self._back)

    def into(self, targets: Diagram, moves: Diagram) -> Diagram:
        """Return from where some moves lead into a set."""
        there = self._diagrams.rename(targets, self._there)
        return self._diagrams.and_exists(self._copies, moves, there)
