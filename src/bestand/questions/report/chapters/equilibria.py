"""The equilibria: how many there are, the most telling ones option by option, and how the parties rank them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.document.blocks import Block, Table, table
from bestand.model.formula import OutcomeAtom
from bestand.prose.messages import _, number
from bestand.prose.names import formula_words
from bestand.prose.words import titled
from bestand.questions.analyse.listed_words import loose_part, no_equilibrium
from bestand.questions.analyse.matrix import matrix
from bestand.questions.analyse.representatives import selection_of
from bestand.questions.analyse.standing import standing
from bestand.solve.solution import Solution

from .common import chapter, told


def blocks(solution: Solution, concepts: tuple[str, ...]) -> Iterator[Block]:
    """The chapter."""
    yield chapter(_("What holds: the equilibria"))
    yield told(
        _(
            "An equilibrium is a state that no party has reason to leave. The concepts differ in what parties reckon "
            "with; the chapter on the method says how."
        )
    )
    yield _counts(solution, concepts)
    yield from loose_part(solution, concepts, np.ones(solution.space.size, bool))
    if not any(solution.equilibria(concept).any() for concept in concepts):
        yield told(no_equilibrium())
        return
    selection = selection_of(solution, concepts)
    yield matrix(solution.model, selection)
    yield standing(solution.model, selection)


def _counts(solution: Solution, concepts: tuple[str, ...]) -> Table:
    """How many equilibria there are, how many of them are reached, and how many of each outcome."""
    model, reach = solution.model, solution.reach()
    found = [solution.equilibria(concept) for concept in concepts]
    rows = [(_("equilibria"), found)]
    if reach is not None:
        rows.append((_("reached from the status quo"), [each & reach.reached for each in found]))
    for outcome in model.outcomes:
        so = solution.space.holds(OutcomeAtom(outcome.name))
        rows.append((formula_words(model, OutcomeAtom(outcome.name)), [each & so for each in found]))
    cells = [(name, *(number(int(each.sum())) for each in counted)) for name, counted in rows]
    caption = _("How many equilibria there are, under {concepts}", concepts=titled(concepts))
    return table(("", *concepts), cells, (0,), caption)
