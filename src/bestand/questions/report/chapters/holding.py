"""Does it hold? The plan in full; without a plan, what holds today."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block
from bestand.plan.words import plan_part
from bestand.prose.messages import _
from bestand.questions.analyse.words import parts
from bestand.questions.report.study import Study

from .common import chapter, deeper


def blocks(found: Study) -> Iterator[Block]:
    """The chapter; over sets of states, all that is known of what holds."""
    analysis = found.analysis
    if analysis.listed is None:
        yield chapter(_("What holds"))
        yield from deeper(parts(found.model, analysis, 100))
    elif analysis.plan is not None:
        yield chapter(_("Does it hold?"))
        yield from plan_part(found.model, analysis.plan)
