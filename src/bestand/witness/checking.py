"""A witness that is being checked: what is wrong with it so far, and what the model says of the states it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from bestand.stability.registry import EVERY

from .definition import Definition
from .plain import Plain, TooMany
from .witness import Standing, Witness


class Checking:
    """One witness being checked.

    Parameters
    ----------
    plain : Plain
    witness : Witness

    Attributes
    ----------
    wrong : list of str
        What is not as the witness says.
    unchecked : list of str
        What would have taken more states than were granted.
    """

    def __init__(self, plain: Plain, witness: Witness) -> None:
        self.plain, self.witness = plain, witness
        self.i, self.start = witness.party, witness.state
        self.rounds = EVERY[witness.concept].rounds
        self.definition = Definition(plain, self.i, self.lengths, self.prefers)
        self.wrong: list[str] = []
        self.unchecked: list[str] = []
        self._lengths: dict[tuple[int, str], dict[int, int]] = {}

    def ask(self, subject: str, check: Callable[[], Iterable[str]]) -> None:
        """Make a check that yields what is wrong; where it would take too many states, note that."""
        try:
            for wrong in check():
                self.wrong.append(wrong)
        except TooMany:
            self.unchecked.append(subject)

    def bits(self, state: int) -> str:
        """Return a state as a bit string."""
        return self.plain.model.bits(state)

    def prefers(self, state: int) -> bool:
        """Return whether the party prefers a state to the one in question."""
        return self.plain.prefers(self.i, state, self.start)

    @cached_property
    def better(self) -> set[int]:
        """The states that the party prefers. Raises `TooMany`."""
        return set(filter(self.prefers, self.plain.states))

    def tempting(self, targets: Iterable[int]) -> list[int]:
        """Return those of some states that the party prefers, the most tempting first."""
        found = sorted(filter(self.prefers, targets))
        return sorted(found, key=lambda target: self.plain.merit(self.i, target), reverse=True)

    def lengths(self, start: int, kind: str) -> dict[int, int]:
        """Return the length of a shortest answer to every state that one leads to. Raises `TooMany`."""
        if (start, kind) not in self._lengths:
            found: dict[int, int] = {}
            for state, _, length in self.plain.sequences(self.i, start, kind):
                found.setdefault(state, length)
            self._lengths[start, kind] = found
        return self._lengths[start, kind]

    def standing(self, state: int, given: Standing) -> Iterator[str]:
        """Check whether the party sees a state as the witness says."""
        plain, i = self.plain, self.i
        if not plain.feasible(state):
            yield f"{self.bits(state)} is not feasible"
            return
        here, there = plain.merit(i, self.start), plain.merit(i, state)
        right = "better" if there > here else "worse" if there < here else "equal"
        if given.compared != right:
            yield f"{self.bits(state)} is {right} for the party, not {given.compared}"
        lower = sum(plain.prefers(i, state, other) for other in plain.states)
        if (given.lower, given.of) != (lower, len(plain.states)):
            yield f"the party ranks {lower} of {len(plain.states)} states below {self.bits(state)}"
