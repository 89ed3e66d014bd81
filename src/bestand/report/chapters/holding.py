"""Does it hold? The plan in full; without a plan, what holds today."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.analysis.sets import SetSolution
from bestand.analysis.solution import Solution
from bestand.analysis.study import Study
from bestand.report import sets
from bestand.report.blocks import Block
from bestand.report.plan import plan_answer
from bestand.texts import _

from .common import ON, chapter, deeper


def blocks(found: Study) -> Iterator[Block]:
    """The chapter; over sets of states, all that is known of what holds."""
    solution, concepts = found.solution, found.question.concepts
    if isinstance(solution, Solution):
        if solution.model.plan is not None:
            yield chapter(_("Does it hold?"))
            yield from _without_title(plan_answer(ON, solution, concepts, solution.model.plan))
        return
    assert isinstance(solution, SetSolution), "one of the two"
    yield chapter(_("What holds"))
    yield from deeper(sets.parts(ON, solution, concepts, None))


def _without_title(answer: Iterator[Block]) -> Iterator[Block]:
    next(answer)  # the question, which the chapter asks
    yield from answer
