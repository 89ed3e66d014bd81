"""The deals of a plan: what those who must sign prefer to no deal, who refuses what, and what keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer
from bestand.answer.given import formula_of
from bestand.answer.setting import Setting
from bestand.document.blocks import Block
from bestand.engine.choose import choose
from bestand.engine.spec import Engine
from bestand.model.errors import CallError, nearest
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import FrozenMap
from bestand.plan.ruling import BESIDE, ruling
from bestand.plan.ruling_values import Ruling, Terms, Without
from bestand.plan.terms import own_no_deal
from bestand.solve.positions import find_mask, find_party, find_state
from bestand.stability.registry import chosen

from . import data, words


@dataclass(frozen=True, eq=False, repr=False)
class Deals(Answer):
    """Whether there is a deal in a plan, who refuses what, and whether it would be kept.

    Parameters
    ----------
    model : Model
        With the readings applied.
    readings : tuple of str
    ruling : Ruling
        The verdict, the deals with the fewest changes, and the refusals.
    """

    model: Model
    readings: tuple[str, ...]
    ruling: Ruling
    stopped: None = None

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self)

    def _brief(self) -> str:
        return self.ruling.kind


def deals(
    setting: Setting,
    formula: str | Formula | None,
    concept: str,
    no_deal: str | Formula | None,
    consent: tuple[str, ...],
    red_lines: tuple[str, ...],
    start: str | int,
) -> Deals:
    """Work out the deals of a plan."""
    model = setting.under
    plan = model.plan if formula is None else formula_of(formula, model)
    if plan is None:
        raise CallError(
            "the model has no plan: say what is to hold, as in bestand deals MODEL 'peace', or write plan: in the file"
        )
    if not model.options:
        raise CallError("nobody has an option in this model: there is nothing to sign")
    (asked,) = chosen([concept])
    ids = [party.id for party in model.parties]
    engine = choose(model, None, setting.watch).engine
    terms = Terms(
        plan,
        _state(engine, model, start),
        _no_deal(engine, model, no_deal),
        tuple(ids[find_party(model, name)] for name in consent) or model.consent,
        FrozenMap({**model.red_lines, **dict(_red_line(model, line) for line in red_lines)}),
    )
    setting.watch.phase("working out what can be signed")
    return Deals(model, setting.readings, ruling(engine, terms, asked, BESIDE, setting.watch))


def _state(engine: Engine[Any, Any], model: Model, given: str | int) -> int:
    if given == "status-quo" and model.status_quo is None:
        raise CallError("the model has no status quo; say where to begin (--from): bits, a label, or the yes options")
    if isinstance(given, str):
        return find_mask(model, given, engine.feasible.__contains__)
    return int(engine.space.states[find_state(engine.space, given)])


def _no_deal(engine: Engine[Any, Any], model: Model, given: str | Formula | None) -> Without:
    """Read what things come to without a deal: drift, today, bits, or a formula."""
    if given is None:
        return own_no_deal(model)
    if not isinstance(given, str):
        return given
    given = given.strip()
    if given == "drift" or given == "today":
        return given
    if len(given) == len(model.options) and set(given) <= {"0", "1"}:
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
