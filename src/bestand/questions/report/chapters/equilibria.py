"""The equilibria: how many there are, the most telling ones option by option, and how the parties rank them."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block, Table, table
from bestand.model.formula import OutcomeAtom
from bestand.prose.messages import _, number
from bestand.prose.names import formula_words
from bestand.prose.spoken import spoken
from bestand.prose.words import titled
from bestand.questions.analyse.answer import Result
from bestand.questions.analyse.words import loose_part, no_equilibrium

from .common import chapter, running


def blocks(result: Result) -> Iterator[Block]:
    """Tell how many equilibria there are, and draw them."""
    yield chapter(_("What holds: the equilibria"))
    yield running(
        _(
            "An equilibrium is a state that no party has reason to leave. The concepts differ in what parties reckon "
            "with; the chapter on the method says how."
        )
    )
    yield _counts(result)
    yield from loose_part(result)
    if not any(group.total for group in result.groups):
        yield running(no_equilibrium())
        return
    for name in ("matrix", "standing"):
        figure = result.figure(name)
        if figure is not None:
            yield figure


def _counts(result: Result) -> Table:
    """Return how many equilibria there are, how many of them are reached, and how many of each outcome."""
    model = spoken(result.model)
    groups = [group for concept in result.concepts if (group := result.group(concept)) is not None]
    rows = [(_("equilibria"), [group.total for group in groups])]
    if result.today is not None:
        rows.append((_("improvements lead there from the status quo"), [group.reached or 0 for group in groups]))
    for k, outcome in enumerate(model.outcomes):
        rows.append((formula_words(model, OutcomeAtom(outcome.name)), [group.outcomes[k] for group in groups]))
    cells = [(name, *map(number, counts)) for name, counts in rows]
    caption = _("How many equilibria there are, under {concepts}", concepts=titled(result.concepts))
    return table(("", *result.concepts), cells, (0,), caption)
