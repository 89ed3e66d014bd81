"""Which equilibria a picture shows, in which order and with which numbers: the same in every picture of an answer.

Equilibria are of one kind where they are so under the same concepts, are reached from the status quo alike, and satisfy
the plan alike. Kinds under more concepts come first, then those that are reached. Few equilibria are shown one by one;
of many, patterns of states of one kind: most room goes to the first kinds, and a column each to as many of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

import numpy as np

from bestand.answer.columns import MOST_SINGLE, Column, matching, today
from bestand.engine.patterns import cover
from bestand.model.model import Model
from bestand.model.values import FrozenMap
from bestand.prose.messages import _
from bestand.prose.phrases import difference_words, state_cell
from bestand.solve.solution import Bools, Solution

_OTHERS = 4  # columns that are kept for kinds that come later
_Key = tuple[tuple[str, ...], bool, bool | None]


@dataclass(frozen=True)
class Shown:
    """A column of a picture: today, an equilibrium, or equilibria that one pattern stands for.

    Parameters
    ----------
    column : Column
    under : tuple of str
        The concepts under which it is an equilibrium: none, for a today that is none.
    plan : bool or None
        Whether the plan is true in it; None where the file names no plan.
    label: str
        That of its states, where they have one.
    """

    column: Column
    under: tuple[str, ...]
    plan: bool | None
    label: str = ""

    @property
    def name(self) -> str:
        """What the pictures call it: its label, or #1, #2 …"""
        return self.column.name

    @property
    def called(self) -> str:
        """What sentences call it."""
        return _("state {label}", label=self.label) if self.label and not self.column.today else self.name


@dataclass(frozen=True)
class Chosen:
    """What the pictures of an answer show.

    Parameters
    ----------
    today : tuple of Shown
        One, or none where the model has no status quo.
    shown : tuple of Shown
        The equilibria.
    counts : dict of str to int
        How many equilibria there are, by concept.
    hidden : int
        How many states are an equilibrium under some concept and are in none of the columns.
    """

    today: tuple[Shown, ...]
    shown: tuple[Shown, ...]
    counts: dict[str, int]
    hidden: int

    @property
    def all(self) -> tuple[Shown, ...]:
        """Today first, then the equilibria."""
        return (*self.today, *self.shown)

    @property
    def many(self) -> bool:
        """Whether a column stands for several equilibria."""
        return any(each.column.count > 1 for each in self.shown)


@dataclass(frozen=True)
class _Kind:
    """Equilibria that nothing tells apart but what is done in them."""

    members: Bools
    under: tuple[str, ...]
    reached: bool
    plan: bool | None

    @property
    def key(self) -> _Key:
        """What tells it apart."""
        return self.under, self.reached, self.plan


def chosen(solution: Solution, concepts: Sequence[str], most: int = MOST_SINGLE) -> Chosen:
    """The equilibria to show, at most so many columns of them beside today.

    Parameters
    ----------
    solution : Solution
    concepts : sequence of str
    most : int
    """
    held = {concept: solution.equilibria(concept) for concept in concepts}
    plan = None if solution.model.plan is None else solution.space.holds(solution.model.plan)
    some = np.logical_or.reduce([np.zeros(solution.space.size, bool), *held.values()])
    now = tuple(
        Shown(
            column,
            tuple(concept for concept in held if held[concept][column.members].all()),
            _true(plan, column.members),
            solution.model.labels.get(column.bits, ""),
        )
        for column in today(solution)
    )
    kinds = _kinds(solution, held, some, plan)
    few = int(some.sum()) <= most
    for each in now:
        some &= ~each.column.members
    shown = _singles(solution, kinds, some) if few else _patterns(solution, kinds, some, most)
    hidden = some & ~np.logical_or.reduce([np.zeros_like(some), *(each.column.members for each in shown)])
    return Chosen(now, _numbered(shown), {c: int(held[c].sum()) for c in held}, int(hidden.sum()))


def _true(plan: Bools | None, members: Bools) -> bool | None:
    return None if plan is None else bool(plan[members].all())


def _kinds(solution: Solution, held: dict[str, Bools], some: Bools, plan: Bools | None) -> list[_Kind]:
    """The kinds of equilibria: those under the most concepts first, the reached before the others."""
    reach = solution.reach()
    traits = [*held.values(), *([reach.reached] if reach else []), *([] if plan is None else [plan])]
    code = sum((trait.astype(np.int64) << k for k, trait in enumerate(traits)), np.zeros(len(some), np.int64))
    kinds: list[_Kind] = []
    for value in np.unique(code[some]).tolist():
        members = some & (code == value)
        under = tuple(concept for k, concept in enumerate(held) if value >> k & 1)
        reached = reach is not None and bool(value >> len(held) & 1)
        kinds.append(_Kind(members, under, reached, _true(plan, members)))
    return sorted(kinds, key=lambda kind: (-len(kind.under), not kind.reached, not kind.plan, -int(kind.members.sum())))


def _singles(solution: Solution, kinds: list[_Kind], some: Bools) -> list[Shown]:
    """Every equilibrium by itself, those of one kind and one label as one; the nearest to the status quo first."""
    model, reach = solution.model, solution.reach()
    found: list[Shown] = []
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
            found.append(_shown(kind, label, bits, members))
    return found


def _patterns(solution: Solution, kinds: list[_Kind], other: Bools, most: int) -> list[Shown]:
    """Patterns of the first kinds, the largest one of each of some others, then more of the first."""
    streams = {kind.key: _stream(solution, kind, other) for kind in kinds}
    line = chain.from_iterable(streams.values())
    found = list(islice(line, most - _OTHERS))
    begun = {_key(each) for each in found}
    rest = sorted((kind for kind in kinds if kind.key not in begun), key=lambda kind: not kind.plan)
    for kind in rest[:_OTHERS]:
        found += islice(streams[kind.key], 1)
    found += islice(line, most - len(found))
    order = list(streams)
    return sorted(found, key=lambda each: order.index(_key(each)))


def _stream(solution: Solution, kind: _Kind, other: Bools) -> Iterator[Shown]:
    """The patterns of a kind, the largest first; not one that holds no state but today."""
    for pattern in cover(kind.members, solution.space.states, len(solution.model.options)):
        solution.watch.step()
        members = kind.members & matching(solution, pattern.bits)
        if (members & other).any():
            yield _shown(kind, solution.model.labels.get(pattern.bits, ""), pattern.bits, members)


def _shown(kind: _Kind, label: str, bits: str, members: Bools) -> Shown:
    return Shown(Column("", bits, members, kind.reached), kind.under, kind.plan, label)


def _key(shown: Shown) -> _Key:
    return shown.under, shown.column.reached, shown.plan


def _numbered(found: list[Shown]) -> tuple[Shown, ...]:
    """The columns, those without a label by their places."""
    return tuple(
        replace(each, column=replace(each.column, name=each.label or f"#{place}"))
        for place, each in enumerate(found, start=1)
    )


def doings(model: Model, column: Column) -> str:
    """What is done in all that a column stands for, in clauses: compared with today where there is a today.

    Empty where that is nothing, of several states.

    Examples
    --------
    >>> import numpy as np
    >>> from bestand.model.values import Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")), Option("up.threaten")))
    >>> doings(Model("Dam", (up,)), Column("#1", "1-", np.ones(4, bool), False))
    'Upstream keeps the water'
    """
    fixed = sum(1 << k for k, bit in enumerate(column.bits) if bit != "-")
    yes = sum(1 << k for k, bit in enumerate(column.bits) if bit == "1")
    before = fixed & model.mask(model.status_quo or ())
    if before != yes:
        return difference_words(model, before, yes)
    if column.count > 1:
        return ""
    return state_cell(replace(model, labels=FrozenMap()), yes)
