"""The box engine: many variants of one model side by side, which differ in what the parties want and in nothing else.

What a party can do by itself is one axis, as long as the number of its strategies that some state has; the variants are
one more axis before these. Where every combination of strategies is feasible, which rules about one party's own options
never spoil, each operator is a pass or two along an axis, for all variants at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates
from bestand.model.model import Model
from bestand.model.sentences import Mover

from .explicit import ArrayValues, Bools, Ints, settle
from .limits import Watch
from .moves import PartyMoves, party_moves
from .spec import Parties
from .states import Evaluator, States, feasible_states

SPARSE = 4  # below one feasible state in so many places of the box, another engine is quicker
_ONE_WAY = 6  # one-way options of one party up to which its patterns are gone through
_ROUNDS = 10**9  # sweeps at most: each lowers something, and they end by themselves

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Axis:
    """The strategies of one party, and which of them lead to which.

    Parameters
    ----------
    at : int
        Which axis of a value it is; 0 are the variants.
    strategies : (K,) uint64
        Bit masks.
    forward, backward : tuple of ((R,) intp, (M,) intp), or None
        For each pattern of one-way options: the strategies that have it, and those that they lead to (or come from).
        None where every strategy leads to every other.
    """

    at: int
    strategies: States
    forward: tuple[tuple[Indices, Indices], ...] | None
    backward: tuple[tuple[Indices, Indices], ...] | None


class Box:
    """The states of a model as places of a box: what all variants have in common.

    Parameters
    ----------
    model : Model
        What parties want in it is not looked at.
    watch : Watch, optional

    Raises
    ------
    TooManyStates
        When there are too many to list, or their box is mostly empty: another engine serves better.

    Notes
    -----
    O(states · options), once.
    """

    def __init__(self, model: Model, watch: Watch | None = None) -> None:
        if model.forbidden_moves:
            raise TooManyStates("single moves are forbidden")
        self.model = model
        self.states = feasible_states(model, None, watch)
        self.evaluator = Evaluator(model, self.states)
        parties = party_moves(model, self.evaluator)
        self.axes = tuple(_axis(len(parties) - i, self.states, moves) for i, moves in enumerate(parties))
        self.shape = tuple(len(axis.strategies) for axis in reversed(self.axes))  # the first options vary fastest
        self.places = math.prod(self.shape)
        if self.places > SPARSE * len(self.states):
            raise TooManyStates("too few combinations of strategies are feasible")
        self.full = self.places == len(self.states)
        self.at: Indices | None = None  # where the states stand; None where every place is one
        self.feasible: Bools | None = None
        if not self.full:
            self.at = self._where()
            flat = np.zeros(self.places, bool)
            flat[self.at] = True
            self.feasible = flat.reshape(self.shape)

    @property
    def size(self) -> int:
        """How many feasible states there are."""
        return len(self.states)

    def index(self, mask: int) -> int | None:
        """The index of a state given as a bit mask; None where it is infeasible."""
        at = int(np.searchsorted(self.states, np.uint64(mask)))
        return at if at < self.size and int(self.states[at]) == mask else None

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """(V, *shape): values over the states at their places."""
        if self.at is None:
            return values.reshape(-1, *self.shape)
        wide = np.zeros((len(values), self.places), values.dtype)
        wide[:, self.at] = values
        return wide.reshape(-1, *self.shape)

    def gathered(self, values: NDArray[Any]) -> NDArray[Any]:
        """(V, S): values of places over the states."""
        flat = np.broadcast_to(values, (len(values), *self.shape)).reshape(len(values), -1)
        return flat if self.at is None else flat[:, self.at]

    def _where(self) -> Indices:
        at = np.zeros(self.size, np.intp)
        for axis in reversed(self.axes):
            own = np.bitwise_or.reduce(axis.strategies, initial=np.uint64(0))
            at = at * len(axis.strategies) + np.searchsorted(axis.strategies, self.states & own)
        return at


def _axis(at: int, states: States, moves: PartyMoves) -> Axis:
    own = np.uint64(moves.own)
    strategies = np.unique(states & own)
    forth, back = np.uint64(moves.to_yes), np.uint64(moves.to_no)
    if not forth | back:
        return Axis(at, strategies, None, None)
    if (int(forth) | int(back)).bit_count() > _ONE_WAY:
        raise TooManyStates("a party has many one-way options")
    return Axis(at, strategies, _patterns(strategies, forth, back), _patterns(strategies, back, forth))


def _patterns(strategies: States, forth: Any, back: Any) -> tuple[tuple[Indices, Indices], ...]:
    pattern = strategies & (forth | back)
    made = []
    for p in np.unique(pattern):
        members = ((p & forth & ~pattern) == 0) & ((pattern & back & ~p) == 0)
        made.append((np.flatnonzero(pattern == p), np.flatnonzero(members)))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Blocks of one party for one pattern, the best member first, all variants side by side.

    Parameters
    ----------
    order : (K, B) intp
        Where the members stand in a flat value.
    above : (N,) intp
        For each reader, where the smallest of what is better for the party stands in a running minimum that begins with
        a row of nothing.
    reads : (N,) intp or None
        Where the readers stand; None for everywhere.
    """

    order: Indices
    above: Indices
    reads: Indices | None


class BoxEngine(ArrayValues):
    """The operators on values of shape (V, *box): V variants at once.

    Parameters
    ----------
    box : Box
    ranks : sequence of (V, S) int
        What each party thinks of every state in every variant; only the order inside a row means anything.
    watch : Watch, optional

    Notes
    -----
    What a value holds at places that are no state means nothing. An axis of length one says that the value is the same
    all along it. O(V · places) for each operator and sweep.
    """

    name = "box"

    def __init__(self, box: Box, ranks: Sequence[NDArray[Any]], watch: Watch | None = None) -> None:
        self.box = box
        self.parties = tuple(box.model.party)
        self.variants = len(ranks[0]) if ranks else 0
        self._watch = watch or Watch()
        self._ranks = [box.spread(rank) for rank in ranks]
        self._held: dict[int, Ints] = {}
        self._blocks: dict[int, tuple[_Sorted, ...]] = {}

    def rank(self, i: int) -> Ints:
        return self._ranks[i]

    def best(self, i: int, f: Ints) -> Ints:
        if f is not self._ranks[i]:
            return self._extreme(i, f, np.maximum)
        if i not in self._held:
            self._held[i] = self._extreme(i, f, np.maximum)
        return self._held[i]

    def least_origin(self, i: int, f: Ints) -> Ints:
        return self._extreme(i, f, np.minimum, backward=True)

    def worst_reply(self, H: Parties, f: Ints) -> Ints:
        if self.box.full:  # what one party changes takes nothing from what another can reach
            worst = f
            for j in reversed(H):
                worst = self._along(j, worst, np.minimum)
            return worst
        g = self._masked(np.broadcast_to(f, self._shape), np.minimum)

        def act(j: int) -> bool:
            lowered = self._masked(self._along(j, g, np.minimum), np.minimum)
            if np.array_equal(lowered, g):
                return False
            g[...] = lowered
            return True

        settle(H, act, self._watch, _ROUNDS)
        return g

    def worst_credible_reply(self, H: Parties, f: Ints) -> Ints:
        masked = self._masked(np.broadcast_to(f, self._shape), np.minimum)
        g = np.ascontiguousarray(masked).reshape(-1)
        if np.shares_memory(g, f):
            g = g.copy()

        def act(j: int) -> bool:
            changed = False
            for blocks in self._sorted(j):
                changed |= _improve(blocks, g)
            return changed

        settle(H, act, self._watch, _ROUNDS)
        return g.reshape(self._shape)

    def worst_best_reply(self, H: Parties, f: Ints) -> Ints:
        g = self._masked(np.broadcast_to(f, self._shape), np.minimum).copy()

        def act(j: int) -> bool:
            least = self._least_of_best(j, g)
            if not (least < g).any():
                return False
            np.minimum(g, least, out=g)
            return True

        settle(H, act, self._watch, _ROUNDS)
        return g

    def _least_of_best(self, j: int, g: Ints) -> Ints:
        """The smallest g that a best move of party j leads to; the largest number where it has no improvement."""
        axis, rank = self.box.axes[j], self._masked(self._ranks[j], np.maximum)
        top = g.dtype.type(np.iinfo(g.dtype).max)
        everyone = np.arange(len(axis.strategies))
        least = np.full(g.shape, top, g.dtype)
        for readers, members in axis.forward or ((everyone, everyone),):
            wanted, standing = _part(rank, axis.at, members), _part(rank, axis.at, readers)
            best = wanted.max(axis=axis.at, keepdims=True)
            found = np.where(wanted == best, _part(g, axis.at, members), top).min(axis=axis.at, keepdims=True)
            _put(least, axis.at, readers, np.where(standing < best, found, top))
        return least

    def over_states(self, value: NDArray[Any]) -> NDArray[Any]:
        return self.box.gathered(np.broadcast_to(value, self._shape))

    def from_states(self, values: NDArray[Any]) -> NDArray[Any]:
        return self.box.spread(values)

    def reached(self, start: int, by: Mover = "improvements") -> Bools:
        """(V, S): what improvements, or best moves, lead to from a state index; the state itself included.

        A party's moves are transitive here, so that moving twice in a row leads nowhere new.
        """
        box = self.box
        found = np.zeros(self._shape, bool)
        found.reshape(self.variants, -1)[:, start if box.at is None else box.at[start]] = True

        def act(j: int) -> bool:
            new = self._next(j, found, by) & ~found
            if box.feasible is not None:
                new &= box.feasible
            if not new.any():
                return False
            found[...] |= new
            return True

        parties = tuple(j for j, axis in enumerate(box.axes) if len(axis.strategies) > 1)
        settle(parties, act, self._watch, _ROUNDS)
        return box.gathered(found)

    @property
    def _shape(self) -> tuple[int, ...]:
        return (self.variants, *self.box.shape)

    def _next(self, j: int, sources: Bools, by: Mover) -> Bools:
        """Where party j goes from any of the sources: see `bestand.analysis.evolution`."""
        rank = self._ranks[j]
        top = np.iinfo(rank.dtype).max
        if by == "improvements":
            return self._along(j, np.where(sources, rank, top), np.minimum, backward=True) < rank
        aim = np.broadcast_to(self.best(j, rank), rank.shape)
        aimed = np.where(sources & (aim > rank), aim, top)
        if self.box.axes[j].backward is None:
            return self._along(j, aimed, np.minimum) == rank
        # one-way options: what different sources of one block aim at may differ, and the least of it hides the rest
        found = np.zeros(rank.shape, bool)
        axis = self.box.axes[j]
        assert axis.forward is not None, "both ways are told or none"
        for readers, members in axis.forward:
            least = np.min(_part(aimed, axis.at, readers), axis=axis.at, keepdims=True)
            _put(found, axis.at, members, _part(found, axis.at, members) | (least == _part(rank, axis.at, members)))
        return found

    def _masked(self, f: Ints, of: np.ufunc) -> Ints:
        """f, saying nothing where there is no state: what never is the extreme."""
        if self.box.feasible is None:
            return f
        kind = np.iinfo(f.dtype)
        return np.where(self.box.feasible, f, f.dtype.type(kind.max if of is np.minimum else kind.min))

    def _extreme(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        return self._along(i, self._masked(f, of), of, backward=backward)

    def _along(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        """The extreme of f over all that party i can reach (or is reached from)."""
        axis = self.box.axes[i]
        if f.shape[axis.at] == 1:
            return f
        patterns = axis.backward if backward else axis.forward
        if patterns is None:
            return of.reduce(f, axis=axis.at, keepdims=True)
        result = np.empty_like(f)
        for readers, members in patterns:
            extreme = of.reduce(_part(f, axis.at, members), axis=axis.at, keepdims=True)
            _put(result, axis.at, readers, extreme)
        return result

    def _sorted(self, j: int) -> tuple[_Sorted, ...]:
        if j not in self._blocks:
            self._watch.check()
            axis = self.box.axes[j]
            everyone = np.arange(len(axis.strategies))
            patterns = axis.forward or ((everyone, everyone),)
            self._blocks[j] = tuple(
                self._blocks_of(j, members, None if axis.forward is None else readers) for readers, members in patterns
            )
        return self._blocks[j]

    def _blocks_of(self, j: int, members: Indices, readers: Indices | None) -> _Sorted:
        """Sort the blocks of one pattern.

        How many members are better than a place is counted by comparing it with each of them: a party has few
        strategies, and comparisons of whole rows are quicker than many short sorts.
        """
        axis = self.box.axes[j]
        rank = self._masked(self._ranks[j], np.maximum)  # what is no state comes last, and improves on nothing
        places = np.arange(rank.size).reshape(rank.shape)
        inside = np.moveaxis(rank, axis.at, 0).reshape(rank.shape[axis.at], -1)
        where = np.moveaxis(places, axis.at, 0).reshape(inside.shape)
        taken = np.ascontiguousarray(inside[members])
        kind = np.int8 if len(members) < 128 else np.int32
        row = np.zeros(taken.shape, kind)
        for k in range(len(members) - 1):  # of two equals the first comes first
            first = taken[k] >= taken[k + 1 :]
            row[k + 1 :] += first
            row[k] += len(first) - np.add.reduce(first, axis=0, dtype=kind)
        columns = np.arange(taken.shape[1])
        order = np.empty(taken.shape, np.intp)
        order[row, columns] = where[members]
        inplace = np.empty_like(taken)
        inplace[row, columns] = taken
        better = np.zeros(taken.shape, np.intp)  # how many are better than each, in the order of their places
        for k in range(1, len(members)):
            np.copyto(better[k], k)
            np.copyto(better[k], better[k - 1], where=inplace[k] == inplace[k - 1])
        better *= taken.shape[1]
        better += columns
        reading = slice(None) if readers is None else np.searchsorted(members, readers)
        above = better[row[reading], columns]
        if readers is None:
            above = np.ascontiguousarray(np.moveaxis(above.reshape(np.moveaxis(rank, axis.at, 0).shape), 0, axis.at))
            return _Sorted(order, above.reshape(-1), None)
        return _Sorted(order, above.reshape(-1), where[readers].reshape(-1))


def _improve(blocks: _Sorted, f: Ints) -> bool:
    """Give every reader the smallest f over itself and what improves on it. Whether that changed anything."""
    rows, columns = blocks.order.shape
    running = np.empty((rows + 1, columns), f.dtype)
    running[0] = np.iinfo(f.dtype).max
    f.take(blocks.order, out=running[1:], mode="clip")
    for k in range(2, rows + 1):
        np.minimum(running[k], running[k - 1], out=running[k])
    least = running.take(blocks.above)
    if blocks.reads is None:
        if not (least < f).any():
            return False
        np.minimum(f, least, out=f)
        return True
    values = f.take(blocks.reads)
    if not (least < values).any():
        return False
    f[blocks.reads] = np.minimum(values, least)
    return True


def _part(f: NDArray[Any], at: int, these: Indices) -> NDArray[Any]:
    return f[(slice(None),) * at + (these,)]


def _put(f: NDArray[Any], at: int, these: Indices, values: NDArray[Any]) -> None:
    f[(slice(None),) * at + (these,)] = values
