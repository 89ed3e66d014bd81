"""What each party wants, as one integer per state: higher is better, equal is tied. Only the order means anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import ModelError, Problem
from bestand.model.model import Model
from bestand.model.values import Preference, Priorities, Ranking, Statement, Weights

from .states import Evaluator

Ranks = NDArray[np.int32]

_WIDE = 30  # statements that fit an int32 beside its sign


def ranks(model: Model, evaluator: Evaluator) -> Ranks:
    """Return the rank of every state for every party.

    Parameters
    ----------
    model : Model
    evaluator : Evaluator
        On the feasible states.

    Returns
    -------
    (P, S) int32
        Rows in the model's order of parties. A party without preferences is indifferent: all zero.

    Raises
    ------
    ModelError
        When a ranking does not name every feasible state.

    Notes
    -----
    O(P · S · statements); beyond 30 statements, and for weights, also a sort of the states.
    """
    rows = np.zeros((len(model.parties), len(evaluator.states)), np.int32)
    for row, party in zip(rows, model.parties, strict=True):
        row[:] = ranks_of(model.preferences.get(party.id), evaluator, party.id)
    return rows


def ranks_of(wish: Preference | None, evaluator: Evaluator, party: str = "a party") -> Ranks:
    """(S,) int32: the ranks that a party's wishes make of some states; without wishes, all zero.

    Raises
    ------
    ModelError
        When a ranking does not name every state; the party's id is for this message.
    """
    match wish:
        case Priorities() as priorities:
            return by_priorities(priorities, evaluator)
        case Ranking() as ranking:
            return by_ranking(ranking, evaluator, party)
        case Weights() as weights:
            return by_weights(weights, evaluator)
        case None:
            return np.zeros(len(evaluator.states), np.int32)


def by_priorities(priorities: Priorities, evaluator: Evaluator) -> Ranks:
    """Lexicographic ranks by statements, the most important first (Hipel, Kilgour, Fang & Peng 1997).

    A statement is one more binary digit: the number that the truth values spell orders the states. Of statements that
    stand level, how many hold is as many digits as it takes. Every 30 digits the numbers are replaced by their places
    in the order, so that any number of statements fits.
    """
    rank = np.zeros(len(evaluator.states), np.int32)
    width = 0
    for level in priorities.by_level:
        digits = len(level).bit_length()
        if width + digits > _WIDE:
            rank = places(rank)
            width = int(rank.max(initial=0)).bit_length()
        if width + digits > _WIDE:  # more states than leave room for the count of so many
            rank = places((rank.astype(np.int64) << digits) + _count(level, evaluator))
            width = int(rank.max(initial=0)).bit_length()
        elif digits == 1:
            np.left_shift(rank, 1, out=rank)
            np.bitwise_or(rank, evaluator.holds(level[0].formula), out=rank)
            width += 1
        else:
            rank = (rank << digits) + _count(level, evaluator)
            width += digits
    return rank.astype(np.int32)


def _count(level: Sequence[Statement], evaluator: Evaluator) -> NDArray[np.int32]:
    """Return in every state how many of some statements hold."""
    count = np.zeros(len(evaluator.states), np.int32)
    for statement in level:
        count += evaluator.holds(statement.formula)
    return count


def by_ranking(ranking: Ranking, evaluator: Evaluator, party: str = "a party") -> Ranks:
    """Ranks from an explicit order, best first; the states of one group are tied."""
    rank = np.full(len(evaluator.states), -1, np.int32)
    groups = ranking.groups[::-1]
    masks = np.array([int(bits[::-1] or "0", 2) for group in groups for bits in group], np.uint64)
    place = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    found = evaluator.places(masks)
    rank[found[found >= 0]] = place[found >= 0]
    if (rank < 0).any():
        message = f"the ranking of {party} leaves out {int((rank < 0).sum())} of {len(rank)} feasible states"
        raise ModelError([Problem(0, 0, "ranking-incomplete", "error", message)])
    return rank


def by_weights(weights: Weights, evaluator: Evaluator) -> Ranks:
    """Ranks by the sum of the weights of the options taken, added exactly (option weighting, GMCR II)."""
    whole = _whole(weights)
    exact = np.int64 if sum(map(abs, whole.values())) < 2**62 else object  # Python's integers where 64 bits do not do
    score = np.zeros(len(evaluator.states), exact)
    for option, weight in whole.items():
        bit = np.uint64(evaluator.model.bit[option])
        score = score + (evaluator.states >> bit & np.uint64(1)).astype(exact) * weight
    return places(score)


def _whole(weights: Weights) -> dict[str, int]:
    """Return the weights as whole numbers, all times the same power of ten; `Decimal` itself rounds to 28 digits."""
    parts = {option: weight.as_tuple() for option, weight in weights.weights.items()}
    least = min((int(part.exponent) for part in parts.values()), default=0)
    return {
        option: (-1) ** part.sign * int("".join(map(str, part.digits))) * 10 ** (int(part.exponent) - least)
        for option, part in parts.items()
    }


def places(score: NDArray[np.generic]) -> Ranks:
    """Return the place of every score in the order of the scores, from 0; equal scores share one.

    O(S) where the scores are small numbers, else a sort.
    """
    high = score.max() if len(score) and score.dtype.kind == "i" and score.min() >= 0 else len(score)
    if high < len(score):
        there = np.zeros(int(high) + 1, np.int32)
        there[score] = 1
        return (np.cumsum(there, dtype=np.int32) - 1)[score]
    order = np.argsort(score)  # numpy.unique does this too, and loads masked arrays first, which takes longer
    ordered = score[order]
    found = np.zeros(len(score), np.int32)
    found[order[1:]] = np.cumsum(ordered[1:] != ordered[:-1])
    return found
