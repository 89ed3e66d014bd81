"""Where the states of a small model stand in a lattice: every party moves along rows, or along columns.

An axis holds the strategies of one party, or of several, one within the other. Which parties share an axis is chosen so
that few moves have to go round other states, and that the sheet holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bestand.drawing.arcs import lanes
from bestand.drawing.sheet import MARGIN, WIDTH
from bestand.model.model import Model

from .graph import Arc, Graph

TALLEST = 860.0
MOST_ACTING = 4  # parties
MOST_ARCS = 200
LANE = 7.0
_GAP = 20.0  # between cells, beside the lanes
_SIDE = 118.0  # words of one party beside the rows


@dataclass(frozen=True)
class Axis:
    """Rows, or columns.

    Parameters
    ----------
    parties : tuple of int
        The outermost first.
    places : tuple of tuple of int
        For each row, what each of these parties does: a mask of its own options.
    """

    parties: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]

    def runs(self, level: int) -> Iterator[tuple[int, int, int]]:
        """Yield stretches in which a party does one thing, and those outside it too: first, after last, mask."""
        first = 0
        for k in range(1, len(self.places) + 1):
            if k == len(self.places) or self.places[k][: level + 1] != self.places[first][: level + 1]:
                yield first, k, self.places[first][level]
                first = k


@dataclass(frozen=True)
class Bow:
    """A move that goes round other states: beside which row or column, and in which lane."""

    arc: Arc
    line: int
    lane: int


@dataclass(frozen=True)
class Grid:
    """A lattice, placed.

    Parameters
    ----------
    columns, rows : Axis
    at : tuple of (int, int)
        The column and row of each state.
    straight : tuple of Arc
        Between states that no other stands between.
    above : tuple of Bow
        Along rows.
    beside : tuple of Bow
        Along columns.
    """

    columns: Axis
    rows: Axis
    at: tuple[tuple[int, int], ...]
    straight: tuple[Arc, ...]
    above: tuple[Bow, ...]
    beside: tuple[Bow, ...]

    @property
    def acting(self) -> tuple[int, ...]:
        """The parties that move in it."""
        return tuple(sorted((*self.columns.parties, *self.rows.parties)))

    @property
    def gaps(self) -> tuple[float, float]:
        """The room between columns, and between rows."""
        across, down = (
            _GAP + LANE * (1 + max((bow.lane for bow in bows), default=-1)) for bows in (self.beside, self.above)
        )
        return across, down

    @property
    def side(self) -> float:
        """The room for words beside the rows."""
        return _SIDE * len(self.rows.parties) if len(self.rows.parties) != 1 else 1.35 * _SIDE

    def fits(self, cell: tuple[float, float]) -> bool:
        """Return whether the sheet holds it, with cells of some width and height."""
        across, down = self.gaps
        wide = self.side + len(self.columns.places) * (cell[0] + across)
        return wide <= WIDTH - 2 * MARGIN and len(self.rows.places) * (cell[1] + down) <= TALLEST

    @property
    def cost(self) -> tuple[int, int]:
        """Return how much it takes to read."""
        size = max(bow.lane for bow in (*self.above, *self.beside)) if self.above or self.beside else -1
        return size, len(self.above) + len(self.beside)


def grid_of(model: Model, graph: Graph, cell: tuple[float, float]) -> Grid | None:
    """Return the lattice that is easiest to read; None where no sheet holds one, or it would be a tangle."""
    owns = [model.mask(option.id for option in party.options) for party in model.parties]
    acting = [i for i, own in enumerate(owns) if len({state.mask & own for state in graph.states}) > 1]
    if len(acting) > MOST_ACTING or len(graph.steps) > MOST_ARCS:
        return None
    grids: list[Grid] = []
    for sides in product((0, 1), repeat=len(acting)):
        if len(acting) > 1 and len(set(sides)) == 1:
            continue  # all on one side
        axes = [_axis(graph, owns, [i for i, side in zip(acting, sides, strict=True) if side == k]) for k in (0, 1)]
        grid = _placed(graph, owns, *axes)
        if grid.fits(cell):
            grids.append(grid)
    return min(grids, key=lambda grid: grid.cost, default=None)


def _axis(graph: Graph, owns: Sequence[int], parties: Sequence[int]) -> Axis:
    places = sorted({tuple(state.mask & owns[i] for i in parties) for state in graph.states})
    return Axis(tuple(parties), tuple(places))


def _placed(graph: Graph, owns: Sequence[int], columns: Axis, rows: Axis) -> Grid:
    at = tuple(
        (
            columns.places.index(tuple(state.mask & owns[i] for i in columns.parties)),
            rows.places.index(tuple(state.mask & owns[i] for i in rows.parties)),
        )
        for state in graph.states
    )
    taken = set(at)
    straight: list[Arc] = []
    bowed: tuple[dict[int, list[Arc]], dict[int, list[Arc]]] = ({}, {})
    for arc in graph.steps:
        (c0, r0), (c1, r1) = at[arc.source], at[arc.target]
        between = {(c, r0) for c in range(min(c0, c1) + 1, max(c0, c1))} | {
            (c0, r) for r in range(min(r0, r1) + 1, max(r0, r1))
        }
        if between & taken:
            bowed[0 if r0 == r1 else 1].setdefault(r0 if r0 == r1 else c0, []).append(arc)
        else:
            straight.append(arc)
    above, beside = (tuple(_bows(arcs, at, along)) for along, arcs in enumerate(bowed))
    return Grid(columns, rows, at, tuple(straight), above, beside)


def _bows(by_line: dict[int, list[Arc]], at: Sequence[tuple[int, int]], along: int) -> Iterator[Bow]:
    """Yield the moves beside each row (``along`` 0) or column (1), in lanes."""
    for line, arcs in by_line.items():
        spans = [tuple(sorted((at[arc.source][along], at[arc.target][along]))) for arc in arcs]
        for arc, lane in zip(arcs, lanes([(low, high) for low, high in spans]), strict=True):
            yield Bow(arc, line, lane)
