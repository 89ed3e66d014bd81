"""What a call of ``settle`` asks: for what, of whom, by which kinds of change; and which search answers it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bestand.answer.given import plan_meant
from bestand.answer.setting import Setting, names
from bestand.model.errors import CallError, nearest
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Plan
from bestand.solve.positions import find_party
from bestand.stability.registry import HEADLINE
from bestand.stability.registry import chosen as concepts_of

from .answer import FOR_DEALS, KINDS, Kind, Settled
from .deals import DealSearch
from .outlook import Outlook
from .search import Search
from .target import Nowhere


def settle(
    setting: Setting,
    formula: str | Formula | None = None,
    concepts: Iterable[str] | None = None,
    parties: str | Iterable[str] | None = None,
    kinds: str | Iterable[str] | None = None,
    depth: int | None = None,
    most: int = 5,
) -> Settled:
    """Look for the smallest changes that make a formula hold as a plan, or as an equilibrium; return the answer."""
    model, looked = setting.model, kinds_of(kinds)
    wanted = wanted_of(model, formula)
    asked, able = concepts_of(concepts), parties_of(model, parties)
    told = (depth, most, setting.watch, setting.readings, setting.name)
    try:
        if concepts is None:
            search = DealSearch(model, setting.changes, wanted, (HEADLINE,), able, *told)
            if search.outlook.ruling is not None:
                return search.settle(looked)
        if kinds is None:
            looked = tuple(kind for kind in looked if kind not in FOR_DEALS)
        return Search(model, setting.changes, wanted, asked, able, *told).settle(looked)
    except Nowhere as error:
        if formula is not None:
            raise
        return _nowhere(setting, error, asked if concepts is not None else (HEADLINE,))


def _nowhere(setting: Setting, found: Nowhere, concepts: tuple[str, ...]) -> Settled:
    """Return the answer about a plan that no feasible state is in: nothing can be looked for."""
    outlook = Outlook(found.solution, found.formula, setting.watch)
    none: FrozenMap[Any, Any] = FrozenMap()
    about = (setting.model, found.solution.model, found.formula, concepts)
    names = (setting.readings, setting.name, "deal")
    return Settled(*about, 0, none, (), none, *names, outlook.ruling, outlook.unjudged)


def kinds_of(kinds: str | Iterable[str] | None) -> tuple[Kind, ...]:
    """Return the kinds of change asked for, in that order. Raises `CallError` for one that does not exist."""
    if kinds is None:
        return KINDS
    wanted = names(kinds)
    for kind in wanted:
        if kind not in KINDS:
            hint = nearest(kind, KINDS)
            raise CallError(
                f"there is no kind of change '{kind}'; {f'{hint} ' if hint else ''}(valid: {', '.join(KINDS)})"
            )
    return tuple(kind for kind in dict.fromkeys(wanted) if kind in KINDS)


def wanted_of(model: Model, formula: str | Formula | None) -> Formula | Plan:
    """The formula or plan asked for, or the plan of the model. Raises `CallError` where there is neither."""
    if formula is None:
        formula = model.plan
    if formula is None:
        raise CallError(
            "the model has no plan: say what is wanted, as in bestand settle MODEL 'peace', or write plan: in the file"
        )
    plan = plan_meant(formula, model)
    return plan if plan.id else plan.formula


def parties_of(model: Model, given: str | Iterable[str] | None) -> tuple[str, ...]:
    """Ids of the parties asked for, in the model's order; all where None. Raises `CallError` for an unknown one."""
    if given is None:
        return tuple(model.party)
    found = {find_party(model, name) for name in names(given)}
    return tuple(party.id for i, party in enumerate(model.parties) if i in found)
