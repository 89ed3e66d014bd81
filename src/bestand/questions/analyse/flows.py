"""Kinds of states in rows, and beside them a panel for each party: from where to where it can improve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.drawing.colours import party_class
from bestand.drawing.measure import lines, width
from bestand.drawing.sheet import MARGIN, SMALL, WIDTH, Sheet
from bestand.drawing.squares import PITCH, Column, draw_heads, draw_squares, heads_height
from bestand.model.model import Model
from bestand.prose.messages import _p, number
from bestand.prose.words import percent

from .flows_words import traits
from .graph import letter
from .kinds import Kind, Kinds
from .rails import Rails

MOST_PANELS = 15
_ROW = 32.0
_APART = 10.0  # before a column of numbers
_TODAY = 66.0  # a letter, and a word beside it
_PILL = (34.0, 17.0)
_TINY = 11.0
_HEADER = 46.0  # above the rows
_NAME = 62.0  # room for the name of a party, at least
_GAP = 8.0  # between two panels
_PAGE = 1000.0


class Panels:
    """Draws kinds of states and the panels.

    Parameters
    ----------
    model : Model
        In the language that is spoken.
    kinds : Kinds
    """

    def __init__(self, model: Model, kinds: Kinds) -> None:
        self._kinds = kinds
        self._parties = model.parties
        words = traits(model, kinds.formulas)
        plans = [formula == model.plan for formula in kinds.formulas]
        self._columns = [Column(each, bold=plan) for each, plan in zip(words, plans, strict=True)]
        self._heads = [_p("column of a table", "states"), *kinds.concepts]
        self._edges = list(self._right_edges())
        self._top = MARGIN + heads_height(self._columns, MARGIN + _TODAY)
        able = [i for i, row in enumerate(kinds.leaving) if any(row)][:MOST_PANELS]
        self._rails = {mover: Rails(flow for flow in kinds.flows if flow.mover == mover) for mover in able}
        self._tiers = self._fitting(able)

    @property
    def movers(self) -> list[int]:
        """The parties that have a panel."""
        return [mover for tier in self._tiers for mover in tier]

    @property
    def hidden(self) -> int:
        """Return how many arrows in the panels are left out."""
        return sum(self._rails[mover].hidden for mover in self.movers)

    def draw(self, sheet: Sheet) -> float:
        """Draw all; return the height."""
        y = draw_heads(sheet, self._columns, MARGIN + _TODAY, MARGIN, self._top + _HEADER - 10)
        for tier in self._tiers:
            y = self._tier(sheet, tier, y)
        return y

    def _right_edges(self) -> Iterator[float]:
        """Yield where the columns of numbers end."""
        x = MARGIN + _TODAY + len(self._columns) * PITCH - 6
        for k, head in enumerate(self._heads):
            counts = [number((kind.count, *kind.equilibria)[k]) for kind in self._kinds.kinds]
            x += _APART + max(width(words, _TINY) for words in (head, *counts))
            yield x

    @property
    def _begin(self) -> float:
        """Return where the panels begin."""
        return self._edges[-1] + _GAP

    def _need(self, mover: int) -> float:
        """Return how much room a panel takes, at least."""
        return max(_NAME, _PILL[0] + sum(self._rails[mover].rooms)) + _GAP

    def _fitting(self, movers: Sequence[int]) -> list[Sequence[int]]:
        """Return the panels that stand beside one another: in as few rows as hold them, as far as a page goes."""
        room = WIDTH - MARGIN - self._begin
        tiers: list[Sequence[int]] = []
        for count in range(1, len(movers) + 1):
            tiers = _split(movers, count)
            if all(sum(map(self._need, tier)) <= room for tier in tiers):
                break
        high = _HEADER + len(self._kinds.kinds) * _ROW + MARGIN
        return tiers[: max(int((_PAGE - self._top) / high), 1)] or [()]

    def _tier(self, sheet: Sheet, movers: Sequence[int], top: float) -> float:
        """Draw one row of panels beside the kinds; return where it ends."""
        first = top + _HEADER
        for k, kind in enumerate(self._kinds.kinds):
            y = first + (k + 0.5) * _ROW
            if k % 2 == 0:
                sheet.rect(MARGIN, y - _ROW / 2, WIDTH - 2 * MARGIN, _ROW)
            self._kind(sheet, kind, k, y)
        for edge, words in zip(self._edges, self._heads, strict=True):
            sheet.text(edge, first - 8, words, size=_TINY, anchor="end", fill="quiet")
        spare = WIDTH - MARGIN - self._begin - sum(map(self._need, movers))
        x = self._begin
        for mover in movers:
            room = self._need(mover) + spare / len(movers)
            self._panel(sheet, mover, x, room, first)
            x += room
        return first + len(self._kinds.kinds) * _ROW + MARGIN

    def _kind(self, sheet: Sheet, kind: Kind, k: int, y: float) -> None:
        """Draw the row of a kind, without the panels: its letter, squares and numbers."""
        sheet.text(MARGIN + 5, y + 4, letter(k), size=SMALL, bold=True)
        if kind.today:
            sheet.text(MARGIN + 18, y + 4, _p("column of a table", "today"), size=_TINY, room=_TODAY - 26, bold=True)
        draw_squares(sheet, kind.truth, MARGIN + _TODAY, y)
        for edge, count in zip(self._edges, (kind.count, *kind.equilibria), strict=True):
            sheet.text(edge, y + 4, number(count), size=_TINY, anchor="end", fill="ink" if count else "quiet")

    def _panel(self, sheet: Sheet, mover: int, left: float, room: float, first: float) -> None:
        """Draw a party: from what share of each kind it can improve to another one, and arrows to which."""
        rails, (wide, high) = self._rails[mover], _PILL
        middle = left + (room + rails.rooms[0] - rails.rooms[1]) / 2
        self._name(sheet, mover, left + room / 2, room - _GAP, first)
        rails.draw(sheet, [kind.count for kind in self._kinds.kinds], middle, wide / 2, first, _ROW)
        for k, kind in enumerate(self._kinds.kinds):
            y, count = first + (k + 0.5) * _ROW, self._kinds.leaving[mover][k]
            if count:
                sheet.rect(
                    middle - wide / 2, y - high / 2, wide, high, fill="ground", line=party_class(mover), corner=5
                )
            share = percent(count, kind.count)
            sheet.text(middle, y + 4, share, size=_TINY, anchor="middle", fill="ink" if count else "quiet", room=wide)

    def _name(self, sheet: Sheet, mover: int, middle: float, room: float, first: float) -> None:
        sheet.mark(mover, middle, first - 36, 5)
        name = lines(self._parties[mover].title, SMALL, room, 2)
        for k, line in enumerate(name):
            y = first - 19 + k * SMALL * 1.2 - (0 if len(name) > 1 else -6)
            sheet.text(middle, y, line, size=SMALL, anchor="middle")


def _split(movers: Sequence[int], count: int) -> list[Sequence[int]]:
    """Return movers in so many rows: as many in each, or one less in the last."""
    each = -(-len(movers) // count)
    return [movers[k : k + each] for k in range(0, len(movers), each)]
