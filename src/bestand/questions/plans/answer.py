"""Several plans side by side: `Plans`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer, Drawings
from bestand.answer.setting import Setting
from bestand.document.blocks import Block
from bestand.engine.choose import choose
from bestand.model.errors import CallError, LimitReached, Stop, nearest
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Plan
from bestand.plan.asked import asked_plan, asked_terms
from bestand.plan.plans import MOST_COMBINED, MOST_STATES, Times, all_open, times, with_terms
from bestand.plan.ruling import BESIDE, ruling
from bestand.plan.ruling_values import Ruling
from bestand.plan.terms import on_terms
from bestand.stability.registry import chosen

from . import data, picture, words


@dataclass(frozen=True, eq=False, repr=False)
class Plans(Answer):
    """Which of several plans holds, and when.

    Parameters
    ----------
    model : Model
        With the readings applied.
    readings : tuple of str
    rulings : mapping of str to Ruling
        The verdict on each plan, by id: what `bestand.deals` finds of it.
    times : Times or None
        When each holds, over all combinations of what is open. None where nothing is, or these were not gone through.
    possible : int
        How many combinations of what is open there are; 1 where nothing is.
    stopped : Stop or None
        The limit that was reached while going through them.
    """

    model: Model
    readings: tuple[str, ...]
    rulings: FrozenMap[str, Ruling]
    times: Times | None
    possible: int
    stopped: Stop | None = None

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self)

    def _pictures(self) -> Drawings:
        return {"plans": lambda: picture.draw_plans(self)}

    def _brief(self) -> str:
        return ", ".join(f"{id} {found.kind}" for id, found in self.rulings.items())


def plans(
    setting: Setting,
    only: tuple[str, ...],
    concept: str,
    no_deal: str | Formula | None,
    consent: tuple[str, ...],
    red_lines: tuple[str, ...],
    start: str | int,
    most: int | None = None,
) -> Plans:
    """Put several plans to the parties; in all that is open up to so many states over all combinations and plans."""
    model, watch = setting.under, setting.watch
    compared = {plan.id: plan for plan in _compared(model, only)}
    first = asked_plan(model, next(iter(compared)))
    (asked,) = chosen([concept])
    engine = choose(model, None, watch).engine
    terms = asked_terms(model, engine, first, start, no_deal, consent, red_lines)
    rulings: dict[str, Ruling] = {}
    for id, plan in compared.items():
        watch.phase("working out what can be signed")
        rulings[id] = ruling(engine, on_terms(terms, model, plan), asked, BESIDE, watch)
    design = all_open(with_terms(setting.model, terms), setting.changes, watch)
    possible = 1 if design is None else design.count
    found, stopped = None, None
    size = possible * engine.feasible.count()
    few = size <= MOST_STATES and (most is None or size * len(compared) <= most)
    if design is not None and engine.lists and possible <= MOST_COMBINED and few:
        try:
            found = times(compared, design, asked, watch)
        except LimitReached as error:
            stopped = error.stop
    return Plans(model, setting.readings, FrozenMap(rulings), found, possible, stopped)


def _compared(model: Model, only: tuple[str, ...]) -> tuple[Plan, ...]:
    """Return the plans asked about. Raises `CallError` where there are none, and for an unknown id."""
    if not model.plans:
        raise CallError("the file has no plans to compare: write them under plans:, as in plans: {one: F, other: G}")
    for id in only:
        if id not in model.plan_named:
            hint = nearest(id, model.plan_named) or f"plans: {', '.join(model.plan_named)}"
            raise CallError(f"there is no plan '{id}'; {hint}")
    return tuple(plan for plan in model.plans if not only or plan.id in only)
