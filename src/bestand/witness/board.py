"""What the search for grounds asks of a solution: the same questions whether its states are listed or sets of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeAlias, TypeVar

from bestand.engine.limits import Watch
from bestand.engine.sets import StateSet
from bestand.model.model import Model
from bestand.stability.concept import Rounds

from .states import KeptStates
from .witness import Levels, Step

Last: TypeAlias = Mapping[int, tuple[int, ...]]  # for states, who can have moved last into them
Set = TypeVar("Set", bound=StateSet)  # in the form of its board


class Board(Protocol[Set]):
    """A model under one engine, asked about one party at a time. States are bit masks.

    ``kind`` is which answers count: a round of a concept. In option form a party's answerers never change its own
    options: what they make of two of its moves never meets.
    """

    @property
    def model(self) -> Model:
        """What is played."""
        ...

    @property
    def watch(self) -> Watch:
        """Stops what takes too long."""
        ...

    @property
    def size(self) -> int:
        """How many feasible states there are."""
        ...

    def follows(self, kind: str) -> bool:
        """Return whether the engine can follow such answers."""
        ...

    def gaining(self, i: int, state: int, rounds: Rounds, among: Set) -> Set | None:
        """Return those of some states better than one to which party i gains by moving, whatever follows.

        None where they are to be searched for: no verdict has been worked out for every state.
        """
        ...

    def none(self) -> Set:
        """No state."""
        ...

    def one(self, state: int) -> Set:
        """One state."""
        ...

    def moves(self, i: int, state: int) -> Set:
        """Where party i can move from a state."""
        ...

    def moved(self, i: int, states: Set) -> Set:
        """The states, and where party i can move from them."""
        ...

    def able(self, i: int, targets: Set) -> Set:
        """The targets, and the states from which party i can move to one of them."""
        ...

    def better(self, i: int, state: int) -> Set:
        """What party i prefers to a state."""
        ...

    def beside(self, i: int, state: int) -> Set:
        """Every state that differs from one in options of party i alone, itself included."""
        ...

    def ranked(self, i: int, states: Set, most: int) -> list[int]:
        """The states that party i likes best, at most so many, best first; of equally good ones the least first."""
        ...

    def nearest(self, i: int, states: Set, *, highest: bool) -> int:
        """Of some states, one that party i likes best (or least)."""
        ...

    def compare(self, i: int, one: int, other: int) -> int:
        """Above 0 where party i prefers the one, 0 where it is indifferent, else below 0."""
        ...

    def lower(self, i: int, state: int) -> int:
        """How many feasible states party i ranks strictly lower."""
        ...

    def groups(self, i: int, one: int, other: int) -> int | None:
        """How many groups of equally good states two states are apart; None where that is too many to count."""
        ...

    def goes(self, i: int, state: int, among: Set) -> int:
        """Return the best of the states of a set to which party i can move from a state; there is one."""
        ...

    def reached(self, i: int, starts: Set, kind: str) -> Set:
        """Return what the others can bring to from states that party i has moved to, these included."""
        ...

    def reached_with_movers(self, i: int, start: int, kind: str | None) -> tuple[Set, Last | None]:
        """Return the same from one state, and who can have moved last into each state where that matters.

        Without a kind nobody answers.
        """
        ...

    def answerable(self, i: int, starts: Set, ends: Set, kind: str) -> Set:
        """The starts from which the others can bring it to one of the ends, or that are one."""
        ...

    def lone(self, i: int, states: Set) -> Set:
        """The states of a set that are the only ones of it with their values of party i's options."""
        ...

    def sole(self, i: int, targets: Set, sources: Set, starts: Set) -> Set:
        """The targets t that every start has a source for: one with the start's values of i's options and no target
        but t among itself and what i can move to from it.
        """
        ...

    def path(self, i: int, start: int, ends: Set, kind: str) -> tuple[Step, ...]:
        """A shortest legal sequence of the others from a state to an end; empty where there is none."""
        ...

    def levels(self, i: int, state: int) -> Levels:
        """What party i can secure and be held to, compared with a state."""
        ...

    def best_moves(self, i: int, start: int, ends: Set, path: tuple[Step, ...]) -> tuple[tuple[Step, ...], bool | None]:
        """A credible answer again: by best moves alone where there is one, and whether it is."""
        ...

    def kept(self, states: Set, *, summed: bool = True) -> KeptStates:
        """Return a set as a value that outlives the engine; ``summed``: with its patterns, where it is large."""
        ...
