"""A lever in the room beside its bar: what it pulls at, and what is done to that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.model.model import Model
from bestand.model.sentences import (
    ApplyReading,
    Change,
    Drop,
    DropRule,
    Exchange,
    Free,
    HoldOption,
    Place,
    Untie,
)
from bestand.prose.messages import _
from bestand.prose.names import of_concepts

from .levers_words import Wishes, lever_words
from .moves_words import turned_reach_words

if TYPE_CHECKING:
    from .answer import Levers, Tried


def lever_label(model: Model, wishes: Wishes, change: Change) -> str:
    """Tell what a lever pulls at; a reading without a text by its name."""
    if isinstance(change, ApplyReading):
        return model.reading[change.reading].grounds.says or change.reading
    return lever_words(model, wishes, change)


def done_words(change: Change) -> str:
    """Tell what is done to what a lever pulls at; nothing where the words for that tell it.

    Examples
    --------
    >>> done_words(HoldOption("up.keep", True))
    'This is held at yes.'
    """
    match change:
        case Drop():
            return _("This wish is dropped.")
        case Place():
            return _("This wish comes first.")
        case Exchange():
            return _("These wishes change places.")
        case HoldOption(value=True):
            return _("This is held at yes.")
        case HoldOption():
            return _("This is held at no.")
        case Free():
            return _("This can be taken back.")
        case DropRule():
            return _("This rule is dropped.")
        case Untie():
            return _("This commitment is dropped.")
        case ApplyReading():
            return _("This reading is right.")
        case _:
            return ""


def turned_words(answer: Levers, tried: Tried, concept: str) -> Iterator[str]:
    """Where a lever turns the answer round: a sentence each; nothing where that is under the concept shown alone."""
    turned = answer.flips(tried)
    if turned == (concept,):
        return
    under = [each for each in turned if each]
    somewhere = [each for each in under if tried.cells[each].some]
    nowhere = [each for each in under if each not in somewhere]
    if somewhere:
        yield _("Under {concepts} it is then true somewhere.", concepts=of_concepts(somewhere, answer.concepts))
    if nowhere:
        yield _("Under {concepts} it is then true nowhere.", concepts=of_concepts(nowhere, answer.concepts))
    if tried.resting and "" in turned:
        yield turned_reach_words(answer.by, some=tried.resting.some)
