"""The option lattice: a grid of states in which the moves of each party run one way, across or down."""

from __future__ import annotations

from bestand.drawing.arcs import bow
from bestand.drawing.colours import dashes, party_class
from bestand.drawing.measure import lines
from bestand.drawing.sheet import MARGIN, SMALL, WIDTH, Sheet
from bestand.model.model import Model
from bestand.prose.phrases import doing_words

from .cells import cell_size, draw_state, key
from .graph import Arc, Graph
from .grid import LANE, Axis, Bow, Grid

_LINE = SMALL * 1.25
_MOST_LINES = 6  # of words of one party above a column
_OUT = 8.0  # how far the innermost lane is from the cells
_BEGIN, _END = 0.2, 0.34  # how far from the middle of a side bows begin and end, in sides
_WIDE = 1.8
_WIDEST = 170.0  # gap between columns


class Lattice:
    """Draws a lattice.

    Parameters
    ----------
    sheet : Sheet
    model : Model
    graph : Graph
    grid : Grid
    """

    def __init__(self, sheet: Sheet, model: Model, graph: Graph, grid: Grid) -> None:
        self.sheet, self.model, self.graph, self.grid = sheet, model, graph, grid
        self.cell = cell_size(graph)
        room = (WIDTH - 2 * MARGIN - grid.side) / len(grid.columns.places)
        self.pitch = min(room, self.cell[0] + _WIDEST), self.cell[1] + grid.gaps[1]
        self.left = MARGIN + grid.side
        self.top = 0.0

    def draw(self) -> float:
        """Draw all; return the height."""
        self.top = self._heads(key(self.sheet, self.model, self.graph, self.grid.acting))
        self._sides()
        for each in self.grid.straight:
            self._straight(each)
        for each in self.grid.above:
            self._bow(each, along=0)
        for each in self.grid.beside:
            self._bow(each, along=1)
        for k, state in enumerate(self.graph.states):
            draw_state(self.sheet, state, *self._middle(k), self.cell)
        return self.top + len(self.grid.rows.places) * self.pitch[1] + MARGIN

    def _middle(self, state: int) -> tuple[float, float]:
        """Return the middle of a cell: below the lanes of its row, left of those of its column."""
        column, row = self.grid.at[state]
        return (
            self.left + column * self.pitch[0] + self.cell[0] / 2,
            self.top + (row + 1) * self.pitch[1] - self.cell[1] / 2,
        )

    def _heads(self, y: float) -> float:
        """Draw what the parties of the columns do, the outermost on top; return where the rows begin."""
        axis = self.grid.columns
        for level, i in enumerate(axis.parties):
            heads = [
                (first, lines(self._doing(i, mask), SMALL, (after - first) * self.pitch[0] - 22, _MOST_LINES))
                for first, after, mask in axis.runs(level)
            ]
            y += _LINE
            for first, words in heads:
                x = self.left + first * self.pitch[0]
                self._words(i, words, x, y)
            y += _LINE * (max(len(words) for _first, words in heads) - 1) + 6
            if level < len(axis.parties) - 1:
                self._brackets(axis, level, y)
        return y

    def _brackets(self, axis: Axis, level: int, y: float) -> None:
        for first, after, _mask in axis.runs(level):
            self.sheet.line(
                self.left + first * self.pitch[0], y, self.left + after * self.pitch[0] - 12, y, line="rule"
            )

    def _sides(self) -> None:
        """Draw what the parties of the rows do, beside them, the outermost on the left."""
        axis = self.grid.rows
        for level, i in enumerate(axis.parties):
            room = self.grid.side / len(axis.parties)
            x = MARGIN + level * room
            for first, after, mask in axis.runs(level):
                top, bottom = self.top + first * self.pitch[1], self.top + after * self.pitch[1]
                most = max(int((bottom - top - 6) / _LINE), 1)
                words = lines(self._doing(i, mask), SMALL, room - 26, most)
                middle = bottom - self.cell[1] / 2 if after - first == 1 else (top + bottom) / 2
                begin = min(middle - (len(words) - 1) * _LINE / 2, bottom - (len(words) - 0.5) * _LINE) + 4
                self._words(i, words, x, begin)
                if level < len(axis.parties) - 1:
                    self.sheet.line(x + room - 8, top + 10, x + room - 8, bottom, line="rule")

    def _doing(self, i: int, mask: int) -> str:
        return doing_words(self.model, self.model.parties[i].id, mask)

    def _words(self, i: int, words: list[str], x: float, y: float) -> None:
        self.sheet.mark(i, x + 5, y - 4, 4.5)
        for k, line in enumerate(words):
            self.sheet.text(x + 14, y + k * _LINE, line, size=SMALL)

    def _straight(self, arc: Arc) -> None:
        (x0, y0), (x1, y1) = self._middle(arc.source), self._middle(arc.target)
        wide, high = self.cell
        across, down = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
        start = (x0 + across * wide / 2, y0 + down * high / 2)
        end = (x1 - across * (wide / 2 + 1.5), y1 - down * (high / 2 + 1.5))
        self.sheet.arrow([start, end], line=party_class(arc.mover), wide=_WIDE, dash=dashes(arc.mover))

    def _bow(self, each: Bow, *, along: int) -> None:
        """Draw a move round other states: above a row (``along`` 0), or to the right of a column (1)."""
        arc, out = each.arc, _OUT + LANE * each.lane
        (x0, y0), (x1, y1) = self._middle(arc.source), self._middle(arc.target)
        wide, high = self.cell
        if along == 0:
            side = 1 if x1 > x0 else -1
            start, end = (x0 + side * wide * _BEGIN, y0 - high / 2), (x1 - side * wide * _END, y1 - high / 2 - 1.5)
            way = (0.0, -out)
        else:
            side = 1 if y1 > y0 else -1
            start, end = (x0 + wide / 2, y0 + side * high * _BEGIN), (x1 + wide / 2 + 1.5, y1 - side * high * _END)
            way = (out, 0.0)
        bow(self.sheet, arc.mover, start, end, way, wide=_WIDE)
