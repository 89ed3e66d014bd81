"""The deals of a plan: what those who must sign prefer to no deal, who refuses what, and what keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer
from bestand.answer.setting import Setting
from bestand.document.blocks import Block
from bestand.engine.choose import choose
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.plan.asked import asked_plan, asked_terms
from bestand.plan.ruling import BESIDE, ruling
from bestand.plan.ruling_values import Ruling
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
    plan = asked_plan(model, formula)
    (asked,) = chosen([concept])
    engine = choose(model, None, setting.watch).engine
    terms = asked_terms(model, engine, plan, start, no_deal, consent, red_lines)
    setting.watch.phase("working out what can be signed")
    return Deals(model, setting.readings, ruling(engine, terms, asked, BESIDE, setting.watch))
