"""What can be wrong with what a model says is open: questions without answers, answers alike, chances that are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from .clashes import clashes
from .description import Description
from .excluding import answered_twice, applied_by, excluding, spelled_out
from .open_questions import AtMostOne, Question, whole
from .sentences import ApplyReading, Change
from .truth import circles
from .values import Grounds

Path = tuple[str | int, ...]
BASE = "base"  # in `across`: the model as it stands


class Checker(Protocol):
    """Who collects the faults of a model."""

    model: Description

    def add(self, path: Path, code: str, message: str, hint: str | None = None) -> None: ...

    def id(self, path: Path, what: str, name: str, *, dashes: bool = False) -> None: ...

    def reading(self, path: Path, name: str) -> None: ...

    def sentence(self, path: Path, sentence: Any) -> None: ...

    def grounds(self, path: Path, grounds: Grounds) -> None: ...


def open_faults(checker: Checker) -> None:
    """Report what is wrong with the open questions of a model, and with what it says excludes each other."""
    model = checker.model
    for name, count in Counter(question.id for question in model.open_questions).items():
        if count > 1:
            checker.add(("open", name), "duplicate-id", f"question '{name}' is given {count} times")
    for question in model.open_questions:
        _question(checker, question)
    for k, exclusion in enumerate(model.exclusions):
        _exclusion(checker, ("exclusions", k), exclusion)
    if _circles(checker):
        return
    for question in model.open_questions:
        _alike(checker, question)
        _applied(checker, question)
    for k, exclusion in enumerate(model.exclusions):
        _never_right(checker, ("exclusions", k, "at_most_one"), exclusion)


def _question(checker: Checker, question: Question) -> None:
    path: Path = ("open", question.id)
    checker.id(path, "question", question.id, dashes=True)
    checker.grounds(path, question.grounds)
    if len(question.answers) < 2:
        count = "one answer" if question.answers else "no answers"
        hint = "name the others: {} is the answer that the file has, a change makes another one"
        checker.add((*path, "answers"), "too-few", f"question '{question.id}' has {count}", hint)
    counts = Counter(answer.id for answer in question.answers)
    for answer in question.answers:
        at: Path = (*path, "answers", answer.id)
        checker.id(at, "answer", answer.id, dashes=True)
        if answer.id == BASE:
            message = f"'{BASE}' stands for the model without readings"
            checker.add(at, "reserved-word", message, "choose another id")
        if counts[answer.id] > 1:
            message = f"answer '{answer.id}' of question '{question.id}' is given {counts[answer.id]} times"
            checker.add(at, "duplicate-id", message)
        checker.sentence((*at, "change"), answer.changes)
        for _, code, wrong in clashes(answer.changes):
            checker.add((*at, "change"), code, wrong, "leave one of them out")
        checker.grounds(at, answer.grounds)
    _chances(checker, question)


def _chances(checker: Checker, question: Question) -> None:
    """All answers have a chance, or none has; they add up to one."""
    path: Path = ("open", question.id, "answers")
    given = [answer for answer in question.answers if answer.chance is not None]
    wrong = [answer for answer in given if not is_chance(answer.chance)]
    for answer in wrong:
        hint = "write a number from 0 to 1, like 0.3"
        checker.add((*path, answer.id, "chance"), "bad-chance", f"'{answer.chance}' is no chance", hint)
    if not given or wrong:
        return
    if len(given) < len(question.answers):
        without = ", ".join(f"'{answer.id}'" for answer in question.answers if answer.chance is None)
        message = f"question '{question.id}' gives the chance of some answers, and none of {without}"
        checker.add(
            (*path, given[0].id, "chance"), "some-chances", message, "give the chance of each answer, or of none"
        )
        return
    total = whole(answer.chance for answer in given if answer.chance is not None)
    if total != 1:
        message = f"the chances of the answers to '{question.id}' add up to {total:f}"
        hint = "the answers exclude each other, and one of them is right: their chances add up to 1"
        checker.add((*path, given[0].id, "chance"), "bad-sum", message, hint)


def is_chance(chance: Decimal | None) -> bool:
    """Return whether a number can be a chance."""
    return chance is not None and chance.is_finite() and 0 <= chance <= 1


def _circles(checker: Checker) -> bool:
    """Report readings that apply themselves, by way of others; return whether there are any."""
    model = checker.model

    def uses(name: str) -> list[str]:
        named = [change.reading for change in model.reading[name].changes if isinstance(change, ApplyReading)]
        return [other for other in named if other in model.reading]

    found = circles(model.reading, uses)
    for circle in found:
        message = f"the readings go in a circle: {' → '.join((*circle, circle[0]))}"
        checker.add((*answer_path(model, circle[0]), "change"), "circular-readings", message)
    return bool(found)


def answer_path(model: Description, name: str) -> Path:
    """Return where an answer stands in the file, by its name."""
    question = model.question_of[name]
    id = name.removeprefix(f"{question.id}.")
    return ("open", question.id, "answers", id)


def _alike(checker: Checker, question: Question) -> None:
    """Two answers that come to the same are one answer."""
    first: dict[tuple[Change, ...], str] = {}
    for answer in question.answers:
        made = tuple(spelled_out(checker.model, answer.changes))
        before = first.setdefault(made, answer.id)
        if before == answer.id:
            continue
        at: Path = ("open", question.id, "answers", answer.id)
        if made:
            message = f"answers '{before}' and '{answer.id}' make the same change"
            checker.add(
                (*at, "change"), "same-answer", message, "leave one of them out, or let it change something else"
            )
        else:
            message = f"answers '{before}' and '{answer.id}' both change nothing"
            hint = "one answer at most is as the file has it: give the other one a change"
            checker.add(at, "same-answer", message, hint)


def _applied(checker: Checker, question: Question) -> None:
    """No answer can apply another one to its own question, nor two to another question."""
    model = checker.model
    for answer in question.answers:
        at: Path = ("open", question.id, "answers", answer.id, "change")
        applied = sorted(applied_by(model, answer.changes), key=[*model.reading].index)
        own = next((name for name in applied if model.question_of[name].id == question.id), None)
        if own is not None:
            message = f"answer '{answer.id}' applies '{own}', another answer to its own question: they clash"
            checker.add(at, "clashing-answers", message, "write its changes out")
        elif (found := answered_twice(model, applied)) is not None:
            message = f"answer '{answer.id}' applies '{found[0]}' and '{found[1]}', answers to one question: they clash"
            checker.add(at, "clashing-answers", message, "leave one of them out")


def _exclusion(checker: Checker, path: Path, exclusion: AtMostOne) -> None:
    model, readings = checker.model, exclusion.readings
    at = (*path, "at_most_one")
    checker.grounds(path, exclusion.grounds)
    if not readings:
        checker.add(at, "empty", "no readings stand here")
    elif len(readings) < 2:
        checker.add(at, "too-few", "two readings or more can exclude each other", "name another reading")
    for k, reading in enumerate(readings):
        checker.reading((*at, k), reading)
    for reading, count in Counter(readings).items():
        if count > 1:
            checker.add(at, "duplicate-id", f"reading '{reading}' is named {count} times")
    chances = {name: _chance(model, name) for name in readings if name in model.reading}
    given = {name: chance for name, chance in chances.items() if chance is not None and is_chance(chance)}
    total = whole(given.values())
    if total > 1:
        message = f"the chances of {', '.join(given)} add up to {total:f}"
        checker.add(at, "too-sure", message, "of readings that exclude each other they add up to 1 or less")


def _never_right(checker: Checker, at: Path, exclusion: AtMostOne) -> None:
    """No answer brings two readings together that exclude each other: it could never be right."""
    model = checker.model
    for name, reading in model.reading.items():
        brought = {name, *applied_by(model, reading.changes)}
        both = [other for other in dict.fromkeys(exclusion.readings) if other in brought]
        if len(both) > 1:
            if name in both:
                message = (
                    f"answer '{name}' applies '{next(other for other in both if other != name)}', which it excludes"
                )
            else:
                message = f"answer '{name}' applies '{both[0]}' and '{both[1]}', which exclude each other"
            hint = "it could never be right: leave it out of the list, or let it not apply the other"
            checker.add(at, "clashing-answers", message, hint)


def _chance(model: Description, name: str) -> Decimal | None:
    question, id = model.question_of[name], answer_path(model, name)[-1]
    return next(answer.chance for answer in question.answers if answer.id == id)


def across_faults(checker: Checker, path: Path, across: Sequence[Sequence[str]]) -> None:
    """Report readings that exclude each other, in two lists of a claim: some combination would have both."""
    model = checker.model
    told: set[tuple[str, str]] = set()
    for k, readings in enumerate(across):
        for name in readings:
            for other in (other for before in across[:k] for other in before):
                if name == other or not {name, other} <= model.reading.keys() or (other, name) in told:
                    continue
                if excluding(model, (other, name)) is not None:
                    told.add((other, name))
                    message = f"'{other}' and '{name}' exclude each other, and stand in two lists"
                    hint = "put them into one list: one after the other, and never together"
                    checker.add((*path, k), "clashing-answers", message, hint)
