"""Readings that change nothing, two that say nearly the same, and two of which it matters which is applied first.

A reading is told where, applied alone, it provably leaves the model as it is: the same feasible states, moves and
status quo, and the same order of the states for every party. A change of one-way options or forbidden moves always
counts as a change.

Two readings are told where both can be applied, in either order, and the orders come to different models. They say
nearly the same where both can be applied, as answers to different questions, and one of them changes nothing more once
the other is applied: what is counted over all combinations then counts one doubt twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bestand.engine.order import RankOrder, order_of
from bestand.engine.space import Space
from bestand.engine.states import feasible_states
from bestand.model.changing import Changer
from bestand.model.errors import CallError, ModelError, TooManyStates
from bestand.model.message import counted, message
from bestand.model.model import Model
from bestand.model.sentences import ApplyReading
from bestand.model.undecided import answer_path
from bestand.model.values import Preference

from .findings import Family, Found, Kind, Unchecked
from .sight import Sight

_KINDS = (
    Kind(
        "idle-reading",
        message("readings that change nothing"),
        message("under it every answer is that of the model itself, whatever it is meant to weigh"),
        message("see whether its changes say what was meant, or leave it out"),
        lambda n, _sort: counted("{n} reading changes nothing", "{n} readings change nothing", n),
    ),
    Kind(
        "stacked-reading",
        message("readings that say nearly the same"),
        message("as questions of their own they are one doubt that vary counts several times"),
        message("make them answers to one question, which exclude each other; or leave one of them out"),
        lambda n, _sort: counted(
            "{n} reading says nearly what another one says", "{n} readings say nearly what other ones say", n
        ),
    ),
    Kind(
        "reading-order",
        message("readings whose order matters"),
        message(
            "vary applies them as the file has them, any other call as they are given: the answers are not the same"
        ),
        message("say in one of them what holds under both, or make them answers to one question"),
        lambda n, _sort: counted("the order of {n} reading matters", "the order of {n} readings matters", n),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    variants = _Variants(sight)
    yield from _idle(variants)
    yield from _stacked(variants)
    yield from _ordered(variants)


class _Variants:
    """The model under readings, and what each party then thinks of the states: both worked out once.

    Parameters
    ----------
    sight : Sight
    """

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self._changer = Changer(sight.model)
        self._orders: dict[tuple[str, Preference | None], RankOrder] = {}

    def under(self, *readings: str) -> Model | None:
        """Return the model under some readings; None where they cannot be applied so."""
        try:
            return self._changer.changed([ApplyReading(reading) for reading in readings])
        except (CallError, ModelError):
            return None

    def idle(self, reading: str) -> bool:
        """Return whether a reading changes nothing; not where it cannot be applied, or leaves far more states."""
        under, space = self.under(reading), self.sight.space
        if under is None or space is None:
            return False
        try:
            return self._changes_nothing(space, under)
        except (CallError, ModelError, TooManyStates):
            return False

    def nearly(self, one: str, other: str) -> bool:
        """Return whether of two readings that may both be right one changes nothing once the other is applied."""
        self.sight.watch.check()
        both = self.under(one, other)
        several = [self.under(each) for each in (one, other)]
        return both is not None and any(each is not None and self._same(each, both) for each in several)

    def order_matters(self, one: str, other: str) -> bool:
        """Return whether two readings that may both be right, and can be applied in either order, differ by it."""
        self.sight.watch.check()
        there, back = self.under(one, other), self.under(other, one)
        return there is not None and back is not None and not self._same(there, back)

    def _same(self, one: Model, other: Model) -> bool:
        """Return whether two variants have the same states, moves and orders, as far as can be seen in a moment."""
        frames = [
            (
                *(model.status_quo, model.no_deal, model.commitments, model.plans),
                *map(frozenset, (model.rules, model.one_way, model.forbidden_moves)),
            )
            for model in (one, other)
        ]
        if frames[0] != frames[1]:
            return False
        space = self.sight.space
        if space is None or one.rules != space.model.rules:
            return one.preferences == other.preferences
        return self._agree(space, one, other)

    def _agree(self, space: Space, one: Model, other: Model) -> bool:
        """Return whether every party orders the states alike in two variants."""
        if one.preferences == other.preferences:
            return True
        if not all(map(space.alike, (*one.preferences.values(), *other.preferences.values()))):
            return False
        wishes = ((party, one.preferences.get(party), other.preferences.get(party)) for party in space.model.party)
        return all(
            wish == instead or self._order(space, party, wish).agrees(self._order(space, party, instead))
            for party, wish, instead in wishes
        )

    def _order(self, space: Space, party: str, wish: Preference | None) -> RankOrder:
        """Return what a party with some wishes thinks of the states."""
        if (party, wish) not in self._orders:
            self._orders[party, wish] = order_of(wish, space.evaluator, party)
        return self._orders[party, wish]

    def _changes_nothing(self, space: Space, under: Model) -> bool:
        """Return whether a variant has the same states, moves and orders. O(S · statements) where wishes differ."""
        model = space.model
        frames = [(each.status_quo, each.one_way, each.forbidden_moves, each.commitments) for each in (under, model)]
        if frames[0] != frames[1]:
            return False
        if under.rules != model.rules:
            states = feasible_states(under, 4 * space.size + 2**16)  # beginnings may be more than what is left at last
            if not np.array_equal(states, space.evaluator.members.states):
                return False
        return self._agree(space, under, model)


def _idle(variants: _Variants) -> Iterator[Found | Unchecked]:
    sight = variants.sight
    for reading in sight.model.told_readings:
        if sight.space is None:
            yield Unchecked("idle-reading", sight.why)
            return
        sight.watch.check()
        if variants.idle(reading.id):
            words = message("by itself it changes no state, no move and nobody's order of the states")
            yield Found("idle-reading", answer_path(sight.model, reading.id), words)


def _stacked(variants: _Variants) -> Iterator[Found]:
    """Find readings that change nothing more beside one before them in the file, or it nothing beside them."""
    model = variants.sight.model
    names = [reading.id for reading in model.told_readings if not variants.idle(reading.id)]
    for name, others in _beside_earlier(names, variants.nearly):
        words = message("beside {readings} it changes nothing, or the other way round", readings=others)
        yield Found("stacked-reading", answer_path(model, name), words)


def _ordered(variants: _Variants) -> Iterator[Found]:
    """Find readings that come to another model after one before them in the file than before it."""
    model = variants.sight.model
    names = [reading.id for reading in model.told_readings]
    for name, others in _beside_earlier(names, variants.order_matters):
        words = message("before {readings} it comes to something else than after", readings=others)
        yield Found("reading-order", answer_path(model, name), words)


def _beside_earlier(names: Sequence[str], alike: Callable[[str, str], bool]) -> Iterator[tuple[str, str]]:
    """Yield each reading beside which something is so of one before it, and those before it, with commas."""
    for k, name in enumerate(names):
        if others := [other for other in names[:k] if alike(other, name)]:
            yield name, ", ".join(others)


READINGS = Family(_KINDS, _find)
