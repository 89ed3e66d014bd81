"""The same conflict, with some parties wanting nothing, or the opposite: what a conclusion is held against."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from .formula import TRUE, Formula, Not
from .model import Model
from .open_questions import Answer
from .sentences import Change, Insert, Replace
from .values import FrozenMap, Preference, Priorities, Ranking, Statement, Weights


def without_wishes(model: Model, parties: Collection[str]) -> Model:
    """Return the model with some parties indifferent, under every reading too.

    Wishes keep their numbers: each is true everywhere. A ranking has its states on one level, and no weight is left.

    Examples
    --------
    >>> from bestand import load
    >>> model = without_wishes(load("textbook/prisoners-dilemma"), ["one", "two"])
    >>> {type(wish).__name__ for wish in model.preferences.values()} <= {"Priorities", "Ranking", "Weights"}
    True
    """
    return _reworded(model, parties, lambda _formula: TRUE, _level)


def with_opposite_wishes(model: Model, parties: Collection[str]) -> Model:
    """Return the model with some parties wanting the opposite of each of their wishes, under every reading too."""
    return _reworded(model, parties, Not, _turned)


def with_priorities(model: Model, parties: Collection[str]) -> Model:
    """Return the model in which a party that has weights or a ranking wants nothing yet: wishes can be given to it."""
    given = {
        party: Priorities() if party in parties and not isinstance(wish, Priorities) else wish
        for party, wish in model.preferences.items()
    }
    missing = {party: Priorities() for party in parties if party not in given}
    return replace(model, preferences=FrozenMap({**given, **missing}))


def _level(wish: Preference) -> Preference:
    match wish:
        case Ranking(groups):
            return Ranking((tuple(state for group in groups for state in group),))
        case Weights():
            return Weights(FrozenMap({}))
        case _:
            return wish


def _turned(wish: Preference) -> Preference:
    match wish:
        case Ranking(groups):
            return Ranking(groups[::-1])
        case Weights(weights):
            return Weights(FrozenMap({option: -weight for option, weight in weights.items()}))
        case _:
            return wish


def _reworded(
    model: Model,
    parties: Collection[str],
    formula: Callable[[Formula], Formula],
    other: Callable[[Preference], Preference],
) -> Model:
    """Return the model with every wish of some parties, and every wish that a reading gives them, put otherwise."""

    def wish(preference: Preference) -> Preference:
        if not isinstance(preference, Priorities):
            return other(preference)
        return replace(preference, statements=tuple(map(statement, preference.statements)))

    def statement(each: Statement) -> Statement:
        return replace(each, formula=formula(each.formula))

    def change(each: Change) -> Change:
        match each:
            case Replace(ref) if ref.party in parties:
                return replace(each, formula=formula(each.formula))
            case Insert(party) if party in parties:
                return replace(each, formula=formula(each.formula))
            case _:
                return each

    wishes = {party: wish(each) if party in parties else each for party, each in model.preferences.items()}

    def answer(each: Answer) -> Answer:
        return replace(each, changes=tuple(map(change, each.changes)))

    asked = tuple(replace(each, answers=tuple(map(answer, each.answers))) for each in model.open_questions)
    return replace(model, preferences=FrozenMap(wishes), open_questions=asked)
