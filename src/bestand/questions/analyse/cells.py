"""A state of a small model as a box with its name, and the legend that explains the boxes and the arrows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.drawing.measure import width
from bestand.drawing.sheet import MARGIN, SMALL, Sheet
from bestand.model.model import Model
from bestand.prose.messages import _, _p

from .graph import Graph, State

_NAME = 12.0
_CODE = 11.0
_WIDEST = 110.0
_BETWEEN = 1.3  # from line to line


def cell_size(graph: Graph) -> tuple[float, float]:
    """Return width and height of the boxes: enough for what stands in any of them."""
    wide = max(
        [width(state.name, _NAME, bold=True) for state in graph.states]
        + [width(code, _CODE) for state in graph.states for code in _codes(state)]
    )
    most = max(len(_codes(state)) for state in graph.states)
    return min(max(wide + 14, 52.0), _WIDEST), 10 + _BETWEEN * (_NAME + most * _CODE)


def draw_state(sheet: Sheet, state: State, x: float, y: float, cell: tuple[float, float]) -> None:
    """Draw the box of a state around its middle: fat where nobody can improve, shaded for today."""
    _box(sheet, x, y, cell, 2.8 if state.rests else 0, today=state.today)
    codes = _codes(state)
    down = y - _BETWEEN * (_NAME + len(codes) * _CODE) / 2 + _NAME
    sheet.text(x, down, state.name, size=_NAME, anchor="middle", bold=True, room=cell[0] - 8)
    for k, code in enumerate(codes, start=1):
        sheet.text(x, down + k * _CODE * _BETWEEN, code, size=_CODE, anchor="middle", room=cell[0] - 6)


def _box(sheet: Sheet, x: float, y: float, size: tuple[float, float], fat: float, *, today: bool) -> None:
    """Draw a box around its middle, with a line ``fat`` units wide where that is not 0, shaded for today."""
    wide, high = size
    sheet.rect(
        x - wide / 2,
        y - high / 2,
        wide,
        high,
        fill="varies" if today else "ground",
        line="strong" if fat else "edge",
        corner=min(high / 6 + 2, 7),
        wide=fat or 1,
    )


def _codes(state: State) -> list[str]:
    """Return what stands below the name: the concepts under which the state is an equilibrium, and today's name."""
    codes = [" ".join(state.concepts)] if state.concepts else []
    return [*codes, _p("column of a table", "today")] if state.today else codes


def key(sheet: Sheet, model: Model, graph: Graph, movers: Sequence[int]) -> float:
    """Draw what stands for whom and for what; return where the picture can begin."""
    y = MARGIN + SMALL
    if movers:
        y = sheet.legend(MARGIN, y, [model.parties[k].title for k in movers], places=movers)
    x = MARGIN
    for rests, words in _marks(graph):
        wide = 30 + width(words, SMALL) + 20
        if x > MARGIN and x + wide > sheet.width - MARGIN:
            x, y = MARGIN, y + SMALL * 1.7
        _box(sheet, x + 12, y - 4, (20, 10), 2.8 if rests else 0, today=not rests)
        sheet.text(x + 30, y, words, size=SMALL, room=sheet.width - MARGIN - x - 30)
        x += wide
    return y + SMALL * (1.7 if x > MARGIN else 0)


def _marks(graph: Graph) -> Iterator[tuple[bool, str]]:
    """Yield the kinds of boxes that occur, whether states rest in them, and what they mean."""
    if any(state.rests for state in graph.states):
        yield True, _("nobody can improve")
    if any(state.today for state in graph.states):
        yield False, _("the status quo")
