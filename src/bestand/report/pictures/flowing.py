"""Classes of states in rows, and beside them a panel for each party: from where to where it can improve."""

from __future__ import annotations

from collections.abc import Sequence

from bestand.analysis.solution import Solution
from bestand.report.words import percent
from bestand.texts import _p, number

from .arcs import bow, lanes
from .classes import Class, Classed, Flow
from .colours import party_class
from .drawing import MARGIN, SMALL, WIDTH, Drawing
from .flowing_words import letter, told_formulas
from .measure import lines
from .squares import PITCH, Column, draw_heads, draw_squares, heads_height

MOST_ARROWS = 14  # in one panel
MOST_PANELS = 15
_ABREAST = 5  # panels beside one another
_ROW = 32.0
_COUNT = 58.0  # the column of how many states there are
_HELD = 46.0  # a column of equilibria
_TODAY = 66.0  # a letter, and a word beside it
_PILL = (36.0, 17.0)
_TINY = 10.5
_HEADER = 46.0  # above the rows


def draw(on: Drawing, solution: Solution, found: Classed, concepts: Sequence[str]) -> float:
    """Draw the classes and the panels; returns the height."""
    columns, left = _columns(solution, found), MARGIN + _TODAY
    below = MARGIN + heads_height(columns, left)
    y = draw_heads(on, columns, left, MARGIN, below + _HEADER - 10)
    movers = panels(found)
    for tier in tiers(movers):
        y = _tier(on, solution, found, concepts, tier, y)
    return y


def most_rows(parties: int) -> int:
    """How many classes a page holds beside so many panels."""
    return 12 if parties <= 2 * _ABREAST else 8


def panels(found: Classed) -> list[int]:
    """The parties that can improve from some class to another."""
    return [i for i, row in enumerate(found.leaving) if row.any()][:MOST_PANELS]


def tiers(movers: Sequence[int]) -> list[tuple[int, ...]]:
    """The panels that stand beside one another: as many in each row of panels, or one less."""
    if not movers:
        return [()]
    rows = -(-len(movers) // _ABREAST)
    each = -(-len(movers) // rows)
    return [tuple(movers[k : k + each]) for k in range(0, len(movers), each)]


def arrows(found: Classed, mover: int) -> list[Flow]:
    """The arrows in the panel of a party: those from the most states."""
    mine = [flow for flow in found.flows if flow.mover == mover]
    return sorted(mine, key=lambda flow: (-flow.count, flow.source, flow.target))[:MOST_ARROWS]


def _columns(solution: Solution, found: Classed) -> list[Column]:
    """What the columns of squares stand for; the plan in bold."""
    model = solution.model
    told = zip(found.formulas, told_formulas(model, found.formulas), strict=True)
    return [Column(words, bold=formula == model.plan) for formula, words in told]


def _tier(
    on: Drawing, solution: Solution, found: Classed, concepts: Sequence[str], movers: Sequence[int], top: float
) -> float:
    """One row of panels beside the classes."""
    first = top + _HEADER
    x = MARGIN + _TODAY + len(found.formulas) * PITCH - 4
    for k, each in enumerate(found.classes):
        y = first + (k + 0.5) * _ROW
        if k % 2 == 0:
            on.rect(MARGIN, y - _ROW / 2, WIDTH - 2 * MARGIN, _ROW)
        _class(on, each, k, y, x)
    columns = [_p("column of a table", "states"), *concepts]
    edges = [x + _COUNT + k * _HELD for k in range(len(columns))]
    for edge, words in zip(edges, columns, strict=True):
        on.text(edge, first - 8, words, size=_TINY, anchor="end", fill="quiet")
    begin = edges[-1] + 14
    room = (WIDTH - MARGIN - begin) / max(len(movers), 1)
    for k, mover in enumerate(movers):
        _panel(on, solution, found, mover, begin + k * room, room, first)
    return first + len(found.classes) * _ROW + MARGIN


def _class(on: Drawing, each: Class, k: int, y: float, x: float) -> None:
    """The row of a class, without the panels: its letter, squares and numbers."""
    on.text(MARGIN + 5, y + 4, letter(k), size=SMALL, bold=True)
    if each.today:
        on.text(MARGIN + 18, y + 4, _p("column of a table", "today"), size=_TINY, room=_TODAY - 26, bold=True)
    draw_squares(on, each.truth, MARGIN + _TODAY, y)
    for place, count in enumerate((each.count, *each.equilibria)):
        told = number(count)
        on.text(x + _COUNT + place * _HELD, y + 4, told, size=_TINY, anchor="end", fill="ink" if count else "quiet")


def _panel(on: Drawing, solution: Solution, found: Classed, mover: int, left: float, room: float, first: float) -> None:
    """One party: from what share of each class it can improve to another one, and arrows to which."""
    middle = left + room / 2
    on.mark(mover, middle, first - 36, 5)
    name = lines(solution.model.parties[mover].title, SMALL, room - 6, 2)
    for k, line in enumerate(name):
        on.text(middle, first - 19 + k * SMALL * 1.2 - (0 if len(name) > 1 else -6), line, size=SMALL, anchor="middle")
    for side in (-1, 1):
        mine = [flow for flow in arrows(found, mover) if (flow.target > flow.source) == (side > 0)]
        _arrows(on, found, mine, side, middle, room, first)
    wide, high = _PILL
    for k, each in enumerate(found.classes):
        y, count = first + (k + 0.5) * _ROW, int(found.leaving[mover, k])
        if count:
            on.rect(middle - wide / 2, y - high / 2, wide, high, fill="ground", line=party_class(mover), corner=5)
        told = percent(count, each.count)
        on.text(middle, y + 4, told, size=_TINY, anchor="middle", fill="ink" if count else "quiet", room=wide)


def _arrows(
    on: Drawing, found: Classed, flows: Sequence[Flow], side: int, middle: float, room: float, first: float
) -> None:
    """From class to class: upwards left of the panel's middle (-1), downwards right of it (1)."""
    spans = [(min(flow.source, flow.target), max(flow.source, flow.target)) for flow in flows]
    lane = lanes(spans)
    widest = (room - _PILL[0]) / 2 - 6
    for flow, at in sorted(zip(flows, lane, strict=True), key=lambda pair: -pair[1]):
        share = flow.count / found.classes[flow.source].count
        out = min(8 + 7 * at, 8 + (widest - 8) * at / max(*lane, 1))
        x = middle + side * _PILL[0] / 2
        start = first + (flow.source + 0.5) * _ROW + side * 5
        end = first + (flow.target + 0.5) * _ROW - side * 5
        bow(on, flow.mover, (x, start), (x, end), (side * out, 0), wide=0.8 + 3.2 * share, head=5 + 2.5 * share)
