"""Explicit rankings by how many pairs of states they rank otherwise than today, every one of so many.

What counts as one change is as in `bestand.questions.settle.rankings`: a pair that is turned, or a tied pair that is
parted. A pair that is not tied stays so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from bestand.model.values import Ranking

from .answer import Reranked

Group = tuple[str, ...]  # states as bit strings, which are tied
Groups = tuple[Group, ...]  # the best first


class Swaps:
    """The rankings of a party by the number of pairs that differ from today's; each once.

    Parameters
    ----------
    party : str
    today : Ranking
    """

    def __init__(self, party: str, today: Ranking) -> None:
        self.party = party
        self._place = {bits: place for place, group in enumerate(today.groups) for bits in group}
        self._levels: list[list[Groups]] = [[tuple(tuple(sorted(group)) for group in today.groups)]]

    def at(self, pairs: int) -> list[Groups]:
        """All rankings in which exactly so many pairs differ."""
        while len(self._levels) <= pairs:
            level = len(self._levels)
            found = {
                new: None
                for less, known in enumerate(self._levels)
                for groups in known
                for new in self._steps(groups, level - less)
            }
            self._levels.append(list(found))
        return self._levels[pairs]

    def reranked(self, groups: Groups) -> Reranked:
        """Return a ranking with the pairs in which it differs from today's."""
        place = {bits: at for at, group in enumerate(groups) for bits in group}
        turned = tuple((x, y) for x in place for y in place if place[x] < place[y] and self._place[x] >= self._place[y])
        return Reranked(self.party, groups, turned)

    def _steps(self, groups: Groups, cost: int) -> Iterator[Groups]:
        """Every ranking in which exactly so many pairs more differ, by one group that is parted, or two that change."""
        for at, group in enumerate(groups):
            for upper in _parts(group, cost):
                lower = tuple(bits for bits in group if bits not in upper)
                yield (*groups[:at], upper, lower, *groups[at + 1 :])
            if at and len(groups[at - 1]) * len(group) == cost and self._above(groups[at - 1], group):
                yield (*groups[: at - 1], group, groups[at - 1], *groups[at + 1 :])

    def _above(self, upper: Group, lower: Group) -> bool:
        return self._place[upper[0]] < self._place[lower[0]]


def _parts(group: Group, cost: int) -> Iterator[Group]:
    """The parts of a group that leave so many pairs parted."""
    for size in range(1, len(group)):
        if size * (len(group) - size) == cost:
            yield from combinations(group, size)
