"""The orders of a deal by brute force: every way to make its changes, kept where nobody gains by stopping half-way.

Read aloud from the definitions of deals, section 6. An *order* of a deal t is a sequence of groups of its changes, each
made at one moment, through feasible states x_0 = s0, …, x_m = t; no group is a forbidden move of a party that changes
an option in it. x_k, k < m, is *safe* iff

- for every party that has a change still to make, neither what it has if it stops there, nor what a move of its own
  from there is worth to it, is more than it has of t. What it has if it stops is its rank of x_k; of x_0 it is the
  least that no deal may come to;
- for every other party a move of its own from there is worth no more than the better of x_k and t.

Commitments that come with the plan, and what it fixes, are in force from x_1 on: these states are at rest under them.
What a move is worth is v = min(r, w) under the concept. Orders all of whose states but the last are safe are refined by
orders that pass through the same states and more; those that nothing refines are the *finest*.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from .deals import Talks
from .purposeful import Conflict, parts

Order = tuple[int, ...]
"""The states of an order, from s0 to the deal."""


def finest(talks: Talks, deal: int) -> frozenset[Order]:
    """Return the finest safe orders of a deal. O(orders²), of which n changes have as many as ordered partitions.

    Examples
    --------
    >>> from bestand.model.formula import And, Not, OptionAtom
    >>> from bestand.model.model import Model
    >>> from bestand.model.values import FrozenMap, Option, Party, Priorities, Statement
    >>> a, b = OptionAtom("A.c"), OptionAtom("B.c")
    >>> wishes = {"A": (b, Not(a)), "B": (a, Not(b))}  # each wants the other to cooperate, and less so not to itself
    >>> wishes = {party: Priorities(tuple(map(Statement, of_party))) for party, of_party in wishes.items()}
    >>> parties = tuple(Party(name, options=(Option(f"{name}.c"),)) for name in "AB")
    >>> dilemma = Model("Dilemma", parties, status_quo=frozenset(), preferences=FrozenMap(wishes))
    >>> finest(Talks(dilemma, And((a, b))), 0b11)  # both at one moment: whoever has the other's first would stop
    frozenset({(0, 3)})
    """
    found = {order for order in _orders(talks, deal) if all(safe(talks, state, deal) for state in order[:-1])}
    return frozenset(order for order in found if not any(set(order) < set(other) for other in found))


def _orders(talks: Talks, deal: int) -> Iterator[Order]:
    """Yield every order of a deal, safe or not."""
    after = talks.after(deal).conflict

    @cache
    def onward(state: int) -> tuple[Order, ...]:
        left = state ^ deal
        if not left:
            return ((state,),)
        made = [state ^ group for group in parts(left)]
        conflict = in_force(talks, state, deal)
        allowed = [x for x in made if after.feasible(x) and conflict.may_change(state, x)]
        return tuple((state, *rest) for x in allowed for rest in onward(x))

    yield from onward(talks.start)


def in_force(talks: Talks, state: int, deal: int) -> Conflict:
    """Return the conflict as it is in a state on the way: as today at the start, else as once the deal is signed."""
    return talks.conflict if state == talks.start else talks.after(deal).conflict


def safe(talks: Talks, state: int, deal: int) -> bool:
    """Return whether nobody gains by stopping in a state on the way to a deal, or by a move of its own from there."""
    return all(content(talks, party, state, deal) for party in talks.conflict.parties)


def content(talks: Talks, party: str, state: int, deal: int) -> bool:
    """Return whether one party does not gain by stopping there, or by a move of its own."""
    conflict = in_force(talks, state, deal)
    there = conflict.merit(party, deal)
    ends = conflict.moves(party, state).values()
    moves = [conflict.value(party, end, talks.rounds) for end in ends]
    if conflict.own[party] & (state ^ deal):  # it has a change still to make
        stop = (
            min(conflict.merit(party, d) for d in talks.no_deal)
            if state == talks.start
            else conflict.merit(party, state)
        )
        return stop <= there and all(move <= there for move in moves)
    here = conflict.merit(party, state)
    return all(move <= there or move <= here for move in moves)
