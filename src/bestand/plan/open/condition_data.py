"""A condition over answers as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .conditions import Condition, Fact
    from .design import Design


def condition_data(design: Design, condition: Condition) -> dict[str, Any]:
    """Return a condition: a formula over answers, and in how many combinations it is true."""
    return {
        "holds": condition_text(design, condition),
        "terms": len(condition.terms),
        "combinations": condition.combinations,
        "of": condition.of,
        "shortest": condition.shortest,
    }


def condition_text(design: Design, condition: Condition) -> str:
    """Return a condition as a formula over what data call the answers: ``true`` where it is always so."""
    terms = [" and ".join(_fact_text(design, fact) for fact in term) or "true" for term in condition.terms]
    if len(terms) > 1:
        terms = [f"({term})" if len(found) > 1 else term for term, found in zip(terms, condition.terms, strict=True)]
    return " or ".join(terms) or "false"


def _fact_text(design: Design, fact: Fact) -> str:
    words = design.questions[fact.question].answer(fact.answer).words
    name = words if " " not in words else f"'{words}'"
    return name if fact.holds else f"not {name}"
