"""What a file leaves open, as questions: `open` in the form of the documentation, and the older forms of the same.

The older forms are ``readings``, each of which is right or not, and a list under ``open``: which of them exclude each
other, how likely one is, and where a wish stands, if it is held at all. Each becomes a question of its own. Readings
that exclude each other become answers to one question where that changes nothing (`gathered`), else the model says
beside its questions that they exclude each other.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from bestand.model.changing import changed
from bestand.model.errors import CallError
from bestand.model.excluding import applied_by, differ, narrows, spelled_out, subjects, touched
from bestand.model.fault import ModelFault, Path
from bestand.model.model import Model
from bestand.model.open_questions import AS_IS, Answer, AtMostOne, Question, of_reading, rest
from bestand.model.sentences import ApplyReading, Change, Drop, Exchange, Place, StatementRef
from bestand.model.undecided import is_chance
from bestand.model.validate import Checker
from bestand.model.values import BARE, Grounds, Reading
from bestand.model.wording import statement_text

from .places import Report
from .schema import OpenForm, QuestionForm

if TYPE_CHECKING:
    from .resolve import Resolver


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


def _place_faults(checker: Checker, path: Path, entry: Places) -> None:
    checker.statement((*path, "place"), entry.statement)
    count = checker.statements.get(entry.statement.party, 0)
    first, last = entry.first, entry.last
    if count and not 1 <= first <= last <= count:
        message = f"there are no places {first} to {last} among the statements of '{entry.statement.party}'"
        checker.add((*path, "between"), "bad-places", message, f"its priorities count from 1 to {count}")
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
    spans = [(k, span) for k, entry in enumerate(found) if (span := _span(entry))]
    told: set[int] = set()
    for (k, (party, first, places)), (n, (other, second, others)) in combinations(spans, 2):
        if party == other and places & others and n not in told:
            told.add(n)
            shared = sorted(places & others)
            at = f"place {shared[0]}" if len(shared) == 1 else f"places {shared[0]} to {shared[-1]}"
            message = f"{second} and {first} both speak of {at} of '{party}' (entries {n + 1} and {k + 1})"
            checker.add(("open", n), "overlapping-places", message, "keep what is open apart, or write it as readings")


def _span(entry: Entry) -> tuple[str, str, set[int]] | None:
    match entry:
        case Places(statement, first, last):
            low, high = min(first, statement.number), max(last, statement.number)
            return statement.party, f"the place of {statement_text(statement)}", set(range(low, min(high, 10**6) + 1))
        case Order(one, other) if one.party == other.party:
            words = f"the order of {statement_text(one)} and {statement_text(other)}"
            return one.party, words, {one.number, other.number}
        case _:
            return None


# ---- as questions ----


@dataclass(frozen=True)
class _Ids:
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
    ids = _Ids({each.id for each in found} | {id for each in model.open_questions for id in _ids(each)})
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
                added.append(_asked(entry, ids))
                report.move(("open", added[-1].id), ("open", k))
    lists: list[AtMostOne] = []
    for k, entry in enumerate(older):
        if isinstance(entry, AtMostOne) and not report.touched("open", k):
            report.move(("exclusions", len(lists)), ("open", k))
            lists.append(entry)
    at = len(asked)
    questions = (*model.open_questions[:at], *added, *model.open_questions[at:])
    return dataclasses.replace(model, open_questions=questions, exclusions=(*model.exclusions, *lists)), faults


def _ids(question: Question) -> Iterator[str]:
    yield question.id
    yield from (answer.id for answer in question.answers)


def _asked(entry: Order | Places | Held, ids: _Ids) -> Question:
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
            places = sorted(range(first, last + 1), key=lambda place: (place != ref.number, place))
            answers = tuple(Answer(ids.free(f"place-{place}"), _to(ref, place)) for place in places)
            return Question(ids.free(f"place-{ref.party}-{ref.number}"), answers, grounds)


def _to(ref: StatementRef, place: int) -> tuple[Change, ...]:
    """Return the change that puts a statement into a place; none where it stands there."""
    if place == ref.number:
        return ()
    return (Place(ref, "before" if place < ref.number else "after", StatementRef(ref.party, place)),)


# ---- readings that exclude each other, as answers to one question ----


def gathered(model: Model, report: Report) -> Model:
    """Return a valid model with readings that exclude each other made answers to one question, where that is the same.

    It is where they are said to exclude each other once, nobody says how likely one of them is, no two make the same
    change, none is applied by another reading or excludes one that is not in the list, and what one changes can be
    changed before what stands between them: then the combinations, and how much each counts, are those of the list.
    """
    kept: list[AtMostOne] = []
    asked = list(model.open_questions)
    for k, exclusion in enumerate(model.exclusions):
        at = _place(model, exclusion)
        if at is None:
            report.move(("exclusions", len(kept)), report.moved[("exclusions", k)])
            kept.append(exclusion)
            continue
        names = exclusion.readings
        first = model.question_of[at]
        members = {name: model.question_of[name] for name in names}
        answers = tuple(next(iter(members[name].others)) for name in _in_order(model, names))
        taken = _Ids({id for question in asked if question.id not in names for id in _ids(question)} | {*names})
        id = taken.free("-or-".join([answers[0].id, answers[1].id if len(answers) == 2 else "another"]))
        one = Question(id, (first.answers[0], *answers), exclusion.grounds)
        report.move(("open", id), report.moved[("exclusions", k)])
        for answer in answers:
            report.move(("open", id, "answers", answer.id), ("readings", answer.id))
        asked = [one if each.id == at else each for each in asked if each.id == at or each.id not in names]
    return dataclasses.replace(model, open_questions=tuple(asked), exclusions=tuple(kept))


def _in_order(model: Model, names: Iterable[str]) -> list[str]:
    return [name for name in model.reading if name in {*names}]


def _place(model: Model, exclusion: AtMostOne) -> str | None:
    """Return the question in whose place one of all these readings can stand; None where it would not be the same."""
    names = _in_order(model, exclusion.readings)
    asked = [model.question_of[name] for name in names]
    said = [name for each in model.exclusions for name in each.readings]
    inside, order = {*names}, [*model.reading]
    if any(not each.bare or each.stated or each.grounds != BARE or len(each.answers) != 2 for each in asked):
        return None
    if any(said.count(name) > 1 for name in names) or _alike(model, names):
        return None
    outside = [other for other in model.readings if other.id not in inside]
    for name in names:
        mine = (ApplyReading(name),)
        if applied_by(model, mine) & (inside - {name}):
            return None
        for other in outside:
            theirs = (ApplyReading(other.id),)
            first, then = (mine, theirs) if order.index(name) < order.index(other.id) else (theirs, mine)
            if name in applied_by(model, theirs) or _may_exclude(model, first, then):
                return None
    return next((name for name in names if all(_moves(model, other, name, inside) for other in names)), None)


def _alike(model: Model, names: Iterable[str]) -> bool:
    made = [tuple(spelled_out(model, model.reading[name].changes)) for name in names]
    return len({*made}) < len(made)


def _may_exclude(model: Model, one: tuple[Change, ...], other: tuple[Change, ...]) -> bool:
    """Return whether two readings, applied in this order, exclude each other, or may for want of states."""
    if subjects(model, one).isdisjoint(subjects(model, other)):
        return False
    if (narrows(model, one) and narrows(model, other)) or differ(model, (one, other)):
        return True
    try:
        changed(model, (*one, *other))
    except CallError:
        return True
    return False


def _moves(model: Model, name: str, to: str, past: set[str]) -> bool:
    """Return whether a reading can be applied in the place of another one, past all that stands between them.

    That goes for what is applied with it, which the readings that it excludes (``past``) are not.
    """
    order = [*model.reading]
    low, high = sorted((order.index(name), order.index(to)))
    mine = touched(model, model.reading[name].changes)
    between = (each for each in order[low + 1 : high] if each not in past)
    return all(mine.isdisjoint(touched(model, model.reading[each].changes)) for each in between)
