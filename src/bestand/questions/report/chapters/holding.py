"""Does it hold? The deals, what keeps them, and who refuses what; without a plan, what holds today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block
from bestand.plan.holding_words import holding_part
from bestand.plan.ruling_part import party_line
from bestand.prose.messages import _
from bestand.prose.spoken import spoken
from bestand.questions.analyse.words import parts
from bestand.questions.deals.words import deals_part

from .common import chapter, deeper, running, section
from .title import refusals_title

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report


def blocks(report: Report) -> Iterator[Block]:
    """Tell what becomes of the plan; over sets of states, all that is known of what holds."""
    model, result = spoken(report.model), report.result
    if result.listed is None:
        yield chapter(_("What holds"))
        yield from deeper(parts(model, result, 100))
        return
    if result.plan is None:
        return
    if result.ruling is None:
        yield chapter(_("Does it hold?"))
        yield from holding_part(model, result.plan)
        return
    yield chapter(refusals_title(model, result.ruling))
    if result.ruling.by is not None:
        yield from (running(party_line(model, result.ruling, party)) for party in model.party)
    yield from deeper(deals_part(model, result.ruling))


def numbers(report: Report) -> Iterator[Block]:
    """Tell, for the appendix, where the plan is an equilibrium, beside its verdict."""
    if report.result.listed is not None and report.result.plan is not None and report.result.ruling is not None:
        yield section(_("Where the plan is an equilibrium"))
        yield from holding_part(spoken(report.model), report.result.plan)
