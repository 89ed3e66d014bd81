"""In which order a deal can be done, so that nobody gains by stopping half-way.

An *order* makes the changes of a deal t in groups, each at one moment, through feasible states x_0 = s0, …, x_m = t; no
group is a move that is forbidden to a party that changes an option in it. A state on the way is *safe* iff every party
that has a change still to make has no more of it than of t, neither by stopping there nor by a move of its own, and
every other party gains nothing by a move of its own above the better of the two. If it stops before anything is done,
a party has the least that no deal may come to. What a move is worth is v = min(r, w) under the concept.

The *finest* orders pass through as many safe states as can be: no further one fits in between. Steps that are taken
and then taken back are not looked for.

A definition of our own; ideas: gradualism and irreversibility (Lockwood & Thomas 2002), bargaining and enforcement
(Fearon 1998). What comes with the plan, its commitments and what it fixes, is in force from x_1 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bestand.engine.flips import Indices
from bestand.engine.limits import Watch
from bestand.model.errors import CallError
from bestand.solve.purpose import Purpose

from .joint import Joint

Why = Literal["cannot", "forbidden", "stops", "moves", "no way on"]
Bools = NDArray[np.bool_]

MOST_CHANGES = 20
MOST_SAFE = 4_000  # safe states among which orders are looked for
_TOGETHER = 4_096  # states that are looked at at once


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a deal cannot stop at a state on the way.

    Parameters
    ----------
    state : int
        A bit mask.
    why : {"cannot", "forbidden", "stops", "moves", "no way on"}
        The rules exclude it; a party may not make the move; one that has still to make a change likes it better than
        the deal; one has a move of its own that pays; it is safe, and nothing safe leads on from there.
    party : str or None
        Whose hindrance it is, where it is one party's.
    to : int or None
        Where its move would lead, a bit mask.
    """

    state: int
    why: Why
    party: str | None = None
    to: int | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A group of changes that are made at one moment.

    Parameters
    ----------
    options : tuple of str
        What changes, in the order of the file.
    state : int
        What it leads to, a bit mask.
    alone : tuple of (str, Hindrance)
        Of several changes: for each why it cannot come alone, before the others.
    """

    options: tuple[str, ...]
    state: int
    alone: tuple[tuple[str, Hindrance], ...] = ()


@dataclass(frozen=True, slots=True)
class Orders:
    """The finest orders of a deal.

    Parameters
    ----------
    count : int
        How many there are; 0 where it cannot even begin.
    stages : tuple of Stage
        One of them, of as many steps as any has.
    together : tuple of tuple of str
        Changes that are made at one moment in all of them.
    before : tuple of (str, str)
        Of which the first comes before the second in all of them.
    leading : tuple of (str, str)
        Those of them that say all: what follows from others is left out, and of those that are always together the
        first stands for all.
    start : Hindrance or None
        Why it cannot begin.
    safe : int
        How many states between the start and the deal are safe.
    early : tuple of (tuple of str, Hindrance)
        Of what comes after something else in all of them: why it cannot come first.
    """

    count: int
    stages: tuple[Stage, ...]
    together: tuple[tuple[str, ...], ...]
    before: tuple[tuple[str, str], ...]
    leading: tuple[tuple[str, str], ...]
    start: Hindrance | None
    safe: int
    early: tuple[tuple[tuple[str, ...], Hindrance], ...] = ()


def orders(joint: Joint, deal: int, watch: Watch | None = None) -> Orders:
    """Return the finest orders of a deal.

    Parameters
    ----------
    joint : Joint
    deal : int
        A state index.
    watch : Watch, optional

    Raises
    ------
    CallError
        For a deal of more than twenty changes, or where more than four thousand states on the way are safe.

    Notes
    -----
    O(2^n · parties · 2^k) for n changes and parties of k options, and the square of the number of safe states.
    """
    way = Way(joint, deal, watch or Watch())
    if not way.safe[0]:
        return Orders(0, (), (), (), (), way.hindrance(0), int(way.safe.sum()))
    return Chains(way).orders()


class Way:
    """The states between the start and a deal: one for each part of its changes, numbered by the part.

    Parameters
    ----------
    joint : Joint
    deal : int
        A state index.
    watch : Watch
    """

    def __init__(self, joint: Joint, deal: int, watch: Watch) -> None:
        self._joint, self._watch = joint, watch
        space = joint.purpose.space
        today, there = int(space.states[joint.start]), int(space.states[deal])
        signed = joint.signed(deal).signed
        self._before = joint.purpose, deal  # until the first step, after which what comes with the plan is in force
        self._after = signed.purpose, int(signed.at(np.array([deal], np.intp))[0])
        self.bits = [k for k in range(len(space.model.options)) if (today ^ there) >> k & 1]
        if len(self.bits) > MOST_CHANGES:
            raise CallError(
                f"the deal makes {len(self.bits)} changes: orders are looked for up to {MOST_CHANGES}; "
                "name a deal with fewer"
            )
        self.masks = np.full(2 ** len(self.bits), today, np.uint64)
        parts = np.arange(len(self.masks), dtype=np.uint64)
        for place, bit in enumerate(self.bits):
            self.masks ^= (parts >> np.uint64(place) & np.uint64(1)) << np.uint64(bit)

    @property
    def whole(self) -> int:
        """Return the number of the deal itself."""
        return len(self.masks) - 1

    def options(self, part: int) -> tuple[str, ...]:
        """Return the options that a part changes."""
        options = self._joint.purpose.space.model.options
        return tuple(options[bit].id for place, bit in enumerate(self.bits) if part >> place & 1)

    @cached_property
    def at(self) -> Indices:
        """(2^n,): the index of each state; -1 where it is not feasible."""
        found = self._after[0].space.evaluator.places(self.masks)
        found[0] = self._joint.start
        return found

    @cached_property
    def safe(self) -> Bools:
        """(2^n,): which of them are safe; the deal itself is none on the way."""
        safe = self.at >= 0
        safe[-1] = False
        self._watch.phase("looking for states at which nobody gains by stopping", 1 - (1 - len(safe)) // _TOGETHER)
        for first in (0, *range(1, len(safe), _TOGETHER)):
            parts = first + np.flatnonzero(safe[first : first + _TOGETHER if first else 1])
            for i in self._joint.purpose.parties if len(parts) else ():
                safe[parts] &= self._content(i, parts)
            self._watch.step()
        return safe

    def _in_force(self, parts: NDArray[np.intp]) -> tuple[Purpose, int]:
        """Return what parties do on purpose in some states, the start alone or none of them, and where the deal is."""
        return self._after if parts[0] else self._before

    def _content(self, i: int, parts: NDArray[np.intp]) -> Bools:
        """(M,): at which of some feasible states party i gains nothing by stopping, or by a move of its own."""
        purpose, deal = self._in_force(parts)
        here, there = self._stop(i, parts), purpose.rank(i)[deal]
        most = self._most(i, parts)
        open_ = self._open(i, parts)
        return np.where(open_, np.maximum(here, most) <= there, most <= np.maximum(here, there))

    def _open(self, i: int, parts: NDArray[np.intp]) -> Bools:
        """(M,): where party i has a change still to make."""
        left = self.masks[parts] ^ self.masks[-1]
        return left & np.uint64(self._joint.purpose.space.moves[i].own) != 0

    def _stop(self, i: int, parts: NDArray[np.intp]) -> NDArray[np.integer]:
        """(M,): what party i has if it stops; before anything is done, if it has still to act, the least of no deal."""
        rank = self._in_force(parts)[0].rank(i)
        here = rank[self.at[parts]]
        if parts[0]:
            return here
        return np.where(self._open(i, parts), rank[self._joint.no_deal].min(), here)

    def _most(self, i: int, parts: NDArray[np.intp]) -> NDArray[np.integer]:
        """(M,): the most that a move of its own is worth to party i; less than anything where it has none."""
        at, (purpose, _) = self.at[parts], self._in_force(parts)
        moves = purpose.legal(i, np.unique(at))
        most = np.full(purpose.space.size, np.iinfo(np.int64).min)
        np.maximum.at(most, moves.sources, purpose.worth(i, moves.targets))
        return most[at]

    def hindrance(self, part: int) -> Hindrance:
        """Return why a state that is not safe is none."""
        mask = int(self.masks[part])
        if self.at[part] < 0:
            return Hindrance(mask, "cannot")
        parts = np.array([part], np.intp)
        purpose, deal = self._in_force(parts)
        ids = [party.id for party in purpose.space.model.parties]
        for i in purpose.parties:
            there = purpose.rank(i)[deal]
            if self._open(i, parts)[0] and self._stop(i, parts)[0] > there:
                return Hindrance(mask, "stops", ids[i])
        for i in purpose.parties:
            if not self._content(i, parts)[0]:
                targets = purpose.legal(i, self.at[parts]).targets
                best = targets[np.argmax(purpose.worth(i, targets))]
                return Hindrance(mask, "moves", ids[i], int(purpose.space.states[best]))
        return Hindrance(mask, "no way on")

    def forbidden(self, part: int, whole: int) -> str | None:
        """Return the party to which a step from one part to another is forbidden; None where it is to nobody."""
        space = self._joint.purpose.space
        source, target = (space.index(int(self.masks[each])) for each in (part, whole))
        changed = int(self.masks[part] ^ self.masks[whole])
        for party, moves in zip(space.model.parties, space.moves, strict=True):
            if changed & int(moves.own) and any(near[source] and far[target] for near, far in moves.forbidden):
                return party.id
        return None


class Chains:
    """The finest orders, as the ways through a graph whose nodes are safe states and the deal.

    Parameters
    ----------
    way : Way
        Whose first state is safe.
    """

    def __init__(self, way: Way) -> None:
        self._way = way
        parts = [*np.flatnonzero(way.safe).tolist(), way.whole]
        if len(parts) > MOST_SAFE:
            raise CallError(
                f"{len(parts):,} states on the way are safe: orders are looked for among {MOST_SAFE:,}; "
                "name a deal with fewer changes"
            )
        self._parts = sorted(parts, key=lambda part: (part.bit_count(), part))
        self._onward: dict[int, list[int]] = {}
        self._count: dict[int, int] = {}
        self._steps: dict[int, int] = {}  # the most that a finest order takes from there
        self._link()

    def _link(self) -> None:
        """Link each state to the next ones: those between which and it no other fits; and count the ways from it."""
        beyond: dict[int, int] = {}  # by state, those that can be come to from it, as bits by place
        place = {part: k for k, part in enumerate(self._parts)}
        every = np.array(self._parts, np.int64)
        for part in reversed(self._parts):
            wider = every[((every & part) == part) & (every != part)].tolist()
            steps = [other for other in wider if self._way.forbidden(part, other) is None]
            further = 0
            for other in steps:
                further |= beyond[other]
            next_ = [other for other in steps if not further >> place[other] & 1]
            self._onward[part] = [other for other in next_ if other == self._way.whole or self._count[other]]
            self._count[part] = sum(self._count[other] for other in self._onward[part])
            self._steps[part] = max((1 + self._steps[other] for other in self._onward[part]), default=0)
            if part == self._way.whole:
                self._count[part] = 1
            beyond[part] = further | sum(1 << place[other] for other in steps)

    def orders(self) -> Orders:
        """Return how many there are, one of them, and what all have in common."""
        count = self._count[0]
        if not count:
            return Orders(0, (), (), (), (), Hindrance(int(self._way.masks[0]), "no way on"), self._between)
        passed = self._passed()
        groups = self._together(passed)
        names = [self._way.options(group) for group in groups]
        pairs = self._before(passed, groups)
        return Orders(
            count,
            tuple(self._stages()),
            tuple(name for name in names if len(name) > 1),
            tuple((one, other) for a, b in sorted(pairs) for one in names[a] for other in names[b]),
            tuple((names[a][0], names[b][0]) for a, b in _reduced(pairs)),
            None,
            self._between,
            tuple(self._early(pairs, groups)),
        )

    @property
    def _between(self) -> int:
        """Return how many safe states there are between the start and the deal."""
        return len(self._parts) - 2

    def _early(self, pairs: set[tuple[int, int]], groups: list[int]) -> Iterator[tuple[tuple[str, ...], Hindrance]]:
        """Yield what comes after something else in all orders, and why it cannot come first."""
        for group in sorted({groups[b] for _a, b in pairs}):
            if not self._way.safe[group]:
                yield self._way.options(group), self._alone(0, group)

    def _passed(self) -> list[int]:
        """Return the states that some finest order passes through."""
        found = {0}
        for part in self._parts:
            if part in found:
                found |= {*self._onward[part]}
        return sorted(found)

    def _together(self, passed: list[int]) -> list[int]:
        """Return the changes in groups, each a part, that no state passed through holds one of without the others."""
        groups: dict[tuple[bool, ...], int] = {}
        for k in range(len(self._way.bits)):
            there = tuple(bool(part >> k & 1) for part in passed)
            groups[there] = groups.get(there, 0) | 1 << k
        return list(groups.values())

    def _before(self, passed: list[int], groups: list[int]) -> set[tuple[int, int]]:
        """Return which group comes before which other in all orders, and never at the same moment."""
        at_once = {part ^ after for part in passed for after in self._onward[part]}
        return {
            (a, b)
            for a, one in enumerate(groups)
            for b, other in enumerate(groups)
            if a != b
            and all(part & one for part in passed if part & other)
            and not any(step & one and step & other for step in at_once)
        }

    def _stages(self) -> Iterator[Stage]:
        """Yield the stages of one of the longest: at each the fewest changes, those first that the file has first."""
        part = 0
        while part != self._way.whole:
            ahead = self._onward[part]
            after = min(ahead, key=lambda other: (-self._steps[other], (other ^ part).bit_count(), other))
            group = after ^ part
            singles = [1 << k for k in range(len(self._way.bits)) if group >> k & 1]
            alone = [(self._way.options(one)[0], self._alone(part, part | one)) for one in singles]
            options = self._way.options(group)
            yield Stage(options, int(self._way.masks[after]), tuple(alone) if len(alone) > 1 else ())
            part = after

    def _alone(self, part: int, other: int) -> Hindrance:
        """Return why a step from one state to another is none of a finest order."""
        if self._way.at[other] >= 0 and (party := self._way.forbidden(part, other)) is not None:
            return Hindrance(int(self._way.masks[other]), "forbidden", party)
        if self._way.safe[other]:
            return Hindrance(int(self._way.masks[other]), "no way on")
        return self._way.hindrance(other)


def _reduced(pairs: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of a strict order that do not follow from others.

    Examples
    --------
    >>> _reduced({(0, 1), (1, 2), (0, 2)})
    [(0, 1), (1, 2)]
    """
    return sorted(
        (a, b) for a, b in pairs if not any((a, c) in pairs and (c, b) in pairs for c in {x for x, _ in pairs})
    )
