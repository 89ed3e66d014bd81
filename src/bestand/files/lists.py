"""Lists of readings that exclude each other, from the older form of a file, as answers to one question."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from bestand.model.changing import changed
from bestand.model.errors import CallError
from bestand.model.excluding import applied_by, differ, narrows, spelled_out, subjects, touched
from bestand.model.model import Model
from bestand.model.open_questions import AtMostOne, Question
from bestand.model.sentences import ApplyReading, Change
from bestand.model.values import BARE

from .opened import Ids, ids_of
from .places import Report


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
        taken = Ids({id for question in asked if question.id not in names for id in ids_of(question)} | {*names})
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
