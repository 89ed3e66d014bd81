"""The verdict on one plan in many variants of a model: what hangs on one party's wishes is kept for all of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from bestand.engine.choose import explicit, suited
from bestand.engine.explicit import ExplicitEngine
from bestand.engine.limits import Watch
from bestand.engine.space import Space
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import Preference
from bestand.solve.kept import Kept, room
from bestand.solve.numbers import Numbers
from bestand.solve.purpose import OwnMoves, Purpose
from bestand.stability.registry import EVERY, HEADLINE

from .ruling_values import Kind
from .terms import answerable, joint_of, own_terms

_KEPT = 2**28  # bytes of what parties would do on their own
_SPACES = 16  # with other rules or moves, that are kept


class Verdicts:
    """Finds the verdict on a plan in one variant of a model after the other.

    Parameters
    ----------
    plan : Formula
    watch : Watch, optional
    concept : str

    Notes
    -----
    Variants with the same rules and moves share their states, and two in which a party wants the same share what it
    would do if nobody answered. Where the verdict is a deal, one deal that is kept is enough.
    """

    def __init__(self, plan: Formula, watch: Watch | None = None, concept: str = HEADLINE) -> None:
        self._plan = plan
        self._watch = watch or Watch()
        self._rounds = EVERY[concept].rounds
        self._spaces: dict[Hashable, Space] = {}
        self._own = Kept(room(_KEPT, self._watch))
        self._number = Numbers()
        self._last: tuple[Model, Purpose] | None = None

    def of(self, model: Model) -> Kind | None:
        """Return the verdict in a variant; None where nobody can be asked: without options, or a start that can occur.

        Raises
        ------
        ModelError, TooManyStates
            As `bestand.engine.choose.explicit`.
        LimitReached
        """
        terms = own_terms(model, self._plan)
        if terms is None:
            return None
        purpose = self.purpose(model)
        return joint_of(purpose, terms).kind if answerable(purpose.engine.feasible, terms) else None

    def purpose(self, model: Model) -> Purpose:
        """Return what parties do on purpose in a variant, that of the last one asked about at hand. Raises as `of`."""
        if self._last is None or self._last[0] is not model:
            engine, own = self._engine(model)
            self._last = model, Purpose(engine, self._rounds, self._watch, own=own)
        return self._last[1]

    def _engine(self, model: Model) -> tuple[ExplicitEngine, list[OwnMoves]]:
        parts = (model.parties, model.outcomes, model.rules, model.one_way, model.forbidden_moves)
        frame = tuple(map(self._number, parts))
        wishes = [model.preferences.get(party.id) for party in model.parties]
        if frame in self._spaces:
            engine = suited(self._rewished(self._spaces[frame], model, wishes), self._watch).engine
        else:
            engine = explicit(model, None, self._watch).engine
            if len(self._spaces) >= _SPACES:
                self._spaces.clear()
            self._spaces[frame] = engine.space
        own = [
            self._own.get((frame, i, self._number(wish)), lambda i=i: OwnMoves(engine, i, self._watch))
            for i, wish in enumerate(wishes)
        ]
        return engine, own

    @staticmethod
    def _rewished(first: Space, model: Model, wishes: Sequence[Preference | None]) -> Space:
        """Return the states of a variant with the same rules and moves as another one, with its own wishes."""
        old = [first.model.preferences.get(party.id) for party in model.parties]
        others = {i: wish for i, wish in enumerate(wishes) if wish != old[i]}
        return replace(first.with_wishes(others), model=model)
