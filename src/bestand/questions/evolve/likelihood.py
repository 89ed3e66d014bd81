"""How likely each end is, if chance decides who moves and where to: an absorbing Markov chain, solved exactly.

In words: each time, one of those parties that can improve is drawn, each as likely as any other, and takes one of its
improvements (or of its best improvements), each as likely as any other. Who moved last does not matter. Nobody means a
party to draw lots: the chain weighs ends by how many ways lead to them, and is no forecast.

In symbols: let Q hold the probabilities among the states that are left for good in the end, and e the start. The
expected visits y solve (I - Q)ᵀ y = e. An end is come to with the probability that flows into it from y, and y adds up
to the expected number of moves. An end is a state in which nobody who may move can improve, or a set of states that
things go round in and never leave (Kemeny & Snell 1960, chapter 3).

The states are taken component by component, in the order in which things pass through them: one state alone needs no
equation, and those that things can go round in have one small system together.

Floating-point numbers are good enough here: no verdict on stability rests on them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.model.message import Message, message

from .drift import Drift, Ids, Moves
from .ends import Parts, parts

Floats = NDArray[np.float64]

MOST_STATES = 300_000  # for which the chain is solved
MOST_TOGETHER = 4_000  # states that things can go round in: one system of equations
_SURE = 1e-9  # by how much the probabilities of all ends may miss 1

ANY_MOVE = message("any legal move counts, and nothing says which of them a party would make")
NOT_ALL = message("not everything that can follow was looked at")
TOO_FAR_APART = message("the chances are too far apart for floating-point numbers")


def too_many(count: int) -> Message:
    """Say that there are too many states to solve the chain for."""
    return message("there are {count} states, and the chain is solved for up to {most}", count=count, most=MOST_STATES)


def too_many_together(count: int) -> Message:
    """Say that things can go round in too many states."""
    return message(
        "things can go round in {count} states, and at most {most} are solved together",
        count=count,
        most=MOST_TOGETHER,
    )


@dataclass(frozen=True)
class Likelihood:
    """What becomes of the start, if chance decides.

    Parameters
    ----------
    part : (parts,) float
        The probability of every end, by its component; 0 for components that are left.
    moves : float
        The expected number of moves until an end is come to.
    """

    part: Floats
    moves: float


def why_not(drift: Drift, among: Parts | None) -> Message | None:
    """Return why the probabilities are not worked out; None where they can be.

    Parameters
    ----------
    drift : Drift
    among : Parts, optional
        Its components, where they were looked for.
    """
    if drift.by == "any":
        return ANY_MOVE
    if among is None or not drift.closed:
        return NOT_ALL
    if drift.size > MOST_STATES:
        return too_many(drift.size)
    largest = int(among.size[~among.closed].max(initial=0))
    return too_many_together(largest) if largest > MOST_TOGETHER else None


def likelihood(drift: Drift, among: Parts, watch: Watch | None = None) -> Likelihood | None:
    """Solve the chain of a drift, and return what becomes of the start.

    Parameters
    ----------
    drift : Drift
        By improvements or best moves, and closed.
    among : Parts
        Its components.
    watch : Watch, optional

    Returns
    -------
    Likelihood or None
        None where the ends' probabilities miss 1 by more than a billionth: some end is then so far off that
        floating-point numbers do not tell.

    Notes
    -----
    O(states + moves), and a sparse factorisation for each component that things can go round in.
    """
    visits, inflow = _flow(drift.size, drift.graph, among, watch or Watch())
    part = np.bincount(among.part, weights=np.where(among.closed[among.part], inflow, 0), minlength=len(among.size))
    if not abs(part.sum() - 1) <= _SURE:
        return None
    return Likelihood(part.astype(np.float64), float(visits.sum()))


def chance(drift: Drift, wanted: NDArray[np.bool_], watch: Watch | None = None) -> float:
    """Return the probability that some states are ever come to, today included: nothing is followed beyond them.

    Parameters
    ----------
    drift : Drift
        By improvements or best moves, and closed.
    wanted : (n,) bool
    watch : Watch, optional
    """
    before = drift.graph.kept(~wanted[drift.graph.source])
    _, inflow = _flow(drift.size, before, parts(before, drift.size), watch or Watch())
    return float(inflow[wanted].sum())


def probabilities(moves: Moves) -> Floats:
    """Return how likely each move is where it starts: one party of those that can move, then one of its moves.

    Examples
    --------
    >>> of = lambda *entries: np.array(entries)
    >>> probabilities(Moves(of(0, 0, 0), of(1, 2, 3), of(0, 0, 1))).tolist()
    [0.25, 0.25, 0.5]
    """
    if not len(moves.source):
        return np.zeros(0)
    new = np.r_[True, (np.diff(moves.source) != 0) | (np.diff(moves.mover) != 0)]  # a party begins to move from a state
    group = np.cumsum(new) - 1
    movers = np.bincount(moves.source[new])[moves.source]
    return 1 / (movers * np.bincount(group)[group])


def _flow(size: int, moves: Moves, among: Parts, watch: Watch) -> tuple[Floats, Floats]:
    """Return the expected visits to the states that are left (0 elsewhere), and what flows into components."""
    watch.phase("working out how likely each end is", size)
    chances = probabilities(moves)
    starts = np.searchsorted(moves.source, np.arange(size + 1))
    inflow, visits = np.zeros(size), np.zeros(size)
    inflow[0] = 1
    for wave in _waves(moves, among):
        alone = wave[among.size[among.part[wave]] == 1]
        alone = alone[~among.closed[among.part[alone]]]
        visits[alone] = inflow[alone]
        together = wave[(among.size[among.part[wave]] > 1) & ~among.closed[among.part[wave]]]
        for states in np.split(together, np.flatnonzero(np.diff(among.part[together])) + 1):
            watch.check()
            if len(states):
                visits[states] = _visits(states, inflow[states], moves, chances, starts)
        out = _outgoing(wave, starts)
        out = out[among.part[moves.source[out]] != among.part[moves.target[out]]]
        np.add.at(inflow, moves.target[out], visits[moves.source[out]] * chances[out])
        watch.step(len(wave))
    return visits, inflow


def _visits(states: Ids, inflow: Floats, moves: Moves, chances: Floats, starts: Ids) -> Floats:
    """Return the expected visits to states that things can go round in, from what flows in."""
    from scipy.sparse import csc_matrix, eye_array
    from scipy.sparse.linalg import splu

    if not inflow.any():
        return np.zeros(len(states))
    out = _outgoing(states, starts)
    at = np.searchsorted(states, moves.target[out])
    inside = (at < len(states)) & (states[np.minimum(at, len(states) - 1)] == moves.target[out])
    out, at = out[inside], at[inside]
    source = np.searchsorted(states, moves.source[out])
    shape = (len(states), len(states))
    back = csc_matrix((chances[out], (at, source)), shape=shape)  # the transpose of Q
    try:
        return splu(csc_matrix(eye_array(len(states), format="csc") - back)).solve(inflow)
    except RuntimeError:  # singular in floating-point numbers: the ways out are too unlikely
        return np.full(len(states), np.nan)


def _waves(moves: Moves, among: Parts) -> list[Ids]:
    """Return the states as things pass through their components: a wave has all that flows into it known.

    Within a wave the states of one component stand side by side, in ascending order.
    """
    source, target = among.part[moves.source], among.part[moves.target]
    between = source != target
    source, target = source[between], target[between]
    order = np.argsort(source, kind="stable")
    source, target = source[order], target[order]
    starts = np.searchsorted(source, np.arange(len(among.size) + 1))
    waiting = np.bincount(target, minlength=len(among.size))
    depth = np.zeros(len(among.size), np.int64)
    now = np.flatnonzero(waiting == 0)
    level = 0
    while len(now):
        depth[now] = level
        level += 1
        into = target[_outgoing(now, starts)]
        np.subtract.at(waiting, into, 1)
        into = np.unique(into)
        now = into[waiting[into] == 0]
    states = np.lexsort((np.arange(len(among.part)), among.part, depth[among.part]))
    ends = np.cumsum(np.bincount(depth[among.part], minlength=level))
    return np.split(states, ends[:-1])


def _outgoing(states: Ids, starts: Ids) -> Ids:
    """Return the places of the moves that leave some states, given where those of each state start."""
    count = starts[states + 1] - starts[states]
    first = np.repeat(starts[states] - (np.cumsum(count) - count), count)
    return first + np.arange(int(count.sum()))
