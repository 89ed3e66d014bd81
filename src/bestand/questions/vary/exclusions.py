"""What excludes each other among the answers to open questions: what no model can have at once.

Two answers exclude each other when the file says so, when their changes cannot be made together, when they make
something different of the same thing, or when they leave no state together, though each does alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bestand.engine.states import feasible_states
from bestand.model.changing import changed
from bestand.model.errors import CallError, TooManyStates
from bestand.model.model import Model
from bestand.model.sentences import (
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
)
from bestand.model.truth import broken_rules
from bestand.model.values import AtMostOne

from .design import Answer, Design

MOST_STATES = 2**16  # beginnings of states to look at for whether there is any

_RULES = "what can occur"  # what all that narrows the states speaks of


def excluded(base: Design, answers: tuple[Answer, ...]) -> bool:
    """Return whether no model can be as some answers say together with what is settled."""
    if _said(base, answers) or _different(base, answers):
        return True
    given = (*base.settled, *answers)
    foreign = {party for answer in given for party, _ in answer.wishes}
    if foreign:  # the numbers of statements count in the model's own lists
        mine = [change for answer in given for _, _, change in answer.changes]
        if foreign & set(_parties(base.model, (*base.common, *mine))):
            return True
    made = _made(base, answers)
    if made is None:
        return True
    return len(answers) > 1 and not _possible(made) and all(_leaves_states(base, answer) for answer in answers)


def subjects(model: Model, answer: Answer) -> frozenset[object]:
    """Return what changes of an answer speak of. Answers that speak of nothing in common do not exclude each other."""
    made = [change for _, _, change in answer.changes]
    found: set[object] = set()
    for change in _spelled_out(model, made):
        match change:
            case Replace(ref) | Drop(ref):
                found.add(ref)
            case Place(ref, _, other) | Exchange(ref, other):
                found |= {ref, other}
            case Insert(_, _, _, other) if other is not None:
                found.add(other)
            case Bind(option) | Free(option):
                found.add(option)
            case AddRule() | HoldOption() | HoldParty():
                found.add(_RULES)
            case _:
                pass
    applied = applied_by(model, made)
    lists = [q.readings for q in model.open_questions if isinstance(q, AtMostOne)]
    return frozenset(found | {k for k, readings in enumerate(lists) if not applied.isdisjoint(readings)})


def _said(base: Design, answers: tuple[Answer, ...]) -> bool:
    """Whether answers apply a reading, if only by way of another one, beside one that the file says it excludes."""
    lists = [set(q.readings) for q in base.model.open_questions if isinstance(q, AtMostOne)]
    if not lists:
        return False
    before = applied_by(base.model, base.variant(())[1])
    now = before | applied_by(base.model, (change for answer in answers for _, _, change in answer.changes))
    return any(len(said & now) > max(1, len(said & before)) for said in lists)


def _different(base: Design, answers: tuple[Answer, ...]) -> bool:
    """Whether one of several makes something else of a wish or an option than another does, and not on top of it.

    A reading that applies another one may go on from there, as the file has it.
    """
    model = base.model
    lists = [base.common, *([change for _, _, change in answer.changes] for answer in (*base.settled, *answers))]
    made = [(applied_by(model, each), _contents(model, each)) for each in lists]
    return any(
        one[about] != other[about]
        for k, (applied, one) in enumerate(made)
        for others, other in made[:k]
        if not (applied and others and (applied <= others or others <= applied))
        for about in one.keys() & other.keys()
    )


def _contents(model: Model, changes: Iterable[Change]) -> dict[StatementRef | str, Change]:
    """Return what a list of changes makes of wishes and options in the end: replaced, dropped or held."""
    contents: dict[StatementRef | str, Change] = {}
    for change in _spelled_out(model, changes):
        match change:
            case Replace(about) | Drop(about) | HoldOption(about):
                contents[about] = change
            case _:
                pass
    return contents


def _made(base: Design, answers: tuple[Answer, ...]) -> Model | None:
    """Return the model with some answers; None where their changes cannot be made together."""
    model, changes = base.variant(answers)
    try:
        return changed(model, changes)
    except CallError:
        return None


def _leaves_states(base: Design, answer: Answer) -> bool:
    made = _made(base, (answer,))
    return made is not None and _possible(made)


def _possible(model: Model) -> bool:
    """Return whether a model leaves any state, as far as can be seen in a moment; else that shows when it is solved."""
    if not model.rules or (model.status_quo is not None and not broken_rules(model, model.status_quo)):
        return True
    try:
        return len(feasible_states(model, MOST_STATES)) > 0
    except TooManyStates:
        return True


def applied_by(model: Model, changes: Iterable[Change]) -> set[str]:
    """Return the readings that changes apply, and those that these apply."""
    found: set[str] = set()
    for change in changes:
        if isinstance(change, ApplyReading) and change.reading in model.reading:
            found |= {change.reading, *applied_by(model, model.reading[change.reading].changes)}
    return found


def _parties(model: Model, changes: Iterable[Change]) -> Iterator[str]:
    """Whose statements some changes speak of by their numbers."""
    for change in _spelled_out(model, changes):
        match change:
            case Replace(statement) | Place(statement) | Exchange(statement) | Drop(statement):
                yield statement.party
            case Insert(party):
                yield party
            case _:
                pass


def _spelled_out(model: Model, changes: Iterable[Change]) -> Iterator[Change]:
    for change in changes:
        if isinstance(change, ApplyReading) and change.reading in model.reading:
            yield from _spelled_out(model, model.reading[change.reading].changes)
        else:
            yield change
