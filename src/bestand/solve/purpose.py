"""What parties do on purpose under a concept: they take the precautions that they need, and give nothing away.

A move is purposeful under a concept iff it is so for v = min(r, w), where w is what a move risks under the concept: the
answers that the party reckons with. A state is stable for a party iff the party has no such move there.

Source: `bestand.engine.flips`; a definition of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from bestand.engine.arcs import Arcs, least_along
from bestand.engine.explicit import Bools, ExplicitEngine, Ints
from bestand.engine.flips import Flips, Indices, Moves, PurposefulMoves
from bestand.engine.limits import Watch
from bestand.engine.states import distinct, missing
from bestand.stability.concept import Rounds, after_answer, risk

PURPOSEFUL = "purposeful"  # in the rounds of a concept


class Purpose:
    """What every party does on purpose, at the states that are asked about.

    Parameters
    ----------
    engine : ExplicitEngine
    rounds : tuple of str
        Of a concept: what a party reckons with before it moves.
    watch : Watch, optional
    movers : iterable of int, optional
        Whose answers are reckoned with; everybody's unless told.

    Notes
    -----
    Where the answers are purposeful, only the states are looked at that they lead to from where somebody could gain.
    """

    def __init__(
        self,
        engine: ExplicitEngine,
        rounds: Rounds,
        watch: Watch | None = None,
        movers: Iterable[int] | None = None,
    ) -> None:
        self.engine = engine
        self.rounds = rounds
        self.space = engine.space
        self.parties = range(len(engine.parties))
        self._watch = watch or Watch()
        self._movers = frozenset(self.parties if movers is None else movers)
        self._flips = [Flips(self.space.states, moves, self._watch) for moves in self.space.moves]
        self._plain = [PurposefulMoves(self.space, i, self._watch) for i in self.parties]
        self._rank = [engine.over_states(engine.rank(i)) for i in self.parties]
        self._values: dict[int, Ints] = {}
        self._known: dict[int, Bools] = {}
        self._after: dict[int, Ints] = {}
        self._gaining: dict[int, Bools] = {}
        self._tempted: dict[int, Bools] = {}

    def among(self, movers: Iterable[int]) -> Purpose:
        """Return the same where only some parties are reckoned with."""
        return self._sharing(Purpose(self.engine, self.rounds, self._watch, movers))

    def under(self, rounds: Rounds) -> Purpose:
        """Return the same under another concept."""
        return self._sharing(Purpose(self.engine, rounds, self._watch, self._movers))

    def _sharing(self, other: Purpose) -> Purpose:
        """Return another purpose with the moves that are known here whatever others would answer."""
        other._plain, other._gaining = self._plain, self._gaining
        return other

    def moves(self, i: int, at: Indices) -> Moves:
        """Return the moves of party i from some states that are purposeful under the concept."""
        if not self.rounds:
            return self.plain(i, at)
        at = at[self._gains(i)[at]]
        if self.rounds[0] == PURPOSEFUL:
            return self._flips[i].purposeful(at, self._reckoned(i, at), self._rank[i])
        if i not in self._tempted:
            self._values[i] = np.minimum(self._rank[i], self._risk(i))
            self._tempted[i] = self._bettering(i, self._values[i])
        return self._flips[i].purposeful(at[self._tempted[i][at]], self._values[i], self._rank[i])

    def plain(self, i: int, at: Indices) -> Moves:
        """Return the moves of party i from some states that are purposeful, whatever others would answer."""
        return self._plain[i].moves(at[self._gains(i)[at]])

    def _gains(self, i: int) -> Bools:
        """(S,): from where party i could gain, if nobody answered: elsewhere it has no reason to move at all."""
        if i not in self._gaining:
            self._gaining[i] = self._bettering(i, self._rank[i])
        return self._gaining[i]

    def _bettering(self, i: int, value: Ints) -> Bools:
        """(S,): from where a move of party i leads to a value above what it has."""
        best = self.engine.best(i, self.engine.from_states(value))
        return ~self.engine.over_states(self.engine.at_most(best, self.engine.rank(i)))

    def legal(self, i: int, at: Indices) -> Moves:
        """Return all moves of party i from some states."""
        return self._flips[i].legal(at)

    def _reckoned(self, i: int, at: Indices) -> Ints:
        """(S,): what a move of party i comes to, right wherever a move from these states could gain."""
        rank = self._rank[i]
        if i not in self._values:
            self._values[i], self._known[i] = rank.astype(np.int32), np.zeros(self.space.size, bool)
            self._after[i] = self.engine.over_states(after_answer(self.engine, i, self.rounds[1:], self._others(i)))
        asked = distinct(self._flips[i].improving(at, rank).targets)
        asked = asked[~self._known[i][asked]]
        if len(asked):
            self._values[i][asked] = np.minimum(rank[asked], self._least(i, asked))
            self._known[i][asked] = True
        return self._values[i]

    def _others(self, i: int) -> tuple[int, ...]:
        return tuple(j for j in self.parties if j != i and j in self._movers)

    def _risk(self, i: int) -> Ints:
        """(S,): what a move of party i to each state risks."""
        return self.engine.over_states(risk(self.engine, i, self.rounds, self._others(i)))

    def _least(self, i: int, at: Indices) -> Ints:
        """(M,): the least that the others can make of some states by purposeful moves, as party i sees it after."""
        others = self._others(i)
        states, moves = spread(lambda frontier: [self._plain[j].moves(frontier) for j in others], at)
        place = np.full(self.space.size, -1, np.intp)
        place[states] = np.arange(len(states))
        arcs = tuple(Arcs.between(place[each.sources], place[each.targets], len(states)) for each in moves)
        return least_along(arcs, self._after[i][states], self._watch)[place[at]]


def spread(onward: Callable[[Indices], list[Moves]], at: Indices) -> tuple[Indices, list[Moves]]:
    """Return all states that moves lead to from some, these included, and the moves, one entry for each party.

    ``onward`` gives, for some states, the moves of every party from there.
    """
    frontier = states = distinct(at)
    order, steps = [frontier], [onward(frontier)]
    while len(frontier):
        reached = distinct(joined(steps[-1]).targets)
        frontier = reached[missing(states, reached)]
        states = distinct(np.concatenate([states, frontier]))
        order.append(frontier)
        steps.append(onward(frontier))
    return np.concatenate(order), [joined(moves) for moves in zip(*steps, strict=True)]


def joined(moves: Sequence[Moves]) -> Moves:
    """Return several lists of moves as one."""
    nothing = np.zeros(0, np.intp)
    return Moves(
        np.concatenate([nothing, *(each.sources for each in moves)]),
        np.concatenate([nothing, *(each.targets for each in moves)]),
    )
