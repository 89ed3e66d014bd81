"""The box engine: many variants of one model side by side, which differ in what the parties want alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.model.sentences import By

from .arcs import PurposefulReplies
from .box import Box, Indices, Lines
from .box_wishes import Improvements, Wishes
from .explicit import UNTIL_SETTLED, ArrayValues, Bools, Ints, settle
from .limits import Watch
from .spec import Parties

_FEW = 5  # one in so many: lines up to which, and places up to which, a look at which they are pays


class BoxEngine(ArrayValues):
    """The operators on values of shape (V, *box): V variants at once.

    Parameters
    ----------
    box : Box
    wishes : mapping of int to Wishes
        By party, in the same variants; of those that are asked about.
    watch : Watch, optional

    Notes
    -----
    What a value holds at places that are no state means nothing. An axis of length one says that the value is the same
    all along it. O(V · places) for each operator and sweep.
    """

    name = "box"

    def __init__(self, box: Box, wishes: Mapping[int, Wishes], watch: Watch | None = None) -> None:
        self.box = box
        self.parties = tuple(box.model.party)
        self.variants = next(iter(wishes.values())).variants
        self._watch = watch or Watch()
        self._wishes = wishes
        self._improvements: dict[int, Improvements] = {}

    def rank(self, i: int) -> Ints:
        return self._wishes[i].rank

    def best(self, i: int, f: Ints) -> Ints:
        wishes = self._wishes[i]
        return wishes.held if f is wishes.rank else self.box.extreme(i, f, np.maximum)

    def least_origin(self, i: int, f: Ints) -> Ints:
        return self.box.extreme(i, f, np.minimum, backward=True)

    def worst_reply(self, H: Parties, f: Ints) -> Ints:
        box = self.box
        if box.full:  # what one party changes takes nothing from what another can reach
            worst = f
            for j in reversed(H):
                worst = box.along(j, worst, np.minimum)
            return worst
        g = box.masked(np.broadcast_to(f, self._shape), np.minimum)

        def act(j: int) -> bool:
            lowered = box.extreme(j, g, np.minimum)
            if np.array_equal(box.masked(lowered, np.minimum), g):
                return False
            g[...] = box.masked(lowered, np.minimum)
            return True

        settle(H, act, self._watch, UNTIL_SETTLED)
        return g

    def worst_credible_reply(self, H: Parties, f: Ints) -> Ints:
        return self.apart(self.worst_credible_replies(H, self.beside([f])))[0]

    def worst_credible_replies(self, H: Parties, functions: Ints, settled: Parties = ()) -> Ints:
        """Return the worst credible reply to each of some functions side by side, worked out together.

        Parameters
        ----------
        H : tuple of int
        functions : (V · places, F) int
            As `beside` gives them.
        settled : tuple of int
            Those of H whose improvements, one after another, lower these functions nowhere.
        """
        g = functions.copy()
        # where others have lowered it since a party's turn; None: anywhere
        stale: dict[int, list[Indices] | None] = {j: [] if j in settled else None for j in H}

        def act(j: int) -> bool:
            count, lowered = self._improve(j, g, stale[j])
            stale[j] = []
            for other in H:
                before = stale[other]
                if count and other != j and before is not None:
                    stale[other] = None if lowered is None else [*before, lowered]
            return count > 0

        settle(H, act, self._watch, UNTIL_SETTLED)
        return g

    def beside(self, functions: Sequence[Ints]) -> Ints:
        """(V · places, F): some functions of one type of numbers side by side."""
        g = np.empty((*self._shape, len(functions)), functions[0].dtype)
        for k, f in enumerate(functions):
            g[..., k] = self.box.masked(f, np.minimum)
        return g.reshape(-1, len(functions))

    def apart(self, functions: Ints) -> list[Ints]:
        """Return functions that are side by side one by one."""
        return [np.ascontiguousarray(functions[:, k]).reshape(self._shape) for k in range(functions.shape[1])]

    def _improve(self, j: int, g: Ints, stale: list[Indices] | None) -> tuple[int, Indices | None]:
        """Let party j improve, in all lines or in those alone where anything is stale.

        Returns
        -------
        int, (K,) intp or None
            In how many places g is lower now, and in which; None where these are many.
        """
        improvements = self._improvements_of(j)
        if stale is not None:
            touched = self._touched(j, stale)
            if _FEW * np.count_nonzero(touched) <= len(touched):
                lowered = improvements.lower_lines(g, np.flatnonzero(touched))
                return len(lowered), lowered
        lower = improvements.lower(g)
        count = int(np.count_nonzero(lower))
        return count, np.flatnonzero(lower) if _FEW * count <= len(g) else None

    def _touched(self, j: int, places: Sequence[Indices]) -> Bools:
        """(B,): which lines of party j some places lie in."""
        lines = self._lines(j)
        touched = np.zeros(lines.places.shape[1], bool)
        for these in places:
            touched[lines.columns.take(these)] = True
        return touched

    def _lines(self, j: int) -> Lines:
        return self.box.lines(j, self.variants)

    def _improvements_of(self, j: int) -> Improvements:
        if j not in self._improvements:
            self._watch.check()
            self._improvements[j] = Improvements(self._wishes[j].sorted, self._lines(j))
        return self._improvements[j]

    def rest(self) -> None:
        """Give up what takes much room and can be made again: where improvements lead, place by place."""
        self._improvements.clear()

    def worst_best_reply(self, H: Parties, f: Ints) -> Ints:
        g = self.box.masked(np.broadcast_to(f, self._shape), np.minimum).copy()

        def act(j: int) -> bool:
            least = self._least_of_best(j, g)
            if not (least < g).any():
                return False
            np.minimum(g, least, out=g)
            return True

        settle(H, act, self._watch, UNTIL_SETTLED)
        return g

    def _least_of_best(self, j: int, g: Ints) -> Ints:
        """Return the smallest g that a best move of party j leads to; the largest number where it has none."""
        axis, rank = self.box.axes[j], self.box.masked(self.rank(j), np.maximum)
        top = g.dtype.type(np.iinfo(g.dtype).max)
        least = np.full(g.shape, top, g.dtype)
        for readers, members in axis.patterns:
            wanted, standing = axis.part(rank, members), axis.part(rank, readers)
            best = wanted.max(axis=axis.at, keepdims=True)
            found = np.where(wanted == best, axis.part(g, members), top).min(axis=axis.at, keepdims=True)
            axis.put(least, readers, np.where(standing < best, found, top))
        return least

    def worst_purposeful_reply(self, H: Parties, f: Ints) -> Ints:
        """Return it variant by variant."""
        values = zip(self._purposeful, self.over_states(f), strict=True)
        return self.from_states(np.stack([replies.worst(H, value) for replies, value in values]))

    @cached_property
    def _purposeful(self) -> list[PurposefulReplies]:
        ranks = {j: self.over_states(self.rank(j)) for j in self._wishes}
        return [
            PurposefulReplies(self.box.states, self.box.moves, {j: ranks[j][v] for j in ranks}, self._watch)
            for v in range(self.variants)
        ]

    def over_states(self, value: NDArray[Any]) -> NDArray[Any]:
        return self.box.gathered(np.broadcast_to(value, self._shape))

    def from_states(self, values: NDArray[Any]) -> NDArray[Any]:
        return self.box.spread(values)

    def reached(self, start: int, by: By = "improving") -> Bools:
        """(V, S): what improvements, or best moves, lead to from a state index; the state itself included.

        A party's moves are transitive here, so that moving twice in a row leads nowhere new.
        """
        box = self.box
        found = np.zeros((self.variants, box.places), bool)
        found[:, start if box.at is None else box.at[start]] = True
        found = found.reshape(-1)
        parties = tuple(j for j, axis in enumerate(box.axes) if len(axis.strategies) > 1)
        fresh = {j: [np.flatnonzero(found)] for j in parties}  # where others have arrived since a party's turn

        def act(j: int) -> bool:
            places = self._lines(j).places.take(np.flatnonzero(self._touched(j, fresh[j])), axis=1)
            arrived = places[self._next(j, places, found.take(places), by)]
            found[arrived] = True
            fresh[j] = []
            for other in parties:
                if other != j and len(arrived):
                    fresh[other].append(arrived)
            return len(arrived) > 0

        settle(parties, act, self._watch, UNTIL_SETTLED)
        return box.gathered(found.reshape(self._shape))

    def _next(self, j: int, places: Indices, arrived: Bools, by: By) -> Bools:
        """(K, B): where party j arrives anew in some of its lines, from where it is found in them.

        See `bestand.solve.reach`.
        """
        rank = self.rank(j).reshape(-1).take(places)
        top = np.iinfo(rank.dtype).max
        possible = None if self.box.feasible is None else self._feasible.take(places)
        if self.box.axes[j].forward is None and by == "improving":  # most often, and needs nothing sorted out
            new = np.greater(rank, np.where(arrived, rank, top).min(axis=0))
        else:
            new = self._by_patterns(j, rank, arrived, possible, by)
        np.greater(new, arrived, out=new)
        return new if possible is None else new & possible

    def _by_patterns(self, j: int, rank: Ints, arrived: Bools, possible: Bools | None, by: By) -> Bools:
        kind = np.iinfo(rank.dtype)
        new = np.zeros(rank.shape, bool)
        for readers, members in self.box.axes[j].patterns:
            sources, wanted = arrived[readers], rank[members]
            if by == "improving":
                new[members] |= wanted > np.where(sources, rank[readers], kind.max).min(axis=0)
                continue
            if possible is not None:
                wanted = np.where(possible[members], wanted, kind.min)
            best = wanted.max(axis=0)
            new[members] |= (wanted == best) & (sources & (rank[readers] < best)).any(axis=0)
        return new

    @cached_property
    def _feasible(self) -> Bools:
        """(N,): which places are states."""
        assert self.box.feasible is not None, "asked where some are not"
        return np.broadcast_to(self.box.feasible.kept, self._shape).reshape(-1)

    @property
    def _shape(self) -> tuple[int, ...]:
        return (self.variants, *self.box.shape)
