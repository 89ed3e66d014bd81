"""A party's moves by the sets of options that they flip, and which of them are purposeful.

With ordered wishes any better state is an improvement, so a party that gains on its first wish may give away all the
lower ones in the same move. A purposeful move flips nothing that it does not gain by: a legal move F of party i from s
is purposeful for a value v iff ``v(s ⊕ F) > r_i(s)`` and every legal proper part G of it is worth less,
``v(s ⊕ G) < v(s ⊕ F)``.

Every improvement has a purposeful part at least as good, so whoever has reason to move has reason to move on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates

from .explicit import LOW, Bools, Ints
from .limits import Watch
from .moves import PartyMoves
from .space import Space
from .states import States, distinct, indices

Indices = NDArray[np.intp]

MAX_FLIPS = 10**9  # pairs of a state and a set of flipped options that one call looks at
_PANEL = 2**18  # such pairs that are held at once: what a core's cache holds


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
        self._within = moves.within
        if self._within is not None:
            self._states, self._moves = self._within.coalesced.members, self._within.moves
        self._watch = watch or Watch()
        self._options = moves.own.bit_count()

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
        return self._chosen(at, lambda here, targets: self._gaining(here, targets, value, rank))

    def legal(self, at: Indices) -> Moves:
        """Return all legal moves from some states. O(2ᵏ) a state; raises as `purposeful`."""
        return self._chosen(at, lambda _, targets: targets >= 0)

    def improving(self, at: Indices, rank: Ints) -> Moves:
        """Return the legal moves from some states that lead to a better one. O(2ᵏ) a state; raises as `purposeful`."""
        return self._chosen(at, lambda here, targets: (targets >= 0) & (rank[targets] > rank[here]))

    @property
    def panel(self) -> int:
        """Return from how many states the moves are looked at together."""
        return max(1, _PANEL >> self._options)

    def targets(self, at: Indices) -> Indices:
        """(2ᵏ, M): where each flip leads from some states; -1 where it is no legal move, and where nothing is flipped.

        No states count as one; where commitments are in force, a flip leads to what they make of it.
        """
        return self._targets(at) if self._within is None else self._joined(at, self._within.coalesced.members_of(at)[0])

    def _chosen(self, at: Indices, choose: Callable[[Indices, Indices], Bools]) -> Moves:
        pairs = len(at) << self._options
        if pairs > MAX_FLIPS:
            raise TooManyStates(
                "{pairs} sets of options to flip; at most {limit} are looked at", pairs=pairs, limit=MAX_FLIPS
            )
        sources, targets = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
        step = self.panel
        for first in range(0, len(at), step):
            self._watch.check()
            here = at[first : first + step]
            if self._within is not None:  # a column for every member
                members, place = self._within.coalesced.members_of(here)
                here = here[place]
                reached = self._joined(here, members)
            else:
                reached = self._targets(here)
            flipped, column = np.nonzero(choose(here, reached))
            sources.append(here[column])
            targets.append(reached[flipped, column])
        found = Moves(np.concatenate(sources), np.concatenate(targets))
        return found if self._within is None else _each_once(found, len(self._within.coalesced.states))

    def _gaining(self, here: Indices, targets: Indices, value: Ints, rank: Ints) -> Bools:
        """(2ᵏ, M): which flips gain, and more than every part of them."""
        worth = np.where(targets >= 0, value[targets], LOW)
        return (worth > rank[here]) & (worth > most_of_parts(worth))

    def _joined(self, at: Indices, members: Indices) -> Indices:
        """(2ᵏ, M): what `_targets` of some members are part of; -1 where that is what the member is part of itself."""
        assert self._within is not None, "asked where states count as one"
        reached = self._targets(members)
        joined = self._within.coalesced.of[reached]
        return np.where((reached < 0) | (joined == at), -1, joined)

    def _targets(self, at: Indices) -> Indices:
        """(2ᵏ, M): the state that each flip leads to; -1 where it is no legal move, and where nothing is flipped.

        States lie together: what is done for every flip is then done in long steps, for whatever flips.
        """
        moves = self._moves
        masks = np.zeros(1, np.uint64)
        for bit in range(moves.own.bit_length()):
            if moves.own >> bit & 1:
                masks = np.concatenate([masks, masks | np.uint64(1 << bit)])
        masks, states = masks[:, None], self._states[at]
        targets = indices(self._states, states ^ masks)
        targets[0] = -1
        if moves.to_yes | moves.to_no:  # options that change in one direction only
            stuck = states & masks & np.uint64(moves.to_yes) | ~states & masks & np.uint64(moves.to_no)
            targets[stuck != 0] = -1
        for near, far in moves.forbidden:
            targets[near[at] & far[targets]] = -1
        return targets


def _each_once(moves: Moves, size: int) -> Moves:
    """Return moves that several members of a state have, once each, those of a state together."""
    return Moves(*np.divmod(distinct(moves.sources * size + moves.targets), size))  # a pair is one number


def most_of_parts(worth: NDArray[Any]) -> NDArray[Any]:
    """(2ᵏ, M): the most that a proper part of each flip of k options is worth, where flips are worth so much.

    Examples
    --------
    >>> most_of_parts(np.array([[LOW], [3], [1], [2]]))[3].tolist()
    [3]
    """
    options = len(worth).bit_length() - 1
    most = worth.copy()  # of each flip and its parts
    for k in range(options):
        without, having = _split(most, k)
        np.maximum(having, without, out=having)
    parts = np.full_like(worth, LOW)
    for k in range(options):
        np.maximum(_split(parts, k)[1], _split(most, k)[0], out=_split(parts, k)[1])
    return parts


def _split(flips: NDArray[Any], k: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the flips without the k-th option, and in the same order those that have it besides."""
    halves = flips.reshape(-1, 2, 1 << k, flips.shape[1])
    return halves[:, 0], halves[:, 1]


class PurposefulMoves:
    """The purposeful moves of one party, worked out for the states that are asked about, each once.

    Parameters
    ----------
    space : Space
    party : int
        Its index.
    watch : Watch, optional
    rank : (S,) int, optional
        What the party thinks of the states; what the space says unless given.
    """

    def __init__(self, space: Space, party: int, watch: Watch | None = None, rank: Ints | None = None) -> None:
        self._flips = Flips(space.states, space.moves[party], watch)
        self._rank = space.ranks[party] if rank is None else rank
        self._first = np.full(space.size, -1, np.intp)  # of each state's targets; -1 where nobody has asked yet
        self._count = np.zeros(space.size, np.int32)
        self._targets = np.zeros(0, np.intp)

    @property
    def nbytes(self) -> int:
        """Return about how many bytes this takes, with a move from each state."""
        return self._first.nbytes + self._count.nbytes + len(self._first) * self._targets.itemsize

    def moves(self, at: Indices) -> Moves:
        """Return the moves from some states, each named once, those of a state together."""
        number, targets = self.onward(at)
        return Moves(at[number], targets)

    def onward(self, at: Indices) -> tuple[Indices, Indices]:
        """Return the moves from some states, each perhaps named more than once: which of these, and where to."""
        self._work_out(distinct(at[self._first[at] < 0]))
        counts = self._count[at]
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self._first[at] - ends + counts, counts)
        return np.repeat(np.arange(len(at)), counts), self._targets[places]

    def _work_out(self, at: Indices) -> None:
        if not len(at):
            return
        moves = self._flips.purposeful(at, self._rank, self._rank)
        order = np.argsort(moves.sources, kind="stable")
        sources = moves.sources[order]
        self._first[at] = len(self._targets) + np.searchsorted(sources, at)
        self._count[at] = np.searchsorted(sources, at, side="right") - np.searchsorted(sources, at)
        self._targets = np.concatenate([self._targets, moves.targets[order]])
