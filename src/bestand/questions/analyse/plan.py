"""The verdict on the plan, and what is doubtful about the model beside it, those doubts that weigh most first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bestand.doubts.examine import examine
from bestand.doubts.exits import exit_doubt
from bestand.doubts.ranked import Doubts, ranked
from bestand.model.errors import LimitReached, ModelError
from bestand.plan.ruling import BESIDE, ruling
from bestand.plan.ruling_values import Ruling
from bestand.plan.terms import answerable, own_terms
from bestand.stability.registry import HEADLINE

if TYPE_CHECKING:
    from bestand.answer.setting import Setting
    from bestand.solve.solution import Solution

_LOOKED_AT = 2**18  # states up to which a look at what is doubtful takes no time worth mentioning


def plan_part(setting: Setting, solution: Solution) -> dict[str, Any]:
    """Return the fields of an answer that speak of the plan: its verdict, and the doubts; none without a verdict."""
    found = ruling_of(solution)
    return {} if found is None else {"ruling": found, "doubts": doubts_of(setting, solution, found)}


def ruling_of(solution: Solution, concepts: tuple[str, ...] = ()) -> Ruling | None:
    """Return the verdict on the plan, under some concepts beside the usual ones.

    None where there is nothing to put to anybody, or a limit was reached.
    """
    terms = own_terms(solution.model)
    if terms is None or not answerable(solution.feasible, terms):
        return None
    solution.watch.phase("working out what can be signed")
    try:
        return ruling(solution.engine, terms, HEADLINE, (*BESIDE, *concepts), solution.watch)
    except LimitReached:  # what was asked for is there all the same
        return None


def doubts_of(setting: Setting, solution: Solution, ruling: Ruling) -> tuple[Doubts, ...] | None:
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
