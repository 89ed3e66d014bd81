"""Statements of a party that decide nothing.

A statement ranks only the states that the more important ones leave level. It is *idle* where it is true, or false, in
every feasible state; *decided* where, among states on which all earlier statements agree, it never differs; *opposed*
where it is false in just the feasible states in which one earlier statement is true: it asks for the opposite of what
matters more, and is decided by that.

Two statements that cannot both be true are no doubt by themselves. A list of wishes names the best first and then the
second best, which often excludes it ("a full withdrawal", then "a line that holds"): the later one ranks the states in
which the earlier one fails. Only the exact opposite never ranks anything, and only that is told.

A level of statements ranks states by how many of them hold. A statement in one is decided where earlier levels decide
it, or where the level ranks the states alike without it; a whole level is, where as many hold in all states that the
earlier ones leave level. A formula that stands in a level twice counts twice, which is told.

Nor is a decided statement a doubt where a reading, or an open question, speaks of it or of what decides it: moved,
replaced or dropped there, it may count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.space import Space
from bestand.engine.states import Truth
from bestand.model.fault import Path
from bestand.model.formula import Formula, Iff, Not, text
from bestand.model.mentions import mentions
from bestand.model.message import counted, message
from bestand.model.model import Model
from bestand.model.values import Priorities
from bestand.model.wording import level_text

from .findings import Family, Found, Kind, Unchecked
from .sight import Sight

Classes = NDArray[np.int64]  # (S,): the number of the class of states, tied so far, in which a state is
Doubt = tuple[Found, Iterable[int]]  # and which statements have a part in it, from 0

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
    Kind(
        "repeated-statement",
        message("statements that stand in their level more than once"),
        message("among the wishes that stand level with it, it counts as often as it stands there"),
        message("leave it out, or put it in a level above the others if it matters more"),
        lambda n, _sort: counted("{n} wish stands twice in its level", "{n} wishes stand twice in their level", n),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    for party, preference in sight.model.preferences.items():
        if isinstance(preference, Priorities):
            yield from _repeated(party, preference)
            if sight.space is not None:
                yield from _Listed(sight, sight.space, party, preference).told()
            elif sight.satisfied is not None:
                yield from _by_pairs(sight, party, preference)
    if sight.satisfied is None:
        yield Unchecked("idle-statement", sight.why)
        yield Unchecked("opposed-statement", sight.why)
    if sight.space is None:
        yield Unchecked("decided-statement", sight.why)


def _moving(model: Model, party: str) -> set[int]:
    """The statements of a party, from 0, of which some reading or open question speaks."""
    said = tuple(reading.changes for reading in model.readings)
    named = (mention.what for mention in mentions(said) if mention.kind == "statement")
    return {ref.number - 1 for ref in named if ref.party == party}


def _repeated(party: str, preference: Priorities) -> Iterator[Found]:
    """Yield the statements whose formula stands in their level before."""
    for numbers in preference.levels:
        seen: set[Formula] = set()
        for number in numbers:
            formula = preference.statements[number - 1].formula
            if formula in seen:
                words = message("'{wish}' stands in its level twice, and counts twice", wish=text(formula))
                yield Found("repeated-statement", _path(party, preference, number - 1), words)
            seen.add(formula)


@dataclass(frozen=True)
class _Listed:
    """One look at every state for each statement of a party, more only where it is doubtful. O(S · statements)."""

    sight: Sight
    space: Space
    party: str
    preference: Priorities

    def told(self) -> Iterator[Found]:
        """Yield what is doubtful, in the order of the list."""
        classes: Classes = np.zeros(self.space.size, np.int64)
        for numbers in self.preference.ranked:
            self.sight.watch.check()
            level = {number - 1: self.space.holds(self.preference.statements[number - 1].formula) for number in numbers}
            found: dict[int, Doubt | None] = dict(self._alone(level, classes))
            left = {k: true for k, true in level.items() if k not in found}
            if len(left) > 1:
                found |= self._together(left, classes)
            moving = self._moving
            for k in sorted(found):
                doubt = found[k]
                if doubt is not None and moving.isdisjoint(doubt[1]):
                    yield doubt[0]
            left = {k: true for k, true in level.items() if k not in found}
            if left:
                classes = _split(classes, np.sum([*left.values()], axis=0), len(left))

    @cached_property
    def _moving(self) -> set[int]:
        return _moving(self.sight.model, self.party)

    def _alone(self, level: dict[int, Truth], classes: Classes) -> Iterator[tuple[int, Doubt]]:
        """Yield the statements of a level that rank nothing whatever stands level with them, and by which others."""
        for k, true in level.items():
            if true.all() or not true.any():
                yield k, (_idle(self.party, self.preference, k, always=bool(true.all())), ())
            elif _decided(classes, true):
                found, deciding = _told(self.space, self.party, self.preference, k, min(level))
                yield k, (found, (k, *deciding))

    def _together(self, level: dict[int, Truth], classes: Classes) -> dict[int, Doubt | None]:
        """Return the statements without which a level ranks the states alike, the last ones first; or all of it."""
        count: Classes = np.sum([*level.values()], axis=0)
        every = tuple(range(max(level) + 1))
        if _same_order(classes, count, np.zeros_like(count)):
            first = min(level)
            words = message(
                "the wishes of {level} decide nothing: as many of them hold in all states that more important wishes "
                "leave level",
                level=level_text(self.party, self.preference.level(first + 1)),
            )
            found = Found("decided-statement", _path(self.party, self.preference, first)[:4], words)
            return {**dict.fromkeys(level), first: (found, every)}  # told once
        idle: dict[int, Doubt | None] = {}
        for k, true in reversed(level.items()):
            if _same_order(classes, count, count - true):
                count = count - true
                words = message(
                    "'{wish}' decides nothing: without it, those that stand level with it rank the states alike",
                    wish=text(self.preference.statements[k].formula),
                )
                idle[k] = Found("decided-statement", _path(self.party, self.preference, k), words), every
        return idle


def _path(party: str, preference: Priorities, k: int) -> Path:
    """Return where the k-th statement of a party stands, from 0."""
    return ("preferences", party, "priorities", *preference.paths[k])


def _same_order(classes: Classes, one: Classes, other: Classes) -> bool:
    """Return whether two numbers put the states of every class in the same order. O(S log S)."""
    order = np.lexsort((other, one, classes))
    same = np.diff(classes[order]) == 0
    ones, others = np.diff(one[order])[same], np.diff(other[order])[same]
    return bool(((ones > 0) == (others > 0)).all() and (others >= 0).all())


def _decided(classes: Classes, true: Truth) -> bool:
    """Return whether a truth value is the same for all states of a class, whichever class."""
    counts = np.bincount(classes)
    trues = np.bincount(classes[true], minlength=len(counts))
    return bool(((trues == 0) | (trues == counts)).all())


def _split(classes: Classes, number: NDArray[Any], most: int = 1) -> Classes:
    """The classes, each parted by a number from 0 to ``most``, such as a truth value; numbered without gaps."""
    finer = classes * (most + 1) + number
    there = np.zeros((most + 1) * (int(classes.max(initial=0)) + 1), np.int64)
    there[finer] = 1
    return (np.cumsum(there) - 1)[finer]


def _told(space: Space, party: str, preference: Priorities, k: int, before: int) -> tuple[Found, Iterable[int]]:
    """By which earlier statements one is decided: by one of the same or opposite meaning, or by the first so many."""
    wishes = [statement.formula for statement in preference.statements]
    true = space.holds(wishes[k])
    for other in range(before):
        earlier = space.holds(wishes[other])
        if (earlier == true).all():
            return _same(party, preference, k, other), (other,)
        if (earlier != true).all():
            return _opposed(party, preference, k, other), (other,)
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
    return Found("decided-statement", _path(party, preference, k), words), range(enough)


def _by_pairs(sight: Sight, party: str, preference: Priorities) -> Iterator[Found]:
    """Over sets of states: what is idle, and what one earlier statement, a level by itself, says already or denies."""
    moving = _moving(sight.model, party)
    wishes = [statement.formula for statement in preference.statements]
    alone = {numbers[0] - 1 for numbers in preference.ranked if len(numbers) == 1}
    telling: list[int] = []
    for k, wish in enumerate(wishes):
        always = sight.constant(wish)
        if always is not None:
            yield _idle(party, preference, k, always=always)
            continue
        for other in telling:
            alike = Iff(wishes[other], wish)
            if not sight.somewhere(Not(alike)):
                found = _same(party, preference, k, other)
            elif not sight.somewhere(alike):
                found = _opposed(party, preference, k, other)
            else:
                continue
            if moving.isdisjoint((k, other)):
                yield found
            break
        if k in alone:
            telling.append(k)


def _idle(party: str, preference: Priorities, k: int, *, always: bool) -> Found:
    wish = text(preference.statements[k].formula)
    words = (
        message("'{wish}' is true in every feasible state", wish=wish)
        if always
        else message("'{wish}' is false in every feasible state", wish=wish)
    )
    return Found("idle-statement", _path(party, preference, k), words)


def _same(party: str, preference: Priorities, k: int, other: int) -> Found:
    words = message(
        "'{wish}' decides nothing: it is true in just the feasible states in which {other} is true",
        wish=text(preference.statements[k].formula),
        other=f"{party} {other + 1}",
    )
    return Found("decided-statement", _path(party, preference, k), words)


def _opposed(party: str, preference: Priorities, k: int, other: int) -> Found:
    words = message(
        "'{wish}' asks for the opposite of {other}, which matters more: it is true in just the feasible states in "
        "which {other} is false",
        wish=text(preference.statements[k].formula),
        other=f"{party} {other + 1}",
    )
    return Found("opposed-statement", _path(party, preference, k), words)


STATEMENTS = Family(_KINDS, _find)
