"""Answers that are purposeful: the others flip nothing that they do not gain by.

Purposeful moves are not transitive: after one, the same party may have another. That no party moves twice in a row then
matters, and replies are searched over (state, last mover), as where single moves are forbidden.
"""

from __future__ import annotations

import numpy as np

from .arcs import Arcs, least_along
from .explicit import ExplicitEngine, Ints
from .flips import Flips
from .limits import Watch
from .spec import Parties

_BYTES = 60  # for each move, while they are laid out


def worst_purposeful_reply(engine: ExplicitEngine, H: Parties, f: Ints, watch: Watch) -> Ints:
    """Return the smallest f to which the parties H can bring things by purposeful moves. O(S · 2ᵏ + rounds · moves)."""
    movers = tuple(_arcs(engine, j, watch) for j in H)
    return engine.from_states(least_along(movers, engine.over_states(f), watch))


def _arcs(engine: ExplicitEngine, j: int, watch: Watch) -> Arcs:
    space = engine.space
    rank = space.ranks[j]
    moves = Flips(space, j, watch).purposeful(np.arange(space.size), rank, rank)
    watch.room(len(moves.sources) * _BYTES, "the purposeful moves of all parties")
    return Arcs.between(moves.sources, moves.targets, space.size)
