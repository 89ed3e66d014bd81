"""The graph of a small model: its states, each with a name, and the improvements between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class State:
    """A state of the graph.

    Parameters
    ----------
    mask : int
    name : str
        Its label, else a letter.
    concepts : tuple of str
        Those under which it is an equilibrium: of those that are asked, only Nash stability where it is one.
    rests : bool
        Whether nobody can improve.
    today : bool
    """

    mask: int
    name: str
    concepts: tuple[str, ...]
    rests: bool
    today: bool


class Arc(NamedTuple):
    """An improvement of a party, from one state to another: indices."""

    mover: int
    source: int
    target: int


@dataclass(frozen=True)
class Graph:
    """The states, in the order of their bit masks, and the improvements.

    Parameters
    ----------
    concepts : tuple of str
        Those that are asked.
    states : tuple of State
    arcs : tuple of Arc
        Every improvement, by mover, source and target.
    steps : tuple of Arc
        Those that are drawn: without the improvements that several others of the mover make up.
    moving : bool
        Whether anybody can move at all.
    """

    concepts: tuple[str, ...]
    states: tuple[State, ...]
    arcs: tuple[Arc, ...]
    steps: tuple[Arc, ...]
    moving: bool


def letter(k: int) -> str:
    """Return what a state, or a kind of states, is called by its place: A, B, …, Z, AA.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    return (letter(k // 26 - 1) if k >= 26 else "") + chr(ord("A") + k % 26)
