"""The graph of a small model: its states, each with a name, and the moves between them that are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Link:
    """A move, or a move and the move back.

    Parameters
    ----------
    mover : int
    source, target : int
        Indices of states. Where one of the two moves is an improvement, it is the one from source to target.
    improves : bool
    forth, back : bool
        Whether the mover can go from source to target, and back.
    """

    mover: int
    source: int
    target: int
    improves: bool
    forth: bool
    back: bool


@dataclass(frozen=True)
class Graph:
    """The states, in the order of their bit masks, and the links.

    Parameters
    ----------
    states : tuple of State
    links : tuple of Link
        Those that are drawn.
    improvements : tuple of (int, int, int)
        All of them: mover, source and target.
    short : bool
        Whether improvements that several others of the mover make up are left out of the links.
    moving : bool
        Whether anybody can move at all.
    free : bool
        Whether no option is one-way and no move forbidden.
    """

    states: tuple[State, ...]
    links: tuple[Link, ...]
    improvements: tuple[tuple[int, int, int], ...]
    short: bool
    moving: bool
    free: bool


def graph_of(solution: Solution, concepts: Sequence[str], every: bool) -> Graph:
    """The graph of a model.

    Parameters
    ----------
    solution : Solution
        Of few states.
    concepts : sequence of str
    every : bool
        With the moves that are no improvements, and every improvement by itself.

    Notes
    -----
    O(P · S²). Where a party can improve by two of its moves, it can also do so at once, unless single moves are
    forbidden: so the move at once need not be drawn.
    """
    links: list[Link] = []
    improvements: list[tuple[int, int, int]] = []
    short = moving = False
    for i in range(len(solution.model.parties)):
        found = list(_links(solution, i))
        moving |= bool(found)
        better = {(link.source, link.target) for link in found if link.improves}
        improvements += [(i, *pair) for pair in sorted(better)]
        if every:
            links += found
            continue
        kept = better if solution.space.moves[i].forbidden else _steps(better)
        short |= len(kept) < len(better)
        links += [link for link in found if (link.source, link.target) in kept]
    free = not solution.model.one_way and not solution.model.forbidden_moves
    return Graph(tuple(_states(solution, concepts)), tuple(links), tuple(improvements), short, moving, free)


def _links(solution: Solution, i: int) -> Iterator[Link]:
    """The pairs of states between which a party can move, one way at least."""
    rank = solution.space.ranks[i]
    reached = [set(solution.space.targets(i, s)) for s in range(solution.space.size)]
    for s, targets in enumerate(reached):
        for t in sorted(targets):
            back = s in reached[t]
            if back and (rank[t], t) < (rank[s], s):
                continue  # told by the move back, which gains, or comes from the first of two equally good ones
            yield Link(i, s, t, bool(rank[t] > rank[s]), True, back)


def _steps(better: set[_Pair]) -> set[_Pair]:
    """The improvements that no two others make up."""
    onward: dict[int, set[int]] = {}
    for s, t in better:
        onward.setdefault(s, set()).add(t)
    return {(s, t) for s, t in better if not any(t in onward.get(middle, ()) for middle in onward[s])}


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
