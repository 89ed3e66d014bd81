"""What is stable where some parties are one player, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.answer.opening import opening
from bestand.document.blocks import Block, heading, paragraph, table
from bestand.prose.messages import _, _p, number
from bestand.prose.spoken import spoken

from .phrases import coalition_names
from .selection_words import outcomes_told, selections

if TYPE_CHECKING:
    from .players import MergedPlayers


def blocks(answer: MergedPlayers) -> Iterator[Block]:
    """Tell the answer in reading order."""
    model = spoken(answer.model)
    yield from opening(model, len(answer.states), answer.engine, answer.because, answer.readings)
    yield paragraph(
        _(
            "Merged players: {parties} change all their options in one move, as one player, where each of them prefers "
            "what comes of it. (Coalitions are something else: see bestand coalitions without --merge.)",
            parties=coalition_names(model, answer.members),
        ),
        0,
    )
    yield heading(_("Equilibria with merged players, and without"))
    rows = [
        (concept, *map(number, (comparison.merged, comparison.apart, comparison.both)))
        for concept, comparison in answer.comparisons.items()
    ]
    header = (
        _p("column of a table", "concept"),
        _p("column of a table: players", "merged"),
        _p("column of a table: players", "as they are"),
        _p("column of a table: equilibria", "in both"),
    )
    yield table(header, rows)
    fresh = {concept: comparison.fresh for concept, comparison in answer.comparisons.items()}
    gone = {concept: comparison.gone for concept, comparison in answer.comparisons.items()}
    yield heading(_("Equilibria with merged players that are none without"))
    yield from selections(model, fresh)
    yield heading(_("Equilibria as they are that merged players would leave"))
    yield from selections(model, gone)
    yield from outcomes_told(model, fresh, gone)
    if answer.stopped is not None:
        yield heading(_("This is a part of the answer"), "yellow")
        yield paragraph(_("{Reason}.", reason=answer.stopped))
