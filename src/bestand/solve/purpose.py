"""What parties do on purpose under a concept: they take the precautions that they need, and give nothing away.

A move is purposeful under a concept iff it is so for v = min(r, w), where w is what a move risks under the concept: the
answers that the party reckons with. A state is stable for a party iff the party has no such move there.

Source: `bestand.engine.flips`; a definition of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

import numpy as np

from bestand.engine.arcs import Arcs, least_along
from bestand.engine.explicit import Bools, ExplicitEngine, Ints, narrowed
from bestand.engine.flips import Flips, Indices, Moves, PurposefulMoves
from bestand.engine.limits import Watch
from bestand.engine.states import distinct, missing
from bestand.stability.concept import Rounds, after_answer, risk

PURPOSEFUL = "purposeful"  # in the rounds of a concept
_FEW = 64  # of all states, below one in so many of which it is not worked out from where of all there is reason to move
_LAID_OUT = ("arcs",)  # engines that lay out every move for that: it is not worked out unless all are asked about


class OwnMoves:
    """What one party would do on purpose if nobody answered: it hangs on its own wishes alone.

    Parameters
    ----------
    engine : ExplicitEngine
        Of the states and moves.
    i : int
        The party.
    watch : Watch, optional
    rank : (S,) int, optional
        What the party thinks of the states; what the engine says unless given.
    """

    def __init__(self, engine: ExplicitEngine, i: int, watch: Watch | None = None, rank: Ints | None = None) -> None:
        space = engine.space
        self.flips = Flips(space.states, space.moves[i], watch)
        self.rank: Ints = narrowed(space.ranks[i] if rank is None else rank)
        self._engine, self._i, self._gains = engine, i, cast("Bools | None", None)
        self._purposeful = PurposefulMoves(space, i, watch, self.rank)

    @property
    def nbytes(self) -> int:
        """Return about how many bytes this takes."""
        return self.rank.nbytes + len(self.rank) + self._purposeful.nbytes

    def tempted(self, at: Indices) -> Indices:
        """Return of many states those from which the party has reason to move at all; few are better just looked at."""
        if self._gains is None:
            if len(at) * (1 if self._engine.name in _LAID_OUT else _FEW) < len(self.rank):
                return at
            value = self._engine.from_states(self.rank)
            self._gains = self._engine.over_states(self._engine.best(self._i, value)) > self.rank
        return at[self._gains[at]]

    def moves(self, at: Indices) -> Moves:
        """Return its purposeful moves from some states."""
        return self._purposeful.moves(self.tempted(at))

    def onward(self, at: Indices) -> tuple[Indices, Indices]:
        """Return its purposeful moves from some states, each perhaps named more than once: which, and where to."""
        return self._purposeful.onward(at)


def _back(came: Mapping[tuple[int, int], tuple[int, int] | None], end: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the moves that led to an end, each as who made it and where to."""
    steps: list[tuple[int, int]] = []
    at: tuple[int, int] = end
    while (before := came[at]) is not None:
        steps.append((at[1], at[0]))
        at = before
    return steps[::-1]


def bettering(engine: ExplicitEngine, i: int, value: Ints) -> Bools:
    """(S,): from where a move of party i leads to a value above what it has."""
    best = engine.best(i, engine.from_states(value))
    return ~engine.over_states(engine.at_most(best, engine.rank(i)))


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
    own : sequence of OwnMoves, optional
        What each party would do if nobody answered, where somebody knows it.

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
        own: Sequence[OwnMoves] | None = None,
    ) -> None:
        self.engine = engine
        self.rounds = rounds
        self.space = engine.space
        self.parties = range(len(engine.parties))
        self.watch = self._watch = watch or Watch()
        self._movers = frozenset(self.parties if movers is None else movers)
        self._own = own or [OwnMoves(engine, i, self._watch) for i in self.parties]
        self._rank = [each.rank for each in self._own]
        self._values: dict[int, Ints] = {}
        self._known: dict[int, Bools] = {}
        self._after: dict[int, Ints] = {}
        self._tempted: dict[int, Bools] = {}

    def among(self, movers: Iterable[int]) -> Purpose:
        """Return the same where only some parties are reckoned with."""
        return Purpose(self.engine, self.rounds, self._watch, movers, self._own)

    def under(self, rounds: Rounds) -> Purpose:
        """Return the same under another concept."""
        return Purpose(self.engine, rounds, self._watch, self._movers, self._own)

    def moves(self, i: int, at: Indices) -> Moves:
        """Return the moves of party i from some states that are purposeful under the concept."""
        if not self.rounds:
            return self.plain(i, at)
        own = self._own[i]
        at = own.tempted(at)
        if self.rounds[0] == PURPOSEFUL:
            return own.flips.purposeful(at, self._reckoned(i, at), own.rank)
        if i not in self._tempted:
            self.worth(i, at)
            self._tempted[i] = bettering(self.engine, i, self._values[i])
        return own.flips.purposeful(at[self._tempted[i][at]], self._values[i], own.rank)

    def plain(self, i: int, at: Indices) -> Moves:
        """Return the moves of party i from some states that are purposeful, whatever others would answer."""
        return self._own[i].moves(at)

    def still(self, states: Bools, parties: Iterable[int] | None = None) -> Bools:
        """(S,): of some states those where nobody has a purposeful move under the concept; no others are looked at.

        With ``parties`` only these are asked.
        """
        found = states.copy()
        for i in self.parties if parties is None else parties:
            found[self.moves(i, np.flatnonzero(found)).sources] = False
        return found

    def legal(self, i: int, at: Indices) -> Moves:
        """Return all moves of party i from some states."""
        return self._own[i].flips.legal(at)

    def worth(self, i: int, at: Indices) -> Ints:
        """(M,): what some states are worth to party i where a move of its own leads there: v = min(r, w)."""
        if not self.rounds:
            return self._rank[i][at]
        if self.rounds[0] == PURPOSEFUL:
            return self._learnt(i, at)[at]
        if i not in self._values:
            self._values[i] = np.minimum(self._rank[i], self._risk(i))
        return self._values[i][at]

    def rank(self, i: int) -> Ints:
        """(S,): what party i thinks of the states; only the order means anything."""
        return self._rank[i]

    def deterrent(self, i: int, source: int, target: int) -> tuple[tuple[int, int], ...]:
        """Return the shortest answers to a move of party i that leave it no better off than it was; none where none do.

        Each is a party and the state index that it moves to; nobody moves twice in a row.
        """
        after = self.engine.over_states(after_answer(self.engine, i, self.rounds[1:], self._others(i)))
        came: dict[tuple[int, int], tuple[int, int] | None] = {(target, i): None}
        for state, last in (waiting := [*came]):  # grows while it is gone through
            if last != i and after[state] <= self._rank[i][source]:
                return tuple(_back(came, (state, last)))
            for j in self._others(i):
                for further in () if j == last else self._answers(j, state):
                    if (further, j) not in came:
                        came[further, j] = state, last
                        waiting.append((further, j))
        return ()

    def _answers(self, j: int, state: int) -> list[int]:
        """Return where party j may answer to from a state."""
        at, own = np.array([state], np.intp), self._own[j]
        match self.rounds[:1]:
            case ("purposeful",):
                moves = own.moves(at)
            case ("any",):
                moves = own.flips.legal(at)
            case _:
                moves = own.flips.improving(at, own.rank)
        return moves.targets.tolist()

    def _reckoned(self, i: int, at: Indices) -> Ints:
        """(S,): what a move of party i comes to, right wherever a move from these states could gain."""
        return self._learnt(i, self._own[i].flips.improving(at, self._rank[i]).targets)

    def _learnt(self, i: int, targets: Indices) -> Ints:
        """(S,): what a move of party i comes to, right at some states and at those that were asked for before."""
        rank = self._rank[i]
        if i not in self._values:
            self._values[i], self._known[i] = rank.astype(np.int32), np.zeros(self.space.size, bool)
            self._after[i] = self.engine.over_states(after_answer(self.engine, i, self.rounds[1:], self._others(i)))
        asked = distinct(targets)
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
        states, moves = spread(lambda frontier: [self._own[j].moves(frontier) for j in others], at)
        place = np.full(self.space.size, -1, np.intp)
        place[states] = np.arange(len(states))
        arcs = [Arcs.between(place[each.sources], place[each.targets], len(states)) for each in moves]
        return least_along([each.least for each in arcs], self._after[i][states], self._watch)[place[at]]


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
