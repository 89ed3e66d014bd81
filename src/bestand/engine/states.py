"""Which states there are.

The feasible states are found by fixing one option after another and dropping every beginning that some rule already
excludes, so that rules which leave few states also leave little work: never 2ⁿ for its own sake. The options are taken
in an order in which rules decide early.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates
from bestand.model.model import Model

from .constraints import Bar, Constraint, Reader
from .evaluate import Evaluator, States, Truth
from .limits import Watch
from .members import index, indices

__all__ = [
    "MAX_OPTIONS",
    "MAX_STATES",
    "Evaluator",
    "States",
    "Truth",
    "distinct",
    "distinct_rows",
    "feasible_states",
    "index",
    "indices",
    "missing",
]

Number = TypeVar("Number", bound=np.integer[Any])

MAX_OPTIONS = 64  # bits of a state
MAX_STATES = 2**24  # feasible states, and beginnings of states on the way to them


def feasible_states(model: Model, limit: int | None = None, watch: Watch | None = None) -> States:
    """Return every combination of options that breaks no rule.

    Parameters
    ----------
    model : Model
        At most 64 options.
    limit : int, optional
        Give up beyond this many states (or beginnings of states); 2²⁴ unless told.
    watch : Watch, optional

    Returns
    -------
    (S,) uint64, ascending

    Raises
    ------
    TooManyStates
        When there are more options than bits, or more states than the limit.

    Notes
    -----
    O(widest level · size of the rules written as `bestand.engine.constraints`). A level holds the combinations of the
    options fixed so far; a rule cuts it as soon as they decide it, and options that no rule mentions come last.

    Examples
    --------
    >>> from bestand.model.formula import And, OptionAtom
    >>> from bestand.model.values import FormulaRule, Option, Party
    >>> both = And((OptionAtom("up.a"), OptionAtom("up.b")))
    >>> parties = (Party("up", options=(Option("up.a"), Option("up.b"))),)
    >>> model = Model("Dam", parties, rules=(FormulaRule("never", both),))
    >>> feasible_states(model).tolist()
    [0, 1, 2]
    """
    limit = MAX_STATES if limit is None else limit
    watch = watch or Watch()
    n = len(model.options)
    if n > MAX_OPTIONS:
        raise TooManyStates("{options} options; states are held as {bits} bits", options=n, bits=MAX_OPTIONS)
    constraints = Reader(model).constraints()
    order = _order(constraints, n)
    free = n - len(order)  # no rule mentions these: each doubles the states
    states, fixed = np.zeros(0 if any(each.mask == 0 for each in constraints) else 1, np.uint64), 0
    for k in order:
        watch.check()
        watch.room(4 * states.nbytes, "the states")
        fixed |= 1 << k
        due = [each for each in constraints if each.mask >> k & 1]
        states = _with_option(k, states, fixed, due)
        if len(states) > limit:
            raise TooManyStates("more than {limit} states for {options} options", limit=limit, options=n)
    if len(states) << free > limit:
        raise TooManyStates("{states} states; at most {limit} can be listed", states=len(states) << free, limit=limit)
    watch.room(3 * states.nbytes << free, "the states")
    for k in range(n):
        if not fixed >> k & 1:
            states = np.concatenate([states, states | np.uint64(1 << k)])
            order.append(k)
    return states if order == sorted(order) else np.sort(states)


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Return each number once, ascending.

    `numpy.unique` would load masked arrays first, which takes longer than all this.
    """
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def distinct_rows(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return each row of a table once, in the order in which bits count. O(M · n)."""
    return rows[np.unique(np.packbits(rows, axis=1), axis=0, return_index=True)[1]]


def missing(some: NDArray[Number], numbers: NDArray[Number]) -> NDArray[np.bool_]:
    """(M,): which numbers are none of some ascending ones. O(M log S).

    Examples
    --------
    >>> missing(np.array([1, 3]), np.array([0, 3, 4])).tolist()
    [True, False, True]
    """
    if not len(some):
        return np.ones(len(numbers), bool)
    at = np.minimum(np.searchsorted(some, numbers), len(some) - 1)
    return some[at] != numbers


def _order(constraints: list[Constraint], n: int) -> list[int]:
    """Return the options that rules mention, each time the one that brings most rules closest to deciding something."""
    mentions = np.array([[bool(each.mask >> k & 1) for k in range(n)] for each in constraints], bool)
    mentions = mentions.reshape(len(constraints), n)
    unfixed = np.count_nonzero(mentions, axis=1)
    order: list[int] = []
    for _ in range(np.count_nonzero(mentions.any(axis=0))):
        near = 4.0**-unfixed @ mentions
        near[order] = -1
        k = int(near.argmax())
        order.append(k)
        unfixed -= mentions[:, k]
    return order


def _with_option(k: int, beginnings: States, fixed: int, due: list[Constraint]) -> States:
    """Return the beginnings with option k fixed too, less those that rules now exclude."""
    bit = 1 << k
    bars = [each for each in due if isinstance(each, Bar) and each.mask & ~fixed == 0]
    no = _unbarred(beginnings, [(bar.mask ^ bit, bar.value) for bar in bars if not bar.value & bit])
    yes = _unbarred(beginnings, [(bar.mask ^ bit, bar.value ^ bit) for bar in bars if bar.value & bit])
    states = np.concatenate([no, yes | np.uint64(bit)])
    for each in due:
        possible = None if isinstance(each, Bar) else each.possible(states, fixed)
        if possible is not None:
            states = states[possible]
    return states


def _unbarred(beginnings: States, bars: list[tuple[int, int]]) -> States:
    """Return the beginnings that lie in none of the cubes. All cubes that are about one option take one comparison."""
    known, needed = 0, 0
    longer: list[tuple[int, int]] = []
    for mask, barred in bars:
        if mask & (mask - 1):
            longer.append((mask, barred))
        elif not mask or (known & mask and needed & mask == barred):
            return beginnings[:0]
        else:
            known, needed = known | mask, needed | (mask ^ barred)
    if known:
        beginnings = beginnings[beginnings & np.uint64(known) == np.uint64(needed)]
    if not longer:
        return beginnings
    left = np.ones(len(beginnings), bool)
    for mask, barred in longer:
        left &= beginnings & np.uint64(mask) != np.uint64(barred)
    return beginnings[left]
