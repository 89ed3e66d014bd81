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

from collections.abc import Iterable, Iterator
from typing import Any

from bestand.stability.concept import Rounds

from .board import Set
from .view import View
from .witness import Answer, Flip, Proof, Stage, Witness

MOST_TURNED = 200  # comparisons that are turned one by one


def flip(view: View[Any], rounds: Rounds, witness: Witness, proof: Proof | None) -> tuple[Flip | None, bool]:
    """Return the comparison nearest at hand that turns a verdict, and whether it has been looked for.

    None where no single comparison does.

    Parameters
    ----------
    view : View
    rounds : tuple of str
        Of the concept.
    witness : Witness
    proof : Proof or None
        Of an unstable state.
    """
    model = view.board.model
    # else the others, or commitments, may undo what the party did
    plain = len(rounds) <= 2 and not model.coalesced and not model.standing
    turning = _turning(view, rounds, witness) if plain else _tried(view, rounds, witness, proof)
    if not turning:
        return None, turning is not None
    board, i = view.board, view.i
    nearest = board.nearest(i, turning, highest=witness.stable)
    groups = board.groups(i, nearest, view.state)
    return Flip(nearest, view.standing(nearest), groups, turning.count()), True


def _turning(view: View[Set], rounds: Rounds, witness: Witness) -> Set:
    """Return the states whose comparison turns the verdict, where the party moves once more at most."""
    kind, counters = rounds[0] if rounds else None, len(rounds) > 1
    return _lowering(view, kind, counters=counters) if witness.stable else _raising(view, rounds, counters=counters)


def _raising(view: View[Set], rounds: Rounds, *, counters: bool) -> Set:
    """Of an unstable state: the better states that would have to be no better."""
    board, i = view.board, view.i
    open_ = view.gaining(rounds, board.moves(i, view.state) & view.better)
    single = open_.count() == 1
    if not counters:
        reached = board.reached(i, open_, rounds[0]) if rounds else open_
        return reached if single else board.none()
    turning = board.sole(i, view.better, board.reached(i, open_, rounds[0]), open_)
    return turning | open_ if single else turning


def _lowering(view: View[Set], kind: str | None, *, counters: bool) -> Set:
    """Of a stable state: the states that would have to be better."""
    board, i = view.board, view.i
    moves = board.moves(i, view.state)
    fresh = moves - view.better
    if kind is None:
        return fresh
    ends = view.ends(("own",) if counters else ())
    away = ends - board.beside(i, view.state)
    turning = fresh - board.answerable(i, fresh, away, kind)
    last = board.lone(i, board.reached(i, moves & view.better, kind) & ends)
    return turning | (board.moved(i, last) if counters else last)


# ---- concepts that look further ----


def _tried(view: View[Set], rounds: Rounds, witness: Witness, proof: Proof | None) -> Set | None:
    """Return the same under any rounds: every comparison that the verdict rests on is turned by itself.

    None where these are too many. The verdict is monotone: it can only turn with a state that its grounds use, and any
    one set of grounds will do.
    """
    board = view.board
    used = _of_answers(view, witness) if proof is None else _of_proof(view, proof)
    if used is None or used.count() > MOST_TURNED:
        return None
    turning = board.none()
    for state in used.first():
        board.watch.check()
        turned = board.one(state)
        better = view.better | turned if witness.stable else view.better - turned
        supposed = View(board, view.i, view.state, better)
        unstable = bool(supposed.gaining(rounds, board.moves(view.i, view.state) & better))
        if unstable is witness.stable:
            turning = turning | turned
    return turning


def _of_answers(view: View[Set], witness: Witness) -> Set | None:
    """Return the states that must not be better for these to be the grounds; None where some grounds are not shown."""
    if not witness.complete:
        return None
    board, i = view.board, view.i
    used = board.moves(i, view.state) | board.none()
    for end in _ends(witness.answers):
        used = used | board.one(end) | board.moves(i, end)
    return used - view.better - board.one(view.state)


def _ends(answers: Iterable[Answer]) -> Iterator[int]:
    """Yield where answers end, and the answers to what the party does then."""
    for answer in answers:
        yield answer.last
        if answer.afterwards is not None:
            yield from _ends(answer.afterwards.answers or ())


def _of_proof(view: View[Set], proof: Proof) -> Set | None:
    """Return the states that must be better for this to be a proof; None where they are too many."""
    board, i = view.board, view.i
    used = board.one(proof.improvement)
    stage: Proof | Stage | None = proof
    while stage is not None:
        if stage.reached.count() > MOST_TURNED:
            return None
        for state in stage.reached.first():
            used = used | board.one(state) | board.moves(i, state)
        stage = stage.onward
    return used & view.better
