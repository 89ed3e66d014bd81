"""Sets of states in words, by concept: a few by name; of many, how many there are, and the nearest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Table, paragraph, table
from bestand.model.model import Model
from bestand.prose.messages import _, _p, listing, number
from bestand.prose.names import of_concepts, outcome_lines
from bestand.prose.phrases import state_words

if TYPE_CHECKING:
    from .selection import Selection

_MOST_STATES = 4  # that are told one by one, of a concept
_MOST_LABELS = 16  # states that are told by their labels


def selections(model: Model, by_concept: Mapping[str, Selection]) -> Iterator[Block]:
    """Tell some states by concept, those of several concepts once."""
    alike: dict[tuple[int, ...], list[str]] = {}
    for concept, chosen in by_concept.items():
        alike.setdefault(tuple(chosen.states.tolist()), []).append(concept)
    for states, concepts in alike.items():
        yield from _told(model, states, of_concepts(concepts, list(by_concept)))
    if _by_outcome(model, by_concept):
        yield _outcomes(by_concept)


def _told(model: Model, states: tuple[int, ...], under: str) -> Iterator[Block]:
    """Tell some states under some concepts."""
    names: dict[str, None] = {}
    for mask in states:
        if len(names) > _MOST_LABELS:  # so many are not told by name
            break
        names[state_words(model, mask)] = None
    if not names:
        yield paragraph(_("Under {concepts}: none.", concepts=under))
    elif len(names) <= (_MOST_LABELS if model.labels else 1):
        yield paragraph(_("Under {concepts}: {states}.", concepts=under, states=listing(names)))
    elif len(names) <= _MOST_STATES:
        yield paragraph(_("Under {concepts}:", concepts=under))
        for name in names:
            yield paragraph(_("{State}.", state=name), 4)
    else:
        count, first = number(len(states)), next(iter(names))
        if model.status_quo is None:
            yield paragraph(
                _("Under {concepts}: {count} states. One of them: {state}.", concepts=under, count=count, state=first)
            )
        else:
            yield paragraph(
                _("Under {concepts}: {count} states. The nearest: {state}.", concepts=under, count=count, state=first)
            )


def outcomes_told(model: Model, *sets: Mapping[str, Selection]) -> Iterator[Block]:
    """Tell what the names of the outcomes stand for, below tables that have them."""
    if any(_by_outcome(model, each) for each in sets):
        for line in outcome_lines(model, model.outcome):
            yield paragraph(line, 2, "dim")


def _by_outcome(model: Model, by_concept: Mapping[str, Selection]) -> bool:
    """Return whether the states are so many that it is told how many are of which outcome."""
    return bool(model.outcomes) and any(len(chosen.states) > _MOST_STATES for chosen in by_concept.values())


def _outcomes(by_concept: Mapping[str, Selection]) -> Table:
    names = dict.fromkeys(name for chosen in by_concept.values() for name in chosen.outcomes)
    rows = []
    for concept, chosen in by_concept.items():
        rows.append((concept, number(len(chosen.states)), *(number(chosen.outcomes[name]) for name in names)))
    return table((_p("column of a table", "concept"), _p("column of a table", "states"), *names), rows)
