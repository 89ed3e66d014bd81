"""The reasons behind a verdict, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bestand.answer.data import grounds_data, head
from bestand.document.blocks import Block, Bullets, heading, paragraph
from bestand.model.formula import text
from bestand.model.wording import statement_text
from bestand.plan.reason_words import grounds_lines, said_words, steps
from bestand.plan.ruling_words import without_words
from bestand.prose.messages import LANGUAGES, _, speaking
from bestand.prose.names import plan_words, wish_of
from bestand.prose.spoken import spoken
from bestand.prose.words import readings_words

if TYPE_CHECKING:
    from bestand.plan.reasons import Reason

    from .reasons import Reasons


def blocks(answer: Reasons) -> Iterator[Block]:
    """Tell each reason: what it stands behind, its steps, and what it rests on."""
    model, ruling = spoken(answer.model), answer.ruling
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    yield heading(_("Why? The plan: {plan}", plan=plan_words(model, ruling.terms.plan, id=ruling.terms.id)))
    if all(reason.about != "without" for reason in answer.reasons):
        yield paragraph(without_words(model, ruling), 2)
    for reason in answer.reasons:
        yield heading(_("{sentence} [{change}]", sentence=said_words(model, ruling, reason), change=reason.id))
        told = [*steps(model, ruling, reason)]
        yield Bullets(tuple(told), ordered=True) if len(told) > 1 else paragraph(told[0], 4)
        if reason.rests_on:
            yield paragraph(_("It rests on:"), 2)
            yield Bullets(tuple(grounds_lines(model, reason)))


def data(answer: Reasons) -> dict[str, Any]:
    """Return the document of ``explain --reason --json``."""
    return {
        **head(answer.model),
        "readings": [*answer.readings],
        "plan": text(answer.ruling.terms.plan),
        "kind": answer.ruling.kind,
        "reasons": [_reason(answer, reason) for reason in answer.reasons],
        "stopped": None,
    }


def _reason(answer: Reasons, reason: Reason) -> dict[str, Any]:
    wishes = [(ref, wish_of(answer.model, ref)) for ref in reason.rests_on]
    return {
        "id": reason.id,
        "about": reason.about,
        "party": reason.party,
        "holds": reason.holds,
        "of": reason.of,
        "rests_on": [{"wish": statement_text(ref), **grounds_data(wish.grounds)} for ref, wish in wishes],
        "words": {lang: _told(answer, reason, lang) for lang in LANGUAGES},
    }


def _told(answer: Reasons, reason: Reason, lang: str) -> dict[str, Any]:
    with speaking(lang):
        model = spoken(answer.model)
        return {
            "says": said_words(model, answer.ruling, reason),
            "steps": [*steps(model, answer.ruling, reason)],
        }
