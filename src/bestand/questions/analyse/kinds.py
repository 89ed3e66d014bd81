"""Kinds of states: the states of a model by what is true in them, and who can improve from which kind to which."""

from __future__ import annotations

from dataclasses import dataclass

from bestand.model.formula import Formula


@dataclass(frozen=True)
class Kind:
    """States that are alike.

    Parameters
    ----------
    truth : tuple of bool
        Of each formula that tells kinds apart.
    count : int
        How many states there are.
    equilibria : tuple of int
        How many of them are equilibria, by concept.
    today : bool
        Whether the status quo is one of them.
    plan : bool
        Whether the plan is true in all of them.
    """

    truth: tuple[bool, ...]
    count: int
    equilibria: tuple[int, ...]
    today: bool
    plan: bool


@dataclass(frozen=True)
class Flow:
    """From how many states of a kind a party can improve to a state of another one; kinds by their places."""

    mover: int
    source: int
    target: int
    count: int


@dataclass(frozen=True)
class Kinds:
    """A model's states by kinds.

    Parameters
    ----------
    concepts : tuple of str
        Under which equilibria are counted.
    formulas : tuple of Formula
        What tells kinds apart.
    left_out : int
        How many outcomes do not.
    kinds : tuple of Kind
        Those in which the first formula is true come first.
    flows : tuple of Flow
    leaving : tuple of tuple of int
        By party and kind, from how many of its states the party can improve to another kind.
    """

    concepts: tuple[str, ...]
    formulas: tuple[Formula, ...]
    left_out: int
    kinds: tuple[Kind, ...]
    flows: tuple[Flow, ...]
    leaving: tuple[tuple[int, ...], ...]

    @property
    def states(self) -> int:
        """Return how many states there are in all."""
        return sum(kind.count for kind in self.kinds)
