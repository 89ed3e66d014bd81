"""Which pictures there are of what was found, by name, the usual one first.

A picture, and what it is drawn of, is loaded when it is drawn: most answers are told without one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bestand.document.blocks import Figure
from bestand.model.model import Model
from bestand.model.sentences import Mover
from bestand.solve.solution import Solution

if TYPE_CHECKING:
    from bestand.questions.evolve.evolution import Evolved
    from bestand.questions.vary.outcome import Varied
    from bestand.questions.what_if.levers import Levers

Found = TypeVar("Found")
Drawings = Mapping[str, Callable[[Found], Figure | None]]

SOLUTION = ("matrix", "standing", "moves", "all-moves", "ladder", "tree")


def of_solution(concepts: Sequence[str]) -> Drawings[Solution]:
    """The equilibria option by option, how parties rank them, the graph of moves, and where things go from today."""
    return {name: partial(_solution, name, concepts) for name in SOLUTION}


def _solution(name: str, concepts: Sequence[str], found: Solution) -> Figure | None:
    match name:
        case "matrix":
            from bestand.questions.analyse.matrix import matrix

            return matrix(found, concepts)
        case "standing":
            from bestand.questions.analyse.standing import standing

            return standing(found, concepts)
        case "moves" | "all-moves" | "ladder":
            from bestand.questions.analyse.moves import moves

            return moves(found, "ladder" if name == "ladder" else None, name == "all-moves", concepts)
        case _:
            from bestand.plan.tree import tree

            return tree(found, "improvements", concepts)


def of_evolution(found: Evolved) -> Figure | None:
    """Where things go from the status quo; None from elsewhere, for some parties or steps alone, and by any moves."""
    from bestand.plan.tree import tree

    model, drift = found.model, found.drift
    today = model.status_quo is not None and int(drift.masks[0]) == model.mask(model.status_quo)
    everybody = len(drift.movers) == len(model.parties)
    kinds: dict[str, Mover] = {"improvements": "improvements", "best moves": "best moves"}  # no message: keys
    whole = today and everybody and drift.horizon is None
    if not isinstance(found.solution, Solution) or not (whole and drift.by in kinds):
        return None
    return tree(found.solution, kinds[drift.by], tuple(found.standing))


def of_levers(model: Model, found: Levers, readings: tuple[str, ...] = ()) -> Figure | None:
    """The levers that change the answer most; wishes are told as the readings that were applied leave them."""
    from bestand.questions.what_if.tornado import tornado

    return tornado(model, found, readings=readings)


def of_varied(found: Varied) -> Figure | None:
    """In what share of what is open things are so."""
    from bestand.questions.vary.shares import shares

    return shares(found)
