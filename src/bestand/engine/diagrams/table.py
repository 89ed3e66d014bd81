"""A diagram written out as plain numbers: for counting, for many states at once, for another back end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .spec import Diagram, Diagrams


@dataclass(frozen=True, slots=True)
class Table:
    """The nodes of a diagram, each after those it leads to. Node 0 is false, node 1 is true.

    Parameters
    ----------
    var, low, high : tuple of int
        Of node k + 2: the variable it asks for, and the nodes to go on with where it is false and true.
    root : int
        Where to begin.
    """

    var: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    root: int


def table(diagrams: Diagrams, f: Diagram) -> Table:
    """Write a diagram out. O(nodes)."""
    number: dict[Diagram, int] = {diagrams.false: 0, diagrams.true: 1}
    var: list[int] = []
    low: list[int] = []
    high: list[int] = []
    waiting = [f]
    while waiting:
        at = waiting[-1]
        if at in number:
            waiting.pop()
            continue
        top = diagrams.top(at)
        assert top is not None  # constants have their numbers
        v, no, yes = top
        missing = [child for child in (no, yes) if child not in number]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        number[at] = len(var) + 2
        var.append(v)
        low.append(number[no])
        high.append(number[yes])
    return Table(tuple(var), tuple(low), tuple(high), number[f])


def built(diagrams: Diagrams, written: Table) -> Diagram:
    """Return the diagram that a table writes down, in any back end that has its variables. O(nodes) operations."""
    nodes = [diagrams.false, diagrams.true]
    for v, low, high in zip(written.var, written.low, written.high, strict=True):
        nodes.append(diagrams.ite(diagrams.var(v), nodes[high], nodes[low]))
    return nodes[written.root]


def count(written: Table, variables: int) -> int:
    """Return how many assignments of so many variables make it true: an exact integer of any size. O(nodes).

    A node counts over all variables, its own too, so that no variable is lost where the diagram asks for none.
    """
    counts = [0, 1 << variables]
    for low, high in zip(written.low, written.high, strict=True):
        counts.append((counts[low] + counts[high]) >> 1)
    return counts[written.root]


def taken(written: Table, variables: int) -> tuple[int, list[int]]:
    """Return how many assignments make it true, and in how many of them each variable is. O(nodes · variables) at most.

    From below, how many assignments lead on to true; from above, how often a node is come by. A variable that is not
    asked for on the way is true in half of the assignments.
    """
    size = len(written.var) + 2
    below = [0, 1 << variables]
    for low, high in zip(written.low, written.high, strict=True):
        below.append((below[low] + below[high]) >> 1)
    come_by = [0] * size  # of 2^variables assignments
    come_by[written.root] = 1 << variables
    yes = [0] * variables
    asked = [0] * variables  # true assignments in which the variable is asked for
    for node in range(size - 1, 1, -1):
        v, low, high, here = written.var[node - 2], written.low[node - 2], written.high[node - 2], come_by[node]
        half = here >> 1
        come_by[low] += half
        come_by[high] += half
        yes[v] += half * below[high] >> variables
        asked[v] += here * below[node] >> variables
    total = below[written.root]
    return total, [y + ((total - a) >> 1) for y, a in zip(yes, asked, strict=True)]


def truth(written: Table, masks: NDArray[np.uint64], variables: int) -> NDArray[np.bool_]:
    """(S,) bool: where a function holds, on bit masks of at most 64 variables. O(S · variables)."""
    var = np.array([0, 0, *written.var], np.uint64)
    low, high = np.array([0, 1, *written.low]), np.array([0, 1, *written.high])
    at = np.full(len(masks), written.root)
    for _ in range(variables):
        at = np.where(masks >> var[at] & np.uint64(1), high[at], low[at])
    return at == 1


def holds_at(diagrams: Diagrams, f: Diagram, mask: int) -> bool:
    """Return whether a function holds where the variables are the bits of a mask. O(variables)."""
    while (top := diagrams.top(f)) is not None:
        f = top[2] if mask >> top[0] & 1 else top[1]
    return f == diagrams.true
