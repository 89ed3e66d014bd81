"""Outcomes that are true in every feasible state, or in none.

A rule may make its own outcomes so, and is no doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.formula import Formula, OutcomeAtom
from bestand.model.message import Message, counted, message
from bestand.model.spoken_of import spoken_of

from .findings import Family, Found, Kind, Unchecked
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
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    if sight.satisfied is None:
        yield Unchecked("idle-outcome", sight.why)
        return
    model = sight.model
    ruled = spoken_of(model, (rule.allows for rule in model.rules))
    for name in model.outcome:
        if OutcomeAtom(name) not in ruled and (words := constant_words(sight, OutcomeAtom(name))):
            yield Found("idle-outcome", ("outcomes", name), words)


def constant_words(sight: Sight, formula: Formula) -> Message | None:
    """Return how a formula tells no two feasible states apart; None where it does."""
    match sight.constant(formula):
        case True:
            return message("it is true in every feasible state")
        case False:
            return message("it is true in no feasible state")
    return None


OUTCOMES = Family(_KINDS, _find)
