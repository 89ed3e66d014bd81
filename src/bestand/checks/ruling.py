"""What the checks of a claim come to: by check and concept, and in one word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bestand.model.message import Message
from bestand.model.sentences import Check

from .asker import Finding

Verdict = Literal["holds", "does not hold", "depends on the concept", "cannot be said"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One sentence and what was found: by concept, or under ``""`` where the concept does not matter."""

    check: Check
    findings: dict[str, Finding]


@dataclass(frozen=True, slots=True)
class Answer:
    """What all the checks of a claim come to, in one variant of the model.

    Parameters
    ----------
    verdict : Verdict
    holds, fails, unsaid : tuple of str
        The concepts under which all checks hold, some check fails, or it cannot be said.
    checks : tuple of CheckResult
    by_definition : Message or None
        Why it holds whatever anybody wants, where every check is true by definition: such a claim is no finding.
    """

    verdict: Verdict
    holds: tuple[str, ...]
    fails: tuple[str, ...]
    unsaid: tuple[str, ...]
    checks: tuple[CheckResult, ...]
    by_definition: Message | None = None
