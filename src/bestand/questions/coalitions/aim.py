"""Where somebody wants to get to: a state, the states of a label, or what a formula says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bestand.model.errors import CallError
from bestand.model.formula import Formula, text
from bestand.model.language import parse_formula
from bestand.model.model import Model
from bestand.model.scope import LanguageError
from bestand.solve.positions import find_masks, find_state
from bestand.solve.solution import Solution

from .dominance import Bools


@dataclass(frozen=True, slots=True)
class Aim:
    """The state, or kind of state, that somebody wants to get to.

    Parameters
    ----------
    wanted : Formula, int or str
        A formula, a state as a bit mask, or the label that some states share.
    name : str
        What data call it.
    states : int
        How many feasible states are so.
    already : bool
        Whether it is so where it begins.
    """

    wanted: Formula | int | str
    name: str
    states: int
    already: bool


def aim_of(solution: Solution, wanted: str | Formula, start: int) -> tuple[Aim, Bools]:
    """Return an aim by the name of a state or a formula, and (S,) which states are so.

    Parameters
    ----------
    solution : Solution
    wanted : str or Formula
    start : int
        The index of the state in which it begins.

    Raises
    ------
    CallError
        For what is neither a state nor a formula, and where no feasible state is so.
    """
    target, name, states = _wanted(solution, wanted)
    return Aim(target, name, int(states.sum()), bool(states[start])), states


def _wanted(solution: Solution, wanted: str | Formula) -> tuple[Formula | int | str, str, Bools]:
    """Return what is wanted, what data call it, and the states that are so."""
    model, space = solution.model, solution.space
    if not isinstance(wanted, str):
        return _satisfying(solution, wanted, text(wanted))
    bits = len(wanted) == len(model.options) and set(wanted) <= {"0", "1"}
    if wanted in model.labels.values() and wanted not in model.outcome and not bits:
        masks = find_masks(model, wanted, lambda mask: space.index(mask) is not None)
        return wanted, f"state {wanted}", np.isin(space.states, np.array(masks, np.uint64))
    if bits or "," in wanted or wanted in ("status-quo", "none"):
        at = find_state(space, wanted)
        mask = int(space.states[at])
        return mask, _called(model, mask), space.states == np.uint64(mask)
    try:
        formula = parse_formula(wanted, model.scope())
    except LanguageError as error:
        raise CallError(f"{error} (--to takes a formula, or a state as --state does)") from error
    return _satisfying(solution, formula, wanted)


def _satisfying(solution: Solution, formula: Formula, name: str) -> tuple[Formula, str, Bools]:
    states = solution.space.holds(formula)
    if not states.any():
        raise CallError(f"no feasible state satisfies '{name}'")
    return formula, f"a state with {name}", states


def _called(model: Model, mask: int) -> str:
    """Return what data call a state."""
    label = model.labels.get(model.bits(mask))
    return f"state {label}" if label is not None else ", ".join(model.taken(mask)) or "none"
