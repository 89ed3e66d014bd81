"""What the search for grounds asks of a solution: the same questions whether its states are listed or sets of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Generic, TypeAlias, TypeVar, cast

from bestand.engine.limits import Watch
from bestand.engine.sets import StateSet
from bestand.model.model import Model
from bestand.solve.solution import Solution
from bestand.stability.concept import Rounds
from bestand.stability.replies import REPLIES

from .states import LISTED, MOST_PATTERNS, MOST_STATES, KeptStates
from .witness import Step

Last: TypeAlias = Mapping[int, tuple[int, ...]]  # for states, who can have moved last into them
Set = TypeVar("Set", bound=StateSet)  # in the form of its board


class Board(ABC, Generic[Set]):
    """A solution, asked about one party at a time. States are bit masks.

    ``kind`` is which answers count: a round of a concept. In option form a party's answerers never change its own
    options: what they make of two of its moves never meets.

    Parameters
    ----------
    solution : Solution
    """

    def __init__(self, solution: Solution) -> None:
        self.solution = solution
        self.model: Model = solution.model
        self.watch: Watch = solution.watch
        self._lower: dict[tuple[int, int], int] = {}

    # ---- sets ----

    @abstractmethod
    def one(self, state: int) -> Set:
        """Return the set of one state."""

    def none(self) -> Set:
        """Return the set of no state."""
        every = cast(Set, self.solution.feasible)
        return every - every

    def kept(self, states: StateSet, *, summed: bool = True) -> KeptStates:
        """Return a set as a value that outlives the engine; ``summed``: with its patterns, where it is large."""
        count = states.count()
        every = self.solution.lists or count <= LISTED
        summed = summed and count > MOST_STATES
        largest = tuple(states.patterns(MOST_PATTERNS)) if summed else ()
        return KeptStates(count, states.masks(None if every else MOST_STATES), largest)

    # ---- wishes ----

    @abstractmethod
    def better(self, i: int, state: int) -> Set:
        """Return what party i prefers to a state."""

    @abstractmethod
    def ranked(self, i: int, states: Set, most: int) -> list[int]:
        """Return the states that party i likes best, at most so many, best first; of equals the least first."""

    @abstractmethod
    def nearest(self, i: int, states: Set, *, highest: bool) -> int:
        """Return, of some states, the first of those that party i likes best (or least)."""

    @abstractmethod
    def compare(self, i: int, one: int, other: int) -> int:
        """Return a number above 0 where party i prefers the one, 0 where it is indifferent, else one below 0."""

    @abstractmethod
    def groups(self, i: int, one: int, other: int) -> int | None:
        """Return how many groups of equally good states two states are apart; None where that is too many to count."""

    @abstractmethod
    def secured(self, i: int) -> tuple[int, int]:
        """Return a state that has party i's maximin, and one that has its minimax, where every state is feasible."""

    def lower(self, i: int, state: int) -> int:
        """Return how many feasible states party i ranks strictly lower."""
        if (i, state) not in self._lower:
            self._lower[i, state] = self.solution.engine.below(i, state)
        return self._lower[i, state]

    # ---- moves of the party ----

    @abstractmethod
    def moved(self, i: int, states: Set) -> Set:
        """Return some states, and where party i can move from them."""

    def moves(self, i: int, state: int) -> Set:
        """Return where party i can move from a state."""
        here = self.one(state)
        return self.moved(i, here) - here

    def goes(self, i: int, state: int, among: Set) -> int:
        """Return the best of the states of a set to which party i can move from a state; there is one."""
        return self.nearest(i, self.moves(i, state) & among, highest=True)

    @abstractmethod
    def able(self, i: int, targets: Set) -> Set:
        """Return the targets, and the states from which party i can move to one of them."""

    @abstractmethod
    def beside(self, i: int, state: int) -> Set:
        """Return every state that differs from one in options of party i alone, itself included."""

    @abstractmethod
    def lone(self, i: int, states: Set) -> Set:
        """Return the states of a set that are the only ones of it with their values of party i's options."""

    @abstractmethod
    def sole(self, i: int, targets: Set, sources: Set, starts: Set) -> Set:
        """Return the targets t that every start has a source for.

        A source for t has no target but t among itself and what party i can move to from it. A start has those sources
        that share its values of i's options.
        """

    def gaining(self, i: int, state: int, rounds: Rounds, among: Set) -> Set | None:
        """Return those of some states better than one to which party i gains by moving, whatever follows.

        None where they are to be searched for: no verdict has been worked out for every state.
        """
        return None

    # ---- moves of the others ----

    def follows(self, kind: str) -> bool:
        """Return whether the engine can follow such answers."""
        return self.solution.lists or REPLIES[kind].over_sets

    @abstractmethod
    def reached(self, i: int, starts: Set, kind: str) -> Set:
        """Return what the others can bring to from states that party i has moved to, these included."""

    def reached_with_movers(self, i: int, start: int, kind: str | None) -> tuple[Set, Last | None]:
        """Return the same from one state, and who can have moved last into each state where that matters.

        Without a kind nobody answers.
        """
        here = self.one(start)
        return (here if kind is None else self.reached(i, here, kind)), None

    @abstractmethod
    def answerable(self, i: int, starts: Set, ends: Set, kind: str) -> Set:
        """Return the starts from which the others can bring it to one of the ends, or that are one."""

    @abstractmethod
    def path(self, i: int, start: int, ends: Set, kind: str) -> tuple[Step, ...]:
        """Return a shortest legal sequence of the others from a state to an end; empty where there is none."""

    @abstractmethod
    def best_moves(self, i: int, start: int, ends: Set, path: tuple[Step, ...]) -> tuple[tuple[Step, ...], bool | None]:
        """Return a credible answer again: by best moves alone where there is one, and whether it is."""
