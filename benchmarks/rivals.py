"""Other tools that find pure Nash equilibria, on the games of ours.

A strategy is one combination of a party's options, so the states are the cells of the table of payoffs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import engines
from bestand.engine.space import Space

Cells = frozenset[tuple[int, ...]]  # one strategy of every player

ENUMERATED = 4  # strategies up to which nashpy is asked for all equilibria: the pairs of supports double with each


@dataclass(frozen=True)
class Rival:
    """A tool.

    Parameters
    ----------
    name : str
    make : callable
        Its own game, from the players' tables of payoffs.
    solve : callable
        What it finds in that game.
    cells : callable
        The same as cells.
    """

    name: str
    make: Callable[[list[NDArray[np.int32]]], Any]
    solve: Callable[[Any], Any]
    cells: Callable[[Any], Cells] = frozenset


def payoffs(space: Space) -> list[NDArray[np.int32]]:
    """Each player's table of payoffs, its ranks: axis j is the strategy of player j. Every combination is feasible."""
    widths = [1 << len(party.options) for party in space.model.parties]
    return [np.ascontiguousarray(row.reshape(widths[::-1]).T) for row in space.ranks]


def our_cells(engine: Any) -> Cells:
    """The states that are Nash-stable for everybody."""
    (stable,) = engines.conclude(engine, ["nash"])
    everybody = engine.over_states(np.logical_and.reduce(stable))
    widths = [1 << len(party.options) for party in engine.space.model.parties]
    strategies = np.unravel_index(engine.space.states[everybody].astype(np.int64), widths, order="F")
    return frozenset(zip(*(axis.tolist() for axis in strategies), strict=True))


def rivals(players: int, strategies: int) -> list[Rival]:
    """Those that can solve games of so many players with so many strategies each.

    Raises
    ------
    SystemExit
        When one is not installed; says where it is to be had.
    """
    try:
        import nashpy
        import pygambit
    except ImportError as error:
        raise SystemExit(
            f"{error.name} is not installed: it is in the group 'rivals' "
            "(uv run --group bench --group rivals --all-extras python -m benchmarks.compare)"
        ) from error

    def bimatrix(tables: list[NDArray[np.int32]]) -> Any:
        return nashpy.Game(*(each.astype(float) for each in tables))

    able = [
        Rival(
            "pygambit",
            lambda tables: pygambit.Game.from_arrays(*tables),
            lambda game: pygambit.nash.enumpure_solve(game).equilibria,
            _pure_profiles,
        )
    ]
    if players == 2:
        able.append(Rival("nashpy, cell by cell", bimatrix, _best_responses))
    if players == 2 and strategies <= ENUMERATED:
        able.append(Rival("nashpy, all equilibria", bimatrix, lambda game: list(game.support_enumeration()), _pure))
    return able


def _pure_profiles(profiles: Iterable[Any]) -> Cells:
    """What pygambit finds: for each player, a probability for each strategy."""
    return frozenset(
        tuple(next(k for k, (_, p) in enumerate(mixed) if p == 1) for _, mixed in profile.mixed_strategies())
        for profile in profiles
    )


def _best_responses(game: Any) -> Cells:
    """Nashpy has no search for pure equilibria alone; it can say whether two strategies answer each other best."""
    rows, columns = (np.eye(n) for n in game.payoff_matrices[0].shape)
    return frozenset(
        (a, b)
        for a, row in enumerate(rows)
        for b, column in enumerate(columns)
        if all(game.is_best_response(row, column))
    )


def _pure(equilibria: Iterable[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> Cells:
    """Of all equilibria that nashpy finds, the pure ones."""
    return frozenset(
        (int(row.argmax()), int(column.argmax()))
        for row, column in equilibria
        if np.count_nonzero(row) == np.count_nonzero(column) == 1
    )
