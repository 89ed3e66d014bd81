"""Where things drift from a state, when parties do on purpose what pays under a concept, and where that ends.

The same party may move again: nobody has to wait. An end is a smallest set of states that drift, once in it, does not
leave: an equilibrium of the concept, or a cycle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bestand.engine.flips import Indices, Moves

from .purpose import Purpose, spread

Step = tuple[int, int]  # a party, and the state index that it moves to


@dataclass(frozen=True)
class Drift:
    """What is reached from some states.

    Parameters
    ----------
    starts : (M,) intp
        State indices.
    states : (N,) intp
        Every state that is reached, the starts first.
    moves : tuple of Moves
        The drift moves from these, one entry for each party.
    """

    starts: Indices
    states: Indices
    moves: tuple[Moves, ...]

    @cached_property
    def ends(self) -> tuple[tuple[int, ...], ...]:
        """The ends, each as ascending state indices."""
        return tuple(sorted(tuple(sorted(part)) for part in self._closed_parts()))

    def path(self, wanted: Sequence[int] | Indices) -> tuple[Step, ...] | None:
        """Return a shortest path from a start to one of some states; None where there is none."""
        targets = {int(state) for state in wanted}
        came: dict[int, tuple[int, int] | None] = {int(start): None for start in self.starts}
        for state in (waiting := [*came]):  # grows while it is gone through
            if state in targets:
                return tuple(_walked(came, state))
            for party, target in self._onward.get(state, ()):
                if target not in came:
                    came[target] = (state, party)
                    waiting.append(target)
        return None

    @cached_property
    def _onward(self) -> Mapping[int, Sequence[Step]]:
        onward: dict[int, list[Step]] = {}
        for party, moves in enumerate(self.moves):
            for source, target in zip(moves.sources.tolist(), moves.targets.tolist(), strict=True):
                onward.setdefault(source, []).append((party, target))
        return onward

    def _closed_parts(self) -> Iterator[set[int]]:
        """Yield the ends one by one.

        From what does not lead to an end that is known, go on to what does not lead back, as long as there is any.
        """
        onward = {state: {target for _, target in steps} for state, steps in self._onward.items()}
        back: dict[int, set[int]] = {}
        for state, targets in onward.items():
            for target in targets:
                back.setdefault(target, set()).add(state)
        left = set(self.states.tolist())
        while left:
            further, reached = left, left
            while further:
                state = min(further)
                reached = _closure(onward, state)
                further = reached - _closure(back, state)
            yield reached
            left -= _closure(back, state)


def drift(purpose: Purpose, starts: Sequence[int] | Indices) -> Drift:
    """Return where things drift from some states, given by their indices. Looks at no more states than it reaches."""
    at = np.asarray(starts, np.intp)
    states, moves = spread(lambda frontier: [purpose.moves(i, frontier) for i in purpose.parties], at)
    return Drift(at, states, tuple(moves))


def _closure(graph: Mapping[int, set[int]], start: int) -> set[int]:
    """Return all that a graph leads to from a state, that state included."""
    reached, waiting = {start}, [start]
    while waiting:
        fresh = graph.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    return reached


def _walked(came: Mapping[int, tuple[int, int] | None], state: int) -> list[Step]:
    steps: list[Step] = []
    before = came[state]
    while before is not None:
        previous, party = before
        steps.append((party, state))
        state, before = previous, came[previous]
    return steps[::-1]
