"""The shortest ways from the status quo to what matters most, as one tree: one way until they part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bestand.solve.reach import Reach, Step
from bestand.solve.solution import Bools, Solution

_LONGEST = 8  # moves of one way that are drawn; of a longer one, its beginning and its end
_RESTING = 24  # resting places that ways are looked for to


@dataclass
class Node:
    """A state that a way comes to.

    Parameters
    ----------
    state : int
        Its index.
    origin : int
        The state that is left for it; itself for the status quo.
    mover : int or None
        Whose move leads there; None for the status quo.
    best : bool
        Whether that move is the best that its mover has.
    skipped : int
        How many moves before it are not drawn.
    onward : list of Node
    """

    state: int
    origin: int
    mover: int | None = None
    best: bool = False
    skipped: int = 0
    onward: list[Node] = field(default_factory=list)

    def every(self) -> Iterator[Node]:
        """The node and all after it, in the order in which they are drawn."""
        yield self
        for node in self.onward:
            yield from node.every()

    def leaves(self) -> int:
        """How many ways end."""
        return sum(not node.onward for node in self.every())


def goals(solution: Solution, reach: Reach, concepts: Sequence[str]) -> list[int]:
    """What ways lead to, by index: the most telling first.

    The nearest state in which the plan is true, the nearest resting place, the nearest such states that are equilibria
    under each concept, the nearest equilibria, and the other resting places. Where there are none of these, what one
    move leads to.
    """
    plan = solution.model.plan
    so = np.zeros(solution.space.size, bool) if plan is None else solution.space.holds(plan)
    held = [solution.equilibria(concept) for concept in concepts]
    resting = _nearest(reach, solution.resting, _RESTING)
    found = [*_nearest(reach, so, 1), *resting[:1]]
    for chosen in [*(so & stable for stable in held), *held]:
        found += _nearest(reach, chosen, 1)
    found = list(dict.fromkeys([*found, *resting]))
    away = [state for state in found if state != reach.start]
    return away or _nearest(reach, reach.distance == 1, _RESTING)


def _nearest(reach: Reach, chosen: Bools, most: int) -> list[int]:
    """The first of some states that are reached, those that fewer moves lead to before the others."""
    found = np.flatnonzero(chosen & reach.reached)
    return found[np.argsort(reach.distance[found], kind="stable")][:most].tolist()


def grow(root: Node, reach: Reach, goal: int) -> Node:
    """The tree with a shortest way to one more state."""
    root = _copied(root)
    path = reach.path(goal)
    at = root
    for k, step in enumerate(path):
        half = _LONGEST // 2
        if len(path) > _LONGEST and half <= k < len(path) - half:
            continue
        skipped = len(path) - _LONGEST if len(path) > _LONGEST and k == len(path) - half else 0
        at = _onward(at, reach, step, path[k - 1].state if k else reach.start, skipped)
    return root


def _copied(node: Node) -> Node:
    return replace(node, onward=[_copied(each) for each in node.onward])


def _onward(node: Node, reach: Reach, step: Step, origin: int, skipped: int) -> Node:
    """Where a step leads from a node: a node that is there already, or a new one."""
    for each in node.onward:
        if (each.state, each.mover, each.skipped) == (step.state, step.party, skipped):
            return each
    node.onward.append(Node(step.state, origin, step.party, _is_best(reach, step, origin), skipped))
    return node.onward[-1]


def _is_best(reach: Reach, step: Step, origin: int) -> bool:
    """Whether a step is the best move that its mover has, of several equally good ones any."""
    space = reach.engine.space
    targets = space.moves[step.party].targets(space.states, origin)
    return step.state in space.order(step.party).best(targets)
