"""Plans that are true in every feasible state, in none, or in that of today only; plans that ask for the same.

Of several plans (``plans:``) each is looked at, and beside them one that stands under ``plan:`` and is none of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.fault import Path
from bestand.model.formula import And, Formula, Iff, Not
from bestand.model.message import counted, message
from bestand.model.model import Model

from .findings import Family, Found, Kind, Unchecked
from .outcomes import constant_words
from .phrases import as_state
from .sight import Sight

_SEE = message("see whether the formula says what was meant")
_KINDS = (
    Kind(
        "idle-plan",
        message("a plan that is true in every feasible state, or in none"),
        message("whether the plan holds is settled before anybody moves"),
        _SEE,
        lambda n, _sort: (
            message("the plan is true everywhere, or nowhere")
            if n == 1
            else counted("{n} plan is true everywhere, or nowhere", "{n} plans are true everywhere, or nowhere", n)
        ),
    ),
    Kind(
        "today-plan",
        message("a plan that is true today and in no other feasible state"),
        message("it asks for nothing but that nobody moves at all, and any step of anybody would end it"),
        message("see whether the formula says what was meant; a plan says what is to come, or what is to stay"),
        lambda _n, _sort: message("the plan is true today, and in no other state"),
    ),
    Kind(
        "same-plan",
        message("plans that are true in the same feasible states"),
        message("nothing that is found of one can differ from the other"),
        message("leave one of them out, or see whether the formulas say what was meant"),
        lambda n, _sort: counted("{n} plan asks for what another asks for", "{n} plans ask for what others ask for", n),
    ),
    Kind(
        "odd-plan",
        message("a plan that stands beside several, and is none of them"),
        message("it is asked about unless told, and it is not compared with the others"),
        message("give it an id among them, or leave it out: the first of them is then asked about"),
        lambda _n, _sort: message("the plan is none of the plans that are compared"),
    ),
)


def every_plan(model: Model) -> list[tuple[Path, Formula]]:
    """Return each plan with its place in the file: those that have an id, and one that stands by itself."""
    found: list[tuple[Path, Formula]] = [(("plans", plan.id), plan.formula) for plan in model.plans]
    if model.plan is not None and model.plan_meant is None:
        found.append((("plan",), model.plan))
    return found


def meant_path(model: Model) -> Path:
    """Return where the plan that is asked about unless told stands in the file."""
    return ("plan",) if model.plan_meant is None else ("plans", model.plan_meant.id)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    plans = every_plan(sight.model)
    if sight.satisfied is None:
        yield from (Unchecked(kind.code, sight.why) for kind in _KINDS)
        return
    for k, (path, formula) in enumerate(plans):
        if words := constant_words(sight, formula):
            yield Found("idle-plan", path, words)
        elif _today_only(sight, formula):
            yield Found("today-plan", path, message("it is true in the status quo, and in no other feasible state"))
        alike = (other for other, before in plans[:k] if _alike(sight, formula, before))
        same = next((other for other in alike if _brings(sight.model, other) == _brings(sight.model, path)), None)
        if same is not None and path != ("plan",):
            words = message("it is true in the states of plan {other}, and in no others", other=str(same[-1]))
            yield Found("same-plan", path, words)
        elif path == ("plan",) and len(plans) > 1 and same is None:
            yield Found("odd-plan", path, message("it is none of the plans that have an id"))


def _brings(model: Model, path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Return what comes with a plan: commitments, and what it fixes."""
    plan = model.plan_named.get(str(path[-1])) if len(path) > 1 else None
    return (frozenset(plan.commitments), frozenset(plan.fixed)) if plan else (frozenset(), frozenset())


def _today_only(sight: Sight, plan: Formula) -> bool:
    """Return whether a plan that tells states apart is true in the status quo alone."""
    model = sight.model
    if model.status_quo is None:
        return False
    return not sight.somewhere(And((plan, Not(as_state(model, model.status_quo)))))


def _alike(sight: Sight, one: Formula, other: Formula) -> bool:
    """Return whether two plans are true in the same states."""
    return one == other or not sight.somewhere(Not(Iff(one, other)))


PLANS = Family(_KINDS, _find)
