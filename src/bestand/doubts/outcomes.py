"""Outcomes, and a plan, that are true in every feasible state, in none, or in that of today only.

A rule may make its own outcomes so, and is no doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.formula import And, Formula, Not, OutcomeAtom
from bestand.model.message import Message, counted, message
from bestand.model.spoken_of import spoken_of

from .findings import Family, Found, Kind, Unchecked
from .phrases import as_state
from .sight import Sight

_KINDS = (
    Kind(
        "idle-outcome",
        message("outcomes that are true in every feasible state, or in none, without a rule that says so"),
        message("a wish, claim or answer that uses it tells no two states apart"),
        message("see whether the formula says what was meant"),
        lambda n, _sort: counted(
            "{n} outcome is true everywhere, or nowhere", "{n} outcomes are true everywhere, or nowhere", n
        ),
    ),
    Kind(
        "idle-plan",
        message("a plan that is true in every feasible state, or in none"),
        message("whether the plan holds is settled before anybody moves"),
        message("see whether the formula says what was meant"),
        lambda _n, _sort: message("the plan is true everywhere, or nowhere"),
    ),
    Kind(
        "today-plan",
        message("a plan that is true today and in no other feasible state"),
        message("it asks for nothing but that nobody moves at all, and any step of anybody would end it"),
        message("see whether the formula says what was meant; a plan says what is to come, or what is to stay"),
        lambda _n, _sort: message("the plan is true today, and in no other state"),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    if sight.satisfied is None:
        yield Unchecked("idle-outcome", sight.why)
        yield Unchecked("idle-plan", sight.why)
        yield Unchecked("today-plan", sight.why)
        return
    model = sight.model
    ruled = spoken_of(model, (rule.allows for rule in model.rules))
    for name in model.outcome:
        if OutcomeAtom(name) not in ruled and (words := _constant(sight, OutcomeAtom(name))):
            yield Found("idle-outcome", ("outcomes", name), words)
    if model.plan is not None and (words := _constant(sight, model.plan)):
        yield Found("idle-plan", ("plan",), words)
    elif _today_only(sight):
        yield Found("today-plan", ("plan",), message("it is true in the status quo, and in no other feasible state"))


def _today_only(sight: Sight) -> bool:
    """Return whether a plan that tells states apart is true in the status quo alone."""
    model = sight.model
    if model.plan is None or model.status_quo is None:
        return False
    elsewhere = Not(as_state(model, model.status_quo))
    return not sight.somewhere(And((model.plan, elsewhere)))


def _constant(sight: Sight, formula: Formula) -> Message | None:
    match sight.constant(formula):
        case True:
            return message("it is true in every feasible state")
        case False:
            return message("it is true in no feasible state")
    return None


OUTCOMES = Family(_KINDS, _find)
