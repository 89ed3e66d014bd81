"""Who can improve from which state to which in a small model, worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.solve.solution import Solution
from bestand.stability.registry import RESTING

from .graph import Arc, Graph, State, letter

MOST_STATES = 64  # that are drawn one by one
_Pair = tuple[int, int]


def graph_of(solution: Solution, concepts: Sequence[str]) -> Graph:
    """Return the graph of a model.

    Parameters
    ----------
    solution : Solution
        Of few states.
    concepts : sequence of str

    Notes
    -----
    O(P · S²). Where a party can improve by two of its moves, it can also do so at once, unless single moves are
    forbidden or several states count as one: so the move at once need not be drawn.
    """
    space = solution.space
    arcs: list[Arc] = []
    steps: list[Arc] = []
    moving = False
    for i in range(len(solution.model.parties)):
        order = solution.order(i)
        moves = [(s, t) for s in range(space.size) for t in sorted(space.targets(i, s))]
        better = [(s, t) for s, t in moves if order.better(t, s)]
        moving |= bool(moves)
        arcs += [Arc(i, *pair) for pair in better]
        apart = space.moves[i].forbidden or space.moves[i].within
        steps += [Arc(i, *pair) for pair in (better if apart else _steps(better))]
    return Graph(tuple(concepts), tuple(_states(solution, concepts)), tuple(arcs), tuple(steps), moving)


def _steps(better: Sequence[_Pair]) -> list[_Pair]:
    """Return the improvements that no two others make up."""
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
        stable = tuple(concept for concept in concepts if held[concept][at])
        if rests and RESTING in stable:
            stable = (RESTING,)
        yield State(mask, next(free) if label is None else label, stable, rests, at == space.status_quo)
