"""The equilibria as an option matrix: what each party does in each of them, beside what it does today."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Figure
from bestand.drawing.sheet import MARGIN
from bestand.drawing.signs import Part, Row, Signs
from bestand.model.formula import OutcomeAtom
from bestand.model.model import Model
from bestand.prose.messages import _, _n, number
from bestand.prose.names import concept_name, formula_words
from bestand.prose.phrases import option_words

from .selection import Selection
from .selection_words import (
    counts_told,
    doings_told,
    hidden_told,
    name,
    plan_told,
    reached_told,
    shown_told,
    today_told,
)


def matrix(model: Model, selection: Selection) -> Figure:
    """Draw what each party does in the equilibria, and what is true there.

    Parameters
    ----------
    model : Model
        In the language that is spoken.
    selection : Selection

    Returns
    -------
    Figure
        Rows are options, grouped by party; columns are today and the equilibria of the selection.
    """
    parts = [part for part in _parts(model, selection) if part.rows]
    table = Signs([name(entry) for entry in selection.every], 0 if selection.today is None else 1, parts)
    return table.sheet.figure(
        table.draw(MARGIN),
        _("The equilibria, option by option"),
        " ".join(_alternative(model, selection)),
        " ".join(_caption(selection)),
    )


def _parts(model: Model, selection: Selection) -> Iterator[Part]:
    """Yield what is true of the columns, then what each party does in them, then the outcomes."""
    every = selection.every
    if model.plan is not None:
        words = _("The plan: {formula}", formula=formula_words(model, model.plan))
        yield Part("", (Row(words, tuple("1" if entry.plan else "0" for entry in every), "check"),))
    yield Part(_("An equilibrium under"), tuple(_concepts(selection)))
    yield Part("", tuple(_about(selection)))
    for k, party in enumerate(model.parties):
        rows = (
            Row(option_words(model, option.id), tuple(entry.bits[model.bit[option.id]] for entry in every), "box", k)
            for option in party.options
        )
        yield Part(party.title, tuple(rows), k)
    yield Part(_("Outcomes"), tuple(_outcomes(model, selection)))


def _concepts(selection: Selection) -> Iterator[Row]:
    for concept in selection.counts:
        cells = tuple("1" if concept in entry.concepts else "0" for entry in selection.every)
        yield Row(concept_name(concept), cells, "dot")


def _about(selection: Selection) -> Iterator[Row]:
    """Yield rows on whether columns are reached, and how many equilibria they stand for."""
    if not selection.equilibria:
        return
    before = () if selection.today is None else ("",)
    if selection.today is not None:
        cells = ("1" if entry.reached else "0" for entry in selection.equilibria)
        yield Row(_("improvements lead there from the status quo"), (*before, *cells), "dot")
    if selection.several:
        cells = (number(entry.count) for entry in selection.equilibria)
        yield Row(_("equilibria it stands for"), (*before, *cells), "text")


def _outcomes(model: Model, selection: Selection) -> Iterator[Row]:
    """Yield a row for each outcome but one that is the plan."""
    for k, outcome in enumerate(model.outcomes):
        if OutcomeAtom(outcome.name) != model.plan:
            cells = tuple(entry.outcomes[k] for entry in selection.every)
            yield Row(outcome.grounds.says or outcome.name, cells)


def _alternative(model: Model, selection: Selection) -> Iterator[str]:
    yield _n(
        "A table with {n} option of the parties, one a row, and the equilibria as columns.",
        "A table with {n} options of the parties, one a row, and the equilibria as columns.",
        len(model.options),
    )
    yield from counts_told(selection)
    yield from today_told(selection)
    yield from plan_told(selection)
    yield from reached_told(selection)
    yield from doings_told(model, selection)
    yield from hidden_told(selection)


def _caption(selection: Selection) -> Iterator[str]:
    if not any(selection.counts.values()):
        yield _("No state is stable for every party under the concepts asked.")
    elif not selection.equilibria:
        yield _("No other state than today is stable for every party.")
    elif selection.several:
        yield _("Each column is an equilibrium, or several that have all but a few options in common.")
    else:
        yield _("Each column is an equilibrium: a state that no party has reason to leave.")
    yield from shown_told(selection)
