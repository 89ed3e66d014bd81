"""Where best moves lead in many variants side by side, looked at only where they lead.

A *place* is a state in one of the variants, as in `bestand.solve.beside`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bestand.engine.explicit import LOW, Bools, Ints
from bestand.engine.flips import Flips, Indices
from bestand.engine.limits import Watch
from bestand.engine.states import distinct, missing

PART = 16  # of all places, above one in so many of which it is quicker to look at all


class TooFar(Exception):
    """Moves lead to so many places that all states are better looked at together."""


def onward(
    flips: Sequence[Flips],
    ranks: Sequence[Ints],
    wants: NDArray[np.intp],
    start: int,
    watch: Watch,
    part: int = PART,
) -> tuple[Bools, Bools]:
    """Return what best moves lead to from a state, itself included, and where of that nobody has a move.

    Parameters
    ----------
    flips : sequence of Flips
        The moves of each party.
    ranks : sequence of (W, S) int
        By party, for each of the wishes that it has in some variant.
    wants : (P, V) intp
        Which of them it has in each variant.
    start : int
        A state index.
    watch : Watch
    part : int
        One in so many of all places is too many.

    Returns
    -------
    (V, S) bool, (V, S) bool

    Raises
    ------
    TooFar
    """
    variants, size = wants.shape[1], ranks[0].shape[1]
    parties = range(len(flips))
    begin = np.arange(variants, dtype=np.int64) * size + start
    nothing = np.zeros(0, np.int64)
    waiting = [begin for _ in parties]
    gone, came = [nothing for _ in parties], [nothing for _ in parties]
    reached = begin
    while any(map(len, waiting)):
        arrived = []
        for j, places in enumerate(waiting):
            watch.check()
            gone[j] = distinct(np.concatenate([gone[j], places]))
            new = distinct(_best(flips[j], ranks[j], wants[j], places)[1])
            arrived.append(new[missing(came[j], new)])
            came[j] = distinct(np.concatenate([came[j], new]))
        reached = distinct(np.concatenate([reached, *arrived]))
        if len(reached) * part > variants * size:
            raise TooFar
        waiting = []
        for j in parties:  # nobody moves twice in a row
            others = distinct(np.concatenate([nothing, *(arrived[k] for k in parties if k != j)]))
            waiting.append(others[missing(gone[j], others)])
    moving = [_best(flips[j], ranks[j], wants[j], reached)[0] for j in parties]
    resting = reached[missing(distinct(np.concatenate([nothing, *moving])), reached)]
    return _table(reached, variants, size), _table(resting, variants, size)


def _best(flips: Flips, ranks: Ints, wants: Indices, places: Indices) -> tuple[Indices, Indices]:
    """Return the best moves of a party from some places where it gains by them: from where, and where to."""
    sources, targets = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for first in range(0, len(places), flips.panel):
        here = places[first : first + flips.panel]
        variant, state = np.divmod(here, ranks.shape[1])
        wish = wants[variant]
        to = flips.targets(state)
        there = np.where(to >= 0, ranks[wish, to], LOW)
        most = there.max(axis=0)
        flip, column = np.nonzero((there == most) & (most > ranks[wish, state]))
        sources.append(here[column])
        targets.append(variant[column] * ranks.shape[1] + to[flip, column])
    return np.concatenate(sources), np.concatenate(targets)


def _table(places: Indices, variants: int, size: int) -> Bools:
    table = np.zeros(variants * size, bool)
    table[places] = True
    return table.reshape(variants, size)
