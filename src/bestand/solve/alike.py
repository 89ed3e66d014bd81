"""Variants that differ in wishes alone, on states that a box does not hold: what each has is worked out once.

What hangs on one party's wishes alone is kept for every variant in which it wants the same. What hangs on those of all
is asked only where it matters: among some states, and of these only while the verdicts that are quicker to have leave
anything open.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from bestand.engine.blocks import BlockEngine, Known
from bestand.engine.cube import CubeEngine
from bestand.engine.explicit import Ints
from bestand.engine.flips import Flips
from bestand.engine.limits import Watch
from bestand.engine.listed import ListedEngine
from bestand.engine.steps import still
from bestand.model.model import Model
from bestand.model.sentences import By
from bestand.model.values import Preference
from bestand.stability.concept import Rounds, deterred, risk
from bestand.stability.registry import EVERY, HEADLINE, RESTING
from bestand.stability.replies import REPLIES

from .geometry import Bools, Geometry
from .kept import Kept
from .near import Near
from .onward import TooFar, onward
from .purpose import Purpose
from .reach import reach

NASH: Rounds = ()
_A_PLACE = 60  # bytes of what is known of one party's wishes, its sorted blocks and all, at most places


@dataclass(eq=False)
class Wish:
    """What one party wants, and what is known of that on the states of a geometry.

    Parameters
    ----------
    ranks : (S,) int
    nbytes : int
        About how many bytes all of it takes.
    known : Known
        What engines have worked out of it.
    verdicts : dict
        By rounds that no other party's wishes enter: where states are stable.
    """

    ranks: Ints
    nbytes: int
    known: Known = field(default_factory=Known)
    verdicts: dict[Rounds, Bools] = field(default_factory=dict)


class Alike:
    """What variants of one geometry share: an engine, the wishes that some of them have, and states that were found.

    Parameters
    ----------
    geometry : Geometry
        One with an engine of its own.
    kept : Kept
    number : callable
        Numbers what parties want.
    watch : Watch
    """

    def __init__(self, geometry: Geometry, kept: Kept, number: Callable[[Hashable], int], watch: Watch) -> None:
        self.geometry, self.watch = geometry, watch
        self.engine = cast(CubeEngine | ListedEngine, geometry.engine)
        self.flips = [Flips(geometry.states, moves, watch) for moves in self.engine.space.moves]
        self.shown: dict[Hashable, list[int]] = {}  # states that were an equilibrium in some variant
        self._kept, self._number = kept, number
        self._narrower: dict[tuple[int, int], tuple[Alike, NDArray[np.intp]] | None] = {}

    def wish(self, i: int, preference: Preference | None) -> Wish:
        """Return what is known of a party's wishes."""
        return self._kept.get((self, i, self._number(preference)), lambda: self._wish(i, preference))

    def _wish(self, i: int, preference: Preference | None) -> Wish:
        party = self.engine.parties[i]
        ranks = self.geometry.ranks_of(party, preference).astype(np.int32, copy=False)
        return Wish(ranks, _A_PLACE * len(ranks))

    def narrower(self, among: Bools) -> tuple[Alike, NDArray[np.intp]] | None:
        """Return the same on fewer states, which no move leaves and some states are all among, and where these are.

        Options that change in one direction only, and have in all of them, stay as they are whoever moves. None where
        there are no such options.
        """
        left = self.geometry.states[among]
        yes, no = int(np.bitwise_and.reduce(left)), ~int(np.bitwise_or.reduce(left))
        to_yes = to_no = 0
        for moves in self.engine.space.moves:
            to_yes, to_no = to_yes | moves.to_yes, to_no | moves.to_no
        settled = (yes & to_yes, no & to_no) if len(left) else (0, 0)
        if settled not in self._narrower:
            self._narrower[settled] = self._narrowed(settled)
        return self._narrower[settled]

    def _narrowed(self, settled: tuple[int, int]) -> tuple[Alike, NDArray[np.intp]] | None:
        yes, no = settled
        states = self.geometry.states
        inside = (states & np.uint64(yes | no)) == np.uint64(yes)
        if inside.all():
            return None
        options = enumerate(self.geometry.model.options)
        held = {option.id: bool(yes >> bit & 1) for bit, option in options if (yes | no) >> bit & 1}
        narrow = self.geometry.holding(held, self.watch)
        if not isinstance(narrow.engine, BlockEngine):
            return None
        return Alike(narrow, self._kept, self._number, self.watch), np.flatnonzero(inside)


class AlikeBatch:
    """Some variants of one geometry.

    Parameters
    ----------
    alike : Alike
    models : sequence of Model
    """

    def __init__(self, alike: Alike, models: Sequence[Model]) -> None:
        self.geometry = alike.geometry
        self._alike, self._models, self._watch = alike, models, alike.watch
        self._parties = range(len(alike.engine.parties))
        self._engines: dict[int, CubeEngine | ListedEngine] = {}
        self._reached: dict[tuple[By, str], Bools] = {}
        self._ends: dict[tuple[By, str], Bools] = {}

    @property
    def variants(self) -> int:
        """Return how many there are."""
        return len(self._models)

    def rank(self, i: int) -> NDArray[Any]:
        return np.stack([self._wish(i, v).ranks for v in range(self.variants)])

    def stable(self, concept: str, i: int, among: Bools | None = None) -> Bools:
        if among is not None and (narrower := self._alike.narrower(among)) is not None:
            alike, inside = narrower
            found = AlikeBatch(alike, self._models).stable(concept, i, among[inside])
            return self._over(found, inside)
        return np.stack([self._stable(EVERY[concept].rounds, i, v) for v in range(self.variants)])

    def equilibria(self, concept: str, among: Bools | None = None) -> Bools:
        if among is not None and (narrower := self._alike.narrower(among)) is not None:
            alike, inside = narrower
            found = AlikeBatch(alike, self._models).equilibria(concept, among[inside])
            return self._over(found, inside)
        return np.stack([self._common(concept, v, among) for v in range(self.variants)])

    def some(self, concept: str, among: Bools) -> Bools:
        if (narrower := self._alike.narrower(among)) is not None:
            alike, inside = narrower
            return AlikeBatch(alike, self._models).some(concept, among[inside])
        return np.array([self._some(concept, v, among) for v in range(self.variants)], bool)

    def _over(self, found: Bools, inside: NDArray[np.intp]) -> Bools:
        """(V, S): what was found in some of the states, false in all others."""
        whole = np.zeros((len(found), self.geometry.size), bool)
        whole[:, inside] = found
        return whole

    # ---- one variant ----

    def _wish(self, i: int, v: int) -> Wish:
        return self._alike.wish(i, self._models[v].preferences.get(self._alike.engine.parties[i]))

    def _engine(self, v: int) -> CubeEngine | ListedEngine:
        if v not in self._engines:
            self._engines.clear()  # they share what takes room
            wishes = [self._wish(i, v) for i in self._parties]
            ranks = np.stack([wish.ranks for wish in wishes])
            self._engines[v] = self._alike.engine.with_wishes(ranks, [wish.known for wish in wishes])
        return self._engines[v]

    def _stable(self, rounds: Rounds, i: int, v: int) -> Bools:
        """(S,): where states are stable for a party in one variant."""
        if _knows(rounds):
            return self._judged(rounds, i, v)
        verdicts = self._wish(i, v).verdicts
        if rounds not in verdicts:
            verdicts[rounds] = self._judged(rounds, i, v)
        return verdicts[rounds]

    def _judged(self, rounds: Rounds, i: int, v: int) -> Bools:
        engine = self._engine(v)
        self._watch.check()
        return engine.over_states(deterred(engine, i, risk(engine, i, rounds))).copy()

    def _common(self, concept: str, v: int, among: Bools | None) -> Bools:
        """(S,): the equilibria of one variant among some states."""
        rounds = EVERY[concept].rounds
        found, least = self._bounds(rounds, v, among)
        if not _knows(rounds):
            return found
        sure = np.count_nonzero(least)
        rest = {i: np.count_nonzero(found & self._stable(NASH, i, v)) for i in self._parties}
        for i in sorted(rest, key=rest.__getitem__):  # those first who leave most states
            if np.count_nonzero(found) == sure:
                break
            found &= self._judged(rounds, i, v)
        return found

    def _bounds(self, rounds: Rounds, v: int, among: Bools | None) -> tuple[Bools, Bools]:
        """Return states among which the equilibria of a variant all are, and some that are equilibria."""
        found = np.ones(self.geometry.size, bool) if among is None else among.copy()
        if not _knows(rounds):
            for i in self._parties:
                found &= self._stable(rounds, i, v)
            return found, found
        least = found.copy()
        for i in self._parties:
            least &= self._stable(NASH, i, v)
        loose = ("any", *rounds[1:])  # whom more answers may meet is no less deterred
        if not _knows(loose):
            for i in self._parties:
                found &= self._stable(loose, i, v)
        return found, least

    def _some(self, concept: str, v: int, among: Bools) -> bool:
        rounds = EVERY[concept].rounds
        found, least = self._bounds(rounds, v, among)
        if least.any() or not found.any():
            return bool(least.any())
        shown = self._alike.shown.setdefault((rounds, among.tobytes()), [])
        if shown:
            near = Near(self._engine(v), self._alike.flips, rounds)
            if any(found[state] and near.stays(state) for state in shown):
                return True
        found = self._common(concept, v, found)
        if found.any():
            resting = np.sum([self._stable(NASH, i, v) for i in self._parties], axis=0)
            shown.insert(0, int(np.argmax(np.where(found, resting, -1))))
        return bool(found.any())

    # ---- where moves lead ----

    def reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        start = self.geometry.status_quo()
        if start is None:
            return None
        key = by, concept if by == "drift" else ""
        if key not in self._reached:
            self._follow(start, key)
        return self._reached[key]

    def _follow(self, start: int, key: tuple[By, str]) -> None:
        """Work out what is reached, and where nobody has such a move."""
        by, concept = key
        if by == "best":
            try:
                ranks, wants = self._ranks_once
                found = onward(self._alike.flips, ranks, wants, start, self._watch)
            except TooFar:
                pass
            else:
                self._reached[key], self._ends[key] = found
                return
        rounds = EVERY[concept or HEADLINE].rounds
        rows: list[Bools] = []
        ends: list[Bools] = []
        for v in range(self.variants):
            engine = self._engine(v)
            purpose = Purpose(engine, rounds, self._watch) if by in {"purposeful", "drift"} else None
            rows.append(reach(engine, start, by, self._watch, purpose).reached)
            if by == "drift" and purpose is not None:
                ends.append(purpose.still(rows[-1]))
        self._reached[key] = np.stack(rows)
        if ends:
            self._ends[key] = np.stack(ends)

    @cached_property
    def _ranks_once(self) -> tuple[list[Ints], NDArray[np.intp]]:
        """The ranks of each party's wishes, each once, and which of them it has in each variant."""
        ranks: list[Ints] = []
        wants = np.zeros((len(self._parties), self.variants), np.intp)
        for i in self._parties:
            wishes = [self._wish(i, v) for v in range(self.variants)]
            each = {id(wish): wish for wish in wishes}
            places = {key: at for at, key in enumerate(each)}
            wants[i] = [places[id(wish)] for wish in wishes]
            ranks.append(np.stack([wish.ranks for wish in each.values()]))
        return ranks, wants

    def ends(self, by: By, concept: str = HEADLINE) -> Bools:
        if by == "any":
            found = still(self._alike.engine)
            return np.broadcast_to(found, (self.variants, len(found)))
        return self.equilibria(concept if by == "drift" else RESTING)

    def ends_reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        reached = self.reached(by, concept)
        key = by, concept if by == "drift" else ""
        if reached is None or key in self._ends:
            return None if reached is None else self._ends[key]
        return reached & self.ends(by, concept)


def _knows(rounds: Rounds) -> bool:
    """Return whether some round looks at what others want."""
    return any(REPLIES[kind].knows_preferences for kind in rounds[::2])
