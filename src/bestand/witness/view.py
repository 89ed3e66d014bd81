"""A party in a state, as the criterion of stability sees it: what it prefers, and where that can be taken from it."""

from __future__ import annotations

from typing import Generic

from bestand.stability.concept import Rounds

from .board import Board, Set
from .counters import standing
from .witness import Standing


class View(Generic[Set]):
    """A party in a state.

    Parameters
    ----------
    board : Board
    i : int
        A party index.
    state : int
        A bit mask.
    better : Set, optional
        What the party prefers to the state; what its wishes say unless told: another set asks what would be so if it
        preferred other states.
    """

    def __init__(self, board: Board[Set], i: int, state: int, better: Set | None = None) -> None:
        self.board, self.i, self.state = board, i, state
        self.supposed = better is not None
        self.better: Set = board.better(i, state) if better is None else better
        self._ends: dict[Rounds, Set] = {}

    def standing(self, state: int) -> Standing:
        """Return how the party sees a state beside its own."""
        return standing(self.board, self.i, state, self.state)

    def gaining(self, rounds: Rounds, among: Set) -> Set:
        """Return those of some better states to which the party gains by moving, whatever follows in these rounds."""
        if not rounds:
            return among
        if not self.supposed:
            known = self.board.gaining(self.i, self.state, rounds, among)
            if known is not None:
                return known
        return among - self.board.answerable(self.i, among, self.ends(rounds[1:]), rounds[0])

    def ends(self, rounds: Rounds) -> Set:
        """Return where an answer may end so that the party has gained nothing, nor can by what these rounds add."""
        if rounds not in self._ends:
            self._ends[rounds] = ~(
                self.board.able(self.i, self.gaining(rounds[1:], self.better)) if rounds else self.better
            )
        return self._ends[rounds]
