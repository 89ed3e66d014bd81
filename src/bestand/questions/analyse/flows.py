"""Classes of states in rows, and beside them a panel for each party: from where to where it can improve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.drawing.colours import party_class
from bestand.drawing.measure import lines, width
from bestand.drawing.sheet import MARGIN, SMALL, WIDTH, Drawing
from bestand.drawing.squares import PITCH, Column, draw_heads, draw_squares, heads_height
from bestand.prose.messages import _p, number
from bestand.prose.words import percent
from bestand.solve.solution import Solution

from .classes import Class, Classed
from .flows_words import letter, told_formulas
from .rails import Rails

MOST_PANELS = 15
_ROW = 32.0
_APART = 10.0  # before a column of numbers
_TODAY = 66.0  # a letter, and a word beside it
_PILL = (34.0, 17.0)
_TINY = 10.5
_HEADER = 46.0  # above the rows
_NAME = 62.0  # room for the name of a party, at least
_GAP = 8.0  # between two panels
_PAGE = 1000.0


class Flowing:
    """Draws the classes and the panels.

    Parameters
    ----------
    solution : Solution
    found : Classed
    concepts : sequence of str
        Under which equilibria were counted.
    """

    def __init__(self, solution: Solution, found: Classed, concepts: Sequence[str]) -> None:
        self._found = found
        self._parties = solution.model.parties
        told = zip(found.formulas, told_formulas(solution.model, found.formulas), strict=True)
        self._columns = [Column(words, bold=formula == solution.model.plan) for formula, words in told]
        self._heads = [_p("column of a table", "states"), *concepts]
        self._edges = list(self._right_edges())
        self._top = MARGIN + heads_height(self._columns, MARGIN + _TODAY)
        able = [i for i, row in enumerate(found.leaving) if row.any()][:MOST_PANELS]
        self._rails = {mover: Rails(flow for flow in found.flows if flow.mover == mover) for mover in able}
        self._tiers = self._fitting(able)

    @property
    def movers(self) -> list[int]:
        """The parties that have a panel."""
        return [mover for tier in self._tiers for mover in tier]

    @property
    def hidden(self) -> int:
        """How many arrows in the panels are left out."""
        return sum(self._rails[mover].hidden for mover in self.movers)

    def draw(self, on: Drawing) -> float:
        """Draw all; returns the height."""
        y = draw_heads(on, self._columns, MARGIN + _TODAY, MARGIN, self._top + _HEADER - 10)
        for tier in self._tiers:
            y = self._tier(on, tier, y)
        return y

    def _right_edges(self) -> Iterator[float]:
        """Where the columns of numbers end."""
        x = MARGIN + _TODAY + len(self._columns) * PITCH - 6
        for k, head in enumerate(self._heads):
            told = [number((each.count, *each.equilibria)[k]) for each in self._found.classes]
            x += _APART + max(width(words, _TINY) for words in (head, *told))
            yield x

    @property
    def _begin(self) -> float:
        """Where the panels begin."""
        return self._edges[-1] + _GAP

    def _need(self, mover: int) -> float:
        """How much room a panel takes, at least."""
        return max(_NAME, _PILL[0] + sum(self._rails[mover].rooms)) + _GAP

    def _fitting(self, movers: Sequence[int]) -> list[Sequence[int]]:
        """The panels that stand beside one another: in as few rows of panels as hold them, as far as a page goes."""
        room = WIDTH - MARGIN - self._begin
        tiers: list[Sequence[int]] = []
        for count in range(1, len(movers) + 1):
            tiers = _split(movers, count)
            if all(sum(map(self._need, tier)) <= room for tier in tiers):
                break
        high = _HEADER + len(self._found.classes) * _ROW + MARGIN
        return tiers[: max(int((_PAGE - self._top) / high), 1)] or [()]

    def _tier(self, on: Drawing, movers: Sequence[int], top: float) -> float:
        """One row of panels beside the classes."""
        first = top + _HEADER
        for k, each in enumerate(self._found.classes):
            y = first + (k + 0.5) * _ROW
            if k % 2 == 0:
                on.rect(MARGIN, y - _ROW / 2, WIDTH - 2 * MARGIN, _ROW)
            self._class(on, each, k, y)
        for edge, words in zip(self._edges, self._heads, strict=True):
            on.text(edge, first - 8, words, size=_TINY, anchor="end", fill="quiet")
        spare = WIDTH - MARGIN - self._begin - sum(map(self._need, movers))
        x = self._begin
        for mover in movers:
            room = self._need(mover) + spare / len(movers)
            self._panel(on, mover, x, room, first)
            x += room
        return first + len(self._found.classes) * _ROW + MARGIN

    def _class(self, on: Drawing, each: Class, k: int, y: float) -> None:
        """The row of a class, without the panels: its letter, squares and numbers."""
        on.text(MARGIN + 5, y + 4, letter(k), size=SMALL, bold=True)
        if each.today:
            on.text(MARGIN + 18, y + 4, _p("column of a table", "today"), size=_TINY, room=_TODAY - 26, bold=True)
        draw_squares(on, each.truth, MARGIN + _TODAY, y)
        for edge, count in zip(self._edges, (each.count, *each.equilibria), strict=True):
            on.text(edge, y + 4, number(count), size=_TINY, anchor="end", fill="ink" if count else "quiet")

    def _panel(self, on: Drawing, mover: int, left: float, room: float, first: float) -> None:
        """One party: from what share of each class it can improve to another one, and arrows to which."""
        rails, (wide, high) = self._rails[mover], _PILL
        middle = left + (room + rails.rooms[0] - rails.rooms[1]) / 2
        self._name(on, mover, left + room / 2, room - _GAP, first)
        rails.draw(on, [each.count for each in self._found.classes], middle, wide / 2, first, _ROW)
        for k, each in enumerate(self._found.classes):
            y, count = first + (k + 0.5) * _ROW, int(self._found.leaving[mover, k])
            if count:
                on.rect(middle - wide / 2, y - high / 2, wide, high, fill="ground", line=party_class(mover), corner=5)
            told = percent(count, each.count)
            on.text(middle, y + 4, told, size=_TINY, anchor="middle", fill="ink" if count else "quiet", room=wide)

    def _name(self, on: Drawing, mover: int, middle: float, room: float, first: float) -> None:
        on.mark(mover, middle, first - 36, 5)
        name = lines(self._parties[mover].title, SMALL, room, 2)
        for k, line in enumerate(name):
            y = first - 19 + k * SMALL * 1.2 - (0 if len(name) > 1 else -6)
            on.text(middle, y, line, size=SMALL, anchor="middle")


def most_rows(parties: int) -> int:
    """How many classes a page holds beside so many panels."""
    return 12 if parties <= 8 else 8


def _split(movers: Sequence[int], count: int) -> list[Sequence[int]]:
    """Movers in so many rows: as many in each, or one less in the last."""
    each = -(-len(movers) // count)
    return [movers[k : k + each] for k in range(0, len(movers), each)]
