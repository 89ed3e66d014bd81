"""Coalitions in words: who they are, what they do together, and what each member makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.model.formula import Formula, OutcomeAtom
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import formula_words, told_formula
from bestand.prose.phrases import difference_words, party_name, path_words, state_words
from bestand.prose.words import lower_percent

if TYPE_CHECKING:
    from .departure import Departure, Situation

Parties = tuple[int, ...]


def coalition_names(model: Model, coalition: Parties) -> str:
    """Name the members of a coalition within a sentence."""
    return listing(party_name(model, model.parties[j].id) for j in coalition)


def coalition_titles(model: Model, coalition: Parties) -> str:
    """Name the members of a coalition in a cell of a table."""
    return listing(model.parties[j].title for j in coalition)


def count_of_size(count: int, size: int) -> str:
    """Tell of so many coalitions of so many parties.

    Examples
    --------
    >>> count_of_size(6, 2), count_of_size(4, 1)
    ('6 of two parties', '4 of one party')
    """
    return _n("{count} of one party", "{count} of {size} parties", size, count=number(count), size=_size(size))


def _size(size: int) -> str:
    words = {
        2: _p("a number of parties", "two"),
        3: _p("a number of parties", "three"),
        4: _p("a number of parties", "four"),
        5: _p("a number of parties", "five"),
        6: _p("a number of parties", "six"),
    }
    return words.get(size) or number(size)


def wanted_words(model: Model, wanted: Formula | int | str) -> str:
    """Tell where somebody wants to get to: a state by its mask or label, or a formula."""
    if isinstance(wanted, str):
        return _("state {label}", label=wanted)
    if isinstance(wanted, int):
        return state_words(model, wanted)
    return _("a state with {formula}", formula=told_formula(model, wanted))


def state_lines(model: Model, situation: Situation) -> Iterator[str]:
    """Tell what a state is, and which outcomes are true there."""
    mask = situation.state
    if model.bits(mask) in model.labels and mask:
        doings = difference_words(model, 0, mask)
        yield _("{State}: {doings}.", state=state_words(model, mask), doings=doings)
    else:
        yield _("{State}.", state=state_words(model, mask))
    if situation.outcomes:
        yield _("True there: {outcomes}.", outcomes=listing(_outcomes(model, situation.outcomes)))


def departure_words(model: Model, departure: Departure) -> Iterator[str]:
    """Tell who moves together, along which moves, where to, and what that makes true."""
    steps = [(model.parties[party].id, state) for party, state in departure.path]
    yield _(
        "{Parties}: {path}.",
        parties=coalition_names(model, departure.coalition),
        path=path_words(model, departure.state, steps),
    )
    if model.bits(departure.target) in model.labels:
        yield _("That leads to {state}.", state=state_words(model, departure.target))
    if departure.brings:
        yield _("It becomes true: {outcomes}.", outcomes=listing(_outcomes(model, departure.brings)))
    if departure.ends:
        yield _("It is true no more: {outcomes}.", outcomes=listing(_outcomes(model, departure.ends)))
    if departure.targets > 1:
        yield _n("This is the only state to go to.", "This is one of {n} states to go to.", departure.targets)


def _outcomes(model: Model, names: tuple[str, ...]) -> list[str]:
    return [formula_words(model, OutcomeAtom(name)) for name in names]


def gain_words(model: Model, departure: Departure) -> str:
    """Tell what share of the states each member ranks lower, before and after."""
    told = []
    for j, before, after in zip(departure.coalition, departure.before, departure.after, strict=True):
        near = before != after and lower_percent(before) == lower_percent(after)
        spans = " → ".join(f"{lower_percent(each, 2 if near else 0)}%" for each in (before, after))
        told.append(_("{party} {shares}", party=party_name(model, model.parties[j].id), shares=spans))
    return _("States that each ranks lower: {shares}.", shares=listing(told))
