"""Equilibria as columns: single states where they are few, patterns of states where they are many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from bestand.engine.patterns import Pattern, cover
from bestand.model.formula import Formula
from bestand.prose.messages import _p
from bestand.prose.words import bit_cell, lower_percent
from bestand.solve.solution import Bools, Solution

MOST_SINGLE = 12  # equilibria that get a column each


@dataclass(frozen=True)
class Column:
    """One equilibrium, or the equilibria that one pattern stands for.

    Parameters
    ----------
    name : str
        The state's label where it has one, else its place among the columns.
    bits : str
        1, 0, or - for an option that varies.
    members : (S,) bool
    reached : bool
        Whether they can be reached from the status quo by improvements.
    today : bool
        True for the column of the status quo, which need be no equilibrium.
    """

    name: str
    bits: str
    members: Bools
    reached: bool
    today: bool = False

    @property
    def count(self) -> int:
        """How many equilibria it stands for."""
        return int(self.members.sum())


def columns(solution: Solution, chosen: Bools, most: int) -> list[Column]:
    """The first columns of a set of states, those reached from the status quo before the others."""
    if int(chosen.sum()) <= MOST_SINGLE:
        found = reached_first(solution, chosen)[:most]
        return [_single(solution, at, place) for place, at in enumerate(found, start=1)]
    made: list[Column] = []
    reach = solution.reach()
    for place, (pattern, reached) in enumerate(islice(patterns_of(solution, chosen), most), start=1):
        members = chosen & matching(solution, pattern.bits)
        if reach is not None:
            members = members & (reach.reached == reached)
        made.append(Column(f"#{place}", pattern.bits, members, reached))
    return made


def reached_first(solution: Solution, chosen: Bools) -> list[int]:
    """Indices of a set of states: those reached from the status quo first, the nearest before the farther."""
    found = np.flatnonzero(chosen)
    reach = solution.reach()
    if reach is None:
        return found.tolist()
    distance = reach.distance[found]
    far = np.where(distance < 0, np.iinfo(np.int32).max, distance)
    return found[np.argsort(far, kind="stable")].tolist()


def patterns_of(solution: Solution, chosen: Bools) -> Iterator[tuple[Pattern, bool]]:
    """A disjoint cover of a set of states: those reached from the status quo first (True), then the others."""
    states, options = solution.space.states, len(solution.model.options)
    reach = solution.reach()
    reached = np.zeros_like(chosen) if reach is None else reach.reached
    solution.watch.phase("summing up equilibria")
    for part, is_reached in ((chosen & reached, True), (chosen & ~reached, False)):
        for pattern in cover(part, states, options):
            solution.watch.step()
            yield pattern, is_reached


def today(solution: Solution) -> list[Column]:
    """A column for the status quo, to compare the others with; none where the model has no status quo."""
    at = solution.space.status_quo
    if at is None:
        return []
    members = np.zeros(solution.space.size, bool)
    members[at] = True
    return [
        Column(
            _p("column of a table", "today"), solution.model.bits(int(solution.space.states[at])), members, True, True
        )
    ]


def _single(solution: Solution, at: int, place: int) -> Column:
    members = np.zeros(solution.space.size, bool)
    members[at] = True
    bits = solution.model.bits(int(solution.space.states[at]))
    reach = solution.reach()
    reached = reach is not None and bool(reach.reached[at])
    return Column(solution.model.labels.get(bits, f"#{place}"), bits, members, reached)


def matching(solution: Solution, bits: str) -> Bools:
    """(S,): the states that match a pattern."""
    fixed = sum(1 << k for k, bit in enumerate(bits) if bit != "-")
    value = sum(1 << k for k, bit in enumerate(bits) if bit == "1")
    return (solution.space.states & np.uint64(fixed)) == np.uint64(value)


def formula_cell(solution: Solution, column: Column, formula: Formula) -> str:
    """Y, N, or - where a formula varies over a column."""
    holds = solution.space.holds(formula)[column.members]
    return bit_cell("1" if holds.all() else "-" if holds.any() else "0")


def rank_cell(solution: Solution, column: Column, party: int) -> str:
    """What share of the states a party ranks lower, in percent: one figure or a span."""
    shares = solution.lower_share(party)[column.members]
    low, high = lower_percent(shares.min()), lower_percent(shares.max())
    return low if low == high else f"{low}–{high}"
