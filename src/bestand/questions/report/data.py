"""A report as data: the answers that it is made of, each as its own question gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.answer.data import head

if TYPE_CHECKING:
    from .answer import Report


def data(report: Report) -> dict[str, Any]:
    """Return the document of ``report --json``."""
    answers = {
        "analyse": report.result,
        "claims": report.claims,
        "why": report.why,
        "plans": report.plans,
        "levers": report.levers,
        "vary": report.varied,
    }
    return {
        **head(report.base),
        "readings": list(report.readings),
        "fingerprint": report.fingerprint,
        **{name: answer and answer.data() for name, answer in answers.items()},
        "missing": {
            part: {"kind": lack.kind, "because": lack.because and str(lack.because)}
            for part, lack in report.missing.items()
        },
        "stopped": report.stopped and str(report.stopped),
    }
