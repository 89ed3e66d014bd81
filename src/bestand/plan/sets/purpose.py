"""What parties do on purpose under a concept, over sets of states: as `bestand.solve.purpose`, a set in and a set out.

Answers that are purposeful moves are not followed over sets: a party reckons with all that gain their owner something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from bestand.engine.diagrams.spec import Diagram
from bestand.engine.symbolic import DiagramStates, SymbolicEngine
from bestand.engine.symbolic.near import Near
from bestand.engine.symbolic.purposeful import Flips
from bestand.engine.symbolic.terms import Reply
from bestand.solve.purpose import PURPOSEFUL
from bestand.stability.concept import Rounds, after_answer


class Purpose:
    """What every party does on purpose, in the states that are asked about.

    Parameters
    ----------
    engine : SymbolicEngine
        With paired options.
    rounds : tuple of str
        Of a concept: what a party reckons with before it moves.
    movers : iterable of int, optional
        Whose answers are reckoned with; everybody's unless told.
    """

    def __init__(self, engine: SymbolicEngine, rounds: Rounds, movers: Iterable[int] | None = None) -> None:
        assert PURPOSEFUL not in rounds, "answers that can be followed over sets"
        self.engine = engine
        self.rounds = rounds
        self.near = Near(engine)
        self.parties = range(len(engine.parties))
        self._world = engine.world
        self._movers = frozenset(self.parties if movers is None else movers)
        self._flips: Mapping[int, Flips] = {i: Flips(self._world, i, engine.moves_of(i)) for i in self.parties}
        self._known = [self._world.false] * len(self.parties)  # the states from which the moves are known
        self._moves = [self._world.false] * len(self.parties)

    def among(self, movers: Iterable[int]) -> Purpose:
        """Return the same where only some parties are reckoned with."""
        return Purpose(self.engine, self.rounds, movers)

    def under(self, rounds: Rounds) -> Purpose:
        """Return the same under another concept."""
        return Purpose(self.engine, rounds, self._movers)

    @cached_property
    def plain(self) -> Purpose:
        """What is purposeful whatever others would answer."""
        return self.under(()) if self.rounds else self

    def one(self, state: int) -> DiagramStates:
        """Return the set of one state."""
        return self.near.one(state)

    def empty(self) -> DiagramStates:
        """Return the set of no state."""
        return DiagramStates(self._world, self._world.false)

    def moves(self, i: int, states: DiagramStates) -> DiagramStates:
        """Return where party i gets from a set by moves that are purposeful under the concept."""
        with self._world.guarded():
            self._work_out(i, states.diagram)
            return DiagramStates(self._world, self._flips[i].out_of(states.diagram, self._moves[i]))

    def into(self, i: int, states: DiagramStates) -> DiagramStates:
        """Return from where party i gets into a set by such moves, of the states whose moves have been asked about."""
        with self._world.guarded():
            return DiagramStates(self._world, self._flips[i].into(states.diagram, self._moves[i]))

    def legal(self, i: int, states: DiagramStates) -> DiagramStates:
        """Return a set, and where party i gets from it by legal moves."""
        return self.near.moved(i, states)

    def spread(self, states: DiagramStates, within: DiagramStates | None = None) -> DiagramStates:
        """Return all that drift leads to from a set, that included; a set that it does not go on from may be told."""
        return self._closed(states, within, self.moves)

    def leading(self, targets: DiagramStates, within: DiagramStates) -> DiagramStates:
        """Return the states of a set from which drift leads to some targets without leaving the set before.

        The set is one whose moves have been asked about.
        """
        return self._closed(targets, None, lambda i, states: self.into(i, states) & within) & within

    def _closed(
        self, states: DiagramStates, within: DiagramStates | None, step: Callable[[int, DiagramStates], DiagramStates]
    ) -> DiagramStates:
        """Return a set and all that steps of the parties lead to, within another one where that is told."""
        found = frontier = states
        while frontier:
            asked = frontier if within is None else frontier & within
            reached = found
            for i in self.parties:
                reached = reached | step(i, asked)
            found, frontier = reached, reached - found
        return found

    def _work_out(self, i: int, states: Diagram) -> None:
        """Get to know the moves of party i from a set."""
        fresh = states & ~self._known[i]
        self._known[i] = self._known[i] | states
        reply = self._reply(i)
        tempted = self.engine.bettered(i, reply, fresh)
        if tempted == self._world.false:
            return
        better = self.engine.moves_of(i).improving_out_of(tempted) & self._world.feasible
        rank = self.engine.digits(i)
        value = rank
        if reply is not None:
            rank, value = self.engine.risked(i, reply, better)
        self._moves[i] = self._moves[i] | self._flips[i].purposeful(tempted, better, rank, value)

    def _reply(self, i: int) -> Reply | None:
        """Return the answers that party i reckons with."""
        if not self.rounds:
            return None
        others = tuple(j for j in self.parties if j != i and j in self._movers)
        after = after_answer(self.engine, i, self.rounds[1:], others)
        return Reply(others, after, credible=self.rounds[0] == "credible")
