"""Where things drift from a state, when parties do on purpose what pays under a concept, and where that ends.

The same party may move again: nobody has to wait. An end is a smallest set of states that drift, once in it, does not
leave: an equilibrium of the concept, or a cycle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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

    @property
    def ends(self) -> tuple[tuple[int, ...], ...]:
        """The ends, each as ascending state indices."""
        return tuple(sorted(tuple(sorted(part)) for part in self._closed_parts()))

    def path(self, wanted: Sequence[int] | Indices) -> tuple[Step, ...] | None:
        """Return a shortest path from a start to one of some states; None where there is none."""
        targets = {int(state) for state in wanted}
        came: dict[int, tuple[int, int] | None] = {int(start): None for start in self.starts}
        near = [*came]
        while near and not targets & came.keys():
            further = [
                (target, state, party)
                for state in near
                for party, target in self._onward.get(state, ())
                if target not in came
            ]
            near = []
            for target, state, party in further:
                if target not in came:
                    came[target] = (state, party)
                    near.append(target)
        there = next((state for state in came if state in targets), None)
        return None if there is None else tuple(_walked(came, there))

    @property
    def _onward(self) -> Mapping[int, Sequence[Step]]:
        onward: dict[int, list[Step]] = {}
        for party, moves in enumerate(self.moves):
            for source, target in zip(moves.sources.tolist(), moves.targets.tolist(), strict=True):
                onward.setdefault(source, []).append((party, target))
        return onward

    def _closed_parts(self) -> Iterator[list[int]]:
        """Yield the strongly connected parts that no move leaves (Tarjan's algorithm, without recursion)."""
        onward = {state: [target for _, target in steps] for state, steps in self._onward.items()}
        number: dict[int, int] = {}
        low: dict[int, int] = {}
        part: dict[int, int] = {}  # of a state whose part is complete
        trail: list[int] = []
        for root in self.states.tolist():
            if root in number:
                continue
            waiting = [(root, iter(onward.get(root, ())))]
            number[root] = low[root] = len(number)
            trail.append(root)
            while waiting:
                state, targets = waiting[-1]
                target = next(targets, None)
                if target is None:
                    waiting.pop()
                    if waiting:
                        above = waiting[-1][0]
                        low[above] = min(low[above], low[state])
                    if low[state] == number[state]:
                        at = trail.index(state) if trail[-1] != state else len(trail) - 1
                        members = trail[at:]
                        del trail[at:]
                        part.update(dict.fromkeys(members, state))
                        if all(part[each] == state for member in members for each in onward.get(member, ())):
                            yield members
                elif target not in number:
                    number[target] = low[target] = len(number)
                    trail.append(target)
                    waiting.append((target, iter(onward.get(target, ()))))
                elif target not in part:
                    low[state] = min(low[state], number[target])


def drift(purpose: Purpose, starts: Sequence[int] | Indices) -> Drift:
    """Return where things drift from some states, given by their indices. Looks at no more states than it reaches."""
    at = np.asarray(starts, np.intp)
    states, moves = spread(lambda frontier: [purpose.moves(i, frontier) for i in purpose.parties], at)
    return Drift(at, states, tuple(moves))


def _walked(came: Mapping[int, tuple[int, int] | None], state: int) -> list[Step]:
    steps: list[Step] = []
    before = came[state]
    while before is not None:
        previous, party = before
        steps.append((party, state))
        state, before = previous, came[previous]
    return steps[::-1]
