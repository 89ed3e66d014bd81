"""The answer of ``analyse``, whole or in part, over listed states or over sets of states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.answer import data
from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.errors import LimitReached
from bestand.model.formula import Formula
from bestand.prose.messages import _, _p
from bestand.prose.names import concept_names
from bestand.prose.words import size
from bestand.solve.solution import Solution

from . import listed_words as terminal

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution


def answer(
    width: int,
    solution: Solution | SetSolution,
    concepts: tuple[str, ...],
    where: Formula | None = None,
    readings: tuple[str, ...] = (),
) -> Iterator[Block]:
    """The parts of the answer, in reading order; where a limit is reached, those that were finished, and a word of it.

    Parameters
    ----------
    solution : Solution or SetSolution
        With the verdicts that are finished.
    concepts : tuple of str
    where : Formula, optional
        Show only equilibria that satisfy it.
    readings : tuple of str
        Those that were applied to the model.
    """
    if solution.stopped:
        yield from terminal.title(solution, readings)
        yield from part(solution, concepts)
        return
    try:
        if isinstance(solution, Solution):
            yield from terminal.answer(width, solution, concepts, where, readings)
        else:
            from . import sets_words as sets

            yield from sets.answer(width, solution, concepts, where, readings)
    except LimitReached as error:
        solution.stopped = error.stop
        yield heading(_("The answer ends here"), "yellow")
        yield paragraph(_("{Limit}. What stands above is complete in itself.", limit=solution.stopped))


def answer_data(
    solution: Solution | SetSolution, concepts: tuple[str, ...], most: int, where: Formula | None = None
) -> data.Data:
    """The document of ``analyse --json``; where a limit is reached, ``stopped`` names it and the rest is missing."""
    if isinstance(solution, Solution):
        return data.analysis_data(solution, concepts, most, where)
    from . import sets_data

    return sets_data.analysis_data(solution, concepts, most, where)


def part(solution: Solution | SetSolution, concepts: tuple[str, ...]) -> Iterator[Block]:
    """What is finished, party by party, of an answer that a limit has stopped."""
    yield heading(_("This is a part of the answer"), "yellow")
    yield paragraph(_("{Limit}.", limit=solution.stopped))
    parties = solution.model.parties
    rows = []
    for concept in concepts:
        done = solution.finished(concept)
        cells = [size(solution.stable_count(concept, i)) if i in done else "?" for i in range(len(parties))]
        found = _common(solution, concept) if done else "?"
        whole = len(done) == len(parties) or not done
        rows.append((concept, *cells, found if whole else _("at most {number}", number=found)))
    yield paragraph(_("States that are stable for each party, and for every party (? is not finished):"))
    header = (_p("column of a table", "concept"), *(party.title for party in parties))
    yield table((*header, _p("column of a table", "equilibria")), rows)
    unfinished = [concept for concept in concepts if not solution.complete(concept)]
    if unfinished:
        yield paragraph(_("Not finished: {concepts}.", concepts=concept_names(unfinished)))
    else:
        yield paragraph(_("The rest was not begun."))
    if not isinstance(solution, Solution) and solution.engine.backend != "cudd":
        call = 'pip install "bestand[symbolic]"'  # no message: a command
        yield paragraph(_("With the extra symbolic (CUDD), hard models take less time: {call}.", call=call))


def _common(solution: Solution | SetSolution, concept: str) -> str:
    try:
        return size(solution.common_count(concept))
    except LimitReached:  # the memory is too full to put the parties' sets together
        return "?"
