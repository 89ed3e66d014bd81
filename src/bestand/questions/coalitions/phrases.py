"""Coalitions in words: who they are, what they do together, and what each member makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.engine.spec import Parties
from bestand.model.formula import Formula, OutcomeAtom
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import formula_words, told_formula
from bestand.prose.phrases import difference_words, party_name, path_words, state_words
from bestand.prose.words import lower_percent

from .leaving import Departure
from .study import Study


def coalition_names(study: Study, coalition: Parties) -> str:
    """The members of a coalition within a sentence."""
    model = study.solution.model
    return listing(party_name(model, model.parties[j].id) for j in coalition)


def coalition_titles(study: Study, coalition: Parties) -> str:
    """The members of a coalition in a cell of a table."""
    return listing(study.solution.model.parties[j].title for j in coalition)


def count_of_size(count: int, size: int) -> str:
    """So many coalitions of so many parties.

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


def wanted_words(model: Model, aim: Formula | int | str) -> str:
    """Where somebody wants to get to: a state by its mask or label, or a formula."""
    if isinstance(aim, str):
        return _("state {label}", label=aim)
    if isinstance(aim, int):
        return state_words(model, aim)
    return _("a state with {formula}", formula=told_formula(model, aim))


def state_lines(study: Study, at: int) -> Iterator[str]:
    """What a state is, and which outcomes are true there, in sentences."""
    model, mask = study.solution.model, int(study.solution.space.states[at])
    if model.bits(mask) in model.labels and mask:
        doings = difference_words(model, 0, mask)
        yield _("{State}: {doings}.", state=state_words(model, mask), doings=doings)
    else:
        yield _("{State}.", state=state_words(model, mask))
    true = [_outcome(model, o.name) for o in model.outcomes if study.solution.space.holds(OutcomeAtom(o.name))[at]]
    if true:
        yield _("True there: {outcomes}.", outcomes=listing(true))


def departure_words(study: Study, departure: Departure) -> Iterator[str]:
    """Who moves together, along which moves, where to, and what that makes true, in sentences."""
    model, states = study.solution.model, study.solution.space.states
    steps = [(model.parties[step.party].id, int(states[step.state])) for step in departure.path]
    target = int(states[departure.target])
    yield _(
        "{Parties}: {path}.",
        parties=coalition_names(study, departure.coalition),
        path=path_words(model, int(states[departure.state]), steps),
    )
    if model.bits(target) in model.labels:
        yield _("That leads to {state}.", state=state_words(model, target))
    yield from _outcomes(study, departure)
    if departure.targets > 1:
        yield _n("This is the only state to go to.", "This is one of {n} states to go to.", departure.targets)


def _outcomes(study: Study, departure: Departure) -> Iterator[str]:
    """The outcomes that come about, and those that end."""
    model = study.solution.model
    held = {
        outcome.name: study.solution.space.holds(OutcomeAtom(outcome.name))[[departure.state, departure.target]]
        for outcome in model.outcomes
    }
    brings = [_outcome(model, name) for name, (before, after) in held.items() if after and not before]
    ends = [_outcome(model, name) for name, (before, after) in held.items() if before and not after]
    if brings:
        yield _("It becomes true: {outcomes}.", outcomes=listing(brings))
    if ends:
        yield _("It is true no more: {outcomes}.", outcomes=listing(ends))


def _outcome(model: Model, name: str) -> str:
    return formula_words(model, OutcomeAtom(name))


def gain_words(study: Study, departure: Departure) -> str:
    """What share of the states each member ranks lower, before and after, in a sentence."""
    model = study.solution.model
    told = []
    for j in departure.coalition:
        share = study.solution.lower_share(j)
        before, after = share[departure.state], share[departure.target]
        near = before != after and lower_percent(before) == lower_percent(after)
        spans = " → ".join(f"{lower_percent(each, 2 if near else 0)}%" for each in (before, after))
        told.append(_("{party} {shares}", party=party_name(model, model.parties[j].id), shares=spans))
    return _("States that each ranks lower: {shares}.", shares=listing(told))
