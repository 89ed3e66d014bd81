"""What is open: questions with their answers, readings of the sources, and what was left out on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.document.blocks import Block, Bullets, table
from bestand.model.model import Model
from bestand.model.open_questions import Question
from bestand.model.values import Grounds, Priorities, Reading
from bestand.prose.changes import answer_said
from bestand.prose.claims import support_words
from bestand.prose.messages import _, _p, listing
from bestand.prose.phrases import option_words

from .common import chapter, running, section


def blocks(model: Model, applied: Sequence[str] = ()) -> Iterator[Block]:
    """The chapter, without the readings that were applied; nothing where nothing is open and nothing left out."""
    said = [*_open(model)]
    readings = [
        reading for reading in model.readings if reading.id not in applied and model.question_of[reading.id].bare
    ]
    answered = {model.question_of[name].id for name in applied}
    questions = [each for each in model.open_questions if not each.bare and each.id not in answered]
    if not (readings or questions or said or model.accepted or model.left_out):
        return
    yield chapter(_("What is open"))
    if questions:
        yield running(_("The sources leave these questions open. Each answer makes another model."))
        yield _questions(model, questions)
    if readings:
        yield running(_("The sources can be read in other ways. Each reading below changes the model."))
        yield _readings(readings)
    if said:
        yield section(_("What else is open"))
        yield Bullets(tuple(said))
    if model.accepted:
        yield section(_("What would be doubtful, and is meant"))
        yield Bullets(
            tuple(_("{place}: {reason}", place=_place(model, each.at), reason=each.because) for each in model.accepted)
        )
    if model.left_out:
        yield section(_("What was left out on purpose"))
        yield Bullets(tuple(_grounds(each) for each in model.left_out))


def _place(model: Model, at: str) -> str:
    """Return what stands at a place that the file calls so; that itself where it has no words of its own."""
    kind, _blank, name = at.partition(" ")
    said: str | None = None
    if kind == "claim":
        said = next((claim.grounds.says for claim in model.claims if claim.id == name), None)
    elif kind == "reading" and name in model.reading:
        said = model.reading[name].grounds.says
    elif kind == "question":
        said = next((each.grounds.says for each in model.open_questions if each.id == name), None)
    elif name.isdigit() and isinstance(wishes := model.preferences.get(kind), Priorities):
        said = next((wish.grounds.says for wish in wishes.statements[int(name) - 1 : int(name)]), None)
    elif at in model.bit:
        said = option_words(model, at)
    elif at in model.outcome:
        said = model.outcome[at].grounds.says
    return _("“{says}”", says=said.rstrip(".")) if said else at


def _questions(model: Model, questions: Sequence[Question]) -> Block:
    header = (
        _p("column of a table", "question"),
        _p("column of a table", "answer"),
        _p("column of a table", "grounds"),
    )
    rows = [
        (_grounds(each.grounds) or each.id if not k else "", answer_said(answer), _grounds(answer.grounds, says=False))
        for each in questions
        for k, answer in enumerate(each.answers)
    ]
    return table(header, rows, (0, 1, 2), _("Open questions and their answers"))


def _readings(readings: Sequence[Reading]) -> Block:
    header = (_p("column of a table", "reading"), _p("column of a table", "grounds"))
    rows = [(reading.grounds.says or reading.id, _grounds(reading.grounds, says=False)) for reading in readings]
    return table(header, rows, (0, 1), _("How else the sources can be read"))


def _open(model: Model) -> Iterator[str]:
    """Yield what the file says of what is open, besides questions and readings themselves."""
    for question in model.open_questions:
        if not question.bare:
            continue
        said = _grounds(question.grounds)
        readings = [name for name in model.answers_to[question.id] if model.reading[name].changes]
        if len(readings) > 1:
            yield f"{_one_of(model, readings)} {_ended(said)}".strip()
        elif said:
            yield _ended(said)
    for exclusion in model.exclusions:
        yield f"{_one_of(model, exclusion.readings)} {_ended(_grounds(exclusion.grounds))}".strip()


def _one_of(model: Model, readings: Sequence[str]) -> str:
    names = listing(_("“{says}”", says=_reading(model, name)) for name in readings)
    return _("At most one of these readings is right: {readings}.", readings=names)


def _ended(words: str) -> str:
    """Words with a full stop, where there are any."""
    return words if not words or words.endswith((".", "!", "?", "…")) else f"{words}."


def _reading(model: Model, name: str) -> str:
    return model.reading[name].grounds.says or name


def _grounds(grounds: Grounds, *, says: bool = True) -> str:
    """A thing with its grounds and what the analyst notes."""
    parts = [grounds.says or ""] if says else []
    parts += [support_words(grounds)] if grounds.support != "none" else []
    words = _("{what} ({grounds})", what=parts[0], grounds=parts[1]) if len(parts) == 2 and parts[0] else "".join(parts)
    note = grounds.note or ""
    if not words or not note:
        return words or note
    return f"{words.rstrip('.')}. {note[:1].upper()}{note[1:]}"
