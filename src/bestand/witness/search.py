"""Finding the grounds of a verdict.

A witness can be checked by hand. "Unstable" shows one improvement that nothing answers, and all that the others could
make of it; "stable" shows for every improvement a shortest legal sequence of the others that takes the gain away, or
that there is no improvement at all.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bestand.stability.registry import EVERY

from .board import Board, Set
from .boards import board_of
from .counters import standing
from .flip import flip
from .witness import Afterwards, Answer, Evidence, Proof, Witness

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution
    from bestand.solve.solution import Solution

MOST_ANSWERS = 200  # improvements whose answers are worked out


def witness(solution: Solution | SetSolution, state: int, party: int, concept: str, most: int | None = None) -> Witness:
    """Find the grounds of a verdict.

    Parameters
    ----------
    solution : Solution or SetSolution
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
    board = board_of(solution)
    moves, better = board.moves(party, state), board.better(party, state)
    tempting = moves & better
    counts = moves.count(), tempting.count()
    ends = ends_of(board, party, better, concept)
    open_ = board.open(concept, party, state, tempting, ends)
    if open_:
        first = board.nearest(party, open_, highest=True)
        shown = (Answer(first, standing(board, party, first, state)),)
        return Witness(state, party, concept, False, *counts, shown)
    answers: list[Answer] = []
    for target in board.ranked(party, tempting, MOST_ANSWERS if most is None else most):
        board.watch.check()
        answers.append(_answer(board, state, party, concept, target, ends))
    loose = _loose(board, state, party, concept, answers, counts[1])
    return Witness(state, party, concept, True, *counts, tuple(answers), loose)


def explained(
    solution: Solution | SetSolution, state: int, party: int, concept: str, most: int | None = None
) -> Witness:
    """A witness with all its evidence: the proof that nothing answers an improvement, levels, what would flip it.

    Parameters and errors are those of `witness`.

    Notes
    -----
    A few closures over all states on top of `witness`.
    """
    board = board_of(solution)
    found = witness(solution, state, party, concept, most)
    proof = None if found.stable else _proof(board, found)
    ends = ends_of(board, party, board.better(party, state), concept)
    levels = board.levels(party, state) if concept in ("gmr", "smr") else None
    turned = flip(board, found, ends)
    return dataclasses.replace(found, evidence=Evidence(standing(board, party, state, state), proof, levels, turned))


def ends_of(board: Board, i: int, better: Set, concept: str) -> Set:
    """Where an answer may end so that party i has gained nothing, nor can by one move more where that counts."""
    return ~(board.able(i, better) if EVERY[concept].counters else better)


def _answer(board: Board, state: int, i: int, concept: str, target: int, ends: Set) -> Answer:
    """A shortest answer, one of best moves alone where there is one and the engine can tell."""
    kind = EVERY[concept].replies
    steps = board.path(i, target, ends, kind)
    best: bool | None = kind == "best"
    if kind == "credible":
        steps, best = board.best_moves(i, target, ends, steps)
    end = steps[-1].state
    after = _afterwards(board, state, i, end) if EVERY[concept].counters else None
    return Answer(target, standing(board, i, target, state), steps, best, standing(board, i, end, state), after)


def _afterwards(board: Board, state: int, i: int, end: int) -> Afterwards:
    onward = board.moves(i, end)
    if not onward:
        return Afterwards(0, None, None)
    best = board.nearest(i, onward, highest=True)
    return Afterwards(onward.count(), best, standing(board, i, best, state))


def _loose(board: Board, state: int, i: int, concept: str, answers: list[Answer], improvements: int) -> bool | None:
    if EVERY[concept].firm is None or not improvements:
        return False
    if any(answer.best is False for answer in answers):
        return True
    if len(answers) == improvements and all(answer.best for answer in answers):
        return False
    return board.loose(concept, i, state)


def _proof(board: Board, found: Witness) -> Proof:
    """All that the others can make of the improvement, and where the party needs one more move to be better off."""
    facts = EVERY[found.concept]
    proof = board.proof(found.party, found.answers[0].improvement, facts.replies)
    if not facts.counters:
        return proof
    return dataclasses.replace(proof, moved=proof.reached - board.better(found.party, found.state))
