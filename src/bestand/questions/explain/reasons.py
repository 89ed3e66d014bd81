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
    found = ruling(found_by, terms, beside=(), watch=setting.watch)
    return Reasons(model, setting.readings, found, _chosen(reasons(found), names(wanted)))


def _chosen(every: tuple[Reason, ...], wanted: Iterable[str]) -> tuple[Reason, ...]:
    by_id = {reason.id: reason for reason in every}
    if not every:
        raise CallError("the plan cannot be, whatever anybody does: there is no reason of a party's to explain")
    wanted = [*wanted]
    for name in wanted:
        if name not in by_id and name != ALL:
            hint = nearest(name, [*by_id, ALL])
            raise CallError(
                f"there is no reason '{name}' of this verdict; {hint or ''} (valid: {', '.join(by_id)}, {ALL})"
            )
    return every if ALL in wanted or not wanted else tuple(reason for reason in every if reason.id in wanted)
