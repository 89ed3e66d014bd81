"""What can be wrong with what a model says is open: unknown names, chances that are none, places that overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Protocol

from .description import Description
from .sentences import StatementRef
from .values import AtMostOne, Grounds, OpenHeld, OpenOrder, OpenPlace, OpenQuestion, OpenReading, Priorities
from .wording import statement_text

Path = tuple[str | int, ...]


class Checker(Protocol):
    """Who collects the faults of a model."""

    model: Description
    statements: dict[str, int]

    def add(self, path: Path, code: str, message: str, hint: str | None = None) -> None: ...

    def known(self, path: Path, what: str, name: str, names: Collection[str]) -> bool: ...

    def statement(self, path: Path, ref: StatementRef) -> None: ...

    def grounds(self, path: Path, grounds: Grounds) -> None: ...


def open_faults(checker: Checker) -> None:
    """Report what is wrong with the open questions of a model."""
    questions = checker.model.open_questions
    for k, question in enumerate(questions):
        path: Path = ("open", k)
        checker.grounds(path, question.grounds)
        match question:
            case AtMostOne(readings):
                _exclusion(checker, (*path, "at_most_one"), readings)
            case OpenOrder(one, other):
                _order(checker, (*path, "order"), one, other)
            case OpenPlace():
                _place(checker, path, question)
            case OpenHeld(statement, chance):
                checker.statement((*path, "held"), statement)
                _chance(checker, path, chance)
            case OpenReading(reading, chance):
                checker.known((*path, "reading"), "reading", reading, checker.model.reading)
                _chance(checker, path, chance)
    _repeated(checker)
    _overlaps(checker)
    _too_sure(checker)


def _exclusion(checker: Checker, path: Path, readings: tuple[str, ...]) -> None:
    if not readings:
        checker.add(path, "empty", "no readings stand here")
    elif len(readings) < 2:
        checker.add(path, "too-few", "two readings or more can exclude each other", "name another reading")
    for k, reading in enumerate(readings):
        checker.known((*path, k), "reading", reading, checker.model.reading)
    for reading, count in Counter(readings).items():
        if count > 1:
            checker.add(path, "duplicate-id", f"reading '{reading}' is named {count} times")


def _order(checker: Checker, path: Path, one: StatementRef, other: StatementRef) -> None:
    for k, ref in enumerate((one, other)):
        checker.statement((*path, k), ref)
    if one.party != other.party:
        checker.add(path, "two-parties", "statements of two parties have no order")
    elif one == other:
        checker.add(path, "same-statement", f"{statement_text(one)} is named twice", "name two statements")
    elif _place_of(checker, one) == _place_of(checker, other):
        message = f"{statement_text(one)} and {statement_text(other)} stand level: exchanged, they mean the same"
        checker.add(path, "level-statements", message, "to ask which matters more, take them apart in the list")


def _place(checker: Checker, path: Path, question: OpenPlace) -> None:
    checker.statement((*path, "place"), question.statement)
    wish = checker.model.preferences.get(question.statement.party)
    count = len(wish.ranked) if isinstance(wish, Priorities) else 0
    first, last = question.first, question.last
    if count and not 1 <= first <= last <= count:
        message = f"there are no places {first} to {last} among the statements of '{question.statement.party}'"
        level = ", a level as one" if count < checker.statements[question.statement.party] else ""
        checker.add((*path, "between"), "bad-places", message, f"its priorities count from 1 to {count}{level}")
    elif first == last:
        checker.add((*path, "between"), "bad-places", "one place leaves nothing open", "name two places")


def _chance(checker: Checker, path: Path, chance: Decimal | None) -> None:
    if chance is not None and not _is_chance(chance):
        checker.add((*path, "chance"), "bad-chance", f"'{chance}' is no chance", "write a number from 0 to 1, like 0.3")


def _is_chance(chance: Decimal) -> bool:
    return chance.is_finite() and 0 <= chance <= 1


def _repeated(checker: Checker) -> None:
    """One question, said twice."""
    asked: dict[object, int] = {}
    for k, question in enumerate(checker.model.open_questions):
        match question:
            case OpenHeld(statement):
                key: object = ("held", statement)
            case OpenReading(reading):
                key = ("reading", reading)
            case OpenOrder(one, other):
                key = ("order", frozenset((one, other)))
            case _:
                continue
        if key in asked:
            checker.add(("open", k), "asked-twice", f"entry {asked[key] + 1} of what is open says so already")
        asked.setdefault(key, k)


def _too_sure(checker: Checker) -> None:
    """Readings of which at most one is right cannot be right more often than always."""
    questions = checker.model.open_questions
    chances = {q.reading: q.chance for q in questions if isinstance(q, OpenReading) and _is_chance(q.chance)}
    for k, question in enumerate(questions):
        if isinstance(question, AtMostOne):
            given = {reading: chances[reading] for reading in question.readings if reading in chances}
            whole = sum(given.values(), Decimal())
            if whole > 1:
                message = f"the chances of {', '.join(given)} add up to {whole}"
                hint = "of readings that exclude each other they add up to 1 or less"
                checker.add(("open", k, "at_most_one"), "too-sure", message, hint)


def _overlaps(checker: Checker) -> None:
    """Return where two entries speak of the same places, which goes first would decide what comes out."""
    spans = [(k, span) for k, question in enumerate(checker.model.open_questions) if (span := _span(checker, question))]
    told: set[int] = set()
    for (k, one), (n, other) in combinations(spans, 2):
        shared = sorted(one.places & other.places)
        if one.party == other.party and shared and n not in told and not one.apart(other):
            told.add(n)
            at = f"place {shared[0]}" if len(shared) == 1 else f"places {shared[0]} to {shared[-1]}"
            message = f"{other.words} and {one.words} both speak of {at} of '{one.party}' (entries {n + 1} and {k + 1})"
            checker.add(("open", n), "overlapping-places", message, "keep what is open apart, or write it as readings")


@dataclass(frozen=True, slots=True)
class _Span:
    """The places that an entry speaks of; of an order, also its two statements."""

    party: str
    words: str
    places: set[int]
    pair: frozenset[StatementRef] = frozenset()

    def apart(self, other: _Span) -> bool:
        """Return whether both exchange two statements, and all four are different: their levels may be the same."""
        return bool(self.pair and other.pair) and not self.pair & other.pair


def _span(checker: Checker, question: OpenQuestion) -> _Span | None:
    match question:
        case OpenPlace(statement, first, last):
            at = _place_of(checker, statement)
            low, high = min(first, at), max(last, at)
            words = f"the place of {statement_text(statement)}"
            return _Span(statement.party, words, set(range(low, min(high, 10**6) + 1)))
        case OpenOrder(one, other) if one.party == other.party:
            words = f"the order of {statement_text(one)} and {statement_text(other)}"
            places = {_place_of(checker, one), _place_of(checker, other)}
            return _Span(one.party, words, places, frozenset((one, other)))
        case _:
            return None


def _place_of(checker: Checker, ref: StatementRef) -> int:
    """Return the place of a statement among the levels of its party; its number where there is no such statement."""
    wish = checker.model.preferences.get(ref.party)
    there = isinstance(wish, Priorities) and 1 <= ref.number <= len(wish.statements)
    return wish.place(ref.number) if isinstance(wish, Priorities) and there else ref.number
