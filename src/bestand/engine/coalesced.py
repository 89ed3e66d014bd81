"""States that count as one: where the file says that a formula makes one state of all in which it is true.

A party moves from a coalesced state as from any of its members, into it as into any of them, and within it never. One
member stands for it wherever a state is shown, or a formula put to it: the one with the fewest changes from today, the
first of several. So today, if it is a member, stands for itself. (Peng 1999; Hipel, Kilgour, Fang & Peng 1997.)
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.model.errors import ModelError
from bestand.model.fault import ModelFault
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.validate import shortened
from bestand.model.values import Preference, Ranking

from .evaluate import Evaluator
from .members import Coalesced, Indices
from .ranks import ranks_of
from .states import States

Groups = tuple[Indices, ...]  # for each formula, the members of its state


def coalesce(model: Model, members: States) -> Coalesced | None:
    """Return which of all feasible states of a model count as one; None where the model makes none of them one.

    Raises
    ------
    ModelError
        Where two formulas have a state in common, or a party is not indifferent among the members of one.

    Examples
    --------
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.values import Option, Party
    >>> up = Party("up", options=(Option("up.a"), Option("up.b")))
    >>> found = coalesce(Model("Dam", (up,), coalesced=(OptionAtom("up.a"),)), np.arange(4, dtype=np.uint64))
    >>> found.states.tolist(), found.of.tolist()
    ([0, 1, 2], [0, 1, 2, 1])
    """
    if not model.coalesced:
        return None
    groups = _groups(model, members)
    faults = list(_faults(model, members, groups))
    if faults:
        raise ModelError([fault.problem() for fault in faults])
    return merged(members, groups, model.mask(model.status_quo or ()))


def merged(members: States, groups: Groups, today: int) -> Coalesced:
    """Return the states that are left of some members when each of some groups is one."""
    stands = np.arange(len(members))
    for group in groups:
        if len(group):
            changes = np.bitwise_count(members[group] ^ np.uint64(today))
            stands[group] = group[np.argmin(changes)]
    kept, of = np.unique(stands, return_inverse=True)
    return Coalesced(members, members[kept], of)


def coalesced_faults(model: Model, members: States) -> list[ModelFault]:
    """Return what is wrong with the formulas that make states one, over all feasible states."""
    return list(_faults(model, members, _groups(model, members)))


def _groups(model: Model, members: States) -> Groups:
    evaluator = Evaluator(model, members)
    return tuple(np.flatnonzero(evaluator.holds(formula)) for formula in model.coalesced)


def _faults(model: Model, members: States, groups: Groups) -> Iterator[ModelFault]:
    def called(at: int) -> str:
        bits = model.bits(int(members[at]))
        return f"{bits} (label {model.labels[bits]})" if bits in model.labels else bits

    owner = np.full(len(members), -1)
    for k, group in enumerate(groups):
        taken = group[owner[group] >= 0]
        if len(taken):
            first = int(owner[taken[0]])
            both = " and ".join(called(at) for at in taken[:2].tolist())
            other = shortened(text(model.coalesced[first]))
            words = f"it is true in {both}, and so is '{other}': a state is part of one"
            hint = "join the two with 'or', or let one of them leave these out"
            yield ModelFault(("coalesced", k), "coalesced-overlap", words, hint)
        owner[group] = k
    evaluator = Evaluator(model, members)
    for party in model.parties:
        for k, (one, other) in _told_apart(evaluator, model.preferences.get(party.id), groups):
            words = f"{party.id} prefers state {called(one)} to state {called(other)}, which this makes one"
            hint = "a coalesced state is one that no party tells apart: change the formula, or the wishes"
            yield ModelFault(("coalesced", k), "coalesced-not-alike", words, hint)


def alike(evaluator: Evaluator, wish: Preference | None, coalesced: Coalesced) -> bool:
    """Return whether wishes tell no two members of a coalesced state apart; ``evaluator`` is over all members."""
    groups = tuple(np.flatnonzero(coalesced.of == at) for at in _several(coalesced))
    return next(_told_apart(evaluator, wish, groups), None) is None


def _several(coalesced: Coalesced) -> Indices:
    return np.flatnonzero(np.bincount(coalesced.of) > 1)


def _told_apart(evaluator: Evaluator, wish: Preference | None, groups: Groups) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the groups that wishes tell apart, with two members: one that is preferred, and one that is not."""
    if isinstance(wish, Ranking):
        yield from _placed_apart(evaluator, wish, groups)
        return
    rank = ranks_of(wish, evaluator)
    for k, group in enumerate(groups):
        if len(group) and rank[group].min() < rank[group].max():
            yield k, (int(group[rank[group].argmax()]), int(group[rank[group].argmin()]))


def _placed_apart(evaluator: Evaluator, ranking: Ranking, groups: Groups) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the same for a ranking, which need name one member only: it tells apart what it puts in two places."""
    place = {bits: n for n, group in enumerate(ranking.groups) for bits in group}
    for k, group in enumerate(groups):
        bits = [evaluator.model.bits(state) for state in evaluator.states[group].tolist()]
        named = [(place[each], at) for each, at in zip(bits, group.tolist(), strict=True) if each in place]
        if named and min(named)[0] < max(named)[0]:
            yield k, (min(named)[1], max(named)[1])
