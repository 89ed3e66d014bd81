"""A model in which more ties come with a plan."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, count
from typing import TYPE_CHECKING

from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.model.values import Commitment, Plan
from bestand.model.wording import value_text

if TYPE_CHECKING:
    from .ties import Tie


def named(model: Model, ties: Collection[Tie]) -> tuple[tuple[Commitment, ...], tuple[str, ...]]:
    """Return the commitments among some ties, each by an id that a model does not have yet; and the options fixed."""
    ids = (id for id in (f"tie-{n}" for n in count(1)) if id not in model.commitment)
    commitments = [each for each in ties if isinstance(each, Commitment)]
    fixed = tuple(each for each in ties if isinstance(each, str))
    return tuple(dataclasses.replace(each, id=next(ids)) for each in commitments), fixed


def with_ties(model: Model, plan: Formula | Plan, commitments: Collection[Commitment], fixed: Collection[str]) -> Model:
    """Return a model in which commitments, and options that are fixed, come with a plan beside what does already.

    A plan that is a formula, and none of several, becomes one of them.
    """
    meant = meant_of(model, plan)
    tied = dataclasses.replace(
        meant,
        commitments=(*meant.commitments, *(each.id for each in commitments)),
        fixed=(*meant.fixed, *fixed),
    )
    others = [tied if each.id == meant.id else each for each in model.plans]
    plans = others if meant.id in model.plan_named else [*others, tied]
    return dataclasses.replace(model, plans=tuple(plans), commitments=(*model.commitments, *commitments))


def meant_of(model: Model, plan: Formula | Plan) -> Plan:
    """Return a plan as one of several: what it is in a model, else one by a name that nothing has yet."""
    known = model.plan_named.get(plan.id) if isinstance(plan, Plan) else model.plan_of(plan)
    if known is not None:
        return known
    taken = {*model.plan_named, *model.outcome, *model.party, *(option.name for option in model.options)}
    names = chain(["tied"], (f"tied{n}" for n in count(2)))
    return Plan(next(name for name in names if name not in taken), plan.formula if isinstance(plan, Plan) else plan)


def file_lines(plan: Plan, commitments: Collection[Commitment]) -> Iterator[str]:
    """Yield what a file says of some commitments, and of a plan with what it brings, a line each.

    Examples
    --------
    >>> from bestand.model.formula import Not, OptionAtom
    >>> tie = Commitment("tie-1", "west", Not(OptionAtom("east.x")), (("west.y", True),))
    >>> plan = Plan("calm", OptionAtom("east.x"), commitments=("tie-1",))
    >>> for line in file_lines(plan, [tie]):
    ...     print(line)
    commitments: {tie-1: {party: west, when: not east.x, then: [west.y]}}
    plans: {calm: {holds: east.x, commitments: [tie-1]}}
    """
    ties = [
        f"{each.id}: {{party: {each.party}, when: {text(each.when)}, then: [{_listed(map(value_text, each.then))}]}}"
        for each in commitments
    ]
    brought = (("commitments", plan.commitments), ("fixed", plan.fixed))
    terms = [f"holds: {text(plan.formula)}", *(f"{key}: [{_listed(ids)}]" for key, ids in brought if ids)]
    if ties:
        yield f"commitments: {{{_listed(ties)}}}"
    yield f"plans: {{{plan.id}: {{{_listed(terms)}}}}}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
