"""What the questions of a file are called in data, and what they are about, for whoever tells it in words.

A question whose other answer has no name but that it is as the file has it is told by its readings; one that is an
entry of the older form, about where a statement stands and whether it is held, by that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bestand.model.model import Model
from bestand.model.open_questions import Question, about_statements, place_of
from bestand.model.sentences import StatementRef
from bestand.model.values import Priorities
from bestand.model.wording import statement_text

from .design import Given, Topic


@dataclass(frozen=True, slots=True)
class Told:
    """A question as data call it.

    Parameters
    ----------
    words : str
    topics : tuple of Topic
        One thing, or several readings of which at most one is right.
    answers : tuple of str
        In the order of the file.
    given : tuple of tuple of Given
        What each of them says.
    """

    words: str
    topics: tuple[Topic, ...]
    answers: tuple[str, ...]
    given: tuple[tuple[Given, ...], ...]


def told_of(model: Model, question: Question, names: Sequence[str]) -> Told:
    """Return what a question and its answers, of these names, are called, and what they are about."""
    about = about_statements(question)
    if about is not None:
        return _of_statements(model, question, Topic(*about))
    if question.bare and len(names) == 2:
        return _of_reading(question, names)
    if question.bare:
        return _of_readings(question, names)
    topic = Topic("question", question.id)
    answers = tuple(f"with {name}" for name in names)
    return Told(question.id, (topic,), answers, tuple((Given(topic, name),) for name in names))


def which_of(names: Sequence[str]) -> str:
    """Return what data call the question which of some readings is right.

    Examples
    --------
    >>> which_of(["meek", "proud", "poor"])
    'which of meek, proud and poor, if any'
    """
    return f"which of {', '.join(names[:-1])} and {names[-1]}, if any"


def _of_reading(question: Question, names: Sequence[str]) -> Told:
    name = next(name for name, answer in zip(names, question.answers, strict=True) if answer.changes)
    topic = Topic("reading", name)
    right = [bool(answer.changes) for answer in question.answers]
    answers = tuple(f"with {name}" if so else f"without {name}" for so in right)
    return Told(name, (topic,), answers, tuple((Given(topic, so),) for so in right))


def _of_readings(question: Question, names: Sequence[str]) -> Told:
    readings = [name for name, answer in zip(names, question.answers, strict=True) if answer.changes]
    topics = tuple(Topic("reading", name) for name in readings)
    answers = tuple(f"with {name}" if name in readings else "with none of these" for name in names)
    given = tuple((Given(Topic("reading", name), True),) if name in readings else () for name in names)
    return Told(which_of(readings), topics, answers, given)


def _of_statements(model: Model, question: Question, topic: Topic) -> Told:
    ref = topic.about[0]
    assert isinstance(ref, StatementRef)
    values: list[bool | int] = []
    answers: list[str] = []
    for answer in question.answers:
        if topic.kind == "place":
            values.append(_place(model, ref.party, place_of(ref, answer) or ref.number))
            answers.append(f"with {statement_text(ref)} in place {values[-1]}")
        elif topic.kind == "order":
            values.append(bool(answer.changes))
            answers.append("with the two exchanged" if answer.changes else "as in the file")
        else:
            values.append(not answer.changes)
            answers.append(f"without {statement_text(ref)}" if answer.changes else f"with {statement_text(ref)}")
    named = [statement_text(each) for each in topic.about if isinstance(each, StatementRef)]
    words = {
        "place": f"the place of {named[0]}",
        "order": f"the order of {' and '.join(named)}",
        "held": f"whether {named[0]} is held",
    }[topic.kind]
    return Told(words, (topic,), tuple(answers), tuple((Given(topic, value),) for value in values))


def _place(model: Model, party: str, number: int) -> int:
    """Return the place of a statement of the file, a level as one."""
    wish = model.preferences[party]
    return wish.place(number) if isinstance(wish, Priorities) else number
