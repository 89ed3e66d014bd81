"""What is in force once a plan is signed: its commitments beside those of today, and options that it fixes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from bestand.engine.choose import suited
from bestand.engine.committed import committed_space, fixing, uncommitted
from bestand.engine.flips import Indices
from bestand.engine.members import indices
from bestand.engine.space import Space
from bestand.model.values import Commitment, FrozenMap
from bestand.solve.purpose import Purpose
from bestand.stability.concept import Rounds

from .proposal import Bools
from .signing import Signing, signing


@dataclass(frozen=True)
class Ties:
    """What comes with a plan.

    Parameters
    ----------
    commitments : tuple of Commitment
    owners : frozenset of int
        Whose these are.
    fixed : int
        Options, as bits, that stay what they are in the deal that is signed.
    """

    commitments: tuple[Commitment, ...] = ()
    owners: frozenset[int] = frozenset()
    fixed: int = 0

    @property
    def of_party(self) -> FrozenMap[str, tuple[str, ...]]:
        """Return the ids of the commitments of each owner."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self.commitments:
            found[each.party] = (*found.get(each.party, ()), each.id)
        return FrozenMap(found)

    def __bool__(self) -> bool:
        return bool(self.commitments or self.fixed)


NONE = Ties()


@dataclass(frozen=True)
class Signed:
    """What parties do on purpose once a deal is signed, among the states that are then at rest.

    Parameters
    ----------
    today : Space
        The states that are at rest before.
    purpose : Purpose
    """

    today: Space
    purpose: Purpose

    @cached_property
    def place(self) -> Indices:
        """(T,): where each state stands among those of today: what is at rest then, is so today."""
        return indices(self.today.states, self.purpose.space.states)

    @property
    def same(self) -> bool:
        """Return whether the states are those of today."""
        return self.purpose.space is self.today

    def seen(self, truth: Bools) -> Bools:
        """(T,) bool: what is true (S,) of the states of today."""
        return truth if self.same else truth[self.place]

    @cached_property
    def free(self) -> Signed:
        """Return the same as if no commitments were in force: the states are then all that keep the rules."""
        space, purpose = uncommitted(self.purpose.space), self.purpose
        return Signed(space, Purpose(suited(space, purpose.watch).engine, (), purpose.watch))

    def at(self, states: Indices) -> Indices:
        """(M,): where some states of today, at rest then too, stand."""
        return states if self.same else np.searchsorted(self.place, states)


@dataclass(frozen=True)
class InForce:
    """What can be signed in a state, and what is in force after that, worked out once for every concept.

    Parameters
    ----------
    purpose : Purpose
        Of today, under any concept.
    start : int
        A state index.
    ties : Ties
    """

    purpose: Purpose
    start: int
    ties: Ties
    _known: dict[int, Purpose] = field(default_factory=dict)

    @cached_property
    def ways(self) -> Signing:
        """Return what can be signed at all, and by whom."""
        return signing(self.purpose.space, self.start, self.ties.commitments, self.ties.owners)

    def once_signed(self, deal: int, rounds: Rounds) -> Signed:
        """Return what is so under a concept once a deal, a bit mask, is signed."""
        kept = deal & self.ties.fixed
        if kept not in self._known:
            self._known[kept] = self._after(kept)
        return Signed(self.purpose.space, self._known[kept].under(rounds))

    def _after(self, kept: int) -> Purpose:
        space, watch = self.purpose.space, self.purpose.watch
        fixed = kept, self.ties.fixed & ~kept
        commitments = (*space.commitments, *self.ties.commitments)  # what is fixed, those of today may not undo either
        after = committed_space(space.model, commitments, watch, fixed=fixed) if commitments else fixing(space, fixed)
        return Purpose(suited(after, watch).engine, (), watch)
