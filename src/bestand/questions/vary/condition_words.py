"""Conditions in words: when the plan comes to a verdict, when a claim holds, and what makes no difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block
from bestand.plan.open.condition_words import condition_part as told_condition
from bestand.plan.open.design import Orders
from bestand.plan.open.phrases import question_words
from bestand.prose.messages import _, listing
from bestand.prose.spoken import spoken

if TYPE_CHECKING:
    from .answer import Variation
    from .conditions import Condition


def condition_part(answer: Variation, condition: Condition, known: set[object], indent: int = 2) -> Iterator[Block]:
    """Tell in which cases something is so; see `bestand.plan.open.condition_words`."""
    yield from told_condition(spoken(answer.model), answer.job.design, condition, known, indent)


def idle_words(answer: Variation) -> Iterator[str]:
    """Tell which questions make no difference."""
    found, model = answer.conditions, spoken(answer.model)
    if found is None or not found.idle:
        return
    questions = [question_words(model, answer.job.design.questions[j], short=True) for j in found.idle]
    if answer.job.plan is None:
        yield _("What makes no difference to any claim: {questions}.", questions=listing(questions))
    else:
        yield _("What makes no difference to the verdict: {questions}.", questions=listing(questions))


def unconditioned_words(answer: Variation) -> Iterator[str]:
    """Tell that a part of the combinations gives shares, and no condition."""
    if not answer.exact and not any(isinstance(question, Orders) for question in answer.job.design.questions):
        yield _("Exactly when it is so takes a look at every combination: these are shares of a part of them.")
