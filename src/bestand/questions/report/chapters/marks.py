"""Marks before a verdict, so that verdicts differ in more than their colour: a sign and a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.prose.messages import _p
from bestand.questions.claims.findings import kind_of

if TYPE_CHECKING:
    from bestand.checks.claims import ClaimResult
    from bestand.plan.ruling_values import Ruling


def verdict_mark(ruling: Ruling) -> str:
    """Return the verdict on a plan as the label of a box."""
    match ruling.kind:
        case "cannot-be":
            return _p("label of a box", "✕ It cannot be")
        case "stands":
            return _p("label of a box", "✓ It holds by itself")
        case "comes-by-itself":
            return _p("label of a box", "✓ It comes by itself")
        case "deal":
            return _p("label of a box", "✓ As a deal, and kept")
        case "deal-not-kept":
            return _p("label of a box", "◐ As a deal, not kept")
        case _:
            return _p("label of a box", "✕ No deal")


def claim_mark(result: ClaimResult) -> str:
    """Return the verdict on a claim as the label of a box, or as a cell."""
    match kind_of(result):
        case "by definition":  # no message: what data say
            return _p("label of a box", "= True by definition")
        case "by construction" if result.answer.verdict == "holds":  # no message: what data say
            return _p("label of a box", "= Holds, by construction")
        case "by construction":  # no message: what data say
            return _p("label of a box", "= Does not hold, by construction")
    match result.answer.verdict:
        case "holds":
            return _p("label of a box", "✓ Holds")
        case "does not hold":  # no message: what data say
            return _p("label of a box", "✕ Does not hold")
        case "depends on the concept":  # no message: what data say
            return _p("label of a box", "◐ Depends on how far parties look ahead")
        case _:
            return _p("label of a box", "? Cannot be said")
