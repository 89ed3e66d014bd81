"""Coalition stability: which states parties would leave together, under the coalition forms of four concepts.

A coalition H improves on s by t where its members can bring things from s to t by a legal sequence of their own moves
and t serves H better than s: each member gains (or, in the Pareto form, some gain and none loses). The steps on the way
need not be improvements. R_H^{++}(s) are the coalition improvements from s, and Φ_H(s) the states that do not serve H
better than s. Then s is stable for H under

- ``nash`` iff R_H^{++}(s) = ∅
- ``gmr`` iff every s1 ∈ R_H^{++}(s) has an s2 ∈ R_{N−H}(s1) ∩ Φ_H(s)
- ``smr`` iff it has one with R_H(s2) ⊆ Φ_H(s)
- ``seq`` iff every s1 ∈ R_H^{++}(s) has an s2 ∈ C_{N−H}(s1) ∩ Φ_H(s)

where C_{N−H}(s1) are the ends of legal sequences of coalition improvements by subcoalitions of N−H, none of which moves
twice in a row; or, if asked, of improvements by single parties.

For one party ``nash``, ``gmr`` and ``smr`` are the ordinary concepts; ``seq`` is, where single parties answer. Of one
coalition nash ⊆ smr ⊆ gmr and nash ⊆ seq. Also seq ⊆ gmr, but not always where single moves are forbidden: coalitions
that share a member let it move twice in a row.

Sources: Kilgour, Hipel, Fang & Peng (2001) for coalition improvements; Inohara & Hipel (2008a, 2008b) for the concepts;
Zhu, Kilgour & Hipel (2020) for the Pareto form.
"""

from __future__ import annotations

from itertools import chain, combinations
from typing import Literal, get_args

import numpy as np

from bestand.engine.arcs import Arcs, least_along
from bestand.engine.choose import ExplicitEngine
from bestand.engine.explicit import UNTIL_SETTLED, settle
from bestand.engine.limits import Watch
from bestand.engine.spec import Parties
from bestand.engine.steps import waits
from bestand.model.errors import CallError
from bestand.stability.concept import Rounds
from bestand.stability.registry import EVERY
from bestand.stability.replies import OWN

from .dominance import Bools, Ints, Yardstick, improvements, offered
from .reach import Reachable, Rows, reachable, size_of
from .symmetric import escaping

Sanctioners = Literal["subcoalitions", "parties"]

MOST_IMPROVEMENTS = 50_000_000  # of all subcoalitions together


class Together:
    """Tells which states coalitions would leave; each verdict is worked out once.

    Parameters
    ----------
    engine : ExplicitEngine
    pareto : bool
        Whether a coalition moves already where some of its members gain and none loses.
    sanctioners : {"subcoalitions", "parties"}
        Who answers under ``seq``.
    watch : Watch, optional

    Notes
    -----
    Every method raises `LimitReached` where the states are too many to be compared with one another.
    """

    def __init__(
        self,
        engine: ExplicitEngine,
        *,
        pareto: bool = False,
        sanctioners: Sanctioners = "subcoalitions",
        watch: Watch | None = None,
    ) -> None:
        self.engine = engine
        self.pareto = pareto
        self.sanctioners = sanctioners
        self.watch = watch or Watch()
        self.parties = tuple(range(len(engine.parties)))
        self.size = size_of(engine)
        self._reachable: dict[Parties, Reachable] = {}
        self._yardsticks: dict[Parties, Yardstick] = {}
        self._stable: dict[tuple[str, Parties], Bools] = {}
        self._risks: dict[tuple[str, Parties], Ints] = {}
        self._arcs: dict[Parties, Arcs] = {}
        self._improvements = 0

    def stable(self, concept: str, coalition: Parties) -> Bools:
        """(S,): whether the coalition has no reason to leave each state.

        Parameters
        ----------
        concept : str
            The id of one that has a coalition form.
        coalition : tuple of int
            Party indices, ascending.
        """
        if (concept, coalition) not in self._stable:
            self._stable[concept, coalition] = self.stays(concept, coalition, np.arange(self.size))
        return self._stable[concept, coalition]

    def stays(self, concept: str, coalition: Parties, among: Rows) -> Bools:
        """(n,): the same for some states, given by their indices."""
        return self._stays(EVERY[concept].rounds, coalition, among)

    def _stays(self, rounds: Rounds, coalition: Parties, among: Rows) -> Bools:
        self.watch.check()
        to, yardstick = self.reachable(coalition), self.yardstick(coalition)
        result = ~offered(yardstick.needed, yardstick.values, to, among, self.watch)
        if not rounds:
            return result
        if rounds[1:] == (OWN,):  # what deters for good deters
            open_ = np.flatnonzero(~result & self._stays(rounds[:1], coalition, among))
            others = self.reachable(self.others(coalition))
            result[open_] = ~escaping(yardstick, to, others, among[open_], self.watch)
        else:
            open_ = np.flatnonzero(~result)
            result[open_] = ~offered(yardstick.needed, self.risk(rounds[0], coalition), to, among[open_], self.watch)
        return result

    def risk(self, replies: str, coalition: Parties) -> Ints:
        """(D, S): the least of everything it looks at that the coalition may end up with once it has moved to a state.

        A coalition does not end up better off than s through s1 iff the others can bring s1 to something that does not
        serve it better than s: iff in some coordinate they can bring it below what is needed at s.

        Parameters
        ----------
        replies : {"any", "credible"}
            The moves by which the others answer.
        coalition : tuple of int
        """
        if (replies, coalition) not in self._risks:
            engine, rest = self.engine, self.others(coalition)
            values = self.yardstick(coalition).values
            if replies == "credible":
                found = [self.worst_credible_reply(rest, value) for value in values]
            else:
                found = [
                    engine.over_states(engine.worst_reply(rest, engine.from_states(value))).copy() for value in values
                ]
            self._risks[replies, coalition] = np.array(found)
        return self._risks[replies, coalition]

    def worst_credible_reply(self, rest: Parties, value: Ints) -> Ints:
        """(S,): the least of a value to which improvements of those who may answer bring things."""
        engine = self.engine
        if self.sanctioners == "parties" or len(rest) < 2:
            return engine.over_states(engine.worst_credible_reply(rest, engine.from_states(value))).copy()
        return self._least_along(tuple(self.arcs(group) for group in subsets(rest)), value)

    def _least_along(self, movers: tuple[Arcs, ...], value: Ints) -> Ints:
        """Return the least of a value along legal sequences of improvements, none of the movers twice in a row."""
        if waits(self.engine):
            return least_along([arcs.least for arcs in movers], value, self.watch)
        least = value.copy()  # what moves lead to can be reached by one: moving twice in a row adds nothing

        def act(k: int) -> bool:
            lower = movers[k].extreme(least, np.minimum, least)
            changed = not np.array_equal(lower, least)
            least[...] = lower
            return changed

        settle(tuple(range(len(movers))), act, self.watch, UNTIL_SETTLED)
        return least

    def others(self, coalition: Parties) -> Parties:
        """Return every party outside it."""
        return tuple(j for j in self.parties if j not in coalition)

    def reachable(self, coalition: Parties) -> Reachable:
        """Return R_H and the state itself, for all states."""
        if coalition not in self._reachable:
            self._reachable[coalition] = reachable(self.engine, coalition, self.watch)
        return self._reachable[coalition]

    def reached(self, coalition: Parties, state: int) -> Rows | None:
        """Return what it reaches from one state, itself included; None where that is not worked out for all states."""
        if coalition not in self._reachable:
            return None
        to = self._reachable[coalition]
        group = to.group[state]
        return to.states[to.starts[group] : to.starts[group + 1]]

    def yardstick(self, coalition: Parties) -> Yardstick:
        """Return how it compares states."""
        if coalition not in self._yardsticks:
            self._yardsticks[coalition] = Yardstick.of(self.engine, coalition, pareto=self.pareto)
        return self._yardsticks[coalition]

    def arcs(self, coalition: Parties) -> Arcs:
        """Return R_H^{++} for all states, one by one."""
        if coalition not in self._arcs:
            yardstick = self.yardstick(coalition)
            most = MOST_IMPROVEMENTS - self._improvements
            found = improvements(yardstick.needed, yardstick.values, self.reachable(coalition), self.watch, most)
            self._improvements += len(found[0])
            self._arcs[coalition] = Arcs.between(*found, self.size)
        return self._arcs[coalition]


def subsets(parties: Parties) -> tuple[Parties, ...]:
    """Return every coalition of some parties, the smallest first.

    Examples
    --------
    >>> subsets((0, 2))
    ((0,), (2,), (0, 2))
    """
    return tuple(chain.from_iterable(combinations(parties, k) for k in range(1, len(parties) + 1)))


def sanctioners_of(name: str) -> Sanctioners:
    """Return who answers under ``seq``. Raises `CallError` for what is neither."""
    for known in get_args(Sanctioners):
        if name == known:
            return known
    raise CallError(f"sanctioners '{name}': give {' or '.join(get_args(Sanctioners))}")
