"""The states of variants of one model, listed once for all that have the same rules and moves, wishes ranked once each.

What a party would do if nobody answered hangs on its own wishes alone, and is worked out once for each of them, too.

Where a variant has the rules of another one and some more, as where an option is held, its states are those of the
other one that these allow.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from bestand.engine.choose import explicit
from bestand.engine.explicit import ExplicitEngine
from bestand.engine.limits import Watch
from bestand.engine.moves import party_moves
from bestand.engine.ranks import Ranks, ranks_of
from bestand.engine.sets import Bools
from bestand.engine.space import Space
from bestand.engine.states import Evaluator
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Preference, Ranking

from .kept import Kept, room
from .numbers import Numbers
from .purpose import OwnMoves

_KEPT = 2**27  # bytes of what parties think of the states
_KEPT_OF_OWN = 2**28  # of what they would do on their own
_FRAMES = 64  # states and moves that are kept

Frame = tuple[int, ...]


@dataclass(frozen=True)
class _Listed:
    """The states of some rules and moves, and of which wider ones they are a part."""

    frame: Frame
    space: Space
    wider: _Listed | None = None
    allowed: Bools | None = None  # of the states of the wider one


class Spaces:
    """Lists the states of variants of a model.

    Parameters
    ----------
    watch : Watch, optional
    """

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch or Watch()
        self._number = Numbers()
        self._listed: dict[Frame, _Listed] = {}
        self._first: dict[Hashable, _Listed] = {}  # with the same moves, of those that were listed from their rules
        self._ranks = Kept(room(_KEPT, self._watch))
        self._own = Kept(room(_KEPT_OF_OWN, self._watch))

    def frame(self, model: Model) -> Frame:
        """Return what variants have in common that have the same states and moves."""
        return self._number(model.rules), *self._moves(model)

    def of(self, model: Model) -> Space:
        """Return the states of a variant.

        Raises
        ------
        ModelError, TooManyStates
            As `bestand.engine.choose.explicit`.
        """
        if model.coalesced:  # which hangs on what parties want
            return explicit(model, None, self._watch).engine.space
        listed = self._listed_of(model)
        if listed.space.model is model:
            return listed.space
        rows = [self._ranked(listed, party.id, model.preferences.get(party.id)) for party in model.parties]
        ranks = np.stack(rows) if rows else listed.space.ranks
        return replace(listed.space, model=model, ranks=ranks)

    def own(self, engine: ExplicitEngine, i: int, wish: Preference | None) -> OwnMoves:
        """Return what party i would do if nobody answered and it had some wishes.

        Parameters
        ----------
        engine : ExplicitEngine
            On the states of a variant with the same rules and moves.
        i : int
        wish : Preference or None

        Raises
        ------
        ModelError
            Where a ranking leaves out a state.
        """
        model = engine.space.model
        if model.coalesced:
            return OwnMoves(engine, i, self._watch, engine.space.ranks_of(wish))
        listed, party = self._listed_of(model), model.parties[i].id
        return self._own.get(
            (listed.frame, i, self._number(wish)),
            lambda: OwnMoves(engine, i, self._watch, self._ranked(listed, party, wish)),
        )

    def _listed_of(self, model: Model) -> _Listed:
        frame = self.frame(model)
        if frame not in self._listed:
            if len(self._listed) >= _FRAMES:
                self._listed.clear()
                self._first.clear()
            self._listed[frame] = self._narrower(frame, model) or self._anew(frame, model)
        return self._listed[frame]

    def _moves(self, model: Model) -> tuple[int, ...]:
        moves = model.one_way, model.forbidden_moves, model.coalesced, model.standing
        parts = (model.parties, model.outcomes, *moves)
        return tuple(map(self._number, parts))

    def _anew(self, frame: Frame, model: Model) -> _Listed:
        listed = _Listed(frame, explicit(model, None, self._watch).engine.space)
        self._first.setdefault(frame[1:], listed)
        return listed

    def _narrower(self, frame: Frame, model: Model) -> _Listed | None:
        """Return a part of states that are known; None where there are none of which they are a part."""
        wider = None if model.standing else self._first.get(frame[1:])  # what is at rest hangs on what is feasible
        if wider is None:
            return None
        rules = wider.space.model.rules
        if model.rules[: len(rules)] != rules:
            return None
        self._watch.check()
        allowed = np.ones(wider.space.size, bool)
        for rule in model.rules[len(rules) :]:
            allowed &= wider.space.holds(rule.allows)
        if not allowed.any():
            return None
        states = wider.space.states[allowed]
        evaluator = Evaluator(model, states)
        nothing = np.zeros((len(model.parties), len(states)), np.int32)
        wishless = replace(model, preferences=FrozenMap({}))
        space = Space(wishless, states, nothing, party_moves(model, evaluator), evaluator)
        return _Listed(frame, space, wider, allowed)

    def _ranked(self, listed: _Listed, party: str, wish: Preference | None) -> Ranks:
        """(S,): what a party of some wishes thinks of the states."""

        def made() -> Ranks:
            if listed.wider is None or listed.allowed is None or isinstance(wish, Ranking):
                return ranks_of(wish, listed.space.evaluator, party)
            return self._ranked(listed.wider, party, wish)[listed.allowed]

        return self._ranks.get((listed.frame, self._number(wish)), made)
