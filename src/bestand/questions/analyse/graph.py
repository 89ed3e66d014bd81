"""The graph of a small model: its states, each with a name, and the moves between them that are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bestand.solve.solution import Solution

from .flows_words import letter

_Pair = tuple[int, int]


@dataclass(frozen=True)
class State:
    """A state of the graph.

    Parameters
    ----------
    mask : int
    name : str
        Its label, else a letter.
    under : tuple of str
        The concepts under which it is an equilibrium: of those that are asked, only Nash stability where it is one.
    rests : bool
        Whether nobody can improve.
    today : bool
    """

    mask: int
    name: str
    under: tuple[str, ...]
    rests: bool
    today: bool


class Link(NamedTuple):
    """An improvement of a party, from one state to another, by their indices."""

    mover: int
    source: int
    target: int


@dataclass(frozen=True)
class Graph:
    """The states, in the order of their bit masks, and the links.

    Parameters
    ----------
    states : tuple of State
    links : tuple of Link
        The improvements that are drawn.
    improvements : tuple of Link
        All of them.
    short : bool
        Whether improvements that several others of the mover make up are left out of the links.
    moving : bool
        Whether anybody can move at all.
    free : bool
        Whether no option is one-way and no move forbidden.
    """

    states: tuple[State, ...]
    links: tuple[Link, ...]
    improvements: tuple[Link, ...]
    short: bool
    moving: bool
    free: bool


def graph_of(solution: Solution, concepts: Sequence[str]) -> Graph:
    """The graph of a model.

    Parameters
    ----------
    solution : Solution
        Of few states.
    concepts : sequence of str

    Notes
    -----
    O(P · S²). Where a party can improve by two of its moves, it can also do so at once, unless single moves are
    forbidden: so the move at once need not be drawn.
    """
    links: list[Link] = []
    improvements: list[Link] = []
    short = moving = False
    for i in range(len(solution.model.parties)):
        moves = [(s, t) for s in range(solution.space.size) for t in sorted(solution.space.targets(i, s))]
        rank = solution.space.ranks[i]
        better = [(s, t) for s, t in moves if rank[t] > rank[s]]
        kept = better if solution.space.moves[i].forbidden else _steps(better)
        moving |= bool(moves)
        short |= len(kept) < len(better)
        improvements += [Link(i, *pair) for pair in better]
        links += [Link(i, *pair) for pair in kept]
    free = not solution.model.one_way and not solution.model.forbidden_moves
    return Graph(tuple(_states(solution, concepts)), tuple(links), tuple(improvements), short, moving, free)


def _steps(better: Sequence[_Pair]) -> list[_Pair]:
    """The improvements that no two others make up."""
    onward: dict[int, set[int]] = {}
    for s, t in better:
        onward.setdefault(s, set()).add(t)
    return [(s, t) for s, t in better if not any(t in onward.get(middle, ()) for middle in onward[s])]


def _states(solution: Solution, concepts: Sequence[str]) -> Iterator[State]:
    model, space = solution.model, solution.space
    held = {concept: solution.equilibria(concept) for concept in concepts}
    masks = [int(mask) for mask in space.states]
    labels = [model.labels.get(model.bits(mask)) for mask in masks]
    free = (name for k in range(2 * len(masks)) if (name := letter(k)) not in labels)
    for at, (mask, label) in enumerate(zip(masks, labels, strict=True)):
        rests = bool(solution.resting[at])
        under = tuple(concept for concept in concepts if held[concept][at])
        if rests and "nash" in under:
            under = ("nash",)
        yield State(mask, next(free) if label is None else label, under, rests, at == space.status_quo)
