"""The answer of ``analyse`` for people to read: words first, then the equilibria as a table of options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from bestand.analysis.evolution import Reach
from bestand.analysis.solution import Bools, Solution
from bestand.analysis.witness import witness
from bestand.model.formula import Formula, OutcomeAtom, text
from bestand.model.model import Model
from bestand.model.sentences import Mover
from bestand.stability.registry import CONCEPTS

from .columns import Column, columns, formula_cell, rank_cell
from .page import Page
from .words import grounds_words, listing, number, path_words, plural

MOST_RESTING = 4  # resting places told with their paths


def answer(on: Page, solution: Solution, concepts: tuple[str, ...], where: Formula | None = None) -> Iterator[str]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    on : Page
    solution : Solution
    concepts : tuple of str
    where : Formula, optional
        Show only equilibria that satisfy it.
    """
    kept = np.ones(solution.space.size, bool) if where is None else solution.space.holds(where)
    yield from _title(on, solution)
    if solution.model.plan is not None:
        yield from _plan(on, solution, concepts, solution.model.plan)
    reach = solution.reach()
    if reach is not None:
        yield from _today(on, solution, concepts, reach.start)
        yield from _drift(on, solution, reach)
    yield from _summary(on, solution, concepts, kept, where)
    alike: dict[bytes, list[str]] = {}
    for concept in concepts:
        alike.setdefault((solution.equilibria(concept) & kept).tobytes(), []).append(concept)
    for same in alike.values():
        yield from _equilibria(on, solution, same, solution.equilibria(same[0]) & kept)


def _title(on: Page, solution: Solution) -> Iterator[str]:
    model = solution.model
    yield on.paragraph(model.title, 0, "bold")
    yield on.paragraph(
        f"{plural(len(model.parties), 'party', 'parties')}, {plural(len(model.options), 'option')}, "
        f"{plural(solution.space.size, 'feasible state')}. Engine: {solution.engine.name}.",
        0,
    )


def _plan(on: Page, solution: Solution, concepts: tuple[str, ...], plan: Formula) -> Iterator[str]:
    """Does it hold: where, for whom not, and why not in the state of that kind nearest to today."""
    space, reach = solution.space, solution.reach()
    so = space.holds(plan)
    yield on.heading(f"Does it hold? The plan: {text(plan)}")
    if not so.any():
        yield on.paragraph("No feasible state is of that kind.")
        return
    holding = {concept: so & solution.equilibria(concept) for concept in concepts}
    somewhere = [concept for concept in concepts if holding[concept].any()]
    reached = [c for c in somewhere if reach is not None and (holding[c] & reach.reached).any()]
    yield on.paragraph(_verdict(solution, concepts, somewhere, reached))
    if somewhere:
        counts = [f"{number(int(holding[c].sum()))} under {c}" for c in somewhere]
        total = int(so.sum())
        yield on.paragraph(f"{plural(total, 'state is', 'states are')} of that kind; equilibria are {listing(counts)}.")
        common = _in_common(solution, np.logical_or.reduce([holding[c] for c in somewhere]), so)
        if common:
            yield on.paragraph(f"All of these, but not all states of that kind, have {listing(common)}.")
    yield from _leavers(on, solution, concepts, so)


def _verdict(solution: Solution, concepts: tuple[str, ...], somewhere: list[str], reached: list[str]) -> str:
    every = "any of the concepts asked" if len(concepts) > 1 else CONCEPTS[concepts[0]].title
    if not somewhere:
        return f"It does not hold: no state of that kind is stable for every party under {every}."
    if solution.reach() is None:
        return f"It can hold, under {listing(somewhere)}."
    if not reached:
        return (
            f"Not from here. It would hold under {listing(somewhere)} once it were there, "
            "but improvements do not lead there from the status quo."
        )
    return f"It can hold: improvements lead from the status quo to such an equilibrium under {listing(reached)}."


def _in_common(solution: Solution, chosen: Bools, kind: Bools) -> list[str]:
    """Options that are the same in all chosen states, and not in all states of their kind."""
    told = []
    for k, option in enumerate(solution.model.options):
        yes = (solution.space.states >> np.uint64(k) & np.uint64(1)).astype(bool)
        for value, word in ((yes, "yes"), (~yes, "no")):
            if value[chosen].all() and not value[kind].all():
                told.append(f"{option.id} {word}")
    return told


def _leavers(on: Page, solution: Solution, concepts: tuple[str, ...], so: Bools) -> Iterator[str]:
    """Who would leave a state of that kind, and how in the one nearest to today."""
    model, total = solution.model, int(so.sum())
    rows = []
    for i, party in enumerate(model.parties):
        left = [int((so & ~solution.stable(concept)[i]).sum()) for concept in concepts]
        rows.append((party.title, *(_percent(count, total) for count in left)))
    yield on.paragraph("Who breaks it: states of that kind that a party would leave")
    yield on.table(("", *concepts), rows)
    if solution.space.status_quo is None:
        return
    today = solution.space.states[solution.space.status_quo]
    found = np.flatnonzero(so)
    nearest = int(found[np.argmin(np.bitwise_count(solution.space.states[found] ^ today))])
    if nearest == solution.space.status_quo:
        return
    yield on.paragraph(f"The nearest to today takes {_qualified(solution, int(today), nearest)}.")
    for i in range(len(model.parties)):
        leaving = [concept for concept in concepts if not solution.stable(concept)[i, nearest]]
        if leaving:
            why = grounds_words(solution, witness(solution, nearest, i, _most_telling(leaving)))
            yield on.paragraph(f"There {model.parties[i].title} would leave under {listing(leaving)}: {why}.")


def _most_telling(concepts: list[str]) -> str:
    """Of the concepts under which a state is left, the one that reckons with the most answers."""
    replies = ("any", "credible", "none")
    return min(concepts, key=lambda concept: (replies.index(CONCEPTS[concept].replies), CONCEPTS[concept].counters))


def _qualified(solution: Solution, today: int, at: int) -> str:
    there = int(solution.space.states[at])
    changes = []
    for k, option in enumerate(solution.model.options):
        if (today ^ there) >> k & 1:
            changes.append(f"{option.id} {'yes' if there >> k & 1 else 'no'}")
    return listing(changes)


def _percent(count: int, total: int) -> str:
    if count in (0, total):
        return "none" if not count else "all"
    share = 100 * count / total
    return "<1%" if share < 1 else ">99%" if share > 99 else f"{share:.0f}%"


def _today(on: Page, solution: Solution, concepts: tuple[str, ...], at: int) -> Iterator[str]:
    yield on.heading("Where things stand: the status quo")
    model = solution.model
    taken = [option.id for k, option in enumerate(model.options) if int(solution.space.states[at]) >> k & 1]
    yield on.paragraph(f"Yes today: {listing(taken) or 'nothing'}.")
    verdicts = {concept: solution.stable(concept)[:, at] for concept in concepts}
    holding = [concept for concept in concepts if verdicts[concept].all()]
    if holding:
        yield on.paragraph(f"It is an equilibrium under {listing(holding)}.")
    for i, party in enumerate(model.parties):
        leaving = [concept for concept in concepts if not verdicts[concept][i]]
        if leaving:
            under = "every concept asked" if len(leaving) == len(concepts) else listing(leaving)
            why = grounds_words(solution, witness(solution, at, i, _most_telling(leaving)))
            yield on.paragraph(f"{party.title} would leave it under {under}: {why}.")


def _drift(on: Page, solution: Solution, reach: Reach) -> Iterator[str]:
    yield on.heading("Where it drifts")
    yield from _drift_by(on, solution, "improvements")
    if int(reach.reached.sum()) > 1:
        yield from _drift_by(on, solution, "best moves")


def _drift_by(on: Page, solution: Solution, by: Mover) -> Iterator[str]:
    reach, space = solution.reach(by), solution.space
    assert reach is not None, "asked only where there is a status quo"
    count = int(reach.reached.sum())
    how = "By improvements alone" if by == "improvements" else "If every mover takes its best move"
    if count == 1:
        yield on.paragraph(f"{how}, nothing but the status quo itself is reached.")
        return
    resting = np.flatnonzero(reach.reached & solution.resting)
    moves = plural(int(reach.distance.max()), "move")
    yield on.paragraph(
        f"{how}, {number(count)} of {plural(space.size, 'state')} can be reached ({_percent(count, space.size)}), "
        f"in at most {moves}; {plural(len(resting), 'resting place')} among them, where nobody can improve"
        f"{':' if len(resting) else '.'}"
    )
    model, start = solution.model, int(space.states[reach.start])
    for at in resting[np.argsort(reach.distance[resting], kind="stable")][:MOST_RESTING].tolist():
        path = [(solution.engine.parties[step.party], int(space.states[step.state])) for step in reach.path(at)]
        true = [outcome.name for outcome in model.outcomes if space.holds(OutcomeAtom(outcome.name))[at]]
        ends = f" — {listing(true)}" if true else ""
        yield on.paragraph(f"- {path_words(model, start, path) or 'the status quo itself'}{ends}", 4)
    if len(resting) > MOST_RESTING:
        yield on.paragraph(f"- and {number(len(resting) - MOST_RESTING)} more", 4)


def _summary(
    on: Page, solution: Solution, concepts: tuple[str, ...], kept: Bools, where: Formula | None
) -> Iterator[str]:
    """How many equilibria each concept has, how many are reached, and how many are of each outcome."""
    model, reach = solution.model, solution.reach()
    yield on.heading("Equilibria: states that no party would leave" + (f", where {text(where)}" if where else ""))
    names = [outcome.name for outcome in model.outcomes]
    rows = []
    for concept in concepts:
        chosen = solution.equilibria(concept) & kept
        cells = [number(int(chosen.sum()))]
        if reach:
            cells.append(number(int((chosen & reach.reached).sum())))
        for outcome in model.outcomes:
            cells.append(number(int((chosen & solution.space.holds(OutcomeAtom(outcome.name))).sum())))
        rows.append((concept, *cells))
    yield on.table(("concept", "equilibria", *(["reached"] if reach else []), *names), rows)


def _equilibria(on: Page, solution: Solution, concepts: list[str], chosen: Bools) -> Iterator[str]:
    count = int(chosen.sum())
    title = listing([f"{CONCEPTS[concept].title} ({concept})" for concept in concepts])
    yield on.heading(f"{title[0].upper()}{title[1:]}: {plural(count, 'equilibrium', 'equilibria')}")
    if not count:
        yield on.paragraph("No state is stable for every party.")
        return
    label = max(len(option.id) for option in solution.model.options) if solution.model.options else 10
    most = max(1, (on.width - max(label, 24) - 4) // 9)
    shown = columns(solution, chosen, most)
    yield _option_table(on, solution, shown)
    rest = count - sum(column.count for column in shown)
    if rest:
        more = plural(rest, "more equilibrium", "more equilibria")
        yield on.paragraph(f"and {more}: --where FORMULA narrows, a wider window shows more columns, --json lists them")


def _option_table(on: Page, solution: Solution, shown: list[Column]) -> str:
    model = solution.model
    rows: list[tuple[str, ...]] = []
    if any(column.count > 1 for column in shown):
        rows.append(("equilibria it stands for", *(number(column.count) for column in shown)))
    if solution.reach() is not None:
        rows.append(("reached from the status quo", *("yes" if column.reached else "no" for column in shown)))
    for party in model.parties:
        rows.append((party.title,))
        for option in party.options:
            cells = ({"1": "Y", "0": "N"}.get(column.bits[model.bit[option.id]], "-") for column in shown)
            rows.append((f"  {option.name}", *cells))
    if model.outcomes:
        rows.append(("Outcomes",))
    for outcome in model.outcomes:
        rows.append(
            (f"  {outcome.name}", *(formula_cell(solution, column, OutcomeAtom(outcome.name)) for column in shown))
        )
    rows.append(("States that the party ranks lower, %",))
    for i, party in enumerate(model.parties):
        rows.append((f"  {party.title}", *(rank_cell(solution, column, i) for column in shown)))
    return on.table(("", *(column.name for column in shown)), rows)


def cases_table(on: Page, found: Mapping[str, Model]) -> str:
    """The catalogue: what to type, and what it is."""
    rows = [(slug, str(len(model.parties)), str(len(model.options)), model.title) for slug, model in found.items()]
    return on.table(("case", "parties", "options", "title"), rows, frozenset({0, 3}))
