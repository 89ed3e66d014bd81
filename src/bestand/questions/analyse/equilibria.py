"""The equilibria: how many there are, the first of them one by one, and all of them summed up in patterns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.patterns import Pattern, parts
from bestand.engine.sets import ListedStates, StateSet
from bestand.model.formula import Formula, OutcomeAtom
from bestand.model.values import FrozenMap
from bestand.solve.loose import loose
from bestand.solve.solution import Bools, Solution

MOST_SINGLE = 12  # equilibria that get a column each; more of them are told by patterns
MOST_COLUMNS = 64  # patterns that are looked into for a table
MOST_UNASKED = 24  # where no list of them is asked for
MOST_OF_SETS = 16  # the same over sets of states, where each takes long

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Columns:
    """States, or patterns of states, as columns of a table.

    Parameters
    ----------
    bits : tuple of str
        Of each column: 1, 0, or - for an option that varies.
    counts : tuple of int
        How many states each stands for.
    single : bool
        Whether each is one state.
    reached : tuple of bool, or None
        Whether improvements lead there from the status quo; None where there is none, or nobody looked.
    outcomes : (O, n) int8 or None
        1 where an outcome is true, 0 where it is not, -1 where that varies. None over sets of states.
    lowest, highest : (P, n) float64 or None
        What share of the feasible states the party likes less than the lowest, and the highest, of the states of a
        column. None over sets of states.
    """

    bits: tuple[str, ...]
    counts: tuple[int, ...]
    single: bool
    reached: tuple[bool, ...] | None = None
    outcomes: NDArray[np.int8] | None = None
    lowest: NDArray[np.float64] | None = None
    highest: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.bits)

    def first(self, k: int) -> Columns:
        """Return the first k of them."""
        reached = None if self.reached is None else self.reached[:k]
        outcomes = None if self.outcomes is None else self.outcomes[:, :k]
        lowest, highest = (None if each is None else each[:, :k] for each in (self.lowest, self.highest))
        return Columns(self.bits[:k], self.counts[:k], self.single, reached, outcomes, lowest, highest)


@dataclass(frozen=True)
class Listing:
    """The first equilibria, one by one; those that fewer moves lead to before the others.

    Parameters
    ----------
    states : tuple of int
        Bit masks.
    outcomes : (n, O) bool
        Which outcomes are true.
    lower : (n, P) float64
        What share of the feasible states the party likes less.
    moves : (n,) int32 or None
        How many improvements lead there from the status quo, -1 where none do; None where there is none, or nobody
        looked.
    loose : FrozenMap of str to (n,) bool
        By concept that reckons with credible answers: whether answers alone hold it that are not best moves.
    """

    states: tuple[int, ...]
    outcomes: Bools
    lower: NDArray[np.float64]
    moves: NDArray[np.int32] | None
    loose: FrozenMap[str, Bools]


@dataclass(frozen=True)
class Equilibria:
    """The equilibria of one concept, or of several that have the same.

    Parameters
    ----------
    concepts : tuple of str
    total : int
        How many there are.
    count : int
        How many of them satisfy what was asked for; what follows is of these.
    outcomes : tuple of int
        In how many of them each outcome is true.
    reached : int or None
        To how many improvements lead from the status quo; None where there is none, or nobody has looked yet.
    loose : FrozenMap of str to int
        By concept that reckons with credible answers: how many are held only by answers that are not the best move of
        whoever gives them. Concepts that nobody looked at are left out.
    columns : Columns or None
        What a table shows of them: None where a limit was reached before.
    listing : Listing or None
        None where nobody asked for one, or a limit was reached before.
    patterns : tuple of Pattern
        They do not overlap; those that are reached come first.
    patterns_reached : int
        How many of the patterns are.
    patterns_complete : bool
        Whether the patterns are all of the equilibria.
    """

    concepts: tuple[str, ...]
    total: int
    count: int
    outcomes: tuple[int, ...]
    reached: int | None = None
    loose: FrozenMap[str, int] = FrozenMap()  # noqa: RUF009 - immutable
    columns: Columns | None = None
    listing: Listing | None = None
    patterns: tuple[Pattern, ...] = ()
    patterns_reached: int = 0
    patterns_complete: bool = False


def equilibria_of(solution: Solution, concepts: Sequence[str], where: Formula | None) -> tuple[Equilibria, ...]:
    """Return how many equilibria there are: concepts that have the same ones together, in the order asked.

    Parameters
    ----------
    solution : Solution
        Finished under the concepts.
    concepts : sequence of str
    where : Formula, optional
        Which ones are looked into; all unless told.
    """
    formulas = [OutcomeAtom(outcome.name) for outcome in solution.model.outcomes]
    outcomes = [solution.where(formula) for formula in formulas]
    groups = []
    for same in alike(solution, concepts):
        every = solution.equilibrium_set(same[0])
        chosen = every if where is None else every & where
        counts = tuple((chosen & outcome).count() for outcome in outcomes)
        groups.append(Equilibria(tuple(same), every.count(), chosen.count(), counts))
    return tuple(groups)


def alike(solution: Solution, concepts: Iterable[str]) -> list[list[str]]:
    """Return the concepts, those that have the same equilibria together."""
    groups: list[tuple[StateSet, list[str]]] = []
    for concept in concepts:
        chosen = solution.equilibrium_set(concept)
        for same, known in groups:
            if same == chosen:
                known.append(concept)
                break
        else:
            groups.append((chosen, [concept]))
    return [known for _chosen, known in groups]


def with_reached(solution: Solution, group: Equilibria, where: Formula | None) -> Equilibria:
    """Return equilibria with how many of them are reached from the status quo."""
    if solution.reached is None:
        return group
    chosen = solution.equilibrium_set(group.concepts[0]) & solution.reached
    return replace(group, reached=(chosen if where is None else chosen & where).count())


def with_loose(solution: Solution, group: Equilibria, where: Formula | None) -> Equilibria:
    """Return equilibria with how many of them are held only by answers that are not best moves."""
    kept = slice(None) if where is None else solution.space.holds(where)
    found = {c: only for c in group.concepts if (only := loose(solution, c)) is not None}
    return replace(group, loose=FrozenMap({c: int(np.count_nonzero(only[kept])) for c, only in found.items()}))


def summed_up(solution: Solution, group: Equilibria, where: Formula | None, most: int | None) -> Equilibria:
    """Return equilibria with the first of them, and all of them in patterns.

    Parameters
    ----------
    solution : Solution
    group : Equilibria
    where : Formula, optional
    most : int, optional
        How many of them to list. Where None, none are listed, and there are as many patterns as a table shows.

    Raises
    ------
    LimitReached
        Where the time of the solution's watch is over.
    """
    chosen = solution.equilibrium_set(group.concepts[0])
    if where is not None:
        chosen = chosen & where
    if isinstance(chosen, ListedStates):
        return _summed_up_lists(solution, group, chosen.chosen, most)
    return _summed_up_sets(solution, group, chosen, most)


def _summed_up_lists(solution: Solution, group: Equilibria, chosen: Bools, most: int | None) -> Equilibria:
    """Those that are reached first, in the patterns and in the list, with all that tables show of them."""
    order = _nearest_first(solution, chosen)
    solution.watch.phase("summing up equilibria")
    patterns: list[Pattern] = []
    members: list[Indices] = []
    reached, complete = 0, True
    for pattern, states, is_reached in _patterns(solution, chosen):
        solution.watch.step()
        if most is None and len(patterns) == MOST_UNASKED:
            complete = False
            break
        patterns.append(pattern)
        reached += is_reached
        if len(members) < MOST_COLUMNS:
            members.append(np.searchsorted(solution.space.states, states.astype(np.uint64)))
    if len(order) <= MOST_SINGLE:
        columns = single_columns(solution, order)
    else:
        flags = tuple(k < reached for k in range(len(members)))
        columns = _columns(solution, [pattern.bits for pattern in patterns[: len(members)]], members, flags)
    return replace(
        group,
        columns=columns,
        listing=None if most is None else _listing(solution, solution.space.states[order[:most]], group.concepts),
        patterns=tuple(patterns),
        patterns_reached=reached,
        patterns_complete=complete,
    )


def _nearest_first(solution: Solution, chosen: Bools) -> Indices:
    """Some states by their positions: those reached from the status quo first, the nearest before the farther."""
    found = np.flatnonzero(chosen)
    reach = solution.reach()
    if reach is None:
        return found
    distance = reach.distance[found]
    far = np.where(distance < 0, np.iinfo(np.int32).max, distance)
    return found[np.argsort(far, kind="stable")]


def _patterns(solution: Solution, chosen: Bools) -> Iterator[tuple[Pattern, NDArray[np.uint64], bool]]:
    """Disjoint patterns of some states, with their states; those that are reached come first, and are told apart."""
    reach, options = solution.reach(), len(solution.model.options)
    reached = np.zeros_like(chosen) if reach is None else reach.reached
    for part, is_reached in ((chosen & reached, True), (chosen & ~reached, False)):
        for pattern, states in parts(part, solution.space.states, options):
            yield pattern, states, is_reached


def single_columns(solution: Solution, order: Indices) -> Columns:
    """Return a column for each of some states, which are given by their positions."""
    bits = [solution.model.bits(int(solution.space.states[at])) for at in order]
    reach = solution.reach()
    reached = tuple(reach is not None and bool(reach.reached[at]) for at in order)
    return _columns(solution, bits, list(order[:, np.newaxis]), reached, single=True)


def _columns(
    solution: Solution,
    bits: Sequence[str],
    members: Sequence[Indices],
    reached: tuple[bool, ...],
    *,
    single: bool = False,
) -> Columns:
    """The columns of some sets of states, which are given by the positions of their members."""
    sizes = [len(each) for each in members]
    starts = [0, *accumulate(sizes)][:-1]
    every = np.concatenate([np.zeros(0, np.intp), *members])
    model = solution.model
    outcomes = np.empty((len(model.outcomes), len(sizes)), np.int8)
    lowest, highest = (np.empty((len(model.parties), len(sizes))) for _ in range(2))
    if sizes:
        for k, outcome in enumerate(model.outcomes):
            true = np.add.reduceat(solution.space.holds(OutcomeAtom(outcome.name))[every], starts, dtype=np.int64)
            outcomes[k] = np.where(true == sizes, 1, np.where(true == 0, 0, -1))
        for i in range(len(model.parties)):
            share = solution.lower_share(i)[every]
            lowest[i], highest[i] = np.minimum.reduceat(share, starts), np.maximum.reduceat(share, starts)
    for array in (outcomes, lowest, highest):
        array.flags.writeable = False
    known = None if solution.reach() is None else reached
    return Columns(tuple(bits), tuple(sizes), single, known, outcomes, lowest, highest)


def _summed_up_sets(solution: Solution, group: Equilibria, chosen: StateSet, most: int | None) -> Equilibria:
    """The largest patterns, and the first states: no more patterns than states are listed."""
    solution.watch.phase("summing up equilibria")
    wanted = MOST_OF_SETS if most is None else max(most, MOST_OF_SETS)
    patterns = []
    for pattern in islice(chosen.patterns(), wanted + 1):
        solution.watch.step()
        patterns.append(pattern)
    shown = patterns[:MOST_OF_SETS]
    columns = Columns(tuple(each.bits for each in shown), tuple(each.count for each in shown), single=False)
    listed = MOST_OF_SETS if most is None else most
    return replace(
        group,
        columns=columns,
        listing=None if most is None else _listing(solution, chosen.masks(most), group.concepts),
        patterns=tuple(patterns[:listed]),
        patterns_complete=len(patterns) <= listed,
    )


def _listing(solution: Solution, states: NDArray[Any], concepts: Iterable[str]) -> Listing:
    """Some equilibria, which are given as bit masks, one by one."""
    model = solution.model
    solution.watch.phase("listing equilibria", len(states) * len(model.parties))
    outcomes = np.empty((len(states), len(model.outcomes)), bool)
    for k, outcome in enumerate(model.outcomes):
        outcomes[:, k] = solution.where(OutcomeAtom(outcome.name)).among(states)
    lower = np.empty((len(states), len(model.parties)))
    for i in range(len(model.parties)):
        lower[:, i] = solution.shares_below(i, states)
    moves: NDArray[np.int32] | None = None
    only: dict[str, Bools] = {}
    if solution.lists:
        order, reach = np.searchsorted(solution.space.states, states), solution.reach()
        moves = None if reach is None else reach.distance[order]
        only = {c: held[order] for c in concepts if (held := loose(solution, c)) is not None}
    for array in (outcomes, lower, *([] if moves is None else [moves]), *only.values()):
        array.flags.writeable = False
    return Listing(tuple(states.tolist()), outcomes, lower, moves, FrozenMap(only))
