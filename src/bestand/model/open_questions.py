"""What is open: questions, each with its answers, of which one is right.

An answer is the model as the file has it, or changes to it. The answers to one question exclude each other. An answer
is named by its own id where no other answer of the file has it, else as ``question.answer``; under that name it can be
given wherever a reading can: `Reading` is what an answer is where its question does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Literal

from .sentences import Change, Drop, Exchange, Place, StatementRef
from .values import BARE, Grounds, Reading

AS_IS = "as-is"  # id of the answer that the file has, where nobody gave it one


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to an open question.

    Parameters
    ----------
    id : str
    changes : tuple of Change
        To the model; none where it is as the file has it.
    chance : Decimal or None
        That it is the right one: 0 to 1. Of one question all answers have a chance, which add up to one, or none has.
    grounds : Grounds
    """

    id: str
    changes: tuple[Change, ...] = ()
    chance: Decimal | None = None
    grounds: Grounds = BARE


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the sources leave open, with two answers or more, of which one is right.

    Parameters
    ----------
    id : str
    answers : tuple of Answer
        At most one of them changes nothing.
    grounds : Grounds
        ``says`` is the question in words.
    """

    id: str
    answers: tuple[Answer, ...]
    grounds: Grounds = BARE

    @property
    def base(self) -> Answer | None:
        """Return the answer that the file has; None where none of them is that."""
        return next((answer for answer in self.answers if not answer.changes), None)

    @property
    def others(self) -> tuple[Answer, ...]:
        """Return the answers that change something."""
        return tuple(answer for answer in self.answers if answer.changes)

    @property
    def stated(self) -> bool:
        """Return whether the file says how likely each answer is."""
        return all(answer.chance is not None for answer in self.answers)

    @property
    def bare(self) -> bool:
        """Return whether nothing is said of the answer that the file has: what is open is whether another is right."""
        base = self.base
        return base is not None and base.id.startswith(AS_IS) and base.grounds == BARE


@dataclass(frozen=True, slots=True)
class AtMostOne:
    """Of these readings, answers to different questions by their names, at most one is right."""

    readings: tuple[str, ...]
    grounds: Grounds = BARE


Named = tuple[str, Question, Answer]


def named(questions: Iterable[Question]) -> Iterator[Named]:
    """Yield every answer with its name and its question, in the order of the file.

    Examples
    --------
    >>> price = Question("price", (Answer("land"), Answer("none")))
    >>> [name for name, _, _ in named([price, Question("talks", (Answer("some"), Answer("none")))])]
    ['land', 'price.none', 'some', 'talks.none']
    """
    questions = tuple(questions)
    seen: dict[str, int] = {}
    for question in questions:
        for answer in question.answers:
            seen[answer.id] = seen.get(answer.id, 0) + 1
    for question in questions:
        for answer in question.answers:
            yield answer.id if seen[answer.id] == 1 else f"{question.id}.{answer.id}", question, answer


def ways_to_name(questions: Iterable[Question]) -> dict[str, tuple[str, ...]]:
    """Return, for whatever can be written for an answer, the names of those that may be meant.

    Examples
    --------
    >>> talks = Question("talks", (Answer("some"), Answer("none")))
    >>> ways_to_name([Question("price", (Answer("land"), Answer("none"))), talks])["none"]
    ('price.none', 'talks.none')
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, question, answer in named(questions):
        for written in (answer.id, f"{question.id}.{answer.id}"):
            found[written] = (*found.get(written, ()), name)
    return found


def of_reading(reading: Reading, chance: Decimal | None = None, grounds: Grounds = BARE, base: str = AS_IS) -> Question:
    """Return the question whether a reading is right.

    Parameters
    ----------
    reading : Reading
    chance : Decimal, optional
        That it is.
    grounds : Grounds
        Of the question.
    base : str
        Id of the answer that it is not.

    Examples
    --------
    >>> from bestand.model.sentences import Free
    >>> [answer.chance for answer in of_reading(Reading("r", (Free("up.a"),)), Decimal("0.2")).answers]
    [Decimal('0.8'), Decimal('0.2')]
    """
    right = Answer(reading.id, reading.changes, chance, reading.grounds)
    return Question(reading.id, (Answer(base, (), rest(chance)), right), grounds)


def about_statements(question: Question) -> tuple[Literal["order", "place", "held"], tuple[StatementRef, ...]] | None:
    """Return which statements a question is about, where it is no more than an entry of the older form.

    That is the order of two statements, the place of one, or whether it is held.
    """
    changes = [answer.changes for answer in question.others]
    if any(len(each) != 1 for each in changes) or any(answer.grounds != BARE for answer in question.answers):
        return None
    match [change for (change,) in changes]:
        case [Exchange(one, other)] if question.bare and question.others[0].id.startswith("exchanged"):
            return "order", (one, other)
        case [Drop(ref)] if question.base and question.base.id.startswith("held"):
            return "held", (ref,)
        case [Place(ref), *_] if all(answer.id.startswith("place-") for answer in question.answers):
            places = [place_of(ref, answer) for answer in question.others]
            return ("place", (ref,)) if all(places) and len({*places}) == len(places) else None
    return None


def place_of(ref: StatementRef, answer: Answer) -> int | None:
    """Return the statement, by its number, into whose place of the file an answer puts another one.

    None where it does something else.
    """
    match answer.changes:
        case (Place(statement, ("before" | "after") as where, other),) if statement == ref:
            return other.number if (where == "before") == (other.number < ref.number) else None
    return None


def rest(chance: Decimal | None) -> Decimal | None:
    """Return what a chance leaves, exactly; None where none is given."""
    return None if chance is None else _EXACT.subtract(Decimal(1), chance)


def whole(chances: Iterable[Decimal]) -> Decimal:
    """Return what chances add up to, exactly."""
    total = Decimal(0)
    for chance in chances:
        total = _EXACT.add(total, chance)
    return total


_EXACT = Context(prec=1000)
