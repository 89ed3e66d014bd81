"""Exactly when there is a deal, over all combinations of what is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets, Paragraph, paragraph
from bestand.prose.messages import _
from bestand.questions.vary.condition_words import condition_part, idle_words

if TYPE_CHECKING:
    from bestand.plan.open.conditions import Condition
    from bestand.questions.vary.answer import Variation


def deal_condition(varied: Variation | None) -> Condition | None:
    """Return when there is a deal that is kept, or one at all where none is; None where that is not known exactly."""
    found = None if varied is None else varied.conditions
    return None if found is None else found.kinds.get("deal", found.deal_exists)


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
