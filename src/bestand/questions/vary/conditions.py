"""When the plan comes to which verdict, and when a claim holds: exact conditions over the answers to what is open.

A condition is the shortest formula over answers that is true of just the combinations that are meant, among those that
leave a state: terms of which one has to hold, each saying which answer a question has, or does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bestand.engine.limits import Watch
from bestand.model.values import FrozenMap
from bestand.plan.open.conditions import Condition, Search
from bestand.plan.open.design import Orders
from bestand.plan.ruling_values import KINDS, Kind

from .answer import VERDICTS

if TYPE_CHECKING:
    from .table import Table

_DEALS: tuple[Kind, ...] = ("deal", "deal-not-kept")


@dataclass(frozen=True, slots=True)
class Conditions:
    """Everything that has a condition.

    Parameters
    ----------
    kinds : mapping of Kind to Condition
        The verdicts on the plan that occur, the best for it first.
    deal_exists : Condition or None
        When there is a deal, kept or not; None without a plan.
    claims : mapping of str to Condition
        When a claim holds, by id.
    idle : tuple of int
        The questions that make no difference to the verdict, whatever the answers to the others; without a plan, to any
        claim.
    """

    kinds: FrozenMap[Kind, Condition]
    deal_exists: Condition | None
    claims: FrozenMap[str, Condition]
    idle: tuple[int, ...]


def conditions(table: Table, watch: Watch) -> Conditions | None:
    """Return when what is so; None where not every combination was looked at, or there are none.

    Notes
    -----
    O(combinations · answers) and the search for a shortest cover (`bestand.plan.cover`) for each condition.
    """
    job = table.job
    if job.kind != "all" or table.looked_at < job.samples or not job.design.questions or not table.counted.any():
        return None
    if any(isinstance(question, Orders) for question in job.design.questions):
        return None
    search = Search(job.design, table.sample)
    watch.phase("looking for conditions", len(KINDS) + len(job.claims))
    kinds: dict[Kind, Condition] = {}
    deal_exists = None
    verdict = None
    if job.plan is not None:
        verdict = table.column("verdict")[: job.samples]
        for at, kind in reversed([*enumerate(KINDS, start=1)]):
            watch.step()
            found = search(verdict == at)
            if found is not None and found.combinations:
                kinds[kind] = found
        deal_exists = search(np.isin(verdict, [1 + KINDS.index(kind) for kind in _DEALS]))
    claims: dict[str, Condition] = {}
    held = []
    for claim in job.claims:
        watch.step()
        holds = table.verdicts(claim)[: job.samples] == VERDICTS.index("holds")
        held.append(holds)
        if (found := search(holds)) is not None:
            claims[claim.id] = found
    deciding = [verdict] if verdict is not None else held
    spoken = {fact.question for each in (kinds or claims).values() for term in each.terms for fact in term}
    idle = [
        j
        for j in range(len(job.design.questions))
        if j not in spoken and not any(search.matters(j, each) for each in deciding)
    ]
    return Conditions(FrozenMap(kinds), deal_exists, FrozenMap(claims), tuple(idle) if deciding else ())
