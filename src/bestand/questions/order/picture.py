"""The order of a deal drawn: steps from above downwards, a column for each party, and what each has done by then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bestand.document.blocks import Figure
from bestand.drawing.colours import dashes, party_class
from bestand.drawing.measure import lines
from bestand.drawing.sheet import LEADING, MARGIN, SMALL, WIDTH, Sheet
from bestand.model.model import Model
from bestand.prose.messages import _, _p
from bestand.prose.phrases import move_words
from bestand.prose.spoken import spoken

from .words import alone_words, count_words, stage_words

if TYPE_CHECKING:
    from bestand.plan.order import Stage

    from .answer import Ordered

_STEP = 92.0  # room for the number of a step
_GAP = 12.0
_PAD = 8.0
_LINE = SMALL * LEADING
_MOST = 6  # lines of a cell
_NOTES = 4  # lines of a note below


@dataclass(frozen=True)
class _Row:
    """A step: what each party does at it, by column."""

    title: str
    cells: dict[int, list[str]]

    @property
    def height(self) -> float:
        """Return how much room it takes."""
        return max(map(len, self.cells.values()), default=1) * _LINE + 2 * _PAD


def draw_order(answer: Ordered) -> Figure | None:
    """Draw one order of a deal; nothing where there is none."""
    model = spoken(answer.model)
    acting = [k for k, party in enumerate(model.parties) if _own(model, k) & (answer.state ^ answer.terms.start)]
    if not answer.orders.stages:
        return None
    sheet, column = Sheet(), (WIDTH - 2 * MARGIN - _STEP - _GAP * len(acting)) / len(acting)

    def left(place: int) -> float:
        return MARGIN + _STEP + _GAP + place * (column + _GAP)

    y = MARGIN + SMALL
    for place, k in enumerate(acting):
        sheet.mark(k, left(place) + 6, y - SMALL * 0.35, 5)
        sheet.text(left(place) + 18, y, model.parties[k].title, size=SMALL, bold=True, room=column - 18)
    y += _PAD + 2
    since: dict[int, float] = {}
    for row in _rows(model, answer, acting, column - 22):
        if len(row.cells) > 1:
            sheet.rect(MARGIN - 4, y, WIDTH - 2 * MARGIN + 8, row.height)
        base = y + _PAD + SMALL * 0.8
        sheet.text(MARGIN, base, row.title, size=SMALL, bold=True, room=_STEP)
        for place, words in row.cells.items():
            x, middle = left(place) + 6, base - SMALL * 0.35
            if place in since:
                sheet.line(x, since[place], x, middle, line=party_class(acting[place]), wide=2)
            sheet.mark(acting[place], x, middle, 5)
            since[place] = middle
            for n, line in enumerate(words):
                sheet.text(left(place) + 20, base + n * _LINE, line, size=SMALL)
        y += row.height
    for place, begun in since.items():
        x = left(place) + 6
        sheet.line(x, begun, x, y + _PAD, line=party_class(acting[place]), wide=2, dash=dashes(acting[place]))
    y += _PAD + SMALL
    sheet.line(MARGIN, y - SMALL, WIDTH - MARGIN, y - SMALL, line="strong", wide=2)
    sheet.text(MARGIN, y + SMALL * 0.6, _p("below the steps of an order", "the deal"), size=SMALL, bold=True)
    y += SMALL * 0.6
    for note in alone_words(model, answer):
        y = (
            sheet.paragraph(MARGIN, y + _LINE + 4, note, WIDTH - 2 * MARGIN, size=SMALL, most=_NOTES, fill="quiet")
            - _LINE
        )
    return sheet.figure(
        y + MARGIN,
        _("In which order the deal can be done"),
        " ".join([count_words(answer), *stage_words(model, answer), *alone_words(model, answer)]),
        count_words(answer),
    )


def _own(model: Model, party: int) -> int:
    return sum(1 << model.bit[option.id] for option in model.parties[party].options)


def _rows(model: Model, answer: Ordered, acting: list[int], room: float) -> list[_Row]:
    """Return the steps, with what each party that acts does at each."""
    rows: list[_Row] = []
    state = answer.terms.start
    for number, stage in enumerate(answer.orders.stages, 1):
        rows.append(_Row(_("Step {n}", n=number), _cells(model, state, stage, acting, room)))
        state = stage.state
    return rows


def _cells(model: Model, state: int, stage: Stage, acting: list[int], room: float) -> dict[int, list[str]]:
    cells: dict[int, list[str]] = {}
    for place, k in enumerate(acting):
        own = _own(model, k)
        if (state ^ stage.state) & own:
            cells[place] = lines(move_words(model, state & own, stage.state & own), SMALL, room, _MOST)
    return cells
