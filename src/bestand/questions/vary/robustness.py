"""How much the order of wishes would have to differ for an equilibrium to be none: the fewest adjacent swaps.

One swap exchanges two statements of one party that stand next to each other (or two groups of an explicit ranking).
Every order that so many swaps lead to is looked at, the fewest first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.model.errors import CallError, LimitReached, ModelError, Stop
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Priorities, Ranking
from bestand.solve.batches import Batches
from bestand.solve.positions import find_state
from bestand.solve.solution import Solution

if TYPE_CHECKING:
    from .answer import Variation

_STATES_AT_ONCE = 2**17
_MOST_AT_ONCE = 256
_TOP = 2  # states of each concept that 'top' stands for

Swap = tuple[str, int]  # a party, and the place (from 1) of the upper of the two that change places
Orders = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Broken:
    """The fewest swaps after which a state is no equilibrium any more.

    Parameters
    ----------
    mask : int
        The state.
    concept : str
    swaps : tuple of Swap or None
        The first of the shortest ways; None where no way of so many swaps as were looked at breaks it.
    """

    mask: int
    concept: str
    swaps: tuple[Swap, ...] | None


@dataclass(frozen=True)
class Robustness:
    """What was looked at, and what breaks.

    Parameters
    ----------
    depth : int
        All orders of up to so many swaps were looked at.
    orders : int
        How many.
    broken : tuple of Broken
        One for each equilibrium asked about.
    stopped : Stop or None
        The limit that kept more from being looked at.
    """

    depth: int
    orders: int
    broken: tuple[Broken, ...]
    stopped: Stop | None = None


class Breaking:
    """Equilibria of a model that are to be broken by swaps of wishes.

    Parameters
    ----------
    model : Model
        Readings applied.
    concepts : tuple of str
    states : iterable of str or int
        Their names, or ``top`` for the most frequent equilibria of each concept, which nobody knows yet.
    swaps : int
        The most to look at.
    watch : Watch

    Raises
    ------
    CallError
        For an unknown state, or less than one swap.
    """

    def __init__(
        self, model: Model, concepts: tuple[str, ...], states: Iterable[str | int], swaps: int, watch: Watch
    ) -> None:
        _check(swaps)
        self._model, self._concepts, self._swaps, self._watch = model, concepts, swaps, watch
        self._solution = Solution(model, None, watch.inner())
        space = self._solution.space
        self._masks = [None if name == "top" else int(space.states[find_state(space, name)]) for name in states]

    def added(self, answer: Variation) -> Variation:
        """Return an answer with the swaps that break the states, under the concepts under which they are equilibria.

        Raises
        ------
        CallError
            Where none of them is an equilibrium at all.
        """
        masks: dict[int, None] = {}
        for mask in self._masks:
            if mask is not None:
                masks[mask] = None
                continue
            for concept in self._concepts:
                masks.update(dict.fromkeys(map(int, answer.equilibria[concept].masks[:_TOP])))
        try:
            asked = [
                (concept, mask)
                for mask in masks
                for concept in self._concepts
                if (at := self._solution.space.index(mask)) is not None and self._solution.equilibria(concept)[at]
            ]
            if not asked:
                raise CallError("none of these states is an equilibrium as the file stands: nothing needs to break it")
            robust = robustness(self._model, asked, self._swaps, self._watch)
        except LimitReached as error:
            robust = Robustness(0, 0, (), error.stop)
        return dataclasses.replace(answer, robustness=robust)


def _check(swaps: int) -> None:
    if swaps < 1:
        raise CallError(f"{swaps} swaps: give 1 or more")


def robustness(
    model: Model, asked: Sequence[tuple[str, int]], depth: int = 2, watch: Watch | None = None
) -> Robustness:
    """Return the fewest adjacent swaps that break each of some equilibria.

    Parameters
    ----------
    model : Model
    asked : sequence of (str, int)
        Concepts and states (bit masks).
    depth : int
        The most swaps to look at.
    watch : Watch, optional

    Raises
    ------
    CallError
        For a depth below 1, a state that is not feasible, or one that is no equilibrium under its concept.
    ModelError
        When no state is feasible.

    Notes
    -----
    About (statements)^depth / depth! orders, each solved under the concepts asked; it ends as soon as all are broken.
    """
    _check(depth)
    watch = watch or Watch()
    batches = Batches(watch.inner())
    items = _items(model)
    start: Orders = tuple(tuple(range(len(several))) for several in items.values())
    here = _equilibria(batches, [model], asked)
    for (concept, mask), stable in zip(asked, here[0], strict=True):
        if not stable:
            raise CallError(f"state {model.bits(mask)} is no equilibrium under {concept}: nothing needs to break it")
    way: dict[Orders, tuple[Swap, ...]] = {start: ()}
    broken: dict[int, tuple[Swap, ...]] = {}
    level, reached, seen = [start], 0, 1
    stopped = None
    try:
        for reached_next in range(1, depth + 1):
            level = _next(level, way, list(items))
            watch.phase(f"orders that {reached_next} swaps lead to", len(level))
            for begin in range(0, len(level), step := _step(batches, model)):
                some = level[begin : begin + step]
                held = _equilibria(batches, [_ordered(model, items, orders) for orders in some], asked)
                for orders, row in zip(some, held, strict=True):
                    for k in np.flatnonzero(~row):
                        broken.setdefault(int(k), way[orders])
                seen += len(some)
                watch.step(len(some))
            reached = reached_next
            if len(broken) == len(asked):
                break
    except LimitReached as error:
        stopped = error.stop
    ends = tuple(Broken(mask, concept, broken.get(k)) for k, (concept, mask) in enumerate(asked))
    return Robustness(reached, seen, ends, stopped)


def _items(model: Model) -> dict[str, tuple[Any, ...]]:
    """Return, by party, what stands in an order."""
    items: dict[str, tuple[Any, ...]] = {}
    for party, wish in model.preferences.items():
        match wish:
            case Priorities():
                items[party] = wish.by_level
            case Ranking(groups):
                items[party] = groups
            case _:
                pass
    return items


def _ordered(model: Model, items: dict[str, tuple[Any, ...]], orders: Orders) -> Model:
    wishes = dict(model.preferences)
    for (party, several), order in zip(items.items(), orders, strict=True):
        placed = tuple(several[k] for k in order)
        wishes[party] = Ranking(placed) if isinstance(wishes[party], Ranking) else Priorities.of(placed)
    return dataclasses.replace(model, preferences=FrozenMap(wishes))


def _next(level: list[Orders], way: dict[Orders, tuple[Swap, ...]], parties: list[str]) -> list[Orders]:
    """Return the orders that one more swap leads to, each for the first time."""
    new: list[Orders] = []
    for orders in level:
        for k, swapped in _swapped(orders):
            if swapped not in way:
                p, at = k
                way[swapped] = (*way[orders], (parties[p], at + 1))
                new.append(swapped)
    return new


def _swapped(orders: Orders) -> Iterator[tuple[tuple[int, int], Orders]]:
    for p, order in enumerate(orders):
        for at in range(len(order) - 1):
            new = (*order[:at], order[at + 1], order[at], *order[at + 2 :])
            yield (p, at), (*orders[:p], new, *orders[p + 1 :])


def _step(batches: Batches, model: Model) -> int:
    sizes = [batch.geometry.size for _, batch in batches.of([model]) if batch is not None]
    return max(1, min(_MOST_AT_ONCE, _STATES_AT_ONCE // max(sizes, default=1)))


def _equilibria(batches: Batches, models: Sequence[Model], asked: Sequence[tuple[str, int]]) -> NDArray[np.bool_]:
    """(V, K): Return in which models each state asked for is an equilibrium."""
    stable = np.zeros((len(models), len(asked)), bool)
    for these, batch in batches.of(models):
        if batch is None:
            raise ModelError(())
        for k, (concept, mask) in enumerate(asked):
            at = batch.geometry.index(mask)
            if at is None:
                raise CallError(f"state {models[0].bits(mask)} is not feasible")
            stable[these, k] = batch.equilibria(concept)[:, at]
    return stable
