"""Finding the grounds of a verdict.

A witness can be checked by hand. "Unstable" shows one improvement that nothing answers, and all that the others could
make of it; "stable" shows for every improvement a shortest legal sequence of the others that takes the gain away, or
that there is no improvement at all. Where the concept looks further, so do both: to what the party makes of an answer,
what the others make of that, and so on.
"""

from __future__ import annotations

import dataclasses
from itertools import islice
from typing import Generic

from bestand.model.values import FrozenMap
from bestand.solve.solution import Solution
from bestand.stability.concept import Rounds
from bestand.stability.implications import best_moves_alone
from bestand.stability.registry import EVERY

from .board import Board, Set
from .boards import board_of
from .flip import flip
from .levels import level_of, levels
from .view import View
from .witness import Afterwards, Answer, Evidence, Proof, Stage, Witness

MOST_ANSWERS = 200  # improvements whose answers are worked out
MOST_AFTERWARDS = 64  # the same after an answer
MOST_FURTHER = 12  # the same after an answer to that, and so on: each round multiplies them
MOST_ESCAPES = 100  # states of a proof for which it is worked out where the party goes


def witness(solution: Solution, state: int, party: int, concept: str, most: int | None = None) -> Witness:
    """Find the grounds of a verdict.

    Parameters
    ----------
    solution : Solution
    state : int
        A feasible state as a bit mask.
    party : int
        A party index.
    concept : str
    most : int, optional
        Of how many improvements the answers are worked out; `MOST_ANSWERS` unless told.

    Raises
    ------
    CallError
        For a concept of best moves over sets of states.

    Notes
    -----
    O(P · S) for each state that the search for an answer looks at, where the states are listed.
    """
    return _Search(board_of(solution), state, party, concept).witness(MOST_ANSWERS if most is None else most)


def explained(solution: Solution, state: int, party: int, concept: str, most: int | None = None) -> Witness:
    """Return a witness with all its evidence: a proof that nothing answers an improvement, levels, what would flip it.

    Parameters and errors are those of `witness`.

    Notes
    -----
    A few closures over all states on top of `witness`.
    """
    search = _Search(board_of(solution), state, party, concept)
    return search.with_evidence(search.witness(MOST_ANSWERS if most is None else most))


class _Search(Generic[Set]):
    """The search for the grounds of one verdict."""

    def __init__(self, board: Board[Set], state: int, party: int, concept: str) -> None:
        self.board, self.concept = board, concept
        self.rounds = EVERY[concept].rounds
        self.view = View(board, party, state)

    def witness(self, most: int) -> Witness:
        view, board, i = self.view, self.board, self.view.i
        moves = board.moves(i, view.state)
        tempting = moves & view.better
        counts = moves.count(), tempting.count()
        open_ = view.gaining(self.rounds, tempting)
        if open_:
            first = board.nearest(i, open_, highest=True)
            shown = (Answer(first, view.standing(first)),)
            return Witness(view.state, i, self.concept, False, *counts, shown)
        answers = self._answers(self.rounds, tempting, most, MOST_AFTERWARDS)
        return Witness(view.state, i, self.concept, True, *counts, answers, self._loose(answers, tempting))

    # ---- what answers the improvements ----

    def _answers(self, rounds: Rounds, tempting: Set, most: int, most_after: int) -> tuple[Answer, ...]:
        """Return an answer to each of some moves of the party, the most tempting first; each of them has one."""
        found: list[Answer] = []
        if not tempting:
            return ()
        ends = self.view.ends(rounds[1:])
        for target in self.board.ranked(self.view.i, tempting, most):
            self.board.watch.check()
            found.append(self._answer(rounds, target, ends, most_after))
        return tuple(found)

    def _answer(self, rounds: Rounds, target: int, ends: Set, most: int) -> Answer:
        """Return a shortest answer, one of best moves alone where there is one and the engine can tell."""
        board, view, kind = self.board, self.view, rounds[0]
        steps = () if target in ends else board.path(view.i, target, ends, kind)
        best: bool | None = kind == "best"
        if kind == "credible":
            steps, best = board.best_moves(view.i, target, ends, steps) if steps else ((), True)
        end = steps[-1].state if steps else target
        after = self._afterwards(rounds[2:], end, most) if len(rounds) > 1 else None
        return Answer(target, view.standing(target), steps, best, view.standing(end), after)

    def _afterwards(self, rounds: Rounds, end: int, most: int) -> Afterwards:
        """Return what the party can do after an answer, and what of that is answered in turn."""
        board, view = self.board, self.view
        onward = board.moves(view.i, end)
        best = board.nearest(view.i, onward, highest=True) if onward else None
        seen = None if best is None else view.standing(best)
        if not rounds:
            return Afterwards(onward.count(), best, seen)
        tempting = (onward | board.one(end)) & view.better
        answers = self._answers(rounds, tempting, most, min(most, MOST_FURTHER))
        return Afterwards(onward.count(), best, seen, tempting.count(), answers)

    def _loose(self, answers: tuple[Answer, ...], tempting: Set) -> bool | None:
        """Return whether an improvement is held off only by an answer in which somebody does not take its best move."""
        if "credible" not in self.rounds or not tempting:
            return False
        if len(self.rounds) <= 2:
            if any(answer.best is False for answer in answers):
                return True
            if len(answers) == tempting.count() and all(answer.best for answer in answers):
                return False
        if not self.board.follows("best"):
            return None
        return bool(self.view.gaining(best_moves_alone(self.rounds), tempting))

    # ---- the evidence ----

    def with_evidence(self, witness: Witness) -> Witness:
        view = self.view
        proof = None if witness.stable else self._proof(witness.answers[0].improvement)
        secured = levels(self.board, view.i, view.state) if level_of(self.rounds) else None
        turned, sought = flip(view, self.rounds, witness, proof)
        return dataclasses.replace(
            witness, evidence=Evidence(view.standing(view.state), proof, secured, turned, flip_sought=sought)
        )

    def _proof(self, improvement: int) -> Proof:
        """Return all that the others can make of the improvement, and where the party needs one more move to gain."""
        board, i, rounds = self.board, self.view.i, self.rounds
        reached, last = board.reached_with_movers(i, improvement, rounds[0] if rounds else None)
        moved, safe = self._moved(rounds[1:], reached)
        escapes: dict[int, int] = {}
        if moved is not None and safe is not None:
            for state in islice(moved.first(MOST_ESCAPES), MOST_ESCAPES):
                escapes[state] = board.goes(i, state, safe)
        return Proof(
            improvement,
            board.kept(reached),
            None if last is None else FrozenMap(last),
            None if moved is None else board.kept(moved, summed=False),
            self._onward(rounds[2:], reached, moved, safe),
            FrozenMap(escapes),
        )

    def _moved(self, rest: Rounds, reached: Set) -> tuple[Set | None, Set | None]:
        """Return the states that the party has to leave so as to be better off, and those in which it is."""
        if not rest:
            return None, None
        safe = self.view.gaining(rest[1:], self.view.better)
        return reached - safe, safe

    def _onward(self, rounds: Rounds, reached: Set, moved: Set | None, safe: Set | None) -> Stage | None:
        """Return what follows where the party has stayed where it is better off, and moved on from elsewhere."""
        if not rounds or moved is None or safe is None:
            return None
        board, i = self.board, self.view.i
        starts = reached & safe
        if moved:
            starts = starts | (board.moved(i, moved) & safe)
        further = board.reached(i, starts, rounds[0])
        again, safe = self._moved(rounds[1:], further)
        onward = self._onward(rounds[2:], further, again, safe)
        return Stage(
            board.kept(starts), board.kept(further), None if again is None else board.kept(again, summed=False), onward
        )
