"""The terms of a plan as a call gives them: in text, and where nothing is given as the file has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bestand.answer.given import formula_of, plan_meant
from bestand.engine.spec import Engine
from bestand.model.errors import CallError, nearest
from bestand.model.formula import TRUE, Formula
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Plan
from bestand.solve.positions import find_mask, find_party, find_state

from .ruling_values import Terms, Without
from .terms import on_terms, own_no_deal


def asked_plan(model: Model, given: str | Formula | None) -> Plan:
    """Return the plan that a call asks about.

    Raises
    ------
    CallError
        Where there is none, or nobody can do anything.
    """
    asked = model.plan if given is None else given
    if asked is None:
        raise CallError(
            "the model has no plan: say what is to hold, as in bestand deals MODEL 'peace', or write plan: in the file"
        )
    if not model.options:
        raise CallError("nobody has an option in this model: there is nothing to sign")
    return plan_meant(asked, model)


def once(formula: str | Formula | None, plan: str | Formula | None) -> str | Formula | None:
    """Return the plan that a call gives, as its formula or by ``--plan``. Raises `CallError` where it gives both."""
    if formula is not None and plan is not None:
        raise CallError("the plan is given twice: as a formula, and with --plan; give it once")
    return formula if plan is None else plan


def asked_terms(
    model: Model,
    engine: Engine[Any, Any],
    plan: Plan,
    start: str | int,
    no_deal: str | Formula | None,
    consent: Iterable[str],
    red_lines: Iterable[str],
) -> Terms:
    """Return the terms that a call gives.

    Raises
    ------
    CallError
        For a state, formula, party or red line that cannot be read, or cannot occur.
    """
    ids = [party.id for party in model.parties]
    terms = Terms(
        TRUE,
        _state(engine, model, start),
        _no_deal(engine, model, no_deal),
        tuple(ids[find_party(model, name)] for name in consent) or model.consent,
        FrozenMap({**model.red_lines, **dict(_red_line(model, line) for line in red_lines)}),
    )
    return on_terms(terms, model, plan if plan.id else plan.formula)


def _state(engine: Engine[Any, Any], model: Model, given: str | int) -> int:
    if given == "status-quo" and model.status_quo is None:
        raise CallError("the model has no status quo; say where to begin (--from): bits, a label, or the yes options")
    if isinstance(given, str):
        return find_mask(model, given, engine.feasible.__contains__)
    return int(engine.space.states[find_state(engine.space, given)])


def _no_deal(engine: Engine[Any, Any], model: Model, given: str | Formula | None) -> Without:
    """Read what things come to without a deal: drift, today, bits, none, or a formula."""
    if given is None:
        return own_no_deal(model)
    if not isinstance(given, str):
        return given
    given = given.strip()
    if given == "drift" or given == "today":
        return given
    if given == "none" or (len(given) == len(model.options) and set(given) <= {"0", "1"}):
        return _state(engine, model, given)
    try:
        return formula_of(given, model)
    except CallError as error:
        valid = f"give drift, today, a state as {len(model.options)} bits, or a formula"
        hint = nearest(given.lower(), ("drift", "today"))
        raise CallError(f"--no-deal {given}: {hint} {valid}" if hint else f"--no-deal: {error}; {valid}") from error


def _red_line(model: Model, given: str) -> tuple[str, Formula]:
    name, equals, line = given.partition("=")
    if not equals:
        raise CallError(f"--red-line {given}: give PARTY=FORMULA, as in ukraine=ukraine.cede")
    return model.parties[find_party(model, name.strip())].id, formula_of(line.strip(), model)
