"""The states of a large model by what is true in them, and which party can improve from which class to which.

Classes are told apart by the outcomes, the plan first: by as many of them as leave few enough classes. A model without
outcomes is told apart by the options that differ most between its equilibria and its other states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.explicit import LOW
from bestand.model.formula import Formula, OptionAtom, OutcomeAtom
from bestand.solve.solution import Bools, Solution

_MOST_FORMULAS = 6
_AT_ONCE = 60_000_000  # states that are looked at for all parties and classes together: a second's work
_MOST_OPTIONS = 3  # that tell classes apart where there are no outcomes


@dataclass(frozen=True)
class Class:
    """States that are alike.

    Parameters
    ----------
    truth : tuple of bool
        Of each formula that tells classes apart.
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
    """From how many states of a class a party can improve to a state of another one; classes by their places."""

    mover: int
    source: int
    target: int
    count: int


@dataclass(frozen=True)
class Classed:
    """A model's states in classes.

    Parameters
    ----------
    formulas : tuple of Formula
        What tells classes apart.
    left_out : int
        How many outcomes do not.
    classes : tuple of Class
        Those in which the first formula is true come first.
    flows : tuple of Flow
    leaving : (P, C) int64
        From how many states of each class each party can improve to some other class.
    """

    formulas: tuple[Formula, ...]
    left_out: int
    classes: tuple[Class, ...]
    flows: tuple[Flow, ...]
    leaving: NDArray[np.int64]


def classed(solution: Solution, concepts: Sequence[str], most: int) -> Classed:
    """The states in at most so many classes.

    Notes
    -----
    O(P · S · classes): as many classes as that takes about a second for, four at least.
    """
    size, parties = solution.space.size, len(solution.model.parties)
    most = min(most, max(4, _AT_ONCE // (parties * size)))
    formulas = _telling(solution)
    code, used = _coded(solution, formulas, most)
    values, place = np.unique(code, return_inverse=True)
    place = len(values) - 1 - place  # what is true stands first
    kept = formulas[:used]
    outcomes = 0 if not solution.model.outcomes else len(formulas) - used
    classes = tuple(_classes(solution, concepts, values[::-1].tolist(), place, used))
    flows, leaving = _flows(solution, place, len(classes))
    return Classed(kept, outcomes, classes, tuple(flows), leaving)


def _telling(solution: Solution) -> tuple[Formula, ...]:
    """What may tell classes apart, the most important first."""
    model = solution.model
    plan = () if model.plan is None else (model.plan,)
    outcomes = tuple(OutcomeAtom(outcome.name) for outcome in model.outcomes)
    varying = (each for each in dict.fromkeys([*plan, *outcomes]) if len(np.unique(solution.space.holds(each))) > 1)
    return tuple(varying) or _telling_options(solution)


def _telling_options(solution: Solution) -> tuple[Formula, ...]:
    """The options that are taken much more often, or less, in equilibria than elsewhere."""
    model, states = solution.model, solution.space.states
    chosen = next((held for concept in ("nash", "seq", "gmr") if (held := solution.equilibria(concept)).any()), None)
    if chosen is None:
        chosen = np.ones(len(states), bool)
    taken = [(states >> np.uint64(k) & np.uint64(1)).astype(bool) for k in range(len(model.options))]
    varying = [k for k, each in enumerate(taken) if each.any() and not each.all()]
    far = {k: abs(float(taken[k][chosen].mean()) - float(taken[k].mean())) for k in varying}
    best = sorted(sorted(varying, key=lambda k: (-far[k], k))[:_MOST_OPTIONS])
    return tuple(OptionAtom(model.options[k].id) for k in best)


def _coded(solution: Solution, formulas: Sequence[Formula], most: int) -> tuple[NDArray[np.int64], int]:
    """(S,): the truth values of the first formulas as binary digits, and how many formulas that is.

    One at least is used, and no more than leave so many classes.
    """
    code = np.zeros(solution.space.size, np.int64)
    for used, formula in enumerate(formulas[:_MOST_FORMULAS]):
        longer = code * 2 + solution.space.holds(formula)
        if used and len(np.unique(longer)) > most:
            return code, used
        code = longer
    return code, min(len(formulas), _MOST_FORMULAS)


def _classes(
    solution: Solution, concepts: Sequence[str], values: Sequence[int], place: NDArray[np.intp], used: int
) -> Iterator[Class]:
    held = [np.bincount(place[solution.equilibria(concept)], minlength=len(values)) for concept in concepts]
    counts, today, plan = np.bincount(place), solution.space.status_quo, solution.model.plan
    so = np.zeros(len(place), bool) if plan is None else solution.space.holds(plan)
    planned = np.bincount(place[so], minlength=len(values))
    for k, value in enumerate(values):
        truth = tuple(bool(value >> digit & 1) for digit in reversed(range(used)))
        equilibria = tuple(int(each[k]) for each in held)
        is_today = today is not None and int(place[today]) == k
        yield Class(truth, int(counts[k]), equilibria, is_today, bool(planned[k] == counts[k]))


def _flows(solution: Solution, place: NDArray[np.intp], count: int) -> tuple[list[Flow], NDArray[np.int64]]:
    """Who can improve from where to where, and from how many states of a class to any other one."""
    engine, ranks = solution.engine, solution.space.ranks
    flows: list[Flow] = []
    leaving = np.zeros((len(ranks), count), np.int64)
    for i, rank in enumerate(ranks):
        anywhere: Bools = np.zeros(len(place), bool)
        for target in range(count):
            there = place == target
            best = engine.over_states(engine.best(i, engine.from_states(np.where(there, rank, LOW))))
            can = (best > rank) & ~there
            anywhere |= can
            sources = np.bincount(place[can], minlength=count)
            flows += [Flow(i, source, target, int(sources[source])) for source in np.flatnonzero(sources).tolist()]
        leaving[i] = np.bincount(place[anywhere], minlength=count)
    return flows, leaving
