"""The box: the states of a model as places with an axis for every party, as long as the number of its strategies.

Variants of the model that differ in what the parties want share the box; they are one more axis, before these. Where
every combination of strategies is feasible, which rules about one party's own options never spoil, what a party can
reach is a pass or two along its axis, for all variants at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import TooManyStates
from bestand.model.model import Model

from .explicit import Ints, Mask, extreme_along
from .limits import Watch
from .moves import PartyMoves, party_moves
from .states import Evaluator, States, feasible_states, index

SPARSE = 4  # below one feasible state in so many places of the box, another engine is quicker
_ONE_WAY = 6  # one-way options of one party up to which its patterns are gone through
_LINES = 32  # by party and number of variants, that are kept

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Axis:
    """The strategies of one party, and which of them lead to which.

    Parameters
    ----------
    at : int
        Which axis of a value it is; 0 are the variants.
    strategies : (K,) uint64
        Bit masks.
    forward, backward : tuple of ((R,) intp, (M,) intp), or None
        For each pattern of one-way options: the strategies that have it, and those that they lead to (or come from).
        None where every strategy leads to every other.
    """

    at: int
    strategies: States
    forward: tuple[tuple[Indices, Indices], ...] | None
    backward: tuple[tuple[Indices, Indices], ...] | None

    @property
    def patterns(self) -> tuple[tuple[Indices, Indices], ...]:
        """The same as ``forward``; where every strategy leads to every other, that is one pattern."""
        everyone = np.arange(len(self.strategies))
        return self.forward or ((everyone, everyone),)

    def part(self, f: NDArray[Any], strategies: Indices) -> NDArray[Any]:
        """Return a value at the places of some strategies."""
        return f[(slice(None),) * self.at + (strategies,)]

    def put(self, f: NDArray[Any], strategies: Indices, values: NDArray[Any]) -> None:
        """Set a value at the places of some strategies."""
        f[(slice(None),) * self.at + (strategies,)] = values


@dataclass(frozen=True, slots=True)
class Lines:
    """The places of all variants in lines along the axis of one party: what it can do while the others stay.

    Parameters
    ----------
    places : (K, B) intp
        Where its strategies stand in a flat value, a line in every column.
    columns : (N,) intp
        In which column each place is.
    shape : tuple of int
        Of what the places are the flat form of, with the party's own axis first.
    at : int
        Where that axis is among them.
    """

    places: Indices
    columns: Indices
    shape: tuple[int, ...]
    at: int

    def flat(self, values: NDArray[Any]) -> NDArray[Any]:
        """(N,): values by lines (K, B), as a flat value."""
        return np.moveaxis(values.reshape(self.shape), 0, self.at).reshape(-1)


class Box:
    """The states of a model as places of a box: what all variants have in common.

    Parameters
    ----------
    model : Model
        What parties want in it is not looked at.
    watch : Watch, optional

    Raises
    ------
    TooManyStates
        When there are too many to list, or their box is mostly empty: another engine serves better.

    Notes
    -----
    O(states · options), once.
    """

    def __init__(self, model: Model, watch: Watch | None = None) -> None:
        if model.forbidden_moves:
            raise TooManyStates("single moves are forbidden")
        if model.coalesced:
            raise TooManyStates("several states count as one")
        if model.standing:
            raise TooManyStates("commitments answer moves by themselves")
        self.model = model
        self.states = feasible_states(model, None, watch)
        self.evaluator = Evaluator(model, self.states)
        self.moves = party_moves(model, self.evaluator)
        self.axes = tuple(_axis(len(self.moves) - i, self.states, moves) for i, moves in enumerate(self.moves))
        self.shape = tuple(len(axis.strategies) for axis in reversed(self.axes))  # the first options vary fastest
        self.places = math.prod(self.shape)
        if self.places > SPARSE * len(self.states):
            raise TooManyStates("too few combinations of strategies are feasible")
        self.full = self.places == len(self.states)
        self._lines: dict[tuple[int, int], Lines] = {}
        self.at: Indices | None = None  # where the states stand; None where every place is one
        self.feasible: Mask | None = None
        if not self.full:
            self.at = self._where()
            flat = np.zeros(self.places, bool)
            flat[self.at] = True
            self.feasible = Mask(flat.reshape(self.shape))

    @property
    def size(self) -> int:
        """Return how many feasible states there are."""
        return len(self.states)

    def index(self, mask: int) -> int | None:
        """Return the index of a state given as a bit mask; None where it is infeasible."""
        return index(self.states, mask)

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """(V, *shape): values over the states at their places."""
        if self.at is None:
            return values.reshape(-1, *self.shape)
        wide = np.zeros((len(values), self.places), values.dtype)
        wide[:, self.at] = values
        return wide.reshape(-1, *self.shape)

    def gathered(self, values: NDArray[Any]) -> NDArray[Any]:
        """(V, S): values of places over the states."""
        flat = np.broadcast_to(values, (len(values), *self.shape)).reshape(len(values), -1)
        return flat if self.at is None else flat[:, self.at]

    def masked(self, f: Ints, of: np.ufunc) -> Ints:
        """Return f, saying nothing where there is no state: what never is the extreme."""
        return f if self.feasible is None else self.feasible.alone(f, of)

    def along(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        """Return the extreme of f over all places that party i can reach (or is reached from)."""
        axis = self.axes[i]
        if f.shape[axis.at] == 1:
            return f
        patterns = axis.backward if backward else axis.forward
        if patterns is None:
            return extreme_along(axis.at, f, of)
        result = np.empty_like(f)
        for readers, members in patterns:
            axis.put(result, readers, of.reduce(axis.part(f, members), axis=axis.at, keepdims=True))
        return result

    def extreme(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        """Return the extreme of f over every state and those that party i can reach (or is reached from)."""
        return self.along(i, self.masked(f, of), of, backward=backward)

    def lines(self, i: int, variants: int = 1) -> Lines:
        """Return the lines along the axis of party i, in so many variants side by side."""
        if (i, variants) in self._lines:
            return self._lines[i, variants]
        at = self.axes[i].at
        numbers = np.arange(variants * self.places).reshape(variants, *self.shape)
        lines = np.moveaxis(numbers, at, 0)
        places = lines.reshape(len(lines), -1)
        columns = np.empty(numbers.shape, np.intp)
        columns[...] = np.arange(places.shape[1]).reshape(*numbers.shape[:at], 1, *numbers.shape[at + 1 :])
        if len(self._lines) >= _LINES:
            self._lines.pop(next(iter(self._lines)))
        self._lines[i, variants] = Lines(places, columns.reshape(-1), lines.shape, at)
        return self._lines[i, variants]

    def _where(self) -> Indices:
        at = np.zeros(self.size, np.intp)
        for axis in reversed(self.axes):
            own = np.bitwise_or.reduce(axis.strategies, initial=np.uint64(0))
            at = at * len(axis.strategies) + np.searchsorted(axis.strategies, self.states & own)
        return at


def _axis(at: int, states: States, moves: PartyMoves) -> Axis:
    own = np.uint64(moves.own)
    strategies = np.unique(states & own)
    forth, back = np.uint64(moves.to_yes), np.uint64(moves.to_no)
    if not forth | back:
        return Axis(at, strategies, None, None)
    if (int(forth) | int(back)).bit_count() > _ONE_WAY:
        raise TooManyStates("a party has many one-way options")
    return Axis(at, strategies, _patterns(strategies, forth, back), _patterns(strategies, back, forth))


def _patterns(strategies: States, forth: Any, back: Any) -> tuple[tuple[Indices, Indices], ...]:
    pattern = strategies & (forth | back)
    made = []
    for p in np.unique(pattern):
        members = ((p & forth & ~pattern) == 0) & ((pattern & back & ~p) == 0)
        made.append((np.flatnonzero(pattern == p), np.flatnonzero(members)))
    return tuple(made)
