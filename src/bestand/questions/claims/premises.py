"""What can be different in what the parties want, one step at a time: a statement dropped, or two neighbours exchanged.

A variant is a set of such steps. Steps in one party's list are not independent: two statements can only change places
when they stand beside each other, perhaps after one between them has been dropped or has gone elsewhere. So a set is
a variant when it says exactly which statements are dropped and which pairs stand the other way round. The size of the
set is then the fewest drops and exchanges of neighbours that lead there, and each variant is there once.

Statements that stand level are dropped one by one, and change places with their neighbours together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bestand.model.sentences import Change, Drop, Exchange, Place, StatementRef


@dataclass(frozen=True, slots=True, order=True)
class Dropped:
    """A party does not hold the statement."""

    party: int
    number: int


@dataclass(frozen=True, slots=True, order=True)
class Swapped:
    """A statement stands below another one of its party, above which it stands in the file.

    Of a level, the statement with the least number is named; what stands level goes along.
    """

    party: int
    number: int
    below: int


Step = Dropped | Swapped
Steps = frozenset[Step]
Level = tuple[int, ...]  # the numbers of statements that stand level
Orders = Mapping[str, Sequence[Level]]  # by party, the numbers of its statements, the most important level first


class Premises:
    """The statements of a model, and the variants that steps make of them.

    Parameters
    ----------
    orders : mapping of str to sequence of tuple of int

    Examples
    --------
    >>> premises = Premises({"up": [(1,), (2,), (3,)]})
    >>> [len(found) for found in (premises.of_size(1), premises.of_size(2))]
    [5, 8]
    >>> premises = Premises({"up": [(1, 2), (3,)]})
    >>> [premises.levels(0, steps) for steps in premises.of_size(1)]
    [[(2,), (3,)], [(1,), (3,)], [(1, 2)], [(3,), (1, 2)]]
    """

    def __init__(self, orders: Orders) -> None:
        self.parties = tuple(orders)
        self._orders = tuple(tuple(levels) for levels in orders.values())
        self._names = tuple({number: level[0] for level in levels for number in level} for levels in self._orders)
        self._levels: list[list[Steps]] = [[frozenset()]]

    def of_size(self, size: int) -> list[Steps]:
        """The variants so many steps away, each once, always in the same order."""
        while len(self._levels) <= size:
            found = {grown: None for steps in self._levels[-1] for grown in self._grown(steps)}
            self._levels.append(list(found))
        return self._levels[size]

    def _grown(self, steps: Steps) -> Iterator[Steps]:
        """The variants with one step more."""
        for p, whole in enumerate(self._orders):
            now = self.levels(p, steps)
            turned = {
                number for step in steps if isinstance(step, Swapped) and step.party == p for number in _pair(step)
            }
            for level in now:
                if len(level) > 1 or self.name(p, level) not in turned:
                    for number in level:
                        yield steps | {Dropped(p, number)}
            place = {level[0]: at for at, level in enumerate(whole)}
            for upper, lower in pairwise(self.name(p, level) for level in now):
                if place[upper] < place[lower]:
                    yield steps | {Swapped(p, upper, lower)}

    def name(self, p: int, level: Level) -> int:
        """Return the number by which steps name a level, whatever is left of it."""
        return self._names[p][level[0]]

    def whole(self, p: int, number: int) -> Level:
        """Return the numbers of the level that a number names, as it is before any step."""
        return next(level for level in self._orders[p] if level[0] == number)

    def levels(self, p: int, steps: Steps) -> list[Level]:
        """The numbers of a party's statements after some steps, level by level."""
        dropped = {step.number for step in steps if isinstance(step, Dropped) and step.party == p}
        turned = {_pair(step) for step in steps if isinstance(step, Swapped) and step.party == p}
        left = (tuple(number for number in level if number not in dropped) for level in self._orders[p])
        kept = [level for level in left if level]
        if not turned:
            return kept
        above = dict.fromkeys(kept, 0)
        for first, second in combinations(kept, 2):
            above[first if (self.name(p, first), self.name(p, second)) in turned else second] += 1
        return sorted(kept, key=above.__getitem__)

    def order(self, p: int, steps: Steps) -> list[int]:
        """The numbers of a party's statements after some steps."""
        return [number for level in self.levels(p, steps) for number in level]

    def changes(self, steps: Steps) -> tuple[Change, ...]:
        """The same as changes to a model: drops, then exchanges of two statements, or statements that move."""
        made: list[Change] = []
        for p, party in enumerate(self.parties):
            mine = sorted(s for s in steps if isinstance(s, Dropped) and s.party == p)
            made += [Drop(StatementRef(party, step.number)) for step in mine]
            turned = sorted(_pair(step) for step in steps if isinstance(step, Swapped) and step.party == p)
            left = {self.name(p, level): level for level in self.levels(p, steps)}
            alone = all(len(left[number]) == 1 for pair in turned for number in pair)
            if alone and len({number for pair in turned for number in pair}) == 2 * len(turned):
                made += [Exchange(StatementRef(party, left[a][0]), StatementRef(party, left[b][0])) for a, b in turned]
            else:
                made += self._moves(p, party, steps)
        return tuple(made)

    def _moves(self, p: int, party: str, steps: Steps) -> list[Change]:
        """The fewest levels that have to be moved, to just beside another one, for a new order."""
        new = self.levels(p, steps)
        place = {level[0]: at for at, level in enumerate(self._orders[p])}
        staying = _longest_rising([place[self.name(p, level)] for level in new])
        moved: list[Change] = []
        for at, level in enumerate(new):
            if at in staying:
                continue
            first, *others = (StatementRef(party, number) for number in level)
            if at:
                moved.append(Place(first, "after", StatementRef(party, new[at - 1][0])))
            else:
                moved.append(Place(first, "before", StatementRef(party, new[min(staying)][0])))
            moved += [Place(other, "level with", first) for other in others]
        return moved


def _pair(step: Swapped) -> tuple[int, int]:
    return step.number, step.below


def _longest_rising(places: list[int]) -> set[int]:
    """Positions of a longest part of a list that goes up. O(length²)."""
    best: list[list[int]] = []
    for at, place in enumerate(places):
        before = [row for row in best if places[row[-1]] < place]
        best.append([*max(before, key=len, default=[]), at])
    return set(max(best, key=len, default=[]))
