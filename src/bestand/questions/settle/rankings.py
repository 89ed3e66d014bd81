"""The fewest swaps in explicit rankings that make a wanted state an equilibrium: weighted MaxSAT over the orders.

The size of a change is the number of pairs of states that a party ranks otherwise than today. Between strict rankings
that is the fewest swaps of neighbours that lead from one to the other (Kendall's tau). A pair that is tied today may
be parted, at the cost of one; a pair that is not tied stays so: whatever a new tie would achieve, ranking the wanted
state above the other achieves too, at the same cost.

What makes a state stable is a formula over such pairs (Kinsara, Kilgour & Hipel 2015). Under SEQ and SSEQ it runs
through everybody's improvements and would be long, so it is asked for bit by bit: the solver proposes the cheapest
orders, the forward engine looks at them, and for every move that is left open one clause says what could close it. A
clause holds for every order in which the state is stable, so what is accepted first is the smallest there is. The
solver is RC2 (Ignatiev, Morgado & Marques-Silva 2019).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, permutations
from threading import Timer
from typing import Any

from bestand.engine.limits import Watch
from bestand.engine.space import Space
from bestand.model.errors import MissingExtra, TooManyStates
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Ranking
from bestand.solve.solution import Solution
from bestand.stability.registry import EVERY

from .answer import Reranked
from .board import Board, any_move, check_served

MOST_RANKED = 60  # states: the solver is told of every three of them that an order is transitive
_A_MOMENT = 0.01  # seconds after the limit, so that the watch sees it too

Clause = list[int]


def ranked_by_hand(model: Model) -> tuple[int, ...]:
    """The parties that have an explicit ranking."""
    return tuple(i for i, party in enumerate(model.parties) if isinstance(model.preferences.get(party.id), Ranking))


def with_rankings(model: Model, new: Iterable[Reranked]) -> Model:
    """The model with some rankings replaced."""
    preferences = {**model.preferences, **{each.party: Ranking(each.groups) for each in new}}
    return dataclasses.replace(model, preferences=FrozenMap(preferences))


def fewest_swaps(
    space: Space, wanted: Sequence[int], concept: str, parties: Sequence[int], watch: Watch | None = None
) -> Iterator[tuple[Reranked, ...]]:
    """New rankings that make one of the wanted states an equilibrium, those with the fewest swaps first.

    Parameters
    ----------
    space : Space
    wanted : sequence of int
        State indices.
    concept : str
    parties : sequence of int
        Whose rankings may change; the others keep theirs.
    watch : Watch, optional

    Yields
    ------
    tuple of Reranked
        Of the parties whose ranking changes. No later one contains the swaps of an earlier one.

    Raises
    ------
    CallError
        For a concept under which they cannot be looked for (`bestand.questions.settle.board.served`).
    MissingExtra
        Where python-sat is not installed.
    TooManyStates
        Beyond 60 states.

    Notes
    -----
    O(parties · S³) clauses, and as many rounds of the solver as moves have to be closed. MaxSAT is NP-hard; the order
    of one party of a few dozen states takes seconds.
    """
    check_served(concept, "swaps cannot be looked for")
    if space.size > MOST_RANKED:
        raise TooManyStates(f"explicit rankings of {space.size} states; swaps are looked for among {MOST_RANKED}")
    search = _Search(space, wanted, concept, parties, watch or Watch())
    while True:
        found = search.next()
        if found is None:
            return
        yield found


class _Literals:
    """A literal for "the party ranks x at least as high as y", for the parties whose order is open."""

    def __init__(self, board: Board, parties: Sequence[int]) -> None:
        self.board = board
        self.top = 0
        self.of: dict[tuple[int, int, int], int] = {}
        for i in parties:
            rank = board.ranks[i]
            for x, y in combinations(range(board.size), 2):
                self.of[i, x, y] = self.new()
                self.of[i, y, x] = self.new() if rank[x] == rank[y] else -self.of[i, x, y]

    def new(self) -> int:
        """A variable of its own."""
        self.top += 1
        return self.top

    def clauses(self, parties: Sequence[int]) -> Iterator[Clause]:
        """Yield what makes the literals an order: complete and transitive."""
        for i in parties:
            rank = self.board.ranks[i]
            for x, y in combinations(range(self.board.size), 2):
                if rank[x] == rank[y]:
                    yield [self.of[i, x, y], self.of[i, y, x]]
            for x, y, z in permutations(range(self.board.size), 3):
                yield [-self.of[i, x, y], -self.of[i, y, z], self.of[i, x, z]]

    def today(self, parties: Sequence[int]) -> Iterator[int]:
        """The literals that are true today; each that is not costs one."""
        for i in parties:
            rank = self.board.ranks[i]
            for x, y in combinations(range(self.board.size), 2):
                if rank[x] >= rank[y]:
                    yield self.of[i, x, y]
                if rank[y] >= rank[x]:  # of states that are not tied this is the other literal negated
                    yield self.of[i, y, x]


class _Search:
    """The solver, and what it has been told so far."""

    def __init__(self, space: Space, wanted: Sequence[int], concept: str, parties: Sequence[int], watch: Watch) -> None:
        self.space, self.board, self.watch = space, Board(space), watch
        self.concept, self.rounds = concept, EVERY[concept].rounds
        self.parties = tuple(parties)
        self.literals = _Literals(self.board, self.parties)
        self.chosen = {s: self.literals.new() for s in wanted}  # by state: that it is the one made stable
        self.standing: dict[tuple[int, int, int], int] = {}

    @cached_property
    def solver(self) -> Any:
        try:
            from pysat.examples.rc2 import RC2
            from pysat.formula import WCNF
        except ImportError as error:
            raise MissingExtra("settlements in explicit rankings need python-sat", "settle") from error
        told = WCNF()
        for clause in self.literals.clauses(self.parties):
            told.append(clause)
        told.append(list(self.chosen.values()))
        for literal in self.literals.today(self.parties):
            told.append([literal], weight=1)
        return RC2(told, solver="g3")

    def next(self) -> tuple[Reranked, ...] | None:
        """The next smallest answer; None where there is none."""
        while True:
            self.watch.step()
            found = self._cheapest()
            if found is None:
                return None
            true = set(found)
            state = next(s for s, literal in self.chosen.items() if literal in true)
            ranks = self._ranks(true)
            clauses = list(self._open(state, ranks))
            for clause in clauses:
                self.solver.add_clause([-self.chosen[state], *clause])
            if not clauses:
                answer = tuple(self._reranked(true, ranks))
                self.solver.add_clause([-literal for literal in self._turned(true)])
                return answer

    def _cheapest(self) -> list[int] | None:
        """Return what the solver thinks the cheapest; where time runs out, it is interrupted."""
        seconds = self.watch.limits.seconds
        if seconds is None:
            return self.solver.compute()
        timer = Timer(max(seconds - self.watch.seconds, 0) + _A_MOMENT, self.solver.interrupt)
        timer.daemon = True
        timer.start()
        try:
            found = self.solver.compute(expect_interrupt=True)
        finally:
            timer.cancel()
        self.watch.check()
        return found

    def _ranks(self, true: set[int]) -> list[list[int]]:
        """Everybody's ranks: of an open order, how many states each is at least as good as."""
        ranks = [*self.board.ranks]
        for i in self.parties:
            states = range(self.board.size)
            ranks[i] = [sum(self.literals.of[i, x, y] in true for y in states if y != x) for x in states]
        return ranks

    def _turned(self, true: set[int]) -> list[int]:
        """The literals that are true and were not today."""
        return [-literal for literal in self.literals.today(self.parties) if literal not in true]

    def _reranked(self, true: set[int], ranks: list[list[int]]) -> Iterator[Reranked]:
        bits = [self.space.model.bits(int(mask)) for mask in self.space.states]
        for i in self.parties:
            before, after = self.board.ranks[i], ranks[i]
            turned = tuple(
                (bits[x], bits[y])
                for x, y in permutations(range(self.board.size), 2)
                if after[x] > after[y] and before[x] <= before[y]
            )
            if turned:
                order = sorted(set(after), reverse=True)
                groups = tuple(tuple(bits[x] for x in range(self.board.size) if after[x] == level) for level in order)
                yield Reranked(self.space.model.parties[i].id, groups, turned)

    def _open(self, state: int, ranks: list[list[int]]) -> Iterator[Clause]:
        """For every move that is left open at the state, what would close it; nothing where it is an equilibrium."""
        solution = Solution(self._model(ranks))
        for i in self.board.parties:
            if solution.verdict(self.concept, i)[state]:
                continue
            for move in self.board.targets(i, state):
                if ranks[i][move] > ranks[i][state]:
                    clause = self._closing(state, i, move, ranks)
                    if clause is not None:
                        yield clause

    def _model(self, ranks: list[list[int]]) -> Model:
        bits = [self.space.model.bits(int(mask)) for mask in self.space.states]
        new = []
        for i in self.parties:
            order = sorted(set(ranks[i]), reverse=True)
            groups = tuple(tuple(bits[x] for x, rank in enumerate(ranks[i]) if rank == level) for level in order)
            new.append(Reranked(self.space.model.parties[i].id, groups, ()))
        return with_rankings(self.space.model, new)

    def _closing(self, state: int, i: int, move: int, ranks: list[list[int]]) -> Clause | None:
        """Return what would keep party i from a move; None where something does."""
        clause = self._at_least(i, state, move)
        if not self.rounds:
            return clause

        def improves(j: int, x: int, y: int) -> bool:
            return ranks[j][y] > ranks[j][x]

        credible = self.rounds[0] == "credible"
        ends = self.board.replies(i, move, improves if credible else any_move)
        for end in ends:
            after = {end, *(self.board.targets(i, end) if len(self.rounds) > 1 else ())} - {state}
            if all(ranks[i][x] <= ranks[i][state] for x in after):
                return None
            clause += self._stands(i, state, end, after)
        if credible:  # any longer answer begins with a move from here that is no improvement as things stand
            for x in {move, *ends}:
                for j in self.board.parties:
                    if j != i and j in self.parties:
                        clause += [
                            -self.literals.of[j, x, y] for y in self.board.targets(j, x) if not improves(j, x, y)
                        ]
        return clause

    def _at_least(self, i: int, x: int, y: int) -> Clause:
        """That party i ranks x at least as high as y, if it can."""
        return [self.literals.of[i, x, y]] if i in self.parties else []

    def _stands(self, i: int, state: int, end: int, after: set[int]) -> Clause:
        """That an answer leaves party i no better off, whatever it does then, if that can be."""
        if i not in self.parties:
            return []
        if len(after) == 1:
            return self._at_least(i, state, *after)
        if (i, state, end) not in self.standing:
            stands = self.standing[i, state, end] = self.literals.new()
            for x in after:
                self.solver.add_clause([-stands, self.literals.of[i, state, x]])
        return [self.standing[i, state, end]]
