"""Checks that are true by definition: for what their words mean, whatever anybody wants. Such a check is no finding.

It is one where

- the condition of its ``where``, and the plan where it speaks of deals, settles what it says of them: ``every … where
  C is F`` with an F that is true wherever C is, ``no … where C is F`` with one that never is. A check of every *state*
  is left alone: what the rules leave possible may be its very claim;
- what is stable is said to be stable, as in ``every equilibrium is stable for A``, or what is kept to be kept;
- something is compared with itself: two sets of changes that make the same model, or a state with the same state.
"""

from __future__ import annotations

from bestand.model.changing import changed
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import TRUE, And, Formula, joined, text
from bestand.model.message import Message, message
from bestand.model.sentences import (
    Assertion,
    Change,
    Check,
    Count,
    Kept,
    Quantified,
    Ranks,
    SameAnswer,
    Satisfies,
    StableFor,
    StateNamed,
    StatusQuo,
    Subject,
)
from bestand.solve.solution import Solution, Solver
from bestand.stability.registry import RESTING, weaker

from .asker import Sense


def why_by_definition(solver: Solver, check: Check, sense: Sense) -> Message | None:
    """Return why a check is true whatever anybody wants, as a clause; None where that cannot be seen.

    Parameters
    ----------
    solver : Solver
    check : Check
    sense : Sense

    Notes
    -----
    O(states · length of the formulas); no move and no rank is looked at.
    """
    try:
        return _why(solver, check.changes, check.assertion, sense)
    except (CallError, ModelError):
        return None  # asking it says why it cannot be asked


def _why(solver: Solver, changes: tuple[Change, ...], assertion: Assertion, sense: Sense) -> Message | None:
    match assertion:
        case Count(how="as many", left=left, right=right) | SameAnswer(left=left, right=right):
            models = [changed(solver.base, (*solver.common, *changes, *side)) for side in (left, right)]
            return message("both sides are the same model") if models[0] == models[1] else None
        case Ranks(left=StatusQuo() | StateNamed() as left, how="level with", right=right) if left == right:
            return message("both sides are the same state")
        case Quantified("every", subject, StableFor(parties)):
            return _stable_anyway(subject, parties, sense)
        case Quantified("every", Subject(noun="kept deal"), Kept()):
            return message("a kept deal is kept")
        case Quantified("every" | "no" as quantifier, subject, Satisfies(formula)) if _more_than_states(subject):
            return _settled(solver.solve(changes), subject, formula, every=quantifier == "every")
    return None


def _stable_anyway(subject: Subject, parties: tuple[str, ...], sense: Sense) -> Message | None:
    """Return why a subject is what is stable for some parties, for every one where none is named."""
    if subject.noun == "equilibrium":
        return message("an equilibrium is what is stable for every party")
    if subject.noun == "resting place":
        rests = sense.drift if subject.reached == "drift" else RESTING
        if sense.concept in {rests, *weaker(rests)}:
            return message("at a resting place no party has a reason to move")
    if parties and {*parties} <= {*(subject.stable_for or ())}:
        return message("it says of what is stable for a party that it is stable for it")
    return None


def _more_than_states(subject: Subject) -> bool:
    """Return whether it speaks of more than what the rules leave possible."""
    return subject.noun != "state" or bool(subject.reached or subject.stable_for)


def _settled(solution: Solution, subject: Subject, formula: Formula, *, every: bool) -> Message | None:
    """Return what makes ``every … is F``, or ``no … is F``, true of any states that the subject could speak of."""
    model, space = solution.model, solution.space
    conditions = [] if subject.where is None else [subject.where]
    if subject.deals and model.plan is not None:
        conditions.append(model.plan)
    among = space.holds(joined(And, conditions, TRUE))
    if not among.any() or (among & (space.holds(formula) != every)).any():
        return None
    return _of_any(conditions, formula, every=every)


def _of_any(conditions: list[Formula], formula: Formula, *, every: bool) -> Message:
    told = text(formula)
    if not conditions:
        if every:
            return message("'{formula}' is true in every feasible state", formula=told)
        return message("'{formula}' is true in no feasible state", formula=told)
    condition = text(joined(And, conditions, TRUE))
    if every:
        return message("wherever '{condition}' is true, '{formula}' is true", condition=condition, formula=told)
    return message("'{condition}' and '{formula}' are never true together", condition=condition, formula=told)
