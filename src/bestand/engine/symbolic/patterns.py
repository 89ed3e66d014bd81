"""Summing up a set of states that nobody can list: patterns that do not overlap, large ones first.

The way through a diagram to "true" that settles the fewest options is a large part of the set; options that the rules
settle anyway, or that make no difference, are opened again. Then the same with what is left.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.engine.diagrams.spec import Diagram
from bestand.engine.diagrams.table import Table, table, taken
from bestand.engine.patterns import Pattern

from .world import World


def cover(world: World, chosen: Diagram) -> Iterator[Pattern]:
    """Disjoint patterns for a set of feasible states, large ones first.

    Yields
    ------
    Pattern
        All counts add up to the size of the set. There may be very many: take as many as can be read.

    Notes
    -----
    O(nodes) for the search, and as many small operations as the pattern settles options.
    """
    left = chosen
    while left != world.false:
        world.watch.check()
        with world.guarded():
            part = _opened(world, _fewest(table(world.diagrams, left)), left)
            yield _pattern(world, part & world.feasible)
            left = left & ~part


def _fewest(written: Table) -> list[tuple[int, bool]]:
    """Return the options that the shortest way to "true" settles, and how."""
    far = len(written.var) + 1
    steps = [far, 0]
    for low, high in zip(written.low, written.high, strict=True):
        steps.append(1 + min(steps[low], steps[high]))
    settled: list[tuple[int, bool]] = []
    node = written.root
    while node > 1:
        low, high = written.low[node - 2], written.high[node - 2]
        value = steps[high] < steps[low]
        settled.append((written.var[node - 2], value))
        node = high if value else low
    return settled


def _opened(world: World, settled: list[tuple[int, bool]], left: Diagram) -> Diagram:
    """Return the part with those options settled, less each one without which no other feasible state comes in."""
    literals = [world.diagrams.var(v) if value else ~world.diagrams.var(v) for v, value in settled]
    outside = world.feasible & ~left
    for literal in tuple(literals):
        others = world.all_of(other for other in literals if other != literal)
        if others & outside == world.false:
            literals.remove(literal)
    return world.all_of(literals)


def _pattern(world: World, inside: Diagram) -> Pattern:
    """Return what all states agree on, - elsewhere."""
    total, yes = taken(table(world.diagrams, inside), world.options)
    return Pattern("".join("1" if y == total else "0" if not y else "-" for y in yes), total)
