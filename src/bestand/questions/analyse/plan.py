"""The verdict on the plan, and what is doubtful about the model beside it, those doubts that weigh most first."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from bestand.doubts.examine import examine
from bestand.doubts.exits import exit_doubt
from bestand.doubts.ranked import Doubts, ranked
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import CallError, LimitReached, ModelError, Problem
from bestand.model.values import FrozenMap
from bestand.plan.beside import kinds_of
from bestand.plan.ruling import BESIDE, ruling
from bestand.plan.ruling_values import Kind, Ruling
from bestand.plan.terms import lost_no_deal, own_terms
from bestand.stability.registry import HEADLINE

if TYPE_CHECKING:
    from bestand.answer.setting import Setting
    from bestand.model.model import Model
    from bestand.solve.solution import Solution

_TRIED = 2**22  # states over all readings up to which trying each takes a second or two
_LOOKED_AT = 2**18  # states up to which a look at what is doubtful takes no time worth mentioning


def plan_part(setting: Setting, solution: Solution) -> dict[str, Any]:
    """Return the fields of an answer that speak of the plan: its verdict, and the doubts; none without a verdict."""
    found = ruling_of(solution)
    return {} if found is None else {"ruling": found, **beside(setting, solution, found)}


def beside(setting: Setting, solution: Solution, ruling: Ruling) -> dict[str, Any]:
    """Return the fields of what is told beside the verdict: what is doubtful, and what would change it."""
    return {"doubts": _doubts(setting, solution, ruling), "turns": _turns(setting, solution, ruling)}


def ruling_of(solution: Solution, concepts: tuple[str, ...] = ()) -> Ruling | None:
    """Return the verdict on the plan, under some concepts beside the usual ones.

    None where there is nothing to put to anybody, or a limit was reached.

    Raises
    ------
    ModelError
        Where nothing that the file calls no deal can occur, which shows here in models too large to be read so far.
    """
    terms = own_terms(solution.model)
    if terms is None or terms.start not in solution.feasible:
        return None
    if lost := lost_no_deal(solution.model, solution.feasible):
        raise ModelError([Problem(0, 0, "infeasible-no-deal", "error", lost)])
    solution.watch.phase("working out what can be signed")
    try:
        return ruling(solution.engine, terms, HEADLINE, (*BESIDE, *concepts), solution.watch)
    except LimitReached:  # what was asked for is there all the same
        return None


def _turns(setting: Setting, solution: Solution, ruling: Ruling) -> FrozenMap[str, Kind] | None:
    """Return the readings each of which, were it right, would change the verdict, with the one that there would be.

    None where they were not tried, since that would take long. O(readings · S).
    """
    model = setting.model
    readings = model.still_open(setting.readings)
    if not solution.lists or solution.count * len(readings) > _TRIED:
        return None
    variants: dict[str, Model] = {}
    for reading in readings:
        with suppress(CallError):  # it does not go with those applied
            variants[reading.id] = changed(model, apply_readings(model, (*setting.readings, reading.id)))
    try:
        kinds = kinds_of([*variants.values()], ruling.terms.plan, setting.watch)
    except LimitReached:
        return None
    turned = zip(variants, kinds, strict=True)
    return FrozenMap({id: kind for id, kind in turned if kind is not None and kind != ruling.kind})


def _doubts(setting: Setting, solution: Solution, ruling: Ruling) -> tuple[Doubts, ...] | None:
    """Return what a quick look shows of the file, and of the verdict; None where that would take long.

    O(S · statements).
    """
    if not solution.lists or solution.count > _LOOKED_AT:
        return None
    space = None if setting.readings else solution.space  # the doubts are about the file as it is
    try:
        faults = [*examine(setting.model, setting.watch, space=space, quick=True).doubtful]
    except (LimitReached, ModelError):
        return None
    found = exit_doubt(ruling)
    if setting.readings and found is not None and found.code not in {fault.code for fault in faults}:
        faults.append(found)
    return ranked(faults)
