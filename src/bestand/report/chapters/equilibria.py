"""The equilibria: how many there are, the most telling ones option by option, and how the parties rank them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.analysis.solution import Solution
from bestand.report.blocks import Block, Facts
from bestand.report.pictures.matrix import matrix
from bestand.report.pictures.standing import standing
from bestand.report.terminal import counts_part, no_equilibrium
from bestand.texts import _

from .common import ON, chapter, told


def blocks(solution: Solution, concepts: tuple[str, ...]) -> Iterator[Block]:
    """The chapter."""
    yield chapter(_("What holds: the equilibria"))
    yield told(
        _(
            "An equilibrium is a state that no party has reason to leave. The concepts differ in what parties reckon "
            "with; the chapter on the method says how."
        )
    )
    counts = counts_part(ON, solution, concepts, np.ones(solution.space.size, bool), None)
    next(counts)  # its title: the chapter has one
    yield from counts
    said = [(outcome.name, outcome.grounds.says) for outcome in solution.model.outcomes if outcome.grounds.says]
    if said:
        yield Facts(tuple(said))
    if not any(solution.equilibria(concept).any() for concept in concepts):
        yield told(no_equilibrium())
        return
    yield matrix(solution, concepts)
    yield standing(solution, concepts)
