"""Which single comparison would turn a verdict.

A verdict on party i at s rests on i's wishes only by way of B, the states that it prefers to s: its improvements are
its moves into B; an answer must end outside B, and, where the party reckons with one more move, where none leads into
B. So one comparison that is turned takes a state t out of B, or puts one in.

*Unstable*, and t leaves B. Let O be the improvements that nothing answers and R(o) what the others can make of o; they
leave i's own options as they are, so the R(o) have no state in common. Turning t makes t itself an end of answers, and
where i may move once more also every state whose one move into B leads to t, so long as t has no better move itself.
Hence: with one o, any t of R(o) will do, or o itself, which is no improvement any longer; with more than one, only a t
that leaves a new end in every R(o), which takes the one more move. Putting states into B changes nothing here.

*Stable*, and t enters B. Either t becomes an improvement (i can move to it) that nothing answers: the others lead it to
no end but, perhaps, t itself. Or an improvement loses its answers: all of them ended in t, or where a move leads to t;
these share the values of i's options (as all of R(o) do) and of the others' (as all from which i moves to t do), so
there is only one of them. Taking states out of B changes nothing here.
"""

from __future__ import annotations

from bestand.stability.registry import EVERY

from .board import Board, Set
from .counters import standing
from .witness import Flip, Witness


def flip(board: Board, found: Witness, ends: Set) -> Flip | None:
    """The comparison nearest at hand that turns a verdict; None where no single one does.

    Parameters
    ----------
    board : Board
    found : Witness
    ends : Set
        Where an answer may end.
    """
    turning = _lowering(board, found, ends) if found.stable else _raising(board, found, ends)
    if not turning:
        return None
    nearest = board.nearest(found.party, turning, highest=found.stable)
    seen = standing(board, found.party, nearest, found.state)
    return Flip(nearest, seen, board.groups(found.party, nearest, found.state), turning.count())


def _raising(board: Board, found: Witness, ends: Set) -> Set:
    """Of an unstable state: the better states that would have to be no better."""
    i, facts = found.party, EVERY[found.concept]
    better = board.better(i, found.state)
    tempting = board.moves(i, found.state) & better
    open_ = board.open(found.concept, i, found.state, tempting, ends)
    single = open_.count() == 1
    if not facts.counters:
        return board.reached(i, open_, facts.replies) if single else board.none()
    turning = board.sole(i, better, board.reached(i, open_, facts.replies), open_)
    return turning | open_ if single else turning


def _lowering(board: Board, found: Witness, ends: Set) -> Set:
    """Of a stable state: the states that would have to be better."""
    i, facts = found.party, EVERY[found.concept]
    moves, better = board.moves(i, found.state), board.better(i, found.state)
    away = ends - board.beside(i, found.state)
    fresh = moves - better
    turning = fresh - board.answerable(i, fresh, away, facts.replies)
    last = board.lone(i, board.reached(i, moves & better, facts.replies) & ends)
    return turning | (board.moved(i, last) if facts.counters else last)
