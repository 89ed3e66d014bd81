"""The definition of stability, read aloud for single states: by quantifiers, and not by the closure algebra.

With B the states that party i prefers to s, a concept's rounds say what follows a move of i:

- s is *stable* iff i gains by no move from it
- by a move to t it *gains* iff t is in B, and no answer to it deters
- an answer, by moves of its kind, ends in t itself or in the end of a legal sequence of others from t; it *deters* iff
  it ends outside B, where nothing follows; and where a round of i's own follows, iff i gains by no move from there, nor
  by staying, in the rounds after that
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bestand.stability.concept import Rounds

from .plain import Plain

Holds = Callable[[int], bool]


class Definition:
    """What is stable for a party that prefers some states to its own.

    Parameters
    ----------
    plain : Plain
    i : int
        A party index.
    ends : callable
        ``ends(start, kind)``: where legal sequences of everybody but party i from a state end.
    prefers : callable
        Whether the party prefers a state to the one in question.
    """

    def __init__(self, plain: Plain, i: int, ends: Callable[[int, str], Iterable[int]], prefers: Holds) -> None:
        self.plain, self.i = plain, i
        self.ends = ends
        self.prefers = prefers
        self._known: dict[tuple[Rounds, int], bool] = {}

    def stable(self, state: int, rounds: Rounds) -> bool:
        """Return whether the party gains by no move."""
        return not any(self.gains(target, rounds) for target in self.plain.moves(self.i, state))

    def gains(self, target: int, rounds: Rounds) -> bool:
        """Return whether the party gains by getting to a state, or staying in it."""
        return self.prefers(target) and not self.answered(target, rounds)

    def answered(self, target: int, rounds: Rounds) -> bool:
        """Return whether some answer deters the party from getting to a state."""
        if not rounds:
            return False
        if (rounds, target) not in self._known:
            ends = self.ends(target, rounds[0])
            self._known[rounds, target] = any(self.deters(end, rounds[1:]) for end in (target, *ends))
        return self._known[rounds, target]

    def deters(self, end: int, rounds: Rounds) -> bool:
        """Return whether an answer that ends in a state leaves the party without a gain, whatever follows."""
        if not rounds:
            return not self.prefers(end)
        return not any(self.gains(target, rounds[1:]) for target in (end, *self.plain.moves(self.i, end)))
