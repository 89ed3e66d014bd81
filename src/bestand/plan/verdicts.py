"""The verdict on one plan in many variants of a model: what hangs on one party's wishes is kept for all of them."""

from __future__ import annotations

from bestand.engine.choose import suited
from bestand.engine.explicit import ExplicitEngine
from bestand.engine.limits import Watch
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import Plan
from bestand.solve.purpose import OwnMoves, Purpose
from bestand.solve.spaces import Spaces
from bestand.stability.registry import EVERY, HEADLINE

from .ruling_values import Kind
from .terms import answerable, joint_of, own_terms


class Verdicts:
    """Finds the verdict on a plan in one variant of a model after the other.

    Parameters
    ----------
    plan : Formula or Plan
    watch : Watch, optional
    concept : str
    spaces : Spaces, optional
        Lists the states of the variants.

    Notes
    -----
    Variants with the same rules and moves share their states, and two in which a party wants the same share what it
    would do if nobody answered. Where the verdict is a deal, one deal that is kept is enough.
    """

    def __init__(
        self, plan: Formula | Plan, watch: Watch | None = None, concept: str = HEADLINE, spaces: Spaces | None = None
    ) -> None:
        self._plan = plan
        self._watch = watch or Watch()
        self._rounds = EVERY[concept].rounds
        self._spaces = spaces or Spaces(self._watch)
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
        engine = suited(self._spaces.of(model), self._watch).engine
        wishes = (model.preferences.get(party.id) for party in model.parties)
        return engine, [self._spaces.own(engine, i, wish) for i, wish in enumerate(wishes)]
