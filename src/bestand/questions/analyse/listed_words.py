"""The answer of ``analyse`` for people to read: words first, then the equilibria as a table of options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from bestand.answer.columns import Column, columns, formula_cell, rank_cell, today
from bestand.answer.opening import legend, opening
from bestand.document.blocks import Block, Bullets, Table, heading, paragraph, table
from bestand.model.formula import Formula, OutcomeAtom, text
from bestand.model.model import Model
from bestand.model.sentences import Mover
from bestand.plan.verdict import most_telling
from bestand.plan.words import plan_answer
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import concept_name, concept_names, formula_words
from bestand.prose.phrases import doing_words, party_name, path_words
from bestand.prose.words import bit_cell, percent, size, titled, yes_no
from bestand.solve.loose import loose
from bestand.solve.reach import Reach
from bestand.solve.solution import Bools, Solution
from bestand.stability.registry import firm
from bestand.witness.search import witness
from bestand.witness.words import grounds_words

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution

MOST_RESTING = 4  # resting places told with their paths


def answer(
    width: int,
    solution: Solution,
    concepts: tuple[str, ...],
    where: Formula | None = None,
    readings: tuple[str, ...] = (),
) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    solution : Solution
    concepts : tuple of str
    where : Formula, optional
        Show only equilibria that satisfy it.
    readings : tuple of str
        Those that were applied to the model.
    """
    kept = np.ones(solution.space.size, bool) if where is None else solution.space.holds(where)
    yield from title(solution, readings)
    if solution.model.plan is not None:
        yield from plan_answer(solution, concepts, solution.model.plan)
    reach = solution.reach()
    if reach is not None:
        yield from today_part(solution, concepts, reach.start)
        yield from drift_part(solution, reach)
    yield from counts_part(solution, concepts, kept, where)
    for same in alike(solution, concepts):
        yield from _equilibria(width, solution, same, kept)
    yield from legend(solution.model)


def alike(solution: Solution, concepts: Sequence[str]) -> list[list[str]]:
    """The concepts, those that have the same equilibria together."""
    found: dict[bytes, list[str]] = {}
    for concept in concepts:
        found.setdefault(solution.equilibria(concept).tobytes(), []).append(concept)
    return list(found.values())


def title(solution: Solution | SetSolution, readings: tuple[str, ...]) -> Iterator[Block]:
    """What is analysed, and by which engine."""
    yield from opening(solution.model, solution.count, solution.engine.name, solution.because, readings)


def standing_now(model: Model, mask: int) -> Iterator[Block]:
    """What each party does today."""
    yield heading(_("Where things stand: the status quo"))
    yield Bullets(
        tuple(
            _("{Party} {move}.", party=party_name(model, party.id), move=doing_words(model, party.id, mask, whole=True))
            for party in model.parties
            if party.options
        )
    )


def resting_words(holding: Sequence[str], asked: Sequence[str]) -> str:
    """Under which concepts the status quo is an equilibrium."""
    if len(holding) == len(asked) > 1:
        return _("It is an equilibrium under every concept asked.")
    return _("It is an equilibrium under {concepts}.", concepts=concept_names(holding))


def leaving_words(party: str, leaving: Sequence[str], asked: Sequence[str]) -> str:
    """Under which concepts a party has reason to leave the status quo."""
    if len(leaving) == len(asked) > 1:
        return _("{Party} has reason to leave it, under every concept asked.", party=party)
    return _("{Party} has reason to leave it, under {concepts}.", party=party, concepts=concept_names(leaving))


def today_part(solution: Solution, concepts: tuple[str, ...], at: int) -> Iterator[Block]:
    """Where things stand, and who has reason to leave it."""
    model, mask = solution.model, int(solution.space.states[at])
    yield from standing_now(model, mask)
    verdicts = {concept: solution.stable(concept)[:, at] for concept in concepts}
    holding = [concept for concept in concepts if verdicts[concept].all()]
    if holding:
        yield paragraph(resting_words(holding, concepts))
    for i, party in enumerate(model.parties):
        leaving = [concept for concept in concepts if not verdicts[concept][i]]
        if leaving:
            verdict = leaving_words(party_name(model, party.id), leaving, concepts)
            why = grounds_words(model, witness(solution, mask, i, most_telling(leaving), 1))
            yield paragraph(f"{verdict} {why}")


def drift_part(solution: Solution, reach: Reach) -> Iterator[Block]:
    """What is reached from today, and where it comes to rest."""
    yield heading(_("Where it drifts"))
    yield from _drift_by(solution, "improvements")
    if int(reach.reached.sum()) > 1:
        yield from _drift_by(solution, "best moves")  # no message: a key


def _drift_by(solution: Solution, by: Mover) -> Iterator[Block]:
    reach, space = solution.reach(by), solution.space
    assert reach is not None, "asked only where there is a status quo"
    count = int(reach.reached.sum())
    if count == 1:
        yield paragraph(nothing_reached())
        return
    resting = np.flatnonzero(reach.reached & solution.resting)
    yield paragraph(f"{_reached_words(by, reach, count, space.size)} {_resting_words(len(resting))}")
    first = resting[np.argsort(reach.distance[resting], kind="stable")][:MOST_RESTING].tolist()
    rest = len(resting) - len(first)
    more = [_n("and {n} more", "and {n} more", rest)] if rest else []
    if first:
        yield Bullets((*(_resting_place(solution, reach, at) for at in first), *more))


def nothing_reached() -> str:
    """That nobody can improve on the status quo."""
    return _("By improvements alone, nothing but the status quo itself is reached.")


def _reached_words(by: Mover, reach: Reach, count: int, total: int) -> str:
    longest = int(reach.distance.max())
    values = {
        "reached": number(count),
        "share": percent(count, total),
        "moves": _n("{n} move", "{n} moves", longest),
    }
    if by == "improvements":
        return _n(
            "By improvements alone, {reached} of {n} state can be reached ({share}), in at most {moves}.",
            "By improvements alone, {reached} of {n} states can be reached ({share}), in at most {moves}.",
            total,
            **values,
        )
    return _n(
        "If every mover takes its best move, {reached} of {n} state can be reached ({share}), in at most {moves}.",
        "If every mover takes its best move, {reached} of {n} states can be reached ({share}), in at most {moves}.",
        total,
        **values,
    )


def _resting_words(count: int) -> str:
    if not count:
        return _("In none of them do things come to rest: in each, some party can improve.")
    return _n(
        "One of them is a resting place, where nobody can improve:",
        "{n} of them are resting places, where nobody can improve:",
        count,
    )


def _resting_place(solution: Solution, reach: Reach, at: int) -> str:
    model, space = solution.model, solution.space
    path = [(solution.engine.parties[step.party], int(space.states[step.state])) for step in reach.path(at)]
    told = path_words(model, int(space.states[reach.start]), path) or _("the status quo itself")
    true = [OutcomeAtom(outcome.name) for outcome in model.outcomes if space.holds(OutcomeAtom(outcome.name))[at]]
    if not true:
        return _("{Path}.", path=told)
    outcomes = listing(formula_words(model, outcome) for outcome in true)
    return _("{Path}. True there: {outcomes}.", path=told, outcomes=outcomes)


def summary_heading(where: Formula | None) -> str:
    """What the table of equilibria is called."""
    if where is None:
        return _("Equilibria: states that no party has reason to leave")
    return _("Equilibria, which no party has reason to leave, where {formula}", formula=text(where))


def counts_part(solution: Solution, concepts: tuple[str, ...], kept: Bools, where: Formula | None) -> Iterator[Block]:
    """How many equilibria each concept has, how many are reached, and how many are of each outcome."""
    model, reach = solution.model, solution.reach()
    yield heading(summary_heading(where))
    rows = []
    for concept in concepts:
        chosen = solution.equilibria(concept) & kept
        cells = [number(int(chosen.sum()))]
        if reach:
            cells.append(number(int((chosen & reach.reached).sum())))
        for outcome in model.outcomes:
            cells.append(number(int((chosen & solution.space.holds(OutcomeAtom(outcome.name))).sum())))
        rows.append((concept, *cells))
    header = [_p("column of a table", "concept"), _p("column of a table", "equilibria")]
    if reach:
        header.append(_p("column of a table", "reached"))
    yield table((*header, *(outcome.name for outcome in model.outcomes)), rows)
    yield from loose_part(solution, concepts, kept)


def loose_part(solution: Solution, concepts: tuple[str, ...], kept: Bools) -> Iterator[Block]:
    """How many equilibria rest on answers that a sensible party would not choose."""
    for concept in concepts:
        found = loose(solution, concept)
        if found is None or not (found & kept).any():
            continue
        count, total = int((found & kept).sum()), int((solution.equilibria(concept) & kept).sum())
        values = {"concept": concept_name(concept), "firm": titled([firm(concept) or concept])}
        if count == total:
            words = _n(
                "The one equilibrium under {concept} is held only by answers that are not the best move of whoever "
                "gives them; {firm} counts best moves alone.",
                "All {n} equilibria under {concept} are held only by answers that are not the best move of whoever "
                "gives them; {firm} counts best moves alone.",
                total,
                **values,
            )
        else:
            words = _n(
                "{n} of the {total} equilibria under {concept} is held only by answers that are not the best move of "
                "whoever gives them; {firm} counts best moves alone.",
                "{n} of the {total} equilibria under {concept} are held only by answers that are not the best move of "
                "whoever gives them; {firm} counts best moves alone.",
                count,
                total=number(total),
                **values,
            )
        yield paragraph(words)


def equilibria_heading(concepts: Sequence[str], total: int, kept: int | None) -> str:
    """Which concepts have how many equilibria, and how many of them satisfy what was asked for (None: nothing was)."""
    values = {"concepts": titled(concepts), "number": size(total)}
    if kept is None:
        return _n("{Concepts}: {number} equilibrium", "{Concepts}: {number} equilibria", total, **values)
    return _n(
        "{Concepts}: {kept} of {number} equilibrium",
        "{Concepts}: {kept} of {number} equilibria",
        total,
        kept=size(kept),
        **values,
    )


def no_equilibrium() -> str:
    """That a concept has none."""
    return _("No state is stable for every party.")


def _equilibria(width: int, solution: Solution, concepts: list[str], kept: Bools) -> Iterator[Block]:
    every = solution.equilibria(concepts[0])
    chosen = every & kept
    count, total = int(chosen.sum()), int(every.sum())
    yield heading(equilibria_heading(concepts, total, None if kept.all() else count))
    if not total:
        yield paragraph(no_equilibrium())
    if not count:
        return
    label = max(len(option.id) for option in solution.model.options) if solution.model.options else 10
    most = max(1, (width - max(label, 24) - 4) // 9)
    shown = columns(solution, chosen, most)
    yield option_table(solution, [*today(solution), *shown])
    rest = count - sum(column.count for column in shown)
    if rest:
        yield paragraph(
            _n(
                "And {n} more equilibrium: --where FORMULA narrows, a wider window shows more columns, --json lists "
                "it.",
                "And {n} more equilibria: --where FORMULA narrows, a wider window shows more columns, --json lists "
                "them.",
                rest,
            )
        )


def option_table(solution: Solution, shown: list[Column]) -> Table:
    """Options as rows and equilibria as columns; below, what is true there and how the parties rank it."""
    model = solution.model
    rows: list[tuple[str, ...]] = []
    if any(column.count > 1 for column in shown):
        counts = ("" if column.today else number(column.count) for column in shown)
        rows.append((_("equilibria it stands for"), *counts))
    if solution.reach() is not None:
        rows.append((_("reached from the status quo"), *(_reached_cell(column) for column in shown)))
    for party in model.parties:
        rows.append((party.title,))
        for option in party.options:
            cells = (bit_cell(column.bits[model.bit[option.id]]) for column in shown)
            rows.append((f"  {option.name}", *cells))
    if model.outcomes:
        rows.append((_("Outcomes"),))
    for outcome in model.outcomes:
        rows.append(
            (f"  {outcome.name}", *(formula_cell(solution, column, OutcomeAtom(outcome.name)) for column in shown))
        )
    rows.append((_("States that the party ranks lower, %"),))
    for i, party in enumerate(model.parties):
        rows.append((f"  {party.title}", *(rank_cell(solution, column, i) for column in shown)))
    return table(("", *(column.name for column in shown)), rows)


def _reached_cell(column: Column) -> str:
    return "" if column.today else yes_no(column.reached)


def cases_table(found: Mapping[str, Model]) -> Table:
    """The catalogue: what to type, and what it is."""
    rows = [
        (slug, number(len(model.parties)), number(len(model.options)), model.title) for slug, model in found.items()
    ]
    header = (
        _p("column of a table", "case"),
        _p("column of a table", "parties"),
        _p("column of a table", "options"),
        _p("column of a table", "title"),
    )
    return table(header, rows, frozenset({0, 3}))
