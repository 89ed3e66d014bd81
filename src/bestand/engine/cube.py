"""The cube engine: one array over all 2ⁿ combinations of options, with an axis for every party.

A party's options stand side by side in a state's bits, so its strategies are one axis, and what it can reach from a
state lies along that axis. Where every combination is feasible and every move can be taken back, "the best that i can
have" is one maximum along an axis, and "the worst that the others can make of it" one minimum along all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocks import BlockEngine
from .chains import Chains, chains, full_chains
from .explicit import Bools, Ints, Mask, Steps, extreme_along
from .limits import Watch
from .moves import PartyMoves
from .space import Space
from .spec import Parties


@dataclass(frozen=True, slots=True)
class Lesser:
    """The lower of two values, not worked out yet, of which the second is the same all along some axes."""

    f: Ints
    g: Ints

    @property
    def whole(self) -> Ints:
        """Worked out."""
        return np.minimum(self.f, self.g)


def _whole(value: Ints | Lesser) -> Ints:
    return value.whole if isinstance(value, Lesser) else value


class CubeEngine(BlockEngine):
    """Operators as passes along the axes of the option cube; credible replies by sorted blocks.

    A value has an axis for each party that has options, the last of them first; an axis of length one says that the
    value is the same all along it. What it holds at infeasible states means nothing. O(2ⁿ) time and memory for each
    operator, times the sweeps that it takes: one where all states are feasible.
    """

    name = "cube"

    def __init__(self, space: Space, watch: Watch | None = None) -> None:
        super().__init__(space, watch)
        owned = [moves.own.bit_count() for moves in space.moves]
        self._shape = tuple(1 << own for own in reversed(owned) if own)
        self._axis = [sum(map(bool, owned[i + 1 :])) for i in range(len(owned))]  # of a party with options
        size = 1 << sum(owned)
        self._full = space.size == size
        if not self._full:
            if "feasible" not in space.fixed:
                feasible = np.zeros(size, bool)
                feasible[space.states] = True
                space.fixed["feasible"] = Mask(feasible.reshape(self._shape))
            self._feasible: Mask = space.fixed["feasible"]

    def lower(self, f: Ints | Lesser, g: Ints | Lesser) -> Any:
        """Left undone where `best` may do without: see there."""
        f, g = _whole(f), _whole(g)
        return Lesser(f, g) if self._full and g.size < f.size and not self._is_reply(f, g) else super().lower(f, g)

    def best(self, i: int, f: Ints | Lesser) -> Ints:
        """Return the most of the lower of two values; where i has no say in the second, the lower of the most and that.

        The line of every concept asks this. For a reply that does not depend on what i does nothing need be worked out
        state by state.
        """
        if isinstance(f, Lesser) and self.space.moves[i].own and f.g.shape[self._axis[i]] == 1:
            return np.minimum(self.best(i, f.f), f.g)
        return super().best(i, _whole(f))

    def at_most(self, f: Ints | Lesser, g: Ints | Lesser) -> Bools:
        return super().at_most(_whole(f), _whole(g))

    def least_origin(self, i: int, f: Ints | Lesser) -> Ints:
        return super().least_origin(i, _whole(f))

    def worst_reply(self, H: Parties, f: Ints | Lesser) -> Ints:
        f = _whole(f)
        if self._by_turns(H):
            return self._replied(H, f, "moves")
        if self._full and not self._any_forbidden(H):  # what one changes takes nothing from what another can reach
            worst = f
            for j in reversed(H):  # along the longest stretches of memory first
                worst = self._along(j, worst, np.minimum)
            return self._noted(f, worst)
        g = np.broadcast_to(self._masked(f, np.minimum), self._shape).copy()
        step = self._reached if self._any_forbidden(H) else self._along

        def act(j: int) -> bool:
            lowered = self._masked(step(j, g, np.minimum), np.minimum)
            if (lowered == g).all():  # what is the same along an axis has length one there
                return False
            g[...] = lowered
            return True

        return self._noted(f, self._settled(H, g.reshape(-1), act, "moves").reshape(self._shape))

    def worst_credible_reply(self, H: Parties, f: Ints) -> Ints:
        return self._replied(H, f, "improvements")

    def worst_best_reply(self, H: Parties, f: Ints) -> Ints:
        return self._replied(H, f, "best moves")

    def _replied(self, H: Parties, f: Ints | Lesser, by: Steps) -> Ints:
        f = _whole(f)
        flat = np.broadcast_to(f, self._shape).reshape(-1)
        return self._noted(f, self._lowered(H, flat, by).reshape(self._shape))

    def over_states(self, value: NDArray[Any] | Lesser) -> NDArray[Any]:
        flat = np.broadcast_to(_whole(value), self._shape).reshape(-1)
        return flat if self._full else flat[self.space.states]

    def from_states(self, values: NDArray[Any]) -> NDArray[Any]:
        if self._full:
            return values.reshape(self._shape)
        cube = np.zeros(self._shape, values.dtype)
        cube.reshape(-1)[self.space.states] = values
        return cube

    def _extreme(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        return self._along(i, self._masked(f, of), of, backward=backward)

    def _masked(self, f: Ints, of: np.ufunc) -> Ints:
        """Return f saying nothing where a state is infeasible."""
        return f if self._full else self._feasible.alone(f, of)

    def _along(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        """Return the extreme of f over all that i can reach (or is reached from). O(own · 2ⁿ) with one-way options."""
        moves = self.space.moves[i]
        if not moves.own or f.shape[self._axis[i]] == 1:
            return f
        if moves.to_yes | moves.to_no:
            return self._option_by_option(moves, f, of, backward=backward)
        return extreme_along(self._axis[i], f, of)

    def _option_by_option(self, moves: PartyMoves, f: Ints, of: np.ufunc, *, backward: bool) -> Ints:
        first, after = _bits(moves.own)
        to_yes, to_no = (moves.to_no, moves.to_yes) if backward else (moves.to_yes, moves.to_no)
        result = np.broadcast_to(f, self._shape).copy()
        for k in range(first, after):
            halves = result.reshape(-1, 2, 1 << k)
            no, yes = halves[:, 0], halves[:, 1]
            if to_yes >> k & 1:
                of(no, yes, out=no)
            elif to_no >> k & 1:
                of(no, yes, out=yes)
            else:
                of(no, yes, out=no)
                yes[...] = no
        return result

    def _sorted(self, i: int, *, backward: bool) -> Chains:
        space, moves = self.space, self.space.moves[i]
        if self._full and not moves.to_yes | moves.to_no:
            return full_chains(space.ranks[i], *_bits(moves.own))
        places = None if self._full else space.states.astype(np.intp)
        return chains(space.states, space.ranks[i], moves, backward=backward, places=places)


def _bits(own: int) -> tuple[int, int]:
    """Return the first bit of a party's options, which stand side by side, and the bit after the last."""
    return (own & -own).bit_length() - 1 if own else 0, own.bit_length()
