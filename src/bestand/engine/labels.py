"""Replies in linear time, whatever the ranks: by labelling every place once, from the worst value on.

The places are taken by increasing value. From each one that has no label yet, a search goes backwards over the moves
that lead there, and gives its value to whatever it finds: the first value that reaches a place is the smallest that can
be reached from it. In a block sorted by the mover's rank, the places that a move to t improves on are those below t:
one pointer for each block, which only ever moves up, stands for all these moves.

Sweeping the blocks (`bestand.engine.explicit.settle`) is quicker on nearly all models, and slower without bound on a
few: where a chain of improvements winds through everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import fast
from .chains import Chain, Chains
from .explicit import Bools, Ints, Steps
from .fast import compiled

Places = NDArray[np.signedinteger[Any]]
Numbers = Any  # an array, or a view of its memory


@dataclass(frozen=True, slots=True)
class Queues:
    """Blocks of several parties, one after the other; in each the best member comes first.

    Parameters
    ----------
    member : (M,) int
        The place of every member.
    reads : (M,) bool
        Whether the block answers for it.
    block : (M,) int
        Its block.
    below : (M,) int
        Where those begin in the block from which a move to the member leads: those that like it better.
    end : (B,) int
        Where each block ends.
    """

    member: Places
    reads: Bools
    block: Places
    below: Places
    end: Places


def labelled(parties: Sequence[Chains], f: Ints, by: Steps) -> Ints:
    """Return the smallest f that is reached from every place.

    Parameters
    ----------
    parties : sequence of chains
        Of those who move.
    f : (N,) int
    by : {"moves", "improvements", "best moves"}
        Which moves they make.

    Notes
    -----
    O(members) after sorting.
    """
    queues = _queues([chain for chains in parties for chain in chains], by)
    kind = queues.member.dtype
    at = np.argsort(queues.member)  # what is asked of a place stands together: memory is what this waits for
    first = np.zeros(len(f) + 1, kind)
    np.cumsum(np.bincount(queues.member, minlength=len(f)), out=first[1:])
    queues.member[~queues.reads] = -1
    order = np.argsort(f).astype(kind)
    origin = np.full(len(f), -1, kind)
    doors = np.stack([queues.block[at], queues.below[at]], axis=1).ravel()
    arrays = (order, origin, first, doors, queues.member, queues.end, np.empty(len(f), kind))
    loop = compiled(spread, len(f), fast.WORTH_LABELLING)
    if loop is not None:
        loop(*arrays)
    else:
        spread(*[array.data for array in arrays])  # whose numbers Python reads twice as fast as an array's
    return f[origin]


def spread(
    order: Numbers,
    origin: Numbers,
    first: Numbers,
    doors: Numbers,
    member: Numbers,
    end: Numbers,
    waiting: Numbers,
) -> None:
    """Give every place the first of ``order`` that is reached from it.

    From door ``first[t]`` on stand the block and the first position from which a move leads to place t, by turns;
    ``end`` goes down to what has no label yet. Members for which their block does not answer are negative.
    """
    for s in order:
        if origin[s] >= 0:
            continue
        origin[s] = s
        waiting[0] = s
        count = 1
        while count:
            count -= 1
            t = waiting[count]
            for k in range(first[t], first[t + 1]):
                block, below = doors[2 * k], doors[2 * k + 1]
                if below < end[block]:
                    for q in range(below, end[block]):
                        u = member[q]
                        if u >= 0 and origin[u] < 0:
                            origin[u] = s
                            waiting[count] = u
                            count += 1
                    end[block] = below


def _queues(chains: Chains, by: Steps) -> Queues:
    size = sum(chain.members.size for chain in chains)
    kind = np.int32 if size < 2**31 else np.int64
    columns = [chain.members.shape[1] for chain in chains]
    heights = np.repeat([len(chain.members) for chain in chains], columns)
    end = np.cumsum(heights)
    start = end - heights
    below = np.concatenate([_below(chain, by).T.ravel() for chain in chains])
    return Queues(
        member=np.concatenate([chain.places.T.ravel() for chain in chains], dtype=kind),
        reads=np.concatenate([_reads(chain).T.ravel() for chain in chains]),
        block=np.repeat(np.arange(len(heights), dtype=kind), heights),
        below=(below + np.repeat(start, heights)).astype(kind),
        end=end.astype(kind),
    )


def _reads(chain: Chain) -> Bools:
    return np.ones(chain.members.shape, bool) if chain.reads is None else chain.reads


def _below(chain: Chain, by: Steps) -> NDArray[np.intp]:
    """Return the first row of those from which such a move leads to the member; past the last where there are none."""
    rows, columns = chain.members.shape
    if by == "moves":
        return np.zeros((rows, columns), np.intp)
    if by == "best moves":
        return np.where(chain.tops, _below(chain, "improvements"), rows)
    row = np.arange(1, rows + 1)[:, None]
    if chain.better is None:
        return np.broadcast_to(row, (rows, columns))
    next_differs = np.ones((rows, columns), bool)
    np.not_equal(chain.better[1:], chain.better[:-1], out=next_differs[:-1])
    below = np.where(next_differs, row, rows)
    return np.minimum.accumulate(below[::-1], axis=0)[::-1]
