"""The Ukraine case written out again, from the tables of its analyst and not from its file, and solved by brute force.

Arrays over all 2^16 combinations of options; a move is a set of options that changes, and every set is tried. Replies
are searched over (state, last mover), one round of moves after another: nothing here leans on moves being transitive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

OPTIONS = {
    "usa": ["walk_away", "secondary_tariffs", "air_defence", "reduce_presence"],
    "russia": ["stop_fire", "provinces", "neutrality", "escalate", "projects"],
    "ukraine": ["stop_fire", "cede", "no_nato"],
    "europe": ["force", "taurus", "fund_arms", "direct_talks"],
}
NAMES = [f"{party}.{option}" for party, options in OPTIONS.items() for option in options]
MASKS = np.arange(1 << len(NAMES))
IS = {name: MASKS >> k & 1 == 1 for k, name in enumerate(NAMES)}
TODAY = ("russia.provinces", "russia.neutrality", "russia.escalate", "russia.projects", "ukraine.stop_fire")

Truth = NDArray[np.bool_]
Ranks = NDArray[np.int64]
Wishes = dict[str, list[Truth]]
Arcs = tuple[NDArray[np.intp], NDArray[np.intp]]


def implies(a: Truth, b: Truth) -> Truth:
    return ~a | b


TERMS_MET = implies(IS["russia.provinces"], IS["ukraine.cede"]) & implies(
    IS["russia.neutrality"], IS["ukraine.no_nato"]
)
CEASEFIRE = IS["russia.stop_fire"] & IS["ukraine.stop_fire"] & TERMS_MET
THREE_ZONES = IS["europe.force"] & IS["europe.fund_arms"] & ~IS["usa.reduce_presence"]
EUROPE_FALLS = ~CEASEFIRE & IS["usa.walk_away"] & IS["usa.reduce_presence"]


def wishes() -> Wishes:
    """What each party wants, most important first, as in the two tables of priorities."""
    return {
        "usa": [
            CEASEFIRE,
            IS["usa.walk_away"] == ~TERMS_MET,
            IS["usa.reduce_presence"],
            IS["usa.secondary_tariffs"] == ~(CEASEFIRE | IS["russia.projects"]),
            ~IS["usa.air_defence"],
            ~IS["europe.direct_talks"],
            IS["russia.projects"],
            ~IS["europe.taurus"],
        ],
        "russia": [
            IS["ukraine.cede"],
            IS["ukraine.cede"] == CEASEFIRE,
            IS["ukraine.no_nato"],
            ~IS["usa.secondary_tariffs"],
            IS["usa.reduce_presence"],
            implies(THREE_ZONES, CEASEFIRE),
            IS["europe.direct_talks"],
            ~IS["europe.taurus"],
            CEASEFIRE | IS["russia.escalate"],
            IS["russia.projects"] == ~IS["usa.secondary_tariffs"],
            IS["russia.provinces"],
            IS["russia.neutrality"],
        ],
        "ukraine": [
            ~IS["ukraine.cede"],
            CEASEFIRE,
            ~IS["russia.escalate"],
            ~IS["usa.walk_away"],
            IS["usa.air_defence"],
            IS["europe.force"],
            IS["europe.fund_arms"],
            IS["europe.taurus"],
            ~IS["ukraine.no_nato"],
            IS["ukraine.stop_fire"],
        ],
        "europe": [
            implies(IS["europe.force"], CEASEFIRE),
            ~IS["ukraine.cede"],
            ~IS["usa.reduce_presence"],
            CEASEFIRE,
            ~IS["russia.escalate"],
            IS["europe.force"],
            implies(IS["europe.taurus"], ~IS["usa.walk_away"]),
            IS["europe.fund_arms"],
            IS["europe.taurus"],
            ~IS["europe.direct_talks"],
        ],
    }


class Flagship:
    """The case, solved.

    Parameters
    ----------
    held : dict of str to bool
        Options fixed, in the status quo too.
    edit : callable, optional
        Changes the wishes in place.
    """

    def __init__(self, held: dict[str, bool] | None = None, edit: Callable[[Wishes], object] | None = None) -> None:
        self.feasible = ~(IS["russia.stop_fire"] & IS["russia.escalate"])
        today = set(TODAY)
        for name, value in (held or {}).items():
            self.feasible &= IS[name] == value
            today = today | {name} if value else today - {name}
        self.today = sum(1 << NAMES.index(name) for name in today)
        wanted = wishes()
        if edit is not None:
            edit(wanted)
        self.ranks = {party: self._rank(statements) for party, statements in wanted.items()}
        self._stable: dict[str, dict[str, Truth]] = {}
        self._summit: dict[str, Ranks] = {}

    @staticmethod
    def _rank(statements: list[Truth]) -> Ranks:
        rank = np.zeros(len(MASKS), np.int64)
        for statement in statements:
            rank = 2 * rank + statement
        return rank

    def moves(self, party: str, kind: str) -> Iterator[Arcs]:
        """For every set of options of a party: the states where it may change them, and where each of those goes."""
        own = [k for k, name in enumerate(NAMES) if name.startswith(f"{party}.")]
        rank = self.ranks[party]
        for pick in range(1, 1 << len(own)):
            flips = sum(1 << k for n, k in enumerate(own) if pick >> n & 1)
            sources = np.flatnonzero(self.feasible)
            targets = sources ^ flips
            may = self.feasible[targets] & ~(IS["ukraine.cede"][sources] & ~IS["ukraine.cede"][targets])
            if kind != "any":
                may &= rank[targets] > rank[sources]
            if kind == "best":
                may &= rank[targets] == self.summit(party)[sources]
            yield sources[may], targets[may]

    def summit(self, party: str) -> Ranks:
        """The highest rank that the party can have by one move or none."""
        if party not in self._summit:
            best = self.ranks[party].copy()
            for sources, targets in self.moves(party, "any"):
                best[sources] = np.maximum(best[sources], self.ranks[party][targets])
            self._summit[party] = best
        return self._summit[party]

    def worst_end(self, party: str, value: Ranks, kind: str) -> Ranks:
        """The least value to which the others bring a state that the party has moved to (or leave it at)."""
        return endings_of(self, value, kind, [other for other in OPTIONS if other != party])

    def stable(self, concept: str) -> dict[str, Truth]:
        """Where each party has no improvement that goes unanswered. Means nothing in infeasible states."""
        if concept not in self._stable:
            self._stable[concept] = {party: self._stable_for(party, concept) for party in OPTIONS}
        return self._stable[concept]

    def _stable_for(self, party: str, concept: str) -> Truth:
        rank = self.ranks[party]
        if concept == "nash":
            worst = rank
        else:
            value = self.summit(party) if concept in ("smr", "sseq") else rank
            worst = self.worst_end(party, value, "improving" if concept in ("seq", "sseq") else "any")
        stable = np.ones(len(MASKS), bool)
        for sources, targets in self.moves(party, "improving"):
            stable[sources[worst[targets] > rank[sources]]] = False
        return stable

    def equilibria(self, concept: str) -> Truth:
        return self.feasible & np.logical_and.reduce(list(self.stable(concept).values()))

    def reached(self, kind: str = "improving") -> Truth:
        """What legal sequences of improvements (or best moves) lead to from today, today included."""
        begin = self.today == MASKS
        last = {party: np.zeros(len(MASKS), bool) for party in OPTIONS}  # by who moved last
        arcs = {party: list(self.moves(party, kind)) for party in OPTIONS}
        while True:
            count = sum(int(states.sum()) for states in last.values())
            for party in OPTIONS:
                ready = begin | np.logical_or.reduce([last[other] for other in OPTIONS if other != party])
                for sources, targets in arcs[party]:
                    last[party][targets[ready[sources]]] = True
            if sum(int(states.sum()) for states in last.values()) == count:
                return begin | np.logical_or.reduce(list(last.values()))

    @cached_property
    def resting(self) -> Truth:
        return self.equilibria("nash")


def endings_of(world: Flagship, value: Ranks, kind: str, movers: list[str]) -> Ranks:
    """The least value at the end of the movers' legal sequences of a kind from every state, or in the state itself."""
    after = {last: value.copy() for last in ["nobody", *movers]}  # what can still come of it, by who moved last
    arcs = {mover: list(world.moves(mover, kind)) for mover in movers}
    changed = True
    while changed:
        changed = False
        for mover in movers:
            least = value.copy()
            for sources, targets in arcs[mover]:
                least[sources] = np.minimum(least[sources], after[mover][targets])
            for last in set(after) - {mover}:
                changed |= bool((least < after[last]).any())
                after[last] = np.minimum(after[last], least)
    return after["nobody"]
