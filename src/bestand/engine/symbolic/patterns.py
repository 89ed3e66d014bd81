"""Summing up a set of states that nobody can list: patterns that do not overlap, the largest first.

As `bestand.analysis.patterns` does for states in an array: a decision tree that tells the set from the other feasible
states, at every step by the option that separates them best, exactly counted on the diagrams.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count as counter

from bestand.engine.diagrams.spec import Diagram, Diagrams
from bestand.engine.diagrams.table import table, taken
from bestand.engine.pattern import Pattern


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
    size, _ = taken(table(diagrams, chosen), options)
    heap = [(-size, next(order), chosen, feasible, 0, 0)]
    while heap:
        size, _, inside, all_here, fixed, ones = heappop(heap)
        if not size:
            return
        split = None if inside == all_here else _telling(diagrams, inside, all_here, options, fixed)
        if split is None:
            yield _common(diagrams, inside, options, fixed, ones)
            continue
        for value in (False, True):
            half = diagrams.cofactor(inside, split, value)
            if half == diagrams.false:
                continue
            now_fixed = fixed | 1 << split
            total, _ = taken(table(diagrams, half), options)
            here = diagrams.cofactor(all_here, split, value)
            states = total >> now_fixed.bit_count()
            heappush(heap, (-states, next(order), half, here, now_fixed, ones | value << split))


def _common(diagrams: Diagrams, inside: Diagram, options: int, fixed: int, ones: int) -> Pattern:
    """What all states agree on, - elsewhere."""
    total, yes = taken(table(diagrams, inside), options)
    bits = []
    for k in range(options):
        if fixed >> k & 1:
            bits.append("1" if ones >> k & 1 else "0")
        else:
            bits.append("1" if yes[k] == total else "0" if not yes[k] else "-")
    return Pattern("".join(bits), total >> fixed.bit_count())


def _telling(diagrams: Diagrams, inside: Diagram, all_here: Diagram, options: int, fixed: int) -> int | None:
    """The option that separates the set from the rest best: the least sum over both sides of in · out / (in + out)."""
    total_in, yes_in = taken(table(diagrams, inside), options)
    total, yes = taken(table(diagrams, all_here), options)
    best, least = None, -1
    for k in range(options):
        if fixed >> k & 1 or not 0 < yes[k] < total:  # an option that is the same everywhere separates nothing
            continue
        no_in, no = total_in - yes_in[k], total - yes[k]
        mixed = yes_in[k] * (yes[k] - yes_in[k]) // yes[k] + no_in * (no - no_in) // no
        if best is None or mixed < least:
            best, least = k, mixed
    return best
