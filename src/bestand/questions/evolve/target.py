"""What is to be come to: a state, the states of a label, or what a formula says."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bestand.engine.states import Evaluator, Truth
from bestand.model.errors import CallError
from bestand.model.formula import Formula, text
from bestand.model.language import parse_formula
from bestand.model.model import Model
from bestand.model.scope import LanguageError, is_bits
from bestand.solve.positions import find_mask, find_masks

from .drift import Drift
from .extent import WANTED
from .moves import Moving

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bestand.solve.solution import Solution


@dataclass(frozen=True)
class Aim:
    """What somebody wants to come to.

    Parameters
    ----------
    name : str
        As it was asked.
    wanted : Formula or tuple of int
        What is to be true, or the states of that name as bit masks.
    count : int or None
        How many feasible states are so; None where they were not counted.
    """

    name: str
    wanted: Formula | tuple[int, ...]
    count: int | None

    def among(self, model: Model, drift: Drift) -> Truth:
        """(n,): which of the states found are so."""
        if isinstance(self.wanted, tuple):
            return np.isin(drift.masks, np.array(self.wanted, np.uint64))
        return Evaluator(model, drift.masks).holds(self.wanted)


@dataclass(frozen=True)
class Target(Aim):
    """What somebody wants to come to, and what of it was found.

    Parameters
    ----------
    name, wanted, count
        As for `Aim`.
    found : (n,) bool
        Which of the states found are so.
    chance : float or None
        How likely it is to be so at some time, if chance decides who moves.
    told : tuple of int
        The places of those that are told with their paths: the nearest, and the nearest equilibria among them.
    later : int or None
        Where so many moves as were asked for lead to none: how many would.
    """

    found: Truth
    chance: float | None
    told: tuple[int, ...]
    later: int | None = None


def named(text: str | Formula | None, model: Model) -> str | Formula | None:
    """Return what is to be come to: a formula, or the name of a state where it is one.

    A single option, and an outcome, is a formula: what is true in many states.

    Raises
    ------
    CallError
        Where it is neither.
    """
    if text is None or not isinstance(text, str):
        return text
    name = text.strip()
    if not name:
        raise CallError("nothing is given to come to (--to): give a formula or a state")
    bits = is_bits(name, len(model.options))
    if bits or "," in name or name == "status-quo" or (name in model.labels.values() and name not in model.outcome):
        return name
    try:
        return parse_formula(name, model.scope())
    except LanguageError as error:
        with suppress(CallError):
            find_mask(model, name, lambda _: True)
            return name
        raise CallError(f"{error} (--to takes a formula, or a state as --from does)") from error


def aim_of(name: str | Formula | None, model: Model, moving: Moving, solution: Solution | None) -> Aim | None:
    """Return what is to be come to, with how many feasible states are so; None where nothing is.

    Raises
    ------
    CallError
        Where no feasible state is so.
    """
    if name is None:
        return None
    if isinstance(name, str):
        masks = tuple(find_masks(model, name, moving.is_feasible))
        return Aim(name, masks, len(masks))
    count = None if solution is None else solution.where(name).count()
    if count == 0:
        raise CallError(f"no feasible state satisfies '{text(name)}', so nothing can lead to one")
    return Aim(text(name), name, count)


def target_of(aim: Aim, drift: Drift, found: Truth, chance: float | None, standing: Mapping[str, Truth]) -> Target:
    """Return a target with what of it was found.

    Parameters
    ----------
    aim : Aim
    drift : Drift
    found : (n,) bool
        Which of the states found are so.
    chance : float or None
        How likely it is to be so at some time.
    standing : mapping of str to (n,) bool
        By concept, which of the states found are equilibria.
    """
    reached = np.flatnonzero(found & drift.reached)
    told = dict.fromkeys(reached[:WANTED].tolist())
    for stable in standing.values():
        told |= dict.fromkeys(reached[stable[reached]][:1].tolist())
    return Target(aim.name, aim.wanted, aim.count, found, chance, tuple(sorted(told)))
