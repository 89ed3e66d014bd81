"""The chapters of a report, each a module, and the report that they make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block
from bestand.document.paper import Paper
from bestand.prose.messages import _, language
from bestand.prose.spoken import spoken
from bestand.prose.words import readings_words
from bestand.questions.analyse.words import partial_part

from . import (
    appendix,
    claims,
    compared,
    equilibria,
    evolution,
    holding,
    levers,
    method,
    parties,
    questions,
    summary,
    uncertain,
)

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report


def paper(report: Report, call: str = "") -> Paper:
    """Return a report as a paper in the language that is spoken.

    Parameters
    ----------
    report : Report
    call : str
        The command that makes the same report again.
    """
    model = spoken(report.model)
    subtitle = (
        readings_words(model, report.readings) if report.readings else _("Does it hold? An analysis with bestand")
    )
    return Paper(model.title, subtitle, language(), tuple(_blocks(report, call)))


def _blocks(report: Report, call: str) -> Iterator[Block]:
    model, result = spoken(report.model), report.result
    yield from summary.blocks(report)
    if result.tally is not None:
        yield from partial_part(model, result, result.tally)
    else:
        yield from holding.blocks(report)
    yield from compared.blocks(report)
    yield from parties.blocks(model)
    if result.listed is not None and result.stopped is None:
        if result.ruling is None:
            yield from equilibria.blocks(result)
        yield from evolution.blocks(report)
    for chapter in (levers, claims, uncertain):
        yield from chapter.blocks(report)
    yield from questions.blocks(model, report.readings)
    yield from method.blocks(report)
    yield from appendix.blocks(report, call)
