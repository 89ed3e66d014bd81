"""Which readings exclude each other: what the file says of it, and what changes make of the same things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .description import Description
from .sentences import (
    AddRule,
    ApplyReading,
    Bind,
    Change,
    Drop,
    Exchange,
    Free,
    HoldOption,
    HoldParty,
    Insert,
    Place,
    Replace,
    StatementRef,
    Tie,
    Untie,
)

_RULES = "what can occur"  # what all that narrows the states speaks of
_FRAME = "all but wishes"


def excluding(model: Description, names: Iterable[str]) -> tuple[str, str] | None:
    """Return two of some readings that the file says exclude each other; None where there are none.

    Examples
    --------
    >>> from .open_questions import Answer, Question
    >>> price = Question("price", (Answer("land", (Free("up.a"),)), Answer("nato", (Bind("up.a", "to-no"),))))
    >>> excluding(Description("Dam", (), open_questions=(price,)), ["land", "nato"])
    ('land', 'nato')
    """
    names = tuple(dict.fromkeys(names))
    if (found := answered_twice(model, names)) is not None:
        return found
    for exclusion in model.exclusions:
        given = [name for name in names if name in exclusion.readings]
        if len(given) > 1:
            return given[0], given[1]
    return None


def answered_twice(model: Description, names: Iterable[str]) -> tuple[str, str] | None:
    """Return two of some readings that are answers to one question; None where there are none."""
    first: dict[str, str] = {}
    for name in names:
        if (question := model.question_of.get(name)) is not None:
            before = first.setdefault(question.id, name)
            if before != name:
                return before, name
    return None


def excluding_words(model: Description, names: Iterable[str]) -> str | None:
    """Say which two of some readings exclude each other; None where there are none."""
    found = excluding(model, names)
    if found is None:
        return None
    one, other = found
    asked = model.question_of[one]
    if asked == model.question_of[other]:
        return f"'{one}' and '{other}' are answers to one question, '{asked.id}': they exclude each other"
    return f"'{one}' and '{other}' exclude each other: at most one of them is right"


def spelled_out(model: Description, changes: Iterable[Change]) -> Iterator[Change]:
    """Yield changes with readings replaced by what they change. The readings go in no circle."""
    for change in changes:
        if isinstance(change, ApplyReading) and change.reading in model.reading:
            yield from spelled_out(model, model.reading[change.reading].changes)
        else:
            yield change


def applied_by(model: Description, changes: Iterable[Change]) -> set[str]:
    """Return the readings that changes apply, and those that these apply."""
    found: set[str] = set()
    for change in changes:
        if isinstance(change, ApplyReading) and change.reading in model.reading:
            found |= {change.reading, *applied_by(model, model.reading[change.reading].changes)}
    return found


def subjects(model: Description, changes: Iterable[Change]) -> frozenset[object]:
    """Return what changes speak of. Those that speak of nothing in common do not exclude each other."""
    changes = tuple(changes)
    found: set[object] = set()
    for change in spelled_out(model, changes):
        match change:
            case Replace(ref) | Drop(ref):
                found.add(ref)
            case Place(ref, _, other) | Exchange(ref, other):
                found |= {ref, other}
            case Insert(_, _, _, other) if other is not None:
                found.add(other)
            case Bind(option) | Free(option):
                found.add(option)
            case Untie(commitment):
                found.add(("commitment", commitment))
            case AddRule() | HoldOption() | HoldParty() | Tie():
                found.add(_RULES)
            case _:
                pass
    applied = applied_by(model, changes)
    found |= {("open", model.question_of[name].id) for name in applied}
    return frozenset(found | {k for k, each in enumerate(model.exclusions) if not applied.isdisjoint(each.readings)})


def narrows(model: Description, changes: Iterable[Change]) -> bool:
    """Return whether changes may take states away."""
    return _RULES in subjects(model, changes)


def touched(model: Description, changes: Iterable[Change]) -> frozenset[str]:
    """Return whose wishes changes touch, and whether all else. Those that touch nothing in common go in any order."""
    found: set[str] = set()
    for change in spelled_out(model, changes):
        match change:
            case Replace(ref) | Drop(ref) | Place(ref) | Exchange(ref):
                found.add(ref.party)
            case Insert(party):
                found.add(party)
            case _:
                found.add(_FRAME)
    return frozenset(found)


def differ(model: Description, lists: Iterable[Iterable[Change]]) -> bool:
    """Return whether one of several lists makes something else of a wish or an option than another, not on top of it.

    A reading that applies another one may go on from there, as the file has it.
    """
    made = [(applied_by(model, each), _contents(model, each)) for each in map(tuple, lists)]
    return any(
        one[about] != other[about]
        for k, (applied, one) in enumerate(made)
        for others, other in made[:k]
        if not (applied and others and (applied <= others or others <= applied))
        for about in one.keys() & other.keys()
    )


def _contents(model: Description, changes: Iterable[Change]) -> dict[StatementRef | str, Change]:
    """Return what a list of changes makes of wishes and options in the end: replaced, dropped or held."""
    contents: dict[StatementRef | str, Change] = {}
    for change in spelled_out(model, changes):
        match change:
            case Replace(about) | Drop(about) | HoldOption(about):
                contents[about] = change
            case _:
                pass
    return contents
