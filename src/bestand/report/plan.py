"""Does the plan hold: where, what keeps the parties there, and who breaks it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.analysis.solution import Bools, Solution
from bestand.analysis.witness import witness
from bestand.model.formula import Formula, text
from bestand.stability.registry import CONCEPTS

from .page import Page
from .words import grounds_words, listing, number, percent, plural

_STRICTEST = ("nash", "sseq", "seq", "smr", "gmr")  # the fewest equilibria first


def plan_answer(on: Page, solution: Solution, concepts: tuple[str, ...], plan: Formula) -> Iterator[str]:
    """The answer to the question that the file asks, before everything else."""
    so = solution.space.holds(plan)
    total = int(so.sum())
    yield on.heading(f"Does it hold? The plan: {text(plan)}")
    if not total:
        yield on.paragraph("No feasible state is of that kind.")
        return
    holding = {concept: so & solution.equilibria(concept) for concept in concepts}
    somewhere = [concept for concept in concepts if holding[concept].any()]
    if not somewhere:
        under = "any of the concepts asked" if len(concepts) > 1 else CONCEPTS[concepts[0]].title
        yield on.paragraph(
            f"No. Of {plural(total, 'state')} of that kind none is stable for every party under {under}."
        )
    else:
        yield on.paragraph(_where(solution, holding, somewhere, total))
        common = _in_common(solution, np.logical_or.reduce([holding[c] for c in somewhere]), so)
        if common:
            yield on.paragraph(f"All that hold have {listing(common)}; not all states of that kind do.")
        yield from _kept(on, solution, holding, somewhere)
    yield from _leavers(on, solution, concepts, so)


def _where(solution: Solution, holding: dict[str, Bools], somewhere: list[str], total: int) -> str:
    """In how many states of the kind it holds, and whether things lead there."""
    counts = listing([f"{number(int(holding[c].sum()))} under {c}" for c in somewhere])
    told = f"of {plural(total, 'state')} of that kind these are equilibria: {counts}"
    reach = solution.reach()
    if reach is None:
        return f"It can: {told}."
    reached = {concept: int((holding[concept] & reach.reached).sum()) for concept in somewhere}
    if not any(reached.values()):
        return f"Not from here: {told}; but improvements lead from the status quo to none of them."
    now = [concept for concept in somewhere if holding[concept][reach.start]]
    if now:
        return f"It holds today, under {listing(now)}: {told}."
    led = listing([f"{number(count)} under {concept}" for concept, count in reached.items() if count])
    return f"It can: {told}. Improvements lead from the status quo to {led}."


def _in_common(solution: Solution, chosen: Bools, kind: Bools) -> list[str]:
    """Options that are the same in all chosen states, and not in all states of their kind."""
    told = []
    for k, option in enumerate(solution.model.options):
        yes = (solution.space.states >> np.uint64(k) & np.uint64(1)).astype(bool)
        for value, word in ((yes, "yes"), (~yes, "no")):
            if value[chosen].all() and not value[kind].all():
                told.append(f"{option.id} {word}")
    return told


def _kept(on: Page, solution: Solution, holding: dict[str, Bools], somewhere: list[str]) -> Iterator[str]:
    """What keeps the parties in one state that holds: the nearest, under the strictest concept it holds under."""
    concept = min(somewhere, key=_STRICTEST.index)
    at = _nearest(solution, holding[concept])
    yield on.paragraph(f"{_introduced(solution, at, f'One that holds under {concept}')}.")
    for i in range(len(solution.model.parties)):
        found = witness(solution, at, i, concept)
        if found.improvements:
            yield on.paragraph(
                f"What keeps {solution.model.parties[i].title} there: {grounds_words(solution, found)}.", 4
            )
    if solution.resting[at]:
        yield on.paragraph("Nobody can improve there.", 4)


def _leavers(on: Page, solution: Solution, concepts: tuple[str, ...], so: Bools) -> Iterator[str]:
    """Who would leave states of that kind, and how in the one nearest to today that does not hold."""
    model, total = solution.model, int(so.sum())
    rows = []
    for i, party in enumerate(model.parties):
        left = [int((so & ~solution.stable(concept)[i]).sum()) for concept in concepts]
        rows.append((party.title, *(percent(count, total) for count in left)))
    if all(cell == "none" for row in rows for cell in row[1:]):
        return
    yield on.paragraph("Who breaks it: share of the states of that kind that a party would leave")
    yield on.table(("", *concepts), rows)
    broken = so & ~np.logical_and.reduce([solution.equilibria(concept) for concept in concepts])
    at = _nearest(solution, broken)
    yield on.paragraph(f"{_introduced(solution, at, 'One that breaks')}.")
    for i, party in enumerate(model.parties):
        leaving = [concept for concept in concepts if not solution.stable(concept)[i, at]]
        if leaving:
            why = grounds_words(solution, witness(solution, at, i, most_telling(leaving)))
            yield on.paragraph(f"{party.title} would leave it under {listing(leaving)}: {why}.", 4)


def most_telling(concepts: list[str]) -> str:
    """Of the concepts under which a state is left, the one that reckons with the most answers."""
    replies = ("any", "credible", "none")
    return min(concepts, key=lambda concept: (replies.index(CONCEPTS[concept].replies), CONCEPTS[concept].counters))


def _nearest(solution: Solution, chosen: Bools) -> int:
    """Of some states, one that is reached, if any; else the one that differs from today in the fewest options."""
    reach = solution.reach()
    found = np.flatnonzero(chosen if reach is None or not (chosen & reach.reached).any() else chosen & reach.reached)
    today = np.uint64(solution.model.mask(solution.model.status_quo or ()))
    return int(found[np.argmin(np.bitwise_count(solution.space.states[found] ^ today))])


def _introduced(solution: Solution, at: int, what: str) -> str:
    """What a state is, told from today where there is a status quo."""
    model, there = solution.model, int(solution.space.states[at])
    if solution.space.status_quo is None:
        taken = [option.id for k, option in enumerate(model.options) if there >> k & 1]
        return f"{what} has {listing(taken) or 'no option'} taken"
    today = model.mask(model.status_quo or ())
    changes = [
        f"{option.id} {'yes' if there >> k & 1 else 'no'}"
        for k, option in enumerate(model.options)
        if (today ^ there) >> k & 1
    ]
    return f"{what} differs from today by {listing(changes)}" if changes else f"{what} is today's state"
