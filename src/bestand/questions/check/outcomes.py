"""Outcomes, and a plan, that are true in every feasible state or in none. A rule may make its own outcomes so."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.formula import Formula, OutcomeAtom
from bestand.model.message import Message, message

from .findings import Family, Found, Kind, Unchecked
from .phrases import spoken_of
from .sight import Sight

_KINDS = (
    Kind(
        "idle-outcome",
        message("outcomes that are true in every feasible state, or in none, without a rule that says so"),
        message("a wish, claim or answer that uses it tells no two states apart"),
        message("see whether the formula says what was meant"),
    ),
    Kind(
        "idle-plan",
        message("a plan that is true in every feasible state, or in none"),
        message("whether the plan holds is settled before anybody moves"),
        message("see whether the formula says what was meant"),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    if sight.satisfied is None:
        yield Unchecked("idle-outcome", sight.why)
        yield Unchecked("idle-plan", sight.why)
        return
    model = sight.model
    ruled = spoken_of(model, (rule.allows for rule in model.rules))
    for name in model.outcome:
        if OutcomeAtom(name) not in ruled and (words := _constant(sight, OutcomeAtom(name))):
            yield Found("idle-outcome", ("outcomes", name), words)
    if model.plan is not None and (words := _constant(sight, model.plan)):
        yield Found("idle-plan", ("plan",), words)


def _constant(sight: Sight, formula: Formula) -> Message | None:
    match sight.constant(formula):
        case True:
            return message("it is true in every feasible state")
        case False:
            return message("it is true in no feasible state")
    return None


OUTCOMES = Family(_KINDS, _find)
