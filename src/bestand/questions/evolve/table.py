"""The table of who moved last: states as columns, what is yes in them above, and the last movers below.

Rows are numbers of moves. A cell names everybody who can be the last mover of a legal sequence of at most so many moves
to the state: the status quo table of Li, Kilgour & Hipel (2005).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.formula import OutcomeAtom
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.words import bit_cell

from .evolution import Evolved

_FEW = 16  # states that get a column each, all of them
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


def named(width: int, evolved: Evolved) -> Named:
    """Choose the columns: all states where they are few; else the start, some targets, ends and equilibria, as fit."""
    drift, model = evolved.drift, evolved.model
    if drift.size <= _FEW:
        chosen = list(range(drift.size))
    else:
        cell = len(",".join(abbreviations(model).values())) + 2
        beside = width - max(24, *(len(option.name) + 4 for option in model.options))
        most = max(beside // cell, _LEAST_COLUMNS)
        chosen = sorted(list(dict.fromkeys(at for at in _wanted(evolved) if drift.reached[at]))[:most])
    names: dict[int, str] = {}
    labels = [model.labels.get(model.bits(int(drift.masks[at]))) for at in chosen]
    for place, (at, label) in enumerate(zip(chosen, labels, strict=True)):
        unique = label is not None and labels.count(label) == 1
        unnamed = f"#{place}" if at else _p("column of a table", "start")
        names[at] = label if unique and label else unnamed
    return Named(tuple(chosen), names)


def _wanted(evolved: Evolved) -> Iterator[int]:
    yield 0
    if evolved.target is not None:
        yield from np.flatnonzero(evolved.target.found)[:2].tolist()
        for found in sorted(evolved.standing.values(), key=lambda found: int(found.sum())):
            yield from np.flatnonzero(evolved.target.found & found)[:1].tolist()
    for end in evolved.ends[:3]:
        yield int(end.states[0])
    for concept in sorted(evolved.standing, key=lambda concept: evolved.totals[concept]):
        yield from np.flatnonzero(evolved.standing[concept])[:2].tolist()
    yield from range(evolved.drift.size)


def movers_table(evolved: Evolved, shown: Named) -> Iterator[Block]:
    """The table, with a word of what it leaves out."""
    kept = _options_with_a_row(evolved, shown)
    longest = max((int(evolved.drift.moves[:, at].max()) for at in shown.states), default=0)
    rows = [
        *_option_rows(evolved, shown, kept),
        *_truth_rows(evolved, shown),
        *_mover_rows(evolved, shown, min(longest, _MOST_ROWS)),
    ]
    yield heading(_("Moves and last movers"))
    yield table(("", *(shown.names[at] for at in shown.states)), rows)
    model = evolved.model
    told = [f"{name} {model.party[party].title}" for party, name in abbreviations(model).items() if name != party]
    if told:
        yield paragraph(_("Last movers: {parties}. They add up from row to row.", parties=listing(told)))
    if len(kept) < len(model.options):
        yield paragraph(_("Options without a row are as at the start in all columns."))
    left = evolved.drift.size - len(shown.states)
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


def _option_rows(evolved: Evolved, shown: Named, kept: set[str]) -> Iterator[Sequence[str]]:
    """What is taken in each state, party by party."""
    model, masks = evolved.model, evolved.drift.masks
    for party in model.parties:
        mine = [option for option in party.options if option.id in kept]
        if mine:
            yield (party.title,)
        for option in mine:
            taken = masks >> np.uint64(model.bit[option.id]) & np.uint64(1) == 1
            yield f"  {option.name}", *(_truth(taken[at]) for at in shown.states)


def _truth_rows(evolved: Evolved, shown: Named) -> Iterator[Sequence[str]]:
    """Which outcomes are true in each state, and under which concepts it is an equilibrium."""
    outcomes = evolved.model.outcomes
    if outcomes:
        yield (_("Outcomes"),)
    for outcome in outcomes:
        holds = evolved.holds(OutcomeAtom(outcome.name))
        yield f"  {outcome.name}", *(_truth(holds[at]) for at in shown.states)
    if evolved.standing:
        yield (_("Equilibrium under"),)
    for concept, found in evolved.standing.items():
        yield f"  {concept}", *(_truth(True) if found[at] else "" for at in shown.states)


def _truth(holds: bool) -> str:
    return bit_cell("1" if holds else "0")


def _mover_rows(evolved: Evolved, shown: Named, longest: int) -> Iterator[Sequence[str]]:
    """Who can be the last to move to each state, by the number of moves."""
    short = abbreviations(evolved.model)
    yield (_("Who can be the last mover"),)
    yield f"  {_p('row of a table', 'no move')}", *(_start_cell(at) for at in shown.states)
    for moves in range(1, longest + 1):
        cells = (",".join(short[party] for party in last_movers(evolved, at, moves)) for at in shown.states)
        yield f"  {_n('at most {n} move', 'at most {n} moves', moves)}", *cells


def _start_cell(at: int) -> str:
    return "" if at else _p("cell of a table: where it begins", "here")


def _options_with_a_row(evolved: Evolved, shown: Named) -> set[str]:
    """All options where they are few; else those that are not the same in all columns."""
    model = evolved.model
    masks = evolved.drift.masks[list(shown.states)]
    differ = int(np.bitwise_or.reduce(masks) ^ np.bitwise_and.reduce(masks))
    few = len(model.options) <= _FEW_OPTIONS
    return {option.id for k, option in enumerate(model.options) if few or differ >> k & 1}


def last_movers(evolved: Evolved, at: int, moves: int) -> list[str]:
    """The parties that can be the last of so many movers, or fewer, to a state found."""
    fewest = evolved.drift.moves[:, at]
    return [party for j, party in enumerate(evolved.model.party) if 0 < fewest[j] <= moves]


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
