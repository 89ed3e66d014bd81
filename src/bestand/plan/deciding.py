"""What decides between two states for a party: the first level of its wishes of which not as many hold."""

from __future__ import annotations

from collections.abc import Sequence

from bestand.engine.space import Space
from bestand.model.sentences import StatementRef
from bestand.model.values import Priorities

from .ruling_values import Gain


def gain_between(space: Space, i: int, state: int, before: int) -> Gain:
    """Return what a party has of a state, against another, both given by their indices. O(S · statements)."""
    party = space.model.parties[i].id
    wish = space.model.preferences.get(party)
    if not isinstance(wish, Priorities):
        return Gain(None, (), ())
    truths = [space.holds(statement.formula)[[state, before]] for statement in wish.statements]
    return gain_of(party, wish, [bool(here) for here, _ in truths], [bool(there) for _, there in truths])


def gain_of(party: str, wish: Priorities, here: Sequence[bool], without: Sequence[bool]) -> Gain:
    """Return what a party has of a state, by which of its statements hold there, and which do without a deal.

    Examples
    --------
    >>> from bestand.model.formula import TRUE
    >>> from bestand.model.values import Statement
    >>> level = Priorities((Statement(TRUE),) * 3, levels=((1, 2, 3),))
    >>> gain = gain_of("up", level, (True, True, False), (False, False, True))
    >>> gain.first.number, [ref.number for ref in gain.level], gain.held
    (1, [1, 2, 3], (2, 1))
    """
    refs = [StatementRef(party, number) for number in range(1, len(wish.statements) + 1)]
    gained = tuple(ref for ref, true, other in zip(refs, here, without, strict=True) if true and not other)
    lost = tuple(ref for ref, true, other in zip(refs, here, without, strict=True) if other and not true)
    for numbers in wish.ranked:
        held = sum(here[number - 1] for number in numbers), sum(without[number - 1] for number in numbers)
        if held[0] != held[1]:
            first = next(ref for ref in (gained if held[0] > held[1] else lost) if ref.number in numbers)
            level = tuple(refs[number - 1] for number in numbers) if len(numbers) > 1 else ()
            return Gain(first, gained, lost, level, held)
    return Gain(None, gained, lost)
