"""Statements of a party that decide nothing.

A statement ranks only the states that the more important ones leave level. It is *idle* where it is true, or false, in
every feasible state; *decided* where, among states on which all earlier statements agree, it never differs; *opposed*
where it is false in just the feasible states in which one earlier statement is true: it asks for the opposite of what
matters more, and is decided by that.

Two statements that cannot both be true are no doubt by themselves. A list of wishes names the best first and then the
second best, which often excludes it ("a full withdrawal", then "a line that holds"): the later one ranks the states in
which the earlier one fails. Only the exact opposite never ranks anything, and only that is told.

Nor is a decided statement a doubt where a reading, or an open question, speaks of it or of what decides it: moved,
replaced or dropped there, it may count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bestand.engine.space import Space
from bestand.engine.states import Truth
from bestand.model.formula import Formula, Iff, Not, text
from bestand.model.mentions import mentions
from bestand.model.message import counted, message
from bestand.model.model import Model
from bestand.model.values import Priorities

from .findings import Family, Found, Kind, Unchecked
from .sight import Sight

Classes = NDArray[np.int64]  # (S,): the number of the class of states, tied so far, in which a state is


_KINDS = (
    Kind(
        "idle-statement",
        message("statements that are true, or false, in every feasible state"),
        message("it ranks nothing: the party is judged as if it did not hold this wish"),
        message("leave it out, or see whether an outcome or a rule says more than was meant"),
        lambda n, _sort: counted("{n} wish ranks nothing", "{n} wishes rank nothing", n),
    ),
    Kind(
        "decided-statement",
        message("statements that more important ones of the same party decide already"),
        message("the party ranks all states just the same without it"),
        message("leave it out, or move it up to where it should count"),
        lambda n, _sort: counted(
            "{n} wish decides nothing, after more important ones",
            "{n} wishes decide nothing, after more important ones",
            n,
        ),
    ),
    Kind(
        "opposed-statement",
        message("statements that ask for the opposite of a more important one of the same party"),
        message(
            "the party ranks all states just the same without it, and a reader cannot tell which of the two is meant"
        ),
        message("keep the one that is meant; where it depends on something, say on what: '… implies …'"),
        lambda n, _sort: counted(
            "{n} wish asks for the opposite of a more important one",
            "{n} wishes ask for the opposite of more important ones",
            n,
        ),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    for party, preference in sight.model.preferences.items():
        if isinstance(preference, Priorities):
            wishes = [statement.formula for statement in preference.statements]
            if sight.space is not None:
                yield from _listed(sight, sight.space, party, wishes)
            elif sight.satisfied is not None:
                yield from _by_pairs(sight, party, wishes)
    if sight.satisfied is None:
        yield Unchecked("idle-statement", sight.why)
        yield Unchecked("opposed-statement", sight.why)
    if sight.space is None:
        yield Unchecked("decided-statement", sight.why)


def _moving(model: Model, party: str) -> set[int]:
    """The statements of a party, from 0, of which some reading or open question speaks."""
    said = (tuple(reading.changes for reading in model.readings), tuple(model.open_questions))
    named = (mention.what for mention in mentions(said) if mention.kind == "statement")
    return {ref.number - 1 for ref in named if ref.party == party}


def _listed(sight: Sight, space: Space, party: str, wishes: Sequence[Formula]) -> Iterator[Found]:
    """One look at every state for each statement; more only for those that are doubtful. O(S · statements)."""
    moving = _moving(sight.model, party)
    classes: Classes = np.zeros(space.size, np.int64)
    for k, wish in enumerate(wishes):
        sight.watch.check()
        true = space.holds(wish)
        if true.all() or not true.any():
            yield _idle(party, k, wish, always=bool(true.all()))
        elif _decided(classes, true):
            found, deciding = _told(space, party, wishes, k)
            if moving.isdisjoint((k, *deciding)):
                yield found
        else:
            classes = _split(classes, true)


def _decided(classes: Classes, true: Truth) -> bool:
    """Return whether a truth value is the same for all states of a class, whichever class."""
    counts = np.bincount(classes)
    trues = np.bincount(classes[true], minlength=len(counts))
    return bool(((trues == 0) | (trues == counts)).all())


def _split(classes: Classes, true: Truth) -> Classes:
    """The classes, each parted by a truth value, numbered without gaps."""
    finer = classes * 2 + true
    there = np.zeros(2 * int(classes.max(initial=0)) + 2, np.int64)
    there[finer] = 1
    return (np.cumsum(there) - 1)[finer]


def _told(space: Space, party: str, wishes: Sequence[Formula], k: int) -> tuple[Found, Iterable[int]]:
    """By which earlier statements one is decided: by one of the same or opposite meaning, or by the first so many."""
    true = space.holds(wishes[k])
    for other in range(k):
        earlier = space.holds(wishes[other])
        if (earlier == true).all():
            return _same(party, k, other, wishes[k]), (other,)
        if (earlier != true).all():
            return _opposed(party, k, other, wishes[k]), (other,)
    classes: Classes = np.zeros(space.size, np.int64)
    enough = 0
    while not _decided(classes, true):
        classes = _split(classes, space.holds(wishes[enough]))
        enough += 1
    words = counted(
        "'{wish}' decides nothing: states on which the first statement of {party} agrees agree on this one too",
        "'{wish}' decides nothing: states on which the first {n} statements of {party} agree agree on this one too",
        enough,
        wish=text(wishes[k]),
        party=party,
    )
    return Found("decided-statement", ("preferences", party, "priorities", k), words), range(enough)


def _by_pairs(sight: Sight, party: str, wishes: Sequence[Formula]) -> Iterator[Found]:
    """Over sets of states: what is idle, and what one earlier statement says already or denies."""
    moving = _moving(sight.model, party)
    telling: list[int] = []
    for k, wish in enumerate(wishes):
        always = sight.constant(wish)
        if always is not None:
            yield _idle(party, k, wish, always=always)
            continue
        for other in telling:
            alike = Iff(wishes[other], wish)
            if not sight.somewhere(Not(alike)):
                found = _same(party, k, other, wish)
            elif not sight.somewhere(alike):
                found = _opposed(party, k, other, wish)
            else:
                continue
            if moving.isdisjoint((k, other)):
                yield found
            break
        telling.append(k)


def _idle(party: str, k: int, wish: Formula, *, always: bool) -> Found:
    words = (
        message("'{wish}' is true in every feasible state", wish=text(wish))
        if always
        else message("'{wish}' is false in every feasible state", wish=text(wish))
    )
    return Found("idle-statement", ("preferences", party, "priorities", k), words)


def _same(party: str, k: int, other: int, wish: Formula) -> Found:
    words = message(
        "'{wish}' decides nothing: it is true in just the feasible states in which {other} is true",
        wish=text(wish),
        other=f"{party} {other + 1}",
    )
    return Found("decided-statement", ("preferences", party, "priorities", k), words)


def _opposed(party: str, k: int, other: int, wish: Formula) -> Found:
    words = message(
        "'{wish}' asks for the opposite of {other}, which matters more: it is true in just the feasible states in "
        "which {other} is false",
        wish=text(wish),
        other=f"{party} {other + 1}",
    )
    return Found("opposed-statement", ("preferences", party, "priorities", k), words)


STATEMENTS = Family(_KINDS, _find)
