"""The equilibria: how many there are, the most telling ones option by option, and how the parties rank them."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block, Table, table
from bestand.model.formula import OutcomeAtom
from bestand.model.model import Model
from bestand.prose.messages import _, number
from bestand.prose.names import formula_words
from bestand.prose.words import titled
from bestand.questions.analyse.answer import Result
from bestand.questions.analyse.matrix import matrix
from bestand.questions.analyse.representatives import selection_of
from bestand.questions.analyse.standing import standing
from bestand.questions.analyse.words import loose_part, no_equilibrium
from bestand.solve.solution import Solution

from .common import chapter, told


def blocks(solution: Solution, analysis: Result) -> Iterator[Block]:
    """The chapter."""
    yield chapter(_("What holds: the equilibria"))
    yield told(
        _(
            "An equilibrium is a state that no party has reason to leave. The concepts differ in what parties reckon "
            "with; the chapter on the method says how."
        )
    )
    yield _counts(solution.model, analysis)
    yield from loose_part(analysis)
    if not any(group.total for group in analysis.groups):
        yield told(no_equilibrium())
        return
    selection = selection_of(solution, analysis.concepts)
    yield matrix(solution.model, selection)
    yield standing(solution.model, selection)


def _counts(model: Model, analysis: Result) -> Table:
    """How many equilibria there are, how many of them are reached, and how many of each outcome."""
    known = {concept: group for group in analysis.groups for concept in group.concepts}
    groups = [known[concept] for concept in analysis.concepts]
    rows = [(_("equilibria"), *(number(group.total) for group in groups))]
    if analysis.today is not None:
        rows.append((_("reached from the status quo"), *(number(group.reached or 0) for group in groups)))
    for k, outcome in enumerate(model.outcomes):
        name = formula_words(model, OutcomeAtom(outcome.name))
        rows.append((name, *(number(group.outcomes[k]) for group in groups)))
    caption = _("How many equilibria there are, under {concepts}", concepts=titled(analysis.concepts))
    return table(("", *analysis.concepts), rows, (0,), caption)
