"""The equilibria as an option matrix: what each party does in each of them, beside what it does today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.document.blocks import Figure
from bestand.drawing.sheet import MARGIN
from bestand.drawing.signs import Part, Row, Signs
from bestand.model.formula import Formula, OutcomeAtom
from bestand.prose.messages import _, _n, number
from bestand.prose.names import concept_name, formula_words
from bestand.prose.phrases import option_words
from bestand.solve.solution import Solution

from .chosen import Chosen, chosen
from .chosen_words import counts_told, doings_told, hidden_told, plan_told, reached_told, shown_told, today_told


def matrix(solution: Solution, concepts: Sequence[str]) -> Figure:
    """What each party does in the equilibria, and what is true there.

    Parameters
    ----------
    solution : Solution
    concepts : sequence of str

    Returns
    -------
    Figure
        Rows are options, grouped by party; columns are today and the equilibria that `chosen` chooses.
    """
    found = chosen(solution, concepts)
    parts = [part for part in _parts(solution, found) if part.rows]
    table = Signs([each.name for each in found.all], len(found.today), parts)
    return table.sheet.figure(
        table.draw(MARGIN),
        _("The equilibria, option by option"),
        " ".join(_alternative(solution, found)),
        " ".join(_caption(found)),
    )


def _parts(solution: Solution, found: Chosen) -> Iterator[Part]:
    """What is true of the columns, then what each party does in them, then the outcomes."""
    model = solution.model
    if model.plan is not None:
        words = _("The plan: {formula}", formula=formula_words(model, model.plan))
        yield Part("", (Row(words, _truth(solution, found, model.plan), "check"),))
    yield Part(_("An equilibrium under"), tuple(_held(found)))
    yield Part("", tuple(_about(solution, found)))
    for k, party in enumerate(model.parties):
        rows = (
            Row(
                option_words(model, option.id),
                tuple(each.column.bits[model.bit[option.id]] for each in found.all),
                "box",
                k,
            )
            for option in party.options
        )
        yield Part(party.title, tuple(rows), k)
    yield Part(_("Outcomes"), tuple(_outcomes(solution, found)))


def _held(found: Chosen) -> Iterator[Row]:
    for concept in found.counts:
        yield Row(concept_name(concept), tuple("1" if concept in each.under else "0" for each in found.all), "dot")


def _about(solution: Solution, found: Chosen) -> Iterator[Row]:
    """Whether columns are reached, and how many equilibria they stand for."""
    if not found.shown:
        return
    before = ("",) * len(found.today)
    if solution.reach() is not None:
        cells = ("1" if each.column.reached else "0" for each in found.shown)
        yield Row(_("reached from the status quo"), (*before, *cells), "dot")
    if found.many:
        cells = (number(each.column.count) for each in found.shown)
        yield Row(_("equilibria it stands for"), (*before, *cells), "text")


def _outcomes(solution: Solution, found: Chosen) -> Iterator[Row]:
    """All but an outcome that is the plan."""
    for outcome in solution.model.outcomes:
        atom = OutcomeAtom(outcome.name)
        if atom != solution.model.plan:
            yield Row(outcome.grounds.says or outcome.name, _truth(solution, found, atom))


def _truth(solution: Solution, found: Chosen, formula: Formula) -> tuple[str, ...]:
    """1, 0, or - where a formula varies over a column."""
    holds = solution.space.holds(formula)
    truth = (holds[each.column.members] for each in found.all)
    return tuple("1" if of.all() else "-" if of.any() else "0" for of in truth)


def _alternative(solution: Solution, found: Chosen) -> Iterator[str]:
    yield _n(
        "A table with {n} option of the parties, one a row, and the equilibria as columns.",
        "A table with {n} options of the parties, one a row, and the equilibria as columns.",
        len(solution.model.options),
    )
    yield from counts_told(found)
    yield from today_told(found)
    yield from plan_told(found)
    yield from reached_told(found)
    yield from doings_told(solution.model, found)
    yield from hidden_told(found)


def _caption(found: Chosen) -> Iterator[str]:
    if not any(found.counts.values()):
        yield _("No state is stable for every party under the concepts asked.")
    elif not found.shown:
        yield _("No other state than today is stable for every party.")
    elif found.many:
        yield _("Each column is an equilibrium, or several that have all but a few options in common.")
    else:
        yield _("Each column is an equilibrium: a state that no party has reason to leave.")
    yield from shown_told(found)
