"""The sentences of a verdict as data: in every language, in parts, each with the id of the reason behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bestand.answer.data import head
from bestand.model.model import Model
from bestand.prose.clause import Clause
from bestand.prose.messages import LANGUAGES, speaking
from bestand.prose.spoken import spoken

from .ruling_data import deals_data
from .ruling_part import party_clauses
from .ruling_values import Ruling
from .ruling_words import headline_clauses, without_words


def deals_document(model: Model, readings: Iterable[str], ruling: Ruling) -> dict[str, Any]:
    """Return the document about the deals of one plan."""
    return {
        **head(model),
        "readings": [*readings],
        **deals_data(model, ruling),
        "words": told_data(model, ruling),
        "stopped": None,
    }


def told_data(model: Model, ruling: Ruling) -> dict[str, Any]:
    """Return what a first screen says: the verdict, what there is without a deal, and a line for each party.

    A clause is ``{"text": …}``, with ``"reason"`` where `bestand.explain` can give one: an id, or several with commas.
    """
    return {lang: _told(model, ruling, lang) for lang in LANGUAGES}


def _told(model: Model, ruling: Ruling, lang: str) -> dict[str, Any]:
    with speaking(lang):
        model = spoken(model)
        parties = () if ruling.kind == "cannot-be" else model.party
        without = "" if ruling.kind == "cannot-be" else "without"
        return {
            "verdict": _clauses(headline_clauses(model, ruling)),
            "without": _clauses([Clause(without_words(model, ruling), without)]),
            "parties": {id: _clauses(party_clauses(model, ruling, id)) for id in parties},
        }


def _clauses(clauses: Iterable[Clause]) -> list[dict[str, str]]:
    return [{"text": each.words, **({"reason": each.reason} if each.reason else {})} for each in clauses]
