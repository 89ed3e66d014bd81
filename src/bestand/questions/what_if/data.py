"""What a change does, and what every lever does, as plain data: what ``--json`` prints."""

from __future__ import annotations

from typing import Any

from bestand.answer.columns import patterns_of
from bestand.answer.data import Data, head, state_data
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.wording import change_text
from bestand.solve.solution import Bools, Solution

from .comparison import Difference, Masks, Side, WhatIf
from .levers import Cell, Levers, Tried
from .words import nearest


def what_if_data(found: WhatIf, readings: tuple[str, ...], most: int) -> Data:
    """The document of ``what-if``.

    Parameters
    ----------
    found : WhatIf
    readings : tuple of str
        Those that were applied first.
    most : int
        How many equilibria that go, and that are new, to list under each concept; the patterns have all of them.
    """
    return {
        **head(found.before.model),
        "readings": list(readings),
        "changes": [change_text(change) for change in found.changes],
        "formula": None if found.formula is None else text(found.formula),
        "feasible": _both(found.before.count, found.after.count),
        "formula_states": _formula_states(found),
        "concepts": {each.concept: _difference(each, most) for each in found.differences},
        "status_quo": _status_quo(found),
        "reached": _reached(found),
        "stopped": found.stopped and str(found.stopped),
    }


def _formula_states(found: WhatIf) -> Data | None:
    """In how many feasible states the formula is true."""
    formula = found.formula
    if formula is None:
        return None
    return _both(*(int(solution.space.holds(formula).sum()) for solution in (found.before, found.after)))


def _both(before: Any, after: Any) -> Data:
    return {"before": before, "after": after}


def _difference(each: Difference, most: int) -> Data:
    return {
        "before": _side(each.before),
        "after": _side(each.after),
        "common": each.common,
        "same": each.same,
        "gone": {**_members(each.before.solution, each.gone, most), "impossible": each.impossible},
        "new": _members(each.after.solution, each.new, most),
    }


def _side(side: Side) -> Data:
    return {"equilibria": side.count, "satisfying": side.satisfying}


def _members(solution: Solution, members: Bools, most: int) -> Data:
    listed = nearest(solution, members, most)
    count = int(members.sum())
    return {
        "count": count,
        "complete": len(listed) == count,
        "states": [state_data(solution.model, int(solution.space.states[at])) for at in listed],
        "patterns": [
            {"bits": pattern.bits, "count": pattern.count, "reached": reached}
            for pattern, reached in patterns_of(solution, members)
        ],
    }


def _status_quo(found: WhatIf) -> Data | None:
    sides = (found.before, found.after)
    if found.before.space.status_quo is None:
        return None
    return _both(*(_today(solution, [each.concept for each in found.differences]) for solution in sides))


def _today(solution: Solution, concepts: list[str]) -> Data | None:
    at = solution.space.status_quo
    if at is None:
        return None
    return {
        **state_data(solution.model, int(solution.space.states[at])),
        "stable": {
            concept: {party: bool(solution.stable(concept)[i, at]) for i, party in enumerate(solution.model.party)}
            for concept in concepts
        },
    }


def _reached(found: WhatIf) -> Data | None:
    resting = found.resting()
    if resting is None:
        return None
    return _both(
        *(_reach(found, solution, masks) for solution, masks in zip((found.before, found.after), resting, strict=True))
    )


def _reach(found: WhatIf, solution: Solution, resting: Masks) -> Data:
    reach = solution.reach()
    assert reach is not None, "there are resting places that are reached"
    told: Data = {
        "states": int(reach.reached.sum()),
        "resting_places": [state_data(solution.model, int(mask)) for mask in resting],
    }
    if found.formula is not None:
        so = reach.reached & solution.resting & solution.space.holds(found.formula)
        told["satisfying"] = int(so.sum())
    return told


def levers_data(model: Model, found: Levers, readings: tuple[str, ...], most: int) -> Data:
    """The document of ``what-if --levers``.

    Parameters
    ----------
    model : Model
    found : Levers
    readings : tuple of str
        Those that were applied first.
    most : int
        How many levers to list.
    """
    return {
        **head(model),
        "readings": list(readings),
        "formula": text(found.formula),
        "base": _counts(found.base),
        "levers": [_lever(found, tried) for tried in found.tried[:most]],
        "tried": len(found.tried),
        "of": found.of,
        "not_tried": [
            {"kind": tried.kind, "changes": [change_text(c) for c in tried.changes], "reason": tried.reason}
            for tried in found.failed
        ],
        "stopped": found.stopped and str(found.stopped),
    }


def _lever(found: Levers, tried: Tried) -> Data:
    turned = found.flips(tried)
    return {
        "kind": tried.kind,
        "changes": [change_text(change) for change in tried.changes],
        "decides": tried.decides,
        "turns": [concept for concept in turned if concept],
        "turns_reached": "" in turned,
        **_counts(tried),
    }


def _counts(tried: Tried) -> Data:
    return {
        "concepts": {concept: _cell(cell, "equilibria") for concept, cell in tried.cells.items()},
        "reached": None if tried.resting is None else _cell(tried.resting, "resting_places"),
    }


def _cell(cell: Cell, noun: str) -> Data:
    return {noun: cell.of, "satisfying": cell.found}
