"""The graph of moves: who can improve from where to where. State by state in a small model, else by kinds of states."""

from __future__ import annotations

from collections.abc import Sequence

from bestand.document.blocks import Figure
from bestand.drawing.sheet import Drawing
from bestand.solve.solution import Solution

from . import flows_words as flowing_words
from . import moves_words
from .cells import cell_size
from .classes import classed
from .flows import Flowing, most_rows
from .graph import graph_of
from .grid import grid_of
from .lattice import Lattice

MOST_STATES = 64  # that are drawn one by one
CONCEPTS = ("nash", "seq")


def moves(solution: Solution, concepts: Sequence[str] = CONCEPTS) -> Figure:
    """Who can improve from where to where.

    Parameters
    ----------
    solution : Solution
    concepts : sequence of str
        Under which it is told which states are equilibria.

    Returns
    -------
    Figure
        At most 64 states, in a grid in which each party moves across or down, where a page holds that. Otherwise kinds
        of states, told apart by the outcomes.
    """
    return _by_states(solution, concepts) or _by_kinds(solution, concepts)


def _by_states(solution: Solution, concepts: Sequence[str]) -> Figure | None:
    if solution.space.size > MOST_STATES:
        return None
    graph = graph_of(solution, concepts)
    grid = grid_of(solution.model, graph, cell_size(graph))
    if grid is None:
        return None
    on = Drawing()
    return on.figure(
        Lattice(on, solution.model, graph, grid).draw(),
        moves_words.title(),
        moves_words.alternative(solution, graph, concepts),
        moves_words.caption(graph, concepts),
    )


def _by_kinds(solution: Solution, concepts: Sequence[str]) -> Figure:
    found = classed(solution, concepts, most_rows(len(solution.model.parties)))
    flowing = Flowing(solution, found, concepts)
    on = Drawing()
    return on.figure(
        flowing.draw(on),
        flowing_words.title(),
        flowing_words.alternative(solution, found, concepts),
        flowing_words.caption(solution, found, concepts, flowing.movers, flowing.hidden),
    )
