"""The arcs engine: any moves at all, one by one. Exact where moves are not transitive.

Forbidding a single move, or drawing moves by hand, breaks the transitivity on which the other engines rest: that no
party moves twice in a row then matters, and what can still follow depends on who moves next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates

from .explicit import TOP, UNTIL_SETTLED, ArrayValues, Ints, settle
from .flips import Flips
from .limits import Watch
from .moves import PartyMoves
from .space import Space
from .spec import Parties
from .states import States, distinct

MAX_ARCS = 40_000_000  # of all parties together
_BYTES = 100  # for each, while they are laid out

Mover = Callable[[Ints], Ints]  # the smallest value over where moves lead, the state itself not counted; TOP where none


@dataclass(frozen=True)
class Arcs:
    """One party's moves, state after state: those of s are ``targets[starts[s]:starts[s + 1]]``."""

    starts: NDArray[np.int64]
    targets: NDArray[np.int64]

    @classmethod
    def between(cls, sources: NDArray[np.int64], targets: NDArray[np.int64], size: int) -> Arcs:
        """From pairs in any order. O(pairs log pairs)."""
        order = np.argsort(sources, kind="stable")
        return cls(np.searchsorted(sources[order], np.arange(size + 1)), targets[order])

    @property
    def sources(self) -> NDArray[np.int64]:
        """The state that every arc leaves."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def reversed(self) -> Arcs:
        """Return the same arcs, walked against their direction."""
        return Arcs.between(self.targets, self.sources, len(self.starts) - 1)

    def improving(self, rank: Ints) -> Arcs:
        """Return the arcs that lead to a state of higher rank."""
        sources = self.sources
        better = rank[self.targets] > rank[sources]
        return Arcs.between(sources[better], self.targets[better], len(self.starts) - 1)

    def best(self, rank: Ints) -> Arcs:
        """Return the improving arcs that lead to a state of the highest rank that can be reached."""
        sources = self.sources
        aim = self.extreme(rank, np.maximum, rank)[sources]
        best = (rank[self.targets] == aim) & (aim > rank[sources])
        return Arcs.between(sources[best], self.targets[best], len(self.starts) - 1)

    def onward(self, sources: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(S,): where arcs lead from any of some states."""
        found = np.zeros(len(sources), bool)
        found[self.targets[np.repeat(sources, np.diff(self.starts))]] = True
        return found

    def least(self, f: Ints) -> Ints:
        """Return the smallest f over the targets of each state; TOP where there are none."""
        return self.extreme(f, np.minimum, np.full(len(f), TOP))

    def extreme(self, f: Ints, of: np.ufunc, start: Ints) -> Ints:
        """``start``, or the extreme of f over the targets of each state where that goes further. O(S + arcs)."""
        result = start.copy()
        leaves = np.flatnonzero(np.diff(self.starts))
        if len(leaves):
            found = of.reduceat(f[self.targets], self.starts[leaves])
            result[leaves] = of(result[leaves], found)
        return result


class ArcsEngine(ArrayValues):
    """Operators by search over (state, next mover). A value is an (S,) array. O(S + arcs) memory.

    Parameters
    ----------
    parties : tuple of str
    ranks : (P, S) int32
    arcs : tuple of Arcs
        One per party.
    space : Space or None
        None for a graph that was drawn by hand.
    watch : Watch, optional
    """

    name = "arcs"

    def __init__(
        self,
        parties: tuple[str, ...],
        ranks: Ints,
        arcs: tuple[Arcs, ...] | _OnDemand,
        space: Space | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.watch = watch or Watch()
        self.parties = parties
        self.ranks = ranks
        self.arcs = arcs
        self._space = space
        self._improving: dict[int, Arcs] = {}
        self._best: dict[int, Arcs] = {}
        self._reversed: dict[int, Arcs] = {}

    def rank(self, i: int) -> Ints:
        return self.ranks[i]

    def best(self, i: int, f: Ints) -> Ints:
        return self.arcs[i].extreme(f, np.maximum, f)

    def worst_reply(self, H: Parties, f: Ints) -> Ints:
        return least_along([self.arcs[j].least for j in H], f, self.watch)

    def worst_credible_reply(self, H: Parties, f: Ints) -> Ints:
        for j in H:
            if j not in self._improving:
                self._improving[j] = self.arcs[j].improving(self.ranks[j])
        return least_along([self._improving[j].least for j in H], f, self.watch)

    def worst_best_reply(self, H: Parties, f: Ints) -> Ints:
        for j in H:
            if j not in self._best:
                self._best[j] = self.arcs[j].best(self.ranks[j])
        return least_along([self._best[j].least for j in H], f, self.watch)

    def worst_purposeful_reply(self, H: Parties, f: Ints) -> Ints:
        return self._purposeful.worst(H, f)

    @cached_property
    def _purposeful(self) -> PurposefulReplies:
        return PurposefulReplies(self.space.states, self.space.moves, dict(enumerate(self.ranks)), self.watch)

    def least_origin(self, i: int, f: Ints) -> Ints:
        if i not in self._reversed:
            self._reversed[i] = self.arcs[i].reversed()
        return self._reversed[i].extreme(f, np.minimum, f)


def least_along(movers: Sequence[Mover], f: Ints, watch: Watch) -> Ints:
    """Return the smallest f along legal sequences: searched over (state, next mover) until nothing changes.

    ``after[k](s)`` is the smallest f to which sequences from s come that begin with a move of mover k: that of what k
    reaches, or of what any *other* mover makes of it from there.
    """
    after = [np.full(len(f), TOP) for _ in movers]

    def act(k: int) -> bool:
        new = movers[k](reduce(np.minimum, (*after[:k], *after[k + 1 :]), f))
        changed = not np.array_equal(new, after[k])
        after[k] = new
        return changed

    settle(tuple(range(len(movers))), act, watch, UNTIL_SETTLED)
    return reduce(np.minimum, after, f)


def purposeful_arcs(states: States, moves: PartyMoves, rank: Ints, watch: Watch) -> Arcs:
    """The purposeful moves of a party, from every state. O(S · 2ᵏ) for k options of the party."""
    found = Flips(states, moves, watch).purposeful(np.arange(len(states)), rank, rank)
    watch.room(len(found.sources) * _BYTES, "the purposeful moves of all parties")
    return Arcs.between(found.sources, found.targets, len(states))


class PurposefulReplies:
    """Replies by purposeful moves: searched over (state, last mover), since these moves are not transitive.

    Parameters
    ----------
    states : (S,) uint64
    moves : sequence of PartyMoves
    ranks : mapping of int to (S,) int
        By party, of those that may answer.
    watch : Watch
    """

    def __init__(self, states: States, moves: Sequence[PartyMoves], ranks: Mapping[int, Ints], watch: Watch) -> None:
        self._states, self._moves, self._ranks, self._watch = states, moves, ranks, watch
        self._arcs: dict[int, Arcs] = {}

    def worst(self, H: Parties, f: Ints) -> Ints:
        """(S,): the smallest f over the states to which the parties H bring each state."""
        for j in H:
            if j not in self._arcs:
                self._arcs[j] = purposeful_arcs(self._states, self._moves[j], self._ranks[j], self._watch)
        return least_along([self._arcs[j].least for j in H], f, self._watch)


def arcs_engine(space: Space, watch: Watch | None = None) -> ArcsEngine:
    """Return the arcs engine of a model: its option-form moves less the forbidden ones.

    Raises
    ------
    TooManyStates
        When the moves do not fit; the message counts them.
    """
    watch = watch or Watch()
    return ArcsEngine(tuple(space.model.party), space.ranks, _OnDemand(space, watch), space, watch)


def single_moves(space: Space, parties: Iterable[int], watch: Watch) -> tuple[Arcs, ...]:
    """Return every single move of some parties; raises as `arcs_engine`."""
    arcs = _OnDemand(space, watch)
    return tuple(arcs[j] for j in parties)


class _OnDemand:
    """The single moves of each party, laid out when they are first asked for; raises as `arcs_engine`, at once."""

    def __init__(self, space: Space, watch: Watch) -> None:
        count = count_moves(space)
        if count > MAX_ARCS:
            raise TooManyStates("{moves} moves to look at; the arcs engine holds {limit}", moves=count, limit=MAX_ARCS)
        watch.room(count * _BYTES, "the single moves of all parties")
        self._space, self._watch = space, watch
        self._known: dict[int, Arcs] = {}

    def __getitem__(self, party: int) -> Arcs:
        if party not in self._known:
            self._watch.check()
            self._known[party] = _arcs_of(self._space.moves[party], self._space.states)
        return self._known[party]


def count_moves(space: Space) -> int:
    """Return how many pairs of states of one block all parties have: what the arcs engine has to look at."""
    count = 0
    for moves in space.moves:
        states = space.states if moves.within is None else moves.within.coalesced.members
        sizes = np.unique(states & ~np.uint64(moves.own), return_counts=True)[1].astype(object)
        count += int((sizes * sizes).sum())
    return count


def arcs_from_lists(moves: Sequence[Sequence[Sequence[int]]], ranks: Sequence[Sequence[int]]) -> ArcsEngine:
    """Return the arcs engine of a graph drawn by hand.

    Parameters
    ----------
    moves : sequence
        ``moves[i][s]`` lists the state indices to which party i can move from s.
    ranks : sequence
        ``ranks[i][s]``, higher is better.

    Examples
    --------
    >>> engine = arcs_from_lists([[[1], []]], [[0, 1]])
    >>> engine.best(0, engine.rank(0)).tolist()
    [1, 1]
    """
    arcs = []
    for of_party in moves:
        pairs = [(s, t) for s, targets in enumerate(of_party) for t in targets]
        table = np.array(pairs, np.int64).reshape(-1, 2)
        arcs.append(Arcs.between(table[:, 0], table[:, 1], len(of_party)))
    return ArcsEngine(tuple(f"party{i + 1}" for i in range(len(moves))), np.array(ranks, np.int32), tuple(arcs))


def _arcs_of(moves: PartyMoves, states: States) -> Arcs:
    """Return every move inside every block, then without those that one-way options or the model forbid."""
    if moves.within is not None:
        members = moves.within.coalesced
        inner = _arcs_of(moves.within.moves, members.members)
        kept = members.left[inner.sources]
        sources, targets = members.of[inner.sources[kept]], members.of[inner.targets[kept]]
        numbers = distinct((sources * len(states) + targets)[sources != targets])  # each pair once, as one number
        return Arcs.between(*np.divmod(numbers, len(states)), len(states))
    outside = states & ~np.uint64(moves.own)
    order = np.argsort(outside, kind="stable")
    starts = np.flatnonzero(np.r_[True, outside[order][1:] != outside[order][:-1]])
    sizes = np.diff(np.r_[starts, len(states)])
    count = int((sizes * sizes).sum())
    size_of = np.repeat(sizes, sizes)  # of the block of every state, in `order`
    sources = np.repeat(np.arange(len(states)), size_of)
    first = np.repeat(np.cumsum(size_of) - size_of, size_of)  # where the pairs of each source begin
    targets = np.repeat(np.repeat(starts, sizes), size_of) + (np.arange(count) - first)
    sources, targets = order[sources], order[targets]
    gained, lost = states[targets] & ~states[sources], states[sources] & ~states[targets]
    legal = (sources != targets) & (lost & np.uint64(moves.to_yes) == 0) & (gained & np.uint64(moves.to_no) == 0)
    for near, far in moves.forbidden:
        legal &= ~(near[sources] & far[targets])
    return Arcs.between(sources[legal], targets[legal], len(states))
