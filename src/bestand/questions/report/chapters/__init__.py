"""The chapters of a report, each a module, and the report that they make."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block
from bestand.document.paper import Paper
from bestand.prose.messages import _, language
from bestand.prose.words import readings_words
from bestand.questions.analyse.words import partial_part
from bestand.questions.report.study import Study

from . import appendix, claims, equilibria, evolution, holding, levers, method, parties, questions, summary, uncertain


def paper(found: Study, call: str = "") -> Paper:
    """A report of what was found, in the language that is spoken.

    Parameters
    ----------
    found : Study
        Its model with its texts in that language.
    call : str
        The command that makes the same report again.
    """
    model, readings = found.model, found.question.readings
    subtitle = readings_words(model, readings) if readings else _("Does it hold? An analysis with bestand")
    return Paper(model.title, subtitle, language(), tuple(_blocks(found, call)))


def _blocks(found: Study, call: str) -> Iterator[Block]:
    readings, analysis = found.question.readings, found.analysis
    yield from summary.blocks(found)
    if analysis.tally is not None:
        yield from partial_part(found.model, analysis, analysis.tally)
    else:
        yield from holding.blocks(found)
    yield from parties.blocks(found.model)
    if found.listed is not None and analysis.stopped is None:
        for chapter in (equilibria, evolution):
            yield from chapter.blocks(found.listed, analysis)
    for chapter in (levers, claims, uncertain):
        yield from chapter.blocks(found)
    yield from questions.blocks(found.model, readings)
    yield from method.blocks(found, call)
    yield from appendix.blocks(found)
