"""What excludes each other among the answers to open questions: what no model can have at once.

Two answers exclude each other when the file says so, when their changes cannot be made together, when they make
something different of the same thing, or when they leave no state together, though each does alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bestand.engine.states import feasible_states
from bestand.model.changing import changed
from bestand.model.errors import CallError, TooManyStates
from bestand.model.excluding import differ, spelled_out
from bestand.model.model import Model
from bestand.model.sentences import Change, Drop, Exchange, Insert, Place, Replace
from bestand.model.truth import broken_rules

from .design import Answer, Design

MOST_STATES = 2**16  # beginnings of states to look at for whether there is any


def excluded(base: Design, answers: tuple[Answer, ...]) -> bool:
    """Return whether no model can be as some answers say together with what is settled."""
    given = (*base.settled, *answers)
    if differ(base.model, [base.common, *(answer.change_list for answer in given)]):
        return True
    foreign = {party for answer in given for party, _ in answer.wishes}
    if foreign:  # the numbers of statements count in the model's own lists
        mine = [change for answer in given for change in answer.change_list]
        if foreign & set(_parties(base.model, (*base.common, *mine))):
            return True
    made = _made(base, answers)
    if made is None:
        return True
    return len(answers) > 1 and not _possible(made) and all(_leaves_states(base, answer) for answer in answers)


def _made(base: Design, answers: tuple[Answer, ...]) -> Model | None:
    """Return the model with some answers; None where their changes cannot be made together, or the file forbids it."""
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


def _parties(model: Model, changes: Iterable[Change]) -> Iterator[str]:
    """Whose statements some changes speak of by their numbers."""
    for change in spelled_out(model, changes):
        match change:
            case Replace(statement) | Place(statement) | Exchange(statement) | Drop(statement):
                yield statement.party
            case Insert(party):
                yield party
            case _:
                pass
