"""Drift by brute force: where the moves that parties would make on their own lead, and what holds them to a plan.

Drift under a concept makes moves that are purposeful under it; the same party may move again, so it is a search over
states, and nobody has to wait. An *end* is a smallest set of states that drift, once in, does not leave: an equilibrium
of the concept, or a cycle.

Of choices that the definitions leave open, about by what each party is held:

- "Leads out of φ" is said of moves from a state of φ.
- A party that makes a drift move out of φ *breaks*, whatever else is true of it.
- The sets H that deter are those with which none of the legal moves out of φ is purposeful. More answers can make a
  move purposeful (a part of it becomes worth less), so a set that holds one that deters need not deter.
- An answer of H *pays its owner* where H deters too with improvements alone in place of any moves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .purposeful import Conflict, Rounds, rounds_of, smallest

How = Literal["cannot", "would-not", "deterred", "fear", "breaks"]


@dataclass(frozen=True)
class Step:
    """One move of drift: who makes it, from where, to where."""

    party: str
    start: int
    end: int


@dataclass(frozen=True)
class Deterrence:
    """A smallest set of others whose answers hold a party, and whether improvements alone among them would."""

    parties: frozenset[str]
    pays: bool


@dataclass(frozen=True)
class Hold:
    """By what one party is held to a plan."""

    how: How
    whose: tuple[Deterrence, ...] = ()


class Drift:
    """Drift in a conflict under a concept.

    Parameters
    ----------
    conflict : Conflict
    concept : str or sequence of str
        Its name, or its rounds.

    Examples
    --------
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.model import Model
    >>> from bestand.model.values import FrozenMap, Option, Party, Priorities, Statement
    >>> up = Party("up", options=(Option("up.a"), Option("up.b")))
    >>> wishes = Priorities((Statement(OptionAtom("up.a")), Statement(OptionAtom("up.b"))))
    >>> drift = Drift(Conflict(Model("Dam", (up,), preferences=FrozenMap({"up": wishes}))), "nash")
    >>> sorted(drift.reached(0b00)), drift.ends(0b00)
    ([0, 1, 2, 3], (frozenset({3}),))
    """

    def __init__(self, conflict: Conflict, concept: str | Sequence[str]) -> None:
        self.conflict = conflict
        self.rounds = rounds_of(concept)
        self._steps: dict[int, tuple[Step, ...]] = {}
        self._reached: dict[int, frozenset[int]] = {}

    def steps(self, state: int) -> tuple[Step, ...]:
        """The moves of drift from a state, by party in the order of the file."""
        if state not in self._steps:
            self._steps[state] = tuple(
                Step(party, state, end)
                for party in self.conflict.parties
                for end in self.conflict.purposeful_under(party, state, self.rounds).values()
            )
        return self._steps[state]

    def reached(self, start: int) -> frozenset[int]:
        """The states that drift from a state leads to, that state included."""
        if start not in self._reached:
            self._reached[start] = frozenset({start, *(path[-1].end for path in self._paths(start))})
        return self._reached[start]

    def ends(self, start: int) -> tuple[frozenset[int], ...]:
        """The ends of drift from a state, by their smallest states.

        A set is an end iff drift leads from each of its states to all of them, and to no other.
        """
        candidates = {self.reached(state) for state in self.reached(start)}
        ends = [states for states in candidates if all(self.reached(state) == states for state in states)]
        return tuple(sorted(ends, key=min))

    def never_left(self, state: int, inside: Callable[[int], bool]) -> bool:
        """Return whether no drift from a state leads out of a set of states.

        The states of which this is true are the greatest set within it without a drift move out of that set.
        """
        return inside(state) and not self.chain(state, lambda other: not inside(other))

    def chain(self, start: int, until: Callable[[int], bool]) -> tuple[Step, ...]:
        """A shortest way of drift from a state to one of some others; empty where there is none, or it is one."""
        if until(start):
            return ()
        return next((path for path in self._paths(start) if until(path[-1].end)), ())

    def _paths(self, start: int) -> Iterator[tuple[Step, ...]]:
        """A shortest way to each other state that drift leads to, the shorter first."""
        seen = {start}
        todo: list[tuple[int, tuple[Step, ...]]] = [(start, ())]
        for state, path in todo:  # grows while it is gone through
            for step in self.steps(state):
                if step.end not in seen:
                    seen.add(step.end)
                    todo.append((step.end, (*path, step)))
                    yield (*path, step)


def held(drift: Drift, party: str, states: Collection[int], inside: Callable[[int], bool]) -> Hold:
    """By what a party is held to a set φ of states, in some states of it.

    It *breaks* φ iff it makes a drift move out of it. Else it *cannot* leave where no legal move of its own leads out;
    it *would not* where some do and none of these is purposeful; where some are purposeful and none is under the
    concept, it is *deterred*, or, where any moves answer and improvements alone would not do, held by *fear*.
    """
    conflict, others = drift.conflict, [other for other in drift.conflict.parties if other != party]

    def leaves(moves: Callable[[int], Mapping[int, int]]) -> bool:
        return any(not inside(end) for state in states for end in moves(state).values())

    def leaves_under(rounds: Rounds, answering: Collection[str]) -> bool:
        return leaves(lambda state: conflict.purposeful_under(party, state, rounds, answering))

    if leaves_under(drift.rounds, others):
        return Hold("breaks")
    if not leaves(lambda state: conflict.moves(party, state)):
        return Hold("cannot")
    if not leaves(lambda state: conflict.purposeful(party, state)):
        return Hold("would-not")
    credible = tuple("credible" if kind == "any" else kind for kind in drift.rounds)
    deterring = smallest(others, lambda answering: not leaves_under(drift.rounds, answering))
    whose = tuple(Deterrence(parties, pays=not leaves_under(credible, parties)) for parties in deterring)
    return Hold("fear" if leaves_under(credible, others) else "deterred", whose)
