"""How many strict rankings of one party make a state an equilibrium, the other parties as they are: exactly.

Whether the state s is stable for the party itself depends only on *which* states it puts below s: what lies above s is
an improvement, what does not is a sanction, and what the others would do does not depend on the party's own order. So
the sets L that will do are looked for, of the states that matter, and each of them stands for |L|!·(r − |L|)! orders
of the r that do.

Under SEQ and SSEQ the party may also take part in the answers that keep *another* party from moving, and then its whole
order matters: its improvements are what makes an answer credible. There the states are placed one after the other,
from the worst to the best, and two beginnings are counted together when the same states are placed and the same
answers have become credible.

Source: the inverse problem of Kinsara, Kilgour & Hipel (2015), who go through all rankings. The count over sets is
ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import factorial

import numpy as np

from bestand.answer.setting import Setting, names
from bestand.engine.limits import Watch
from bestand.model.errors import CallError, LimitReached, TooManyStates
from bestand.model.values import FrozenMap
from bestand.solve.positions import find_party, find_state
from bestand.solve.solution import Solution
from bestand.stability.concept import Rounds
from bestand.stability.registry import EVERY, chosen

from .answer import Count, RankingCounts
from .board import Board, any_move, check_served

_MOST_STATES = 1000  # whose rankings are counted: what is beyond has more digits than anybody reads
_MOST_SETS = 24  # states that matter and may lie on either side, of which every set is looked at
_MOST_BEGINNINGS = 2_000_000  # counted side by side
_CHUNK = 2**20

Alternatives = tuple[frozenset[int], ...]  # sets of states; one of them has to be below s
Arc = tuple[int, int]  # a move, from and to


def count_rankings(
    setting: Setting, state: str | int | None, party: str | None, concepts: Iterable[str] | None = None
) -> RankingCounts:
    """Count, under each concept, the strict rankings of a party that make a state an equilibrium; return the answer.

    Where a limit is reached, or too many states matter under a concept, the other counts are given. Where there is
    none, the limit is raised.
    """
    if state is None or party is None or len(names(party)) != 1:
        raise CallError("--count needs one --state and one --party: whose rankings make which state an equilibrium")
    asked, watch = chosen(concepts), setting.watch
    i = find_party(setting.under, names(party)[0])
    solution = Solution(setting.under, watch=watch)
    at = find_state(solution.space, state)
    counts: dict[str, Count] = {}
    limits: list[LimitReached] = []
    for concept in asked:
        try:
            counts[concept] = count_for(solution, at, i, concept, watch)
        except LimitReached as error:
            limits.append(error)
    if not counts:
        raise limits[0]
    mask, id = int(solution.space.states[at]), solution.model.parties[i].id
    stopped = limits[0].stop if limits else None
    return RankingCounts(solution.model, mask, id, FrozenMap(counts), setting.readings, stopped)


def count_for(solution: Solution, state: int, party: int, concept: str, watch: Watch | None = None) -> Count:
    """Count the strict rankings of a party that make a state an equilibrium.

    Parameters
    ----------
    solution : Solution
    state : int
        A state index.
    party : int
        The party whose ranking is open; that it has in the model is not looked at.
    concept : str
    watch : Watch, optional

    Returns
    -------
    Count

    Raises
    ------
    CallError
        For a concept under which they cannot be counted (`bestand.questions.settle.board.served`).
    TooManyStates
        Beyond 1,000 states, when more than 24 of them matter, or when more than two million beginnings differ.

    Notes
    -----
    O(2ʳ · moves) for r states that matter, of which 24 at most; under SEQ and SSEQ with several kinds of answers up to
    O(2ʳ · r · sets of credible answers).
    """
    check_served(concept, "rankings cannot be counted")
    if solution.space.size > _MOST_STATES:
        raise TooManyStates(f"{solution.space.size:,} feasible states; rankings of up to {_MOST_STATES:,} are counted")
    board, watch = Board(solution.space), watch or Watch()
    rounds = EVERY[concept].rounds
    credible, counters = "credible" in rounds, len(rounds) > 1
    every = factorial(board.size)
    open_moves: list[_Answers] = []
    refused: list[str] = []
    for other in board.parties:
        if other == party:
            continue
        if not credible:
            if not solution.verdict(concept, other)[state]:
                refused.append(solution.engine.parties[other])
            continue
        needed = _answers_needed(board, state, other, party, counters=counters)
        if needed is None:
            refused.append(solution.engine.parties[other])
        else:
            open_moves += needed
    if refused:
        return Count(0, every, tuple(refused))
    own = _own(board, state, party, rounds)
    matters = {x for each in own for of in each for x in of}
    if not open_moves:
        return Count(every // factorial(len(matters) + 1) * _sets(own, sorted(matters), watch), every)
    matters |= {state} | {x for each in open_moves for arc in each.arcs for x in arc}
    orders = _Orders(own, tuple(open_moves), sorted(matters), state, watch).count()
    return Count(every // factorial(len(matters)) * orders, every)


def _own(board: Board, state: int, party: int, rounds: Rounds) -> list[Alternatives]:
    """For every move of the party from the state: what would have to be no better than the state."""
    needed = []
    for move in board.targets(party, state):
        ways = {frozenset([move])}
        if rounds:
            for end in board.replies(party, move, board.today if rounds[0] == "credible" else any_move):
                after = board.targets(party, end) if len(rounds) > 1 else ()
                ways.add(frozenset([end, *after]) - {state})
        if frozenset() not in ways:
            needed.append(tuple(way for way in ways if not any(less < way for less in ways)))
    return needed


def _answers_needed(board: Board, state: int, other: int, party: int, *, counters: bool) -> list[_Answers] | None:
    """The moves of another party that only answers with the party's help can sanction; None where nothing can."""
    rank = board.ranks[other]
    needed = []
    for move in board.targets(other, state):
        if rank[move] <= rank[state]:
            continue
        answers = _Answers(board, state, other, move, party, counters=counters)
        if not answers.good:
            return None
        if not answers.by(frozenset()):
            needed.append(answers)
    return needed


class _Answers:
    """The answers to a move of ``other`` in which ``party`` takes part by improvements that are not known yet.

    ``arcs`` are the moves of the party that an answer may use, ``good`` the ends that leave ``other`` no better off.
    """

    def __init__(self, board: Board, state: int, other: int, move: int, party: int, *, counters: bool) -> None:
        self.board, self.other, self.move, self.party = board, other, move, party
        rank = board.ranks[other]
        arcs: set[Arc] = set()

        def noted(j: int, origin: int, target: int) -> bool:
            if j != party:
                return board.today(j, origin, target)
            arcs.add((origin, target))
            return True

        ends = board.replies(other, move, noted)
        self.arcs = tuple(sorted(arcs))
        self.good = {
            end
            for end in ends
            if rank[end] <= rank[state]
            and not (counters and any(rank[after] > rank[state] for after in board.targets(other, end)))
        }
        self._known: dict[frozenset[Arc], bool] = {}

    def by(self, arcs: frozenset[Arc]) -> bool:
        """Return whether these improvements of the party make an answer possible that keeps ``other`` from moving."""
        if arcs not in self._known:
            board, party = self.board, self.party

            def improves(j: int, origin: int, target: int) -> bool:
                return (origin, target) in arcs if j == party else board.today(j, origin, target)

            self._known[arcs] = not self.good.isdisjoint(board.replies(self.other, self.move, improves))
        return self._known[arcs]


def _sets(own: list[Alternatives], matters: list[int], watch: Watch) -> int:
    """The orders of the states that matter, and of s among them, in which the set below s will do."""
    forced = {x for ways in own if len(ways) == 1 for x in ways[0]}  # below s in any case
    either = [x for x in matters if x not in forced]
    count = len(either)
    if count > _MOST_SETS:
        raise TooManyStates(f"{count} states matter to this count, which looks at all sets of up to {_MOST_SETS}")
    place = {x: k for k, x in enumerate(either)}
    needed = [np.array([sum(1 << place[x] for x in way - forced) for way in ways], np.uint32) for ways in own]
    found = np.zeros(count + 1, np.int64)
    watch.phase("looking at sets of states", (1 << count) // _CHUNK + 1)
    for first in range(0, 1 << count, _CHUNK):
        below = np.arange(first, min(first + _CHUNK, 1 << count), dtype=np.uint32)
        for ways in needed:
            below = below[np.logical_or.reduce([below & way == way for way in ways])]
        found += np.bincount(np.bitwise_count(below), minlength=count + 1)
        watch.step()
    return sum(int(n) * factorial(k + len(forced)) * factorial(count - k) for k, n in enumerate(found))


class _Orders:
    """Counts the orders of some states, placed from the worst to the best, in which everything needed comes true."""

    def __init__(
        self, own: list[Alternatives], moves: tuple[_Answers, ...], matters: list[int], state: int, watch: Watch
    ) -> None:
        self.place = {x: k for k, x in enumerate(matters)}
        self.count_of = len(matters)
        self.state = self.place[state]
        self.needed = [[self._set(way) for way in ways] for ways in own]
        self.moves = moves
        self.watch = watch
        self.arcs_to: dict[int, list[Arc]] = defaultdict(list)
        for arc in sorted({arc for each in moves for arc in each.arcs}):
            self.arcs_to[self.place[arc[1]]].append(arc)

    def count(self) -> int:
        """The number of orders."""
        layer = {(0, frozenset[Arc](), tuple(range(len(self.moves)))): 1}
        total = 0
        self.watch.phase("placing states from the worst to the best", self.count_of)
        for placed in range(self.count_of):
            following: dict[tuple[int, frozenset[Arc], tuple[int, ...]], int] = defaultdict(int)
            for (below, arcs, waiting), ways in layer.items():
                self.watch.check()
                for y in range(self.count_of):
                    key = None if below >> y & 1 else self._placed(below, arcs, waiting, y)
                    if key is None:
                        continue
                    if key[0] >> self.state & 1 and not key[2]:  # all is settled: the rest in any order
                        total += ways * factorial(self.count_of - placed - 1)
                    else:
                        following[key] += ways
            if len(following) > _MOST_BEGINNINGS:
                raise TooManyStates(
                    f"{self.count_of} states matter to this count, and more than {_MOST_BEGINNINGS:,} beginnings differ"
                )
            layer = following
            self.watch.step()
        return total

    def _placed(
        self, below: int, arcs: frozenset[Arc], waiting: tuple[int, ...], y: int
    ) -> tuple[int, frozenset[Arc], tuple[int, ...]] | None:
        """Return what is known once state y stands above those below; None where it can come to nothing."""
        if y == self.state and not all(any(way & ~below == 0 for way in ways) for ways in self.needed):
            return None
        gained = [arc for arc in self.arcs_to[y] if below >> self.place[arc[0]] & 1]
        below |= 1 << y
        if gained:
            arcs = arcs | frozenset(gained)
        still: list[int] = []
        for n in waiting:
            move = self.moves[n]
            if gained and move.by(arcs & frozenset(move.arcs)):
                continue
            if not move.by(frozenset(arc for arc in move.arcs if arc in arcs or not below >> self.place[arc[1]] & 1)):
                return None
            still.append(n)
        if len(still) < len(waiting):  # what only the settled ones asked about makes no difference any more
            arcs = arcs & frozenset(arc for n in still for arc in self.moves[n].arcs)
        return below, arcs, tuple(still)

    def _set(self, states: Iterable[int]) -> int:
        return sum(1 << self.place[x] for x in states)
