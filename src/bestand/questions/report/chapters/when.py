"""Exactly when there is a deal, over all combinations of what is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets, Paragraph, paragraph
from bestand.prose.messages import _, _n
from bestand.questions.vary.condition_words import condition_part, idle_words

if TYPE_CHECKING:
    from bestand.model.model import Model
    from bestand.plan.open.conditions import Condition
    from bestand.questions.report.answer import Report
    from bestand.questions.vary.answer import Variation

_TAKEN = 6  # answers of the file that are told one by one


def deal_condition(varied: Variation | None) -> Condition | None:
    """Return when there is a deal that is kept, or one at all where none is; None where that is not known exactly."""
    found = None if varied is None else varied.conditions
    return None if found is None else found.kinds.get("deal", found.deal_exists)


def taken(report: Report, model: Model) -> Iterator[str]:
    """Tell with which answers to what is open the verdict is so, where others change it."""
    exact = deal_condition(report.varied)
    if report.varied is None or exact is None or not 0 < exact.combinations < exact.of:
        return
    asked, found = report.varied.job.design.questions, report.varied.conditions
    idle = {topic.about for j in (found.idle if found else ()) for topic in getattr(asked[j], "topics", ())}
    still = model.open_still(report.readings)
    told = [each.base.grounds.says if each.base else None for each in still if each.id not in idle]
    if told and all(told) and len(told) <= _TAKEN:
        answers = "; ".join(_("“{says}”", says=says) for says in told)
        yield _n(
            "This is so if this is right: {answers}. Another answer changes it: see below.",
            "This is so if all of these are right: {answers}. Other answers change it: see below.",
            len(told),
            answers=answers,
        )
        return
    yield _n(
        "This is so with the answer that the file gives to {n} question that is open; others change it: see below.",
        "This is so with the answers that the file gives to {n} questions that are open; others change it: see below.",
        len(still),
    )


def when(varied: Variation, exact: Condition, *, idle: bool = True) -> Iterator[Block]:
    """Tell a condition, its cases as a list; and, where there is room for it, what makes no difference."""
    lines = [each.words for each in condition_part(varied, exact, set(), 0) if isinstance(each, Paragraph)]
    yield from (paragraph(line, 0) for line in lines if not line.startswith("- "))
    if cases := [line.removeprefix("- ") for line in lines if line.startswith("- ")]:
        yield Bullets(tuple(cases))
    if 0 < exact.combinations < exact.of:
        told = [_("A number of combinations is no likelihood."), *(idle_words(varied) if idle else ())]
        if sum(exact.covered) > exact.combinations:
            told = [_("These overlap."), *told]
        yield paragraph(" ".join(told), 0)
