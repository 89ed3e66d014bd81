"""Which answers to claims are findings: they could have been other ones, had the parties wanted something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bestand.checks.claims import ClaimResult


def kind_of(result: ClaimResult) -> Literal["finding", "by definition", "by construction"]:
    """Return whether the answer to a claim is a finding, and if not, why it is none."""
    if result.answer.by_definition is not None:
        return "by definition"
    return "by construction" if result.footing and result.footing.work == "by construction" else "finding"
