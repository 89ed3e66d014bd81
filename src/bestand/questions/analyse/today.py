"""Where things stand: whether the status quo is an equilibrium, and who has reason to leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bestand.model.values import FrozenMap
from bestand.plan.holding import most_telling
from bestand.solve.solution import Solution
from bestand.witness.search import witness
from bestand.witness.witness import Witness

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Today:
    """The verdicts on the status quo.

    Parameters
    ----------
    state : int
        A bit mask.
    stable : FrozenMap of str to tuple of bool
        By concept, then by party.
    grounds : tuple of (Witness or None)
        By party: why it has reason to leave, under the concept that reckons with the most answers; None where it has
        none. Empty over sets of states.
    """

    state: int
    stable: FrozenMap[str, tuple[bool, ...]]
    grounds: tuple[Witness | None, ...]

    @property
    def holding(self) -> tuple[str, ...]:
        """The concepts under which it is an equilibrium."""
        return tuple(concept for concept, stable in self.stable.items() if all(stable))

    def leaving(self, party: int) -> tuple[str, ...]:
        """Return the concepts under which a party, given by its index, has reason to leave it."""
        return tuple(concept for concept, stable in self.stable.items() if not stable[party])


def today_of(solution: Solution, concepts: Sequence[str]) -> Today | None:
    """Return the verdicts on the status quo; None where there is none, or it is infeasible."""
    state = solution.status_quo
    if state is None:
        return None
    solution.watch.check()
    parties = range(len(solution.model.parties))
    stable = {c: tuple(state in solution.stable_set(c, i) for i in parties) for c in concepts}
    today = Today(state, FrozenMap(stable), ())
    if not solution.lists:
        return today
    grounds = []
    for i in parties:
        leaving = today.leaving(i)
        grounds.append(witness(solution, state, i, most_telling(leaving), 1) if leaving else None)
    return Today(state, today.stable, tuple(grounds))
