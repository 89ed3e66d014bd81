"""What can be different in what the parties want, one step at a time: a statement dropped, or two neighbours exchanged.

A variant is a set of such steps. Steps in one party's list are not independent: two statements can only change places
when they stand beside each other, perhaps after one between them has been dropped or has gone elsewhere. So a set is
a variant when it says exactly which statements are dropped and which pairs stand the other way round. The size of the
set is then the fewest drops and exchanges of neighbours that lead there, and each variant is there once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    """A statement stands below another one of its party, above which it stands in the file."""

    party: int
    number: int
    below: int


Step = Dropped | Swapped
Steps = frozenset[Step]
Orders = Mapping[str, tuple[int, ...]]  # by party, the numbers of its statements, the most important first


class Premises:
    """The statements of a model, and the variants that steps make of them.

    Parameters
    ----------
    orders : mapping of str to tuple of int

    Examples
    --------
    >>> premises = Premises({"up": (1, 2, 3)})
    >>> [len(found) for found in (premises.of_size(1), premises.of_size(2))]
    [5, 8]
    """

    def __init__(self, orders: Orders) -> None:
        self.parties = tuple(orders)
        self._orders = tuple(orders.values())
        self._levels: list[list[Steps]] = [[frozenset()]]

    def of_size(self, size: int) -> list[Steps]:
        """The variants so many steps away, each once, always in the same order."""
        while len(self._levels) <= size:
            found = {grown: None for steps in self._levels[-1] for grown in self._grown(steps)}
            self._levels.append(list(found))
        return self._levels[size]

    def _grown(self, steps: Steps) -> Iterator[Steps]:
        """The variants with one step more."""
        for p, order in enumerate(self._orders):
            now = self.order(p, steps)
            turned = {
                number for step in steps if isinstance(step, Swapped) and step.party == p for number in _pair(step)
            }
            for number in now:
                if number not in turned:
                    yield steps | {Dropped(p, number)}
            for upper, lower in pairwise(now):
                if order.index(upper) < order.index(lower):
                    yield steps | {Swapped(p, upper, lower)}

    def order(self, p: int, steps: Steps) -> list[int]:
        """The numbers of a party's statements after some steps."""
        base = self._orders[p]
        dropped = {step.number for step in steps if isinstance(step, Dropped) and step.party == p}
        turned = {_pair(step) for step in steps if isinstance(step, Swapped) and step.party == p}
        kept = [number for number in base if number not in dropped]
        if not turned:
            return kept
        above = dict.fromkeys(kept, 0)
        for first, second in combinations(kept, 2):
            above[first if (first, second) in turned else second] += 1
        return sorted(kept, key=above.__getitem__)

    def changes(self, steps: Steps) -> tuple[Change, ...]:
        """The same as changes to a model: drops, then exchanges of two statements, or statements that move."""
        made: list[Change] = []
        for p, party in enumerate(self.parties):
            mine = sorted(s for s in steps if isinstance(s, Dropped) and s.party == p)
            made += [Drop(StatementRef(party, step.number)) for step in mine]
            turned = [_pair(step) for step in steps if isinstance(step, Swapped) and step.party == p]
            if len({number for pair in turned for number in pair}) == 2 * len(turned):
                made += [Exchange(StatementRef(party, a), StatementRef(party, b)) for a, b in sorted(turned)]
            else:
                made += self._moves(p, party, steps)
        return tuple(made)

    def _moves(self, p: int, party: str, steps: Steps) -> list[Change]:
        """The fewest statements that have to be moved, to just beside another one, for a new order."""
        new = self.order(p, steps)
        place = {number: at for at, number in enumerate(self._orders[p])}
        staying = _longest_rising([place[number] for number in new])
        moved: list[Change] = []
        for at, number in enumerate(new):
            if at in staying:
                continue
            if at:
                moved.append(Place(StatementRef(party, number), "after", StatementRef(party, new[at - 1])))
            else:
                first = min(staying)
                moved.append(Place(StatementRef(party, number), "before", StatementRef(party, new[first])))
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
