"""Conditions in words: in which cases something is so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, paragraph
from bestand.model.model import Model
from bestand.prose.messages import _, _n, listing, number

from .phrases import answers_words

if TYPE_CHECKING:
    from .conditions import Condition, Term
    from .design import Design

MOST_TERMS = 6  # of a condition that are told one by one


def condition_part(
    model: Model, design: Design, condition: Condition, known: set[object], indent: int = 2
) -> Iterator[Block]:
    """Tell in which cases something is so, each with how many combinations it covers where there are several.

    Answers that are ``known`` are called by their names alone.
    """
    if condition.combinations == condition.of:
        yield paragraph(_("Always, whatever the answers."), indent)
        return
    if not condition.terms:
        yield paragraph(_("Never, whatever the answers."), indent)
        return
    if len(condition.terms) == 1:
        yield paragraph(_("Exactly if {case}.", case=term_words(model, design, condition.terms[0], known)), indent)
        return
    yield paragraph(_("Exactly where at least one of these is so:"), indent)
    told = [
        _n("{case} ({n} combination)", "{case} ({n} combinations)", count, case=term_words(model, design, term, known))
        for term, count in list(zip(condition.terms, condition.covered, strict=True))[:MOST_TERMS]
    ]
    if (more := len(condition.terms) - MOST_TERMS) > 0:
        told.append(_n("and {n} more case; --json has all", "and {n} more cases; --json has all", more))
    yield from (paragraph(f"- {line}", indent + 2) for line in told)


def term_words(model: Model, design: Design, term: Term, known: set[object]) -> str:
    """One case of a condition, as one or several clauses."""
    told = []
    questions = dict.fromkeys(fact.question for fact in term)
    for question in questions:
        facts = [fact for fact in term if fact.question == question]
        asked = design.questions[question]
        answers = [k for k in range(asked.count) if all((k == fact.answer) == fact.holds for fact in facts)]
        told.append(answers_words(model, asked, answers, known, beside=len(questions) > 1))
    return listing(told)


def count_words(condition: Condition) -> str:
    """In how many combinations something is so."""
    return _("{found} of {of} combinations", found=number(condition.combinations), of=number(condition.of))
