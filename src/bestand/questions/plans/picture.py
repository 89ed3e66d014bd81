"""Several plans drawn: a row for each, what every party makes of it, its verdict, and how often it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.document.blocks import Figure
from bestand.drawing.measure import lines
from bestand.drawing.sheet import LEADING, MARGIN, SMALL, WIDTH, Sheet
from bestand.plan.ruling_picture import draw_sign
from bestand.plan.ruling_words import headline, kind_label
from bestand.prose.messages import _, _p
from bestand.prose.names import formula_words
from bestand.prose.spoken import spoken

from .stance import sign_of, stance, stance_words
from .words import holds_in, wherever_words

if TYPE_CHECKING:
    from .answer import Plans

_NAME = 130.0  # room for what a plan is called
_VERDICT = 92.0
_TIMES = 108.0  # room for the bar of the combinations in which it holds
_GAP = 10.0
_PAD = 8.0
_LINE = SMALL * LEADING
_SIGN = 16.0
_MOST = 4  # lines of a cell


def draw_plans(answer: Plans) -> Figure:
    """Draw several plans side by side."""
    model, found = spoken(answer.model), answer.times
    left = MARGIN + _NAME + _GAP + _VERDICT + _GAP
    right = WIDTH - MARGIN - (_TIMES + _GAP if found is not None else 0)
    column = (right - left) / max(len(model.parties), 1)
    sheet, y = Sheet(), MARGIN + SMALL
    heads = [lines(party.title, SMALL, column - 24, 2, bold=True) for party in model.parties]
    sheet.text(MARGIN + _NAME + _GAP, y, _p("row of a table of plans", "Verdict"), size=SMALL, bold=True, room=_VERDICT)
    for k, head in enumerate(heads):
        sheet.mark(k, left + k * column + 6, y - SMALL * 0.35, 5)
        for n, line in enumerate(head):
            sheet.text(left + k * column + 18, y + n * _LINE, line, size=SMALL, bold=True)
    if found is not None:
        sheet.text(right + _GAP, y, _p("row of a table of plans", "Holds in"), size=SMALL, bold=True, room=_TIMES)
    y += _PAD + _LINE * (max(map(len, heads), default=1) - 1)
    for row, (id, ruling) in enumerate(answer.rulings.items()):
        says = model.plan_named[id].grounds.says
        name = lines(says or formula_words(model, ruling.terms.plan), SMALL, _NAME, _MOST)
        stances = [stance(ruling, party) for party in model.party]
        cells = [lines(stance_words(each), SMALL, column - _SIGN - 8, _MOST) for each in stances]
        height = max(len(name) + 1, *(len(cell) for cell in cells)) * _LINE + 2 * _PAD
        if row % 2 == 0:
            sheet.rect(MARGIN - 4, y, WIDTH - 2 * MARGIN + 8, height)
        base = y + _PAD + SMALL * 0.8
        sheet.text(MARGIN, base, id, size=SMALL, bold=True, room=_NAME)
        for n, line in enumerate(name, 1):
            sheet.text(MARGIN, base + n * _LINE, line, size=SMALL, fill="quiet")
        for n, line in enumerate(lines(kind_label(ruling.kind), SMALL, _VERDICT, _MOST, bold=True)):
            sheet.text(MARGIN + _NAME + _GAP, base + n * _LINE, line, size=SMALL, bold=True)
        for k, (each, cell) in enumerate(zip(stances, cells, strict=True)):
            x = left + k * column
            draw_sign(sheet, sign_of(each), x + 6, base - SMALL * 0.35)
            for n, line in enumerate(cell if each != "none" else []):
                sheet.text(x + _SIGN + 4, base + n * _LINE, line, size=SMALL)
        if found is not None:
            part = len(found.plans[id].held) / found.of if found.of else 0.0
            sheet.rect(right + _GAP, base - SMALL * 0.7, _TIMES - 8, 8, fill="ground", line="edge")
            if part:
                sheet.rect(right + _GAP, base - SMALL * 0.7, (_TIMES - 8) * part, 8, fill="strong")
            sheet.text(right + _GAP, base + _LINE, holds_in(found, id), size=SMALL, room=_TIMES)
        y += height
    told = [f"{id}: {headline(model, ruling)}" for id, ruling in answer.rulings.items()]
    caption = _("Tick: signs, or refuses nothing. Cross: refuses it, or would break it. Dash: neither.")
    if found is not None:
        caption += " " + _("The bar: in how many combinations of what is open it holds.")
    return sheet.figure(
        y + MARGIN, _("Several plans side by side"), " ".join([*told, *wherever_words(answer)]), caption
    )
