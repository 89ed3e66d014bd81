"""The deals of a plan: what those who must sign prefer to no deal, who refuses what, and what keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer
from bestand.answer.given import formula_of
from bestand.answer.setting import Setting
from bestand.document.blocks import Block
from bestand.engine.choose import explicit
from bestand.engine.sets import mask_of
from bestand.model.errors import CallError, nearest
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import FrozenMap
from bestand.plan.ruling import BESIDE, Ruling, Terms, ruling

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
            "the model has no plan: say what is to hold, as in bestand deals MODEL 'peace', or write plan: into the file"
        )
    if not model.options:
        raise CallError("nobody has an option in this model: there is nothing to sign")
    terms = Terms(
        plan,
        _state(model, start),
        _no_deal(model, no_deal),
        tuple(_party(model, name) for name in consent),
        FrozenMap(dict(_red_line(model, line) for line in red_lines)),
    )
    setting.watch.phase("working out what can be signed")
    engine = explicit(model, None, setting.watch).engine
    return Deals(model, setting.readings, ruling(engine, terms, concept, BESIDE, setting.watch))


def _state(model: Model, given: str | int) -> int:
    if given == "status-quo" and model.status_quo is None:
        raise CallError("the model has no status quo: say from which state, with --from")
    return mask_of(model, given)


def _no_deal(model: Model, given: str | Formula | None) -> Any:
    """Read what things come to without a deal: drift, today, bits, or a formula."""
    if given is None or given in ("drift", "today"):
        return given
    if isinstance(given, str) and given and set(given) <= {"0", "1"} and len(given) == len(model.options):
        return mask_of(model, given)
    return formula_of(given, model)


def _party(model: Model, name: str) -> str:
    found = next((party.id for party in model.parties if name in (party.id, party.name)), None)
    if found is None:
        hint = nearest(name, model.party)
        raise CallError(f"there is no party '{name}'; {f'{hint} ' if hint else ''}parties: {', '.join(model.party)}")
    return found


def _red_line(model: Model, given: str) -> tuple[str, Formula]:
    name, equals, line = given.partition("=")
    if not equals:
        raise CallError(f"--red-line {given}: give PARTY=FORMULA, as in ukraine=ukraine.cede")
    return _party(model, name.strip()), formula_of(line.strip(), model)
