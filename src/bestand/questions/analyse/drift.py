"""Where things drift from the status quo: how much is reached, and where it comes to rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates
from bestand.model.formula import OutcomeAtom
from bestand.model.sentences import By
from bestand.model.values import FrozenMap
from bestand.solve.drift import drift
from bestand.solve.reach import Reach
from bestand.solve.solution import Solution

if TYPE_CHECKING:
    from bestand.plan.ruling_values import Ruling

MOST_TOLD = 4  # resting places told with their paths
MOST_RESTING = 100  # that are kept


@dataclass(frozen=True)
class RestingPlace:
    """A state that is reached, and from which nobody can improve.

    Parameters
    ----------
    state : int
        A bit mask.
    path : tuple of (str, int)
        A shortest path there: who moves, by id, and where to.
    outcomes : tuple of str
        The names of those that are true there.
    """

    state: int
    path: tuple[tuple[str, int], ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Drift:
    """What is reached from the status quo.

    Parameters
    ----------
    by : {"improving", "best"}
        Which moves lead on.
    states : int
        How many states are reached, the status quo among them.
    moves : int or None
        How many moves the farthest of them takes; None over sets of states, where nobody counts them.
    resting : int or None
        How many of them are resting places; None as above.
    nearest : tuple of RestingPlace
        The first of these that fewest moves lead to.
    places : tuple of RestingPlace
        The first of these, in the order of the states; empty where nobody asked for a list.
    """

    by: By
    states: int
    moves: int | None = None
    resting: int | None = None
    nearest: tuple[RestingPlace, ...] = ()
    places: tuple[RestingPlace, ...] = ()
    everywhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class OnPurpose:
    """What is reached from the status quo by what the parties do on purpose.

    Parameters
    ----------
    purposeful : int or None
        How many states legal sequences of purposeful moves reach, whatever others would answer; None over sets.
    drifts : FrozenMap of str to tuple of (int, tuple of tuple of int)
        By concept: how many states drift under it reaches, and where it ends: states as bit masks.
    """

    purposeful: int | None
    drifts: FrozenMap[str, tuple[int, tuple[tuple[int, ...], ...]]]


def on_purpose(solution: Solution, concepts: Iterable[str], ruling: Ruling | None) -> OnPurpose | None:
    """Return what is reached on purpose; None where nobody has options, or the start cannot occur.

    Over sets of states it is what the verdict on the plan knows of it.

    Raises
    ------
    LimitReached
        Where the time of the solution's watch is over.
    """
    if not solution.lists:
        if ruling is None:
            return None
        return OnPurpose(None, FrozenMap({ruling.concept: (ruling.drifted, ruling.ends)}))
    start = solution.space.status_quo
    if start is None or not solution.model.options:
        return None
    try:
        reach = solution.reach("purposeful")
        drifts = {concept: drift(solution.purpose(concept), [start]) for concept in dict.fromkeys(concepts)}
    except TooManyStates:  # more sets of options to flip than anybody goes through
        return None
    states = solution.space.states
    return OnPurpose(
        None if reach is None else int(np.count_nonzero(reach.reached)),
        FrozenMap(
            {
                concept: (len(each.states), tuple(tuple(int(states[at]) for at in end) for end in each.ends))
                for concept, each in drifts.items()
            }
        ),
    )


def drift_of(solution: Solution, *, whole: bool) -> tuple[Drift, ...]:
    """Return where things drift: by improvements, and over listed states by best moves; nothing without a status quo.

    Parameters
    ----------
    solution : Solution
    whole : bool
        Whether to list resting places beside the nearest.

    Raises
    ------
    LimitReached
        Where the time of the solution's watch is over.

    Notes
    -----
    O(P · S) for each move of the longest shortest path, and one closure for the resting places.
    """
    if solution.lists:
        return tuple(_drifts(solution, MOST_RESTING if whole else 0))
    reached = solution.reached
    return () if reached is None else (Drift("improving", reached.count()),)


def _drifts(solution: Solution, most: int) -> Iterator[Drift]:
    movers: tuple[By, ...] = ("improving", "best")
    for by in movers:
        reach = solution.reach(by)
        if reach is None:
            return
        solution.watch.check()
        resting = np.flatnonzero(reach.reached & solution.resting)
        nearest = resting[np.argsort(reach.distance[resting], kind="stable")][:MOST_TOLD]
        first = resting[:most]
        known = dict(_resting_places(solution, reach, {*nearest.tolist(), *first.tolist()}))
        yield Drift(
            by,
            int(np.count_nonzero(reach.reached)),
            int(reach.distance.max()),
            len(resting),
            tuple(known[at] for at in nearest.tolist()),
            tuple(known[at] for at in first.tolist()),
            _everywhere(solution, resting),
        )


def _everywhere(solution: Solution, resting: NDArray[np.intp]) -> tuple[str, ...]:
    """Return the outcomes that are true in all of some states; none where there is no such state."""
    outcomes = (outcome.name for outcome in solution.model.outcomes)
    return tuple(name for name in outcomes if len(resting) and solution.space.holds(OutcomeAtom(name))[resting].all())


def _resting_places(solution: Solution, reach: Reach, places: Iterable[int]) -> Iterator[tuple[int, RestingPlace]]:
    model, states, parties = solution.model, solution.space.states, solution.engine.parties
    outcomes = {outcome.name: solution.space.holds(OutcomeAtom(outcome.name)) for outcome in model.outcomes}
    for at in places:
        path = tuple((parties[step.party], int(states[step.state])) for step in reach.path(at))
        true = tuple(name for name, holds in outcomes.items() if holds[at])
        yield at, RestingPlace(int(states[at]), path, true)
