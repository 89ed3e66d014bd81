"""A party's moves by the sets of options that they flip, and which of them are purposeful.

With ordered wishes any better state is an improvement, so a party that gains on its first wish may give away all the
lower ones in the same move. A purposeful move flips nothing that it does not gain by: a legal move F of party i from s
is purposeful for a value v iff ``v(s ⊕ F) > r_i(s)`` and every legal proper part G of it is worth less,
``v(s ⊕ G) < v(s ⊕ F)``.

Every improvement has a purposeful part at least as good, so whoever has reason to move has reason to move on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates

from .explicit import LOW, Ints
from .limits import Watch
from .moves import PartyMoves
from .space import Space
from .states import States, indices

Indices = NDArray[np.intp]

MAX_FLIPS = 10**9  # pairs of a state and a set of flipped options that one call looks at
_PANEL = 2**22  # such pairs that are held at once


@dataclass(frozen=True, slots=True)
class Moves:
    """Some moves of one party: where each begins and where it leads.

    Parameters
    ----------
    sources, targets : (M,) intp
        State indices.
    """

    sources: Indices
    targets: Indices


class Flips:
    """The moves of one party, each a set of its options that are flipped together.

    Parameters
    ----------
    states : (S,) uint64
        The feasible states, ascending.
    moves : PartyMoves
        Those of the party.
    watch : Watch, optional
    """

    def __init__(self, states: States, moves: PartyMoves, watch: Watch | None = None) -> None:
        self._states = states
        self._moves = moves
        self._watch = watch or Watch()
        own = self._moves.own
        self._options = [1 << k for k in range(own.bit_length()) if own >> k & 1]

    def purposeful(self, at: Indices, value: Ints, rank: Ints) -> Moves:
        """Return the moves from some states that are purposeful for a value.

        Parameters
        ----------
        at : (M,) intp
            State indices.
        value : (S,) int
            What the party thinks it comes to, at every state.
        rank : (S,) int
            What the party thinks of the states themselves.

        Raises
        ------
        TooManyStates
            Where that would be more than a billion pairs of a state and a set of options.

        Notes
        -----
        O(k · 2ᵏ) a state, for k options of the party.
        """
        if len(at) << len(self._options) > MAX_FLIPS:
            raise TooManyStates(
                "{pairs} sets of options to flip; at most {limit} are looked at",
                pairs=len(at) << len(self._options),
                limit=MAX_FLIPS,
            )
        found = [*self._in_panels(at, value, rank)]
        nothing = np.zeros(0, np.intp)
        return Moves(
            np.concatenate([nothing, *(moves.sources for moves in found)]),
            np.concatenate([nothing, *(moves.targets for moves in found)]),
        )

    def legal(self, at: Indices) -> Iterator[Moves]:
        """Yield all legal moves from some states, a set of options after the other."""
        for flipped in range(1, 1 << len(self._options)):
            target = self._targets(at, flipped)
            yield Moves(at[target >= 0], target[target >= 0])

    def _in_panels(self, at: Indices, value: Ints, rank: Ints) -> Iterator[Moves]:
        step = max(1, _PANEL >> len(self._options))
        for first in range(0, len(at), step):
            self._watch.check()
            yield from self._from(at[first : first + step], value, rank)

    def _from(self, at: Indices, value: Ints, rank: Ints) -> Iterator[Moves]:
        """Yield the purposeful moves from a few states: parts before wholes, with the most that parts are worth."""
        most = np.full((1 << len(self._options), len(at)), LOW)
        here = rank[at]
        for flipped in range(1, len(most)):
            target = self._targets(at, flipped)
            worth = np.where(target >= 0, value[target], LOW)
            parts = most[flipped]
            for k in range(len(self._options)):
                if flipped >> k & 1:
                    np.maximum(parts, most[flipped ^ 1 << k], out=parts)
            gains = (worth > here) & (worth > parts)
            if gains.any():
                yield Moves(at[gains], target[gains])
            np.maximum(parts, worth, out=parts)

    def _targets(self, at: Indices, flipped: int) -> Indices:
        """(M,): the state that a flip leads to from each of some states; -1 where it is no legal move.

        ``flipped`` numbers the party's own options: bit k is the k-th of them.
        """
        moves = self._moves
        mask = sum(option for k, option in enumerate(self._options) if flipped >> k & 1)
        states = self._states[at]
        target = indices(self._states, states ^ np.uint64(mask))
        stuck = np.uint64(mask & moves.to_yes), np.uint64(mask & moves.to_no)
        if stuck[0] or stuck[1]:  # options that change in one direction only
            target = np.where((states & stuck[0]) | (~states & stuck[1]), -1, target)
        for sources, targets in moves.forbidden:
            target = np.where(sources[at] & targets[target], -1, target)
        return target


class PurposefulMoves:
    """The purposeful moves of one party, worked out for the states that are asked about, each once.

    Parameters
    ----------
    space : Space
    party : int
        Its index.
    watch : Watch, optional
    """

    def __init__(self, space: Space, party: int, watch: Watch | None = None) -> None:
        self._flips = Flips(space.states, space.moves[party], watch)
        self._rank = space.ranks[party]
        self._first = np.full(space.size, -1, np.intp)  # of each state's targets; -1 where nobody has asked yet
        self._count = np.zeros(space.size, np.intp)
        self._targets = np.zeros(0, np.intp)

    def moves(self, at: Indices) -> Moves:
        """Return the moves from some states, each named once, those of a state together."""
        self._work_out(at[self._first[at] < 0])
        counts = self._count[at]
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self._first[at] - ends + counts, counts)
        return Moves(np.repeat(at, counts), self._targets[places])

    def _work_out(self, at: Indices) -> None:
        if not len(at):
            return
        moves = self._flips.purposeful(at, self._rank, self._rank)
        order = np.argsort(moves.sources, kind="stable")
        sources = moves.sources[order]
        self._first[at] = len(self._targets) + np.searchsorted(sources, at)
        self._count[at] = np.searchsorted(sources, at, side="right") - np.searchsorted(sources, at)
        self._targets = np.concatenate([self._targets, moves.targets[order]])
