"""The readings of a model in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.model.open_questions import Question
from bestand.model.values import Reading
from bestand.model.wording import change_text
from bestand.prose.changes import change_words
from bestand.prose.claims import support_words
from bestand.prose.messages import _
from bestand.prose.spoken import spoken

if TYPE_CHECKING:
    from .answer import Readings


def blocks(answer: Readings) -> Iterator[Block]:
    """Tell each question with its answers, in the order of the file; of a bare one, its readings alone."""
    model = spoken(answer.model)
    for question in model.open_questions:
        if not question.bare:
            yield heading(_question(question))
            if question.grounds.support != "none":
                yield paragraph(support_words(question.grounds), 2, "dim")
        for name in model.answers_to[question.id]:
            if model.reading[name].changes or not question.bare:
                yield from _reading(model, model.reading[name], under=not question.bare)


def _question(question: Question) -> str:
    says = question.grounds.says
    return _("{says} ({name})", says=says, name=question.id) if says else question.id


def none() -> str:
    """Say that there is no reading."""
    return _("This model leaves no reading open.")


def _reading(model: Model, reading: Reading, *, under: bool) -> Iterator[Block]:
    """One reading: its words, its changes, its grounds; as an answer, under its question."""
    deep = 2 if under else 0
    yield paragraph(reading.id, 2, "bold") if under else heading(reading.id)
    if reading.grounds.says:
        yield paragraph(reading.grounds.says, 2 + deep)
    for change in reading.changes:
        words = _("{sentence} [{change}]", sentence=change_words(model, change), change=change_text(change))
        yield paragraph(words, 2 + deep)
    if not reading.changes:
        yield paragraph(_("This is as the file has it."), 2 + deep)
    if reading.changes or reading.grounds.support != "none":
        yield paragraph(support_words(reading.grounds), 2 + deep, "dim")
