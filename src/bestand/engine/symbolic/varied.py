"""Many variants of a model at once: what tells them apart are variables that nobody moves.

The model of a varied engine has one party more than there are: its options say which variant it is. It never has a
turn, so every operator and every verdict comes out for each variant by itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bestand.engine.diagrams.classes import Classes, classes, true_in
from bestand.engine.diagrams.spec import Diagram
from bestand.engine.diagrams.table import table
from bestand.engine.limits import Watch
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.sentences import By

from .closure import Step, forward
from .engine import SymbolicEngine
from .extremes import greatest
from .moves import PartyMoves

Bools = NDArray[np.bool_]

_MEMORY = 2**27  # bytes of its diagrams: several of them are worked on at once


class VariedEngine(SymbolicEngine):
    """The symbolic engine on many variants at once.

    Parameters
    ----------
    model : Model
        The options of its last party tell the variants apart; nobody moves them.
    codes : (V, B) bool
        Which of them are yes in each variant.
    asked : Formula, optional
        Only where it holds are verdicts right.
    watch : Watch, optional

    Raises
    ------
    CallError, ModelError, LimitReached
        As `SymbolicEngine`.
    """

    bans = True

    def __init__(self, model: Model, codes: Bools, watch: Watch | None = None, asked: Formula | None = None) -> None:
        super().__init__(model, watch, "oxidd", below=codes.shape[1], memory=_MEMORY)  # an order that stays
        self.parties = self.parties[:-1]
        self.codes = codes
        if asked is not None:
            self.asked = self.holds(asked).diagram
        self._own = len(model.options) - codes.shape[1]  # options that somebody has
        self._every = self.world.diagrams.variables(range(self._own))
        self._best: dict[PartyMoves, Diagram] = {}

    def classes(self, f: Diagram, states: NDArray[np.uint64]) -> Classes:
        """Return in which variants each of some states is in a set."""
        return classes(table(self.world.diagrams, f), states, self._own, self.codes)

    def somewhere(self, f: Diagram) -> Bools:
        """(V,): in which variants a set has a state."""
        with self.world.guarded():
            return self.told(self.world.diagrams.exists(self._every, f))

    def told(self, f: Diagram) -> Bools:
        """(V,): in which variants a function is true that hangs on no option of a party."""
        return true_in(table(self.world.diagrams, f), self._own, self.codes)

    def one(self, mask: int) -> Diagram:
        """Return one state in every variant."""
        with self.world.guarded():
            bits = (
                self.world.diagrams.var(k) if mask >> k & 1 else ~self.world.diagrams.var(k) for k in range(self._own)
            )
            return self.world.all_of(bits) & self.world.feasible

    def reached(self, start: int, by: By) -> Diagram:
        """Return what improvements, or best moves, lead to from a state, itself included."""
        parties = {j: self.moves_of(j) for j in range(len(self.parties))}
        step: Step = PartyMoves.improving_out_of if by == "improving" else self._best_out_of
        with self.world.guarded():
            return forward(self.world, parties, step, self.one(start))

    def _best_out_of(self, moves: PartyMoves, sources: Diagram) -> Diagram:
        """Return where a party gets from a set of states by the best that it can do there, where it gains."""
        if moves not in self._best:
            rank = self.digits(next(j for j in range(len(self.parties)) if self.moves_of(j) is moves))
            most = greatest(self.world, moves, rank)
            self._best[moves] = moves.better & ~self._arithmetic.greater(most, moves.after(rank))
        return moves.along(self._best[moves], sources)

    def above(self, i: int, state: int, *, below: bool = False) -> Diagram:
        """Return what party i likes more (less) than a state."""
        d, digits, here = self.world.diagrams, self.digits(i), self.one(state)
        with self.world.guarded():
            there = [d.and_exists(self._every, digit, here) for digit in digits]
            more = self._arithmetic.greater(there, digits) if below else self._arithmetic.greater(digits, there)
            return more & self.world.feasible

    def most(self, i: int, states: Diagram, *, least: bool = False) -> list[Diagram]:
        """Return how much party i likes what it likes most (least) of some states, digit by digit."""
        d = self.world.diagrams
        found: list[Diagram] = []
        with self.world.guarded():
            for digit in self.digits(i):
                aim = ~digit if least else digit
                can = d.and_exists(self._every, states, aim)
                states = states & (~can | aim)
                found.append(~can if least else can)
        return found

    def exceeds(self, one: list[Diagram], other: list[Diagram]) -> Bools:
        """(V,): in which variants one number is greater than another; neither hangs on an option of a party."""
        with self.world.guarded():
            return self.told(self._arithmetic.greater(one, other))
