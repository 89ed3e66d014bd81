"""Which deals are kept in many variants of a model side by side: as `bestand.plan.kept`, all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.flips import Indices, Moves
from bestand.solve.beside import Beside
from bestand.solve.purpose import joined, spread

from .in_force import Signed
from .kept import reaching

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Drifting:
    """What drift reaches from some places in a plan before it has left it, and the moves."""

    reached: Indices
    moves: Moves

    def leading(self, targets: Bools, places: Indices) -> Bools:
        """(M,): from which of some places moves lead to one of what is reached that is a target."""
        order = np.sort(self.reached)
        inside = Moves(np.searchsorted(order, self.moves.sources), np.searchsorted(order, self.moves.targets))
        leads = reaching(np.searchsorted(order, self.reached[targets]), inside, len(order))
        return leads[np.searchsorted(order, places)]


@dataclass(frozen=True)
class KeepingBeside:
    """A plan in some variants, once something is signed; or today, where nothing is.

    Parameters
    ----------
    beside : Beside
        What parties do on purpose then, among the states that are at rest then.
    plan : (T,) bool
        Which of these are in the plan.
    signed : Signed, optional
        Where they stand among the states of today; None where they are the same.
    """

    beside: Beside
    plan: Bools
    signed: Signed | None = None

    def places(self, variants: Indices, states: Indices) -> Indices:
        """(M,): where states of today stand, each in a variant."""
        return variants * self.beside.size + (states if self.signed is None else self.signed.at(states))

    def variant(self, places: Indices) -> Indices:
        """(M,): in which variant each place is."""
        return places // self.beside.size

    def planned(self, places: Indices) -> Bools:
        """(M,): which places are in the plan."""
        return self.plan[places % self.beside.size]

    def drifting(self, places: Indices) -> Drifting:
        """Return what drift reaches from some places of the plan before it has left it."""
        beside = self.beside
        reached, moves = spread(lambda at: [beside.moves(i, at[self.planned(at)]) for i in beside.parties], places)
        return Drifting(reached, joined(moves))

    def never_left(self, places: Indices) -> Bools:
        """(M,): from which of some places of the plan no drift leads out of it."""
        found = self.drifting(places)
        return ~found.leading(~self.planned(found.reached), places)

    def kept(self, places: Indices, say: Callable[[int], Bools], least: Callable[[int], Indices]) -> Bools:
        """(M,): which places are never left, and lead nobody who has a say in them below no deal.

        Parameters
        ----------
        places : (M,) int64
            Of deals.
        say : callable
            (M,): in which of them a party signs, or is asked.
        least : callable
            (V,): what no deal is at best for a party in each variant, as it ranks the states.
        """
        found = self.drifting(places)
        kept = ~found.leading(~self.planned(found.reached), places)
        for i in self.beside.parties:
            below = self.beside.rank(i, found.reached) < least(i)[self.variant(found.reached)]
            kept &= ~(found.leading(below, places) & say(i))
        return kept
