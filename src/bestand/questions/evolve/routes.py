"""The shortest paths to what is told of: to ends, to what somebody wants to come to, and to equilibria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from bestand.engine.limits import Watch
from bestand.model.errors import LimitReached, Stop
from bestand.model.values import FrozenMap

from .drift import Drift
from .equilibria import Standing
from .extent import COLUMNS, ENDS, FEW
from .paths import ENOUGH, Paths, PathSearch
from .prospects import End
from .target import Target

_SAMPLE = 20  # shortest paths to an equilibrium that are looked at, to give one as data

Routes = FrozenMap[int, Paths]


@dataclass(frozen=True)
class Guide:
    """Which states are told of, and how to come there; all by their places.

    Parameters
    ----------
    columns : tuple of int
        The states that get a column in the table of last movers, the most telling first.
    routes : FrozenMap of int to Paths
        The shortest paths to ends and targets, and to equilibria in the table.
    samples : FrozenMap of int to Paths
        One path to each equilibrium that data list.
    stopped : Stop or None
        The limit that was reached: then paths to some of the states that data list are missing.
    """

    columns: tuple[int, ...]
    routes: Routes
    samples: Routes
    stopped: Stop | None


def guide(
    drift: Drift, target: Target | None, ends: tuple[End, ...], standing: Standing, most: int, listed: int, watch: Watch
) -> Guide:
    """Find the paths to what is told, and to so many states of a kind that data list.

    Parameters
    ----------
    drift : Drift
    target : Target, optional
    ends : tuple of End
    standing : Standing
    most : int
        How many paths to a state.
    listed : int
    watch : Watch
        Where a limit is reached, the paths to what is told in words are there all the same: they are few.
    """
    search = PathSearch(drift, most)
    columns = tuple(_columns(drift, target, ends, standing))
    told = list(_told(drift, target, ends, standing, columns))
    more = list(_listed(drift, target, ends, listed))
    equilibria = list(dict.fromkeys(_equilibria(drift, standing, listed)))
    search.look_up([*told, *more, *equilibria])
    routes = dict(_found(search, told))
    samples: dict[int, Paths] = {}
    stopped = None
    try:
        more = [at for at in dict.fromkeys(more) if at not in routes]
        watch.phase("looking for the shortest paths", len(more) + len(equilibria))
        for places, found, enough in ((more, routes, ENOUGH), (equilibria, samples, _SAMPLE)):
            for at, paths in _found(search, places, enough):
                found[at] = paths
                watch.step()
    except LimitReached as error:
        stopped = error.stop
    return Guide(columns, Routes(routes), Routes(samples), stopped)


def _found(search: PathSearch, places: Iterable[int], enough: int = ENOUGH) -> Iterator[tuple[int, Paths]]:
    """Yield those of some states that are reached, each with the paths to it."""
    for at in places:
        paths = search.paths(at, enough)
        if paths is not None:
            yield at, paths


def _told(
    drift: Drift, target: Target | None, ends: tuple[End, ...], standing: Standing, columns: tuple[int, ...]
) -> Iterator[int]:
    """Yield the states that are told with paths in words."""
    yield from () if target is None else target.told
    yield from (end.nearest for end in ends[:ENDS])
    stable = np.logical_or.reduce([np.zeros(drift.size, bool), *standing.among.values()])
    yield from (at for at in columns if stable[at])


def _listed(drift: Drift, target: Target | None, ends: tuple[End, ...], listed: int) -> Iterator[int]:
    """Yield the states that data list with all their paths."""
    if target is not None:
        yield from np.flatnonzero(target.found & drift.reached)[:listed].tolist()
    yield from (end.nearest for end in ends[:listed])


def _equilibria(drift: Drift, standing: Standing, listed: int) -> Iterator[int]:
    """Yield the equilibria that data list."""
    for stable in standing.among.values():
        yield from np.flatnonzero(stable & drift.reached)[:listed].tolist()


def _columns(drift: Drift, target: Target | None, ends: tuple[End, ...], standing: Standing) -> Iterator[int]:
    """Yield the states that get a column: all where they are few, else so many of the most telling that are reached."""
    if drift.size <= FEW:
        yield from range(drift.size)
        return
    telling = dict.fromkeys(_telling(drift, target, ends, standing))
    yield from islice((at for at in telling if drift.distance[at] >= 0), COLUMNS)


def _telling(drift: Drift, target: Target | None, ends: tuple[End, ...], standing: Standing) -> Iterator[int]:
    """Yield the start, some targets, ends and equilibria, then all others that are near."""
    yield 0
    if target is not None:
        yield from np.flatnonzero(target.found)[:2].tolist()
        for stable in sorted(standing.among.values(), key=lambda stable: int(stable.sum())):
            yield from np.flatnonzero(target.found & stable)[:1].tolist()
    yield from (end.nearest for end in ends[:3])
    for concept in sorted(standing.among, key=lambda concept: standing.totals[concept]):
        yield from np.flatnonzero(standing.among[concept])[:2].tolist()
    yield from range(min(drift.size, 4 * COLUMNS))
