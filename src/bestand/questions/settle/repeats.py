"""Changes that say of a party only that it wants what is asked for: true, and of no help to a mediator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from bestand.engine.space import Space
from bestand.model.formula import Formula
from bestand.model.sentences import Change, Insert, Place, Replace, StatementRef

from .wishes import Order


class Repeats:
    """Finds out of which parties a change says only that they want what is asked for.

    So it is where a wish is added, put in the place of another, or moved up, that is true nowhere but where what is
    asked for is true, and somewhere.

    Parameters
    ----------
    space : Space
    wanted : Formula
    orders : callable
        The order of a party's wishes as things are.
    """

    def __init__(self, space: Space, wanted: Formula, orders: Callable[[str], Order | None]) -> None:
        self.space = space
        self._so = space.holds(wanted)
        self.repeat = cache(self._repeat)
        self._orders = orders
        self._places = cache(self._placed)

    def of(self, changes: Iterable[Change]) -> tuple[str, ...]:
        """Return the parties of which some change says only that, each once."""
        found = (self._party(change) for change in changes)
        return tuple(dict.fromkeys(party for party in found if party is not None))

    def _party(self, change: Change) -> str | None:
        match change:
            case Insert(party, formula) if self.repeat(formula):
                return party
            case Replace(statement, formula) if self.repeat(formula):
                return statement.party
            case Place(statement) if self._up(change) and self.repeat(self._wish(statement)):
                return statement.party
            case _:
                return None

    def _up(self, move: Place) -> bool:
        """Return whether a statement moves up: above one that stood higher, or out of a level to stand before it."""
        places = self._places(move.statement.party)
        beside, here = places[move.other.number][0], places[move.statement.number][0]
        return beside < here or (beside == here and move.where == "before")

    def _wish(self, statement: StatementRef) -> Formula:
        return self._places(statement.party)[statement.number][1]

    def _placed(self, party: str) -> dict[int, tuple[int, Formula]]:
        """By number in the file: the place of each wish of a party, and what it says."""
        order = self._orders(party)
        levels = () if order is None else order.levels
        return {number: (k, formula) for k, level in enumerate(levels) for number, formula in level if number}

    def _repeat(self, formula: Formula) -> bool:
        """Return whether a formula is true somewhere, and nowhere but where what is asked for is."""
        true = self.space.holds(formula)
        return bool(true.any()) and not (true & ~self._so).any()
