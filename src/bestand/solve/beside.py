"""What parties do on purpose in many variants side by side, when they reckon with what others would do on purpose.

Variants differ in what parties want alone. A *place* is a state in one of them: the number of the variant times the
number of states, and the state. Every step looks at the places of all variants together, so that its cost is that of
the places, and not that of so many small steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.arcs import Arcs, least_along
from bestand.engine.explicit import LOW, ExplicitEngine, Ints
from bestand.engine.flips import Indices, Moves, most_of_parts
from bestand.engine.limits import Watch
from bestand.engine.order import Order, RankOrder
from bestand.engine.states import distinct, missing

from .purpose import OwnMoves, spread

_MORE = 2  # times as many places as are asked about, which may be looked at


_PANELS = 32  # of places that are looked at before it is asked what their moves come to


@dataclass(frozen=True)
class _Tempting:
    """Some places (M,), and moves from them that a party likes: which flip of how many, of which place, where to."""

    places: Indices
    flips: int
    flip: Indices
    column: Indices
    targets: Indices


@dataclass(frozen=True)
class _Ways:
    """Places (M,), ascending, and the moves of each of some parties among them."""

    places: Indices
    arcs: list[Arcs]


class Beside:
    """What every party does on purpose in some variants, at the places that are asked about.

    Parameters
    ----------
    own : sequence of sequence of OwnMoves
        By party: what it would do if nobody answered, for each of the wishes that it has in some variant.
    wants : (P, V) intp
        Which of them each party has in each variant.
    watch : Watch

    Notes
    -----
    The moves are those of `bestand.solve.purpose.Purpose` under purposeful answers, variant by variant.
    """

    def __init__(self, own: Sequence[Sequence[OwnMoves]], wants: NDArray[np.intp], watch: Watch) -> None:
        self.parties = range(len(own))
        self._own, self._wants, self._watch = own, wants, watch
        self._ranks = [np.stack([each.rank for each in several]) for several in own]
        self.size = self._ranks[0].shape[1]
        self._orders: dict[tuple[int, int], Order] = {}
        self._first: dict[int, Indices] = {}
        nothing = np.zeros(0, np.int64)
        self._known: list[tuple[Indices, Ints]] = [(nothing, np.zeros(0, np.int32)) for _ in own]

    def at(self, state: int) -> Indices:
        """(V,): a state in every variant."""
        return np.arange(self._wants.shape[1], dtype=np.int64) * self.size + state

    def rank(self, i: int, places: Indices) -> Ints:
        """(M,): what party i thinks of some places; only the order inside a variant means anything.

        Those `among` others are ranked as these are.
        """
        variant, state = np.divmod(places, self.size)
        return self._ranks[i][self._wants[i][variant], state]

    def order(self, i: int, wish: int) -> Order:
        """Return what party i thinks of the states where it has one of its wishes."""
        if (i, wish) not in self._orders:
            self._orders[i, wish] = RankOrder(self._ranks[i][wish])
        return self._orders[i, wish]

    def among(self, engine: ExplicitEngine, which: Indices) -> Beside:
        """Return what they do on purpose with the moves of another engine, whose states (T,) are some of these."""
        own = [[OwnMoves(engine, i, self._watch, rank[which]) for rank in ranks] for i, ranks in enumerate(self._ranks)]
        return Beside(own, self._wants, self._watch)

    def plain(self, i: int, places: Indices) -> Moves:
        """Return the moves of party i from some places that are purposeful, whatever others would answer."""
        variant, state = np.divmod(places, self.size)
        wish = self._wants[i][variant]
        sources, targets = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for w in np.flatnonzero(np.bincount(wish)).tolist():
            here = np.flatnonzero(wish == w)
            number, reached = self._own[i][w].onward(state[here])
            sources.append(places[here[number]])
            targets.append(variant[here[number]] * self.size + reached)
        return Moves(np.concatenate(sources), np.concatenate(targets))

    def moves(self, i: int, places: Indices) -> Moves:
        """Return the moves of party i from some places that are purposeful when it reckons with answers."""
        panel = self._own[i][0].flips.panel
        nothing = np.zeros(0, np.int64)
        found = [Moves(nothing, nothing)]
        for first in range(0, len(places), _PANELS * panel):
            some = places[first : first + _PANELS * panel]
            tempting = [self._tempting(i, some[k : k + panel]) for k in range(0, len(some), panel)]
            self._learn(i, np.concatenate([each.targets for each in tempting]))
            found += [self._purposeful(i, each) for each in tempting]
        return Moves(np.concatenate([each.sources for each in found]), np.concatenate([each.targets for each in found]))

    def _tempting(self, i: int, places: Indices) -> _Tempting:
        """Return the moves of party i from a panel of places that lead to what it likes better."""
        self._watch.check()
        variant, state = np.divmod(places, self.size)
        wish = self._wants[i][variant]
        reached = self._own[i][0].flips.targets(state)
        better = (reached >= 0) & (self._ranks[i][wish, reached] > self._ranks[i][wish, state])
        flip, column = np.nonzero(better)
        return _Tempting(places, len(reached), flip, column, variant[column] * self.size + reached[flip, column])

    def _purposeful(self, i: int, tempting: _Tempting) -> Moves:
        """Return those of them that are worth more than where they begin, and than every part of them."""
        places, flip, column = tempting.places, tempting.flip, tempting.column
        worth = np.full((tempting.flips, len(places)), LOW)  # what is no better is worth no more than a part that gains
        worth[flip, column] = self._reckoned(i, tempting.targets)
        target = np.zeros(worth.shape, np.int64)
        target[flip, column] = tempting.targets
        flip, column = np.nonzero((worth > self.rank(i, places)) & (worth > most_of_parts(worth)))
        return Moves(places[column], target[flip, column])

    def _reckoned(self, i: int, places: Indices) -> Ints:
        """(M,): what a move of party i to some places comes to, all of which it has looked into."""
        known, values = self._known[i]
        return values[np.searchsorted(known, places)]

    def _learn(self, i: int, places: Indices) -> None:
        """Look into what a move of party i to some places comes to."""
        known, values = self._known[i]
        asked = distinct(places)
        new = asked[missing(known, asked)]
        if len(new):
            least = np.minimum(self.rank(i, new), self._least(i, new)).astype(np.int32)
            known, values = np.concatenate([known, new]), np.concatenate([values, least])
            order = np.argsort(known)
            self._known[i] = known[order], values[order]

    def _least(self, i: int, at: Indices) -> Ints:
        """(M,): the least that the others can make of some places by purposeful moves."""
        variant, state = np.divmod(at, self.size)
        wish, alike = self._wants[i][variant], self._alike(i)[variant] * self.size + state
        several = np.flatnonzero(np.bincount(wish)).tolist()
        found = np.zeros(len(at), np.int32)
        # Where they go hangs on what they want alone: it is asked once for all that i may want, unless that is of
        # other places each time.
        together = len(distinct(alike)) * len(several) <= _MORE * len(at)
        for wishes in [several] if together else [[w] for w in several]:
            asked = np.isin(wish, wishes)
            ways = self._ways(i, distinct(alike[asked]))
            for w in wishes:
                here = np.flatnonzero(wish == w)
                rank = self._ranks[i][w, ways.places % self.size].astype(np.int32)
                least = least_along([each.least for each in ways.arcs], rank, self._watch)
                found[here] = least[np.searchsorted(ways.places, alike[here])]
        return found

    def _alike(self, i: int) -> Indices:
        """(V,): for each variant the first one in which all but party i want the same."""
        if i not in self._first:
            others = np.delete(self._wants, i, axis=0).T
            _, first, of = np.unique(others, axis=0, return_index=True, return_inverse=True)
            self._first[i] = first[of.ravel()].astype(np.int64)
        return self._first[i]

    def _ways(self, i: int, at: Indices) -> _Ways:
        """Return where all but party i lead from some places by purposeful moves."""
        others = [j for j in self.parties if j != i]
        reached, moves = spread(lambda frontier: [self.plain(j, frontier) for j in others], at)
        places = np.sort(reached)
        arcs = [
            Arcs.between(np.searchsorted(places, each.sources), np.searchsorted(places, each.targets), len(places))
            for each in moves
        ]
        return _Ways(places, arcs)
