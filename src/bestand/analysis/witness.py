"""Why a state is stable for a party, or is not: the improvements it has, and the answer to each.

A witness can be checked by hand. "Unstable" shows one improvement that nothing answers; "stable" shows for every
improvement a shortest legal sequence of the others that takes the gain away, or that there is no improvement at all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bestand.stability.concept import held
from bestand.stability.registry import EVERY

from .evolution import Step
from .solution import Solution

MOST_ANSWERS = 200  # improvements whose answers are worked out


@dataclass(frozen=True, slots=True)
class Answer:
    """What the others can do about one improvement.

    Parameters
    ----------
    improvement : int
        The state index that the party improves to.
    steps : tuple of Step
        A shortest sequence by which the others bring it to something no better than where it began; empty where the
        improvement is not answered.
    best : bool
        Whether every step is the best move that its party has there. A "credible" answer need not be
        (`bestand.analysis.loose`). Says nothing where any reply counts.
    """

    improvement: int
    steps: tuple[Step, ...]
    best: bool

    @property
    def sanctioned(self) -> bool:
        """Whether the improvement is answered."""
        return bool(self.steps)


@dataclass(frozen=True)
class Witness:
    """The grounds of one verdict.

    Parameters
    ----------
    state : int
        A state index.
    party : int
        A party index.
    concept : str
    stable : bool
    improvements : int
        How many improvements the party has from the state.
    answers : tuple of Answer
        Stable: an answer to each improvement, the most tempting improvement first (at most `MOST_ANSWERS`).
        Unstable: the most tempting improvement that nothing answers.
    loose : bool
        Whether some improvement is held off only by an answer in which a party does not take its best move.
    """

    state: int
    party: int
    concept: str
    stable: bool
    improvements: int
    answers: tuple[Answer, ...]
    loose: bool = False

    @property
    def complete(self) -> bool:
        """Whether every improvement that matters for the verdict is shown."""
        return not self.stable or len(self.answers) == self.improvements


def witness(solution: Solution, state: int, party: int, concept: str) -> Witness:
    """Find the grounds of a verdict.

    Parameters
    ----------
    solution : Solution
    state, party : int
        Indices.
    concept : str

    Notes
    -----
    O(P · S) for each state that the search for an answer looks at.
    """
    space = solution.space
    rank = space.ranks[party]
    better = [t for t in space.targets(party, state) if rank[t] > rank[state]]
    better.sort(key=lambda t: (-int(rank[t]), t))
    holds = bool(solution.stable(concept)[party, state])
    search = _Search(solution, party, concept, int(rank[state]))
    if not holds:
        open_ = next(t for t in better if not search.sanctionable(t))
        return Witness(state, party, concept, False, len(better), (Answer(open_, (), False),))
    answers = tuple(search.answer(t) for t in better[:MOST_ANSWERS])
    loose = False
    firm = EVERY[concept].firm
    if firm is not None:
        loose = any(not answer.best for answer in answers)
        if not loose and len(answers) < len(better):
            loose = not solution.verdict(firm, party)[state]
    return Witness(state, party, concept, True, len(better), answers, loose)


class _Search:
    """Looks for answers of the others to improvements of one party from one state."""

    def __init__(self, solution: Solution, party: int, concept: str, floor: int) -> None:
        self.space = solution.space
        self.watch = solution.watch
        self.party = party
        self.floor = floor  # an answer must bring the party down to this rank
        facts = EVERY[concept]
        self.credible = facts.replies in ("credible", "best")
        self.meant = facts.replies == "best"  # best moves and nothing else
        engine = solution.engine
        standing = held(engine, party) if facts.counters else engine.rank(party)
        self.outcome = engine.over_states(standing)  # what the party has once an answer has ended in a state
        self.risk = engine.over_states(solution.risk(concept, party))

    def sanctionable(self, improvement: int) -> bool:
        """Whether some answer exists at all."""
        return bool(self.risk[improvement] <= self.floor)

    def answer(self, improvement: int) -> Answer:
        """A shortest answer, one of best moves alone where there is one."""
        if self.credible:
            steps = self._shortest(improvement, best=True)
            if steps or self.meant:
                return Answer(improvement, steps, True)
        steps = self._shortest(improvement, best=False)
        return Answer(improvement, steps, False)

    def _shortest(self, start: int, *, best: bool) -> tuple[Step, ...]:
        """Breadth first over (state, last mover)."""
        back: dict[tuple[int, int], tuple[int, int]] = {}
        queue = deque([(start, self.party)])
        while queue:
            self.watch.check()
            state, last = queue.popleft()
            for mover, target in self._onward(state, last, best=best):
                if (target, mover) in back:
                    continue
                back[target, mover] = (state, last)
                if self.outcome[target] <= self.floor:
                    return _unwound(back, (target, mover))
                queue.append((target, mover))
        return ()

    def _onward(self, state: int, last: int, *, best: bool) -> Iterator[tuple[int, int]]:
        """The moves that the others may answer with, those that end the search first."""
        for mover in range(len(self.space.moves)):
            if mover in (self.party, last):
                continue
            targets = self.space.moves[mover].targets(self.space.states, state)
            if self.credible:
                rank = self.space.ranks[mover]
                targets = targets[rank[targets] > rank[state]]
                if best and len(targets):
                    targets = targets[rank[targets] == rank[targets].max()]
            elif len(targets):
                targets = targets[np.argsort(self.outcome[targets], kind="stable")]
            for target in targets.tolist():
                yield mover, target


def _unwound(back: dict[tuple[int, int], tuple[int, int]], at: tuple[int, int]) -> tuple[Step, ...]:
    steps = []
    while at in back:  # the improvement itself is not: its mover is the party that is being answered
        steps.append(Step(at[1], at[0]))
        at = back[at]
    return tuple(reversed(steps))
