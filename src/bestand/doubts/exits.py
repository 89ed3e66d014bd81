"""A plan that is so today and that nobody can undo: the move by which it could fail may be missing.

What nobody can leave holds whatever anybody wants. That may be meant (a treaty that has been carried out for good);
more often a rule, or an option that was not written down, has taken the move that everybody is afraid of.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.engine.choose import build
from bestand.engine.limits import Watch
from bestand.engine.space import Space
from bestand.model.fault import ModelFault
from bestand.model.formula import And
from bestand.model.message import message
from bestand.plan.ruling_values import Ruling
from bestand.solve.drift import drift
from bestand.solve.purpose import Purpose
from bestand.stability.registry import EVERY, HEADLINE

from .findings import Family, Found, Kind, Unchecked
from .phrases import as_state
from .plans import meant_path
from .sight import Sight

_PATH = ("plan",)
_KIND = Kind(
    "no-exit",
    message("a plan that is so today and that nobody can undo"),
    message("it holds whatever anybody wants, which says nothing about the parties"),
    message("write down the move by which it could fail, or see which rule or limit on moves takes that move away"),
    lambda _n, _sort: message("nobody can undo the plan: the move by which it could fail may be missing"),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    model, space = sight.model, sight.space
    if model.plan is None or model.status_quo is None or not model.options:
        return
    if space is not None:
        if _shut(space) and _stays_shut(space, sight.watch):
            yield Found(
                _KIND.code, meant_path(model), message("it is so today, and nobody has a move that would end it")
            )
    elif sight.satisfied is None or sight.somewhere(And((model.plan, as_state(model, model.status_quo)))):
        yield Unchecked(_KIND.code, sight.why)


def _shut(space: Space) -> bool:
    """Return whether today is in the plan and no move from it leads out of it: a look at single moves."""
    today, plan = space.status_quo, space.model.plan
    if today is None or plan is None:
        return False
    holds = space.holds(plan)
    return (
        bool(holds[today])
        and not holds.all()
        and all(holds[space.targets(i, today)].all() for i in range(len(space.model.parties)))
    )


def _stays_shut(space: Space, watch: Watch) -> bool:
    """Return whether no move leads out of it either from where things drift from today."""
    today, plan = space.status_quo, space.model.plan
    assert plan is not None, "asked of a plan that is so today"
    assert today is not None, "asked of a plan that is so today"
    purpose = Purpose(build(space.model, None, watch), EVERY[HEADLINE].rounds, watch)
    holds = space.holds(plan)
    reached = drift(purpose, [today]).states
    return bool(holds[reached].all()) and all(holds[purpose.legal(i, reached).targets].all() for i in purpose.parties)


def exit_doubt(ruling: Ruling) -> ModelFault | None:
    """Return the doubt about a verdict that is known: that nobody can undo what stands."""
    if ruling.kind != "stands" or ruling.by is None or any(keeper.how != "cannot" for keeper in ruling.by.values()):
        return None
    words = message("it is so today, and nobody has a move that would end it")
    return ModelFault(_PATH, _KIND.code, words, _KIND.mend, "warning", _KIND.consequence, at="plan")


EXITS = Family((_KIND,), _find)
