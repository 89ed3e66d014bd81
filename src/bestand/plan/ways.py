"""The shortest ways from the status quo to what matters most, worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from bestand.model.formula import OutcomeAtom
from bestand.model.sentences import By
from bestand.model.values import FrozenMap
from bestand.solve.reach import Reach, Step
from bestand.solve.solution import Bools, Solution
from bestand.stability.registry import HEADLINE

from .tree import Move, Place, Tree, Way

_LONGEST = 8  # moves of one way that are drawn; of a longer one, its beginning and its end
_RESTING = 24  # resting places that ways are looked for to


def tree_of(solution: Solution, by: By, concepts: Sequence[str], under: str = HEADLINE) -> Tree | None:
    """Return where things go from the status quo, by moves of a kind.

    Parameters
    ----------
    solution : Solution
    by : {"any", "improving", "purposeful", "best", "drift"}
        Which moves lead on.
    concepts : sequence of str
        Under which it is looked whether a state is an equilibrium.
    under : str
        The concept under which parties drift.

    Returns
    -------
    Tree or None
        None where the model has no status quo.

    Notes
    -----
    The search for all that is reached, O(P · S) for each move of the longest way; then O(P · S) for each move of each
    of some thirty ways at most.
    """
    reach, ends = solution.reach(by, under), solution.ends_reached(by, under)
    if reach is None or ends is None:
        return None
    ways = tuple(_ways(solution, reach, goals(solution, reach, concepts, ends)))
    others = reach.reached.copy()
    others[reach.start] = False
    plan = _plan(solution)
    start = int(solution.space.states[reach.start])
    outcomes = {each.name: solution.space.holds(OutcomeAtom(each.name)) for each in solution.model.outcomes}
    held = {concept: solution.equilibria(concept) for concept in concepts}
    return Tree(
        by,
        tuple(concepts),
        start,
        ways,
        FrozenMap({mask: _place(solution, reach, mask, plan, held, outcomes) for mask in _visited(start, ways)}),
        _wider(outcomes),
        int(others.sum()),
        int(reach.distance.max()),
        int((others & ends).sum()),
        int((others & plan).sum()),
    )


def goals(solution: Solution, reach: Reach, concepts: Sequence[str], ends: Bools) -> list[int]:
    """Return what ways lead to, by index: the most telling first.

    The nearest state in which the plan is true, the nearest resting place, the nearest such states that are equilibria
    under each concept, the nearest equilibria, and the other resting places. Where there are none of these, what one
    move leads to.
    """
    plan = _plan(solution)
    held = [solution.equilibria(concept) for concept in concepts]
    resting = _nearest(reach, ends, _RESTING)
    first = [*_nearest(reach, plan, 1), *resting[:1]]
    for states in [*(plan & stable for stable in held), *held]:
        first += _nearest(reach, states, 1)
    away = [state for state in dict.fromkeys([*first, *resting]) if state != reach.start]
    return away or _nearest(reach, reach.distance == 1, _RESTING)


def _plan(solution: Solution) -> Bools:
    """(S,): where the plan is true; nowhere where the file names none."""
    plan = solution.model.plan
    return np.zeros(solution.space.size, bool) if plan is None else solution.space.holds(plan)


def _nearest(reach: Reach, states: Bools, most: int) -> list[int]:
    """Return the first of some states that are reached, those that fewer moves lead to before the others."""
    places = np.flatnonzero(states & reach.reached)
    return places[np.argsort(reach.distance[places], kind="stable")][:most].tolist()


def _ways(solution: Solution, reach: Reach, goals: Iterable[int]) -> Iterator[Way]:
    for goal in goals:
        solution.watch.step()
        path = reach.path(goal)
        yield Way(tuple(_moves(solution, reach, path)), len(path))


def _moves(solution: Solution, reach: Reach, path: Sequence[Step]) -> Iterator[Move]:
    """Yield the moves of a path; of a long one, the first and the last."""
    states, half, left_out = solution.space.states, _LONGEST // 2, max(len(path) - _LONGEST, 0)
    for k, step in enumerate(path):
        if left_out and half <= k < len(path) - half:
            continue
        origin = path[k - 1].state if k else reach.start
        skipped = left_out if k == len(path) - half else 0
        yield Move(step.party, int(states[origin]), int(states[step.state]), _is_best(solution, step, origin), skipped)


def _is_best(solution: Solution, step: Step, origin: int) -> bool:
    """Return whether a step is the best move that its mover has, of several equally good ones any."""
    space = solution.space
    targets = space.moves[step.party].targets(space.states, origin)
    return step.state in space.order(step.party).best(targets)


def _visited(start: int, ways: Sequence[Way]) -> Iterable[int]:
    """Return the start and every state on the ways, each once."""
    return dict.fromkeys([start, *(state for way in ways for move in way.moves for state in (move.origin, move.state))])


def _place(
    solution: Solution, reach: Reach, mask: int, plan: Bools, held: dict[str, Bools], outcomes: dict[str, Bools]
) -> Place:
    at = solution.space.index(mask)
    assert at is not None, "a state on a way is feasible"
    return Place(
        frozenset(name for name, holds in outcomes.items() if holds[at]),
        bool(plan[at]),
        tuple(concept for concept, stable in held.items() if stable[at]),
        tuple(i for i in range(len(solution.model.parties)) if reach.steps.any_from(i, at)),
    )


def _wider(outcomes: dict[str, Bools]) -> FrozenMap[str, frozenset[str]]:
    """Return by outcome those that are true in all states in which it is, and in others."""
    return FrozenMap(
        {
            name: frozenset(
                other for other, wide in outcomes.items() if not (holds & ~wide).any() and (wide & ~holds).any()
            )
            for name, holds in outcomes.items()
        }
    )
