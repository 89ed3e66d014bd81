"""Whether one state is an equilibrium, looked at only where answers lead: for what was found already somewhere else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bestand.engine.explicit import ExplicitEngine, Ints
from bestand.engine.flips import Flips, Indices
from bestand.engine.states import distinct, missing
from bestand.stability.concept import Rounds, after_answer

FAR = 2**12  # states that answers lead to, beyond which it is not said


class Near:
    """Asks single states of one engine, under rounds of a concept that begin with credible answers.

    Parameters
    ----------
    engine : ExplicitEngine
    flips : sequence of Flips
        The moves of each party.
    rounds : tuple of str
    """

    def __init__(self, engine: ExplicitEngine, flips: Sequence[Flips], rounds: Rounds) -> None:
        self._engine, self._flips, self._rounds = engine, flips, rounds
        self._parties = range(len(flips))
        self._ranks = engine.space.ranks
        self._after: dict[int, Ints] = {}

    def stays(self, state: int) -> bool:
        """Return whether a state is surely stable for everybody; false where that is not so, or takes long to say."""
        return self._rounds[:1] == ("credible",) and all(self._stays(i, state) for i in self._parties)

    def _stays(self, i: int, state: int) -> bool:
        targets = self._flips[i].improving(np.array([state], np.intp), self._ranks[i]).targets
        if not len(targets):
            return True
        if i not in self._after:
            value = after_answer(self._engine, i, self._rounds[1:])
            self._after[i] = self._engine.over_states(value)
        return all(self._deterred(i, state, target) for target in targets.tolist())

    def _deterred(self, i: int, source: int, target: int) -> bool:
        """Return whether credible answers leave a party no better off by a move."""
        here, after = int(self._ranks[i][source]), self._after[i]
        others = [j for j in self._parties if j != i]
        first = np.array([target], np.intp)
        waiting: dict[int, Indices] = dict.fromkeys(others, first)
        gone: dict[int, Indices] = dict.fromkeys(others, np.zeros(0, np.intp))
        while any(map(len, waiting.values())):
            arrived: dict[int, Indices] = {}
            for j, at in waiting.items():
                gone[j] = distinct(np.concatenate([gone[j], at]))
                arrived[j] = distinct(self._flips[j].improving(at, self._ranks[j]).targets)
                if (after[arrived[j]] <= here).any():
                    return True
            if sum(map(len, gone.values())) > FAR:
                return False
            for j in others:  # nobody moves twice in a row
                new = distinct(np.concatenate([gone[j][:0], *(arrived[k] for k in others if k != j)]))
                waiting[j] = new[missing(gone[j], new)]
        return False
