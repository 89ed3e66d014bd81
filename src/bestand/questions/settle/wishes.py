"""Elementary changes to what a party wants, one after the other, each new order of its wishes once.

A step moves one statement to another place, drops one, puts the wanted formula in the place of one, or adds it as one
more wish. A step counts one, however far the statement moves; of two changes with as many steps the one that touches
less important statements, or moves them less far, comes first (its weight).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bestand.model.changing import changed
from bestand.model.errors import CallError
from bestand.model.formula import And, Formula
from bestand.model.model import Model
from bestand.model.sentences import Change, Drop, Insert, Place, Replace, StatementRef
from bestand.model.values import FrozenMap, Grounds, Preference, Priorities, Statement

_ADDED = 0  # the number of a statement that the file does not have
_NEW = And(())  # what no file has: whatever is joined by "and" has terms


@dataclass(frozen=True, slots=True)
class Order:
    """A party's statements in some order, and the steps that led to it.

    Parameters
    ----------
    party : str
    entries : tuple of (int, Formula)
        Statements, the most important first: the number in the file (0 for one that is not there) and the formula.
    changes : tuple of Change
    weight : int
        By which orders of as many steps are sorted.
    fixed : frozenset of int
        Statements that a reading has replaced, which nothing can replace again.
    """

    party: str
    entries: tuple[tuple[int, Formula], ...]
    changes: tuple[Change, ...] = ()
    weight: int = 0
    fixed: frozenset[int] = frozenset()

    @property
    def wishes(self) -> tuple[Formula, ...]:
        """The formulas alone: what the party's ranks depend on."""
        return tuple(formula for _, formula in self.entries)

    @property
    def priorities(self) -> Priorities:
        """The statements, as a preference."""
        return Priorities(tuple(Statement(formula) for formula in self.wishes))

    def steps(self, wanted: Formula) -> Iterator[Order]:
        """Every order that is one step away."""
        touched = {change.statement for change in self.changes if isinstance(change, Place | Replace)}
        for at, (number, formula) in enumerate(self.entries):
            ref = StatementRef(self.party, number)
            if number == _ADDED or ref in touched:
                continue
            rest = self.entries[:at] + self.entries[at + 1 :]
            below = len(rest) - at
            yield self._after(rest, Drop(ref), 1 + below)
            yield from self._places(at, ref, rest)
            if formula != wanted and number not in self.fixed:
                entries = (*rest[:at], (number, wanted), *rest[at:])
                yield self._after(entries, Replace(ref, wanted), 2 + below)
        if wanted not in self.wishes:
            yield from self._with(wanted)

    def _places(self, at: int, ref: StatementRef, rest: tuple[tuple[int, Formula], ...]) -> Iterator[Order]:
        for to in range(len(rest) + 1):
            if to == at:
                continue
            beside = _beside(rest, to, self.party, upwards=to < at)
            if beside is not None:
                entries = (*rest[:to], self.entries[at], *rest[to:])
                yield self._after(entries, Place(ref, beside[0], beside[1]), abs(to - at))

    def _with(self, wanted: Formula) -> Iterator[Order]:
        count = len(self.entries)
        for to in range(count + 1):
            entries = (*self.entries[:to], (_ADDED, wanted), *self.entries[to:])
            if to == count:
                change = Insert(self.party, wanted, "last")
            elif to == 0:
                change = Insert(self.party, wanted, "first")
            else:
                beside = _beside(self.entries, to, self.party, upwards=True)
                if beside is None:
                    continue
                change = Insert(self.party, wanted, *beside)
            yield self._after(entries, change, 1 + count - to)

    def _after(self, entries: tuple[tuple[int, Formula], ...], change: Change, weight: int) -> Order:
        return Order(self.party, entries, (*self.changes, change), self.weight + weight, self.fixed)


def _beside(
    entries: tuple[tuple[int, Formula], ...], to: int, party: str, *, upwards: bool
) -> tuple[Literal["before", "after"], StatementRef] | None:
    """Return how to name a place among some statements: before or after one that the file has."""
    before = StatementRef(party, entries[to][0]) if to < len(entries) and entries[to][0] else None
    after = StatementRef(party, entries[to - 1][0]) if to > 0 and entries[to - 1][0] else None
    if before is not None and (upwards or after is None):
        return "before", before
    return None if after is None else ("after", after)


class Orders:
    """The orders of a party's statements, by how many steps lead to them; each once.

    Parameters
    ----------
    start : Order
    wanted : Formula
        What may be added as a wish, or put in the place of one.
    """

    def __init__(self, start: Order, wanted: Formula) -> None:
        self.wanted = wanted
        self.levels: list[list[Order]] = [[start]]
        self._seen = {start.wishes}

    def at(self, steps: int) -> list[Order]:
        """All orders that so many steps lead to, and no fewer; those of the least weight first."""
        while len(self.levels) <= steps:
            found: dict[tuple[Formula, ...], Order] = {}
            for order in self.levels[-1]:
                for new in order.steps(self.wanted):
                    known = found.get(new.wishes)
                    if new.wishes not in self._seen and (known is None or new.weight < known.weight):
                        found[new.wishes] = new
            self._seen.update(found)
            self.levels.append(sorted(found.values(), key=lambda order: order.weight))
        return self.levels[steps]

    @cached_property
    def start(self) -> Order:
        """The order of today."""
        return self.levels[0][0]


def orders_of(model: Model, common: Sequence[Change], party: str) -> Order | None:
    """The statements of a party after some changes, with their numbers in the file; None where it has no priorities."""
    marked: dict[str, Preference] = dict(model.preferences)
    for name, preference in model.preferences.items():
        if isinstance(preference, Priorities):
            marked[name] = Priorities(
                tuple(
                    dataclasses.replace(statement, grounds=Grounds(note=str(number)))
                    for number, statement in enumerate(preference.statements, 1)
                )
            )
    preference = changed(dataclasses.replace(model, preferences=FrozenMap(marked)), common).preferences.get(party)
    if preference is None:
        return Order(party, ())
    if not isinstance(preference, Priorities):
        return None
    entries = tuple((int(s.grounds.note or _ADDED), s.formula) for s in preference.statements)
    fixed = frozenset(number for number, _ in entries if number and not _replaceable(model, common, party, number))
    return Order(party, entries, fixed=fixed)


def _replaceable(model: Model, common: Sequence[Change], party: str, number: int) -> bool:
    """Return whether a statement can get another content after some changes."""
    try:
        changed(model, [*common, Replace(StatementRef(party, number), _NEW)])
    except CallError:
        return False
    return True
