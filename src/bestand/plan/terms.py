"""On what terms a plan is judged: what it is compared with, and who has a say."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import numpy as np

from bestand.engine.feasibility import no_deal_fault, nowhere_words
from bestand.engine.flips import Indices
from bestand.engine.sets import StateSet
from bestand.engine.space import Space
from bestand.model.errors import CallError
from bestand.model.formula import TRUE, Formula
from bestand.model.model import Model
from bestand.model.values import Plan
from bestand.solve.purpose import Purpose

from .in_force import Ties
from .joint import Joint
from .ruling_values import Terms, Without


def own_terms(model: Model, plan: Formula | Plan | None = None) -> Terms | None:
    """Return the terms that a model's file gives, for its plan or another one; None where nobody can be asked.

    So it is without a plan, options or a status quo.
    """
    plan = model.plan if plan is None else plan
    if plan is None or model.status_quo is None or not model.options:
        return None
    start = model.mask(model.status_quo)
    return on_terms(Terms(TRUE, start, own_no_deal(model), model.consent, model.red_lines), model, plan)


def on_terms(terms: Terms, model: Model, plan: Formula | Plan) -> Terms:
    """Return terms for another plan: a formula that is one of several plans of a model stands for the first such."""
    meant = _meant(model, plan)
    if meant is None:
        return replace(terms, plan=formula_of(plan), commitments=(), fixed=(), id="")
    commitments = tuple(model.commitment[id] for id in meant.commitments)
    return replace(terms, plan=formula_of(plan), commitments=commitments, fixed=meant.fixed, id=meant.id)


def formula_of(plan: Formula | Plan) -> Formula:
    """Return what a plan asks for."""
    return plan.formula if isinstance(plan, Plan) else plan


def _meant(model: Model, plan: Formula | Plan) -> Plan | None:
    return model.plan_named.get(plan.id) if isinstance(plan, Plan) else model.plan_of(plan)


def own_no_deal(model: Model) -> Without:
    """Return what a model's file says that things come to without a deal, as `Terms` have it."""
    return model.mask(model.no_deal) if isinstance(model.no_deal, frozenset) else model.no_deal


def answerable(feasible: StateSet, terms: Terms) -> bool:
    """Return whether the start, and a state of the no-deal point, can occur."""
    if terms.start not in feasible:
        return False
    match terms.no_deal:
        case None | "drift" | "today":
            return True
        case int(mask):
            return mask in feasible
        case formula:
            return bool((feasible & formula).count())


def askable_terms(model: Model, feasible: StateSet, plan: Formula | Plan | None = None) -> Terms | None:
    """Return the terms that a model's file gives, where the start and the no-deal point can occur; else None."""
    terms = own_terms(model, plan)
    return terms if terms is not None and answerable(feasible, terms) else None


def lost_no_deal(model: Model, feasible: StateSet) -> str | None:
    """Return why nothing that a model's file calls no deal can occur; None where something can."""
    match model.no_deal:
        case None | str():
            return None
        case frozenset():
            fault = no_deal_fault(model)
            return None if fault is None else str(fault.message)
        case formula:
            return None if (feasible & formula).count() else nowhere_words(formula)


def joint_of(purpose: Purpose, terms: Terms) -> Joint:
    """Return a plan under a concept, on the terms given.

    Raises
    ------
    CallError
        For a start, or a no-deal point, that is not feasible.
    """
    space = purpose.space
    start = space.index(terms.start)
    if start is None:
        raise CallError("the state to start from is not feasible")
    ids = [party.id for party in space.model.parties]
    return Joint(
        purpose,
        start,
        space.holds(terms.plan),
        _no_deal(space, terms, start),
        frozenset(ids.index(id) for id in terms.consent),
        {ids.index(id): space.holds(line) for id, line in terms.red_lines.items()},
        Ties(
            terms.commitments,
            frozenset(ids.index(each.party) for each in terms.commitments),
            space.model.mask(terms.fixed),
        ),
        terms.plan,
    )


def _no_deal(space: Space, terms: Terms, start: int) -> Indices | None:
    match terms.no_deal:
        case None | "drift":
            return None
        case "today":
            return np.array([start], np.intp)
        case int(mask):
            states = [space.index(mask)]
            if states[0] is None:
                raise CallError(impossible_words(space.model, mask))
            return np.array(states, np.intp)
        case formula:
            states = np.flatnonzero(space.holds(formula))
            if not len(states):
                raise CallError(nowhere_words(formula))
            return states


def impossible_words(model: Model, mask: int) -> str:
    """Return what is wrong with a no-deal point that is no feasible state."""
    fault = no_deal_fault(dataclasses.replace(model, no_deal=frozenset(model.taken(mask))))
    return "the no-deal point is not feasible" if fault is None else str(fault.message)
