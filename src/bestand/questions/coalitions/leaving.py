"""One state at a time: where a coalition can get from it, what it would leave it for, and along which path.

Works on the operators of the engine alone, so that it serves models whose states are too many to be compared with one
another, and says the same as `bestand.questions.coalitions.concepts` by another way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import permutations

import numpy as np

from bestand.engine.choose import ExplicitEngine
from bestand.engine.space import Space
from bestand.engine.spec import Parties
from bestand.engine.steps import onward, waits
from bestand.solve.reach import Step
from bestand.stability.registry import EVERY
from bestand.stability.replies import OWN

from .concepts import Together
from .dominance import Bools
from .reach import size_of

_DIRECT = 6  # movers up to which every order of them is tried


def reached_from(engine: ExplicitEngine, coalition: Parties, state: int) -> Bools:
    """(S,): where a coalition can bring things from a state by legal sequences of its members' moves; not the state.

    Notes
    -----
    O(S) for each move of the longest shortest sequence.
    """
    size = size_of(engine)
    reached = _by_turns(engine, coalition, state, size) if waits(engine) else None
    if reached is None:
        reached = np.zeros(size, bool)
        reached[state] = True
        waiting = set(coalition)
        while waiting:
            j = min(waiting)
            waiting.remove(j)
            least = engine.least_origin(j, engine.from_states(np.where(reached, 0, 1).astype(np.int8)))
            now = engine.over_states(least) == 0
            if now.sum() > reached.sum():
                reached = now
                waiting.update(k for k in coalition if k != j)
    reached[state] = False
    return reached


def _by_turns(engine: ExplicitEngine, coalition: Parties, state: int, size: int) -> Bools:
    """Search over (state, last mover)."""
    start = np.zeros(size, bool)
    start[state] = True
    arrived = {j: np.zeros(size, bool) for j in coalition}
    waiting = dict.fromkeys(coalition, start)  # from where j is still to move
    while any(sources.any() for sources in waiting.values()):
        fresh = {j: onward(engine, j, sources, "any") & ~arrived[j] for j, sources in waiting.items()}
        for j, targets in fresh.items():
            arrived[j] |= targets
        waiting = {
            j: np.logical_or.reduce([np.zeros(size, bool), *(fresh[k] for k in fresh if k != j)]) for j in coalition
        }
    return np.logical_or.reduce([np.zeros(size, bool), *arrived.values()])


def reached_by(together: Together, coalition: Parties, state: int) -> Bools:
    """Return the same as `reached_from`, looked up where it has been worked out for all states."""
    known = together.reached(coalition, state)
    if known is None:
        return reached_from(together.engine, coalition, state)
    found = np.zeros(together.size, bool)
    found[known] = True
    found[state] = False
    return found


def departures(together: Together, concept: str, coalition: Parties, state: int) -> Bools:
    """(S,): the improvements of a coalition on a state that nothing answers under a concept.

    Notes
    -----
    A few passes of the engine's operators. `LimitReached` under ``seq`` where subcoalitions answer and the states are
    too many to be compared with one another.
    """
    yardstick = together.yardstick(coalition)
    serving = yardstick.serves(state)
    found = reached_by(together, coalition, state) & serving
    rounds = EVERY[concept].rounds
    if not found.any() or not rounds:
        return found
    if rounds[1:] == (OWN,):
        good = _least(together, coalition, ~serving) == 0  # from where it reaches something that serves it
        return found & (_least(together, together.others(coalition), good) == 1)
    return found & (together.risk(rounds[0], coalition) >= yardstick.needed[:, state, None]).all(axis=0)


def _least(together: Together, coalition: Parties, truth: Bools) -> Bools:
    engine = together.engine
    return engine.over_states(engine.worst_reply(coalition, engine.from_states(truth.astype(np.int8)))).copy()


def easiest(space: Space, coalition: Parties, state: int, targets: np.ndarray) -> int:
    """Return of some states the one that takes the fewest movers, then the fewest options, from a state."""
    changed = space.states[targets] ^ space.states[state]
    movers = np.sum([changed & np.uint64(space.moves[j].own) != 0 for j in coalition], axis=0)
    order = np.lexsort(np.array([targets, np.bitwise_count(changed), movers]))  # the last decides first
    return int(targets[order[0]])


def path(space: Space, coalition: Parties, state: int, target: int) -> tuple[Step, ...]:
    """Return a shortest legal sequence of members' moves from a state to another that they reach.

    Raises
    ------
    ValueError
        Where they do not reach it.

    Notes
    -----
    Each mover goes straight to what it has in the target, where some order of them lets it; else by a search over
    (state, last mover).
    """
    changed = int(space.states[state] ^ space.states[target])
    movers = [j for j in coalition if changed & space.moves[j].own]
    if changed and len(movers) <= _DIRECT:
        for order in permutations(movers):
            steps = _direct(space, order, state, target)
            if steps:
                return steps
    return _searched(space, coalition, state, target)


def _direct(space: Space, order: tuple[int, ...], state: int, target: int) -> tuple[Step, ...]:
    """Let every mover go to what it has in the target; return no steps where one cannot."""
    steps: list[Step] = []
    at, aim = state, int(space.states[target])
    for j in order:
        own = space.moves[j].own
        onward = space.index(int(space.states[at]) & ~own | aim & own)
        if onward is None or onward not in space.targets(j, at):
            return ()
        steps.append(Step(j, onward))
        at = onward
    return tuple(steps) if at == target else ()


def _searched(space: Space, coalition: Parties, state: int, target: int) -> tuple[Step, ...]:
    back: dict[Step, Step | None] = {}
    queue: deque[Step] = deque()

    def arrive(origin: Step | None, at: int, last: int | None) -> Iterator[Step]:
        for j in coalition:
            if j != last:
                for t in space.targets(j, at):
                    step = Step(j, t)
                    if step not in back:
                        back[step] = origin
                        yield step

    queue.extend(arrive(None, state, None))
    while queue:
        step = queue.popleft()
        if step.state == target:
            told: list[Step] = []
            here: Step | None = step
            while here is not None:
                told.append(here)
                here = back[here]
            return tuple(reversed(told))
        queue.extend(arrive(step, step.state, step.party))
    raise ValueError(f"state {target} is not reached from {state}")
