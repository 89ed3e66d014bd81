"""What a file leaves open, as questions: `open` in the form of the documentation, and the older forms of the same.

The older forms are ``readings``, each of which is right or not, and a list under ``open``: which of them exclude each
other, how likely one is, and where a wish stands, if it is held at all. Each becomes a question of its own. Readings
that exclude each other become answers to one question where that changes nothing (`lists`), else the model says
beside its questions that they exclude each other.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Protocol, TypeVar

from bestand.model.description import Description
from bestand.model.fault import ModelFault, Path
from bestand.model.model import Model
from bestand.model.open_questions import AS_IS, Answer, AtMostOne, Question, of_reading, rest
from bestand.model.sentences import Change, Drop, Exchange, Place, StatementRef
from bestand.model.undecided import is_chance
from bestand.model.validate import Checker
from bestand.model.values import BARE, Grounds, Priorities, Reading
from bestand.model.wording import statement_text

from .places import Report
from .schema import GroundedForm, ModelForm, OpenForm, QuestionForm

T = TypeVar("T")


class Resolver(Protocol):
    """Reads the parts of a form."""

    form: ModelForm
    report: Report

    def items(self, found: Iterable[T | None], path: Path) -> list[tuple[int, T]]: ...

    def each(self, found: list[T | None], section: str) -> list[tuple[Path, T | None]]: ...

    def entries(self, found: dict[str, T | None], *path: str) -> list[tuple[str, T]]: ...

    def grounds(self, form: GroundedForm | None, path: Path) -> Grounds: ...

    def changes(self, texts: list[str | None], path: Path) -> tuple[Change, ...]: ...

    def reading(self, name: str, path: Path) -> str: ...

    def statement(self, text: str, path: Path) -> StatementRef | None: ...

    def one_kind(self, form: OpenForm, path: Path) -> str | None: ...

    def decimal(self, number: str, path: Path) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class Order:
    """Which of two statements of a party matters more is open: as the file has them, or exchanged."""

    one: StatementRef
    other: StatementRef
    grounds: Grounds = BARE


@dataclass(frozen=True, slots=True)
class Places:
    """A statement may stand at any place from ``first`` to ``last`` in its party's list, counted from 1."""

    statement: StatementRef
    first: int
    last: int
    grounds: Grounds = BARE


@dataclass(frozen=True, slots=True)
class Held:
    """A party may not hold a statement at all; the chance that it does is a half unless said."""

    statement: StatementRef
    chance: Decimal | None = None
    grounds: Grounds = BARE


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance that a reading is the right one."""

    reading: str
    chance: Decimal
    grounds: Grounds = BARE


Entry = AtMostOne | Order | Places | Held | Chance


# ---- the form of the documentation ----


def questions(resolver: Resolver) -> tuple[Question, ...]:
    """Return the questions under ``open``."""
    found = []
    for id, form in resolver.entries(resolver.form.open, "open"):
        path: Path = ("open", id)
        answers = tuple(_answer(resolver, name, form, path) for name in form.answers)
        found.append(Question(id, answers, resolver.grounds(form, path)))
        for name in form.answers:
            if name in resolver.form.readings:
                message = f"answer '{name}' has the id of a reading"
                resolver.report.add((*path, "answers", name), "duplicate-id", message, "give one of them another id")
    return tuple(found)


def _answer(resolver: Resolver, id: str, question: QuestionForm, path: Path) -> Answer:
    form, at = question.answers[id], (*path, "answers", id)
    if form is None:
        return Answer(id)
    chance = None if form.chance is None else resolver.decimal(form.chance, (*at, "chance"))
    return Answer(id, resolver.changes(form.change, (*at, "change")), chance, resolver.grounds(form, at))


def exclusions(resolver: Resolver) -> tuple[AtMostOne, ...]:
    """Return what stands under ``exclusions``."""
    found = []
    for path, form in resolver.each(resolver.form.exclusions, "exclusions"):
        named = resolver.items(form.at_most_one, (*path, "at_most_one")) if form else []
        readings = tuple(resolver.reading(name, (*path, "at_most_one", k)) for k, name in named)
        found.append(AtMostOne(readings, resolver.grounds(form, path)))
    return tuple(found)


# ---- the older forms, as they stand there ----


def readings(resolver: Resolver) -> tuple[Reading, ...]:
    """Return what stands under ``readings``."""
    found = []
    for id, form in resolver.entries(resolver.form.readings, "readings"):
        at: Path = ("readings", id)
        changes = resolver.changes(form.change, (*at, "change"))
        if not changes and not resolver.report.touched(*at, "change"):
            resolver.report.add((*at, "change"), "empty", f"reading '{id}' changes nothing")
        found.append(Reading(id, changes, resolver.grounds(form, at)))
    return tuple(found)


def entries(resolver: Resolver) -> tuple[Entry, ...]:
    """Return what stands in a list under ``open``; an empty `AtMostOne` for what cannot be read."""
    return tuple(_entry(resolver, form, path) for path, form in resolver.each(resolver.form.opened, "open"))


def _entry(resolver: Resolver, form: OpenForm | None, path: Path) -> Entry:
    kind = resolver.one_kind(form, path) if form else None
    if form is None or kind is None:
        return AtMostOne(())
    _fitting(resolver.report, form, kind, path)
    grounds = resolver.grounds(form, path)
    chance = None if form.chance is None else resolver.decimal(form.chance, (*path, "chance"))
    match kind:
        case "at_most_one":
            named = resolver.items(form.at_most_one or (), (*path, kind))
            return AtMostOne(tuple(reading for _, reading in named), grounds)
        case "order":
            return _order(resolver, form, path)
        case "reading":
            return Chance(form.reading or "", chance or Decimal(0), grounds)
    ref = resolver.statement(getattr(form, kind), (*path, kind))
    if ref is None:
        return AtMostOne(())
    if kind == "held":
        return Held(ref, chance, grounds)
    places = _between(resolver, form, path)
    return Places(ref, *places, grounds) if places else AtMostOne(())


def _order(resolver: Resolver, form: OpenForm, path: Path) -> Entry:
    at = (*path, "order")
    refs = [resolver.statement(text, (*at, k)) for k, text in resolver.items(form.order or (), at)]
    if len(refs) != 2:
        resolver.report.add(at, "wrong-count", "an order is that of two statements", "write [usa 1, usa 3]")
    if len(refs) != 2 or refs[0] is None or refs[1] is None:
        return AtMostOne(())
    return Order(refs[0], refs[1], resolver.grounds(form, path))


def _fitting(report: Report, form: OpenForm, kind: str, path: Path) -> None:
    """Report `between` and `chance` where they mean nothing, and where they are missing."""
    if kind == "place" and form.between is None:
        report.add(path, "missing-key", "a place needs the key 'between'", "write 'between: [2, 5]'")
    if kind == "reading" and form.chance is None:
        report.add(path, "missing-key", "a reading needs the key 'chance' here", "write 'chance: 0.3'")
    for key, kinds in (("between", ("place",)), ("chance", ("held", "reading"))):
        if getattr(form, key) is not None and kind not in kinds:
            message = f"'{key}' says nothing beside '{kind}'"
            report.add((*path, key), "out-of-place", message, f"it goes with {' or '.join(kinds)}")


def _between(resolver: Resolver, form: OpenForm, path: Path) -> tuple[int, int] | None:
    given = [text for _, text in resolver.items(form.between or (), (*path, "between"))]
    if form.between is not None and not (len(given) == 2 and all(re.fullmatch("[0-9]{1,6}", text) for text in given)):
        message = f"'{', '.join(given)}' are not two places" if given else "no places stand here"
        resolver.report.add((*path, "between"), "bad-places", message, "write the first and the last, such as [2, 5]")
        return None
    return (int(given[0]), int(given[1])) if given else None


# ---- what is wrong with them ----


def entry_faults(model: Model, found: tuple[Entry, ...]) -> list[ModelFault]:
    """Return what is wrong with what stands in a list under ``open``, beside a model without it."""
    checker = Checker(model)
    for k, entry in enumerate(found):
        path: Path = ("open", k)
        match entry:
            case AtMostOne():
                pass  # told of the model itself
            case Order(one, other):
                _order_faults(checker, (*path, "order"), one, other)
            case Places():
                _place_faults(checker, path, entry)
            case Held(statement, chance):
                checker.statement((*path, "held"), statement)
                _chance_fault(checker, path, chance)
            case Chance(reading, chance):
                checker.reading((*path, "reading"), reading)
                _chance_fault(checker, path, chance)
    _repeated(checker, found)
    _overlaps(checker, found)
    return checker.found


def _order_faults(checker: Checker, path: Path, one: StatementRef, other: StatementRef) -> None:
    for k, ref in enumerate((one, other)):
        checker.statement((*path, k), ref)
    if one.party != other.party:
        checker.add(path, "two-parties", "statements of two parties have no order")
    elif one == other:
        checker.add(path, "same-statement", f"{statement_text(one)} is named twice", "name two statements")
    elif _place_of(checker.model, one) == _place_of(checker.model, other):
        message = f"{statement_text(one)} and {statement_text(other)} stand level: exchanged, they mean the same"
        checker.add(path, "level-statements", message, "to ask which matters more, take them apart in the list")


def _place_faults(checker: Checker, path: Path, entry: Places) -> None:
    checker.statement((*path, "place"), entry.statement)
    wish = checker.model.preferences.get(entry.statement.party)
    count = len(wish.ranked) if isinstance(wish, Priorities) else 0
    first, last = entry.first, entry.last
    if count and not 1 <= first <= last <= count:
        message = f"there are no places {first} to {last} among the statements of '{entry.statement.party}'"
        level = ", a level as one" if count < checker.statements[entry.statement.party] else ""
        checker.add((*path, "between"), "bad-places", message, f"its priorities count from 1 to {count}{level}")
    elif first == last:
        checker.add((*path, "between"), "bad-places", "one place leaves nothing open", "name two places")


def _chance_fault(checker: Checker, path: Path, chance: Decimal | None) -> None:
    if chance is not None and not is_chance(chance):
        checker.add((*path, "chance"), "bad-chance", f"'{chance}' is no chance", "write a number from 0 to 1, like 0.3")


def _repeated(checker: Checker, found: tuple[Entry, ...]) -> None:
    """One question, said twice."""
    asked: dict[object, int] = {}
    for k, entry in enumerate(found):
        match entry:
            case Held(statement):
                key: object = ("held", statement)
            case Chance(reading):
                key = ("reading", reading)
            case Order(one, other):
                key = ("order", frozenset((one, other)))
            case _:
                continue
        if key in asked:
            checker.add(("open", k), "asked-twice", f"entry {asked[key] + 1} of what is open says so already")
        asked.setdefault(key, k)


def _overlaps(checker: Checker, found: tuple[Entry, ...]) -> None:
    """Report where two entries speak of the same places: which goes first would decide what comes out."""
    spans = [(k, span) for k, entry in enumerate(found) if (span := _span(checker.model, entry))]
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


def _span(model: Description, entry: Entry) -> _Span | None:
    match entry:
        case Places(statement, first, last):
            at = _place_of(model, statement)
            low, high = min(first, at), max(last, at)
            words = f"the place of {statement_text(statement)}"
            return _Span(statement.party, words, set(range(low, min(high, 10**6) + 1)))
        case Order(one, other) if one.party == other.party:
            words = f"the order of {statement_text(one)} and {statement_text(other)}"
            return _Span(one.party, words, {_place_of(model, one), _place_of(model, other)}, frozenset((one, other)))
        case _:
            return None


def _place_of(model: Description, ref: StatementRef) -> int:
    """Return the place of a statement among the levels of its party; its number where there is no such statement."""
    wish = model.preferences.get(ref.party)
    there = isinstance(wish, Priorities) and 1 <= ref.number <= len(wish.statements)
    return wish.place(ref.number) if isinstance(wish, Priorities) and there else ref.number


# ---- as questions ----


@dataclass(frozen=True)
class Ids:
    """Ids for what the older forms give none: those of the questions and answers that there are, with another end."""

    taken: Collection[str]

    def free(self, id: str) -> str:
        tries = (id if n == 1 else f"{id}-{n}" for n in range(1, len(self.taken) + 2))
        return next(each for each in tries if each not in self.taken)


def with_older(
    model: Model, found: tuple[Reading, ...], older: tuple[Entry, ...], report: Report
) -> tuple[Model, list[ModelFault]]:
    """Return a model with what the older forms leave open, and what is wrong with that; what is wrong is left out.

    The changes of readings are made before those of orders and places, and these before what is not held, so the
    questions stand in this order, before those that the model has. The report is told where each stands in the file.
    """
    ids = Ids({each.id for each in found} | {id for each in model.open_questions for id in ids_of(each)})
    chances = {entry.reading: entry for entry in older if isinstance(entry, Chance)}
    asked: list[Question] = []
    for reading in found:
        said = chances.get(reading.id)
        chance = said.chance if said and is_chance(said.chance) else None
        asked.append(of_reading(reading, chance, said.grounds if said else BARE, ids.free(AS_IS)))
        report.move(("open", reading.id), ("readings", reading.id))
        report.move(("open", reading.id, "answers", reading.id), ("readings", reading.id))
    model = dataclasses.replace(model, open_questions=(*asked, *model.open_questions))
    faults = entry_faults(model, older)
    wrong = {fault.path[1] for fault in faults}
    sound = [(k, entry) for k, entry in enumerate(older) if k not in wrong]
    added: list[Question] = []
    for kinds in ((Order, Places), (Held,)):
        for k, entry in sound:
            if isinstance(entry, kinds):
                added.append(_asked(model, entry, ids))
                report.move(("open", added[-1].id), ("open", k))
    lists: list[AtMostOne] = []
    for k, entry in enumerate(older):
        if isinstance(entry, AtMostOne) and not report.touched("open", k):
            report.move(("exclusions", len(lists)), ("open", k))
            lists.append(entry)
    at = len(asked)
    questions = (*model.open_questions[:at], *added, *model.open_questions[at:])
    return dataclasses.replace(model, open_questions=questions, exclusions=(*model.exclusions, *lists)), faults


def ids_of(question: Question) -> Iterator[str]:
    """Yield the ids of a question and of its answers."""
    yield question.id
    yield from (answer.id for answer in question.answers)


def _asked(model: Description, entry: Order | Places | Held, ids: Ids) -> Question:
    """Return the question that an entry of the older list is."""
    match entry:
        case Order(one, other, grounds):
            id = f"order-{one.party}-{one.number}-{other.number}"
            exchanged = Answer(ids.free("exchanged"), (Exchange(one, other),))
            return Question(ids.free(id), (Answer(ids.free(AS_IS)), exchanged), grounds)
        case Held(ref, chance, grounds):
            dropped = Answer(ids.free("dropped"), (Drop(ref),), rest(chance))
            kept = Answer(ids.free("held"), (), chance)
            return Question(ids.free(f"held-{ref.party}-{ref.number}"), (kept, dropped), grounds)
        case Places(ref, first, last, grounds):
            here = _place_of(model, ref)
            places = sorted(range(first, last + 1), key=lambda place: (place != here, place))
            answers = tuple(Answer(ids.free(f"place-{place}"), _to(model, ref, place)) for place in places)
            return Question(ids.free(f"place-{ref.party}-{ref.number}"), answers, grounds)


def _to(model: Description, ref: StatementRef, place: int) -> tuple[Change, ...]:
    """Return the change that puts a statement into a place, a level as one; none where it stands there."""
    wish, here = model.preferences[ref.party], _place_of(model, ref)
    assert isinstance(wish, Priorities), "only priorities have places"
    there = StatementRef(ref.party, wish.ranked[place - 1][0])
    return () if place == here else (Place(ref, "before" if place < here else "after", there),)
