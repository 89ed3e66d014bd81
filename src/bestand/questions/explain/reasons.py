"""Why a verdict on a plan is what it is, reason by reason: `Reasons`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer
from bestand.answer.setting import Setting, names
from bestand.document.blocks import Block
from bestand.engine.choose import choose
from bestand.model.errors import CallError, nearest
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.plan.asked import asked_plan, asked_terms
from bestand.plan.reasons import Reason, reasons
from bestand.plan.ruling import ruling
from bestand.plan.ruling_values import Ruling
from bestand.stability.registry import HEADLINE, chosen

from . import reason_blocks

ALL = "all"


@dataclass(frozen=True, eq=False, repr=False)
class Reasons(Answer):
    """The reasons behind a verdict on a plan.

    Parameters
    ----------
    model : Model
        With the readings applied.
    readings : tuple of str
    ruling : Ruling
    reasons : tuple of Reason
        Those asked for, in the order in which the verdict tells them.
    """

    model: Model
    readings: tuple[str, ...]
    ruling: Ruling
    reasons: tuple[Reason, ...]
    stopped: None = None

    def data(self) -> dict[str, Any]:
        return reason_blocks.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return reason_blocks.blocks(self)

    def _brief(self) -> str:
        return ", ".join(reason.id for reason in self.reasons)


def reasoned(
    setting: Setting,
    wanted: str | Iterable[str],
    plan: str | Formula | None,
    start: str | int,
    no_deal: str | Formula | None,
    consent: str | Iterable[str] | None,
    engine: str | None,
    concepts: str | Iterable[str] | None = None,
) -> Reasons:
    """Find the reasons behind the verdict on a plan.

    Raises
    ------
    CallError, ModelError, LimitReached
        As `bestand.explain`.
    """
    model = setting.under
    formula = asked_plan(model, plan)
    found_by = choose(model, engine, setting.watch).engine
    terms = asked_terms(model, found_by, formula, start, no_deal, names(consent), ())
    setting.watch.phase("working out what can be signed")
    asked = (HEADLINE,) if concepts is None else chosen(concepts)
    if len(asked) > 1:
        raise CallError(f"reasons are given under one concept at a time, and {len(asked)} are named")
    found = ruling(found_by, terms, asked[0], (), setting.watch)
    return Reasons(model, setting.readings, found, _chosen(model, reasons(found), names(wanted)))


def _chosen(model: Model, every: tuple[Reason, ...], wanted: Iterable[str]) -> tuple[Reason, ...]:
    by_id = {reason.id: reason for reason in every}
    if not every:
        raise CallError("the plan cannot be, whatever anybody does: there is no reason of a party's to explain")
    wanted = [*wanted]
    for name in wanted:
        if name in by_id or name == ALL:
            continue
        about, _, party = name.partition("-")
        if about == "refuses" and party in model.party:
            raise CallError(f"there is no reason '{name}': {party} refuses nothing in this verdict")
        if about == "keeps" and "breaks" in by_id and party in model.party:
            raise CallError(f"there is no reason '{name}': the deal is not kept; 'breaks' says by which moves it ends")
        hint = nearest(name, [*by_id, ALL])
        valid = f"(valid: {', '.join(by_id)}, {ALL})"
        raise CallError(f"there is no reason '{name}' of this verdict; {f'{hint} {valid}' if hint else valid}")
    return every if ALL in wanted or not wanted else tuple(reason for reason in every if reason.id in wanted)
