"""Purposeful moves by brute force, and what they make of a concept: read aloud from the definitions of deals.

A legal move F of party i from s is *purposeful for a value v* iff v(s ⊕ F) > r(s), r the rank of i, and every legal
proper part of it is worth less: v(s ⊕ G) < v(s ⊕ F) for every G ⊊ F, G not empty, with s ⊕ G legal. It is *purposeful*,
without more, for v = r. It is *purposeful under a concept* for v = min(r, w), w what the move risks under the concept.

A concept is given by the rounds that follow a move: answers of the others (``any``, ``credible`` for improvements,
``best`` for best moves, ``purposeful``) and moves of the party's own (``own``) in turn. *pSEQ* and *pSSEQ* are SEQ and
SSEQ with answers that are purposeful; the party's own moves stay all its moves.

States are bit masks, and looked at when they are visited. Nothing here is shared with an engine.

Sources: none published, these are bestand's own; legal sequences are those of Fang, Hipel & Kilgour (1993).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from bestand.model.formula import Formula
from bestand.model.model import Model

from .worlds import World, feasible, members, merit, standing

CONCEPTS: dict[str, tuple[str, ...]] = {
    "nash": (),
    "gmr": ("any",),
    "smr": ("any", "own"),
    "seq": ("credible",),
    "sseq": ("credible", "own"),
    "brseq": ("best",),
    "brsseq": ("best", "own"),
    "pseq": ("purposeful",),
    "psseq": ("purposeful", "own"),
}
"""The rounds of each concept."""

Rounds = tuple[str, ...]
Moves = dict[int, int]
"""The moves of a party from a state: where each set of options that it changes leads.

From a state that is made of several combinations the combination stands before the set, above the bits of all options.
"""


class Conflict:
    """A model state by state: what is true there, what each party can do, and what it would.

    Parameters
    ----------
    model : Model

    Examples
    --------
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.values import FrozenMap, Option, Party, Priorities, Statement
    >>> up = Party("up", options=(Option("up.a"), Option("up.b")))
    >>> wishes = {"up": Priorities((Statement(OptionAtom("up.a")),))}
    >>> conflict = Conflict(Model("Dam", (up,), preferences=FrozenMap(wishes)))
    >>> conflict.improvements("up", 0b00), conflict.purposeful("up", 0b00)
    ({1: 1, 3: 3}, {1: 1})
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.parties = tuple(model.party)
        self.own = {party: model.mask(option.id for option in model.party[party].options) for party in self.parties}
        self._never_lost = model.mask(way.option for way in model.one_way if way.direction == "to-yes")
        self._never_gained = model.mask(way.option for way in model.one_way if way.direction == "to-no")
        self._feasible: dict[int, bool] = {}
        self._merit: dict[tuple[str, int], Any] = {}
        self._moves: dict[tuple[str, int], Moves] = {}
        self._members = members(model) if model.coalesced else {}
        self._part_of = standing(model) if model.coalesced else {}
        self._steps: dict[tuple[str, str, int], tuple[int, ...]] = {}
        self._value: dict[tuple[str, int, Rounds, frozenset[str]], Any] = {}

    @property
    def states(self) -> tuple[int, ...]:
        """Return the feasible states, ascending."""
        return feasible(self.model)

    def holds(self, formula: Formula, state: int) -> bool:
        """Return whether a formula is true in a state."""
        return World.of_mask(self.model, state).holds(formula)

    def feasible(self, state: int) -> bool:
        """Return whether every rule lets a state be."""
        if state not in self._feasible:
            self._feasible[state] = all(map(World.of_mask(self.model, state).obeys, self.model.rules))
        return self._feasible[state]

    def merit(self, party: str, state: int) -> Any:
        """Return what a party looks at when it compares a state with others (r); the greater is preferred."""
        if (party, state) not in self._merit:
            self._merit[party, state] = merit(self.model, party, state)
        return self._merit[party, state]

    def changers(self, start: int, end: int) -> frozenset[str]:
        """The parties of which an option differs between two states."""
        return frozenset(party for party, own in self.own.items() if (start ^ end) & own)

    def may_change(self, start: int, end: int) -> bool:
        """Return whether every changed option goes in its direction, and no party that changes one is forbidden to."""
        if start & ~end & self._never_lost or end & ~start & self._never_gained:
            return False
        changers = self.changers(start, end)
        return not any(
            ban.party in changers and self.holds(ban.source, start) and self.holds(ban.target, end)
            for ban in self.model.forbidden_moves
        )

    def moves(self, party: str, state: int) -> Moves:
        """All legal moves of a party from a state."""
        if (party, state) not in self._moves:
            ways = self._ways(party, state)
            size = len(self.model.options)
            self._moves[party, state] = {
                (member << size if len(ways) > 1 else 0) | flips: end
                for member, moves in ways.items()
                for flips, end in moves.items()
            }
        return self._moves[party, state]

    def _ways(self, party: str, state: int) -> dict[int, Moves]:
        """By each combination that a state is made of, where its moves lead: out of the state."""
        ways = {}
        for member in self._members.get(state, (state,)):
            ends = {flips: member ^ flips for flips in parts(self.own[party])}
            led = {
                flips: self._part_of.get(end, end)
                for flips, end in ends.items()
                if self.feasible(end) and self.may_change(member, end)
            }
            ways[member] = {flips: end for flips, end in led.items() if end != state}
        return ways

    def improvements(self, party: str, state: int) -> Moves:
        """The moves that lead to something better for the party."""
        here = self.merit(party, state)
        return {flips: end for flips, end in self.moves(party, state).items() if self.merit(party, end) > here}

    def best(self, party: str, state: int) -> Moves:
        """The improvements to which the party prefers none of the others."""
        found = self.improvements(party, state)
        return {
            flips: end
            for flips, end in found.items()
            if not any(self.merit(party, other) > self.merit(party, end) for other in found.values())
        }

    def purposeful(self, party: str, state: int) -> Moves:
        """The moves that are purposeful for the rank of the party: it improves, and gives nothing away."""
        return self.purposeful_for(party, state, lambda end: self.merit(party, end))

    def purposeful_under(
        self, party: str, state: int, rounds: Sequence[str], answering: Collection[str] | None = None
    ) -> Moves:
        """The moves that are purposeful under a concept, of which those who answer may be told (else all others)."""
        return self.purposeful_for(party, state, lambda end: self.value(party, end, rounds, answering))

    def purposeful_for(self, party: str, state: int, value: Callable[[int], Any]) -> Moves:
        """The legal moves F with v(s ⊕ F) > r(s), of which every legal proper part is worth less.

        For a value that is never more than the rank, so that improvements alone come into question, and a part that is
        none is worth less than they.
        """
        here, size = self.merit(party, state), len(self.model.options)
        moves = self.improvements(party, state)

        def pays(move: int) -> bool:
            member, flips = move >> size << size, move & (1 << size) - 1
            fewer = [member | part for part in parts(flips) if part != flips]
            return all(value(moves[part]) < value(moves[move]) for part in fewer if part in moves)

        return {move: end for move, end in moves.items() if value(end) > here and pays(move)}

    def value(self, party: str, state: int, rounds: Sequence[str], answering: Collection[str] | None = None) -> Any:
        """Return what a move to a state is worth to a party under a concept: v = min(r, w).

        Parameters
        ----------
        party : str
        state : int
            Where the move leads to.
        rounds : sequence of str
        answering : collection of str or None
            Who answers; all the others unless told.

        Notes
        -----
        What the move risks, w, is the least that those who answer make of it. They leave it as it is, or bring it by a
        legal sequence of moves to another state; and what they make of it is worth the rank of the state, or the most
        that the party makes of that by a move of its own or by none, in the rounds that are left.
        """
        others = frozenset(self.parties if answering is None else answering) - {party}
        key = (party, state, tuple(rounds), others)
        if key not in self._value:
            self._value[key] = self._worth(*key)
        return self._value[key]

    def _worth(self, party: str, state: int, rounds: Rounds, others: frozenset[str]) -> Any:
        rank = self.merit(party, state)
        if not rounds:
            return rank
        made = {state} | self.answered(others, state, rounds[0])
        return min(rank, min(self._made(party, end, rounds[1:], others) for end in made))

    def _made(self, party: str, state: int, rounds: Rounds, others: frozenset[str]) -> Any:
        if not rounds:
            return self.merit(party, state)
        own = [state, *self.moves(party, state).values()]
        return max(self.value(party, end, rounds[1:], others) for end in own)

    def answered(self, movers: Collection[str], start: int, by: str) -> frozenset[int]:
        """The ends of all legal sequences of such moves from a state: a search over (state, last mover).

        In a legal sequence nobody moves twice in a row. The start is among the ends where a sequence comes back to it.
        """
        seen: set[tuple[int, str]] = set()
        todo: list[tuple[int, str | None]] = [(start, None)]
        while todo:
            state, last = todo.pop()
            for mover in movers:
                if mover == last:
                    continue
                for end in self.steps(mover, state, by):
                    if (end, mover) not in seen:
                        seen.add((end, mover))
                        todo.append((end, mover))
        return frozenset(state for state, _ in seen)

    def steps(self, party: str, state: int, by: str) -> tuple[int, ...]:
        """Where the moves of a kind (``any``, ``credible``, ``best``, ``purposeful``) lead a party from a state."""
        key = (by, party, state)
        if key not in self._steps:
            of_kind: Mapping[str, Callable[[str, int], Moves]] = {
                "any": self.moves,
                "credible": self.improvements,
                "best": self.best,
                "purposeful": self.purposeful,
            }
            self._steps[key] = tuple(of_kind[by](party, state).values())
        return self._steps[key]

    def stable(self, party: str, state: int, rounds: Sequence[str]) -> bool:
        """Whether no move from a state is worth more to the party under a concept than the state: no improvement is."""
        here = self.merit(party, state)
        return all(self.value(party, end, rounds) <= here for end in self.improvements(party, state).values())

    def equilibrium(self, state: int, rounds: Sequence[str]) -> bool:
        """Return whether a state is stable for every party under a concept."""
        return all(self.stable(party, state, rounds) for party in self.parties)


def stable_in(model: Model, rounds: Sequence[str]) -> tuple[tuple[bool, ...], ...]:
    """Return which states are stable for which party, under any rounds: `bestand.reference.stable_under`, of a model.

    Returns
    -------
    tuple of tuple of bool
        By party and feasible state, these ascending.

    Examples
    --------
    >>> from bestand.model.values import Option, Party
    >>> stable_in(Model("Dam", (Party("up", options=(Option("up.release"),)),)), ("purposeful",))
    ((True, True),)
    """
    conflict, states = Conflict(model), feasible(model)
    return tuple(tuple(conflict.stable(party, state, rounds) for state in states) for party in conflict.parties)


def rounds_of(concept: str | Sequence[str]) -> Rounds:
    """The rounds of a concept, given by its name in `CONCEPTS` or by themselves.

    Examples
    --------
    >>> rounds_of("psseq"), rounds_of(["any", "own", "any"])
    (('purposeful', 'own'), ('any', 'own', 'any'))
    """
    return CONCEPTS[concept] if isinstance(concept, str) else tuple(concept)


def parts(options: int) -> tuple[int, ...]:
    """Every set of some of the options, that of none of them left out, as bit masks, ascending.

    Examples
    --------
    >>> parts(0b101)
    (1, 4, 5)
    """
    found: list[int] = []
    part = options
    while part:
        found.append(part)
        part = part - 1 & options
    return tuple(reversed(found))


def smallest(parties: Iterable[str], fits: Callable[[frozenset[str]], bool]) -> tuple[frozenset[str], ...]:
    """The sets of parties that fit and hold no smaller one that does: the smaller first, in the order of the parties.

    Examples
    --------
    >>> smallest("ABC", lambda parties: "A" in parties)
    (frozenset({'A'}),)
    """
    members = list(parties)
    found: list[frozenset[str]] = []
    for size in range(len(members) + 1):
        for group in map(frozenset, combinations(members, size)):
            if not any(smaller <= group for smaller in found) and fits(group):
                found.append(group)
    return tuple(found)
