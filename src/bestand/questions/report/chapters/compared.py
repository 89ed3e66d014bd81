"""The plans of the file beside each other: which holds, what each party makes of it, and when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block
from bestand.plan.ruling_words import without_words
from bestand.prose.messages import _, number
from bestand.prose.spoken import spoken
from bestand.questions.plans.picture import draw_plans
from bestand.questions.plans.words import plan_part, plans_table, wherever_words

from .common import absent, chapter, deeper, running
from .title import plans_title

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report


def blocks(report: Report) -> Iterator[Block]:
    """The chapter; nothing where the file has no plans to compare."""
    found, lack = report.plans, report.missing.get("plans")
    if found is None and (lack is None or lack.kind == "nothing"):
        return
    yield chapter(plans_title(found))
    yield from absent(lack)
    if found is None:
        return
    model = spoken(found.model)
    yield plans_table(model, found)
    yield running(without_words(model, next(iter(found.rulings.values()))))
    if found.times is None and found.stopped is None and found.possible > 1:
        told = _(
            "What is open makes {number} combinations, more than a report puts several plans to; see bestand plans "
            "MODEL.",
            number=number(found.possible),
        )
        yield running(told)
    else:
        yield from map(running, wherever_words(found))
    yield draw_plans(found)
    known: set[object] = set()
    earlier: dict[tuple[Block, ...], str] = {}
    for id, ruling in found.rulings.items():
        yield from deeper(plan_part(model, found, id, ruling, known, earlier, formula=False))
