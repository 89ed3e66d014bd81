"""Does it hold? The plan in full; without a plan, what holds today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block
from bestand.plan.holding_words import holding_part
from bestand.prose.messages import _
from bestand.prose.spoken import spoken
from bestand.questions.analyse.words import parts
from bestand.questions.deals.words import ruling_blocks

from .common import chapter, deeper, section

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
        if result.ruling is not None:
            yield from deeper(ruling_blocks(model, result.ruling))
            yield section(_("Where the plan is an equilibrium"))
        yield from holding_part(model, result.plan)
