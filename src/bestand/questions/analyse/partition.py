"""The states of a model by kinds, worked out: what is true in them, and who can improve from which kind to which.

Kinds are told apart by the outcomes, the plan first: by as many of them as leave few enough kinds. In a model without
outcomes they are told apart by the options that differ most between its equilibria and its other states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bestand.engine.steps import improving_into
from bestand.model.formula import Formula, OptionAtom, OutcomeAtom
from bestand.solve.solution import Bools, Solution

from .kinds import Flow, Kind, Kinds

_MOST_FORMULAS = 6
_AT_ONCE = 60_000_000  # states that are looked at for all parties and kinds together: a second's work
_MOST_OPTIONS = 3  # that tell kinds apart where there are no outcomes


def kinds_of(solution: Solution, concepts: Sequence[str]) -> Kinds:
    """Return the states by kinds, as many as a page holds.

    Notes
    -----
    O(P · S · kinds): as many kinds as that takes about a second for, four at least. 0.1 s for 49,152 states of 4
    parties, 1 to 2 s for 2²⁰.
    """
    size, parties = solution.space.size, len(solution.model.parties)
    most = min(most_rows(parties), max(4, _AT_ONCE // (parties * size)))
    formulas = _telling(solution)
    code, used = _coded(solution, formulas, most)
    values = np.flatnonzero(np.bincount(code))[::-1]  # what is true stands first
    place = np.zeros(int(values[0]) + 1, np.intp)
    place[values] = np.arange(len(values))
    place = place[code]
    left_out = 0 if not solution.model.outcomes else len(formulas) - used
    kinds = tuple(_kinds(solution, concepts, values.tolist(), place, used))
    flows, leaving = _flows(solution, place, len(kinds))
    return Kinds(tuple(concepts), formulas[:used], left_out, kinds, tuple(flows), leaving)


def most_rows(parties: int) -> int:
    """Return how many kinds a page holds beside so many parties."""
    return 12 if parties <= 8 else 8


def _telling(solution: Solution) -> tuple[Formula, ...]:
    """Return what may tell kinds apart, the most important first."""
    model = solution.model
    plan = () if model.plan is None else (model.plan,)
    outcomes = tuple(OutcomeAtom(outcome.name) for outcome in model.outcomes)
    varying = (each for each in dict.fromkeys([*plan, *outcomes]) if _varies(solution.space.holds(each)))
    return tuple(varying) or _telling_options(solution)


def _telling_options(solution: Solution) -> tuple[Formula, ...]:
    """Return the options that are taken much more often, or less, in equilibria than elsewhere."""
    model, states = solution.model, solution.space.states
    chosen = next((held for concept in ("nash", "seq", "gmr") if (held := solution.equilibria(concept)).any()), None)
    if chosen is None:
        chosen = np.ones(len(states), bool)
    taken = [(states >> np.uint64(k) & np.uint64(1)).astype(bool) for k in range(len(model.options))]
    varying = [k for k, each in enumerate(taken) if _varies(each)]
    far = {k: abs(float(taken[k][chosen].mean()) - float(taken[k].mean())) for k in varying}
    best = sorted(sorted(varying, key=lambda k: (-far[k], k))[:_MOST_OPTIONS])
    return tuple(OptionAtom(model.options[k].id) for k in best)


def _varies(holds: Bools) -> bool:
    return bool(holds.any() and not holds.all())


def _coded(solution: Solution, formulas: Sequence[Formula], most: int) -> tuple[NDArray[np.int64], int]:
    """(S,): the truth values of the first formulas as binary digits, and how many formulas that is.

    One at least is used, and no more than leave so many kinds.
    """
    code = np.zeros(solution.space.size, np.int64)
    for used, formula in enumerate(formulas[:_MOST_FORMULAS]):
        longer = code * 2 + solution.space.holds(formula)
        if used and np.count_nonzero(np.bincount(longer)) > most:
            return code, used
        code = longer
    return code, min(len(formulas), _MOST_FORMULAS)


def _kinds(
    solution: Solution, concepts: Sequence[str], values: Sequence[int], place: NDArray[np.intp], used: int
) -> Iterator[Kind]:
    held = [np.bincount(place[solution.equilibria(concept)], minlength=len(values)) for concept in concepts]
    counts, today, plan = np.bincount(place), solution.space.status_quo, solution.model.plan
    holds = np.zeros(len(place), bool) if plan is None else solution.space.holds(plan)
    planned = np.bincount(place[holds], minlength=len(values))
    for k, value in enumerate(values):
        truth = tuple(bool(value >> digit & 1) for digit in reversed(range(used)))
        equilibria = tuple(int(each[k]) for each in held)
        is_today = today is not None and int(place[today]) == k
        yield Kind(truth, int(counts[k]), equilibria, is_today, bool(planned[k] == counts[k]))


def _flows(solution: Solution, place: NDArray[np.intp], count: int) -> tuple[list[Flow], tuple[tuple[int, ...], ...]]:
    """Return who can improve from where to where, and by party from how many states of a kind to any other one."""
    flows: list[Flow] = []
    leaving: list[tuple[int, ...]] = []
    for i in range(len(solution.model.parties)):
        anywhere: Bools = np.zeros(len(place), bool)
        for target in range(count):
            solution.watch.step()
            there = place == target
            able = improving_into(solution.engine, i, there) & ~there
            anywhere |= able
            sources = np.bincount(place[able], minlength=count)
            flows += [Flow(i, source, target, int(sources[source])) for source in np.flatnonzero(sources).tolist()]
        leaving.append(tuple(np.bincount(place[anywhere], minlength=count).tolist()))
    return flows, tuple(leaving)
