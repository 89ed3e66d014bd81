"""The table of who moved last: states as columns, what is yes in them above, and the last movers below.

Rows are numbers of moves. A cell names everybody who can be the last mover of a legal sequence of at most so many moves
to the state: the status quo table of Li, Kilgour & Hipel (2005).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.spoken import spoken
from bestand.prose.words import bit_cell

from .extent import FEW

if TYPE_CHECKING:
    from .answer import Evolution

_FEW_OPTIONS = 8  # options that get a row each, all of them
_LEAST_COLUMNS = 4  # however narrow the page is
_MOST_ROWS = 12


@dataclass(frozen=True)
class Named:
    """The states found that get a column, and what each is called in the answer.

    Parameters
    ----------
    states : tuple of int
        Indices of states found, the nearest first.
    names : dict of int to str
        By index: its label in the file, else its place among the columns.
    """

    states: tuple[int, ...]
    names: dict[int, str]


def named(answer: Evolution, width: int) -> Named:
    """Choose the columns: all states where they are few; else the start, some targets, ends and equilibria, as fit."""
    drift, model = answer.drift, spoken(answer.model)
    columns = answer.guide.columns
    if drift.size > FEW:
        cell = len(",".join(abbreviations(model).values())) + 2
        beside = width - max(24, *(len(option.name) + 4 for option in model.options))
        columns = tuple(sorted(columns[: max(beside // cell, _LEAST_COLUMNS)]))
    names: dict[int, str] = {}
    labels = [model.labels.get(model.bits(int(drift.masks[at]))) for at in columns]
    for place, (at, label) in enumerate(zip(columns, labels, strict=True)):
        unique = label is not None and labels.count(label) == 1
        unnamed = f"#{place}" if at else _p("column of a table", "start")
        names[at] = label if unique and label else unnamed
    return Named(columns, names)


def movers_table(answer: Evolution, shown: Named) -> Iterator[Block]:
    """The table, with a word of what it leaves out."""
    kept = _options_with_a_row(answer, shown)
    longest = max((int(answer.drift.moves[:, at].max()) for at in shown.states), default=0)
    rows = [
        *_option_rows(answer, shown, kept),
        *_truth_rows(answer, shown),
        *_mover_rows(answer, shown, min(longest, _MOST_ROWS)),
    ]
    yield heading(_("Moves and last movers"))
    yield table(("", *(shown.names[at] for at in shown.states)), rows)
    model = spoken(answer.model)
    told = [f"{name} {model.party[party].title}" for party, name in abbreviations(model).items() if name != party]
    if told:
        yield paragraph(_("Last movers: {parties}. They add up from row to row.", parties=listing(told)))
    if len(kept) < len(model.options):
        yield paragraph(_("Options without a row are as at the start in all columns."))
    left = answer.drift.size - len(shown.states)
    if left:
        yield paragraph(
            _n(
                "{n} more state has no column: --json has it.",
                "{n} more states have no column: --json has them.",
                left,
            )
        )
    if longest > _MOST_ROWS:
        yield paragraph(_("The rows go on to {number} moves: --json has them.", number=number(longest)))


def _option_rows(answer: Evolution, shown: Named, kept: set[str]) -> Iterator[Sequence[str]]:
    """Tell what is taken in each state, party by party."""
    model, masks = spoken(answer.model), answer.drift.masks
    for party in model.parties:
        mine = [option for option in party.options if option.id in kept]
        if mine:
            yield (party.title,)
        for option in mine:
            taken = masks >> np.uint64(model.bit[option.id]) & np.uint64(1) == 1
            yield f"  {option.name}", *(_truth(taken[at]) for at in shown.states)


def _truth_rows(answer: Evolution, shown: Named) -> Iterator[Sequence[str]]:
    """Tell which outcomes are true in each state, and under which concepts it is an equilibrium."""
    if answer.outcomes:
        yield (_("Outcomes"),)
    for name, holds in answer.outcomes.items():
        yield f"  {name}", *(_truth(holds[at]) for at in shown.states)
    if answer.standing.among:
        yield (_("Equilibrium under"),)
    for concept, stable in answer.standing.among.items():
        yield f"  {concept}", *(_truth(True) if stable[at] else "" for at in shown.states)


def _truth(holds: bool) -> str:
    return bit_cell("1" if holds else "0")


def _mover_rows(answer: Evolution, shown: Named, longest: int) -> Iterator[Sequence[str]]:
    """Tell who can be the last to move to each state, by the number of moves."""
    short = list(abbreviations(answer.model).values())
    yield (_("Who can be the last mover"),)
    yield f"  {_p('row of a table', 'no move')}", *(_start_cell(at) for at in shown.states)
    for moves in range(1, longest + 1):
        cells = (",".join(short[j] for j in answer.drift.last_movers(at, moves)) for at in shown.states)
        yield f"  {_n('at most {n} move', 'at most {n} moves', moves)}", *cells


def _start_cell(at: int) -> str:
    return "" if at else _p("cell of a table: where it begins", "here")


def _options_with_a_row(answer: Evolution, shown: Named) -> set[str]:
    """All options where they are few; else those that are not the same in all columns."""
    model = answer.model
    masks = answer.drift.masks[list(shown.states)]
    differ = int(np.bitwise_or.reduce(masks) ^ np.bitwise_and.reduce(masks))
    few = len(model.options) <= _FEW_OPTIONS
    return {option.id for k, option in enumerate(model.options) if few or differ >> k & 1}


def abbreviations(model: Model) -> dict[str, str]:
    """The shortest beginning of each party's id that no other id has; the whole id where there is none.

    Examples
    --------
    >>> from bestand import load
    >>> abbreviations(load("press/wynia2025/ukraine"))
    {'usa': 'us', 'russia': 'r', 'ukraine': 'uk', 'europe': 'e'}
    """
    ids = list(model.party)
    return {
        id: next(
            (id[:k] for k in range(1, len(id)) if not any(other != id and other[:k] == id[:k] for other in ids)), id
        )
        for id in ids
    }
