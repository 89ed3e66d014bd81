"""What is doubtful about a model of which a plan is judged: told beside the verdict, those that weigh most first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.doubts.examine import examine
from bestand.doubts.exits import exit_doubt
from bestand.doubts.ranked import Doubts, ranked
from bestand.model.errors import LimitReached, ModelError

if TYPE_CHECKING:
    from bestand.answer.setting import Setting
    from bestand.plan.ruling import Ruling
    from bestand.solve.solution import Solution

_LOOKED_AT = 2**18  # states up to which a look at what is doubtful takes no time worth mentioning


def doubts_of(setting: Setting, solution: Solution, ruling: Ruling) -> tuple[Doubts, ...] | None:
    """Return what a quick look shows of the file, and of the verdict; None where that would take long.

    O(S · statements).
    """
    if solution.count > _LOOKED_AT:
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
