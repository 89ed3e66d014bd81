"""Which premises carry a conclusion, as plain data: what ``claims --why --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.data import Data, grounds_data, head
from bestand.model.formula import text
from bestand.model.wording import change_text

if TYPE_CHECKING:
    from .reasons import Flip, Part, Reason, Ruling
    from .why import Why


def data(answer: Why) -> Data:
    """Return the document of ``why --json``."""
    found = answer.found
    return {
        **head(answer.model),
        "readings": list(answer.readings),
        "concepts": list(found.concepts),
        "depth": found.depth,
        "looked": [{"changes": each.size, "variants": each.variants, "of": each.of} for each in found.looked],
        "left_as_they_are": list(found.fixed),
        "claims": [_reason(reason) for reason in found.reasons],
        "stopped": found.stopped and str(found.stopped),
    }


def _reason(reason: Reason) -> Data:
    return {
        "id": reason.claim.id,
        "who": reason.claim.who,
        **grounds_data(reason.claim.grounds),
        **_ruling(reason.ruling),
        "rests_on_assumed": [change_text(change) for flip in reason.assumed for change in flip.changes],
        "flips": [_flip(flip) for flip in reason.flips],
        "shifts": [_flip(shift) for shift in reason.shifts],
    }


def _ruling(ruling: Ruling) -> Data:
    return {
        "verdict": ruling.verdict,
        "holds_under": [concept for concept in ruling.holds if concept],
        "fails_under": [concept for concept in ruling.fails if concept],
        "unsaid_under": [concept for concept in ruling.unsaid if concept],
    }


def _flip(flip: Flip) -> Data:
    return {
        "changes": [change_text(change) for change in flip.changes],
        **_ruling(flip.ruling),
        "steps": [_part(part) for part in flip.parts],
    }


def _part(part: Part) -> Data:
    return {
        "kind": part.kind,
        "assumed": part.assumed,
        "statements": [
            {"party": part.party, "number": k, "formula": text(statement.formula), **grounds_data(statement.grounds)}
            for k, statement in zip(part.numbers, part.statements, strict=True)
        ],
    }
