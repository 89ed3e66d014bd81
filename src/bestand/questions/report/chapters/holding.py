"""Does it hold? The plan in full; without a plan, what holds today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block
from bestand.plan.words import plan_part
from bestand.prose.messages import _
from bestand.prose.spoken import spoken
from bestand.questions.analyse.words import parts

from .common import chapter, deeper

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report


def blocks(report: Report) -> Iterator[Block]:
    """Tell what becomes of the plan; over sets of states, all that is known of what holds."""
    model, result = spoken(report.model), report.result
    if result.listed is None:
        yield chapter(_("What holds"))
        yield from deeper(parts(model, result, 100))
    elif result.plan is not None:
        yield chapter(_("Does it hold?"))
        yield from plan_part(model, result.plan)
