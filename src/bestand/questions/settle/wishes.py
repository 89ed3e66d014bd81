"""Elementary changes to what a party wants, one after the other, each new order of its wishes once.

A step moves one statement to another place, drops one, puts the wanted formula in the place of one, or adds it as one
more wish. What moves, or is added, is a level by itself, or goes into a level of several that is there; what takes the
place of a statement, or stood level with one that goes, stays in its level. A step counts one, however far the
statement moves; of two changes with as many steps the one that touches less important statements, or moves them less
far, comes first (its weight).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bestand.model.changing import changed, levelled
from bestand.model.errors import CallError
from bestand.model.formula import And, Formula
from bestand.model.model import Model
from bestand.model.sentences import Change, Drop, Insert, Place, Replace, StatementRef
from bestand.model.values import Priorities, Statement

Entry = tuple[int, Formula]
Level = tuple[Entry, ...]  # statements that stand level
Levels = tuple[Level, ...]

_ADDED = 0  # the number of a statement that the file does not have
_NEW = And(())  # what no file has: whatever is joined by "and" has terms


@dataclass(frozen=True, slots=True)
class Order:
    """A party's statements in some order, and the steps that led to it.

    Parameters
    ----------
    party : str
    levels : tuple of tuple of (int, Formula)
        Statements, the most important level first: the number in the file (0 for one that is not there), the formula.
    changes : tuple of Change
    weight : int
        By which orders of as many steps are sorted.
    fixed : frozenset of int
        Statements that a reading has replaced, which nothing can replace again.
    """

    party: str
    levels: Levels
    changes: tuple[Change, ...] = ()
    weight: int = 0
    fixed: frozenset[int] = frozenset()

    @property
    def entries(self) -> Level:
        """The statements of all levels."""
        return tuple(entry for level in self.levels for entry in level)

    @property
    def wishes(self) -> tuple[Formula, ...]:
        """The formulas alone."""
        return tuple(formula for _, formula in self.entries)

    @property
    def ranking(self) -> tuple[tuple[Formula, ...], ...]:
        """The formulas, level by level: what the party's ranks depend on."""
        return tuple(tuple(formula for _, formula in level) for level in self.levels)

    @property
    def priorities(self) -> Priorities:
        """The statements, as a preference."""
        return Priorities.of([Statement(formula) for formula in level] for level in self.ranking)

    def steps(self, wanted: Formula) -> Iterator[Order]:
        """Every order that is one step away."""
        touched = {change.statement for change in self.changes if isinstance(change, Place | Replace)}
        below = len(self.entries)
        for k, level in enumerate(self.levels):
            below -= len(level)
            for at, (number, formula) in enumerate(level):
                ref = StatementRef(self.party, number)
                if number == _ADDED or ref in touched:
                    continue
                others = level[:at] + level[at + 1 :]
                rest = self.levels[:k] + ((others,) if others else ()) + self.levels[k + 1 :]
                yield self._after(rest, Drop(ref), 1 + below)
                yield from self._places(k, level[at], rest, alone=not others)
                if formula != wanted and number not in self.fixed:
                    new = (*level[:at], (number, wanted), *level[at + 1 :])
                    yield self._after((*self.levels[:k], new, *self.levels[k + 1 :]), Replace(ref, wanted), 2 + below)
        if wanted not in self.wishes:
            yield from self._with(wanted)

    def _places(self, k: int, entry: Entry, rest: Levels, *, alone: bool) -> Iterator[Order]:
        """Yield what comes of it where a statement of level k stands elsewhere: by itself, or level with several."""
        ref = StatementRef(self.party, entry[0])
        for to, other, levels in _joined(rest, entry, self.party):
            if alone or to != k:
                yield self._after(levels, Place(ref, "level with", other), max(1, abs(k - to)))
        for to in range(len(rest) + 1):
            if alone and to == k:
                continue
            upwards = to < k or (to == k and not alone)
            beside = _beside(rest, to, self.party, upwards=upwards)
            if beside is not None:
                far = k - to + (not alone) if upwards else to - k
                yield self._after((*rest[:to], (entry,), *rest[to:]), Place(ref, beside[0], beside[1]), far)

    def _with(self, wanted: Formula) -> Iterator[Order]:
        count = len(self.levels)
        for to in range(count + 1):
            levels = (*self.levels[:to], ((_ADDED, wanted),), *self.levels[to:])
            if to == count:
                change = Insert(self.party, wanted, "last")
            elif to == 0:
                change = Insert(self.party, wanted, "first")
            else:
                beside = _beside(self.levels, to, self.party, upwards=True)
                if beside is None:
                    continue
                change = Insert(self.party, wanted, *beside)
            yield self._after(levels, change, 1 + count - to)
        for to, other, levels in _joined(self.levels, (_ADDED, wanted), self.party):
            yield self._after(levels, Insert(self.party, wanted, "level with", other), 1 + count - to)

    def _after(self, levels: Levels, change: Change, weight: int) -> Order:
        return Order(self.party, levels, (*self.changes, change), self.weight + weight, self.fixed)


def _joined(levels: Levels, entry: Entry, party: str) -> Iterator[tuple[int, StatementRef, Levels]]:
    """Yield the levels of several with one more statement in them: each with its place, and one that it has already."""
    for to, level in enumerate(levels):
        if len(level) > 1 and (other := _named(level, party)) is not None:
            yield to, other, (*levels[:to], (*level, entry), *levels[to + 1 :])


def _beside(
    levels: Levels, to: int, party: str, *, upwards: bool
) -> tuple[Literal["before", "after"], StatementRef] | None:
    """Return how to name a place among some levels: before or after a statement that the file has."""
    before = _named(levels[to], party) if to < len(levels) else None
    after = _named(levels[to - 1], party) if to > 0 else None
    if before is not None and (upwards or after is None):
        return "before", before
    return None if after is None else ("after", after)


def _named(level: Level, party: str) -> StatementRef | None:
    """Return the first statement of a level that the file has."""
    return next((StatementRef(party, number) for number, _ in level if number), None)


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
        self._seen = {start.ranking}

    def at(self, steps: int) -> list[Order]:
        """All orders that so many steps lead to, and no fewer; those of the least weight first."""
        while len(self.levels) <= steps:
            found: dict[tuple[tuple[Formula, ...], ...], Order] = {}
            for order in self.levels[-1]:
                for new in order.steps(self.wanted):
                    known = found.get(new.ranking)
                    if new.ranking not in self._seen and (known is None or new.weight < known.weight):
                        found[new.ranking] = new
            self._seen.update(found)
            self.levels.append(sorted(found.values(), key=lambda order: order.weight))
        return self.levels[steps]

    @cached_property
    def start(self) -> Order:
        """The order of today."""
        return self.levels[0][0]


def orders_of(model: Model, common: Sequence[Change], party: str) -> Order | None:
    """The statements of a party after some changes, with their numbers in the file; None where it has no priorities."""
    held = levelled(model, common).get(party)
    if held is None:
        return None if party in model.preferences else Order(party, ())
    levels = tuple(tuple((number, statement.formula) for number, statement in level) for level in held)
    numbers = [number for level in held for number, _ in level if number]
    fixed = frozenset(number for number in numbers if not _replaceable(model, common, party, number))
    return Order(party, levels, fixed=fixed)


def _replaceable(model: Model, common: Sequence[Change], party: str, number: int) -> bool:
    """Return whether a statement can get another content after some changes."""
    try:
        changed(model, [*common, Replace(StatementRef(party, number), _NEW)])
    except CallError:
        return False
    return True
