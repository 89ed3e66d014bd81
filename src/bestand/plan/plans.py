"""Several plans in every combination of what is open: when each holds, and which holds wherever another does.

A plan **holds** in a combination where it is a deal that is kept, or needs none: it stands, or comes by itself. For
plans x and y with the sets X and Y of combinations in which they hold, x holds **wherever** y does iff Y is not empty
and Y ⊆ X.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import CallError
from bestand.model.values import FrozenMap, Plan
from bestand.solve.batches import Batches

from .beside import kinds_of_plans
from .open.conditions import Condition, Search
from .open.design import Design
from .open.open_questions import opened
from .ruling_values import HOLDS, KINDS, Kind, Terms

if TYPE_CHECKING:
    from bestand.engine.limits import Watch
    from bestand.model.model import Model
    from bestand.model.sentences import Change

MOST_COMBINED = 10_000  # combinations that are all looked at
MOST_STATES = 2**30  # over all of them
_DEALS: tuple[Kind, ...] = ("deal", "deal-not-kept")


@dataclass(frozen=True, slots=True)
class PlanTimes:
    """When one plan comes to what.

    Parameters
    ----------
    kinds : tuple of Kind or None
        The verdict by combination; None where the answers leave no state, or not today.
    holds : Condition or None
        When it is a deal that is kept, or needs none. None where that takes too long to find, here and below.
    deal_exists : Condition or None
        When there is a deal, kept or not.
    when : mapping of Kind to Condition
        When it comes to each verdict that occurs, the best one first.
    """

    kinds: tuple[Kind | None, ...]
    holds: Condition | None
    deal_exists: Condition | None
    when: FrozenMap[Kind, Condition]

    @property
    def held(self) -> frozenset[int]:
        """Return the combinations, by their numbers, in which it holds."""
        return frozenset(k for k, kind in enumerate(self.kinds) if kind in HOLDS)


@dataclass(frozen=True, slots=True)
class Wherever:
    """That one plan holds wherever another one does.

    Parameters
    ----------
    plan, other : str
        Their ids.
    more : int
        In how many more combinations it holds; 0 where the two hold in the same ones.
    """

    plan: str
    other: str
    more: int


@dataclass(frozen=True, slots=True)
class Times:
    """When each of several plans holds, over all combinations of what is open.

    Parameters
    ----------
    design : Design
        What is open.
    of : int
        How many combinations leave somebody to ask.
    plans : mapping of str to PlanTimes
    wherever : tuple of Wherever
        Every pair of plans of which the first holds wherever the second does, and the second holds somewhere.
    """

    design: Design
    of: int
    plans: FrozenMap[str, PlanTimes]
    wherever: tuple[Wherever, ...]


def with_terms(model: Model, terms: Terms) -> Model:
    """Return a model that starts from where a call says, and has its terms."""
    no_deal = terms.no_deal
    return replace(
        model,
        status_quo=frozenset(model.taken(terms.start)),
        consent=terms.consent,
        no_deal=frozenset(model.taken(no_deal)) if isinstance(no_deal, int) else no_deal,
        red_lines=terms.red_lines,
    )


def all_open(model: Model, changes: tuple[Change, ...], watch: Watch) -> Design | None:
    """Return what is open in a model beside some changes; None where nothing is."""
    if not model.readings:
        return None
    try:
        design = opened(model, changes, watch=watch)
    except CallError:
        return None
    return design if design.questions else None


def times(plans: Mapping[str, Plan], design: Design, concept: str, watch: Watch) -> Times:
    """Return when each of some plans holds.

    Parameters
    ----------
    plans : mapping of str to Plan
        By id.
    design : Design
        Of a model that has the terms of the call; at most `MOST_COMBINED` combinations.
    concept : str
    watch : Watch

    Raises
    ------
    LimitReached

    Notes
    -----
    The cost of the verdict on each plan in every combination (`bestand.plan.beside`).
    """
    batches = Batches(watch)
    models: dict[int, Model] = {}
    watch.phase("putting the answers together", design.count)
    for k in range(design.count):
        base, changes = design.variant(design.combination(k))
        with suppress(CallError):
            models[k] = batches.changed(base, changes)
        watch.step()
    watch.phase("putting the plans to the parties")
    kinds: dict[str, list[Kind | None]] = {}
    for id, each in zip(plans, kinds_of_plans([*models.values()], [*plans.values()], watch, concept), strict=True):
        found = dict(zip(models, each, strict=True))
        kinds[id] = [found.get(k) for k in range(design.count)]
    asked = np.array([any(each[k] is not None for each in kinds.values()) for k in range(design.count)], bool)
    search = Search(design, asked)
    told = FrozenMap({id: _plan_times(search, each) for id, each in kinds.items()})
    return Times(design, int(asked.sum()), told, wherever({id: each.held for id, each in told.items()}))


def _plan_times(search: Search, kinds: list[Kind | None]) -> PlanTimes:
    def so(*wanted: Kind) -> NDArray[np.bool_]:
        return np.array([kind in wanted for kind in kinds], bool)

    there = [kind for kind in reversed(KINDS) if kind in kinds]
    found = {kind: search(so(kind)) for kind in there}
    when: FrozenMap[Kind, Condition] = FrozenMap({kind: each for kind, each in found.items() if each is not None})
    return PlanTimes(tuple(kinds), search(so(*HOLDS)), search(so(*_DEALS)), when)


def wherever(held: Mapping[str, frozenset[int]]) -> tuple[Wherever, ...]:
    """Return which plans hold wherever another one does, given in which combinations each holds.

    Examples
    --------
    >>> [(each.plan, each.other, each.more) for each in wherever({"x": frozenset({1, 2}), "y": frozenset({2})})]
    [('x', 'y', 1)]
    """
    return tuple(
        Wherever(x, y, len(held[x] - held[y])) for x, y in permutations(held, 2) if held[y] and held[y] <= held[x]
    )
