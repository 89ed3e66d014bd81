"""The answer of ``analyse`` for people to read: words first, then the equilibria as a table of options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from bestand.analysis.evolution import Reach
from bestand.analysis.loose import loose
from bestand.analysis.solution import Bools, Solution
from bestand.analysis.witness import witness
from bestand.model.formula import Formula, OutcomeAtom, text
from bestand.model.model import Model
from bestand.model.sentences import Mover
from bestand.stability.registry import EVERY
from bestand.texts import listing, number

from .blocks import Block, Table
from .columns import Column, columns, formula_cell, rank_cell, today
from .page import Page
from .plan import most_telling, plan_answer
from .words import grounds_words, path_words, percent, plural, readings_words

if TYPE_CHECKING:
    from bestand.analysis.sets import SetSolution

MOST_RESTING = 4  # resting places told with their paths


def answer(
    on: Page,
    solution: Solution,
    concepts: tuple[str, ...],
    where: Formula | None = None,
    readings: tuple[str, ...] = (),
) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    on : Page
    solution : Solution
    concepts : tuple of str
    where : Formula, optional
        Show only equilibria that satisfy it.
    readings : tuple of str
        Those that were applied to the model.
    """
    kept = np.ones(solution.space.size, bool) if where is None else solution.space.holds(where)
    yield from title(on, solution, readings)
    if solution.model.plan is not None:
        yield from plan_answer(on, solution, concepts, solution.model.plan)
    reach = solution.reach()
    if reach is not None:
        yield from _today(on, solution, concepts, reach.start)
        yield from _drift(on, solution, reach)
    yield from _summary(on, solution, concepts, kept, where)
    alike: dict[bytes, list[str]] = {}
    for concept in concepts:
        alike.setdefault(solution.equilibria(concept).tobytes(), []).append(concept)
    for same in alike.values():
        yield from _equilibria(on, solution, same, kept)
    yield from legend(on, solution.model)


def title(on: Page, solution: Solution | SetSolution, readings: tuple[str, ...]) -> Iterator[Block]:
    """What is analysed, and by which engine."""
    model = solution.model
    yield on.paragraph(model.title, 0, "bold")
    yield on.paragraph(
        f"{plural(len(model.parties), 'party', 'parties')}, {plural(len(model.options), 'option')}, "
        f"{plural(solution.count, 'feasible state')}.",
        0,
    )
    yield on.paragraph(f"Engine: {solution.engine.name}, {solution.because}.", 0)
    if readings:
        yield on.paragraph(readings_words(model, readings), 0, "yellow")


def _today(on: Page, solution: Solution, concepts: tuple[str, ...], at: int) -> Iterator[Block]:
    yield on.heading("Where things stand: the status quo")
    model = solution.model
    taken = model.taken(int(solution.space.states[at]))
    yield on.paragraph(f"Yes today: {listing(taken) or 'nothing'}.")
    verdicts = {concept: solution.stable(concept)[:, at] for concept in concepts}
    holding = [concept for concept in concepts if verdicts[concept].all()]
    if holding:
        yield on.paragraph(f"It is an equilibrium under {listing(holding)}.")
    for i, party in enumerate(model.parties):
        leaving = [concept for concept in concepts if not verdicts[concept][i]]
        if leaving:
            under = "every concept asked" if len(leaving) == len(concepts) else listing(leaving)
            why = grounds_words(solution, witness(solution, at, i, most_telling(leaving)))
            yield on.paragraph(f"{party.title} would leave it under {under}: {why}.")


def _drift(on: Page, solution: Solution, reach: Reach) -> Iterator[Block]:
    yield on.heading("Where it drifts")
    yield from _drift_by(on, solution, "improvements")
    if int(reach.reached.sum()) > 1:
        yield from _drift_by(on, solution, "best moves")


def _drift_by(on: Page, solution: Solution, by: Mover) -> Iterator[Block]:
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
        f"{how}, {number(count)} of {plural(space.size, 'state')} can be reached ({percent(count, space.size)}), "
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
) -> Iterator[Block]:
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
    yield from _loosely(on, solution, concepts, kept)


def _loosely(on: Page, solution: Solution, concepts: tuple[str, ...], kept: Bools) -> Iterator[Block]:
    """How many equilibria rest on answers that a sensible party would not choose."""
    for concept in concepts:
        found = loose(solution, concept)
        if found is None or not (found & kept).any():
            continue
        count, total = int((found & kept).sum()), int((solution.equilibria(concept) & kept).sum())
        which = "All" if count == total else f"{number(count)} of the"
        yield on.paragraph(
            f"{which} {number(total)} under {concept} {'is' if count == 1 else 'are'} held only by answers that are "
            f"not the best move of whoever gives them; {EVERY[concept].firm} counts best moves alone."
        )


def _equilibria(on: Page, solution: Solution, concepts: list[str], kept: Bools) -> Iterator[Block]:
    every = solution.equilibria(concepts[0])
    chosen = every & kept
    count, total = int(chosen.sum()), int(every.sum())
    title = listing([f"{EVERY[concept].title} ({concept})" for concept in concepts])
    among = "" if kept.all() else f"{number(count)} of "
    yield on.heading(f"{title[0].upper()}{title[1:]}: {among}{plural(total, 'equilibrium', 'equilibria')}")
    if not total:
        yield on.paragraph("No state is stable for every party.")
    if not count:
        return
    label = max(len(option.id) for option in solution.model.options) if solution.model.options else 10
    most = max(1, (on.width - max(label, 24) - 4) // 9)
    shown = columns(solution, chosen, most)
    yield _option_table(on, solution, [*today(solution), *shown])
    rest = count - sum(column.count for column in shown)
    if rest:
        more = plural(rest, "more equilibrium", "more equilibria")
        yield on.paragraph(f"and {more}: --where FORMULA narrows, a wider window shows more columns, --json lists them")


def _option_table(on: Page, solution: Solution, shown: list[Column]) -> Table:
    model = solution.model
    rows: list[tuple[str, ...]] = []
    if any(column.count > 1 for column in shown):
        counts = ("" if column.today else number(column.count) for column in shown)
        rows.append(("equilibria it stands for", *counts))
    if solution.reach() is not None:
        rows.append(("reached from the status quo", *(_reached_cell(column) for column in shown)))
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


def _reached_cell(column: Column) -> str:
    return "" if column.today else "yes" if column.reached else "no"


def legend(on: Page, model: Model) -> Iterator[Block]:
    """What the names of options and outcomes stand for, where the file says so."""
    rows = [(option.id, option.grounds.says or "") for option in model.options]
    rows += [(outcome.name, outcome.grounds.says or text(outcome.formula)) for outcome in model.outcomes]
    if any(says for _, says in rows):
        yield on.heading("What the names stand for")
        yield on.table(("", ""), rows, frozenset({0, 1}))


def cases_table(on: Page, found: Mapping[str, Model]) -> Table:
    """The catalogue: what to type, and what it is."""
    rows = [(slug, str(len(model.parties)), str(len(model.options)), model.title) for slug, model in found.items()]
    return on.table(("case", "parties", "options", "title"), rows, frozenset({0, 3}))
