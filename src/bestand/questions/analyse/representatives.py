"""Which equilibria pictures show, of all that there are.

Equilibria are of one kind where they are so under the same concepts, are reached from the status quo alike, and satisfy
the plan alike. Kinds under more concepts come first, then those that are reached. Few equilibria are shown one by one;
of many, patterns of states of one kind: most room goes to the first kinds, and an entry each to as many of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from bestand.engine.patterns import cover
from bestand.model.formula import OutcomeAtom
from bestand.model.values import FrozenMap
from bestand.solve.solution import Bools, Solution

from .selection import Entry, Selection

MOST = 12  # entries, beside today
_OTHERS = 4  # entries that are kept for kinds that come later


@dataclass(frozen=True, eq=False)
class _Kind:
    """Equilibria that nothing tells apart but what is done in them."""

    members: Bools
    concepts: tuple[str, ...]
    reached: bool
    plan: bool | None


@dataclass(frozen=True, eq=False)
class _Group:
    """The states of one entry."""

    kind: _Kind
    members: Bools
    bits: str
    label: str


def selection_of(solution: Solution, concepts: Sequence[str], most: int = MOST) -> Selection:
    """Return the equilibria to show, at most so many entries of them beside today.

    Parameters
    ----------
    solution : Solution
    concepts : sequence of str
    most : int

    Notes
    -----
    O(S · options) for each pattern, and O(P · S log S) for the places in the orders of the parties: 0.1 s for 49,152
    states, 2 to 3 s for 2²⁰ with thousands of equilibria.
    """
    solution.watch.phase("summing up equilibria")
    held = {concept: solution.equilibria(concept) for concept in concepts}
    plan = None if solution.model.plan is None else solution.space.holds(solution.model.plan)
    some = np.logical_or.reduce([np.zeros(solution.space.size, bool), *held.values()])
    kinds = _kinds(solution, held, some, plan)
    few = int(some.sum()) <= most
    now = _today(solution, held, plan)
    if now is not None:
        some &= ~now.members
    groups = _singles(solution, kinds, some) if few else _patterns(solution, kinds, some, most)
    outcomes = [solution.space.holds(OutcomeAtom(outcome.name)) for outcome in solution.model.outcomes]
    shares = [solution.lower_share(i) for i in range(len(solution.model.parties))]
    hidden = some & ~np.logical_or.reduce([np.zeros_like(some), *(group.members for group in groups)])
    return Selection(
        None if now is None else _entry(now, 0, outcomes, shares),
        tuple(_entry(group, number, outcomes, shares) for number, group in enumerate(groups, start=1)),
        FrozenMap({concept: int(each.sum()) for concept, each in held.items()}),
        int(hidden.sum()),
    )


def _today(solution: Solution, held: dict[str, Bools], plan: Bools | None) -> _Group | None:
    at = solution.space.status_quo
    if at is None:
        return None
    members = np.zeros(solution.space.size, bool)
    members[at] = True
    concepts = tuple(concept for concept, each in held.items() if each[at])
    bits = solution.model.bits(int(solution.space.states[at]))
    return _Group(
        _Kind(members, concepts, True, _true(plan, members)), members, bits, solution.model.labels.get(bits, "")
    )


def _true(plan: Bools | None, members: Bools) -> bool | None:
    return None if plan is None else bool(plan[members].all())


def _kinds(solution: Solution, held: dict[str, Bools], some: Bools, plan: Bools | None) -> list[_Kind]:
    """Return the kinds of equilibria: those under the most concepts first, the reached before the others."""
    reach = solution.reach()
    traits = [*held.values(), *([reach.reached] if reach else []), *([] if plan is None else [plan])]
    code = sum((trait.astype(np.int64) << k for k, trait in enumerate(traits)), np.zeros(len(some), np.int64))
    kinds: list[_Kind] = []
    for value in np.flatnonzero(np.bincount(code[some])).tolist():
        members = some & (code == value)
        concepts = tuple(concept for k, concept in enumerate(held) if value >> k & 1)
        reached = reach is not None and bool(value >> len(held) & 1)
        kinds.append(_Kind(members, concepts, reached, _true(plan, members)))
    return sorted(
        kinds, key=lambda kind: (-len(kind.concepts), not kind.reached, not kind.plan, -int(kind.members.sum()))
    )


def _singles(solution: Solution, kinds: list[_Kind], some: Bools) -> list[_Group]:
    """Return every equilibrium by itself, those of one kind and one label as one; the nearest to today first."""
    model, reach = solution.model, solution.reach()
    groups: list[_Group] = []
    for kind in kinds:
        places = np.flatnonzero(kind.members & some)
        if reach is not None:
            places = places[np.argsort(reach.distance[places], kind="stable")]
        alike: dict[tuple[str, str], list[int]] = {}
        for at in places.tolist():
            bits = model.bits(int(solution.space.states[at]))
            alike.setdefault((model.labels.get(bits, ""), "" if bits in model.labels else bits), []).append(at)
        for (label, _own), same in alike.items():
            members = np.zeros_like(some)
            members[same] = True
            each = [model.bits(int(mask)) for mask in solution.space.states[members]]
            bits = "".join(column[0] if len(set(column)) == 1 else "-" for column in zip(*each, strict=True))
            groups.append(_Group(kind, members, bits, label))
    return groups


def _patterns(solution: Solution, kinds: list[_Kind], other: Bools, most: int) -> list[_Group]:
    """Return patterns of the first kinds, the largest one of each of some others, then more of the first."""
    streams = [_stream(solution, kind, other) for kind in kinds]
    line = chain.from_iterable(streams)
    groups = list(islice(line, most - _OTHERS))
    begun = [group.kind for group in groups]
    rest = sorted((k for k, kind in enumerate(kinds) if kind not in begun), key=lambda k: not kinds[k].plan)
    for k in rest[:_OTHERS]:
        groups += islice(streams[k], 1)
    groups += islice(line, most - len(groups))
    return sorted(groups, key=lambda group: kinds.index(group.kind))


def _stream(solution: Solution, kind: _Kind, other: Bools) -> Iterator[_Group]:
    """Yield the patterns of a kind, the largest first; not one that holds no state but today."""
    for pattern in cover(kind.members, solution.space.states, len(solution.model.options)):
        solution.watch.step()
        members = kind.members & _matching(solution, pattern.bits)
        if (members & other).any():
            yield _Group(kind, members, pattern.bits, solution.model.labels.get(pattern.bits, ""))


def _matching(solution: Solution, bits: str) -> Bools:
    """(S,): the states that match a pattern."""
    fixed = sum(1 << k for k, bit in enumerate(bits) if bit != "-")
    value = sum(1 << k for k, bit in enumerate(bits) if bit == "1")
    return (solution.space.states & np.uint64(fixed)) == np.uint64(value)


def _entry(group: _Group, number: int, outcomes: Sequence[Bools], shares: Sequence[NDArray[np.float64]]) -> Entry:
    """Return what pictures tell of the states of an entry."""
    kind, members = group.kind, group.members
    places = [share[members] for share in shares]
    return Entry(
        group.bits,
        int(members.sum()),
        kind.concepts,
        kind.reached,
        kind.plan,
        tuple(_truth(holds[members]) for holds in outcomes),
        tuple((float(each.min()), float(each.max())) for each in places),
        group.label,
        number,
    )


def _truth(holds: Bools) -> str:
    """1, 0, or - where a formula varies over some states."""
    return "1" if holds.all() else "-" if holds.any() else "0"
