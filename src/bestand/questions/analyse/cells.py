"""A state of a small model as a box with its name, and the legend that explains the boxes and the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from bestand.drawing.measure import width
from bestand.drawing.sheet import MARGIN, SMALL, Drawing
from bestand.drawing.squares import PITCH, Column, draw_heads, draw_squares, heads_height
from bestand.model.model import Model
from bestand.prose.messages import _, _p
from bestand.prose.phrases import option_words

from .graph import Graph, State

_NAME = 12.0
_CODE = 10.5
_WIDEST = 110.0
_BETWEEN = 1.3  # from line to line
_ROW = 17.0  # of the table of states
_SQUARES = MARGIN + 60.0  # where its squares begin


def cell_size(graph: Graph) -> tuple[float, float]:
    """Width and height of the boxes: enough for what stands in any of them."""
    wide = max(
        [width(state.name, _NAME, bold=True) for state in graph.states]
        + [width(code, _CODE) for state in graph.states for code in _codes(state)]
    )
    most = max(len(_codes(state)) for state in graph.states)
    return min(max(wide + 14, 52.0), _WIDEST), 10 + _BETWEEN * (_NAME + most * _CODE)


def draw_state(on: Drawing, state: State, x: float, y: float, cell: tuple[float, float]) -> None:
    """The box of a state around its middle: fat where nobody can improve, shaded where it is that of today."""
    _box(on, x, y, cell, 2.8 if state.rests else 0, today=state.today)
    codes = _codes(state)
    down = y - _BETWEEN * (_NAME + len(codes) * _CODE) / 2 + _NAME
    on.text(x, down, state.name, size=_NAME, anchor="middle", bold=True, room=cell[0] - 8)
    for k, code in enumerate(codes, start=1):
        on.text(x, down + k * _CODE * _BETWEEN, code, size=_CODE, anchor="middle", room=cell[0] - 6)


def _box(on: Drawing, x: float, y: float, size: tuple[float, float], fat: float, *, today: bool) -> None:
    """A box around its middle, with a fat line where one is told, shaded for today."""
    wide, high = size
    on.rect(
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
    """What stands below the name: the concepts under which the state is an equilibrium, and whether it is today's."""
    told = [" ".join(state.under)] if state.under else []
    return [*told, _p("column of a table", "today")] if state.today else told


def key(on: Drawing, model: Model, graph: Graph, movers: Sequence[int], *, every: bool) -> float:
    """What stands for whom and for what; returns where the picture can begin."""
    y = MARGIN + SMALL
    if movers:
        y = on.legend(MARGIN, y, [model.parties[k].title for k in movers], places=movers)
    x = MARGIN
    for mark, words in _marks(graph, every=every):
        wide = 30 + width(words, SMALL) + 20
        if x > MARGIN and x + wide > on.width - MARGIN:
            x, y = MARGIN, y + SMALL * 1.7
        _sample(on, mark, x, y - 4)
        on.text(x + 30, y, words, size=SMALL, room=on.width - MARGIN - x - 30)
        x += wide
    return y + SMALL * (1.7 if x > MARGIN else 0)


def _marks(graph: Graph, *, every: bool) -> list[tuple[str, str]]:
    """The marks that occur, and what they mean."""
    found: list[tuple[str, str]] = []
    if any(state.rests for state in graph.states):
        found.append(("rests", _("nobody can improve")))
    if any(state.today for state in graph.states):
        found.append(("today", _("the status quo")))
    if every and any(link.improves for link in graph.links):
        found.append(("improves", _("an improvement of the mover")))
    if every and any(not link.improves for link in graph.links):
        found.append(("equal", _("a move that is no improvement")))
    if every and any(link.improves and link.back for link in graph.links):
        found.append(("back", _("an improvement that can be taken back")))
    return found


def _sample(on: Drawing, mark: str, x: float, y: float) -> None:
    if mark in ("rests", "today"):
        _box(on, x + 12, y, (20, 10), 2.8 if mark == "rests" else 0, today=mark == "today")
        return
    if mark == "equal":
        on.line(x, y, x + 24, y)
        return
    on.arrow([(x, y), (x + 24, y)], wide=1.8)
    if mark == "back":
        tail(on, x + 3, y, "edge")


def tail(on: Drawing, x: float, y: float, line: str) -> None:
    """What stands at the beginning of a move that can be taken back."""
    on.rect(x - 3, y - 3, 6, 6, fill="ground", line=line, corner=3)


def chip_size(graph: Graph) -> tuple[float, float]:
    """Width and height of small boxes that hold the names alone."""
    wide = max(width(state.name, SMALL, bold=True) for state in graph.states)
    return min(max(wide + 10, 24.0), 64.0), 17.0


def draw_chip(on: Drawing, state: State, x: float, y: float, chip: tuple[float, float]) -> None:
    """The small box of a state around its middle."""
    _box(on, x, y, chip, 2.4 if state.rests else 0, today=state.today)
    on.text(x, y + 4, state.name, size=SMALL, anchor="middle", bold=True, room=chip[0] - 6)


def names_height(model: Model, graph: Graph) -> float:
    """How much room `draw_names` takes."""
    return heads_height(_columns(model), _SQUARES) + _ROW * (len(graph.states) + 1)


def draw_names(on: Drawing, model: Model, graph: Graph, y: float) -> float:
    """What is done in each state: a row of squares beside its name. Returns where that ends."""
    columns = _columns(model)
    first = y + heads_height(columns, _SQUARES) + _ROW
    draw_heads(on, columns, _SQUARES, y, first - _ROW / 2 - 2)
    notes = _SQUARES + len(columns) * PITCH + 4
    for k, state in enumerate(graph.states):
        at = first + k * _ROW
        on.text(_SQUARES - 14, at + 4, state.name, size=SMALL, bold=True, anchor="end", room=_SQUARES - 14 - MARGIN)
        draw_squares(on, [bool(state.mask >> bit & 1) for bit in range(len(columns))], _SQUARES, at)
        told = ", ".join(_codes(state))
        on.text(notes, at + 4, told, size=_CODE, fill="quiet", room=on.width - MARGIN - notes)
    return first + len(graph.states) * _ROW - _ROW / 2


def _columns(model: Model) -> list[Column]:
    """The options, each with the mark of its party."""
    places = {party.id: k for k, party in enumerate(model.parties)}
    return [Column(option_words(model, option.id), places[option.party]) for option in model.options]
