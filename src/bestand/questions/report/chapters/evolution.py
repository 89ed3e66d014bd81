"""Where things go from today: who would move, what is reached, and where it comes to rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block
from bestand.plan.tree_picture import draw_tree
from bestand.prose.messages import _
from bestand.prose.spoken import spoken
from bestand.questions.analyse.words import drift_part, today_part

from .common import chapter, deeper, running
from .title import drift_title

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report


def blocks(report: Report) -> Iterator[Block]:
    """Tell and draw where things go."""
    model, result = spoken(report.model), report.result
    yield chapter(drift_title(report))
    if result.today is None or not result.drift:
        yield running(_("The file does not say how things stand today, so that nothing is said of where they go."))
    else:
        yield from deeper(today_part(model, result.today))
        yield from deeper(drift_part(model, result, result.drift))


def pictures(report: Report) -> Iterator[Block]:
    """Draw, for the appendix, where improvements and best moves lead, and what leads to what."""
    best = None if report.best_moves is None else draw_tree(spoken(report.model), report.best_moves)
    drawn = (report.result.figure("tree"), best, report.result.figure("moves"))
    yield from (picture for picture in drawn if picture is not None)
