"""Does it hold? The plan in full; without a plan, what holds today."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block
from bestand.plan.words import plan_part
from bestand.prose.messages import _
from bestand.questions.analyse import sets_words as sets
from bestand.questions.report.study import Study
from bestand.solve.sets import SetSolution
from bestand.solve.solution import Solution

from .common import chapter, deeper


def blocks(found: Study) -> Iterator[Block]:
    """The chapter; over sets of states, all that is known of what holds."""
    solution = found.solution
    if isinstance(solution, Solution):
        if found.judged is not None:
            yield chapter(_("Does it hold?"))
            yield from plan_part(solution, found.judged)
        return
    assert isinstance(solution, SetSolution), "one of the two"
    yield chapter(_("What holds"))
    yield from deeper(sets.parts(100, solution, found.question.concepts, None))
