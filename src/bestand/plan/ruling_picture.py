"""The verdict on a plan drawn: a row for each party, and today, what comes without a deal, and the deal as columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bestand.document.blocks import Figure
from bestand.drawing.measure import lines
from bestand.drawing.sheet import LEADING, MARGIN, SMALL, WIDTH, Sheet
from bestand.model.model import Model
from bestand.prose.messages import _, _p
from bestand.prose.phrases import doing_words, move_words

from .refusal_words import refusal_words
from .ruling_part import party_line
from .ruling_values import Ruling
from .ruling_words import headline, without_words

_NAME = 108.0  # room for the name of a party
_GAP = 14.0
_COLUMN = (WIDTH - 2 * MARGIN - _NAME - 3 * _GAP) / 3
_SIGN = 18.0  # room for the sign before its words
_PAD = 8.0
_MOST = 9  # lines of a cell
_LINE = SMALL * LEADING

_SIGNS = {"signs": "more", "refuses": "less", "breaks": "less", "idle": "less", "apart": "edge"}  # and their colours


@dataclass(frozen=True)
class _Cell:
    """What a party does, below a sign for what it makes of the plan, where there is one."""

    words: list[str]
    sign: str = ""
    told: str = ""

    @property
    def height(self) -> float:
        """Return how much room it takes."""
        return (len(self.words) + bool(self.sign)) * _LINE + (4 if self.sign else 0)


def draw_ruling(model: Model, ruling: Ruling) -> Figure:
    """Draw what the parties do today, without a deal, and by the deal, and what they make of it.

    Parameters
    ----------
    model : Model
        In the language that is spoken.
    ruling : Ruling

    Returns
    -------
    Figure
        The last column has the first of the deals with the fewest changes; where there is none, what each refuses.
    """
    sheet = Sheet()
    y = MARGIN + SMALL
    for k, title in enumerate(_titles(ruling)):
        sheet.text(_left(k), y, title, size=SMALL, bold=True, room=_COLUMN)
    y += _PAD
    for k, party in enumerate(model.parties):
        cells = [*_cells(model, ruling, party.id)]
        name = lines(party.title, SMALL, _NAME - 20, 4, bold=True)
        height = max([len(name) * _LINE, *(cell.height for cell in cells)]) + 2 * _PAD
        if k % 2 == 0:
            sheet.rect(MARGIN - 4, y, WIDTH - 2 * MARGIN + 8, height)
        base = y + _PAD + SMALL * 0.8
        sheet.mark(k, MARGIN + 6, base - SMALL * 0.35, 5)
        for n, line in enumerate(name):
            sheet.text(MARGIN + 18, base + n * _LINE, line, size=SMALL, bold=True)
        for column, cell in enumerate(cells):
            _draw(sheet, cell, _left(column), base)
        y += height
    return sheet.figure(
        y + MARGIN, _("What each party makes of the plan"), " ".join(_told(model, ruling)), _caption(ruling)
    )


def _left(column: int) -> float:
    return MARGIN + _NAME + _GAP + column * (_COLUMN + _GAP)


def _titles(ruling: Ruling) -> Iterator[str]:
    yield _p("column of a picture", "Today")
    yield _p("column of a picture", "Without a deal")
    if ruling.lean:
        yield _p("column of a picture", "The deal")
    else:
        yield _p("column of a picture", "The plan")


def _cells(model: Model, ruling: Ruling, party: str) -> Iterator[_Cell]:
    """Return what a party does today, without a deal, and by the deal."""
    today = ruling.terms.start
    yield _cell(doing_words(model, party, today))
    yield _cell(_without(model, ruling, party))
    yield _last(model, ruling, party)


def _cell(words: str) -> _Cell:
    return _Cell(lines(words, SMALL, _COLUMN, _MOST))


def _without(model: Model, ruling: Ruling, party: str) -> str:
    """Return what a party does without a deal that it does not today."""
    own = sum(1 << model.bit[option.id] for option in model.party[party].options)
    today = ruling.terms.start & own
    ends = {state & own for state in ruling.no_deal}
    if ends == {today}:
        return _p("cell of a picture", "as today")
    if len(ends) > 1:
        return _p("cell of a picture", "may do one thing or another")
    return move_words(model, today, ends.pop())


def _last(model: Model, ruling: Ruling, party: str) -> _Cell:
    """Return what a party does by the deal and whether it signs; where there is none, whether it refuses."""
    if ruling.by is not None:
        breaks = ruling.by[party].how == "breaks"
        return _Cell([], "breaks" if breaks else "apart", _p("sign", "breaks it") if breaks else _p("sign", "keeps it"))
    if not ruling.lean:
        return _refusing(model, ruling, party)
    deal = ruling.lean[0]
    own = sum(1 << model.bit[option.id] for option in model.party[party].options)
    acts = (deal.state ^ ruling.terms.start) & own
    words = (
        move_words(model, ruling.terms.start & own, deal.state & own) if acts else _p("cell of a picture", "as today")
    )
    told = lines(words, SMALL, _COLUMN, _MOST)
    if deal.by[party].how == "breaks":
        return _Cell(told, "breaks", _p("sign", "breaks it"))
    if party in deal.signatories:
        return _Cell(told, "signs", _p("sign", "signs"))
    if party in deal.objectors:
        return _Cell(told, "refuses", _p("sign", "loses, has no say"))
    return _Cell(told, "apart", _p("sign", "need not sign"))


def _refusing(model: Model, ruling: Ruling, party: str) -> _Cell:
    refused = ruling.refuses[party]
    told = lines(refusal_words(model, party, refused), SMALL, _COLUMN, _MOST)
    if refused.states:
        return _Cell(told, "refuses", _p("sign", "refuses"))
    if party in ruling.idle:
        return _Cell(told, "idle", _p("sign", "has nothing in it"))
    return _Cell([], "apart", _p("sign", "refuses nothing"))


def _draw(sheet: Sheet, cell: _Cell, x: float, base: float) -> None:
    if cell.sign:
        draw_sign(sheet, cell.sign, x + 5, base - SMALL * 0.35)
        sheet.text(x + _SIGN, base, cell.told, size=SMALL, bold=True, room=_COLUMN - _SIGN)
        base += _LINE + 4
    for n, line in enumerate(cell.words):
        sheet.text(x, base + n * _LINE, line, size=SMALL)


def draw_sign(sheet: Sheet, sign: str, x: float, y: float) -> None:
    """Draw a tick, a cross, or a dash: the same in black and white."""
    colour = _SIGNS[sign]
    if sign == "signs":
        sheet.path(f"M{x - 5:.1f} {y:.1f}L{x - 1:.1f} {y + 4:.1f}L{x + 6:.1f} {y - 5:.1f}", line=colour, wide=2.2)
    elif sign == "apart":
        sheet.line(x - 5, y, x + 5, y, line=colour, wide=2.2)
    else:
        sheet.path(f"M{x - 4:.1f} {y - 4:.1f}L{x + 4:.1f} {y + 4:.1f}", line=colour, wide=2.2)
        sheet.path(f"M{x + 4:.1f} {y - 4:.1f}L{x - 4:.1f} {y + 4:.1f}", line=colour, wide=2.2)


def _told(model: Model, ruling: Ruling) -> Iterator[str]:
    yield headline(model, ruling)
    yield without_words(model, ruling)
    yield from (party_line(model, ruling, party) for party in model.party)


def _caption(ruling: Ruling) -> str:
    if ruling.lean:
        told = _(
            "The second column tells what changes from today without a deal, the third what the deal with the fewest "
            "changes asks."
        )
    else:
        told = _(
            "The second column tells what changes from today without a deal, the third what each party refuses of the "
            "plan."
        )
    return f"{told} " + _("Tick: signs. Cross: refuses it, or breaks it. Dash: neither.")
