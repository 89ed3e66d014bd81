"""The answers to claims as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.data import Data, grounds_data, head, state_data
from bestand.model.causes import cause_text
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.wording import check_text

if TYPE_CHECKING:
    from bestand.checks.asker import Example, Finding
    from bestand.checks.claims import ClaimResult, Shown, Variant
    from bestand.checks.ruling import Answer

    from .answer import Claims


def data(answer: Claims) -> Data:
    """Return the document of ``claims --json``."""
    return {
        **head(answer.model),
        "readings": list(answer.readings),
        "claims": [_claim(answer.model, result) for result in answer.results],
        "concepts": list(answer.concepts),
        "stopped": answer.stopped and str(answer.stopped),
    }


def _claim(model: Model, result: ClaimResult) -> Data:
    claim = result.claim
    return {
        "id": claim.id,
        "who": claim.who,
        **grounds_data(claim.grounds),
        **_answer(model, result.answer),
        "by_best_moves": result.by_best_moves and _answer(model, result.by_best_moves),
        **_footing(result),
        "repeats": [f"{ref.party} {ref.number}" for ref in claim.repeats],
        "without_premise": result.without_premise and _answer(model, result.without_premise),
        "across": [_variant(model, variant) for variant in result.across],
        "shown": [_shown(model, shown) for shown in result.shown],
    }


def _footing(result: ClaimResult) -> Data:
    footing = result.footing
    return {
        "because": [cause_text(cause) for cause in result.claim.because],
        "work": footing and footing.work,
        "about": footing and list(footing.about),
        "contrasts": [
            {
                "reason": cause_text(each.cause),
                "how": each.how,
                "option": each.option,
                "verdict": each.verdict,
                "same": each.same,
            }
            for each in (footing.contrasts if footing else ())
        ],
        "unlinked": [
            {"option": option, "parties": list(parties)} for option, parties in (footing.unlinked if footing else ())
        ],
    }


def _variant(model: Model, variant: Variant) -> Data:
    return {
        "readings": list(variant.readings),
        **_answer(model, variant.answer),
        "shown": [_shown(model, shown) for shown in variant.shown],
    }


def _answer(model: Model, answer: Answer) -> Data:
    return {
        "verdict": answer.verdict,
        "by_definition": answer.by_definition and str(answer.by_definition),
        "holds_under": [concept for concept in answer.holds if concept],
        "fails_under": [concept for concept in answer.fails if concept],
        "unsaid_under": [concept for concept in answer.unsaid if concept],
        "checks": [
            {
                "check": check_text(result.check),
                "findings": [{"concept": c or None, **_finding(model, f)} for c, f in result.findings.items()],
            }
            for result in answer.checks
        ],
    }


def _finding(model: Model, finding: Finding) -> Data:
    return {
        "holds": finding.truth,
        "counts": [{"found": found, "of": of} for found, of in finding.counts],
        "example": None if finding.example is None else _example(model, finding.example),
        "reason": finding.reason,
        "verdict": finding.kind,
        "blocking": [list(parties) for parties in finding.blocking],
    }


def _example(model: Model, example: Example) -> Data:
    path = example.path
    told = None if path is None else [{"party": party, "to": model.bits(mask)} for party, mask in path]
    start = None if example.start is None else model.bits(example.start)
    return {**state_data(model, example.mask), "from": start, "path": told, "signs": list(example.signs)}


def _shown(model: Model, shown: Shown) -> Data:
    return {
        "concept": shown.concept,
        "found": shown.found,
        "true_in": {text(formula): count for formula, count in shown.true_in},
        "example": _example(model, shown.example),
        "answered_by": None if shown.answered_by is None else list(shown.answered_by),
        "only_by_moves_not_best": shown.loose,
    }
