"""What the engines have in common whose moves are transitive: ranks, sorted blocks, and replies by sweeping them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import fast
from .arcs import PurposefulReplies, least_along
from .chains import Chain, Chains, chains, improving
from .explicit import UNTIL_SETTLED, ArrayValues, Bools, Ints, Mask, Steps, narrowed, settle
from .fast import compiled
from .labels import labelled
from .limits import Watch
from .space import Space
from .spec import Parties
from .steps import elsewhere

_LABEL_BYTES = 40  # and party, while a place gets its label
_TURN_BYTES = 4  # of each place and party that may have moved last
_ACTS: dict[Steps, Callable[[Chain, Ints], bool]] = {
    "moves": Chain.lower,
    "improvements": Chain.improve,
    "best moves": Chain.aim,
}
_BAN_BYTES = 3 * (1 + 2 * 4)  # of each place: three masks, with what a value is held to in each
_CHAIN_BYTES = 16  # of each member: its place, and what stands above it where there are ties


def _references() -> int:
    """Return what is counted for an array that one variable names and nothing else; it depends on the Python."""
    alone = np.empty(0)
    return sys.getrefcount(alone)


_UNUSED = _references()


@dataclass(frozen=True)
class _Ban:
    """Some states, all others, and where a party may go from the first."""

    sources: Mask
    elsewhere: Mask
    open: Mask


def _ban(sources: Bools, open_: Bools) -> _Ban:
    return _Ban(Mask(sources), Mask(~sources), Mask(open_))


class BlockEngine(ArrayValues):
    """Option-form moves: free inside a party's blocks, but for one-way options and what is forbidden there.

    Parameters
    ----------
    space : Space
    watch : Watch, optional

    Notes
    -----
    Works on *flat* values, one number per place. The places of the list are its states, those of the cube all
    combinations of options.

    A forbidden move bars some states of a block from some others: what a party can reach from these is the block with
    the barred states masked. Where such moves stay transitive the parties are swept like others; where they do not, who
    moved last matters, and (state, next mover) is searched.
    """

    name: str

    def __init__(self, space: Space, watch: Watch | None = None) -> None:
        self._space = space
        self.parties = tuple(space.model.party)
        self._watch = watch or Watch()
        self._rank: dict[int, Ints] = {}
        self._held: dict[int, Ints] = {}
        self._chains: dict[tuple[int, bool], Chains] = {}
        self._bans: dict[tuple[int, bool], list[_Ban]] = space.fixed.setdefault((self.name, "bans"), {})
        self._transitive: dict[int, bool] = space.fixed.setdefault("transitive", {})
        self._last: tuple[Ints, Ints] | None = None
        self._room: dict[str, NDArray[Any]] = {}
        self._taken = space.states.nbytes + 2 * space.ranks.nbytes  # the ranks, and operators at work

    def rank(self, i: int) -> Ints:
        if i not in self._rank:
            self._rank[i] = self.from_states(narrowed(self.space.ranks[i]))
        return self._rank[i]

    def best(self, i: int, f: Ints) -> Ints:
        if f is not self._rank.get(i):
            return self._reached(i, f, np.maximum)
        if i not in self._held:  # most concepts ask what a party can make of every state
            self._held[i] = self._reached(i, f, np.maximum)
        return self._held[i]

    def least_origin(self, i: int, f: Ints) -> Ints:
        return self._reached(i, f, np.minimum, backward=True)

    def worst_purposeful_reply(self, H: Parties, f: Ints) -> Ints:
        return self.from_states(self._purposeful.worst(H, self.over_states(f)))

    @cached_property
    def _purposeful(self) -> PurposefulReplies:
        space = self.space
        return PurposefulReplies(space.states, space.moves, dict(enumerate(space.ranks)), self._watch)

    def lower(self, f: Ints, g: Ints) -> Ints:
        if self._is_reply(f, g):
            return g  # what the others make of f is nowhere above it
        if f is g or f.dtype != g.dtype:
            return super().lower(f, g)
        return np.minimum(f, g, out=self._spare("lower", np.broadcast_shapes(f.shape, g.shape), f.dtype))

    def at_most(self, f: Ints, g: Ints) -> Bools:
        return np.less_equal(f, g, out=self._spare("at_most", np.broadcast_shapes(f.shape, g.shape), np.dtype(bool)))

    def _reached(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        """Return the extreme of f over every state and what party i can reach from there, or be reached from."""
        result = self._extreme(i, f, of, backward=backward)
        for ban in self._barred(i, backward=backward):
            there = self._extreme(i, ban.open.alone(f, of), of, backward=backward)
            result = of(ban.elsewhere.alone(result, of), ban.sources.alone(of(f, there), of))
        return result

    def _extreme(self, i: int, f: Ints, of: np.ufunc, *, backward: bool = False) -> Ints:
        """Return the same as if no moves were forbidden."""
        raise NotImplementedError

    def _spare(self, use: str, shape: tuple[int, ...], kind: np.dtype[Any]) -> NDArray[Any]:
        """Room for a result: that of the last one, once nobody looks at it any more.

        Large arrays come from the system page by page, which takes several times as long as filling them.
        """
        last = self._room.pop(use, None)
        if last is None or sys.getrefcount(last) > _UNUSED or last.shape != shape or last.dtype != kind:
            last = np.empty(shape, kind)
        self._room[use] = last
        return last

    def _is_reply(self, f: Ints, g: Ints) -> bool:
        """Return whether g is what replies have just made of f."""
        return self._last is not None and f is self._last[0] and g is self._last[1]

    def _noted(self, f: Ints, worst: Ints) -> Ints:
        """``worst``, which replies have made of f."""
        self._last = (f, worst)
        return worst

    def _barred(self, i: int, *, backward: bool = False) -> list[_Ban]:
        """Return what is forbidden to party i, in this engine's form."""
        if (i, backward) not in self._bans:
            moves = self.space.moves[i]
            bans = moves.bans_back if backward else moves.bans
            self._taken += len(bans) * _BAN_BYTES * self.space.size
            self._watch.room(self._taken, "the states with the forbidden moves")
            self._bans[i, backward] = [_ban(self.from_states(near), self.from_states(far)) for near, far in bans]
        return self._bans[i, backward]

    def _any_forbidden(self, H: Parties) -> bool:
        """Return whether single moves are forbidden to one of the parties H."""
        return any(self.space.moves[j].forbidden for j in H)

    def _by_turns(self, H: Parties) -> bool:
        """Return whether it matters who of the parties H moved last: whether moves of one are not transitive."""
        return len(H) > 1 and not all(map(self._is_transitive, H))

    def _is_transitive(self, j: int) -> bool:
        """Return whether party j comes to nothing by two moves in a row that is barred from where it began."""
        if j not in self._transitive:

            def twice(f: Ints) -> Ints:
                once = self._reached(j, self.from_states(f), np.maximum)
                return self.over_states(self._reached(j, once, np.maximum))

            self._transitive[j] = not any(
                (near & elsewhere(twice, far, least=False)).any() for near, far in self.space.moves[j].forbidden
            )
        return self._transitive[j]

    def _blocks(self, i: int, *, backward: bool = False) -> Chains:
        """Return the blocks of party i, sorted when they are first asked for."""
        moves = self.space.moves[i]
        backward = backward and bool(moves.to_yes | moves.to_no)  # reversible moves look the same both ways
        if (i, backward) not in self._chains:
            each = _CHAIN_BYTES * 1.5 ** (moves.to_yes | moves.to_no).bit_count()  # a pattern's members, on average
            self._taken += int(each * self.space.size)
            self._watch.check()
            self._watch.room(self._taken, "the states with every party's sorted blocks")
            self._chains[i, backward] = self._sorted(i, backward=backward)
        return self._chains[i, backward]

    def _sorted(self, i: int, *, backward: bool) -> Chains:
        return chains(self.space.states, self.space.ranks[i], self.space.moves[i], backward=backward)

    def _lowered(self, H: Parties, f: Ints, by: Steps) -> Ints:
        """Return the smallest f to which the parties H bring every place of flat f by such moves."""
        if self._by_turns(H):
            self._watch.room(self._taken + _TURN_BYTES * len(H) * len(f), "every state with who moved last")
            return least_along([partial(self._led, j, by=by) for j in H], f, self._watch)
        loop = compiled(improving, len(f), fast.WORTH_SWEEPING) if by == "improvements" and f.itemsize <= 4 else None
        g = f.copy() if loop is None else f.astype(np.int32)  # one type of numbers to compile for

        def act_of(j: int) -> bool:
            if self._any_forbidden((j,)):
                lower = np.minimum(g, self._led(j, g, by))
                changed = not np.array_equal(lower, g)
                g[...] = lower
                return changed
            changed = False
            for chain in self._blocks(j):
                changed |= _ACTS[by](chain, g) if loop is None else chain.improve(g, loop)
            return changed

        return self._settled(H, g, act_of, by)

    def _settled(self, H: Parties, g: Ints, act: Callable[[int], bool], by: Steps) -> Ints:
        """Flat g once ``act(j)`` has lowered it for every party of H until nothing changes."""
        if settle(H, act, self._watch, UNTIL_SETTLED if self._any_forbidden(H) else None):
            return g
        self._watch.room(self._taken + _LABEL_BYTES * len(H) * len(g), "a label for every state")
        return labelled([self._blocks(j) for j in H], g, by)

    def _led(self, j: int, f: Ints, by: Steps) -> Ints:
        """Return the smallest flat f over where such moves of party j lead, never to the state itself."""
        if by == "best moves":
            return self._led_by_best(j, f)
        result = self._led_freely(j, f, by)
        for ban in self._barred(j):
            there = self._led_freely(j, ban.open.flat.alone(f, np.minimum), by)
            outside, inside = ban.elsewhere.flat.alone(result, np.minimum), ban.sources.flat.alone(there, np.minimum)
            result = np.minimum(outside, inside)
        return result

    def _led_freely(self, j: int, f: Ints, by: Steps) -> Ints:
        """Return the same as if no moves were forbidden."""
        result = np.full_like(f, np.iinfo(f.dtype).max)
        for chain in self._blocks(j):
            chain.led(f, by, result)
        return result

    def _led_by_best(self, j: int, f: Ints) -> Ints:
        """Return the same for best moves: the highest rank comes first, and of what has it the smallest f."""
        rank = self.rank(j).astype(np.int64)
        low, width = int(f.min()), int(f.max()) - int(f.min()) + 1
        worst = width - 1 - (f.reshape(rank.shape).astype(np.int64) - low)
        top, worst = np.divmod(self._reached(j, rank * width + worst, np.maximum), width)
        least = np.where(top > rank, low + width - 1 - worst, np.iinfo(f.dtype).max)
        return least.astype(f.dtype).reshape(-1)
