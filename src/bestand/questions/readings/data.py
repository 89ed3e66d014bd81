"""The readings of a model as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bestand.answer.data import grounds_data, head
from bestand.model.sentences import Change
from bestand.model.wording import change_text

if TYPE_CHECKING:
    from .answer import Readings


def data(answer: Readings) -> dict[str, Any]:
    """Return the document of ``readings --json``."""
    model = answer.model
    listed = [
        {"id": r.id, "question": model.question_of[r.id].id, **_change(r.changes), **grounds_data(r.grounds)}
        for r in model.readings
    ]
    asked = [
        {
            "id": question.id,
            **grounds_data(question.grounds),
            "answers": [
                {
                    "name": name,
                    **_change(answer.changes),
                    "chance": None if answer.chance is None else float(answer.chance),
                    **grounds_data(answer.grounds),
                }
                for name, answer in zip(model.answers_to[question.id], question.answers, strict=True)
            ],
        }
        for question in model.open_questions
    ]
    return {**head(model), "readings": listed, "questions": asked}


def _change(changes: Sequence[Change]) -> dict[str, Any]:
    return {"change": [change_text(change) for change in changes]}
