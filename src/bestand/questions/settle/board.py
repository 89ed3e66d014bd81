"""A small conflict, state by state: who can move where, and where the others can bring things under given orders.

The engines answer for all states at once and for one order of each party. What looks for orders asks about single
states and many orders; it works on lists, and whatever it finds is put to an engine before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from bestand.engine.space import Space
from bestand.model.errors import CallError
from bestand.stability.registry import EVERY

Improves = Callable[[int, int, int], bool]  # (party, from, to): whether the move is an improvement for the party


def any_move(party: int, origin: int, target: int) -> bool:
    """Every legal move will do, wise or not."""
    return True


def served(concept: str) -> bool:
    """Return whether explicit rankings can be looked for under a concept.

    They can where the others answer at most once, by any moves or by improvements. Which moves are best depends on
    whole rankings, so that a gain of one party can undo an answer; and answers to answers would need clauses and counts
    of their own.
    """
    rounds = EVERY[concept].rounds
    return len(rounds) <= 2 and (not rounds or rounds[0] in ("any", "credible"))


def check_served(concept: str, what: str) -> None:
    """Raise `CallError` for a concept under which explicit rankings cannot be looked for."""
    if not served(concept):
        able = ", ".join(filter(served, EVERY))
        raise CallError(
            f"{what} under {concept}; served are concepts of one answer at most, by moves or improvements: {able}"
        )


class Board:
    """The moves and today's orders of a model with few states.

    Parameters
    ----------
    space : Space
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self.size = space.size
        self.parties = range(len(space.moves))
        self._targets: dict[tuple[int, int], tuple[int, ...]] = {}

    @cached_property
    def ranks(self) -> list[list[int]]:
        """Numbers that sort the states as each party does today, higher for better, by party and state."""
        return [self.space.order(i).keys().tolist() for i in self.parties]

    def targets(self, party: int, state: int) -> tuple[int, ...]:
        """Return where a party can move from a state."""
        if (party, state) not in self._targets:
            self._targets[party, state] = tuple(self.space.targets(party, state))
        return self._targets[party, state]

    def today(self, party: int, origin: int, target: int) -> bool:
        """Return whether a move is an improvement as the party ranks the states today."""
        return self.ranks[party][target] > self.ranks[party][origin]

    def replies(self, party: int, start: int, improves: Improves) -> set[int]:
        """Return where the others can bring things from a state by legal sequences of moves that improve.

        Parameters
        ----------
        party : int
            The one that does not move.
        start : int
        improves : callable

        Notes
        -----
        O((state, last mover) pairs · moves). The start is among the ends where a sequence comes back to it.
        """
        others = [j for j in self.parties if j != party]
        seen: set[tuple[int, int]] = set()
        ends: set[int] = set()
        waiting: list[tuple[int, int]] = [(start, party)]
        while waiting:
            at, last = waiting.pop()
            for j in others:
                if j == last:
                    continue
                for target in self.targets(j, at):
                    if (
                        improves(j, at, target) and (target, j) not in seen
                    ):  # in this order: who asks may note every move
                        seen.add((target, j))
                        ends.add(target)
                        waiting.append((target, j))
        return ends
