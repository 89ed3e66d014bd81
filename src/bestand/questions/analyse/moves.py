"""The graph of moves: who can improve from where to where. State by state in a small model, else by kinds of states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bestand.document.blocks import Figure
from bestand.drawing.sheet import Drawing
from bestand.solve.solution import Solution

from . import flows_words as flowing_words
from . import moves_words
from .cells import cell_size
from .classes import classed
from .flows import Flowing, most_rows
from .graph import Graph, graph_of
from .grid import grid_of
from .ladder import Ladder
from .lattice import Lattice

Layout = Literal["lattice", "ladder"]

MOST_STATES = 64  # that are drawn one by one
CONCEPTS = ("nash", "seq")


def moves(
    solution: Solution, layout: Layout | None = None, every: bool = False, concepts: Sequence[str] = CONCEPTS
) -> Figure:
    """Who can improve from where to where.

    Parameters
    ----------
    solution : Solution
    layout : {"lattice", "ladder"}, optional
        How states are placed, where there are at most 64 and a page holds them so: in a grid in which each party moves
        across or down, or for each party by how much it likes them. None prefers the lattice. Otherwise kinds of states
        are drawn, told apart by the outcomes.
    every : bool
        Whether moves that are no improvements are drawn, too; not between kinds of states.
    concepts : sequence of str
        Under which it is told which states are equilibria.

    Returns
    -------
    Figure
    """
    if solution.space.size <= MOST_STATES:
        graph = graph_of(solution, concepts, every)
        order: tuple[Layout, Layout] = ("ladder", "lattice") if layout == "ladder" else ("lattice", "ladder")
        for each in order:
            on = Drawing()
            height = _drawn(on, solution, graph, each, every=every)
            if height is not None:
                return on.figure(
                    height,
                    moves_words.title(),
                    moves_words.alternative(solution, graph, concepts),
                    moves_words.caption(graph, each, concepts, every=every),
                )
    return _by_kinds(solution, concepts)


def _drawn(on: Drawing, solution: Solution, graph: Graph, layout: Layout, *, every: bool) -> float | None:
    """Draw the states one by one, in some layout; returns the height, or None where no page holds it."""
    if layout == "ladder":
        ladder = Ladder(solution, graph, every=every)
        return ladder.draw(on) if ladder.fits else None
    grid = grid_of(solution.model, graph, cell_size(graph))
    return None if grid is None else Lattice(on, solution.model, graph, grid).draw(every=every)


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
