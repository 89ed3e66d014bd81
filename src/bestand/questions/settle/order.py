"""The fewest changes of what parties want: every order of so many steps before any of one more.

Under Nash, GMR and SMR a party's verdict depends on its own order alone. So each order of each party is solved once,
as the set of wanted states that it makes stable, and an answer is one order for each party whose sets have a state in
common. Under SEQ and SSEQ the verdicts depend on all orders; what is solved in full there are the combinations that
pass under GMR (or SMR), without which neither can hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from bestand.stability.registry import EVERY, weaker

from .target import Target
from .wishes import Order, Orders

Combination = tuple[Order, ...]  # of the parties whose order changes


def by_own_order(concept: str) -> bool:
    """Return whether a party's verdict under a concept depends on its own order alone."""
    return not EVERY[concept].knows_preferences


class Reordering:
    """The search in the statements of some parties.

    Parameters
    ----------
    target : Target
    orders : mapping of int to Orders
        Of the parties that may change.
    """

    def __init__(self, target: Target, orders: dict[int, Orders]) -> None:
        self.target, self.orders = target, orders
        self.watch = target.watch
        self._sets: dict[tuple[str, int, Order], int] = {}

    def answers(self, concept: str, steps: int, smaller: Sequence[Combination] = ()) -> Iterator[Combination]:
        """All combinations of exactly so many steps under which a wanted state is an equilibrium.

        Parameters
        ----------
        concept : str
        steps : int
        smaller : sequence of Combination
            Answers of fewer steps; what contains one of them is left out.

        Raises
        ------
        LimitReached
            Where the watch says so; what was yielded until then stands.
        """
        known = {frozenset(change for order in combination for change in order.changes) for combination in smaller}
        for combination in self._passing(concept, steps):
            self.watch.check()
            changes = frozenset(change for order in combination for change in order.changes)
            if not any(less < changes for less in known) and (
                by_own_order(concept) or self._holds(concept, combination)
            ):
                yield combination

    def _holds(self, concept: str, combination: Combination) -> bool:
        solution = self.target.with_orders([(self._index(order), order.priorities) for order in combination])
        common = self.target.every
        for i in range(len(self.target.model.parties)):
            common &= self.target.stable(solution, concept, i)
            if not common:
                return False
        return True

    def _index(self, order: Order) -> int:
        return next(i for i, known in self.orders.items() if known.start.party == order.party)

    def _passing(self, concept: str, steps: int) -> Iterator[Combination]:
        """Combinations under which a wanted state is an equilibrium as far as own orders can tell."""
        asked = [concept] if by_own_order(concept) else [known for known in weaker(concept) if by_own_order(known)]
        parties = tuple(self.orders)
        for parts in shares(steps, len(parties)):
            changing = [(i, share) for i, share in zip(parties, parts, strict=True) if share]
            rest = [self._unchanged(known, [i for i, _ in changing]) for known in asked]
            if all(rest):
                yield from self._combined(asked, changing, rest)

    def _unchanged(self, concept: str, changing: Sequence[int]) -> int:
        """The wanted states that are stable for everybody whose order stays."""
        common = self.target.every
        for i in range(len(self.target.model.parties)):
            if i not in changing:
                common &= self.target.stable(self.target.solution, concept, i)
        return common

    def _combined(
        self, concepts: Sequence[str], changing: Sequence[tuple[int, int]], rest: Sequence[int], outermost: bool = True
    ) -> Iterator[Combination]:
        """Orders of the changing parties whose sets have a state in common, with one another and with the rest."""
        (i, share), *others = changing
        for order in self._told(i, share) if outermost else self.orders[i].at(share):
            self.watch.check()
            left = [known & self._set(concept, i, order) for concept, known in zip(concepts, rest, strict=True)]
            if not all(left):
                continue
            if not others:
                yield (order,)
                continue
            for more in self._combined(concepts, others, left, outermost=False):
                yield (order, *more)

    def _told(self, i: int, steps: int) -> Iterator[Order]:
        """The orders of a party, with a word to the watch."""
        title = self.target.model.parties[i].title
        self.watch.phase(f"asking what {title} could want")
        orders = self.orders[i].at(steps)
        self.watch.phase(f"asking what {title} could want", len(orders))
        for order in orders:
            self.watch.step()
            yield order

    def _set(self, concept: str, i: int, order: Order) -> int:
        """The wanted states that an order makes stable for its party."""
        key = (concept, i, order)
        if key not in self._sets:
            self._sets[key] = self.target.stable(self.target.with_orders([(i, order.priorities)]), concept, i)
        return self._sets[key]


def shares(steps: int, parties: int) -> Iterator[tuple[int, ...]]:
    """The ways to share so many steps among parties."""
    return (parts for parts in product(range(steps + 1), repeat=parties) if sum(parts) == steps)
