"""Summing up a set of states that nobody can list: patterns that do not overlap, the largest first.

As `bestand.analysis.patterns` does for states in an array: a decision tree that tells the set from the other feasible
states, at every step by the option that separates them best, exactly counted on the diagrams.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count as counter

from bestand.engine.diagrams.spec import Diagram, Diagrams
from bestand.engine.diagrams.table import table, taken
from bestand.engine.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Measured:
    """A set, counted.

    Parameters
    ----------
    diagram : Diagram
    total : int
        In how many combinations of all options it is true; an option that is settled counts both ways.
    yes : list of int
        In how many of them each option is taken.
    """

    diagram: Diagram
    total: int
    yes: list[int]

    @classmethod
    def of(cls, diagrams: Diagrams, diagram: Diagram, options: int) -> Measured:
        """Count a set. O(nodes · options) at most."""
        return cls(diagram, *taken(table(diagrams, diagram), options))

    def halves(self, diagrams: Diagrams, k: int) -> tuple[Measured, Measured]:
        """The set with option k settled at no and at yes. One half is counted, the other is what is left."""
        yes = Measured.of(diagrams, diagrams.cofactor(self.diagram, k, True), len(self.yes))
        total = 2 * self.total - yes.total
        taken_there = [2 * both - there for both, there in zip(self.yes, yes.yes, strict=True)]
        taken_there[k] = total >> 1
        return Measured(diagrams.cofactor(self.diagram, k, False), total, taken_there), yes


def cover(diagrams: Diagrams, chosen: Diagram, feasible: Diagram, options: int) -> Iterator[Pattern]:
    """Disjoint patterns for a set of feasible states, the largest first.

    Yields
    ------
    Pattern
        All counts add up to the size of the set. There may be very many: take as many as can be read.

    Notes
    -----
    O(nodes · options) for each branching of the tree.
    """
    order = counter()
    inside, here = (Measured.of(diagrams, diagram, options) for diagram in (chosen, feasible))
    heap = [(-inside.total, next(order), inside, here, 0, 0)]
    while heap:
        size, _, inside, here, fixed, ones = heappop(heap)
        if not size:
            return
        split = None if inside.diagram == here.diagram else _telling(inside, here, fixed)
        if split is None:
            yield _common(inside, fixed, ones)
            continue
        parts = zip((0, 1), inside.halves(diagrams, split), here.halves(diagrams, split), strict=True)
        now_fixed = fixed | 1 << split
        for value, half, there in parts:
            states = half.total >> now_fixed.bit_count()
            heappush(heap, (-states, next(order), half, there, now_fixed, ones | value << split))


def _common(inside: Measured, fixed: int, ones: int) -> Pattern:
    """What all states agree on, - elsewhere."""
    bits = []
    for k, yes in enumerate(inside.yes):
        if fixed >> k & 1:
            bits.append("1" if ones >> k & 1 else "0")
        else:
            bits.append("1" if yes == inside.total else "0" if not yes else "-")
    return Pattern("".join(bits), inside.total >> fixed.bit_count())


def _telling(inside: Measured, here: Measured, fixed: int) -> int | None:
    """The option that separates the set from the rest best: the least sum over both sides of in · out / (in + out)."""
    best, least = None, -1
    for k, (yes_in, yes) in enumerate(zip(inside.yes, here.yes, strict=True)):
        if fixed >> k & 1 or not 0 < yes < here.total:  # an option that is the same everywhere separates nothing
            continue
        no_in, no = inside.total - yes_in, here.total - yes
        mixed = yes_in * (yes - yes_in) // yes + no_in * (no - no_in) // no
        if best is None or mixed < least:
            best, least = k, mixed
    return best
