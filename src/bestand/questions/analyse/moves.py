"""The graph of moves: who can improve from where to where. State by state in a small model, else by kinds of states."""

from __future__ import annotations

from bestand.document.blocks import Figure
from bestand.drawing.sheet import Sheet
from bestand.model.model import Model

from . import flows_words, moves_words
from .cells import cell_size
from .flows import Panels
from .graph import Graph
from .grid import grid_of
from .kinds import Kinds
from .lattice import Lattice


def moves(model: Model, graph: Graph | None, kinds: Kinds) -> Figure:
    """Draw who can improve from where to where.

    Parameters
    ----------
    model : Model
        In the language that is spoken.
    graph : Graph or None
        Of a small model.
    kinds : Kinds

    Returns
    -------
    Figure
        The states of a small model, in a grid in which each party moves across or down, where a page holds that.
        Otherwise kinds of states.
    """
    figure = None if graph is None else _by_states(model, graph)
    return figure or _by_kinds(model, kinds)


def _by_states(model: Model, graph: Graph) -> Figure | None:
    grid = grid_of(model, graph, cell_size(graph))
    if grid is None:
        return None
    sheet = Sheet()
    return sheet.figure(
        Lattice(sheet, model, graph, grid).draw(),
        moves_words.title(),
        moves_words.alternative(model, graph),
        moves_words.caption(model, graph),
    )


def _by_kinds(model: Model, kinds: Kinds) -> Figure:
    sheet, panels = Sheet(), Panels(model, kinds)
    return sheet.figure(
        panels.draw(sheet),
        flows_words.title(),
        flows_words.alternative(model, kinds),
        flows_words.caption(model, kinds, panels.movers, panels.hidden),
    )
