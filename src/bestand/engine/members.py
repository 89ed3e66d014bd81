"""States as bit masks, where each of them stands, and which of them count as one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

States = NDArray[np.uint64]
Indices = NDArray[np.intp]


def index(states: States, mask: int) -> int | None:
    """Return where a bit mask stands among ascending states; None where it is none of them. O(log S)."""
    at = int(np.searchsorted(states, np.uint64(mask)))
    return at if at < len(states) and int(states[at]) == mask else None


def indices(states: States, masks: States) -> NDArray[np.intp]:
    """(M,): where each of some bit masks stands among ascending states; -1 where it is none of them. O(M log S)."""
    if int(states[-1]) == len(states) - 1:  # the first so many numbers
        return np.where(masks < len(states), masks, np.iinfo(np.uint64).max).astype(np.intp)
    at = np.minimum(np.searchsorted(states, masks), len(states) - 1)
    return np.where(states[at] == masks, at, -1)


@dataclass(frozen=True)
class Coalesced:
    """Which feasible states count as one.

    Parameters
    ----------
    members : (F,) uint64
        Every feasible state, ascending.
    states : (S,) uint64
        Those of them that stand for themselves, or for all members of a coalesced state; ascending.
    of : (F,) intp
        By which of the states each member is stood for.
    """

    members: States
    states: States
    of: Indices

    @cached_property
    def left(self) -> NDArray[np.bool_]:
        """(F,): from which members a party moves."""
        return np.ones(len(self.members), bool)

    def places(self, masks: States) -> Indices:
        """(M,): which of the states each of some bit masks belongs to; -1 where it is infeasible."""
        found = indices(self.members, masks)
        return np.where(found < 0, -1, self.of[found])

    def members_of(self, at: Indices) -> tuple[Indices, Indices]:
        """(K,), (K,): the members of some states, and for each the place in ``at`` of its state."""
        order = np.argsort(self.of, kind="stable")
        first = np.searchsorted(self.of[order], at)
        counts = np.searchsorted(self.of[order], at, side="right") - first
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + counts, counts)
        return order[places], np.repeat(np.arange(len(at)), counts)
