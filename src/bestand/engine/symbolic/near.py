"""Questions about one state and what is near it, over sets of states: where parties can move, what they like best.

The operators of the engine speak of every state at once. Here a set goes in and a set comes out, and only what has to
be known about it is worked out.
"""

from __future__ import annotations

from bestand.engine.diagrams.spec import Diagram, Variables
from bestand.engine.diagrams.table import holds_at
from bestand.model.errors import CallError

from .closure import Step, backward, forward, improvements, moves
from .engine import BEST_MOVES, SymbolicEngine
from .moves import PartyMoves
from .numbers import Arithmetic
from .sets import DiagramStates

_GROUPS = 1000  # groups of equally good states that are counted one by one


class Near:
    """Sets of states around others.

    Parameters
    ----------
    engine : SymbolicEngine
    """

    def __init__(self, engine: SymbolicEngine) -> None:
        self.engine = engine
        self.world = engine.world
        self._d = engine.world.diagrams
        self._arithmetic = Arithmetic(self._d)

    def _set(self, diagram: Diagram) -> DiagramStates:
        return DiagramStates(self.world, diagram)

    def one(self, state: int) -> DiagramStates:
        """Return the set of one state."""
        return self.engine.state(state)

    def better(self, i: int, state: int) -> DiagramStates:
        """Return what party i prefers to a state."""
        with self.world.guarded():
            digits = self.engine.digits(i)
            return self._set(self._arithmetic.greater(digits, self._constant(digits, state)) & self.world.feasible)

    def at_least(self, i: int, state: int) -> DiagramStates:
        """Return what party i likes at least as much as a state."""
        with self.world.guarded():
            digits = self.engine.digits(i)
            return self._set(self.world.feasible & ~self._arithmetic.greater(self._constant(digits, state), digits))

    def _constant(self, digits: tuple[Diagram, ...], mask: int) -> list[Diagram]:
        return [self._d.true if holds_at(self._d, digit, mask) else self._d.false for digit in digits]

    def compare(self, i: int, one: int, other: int) -> int:
        """Return 1 where party i prefers the one, 0 where it is indifferent, else -1."""
        a, b = self._value(i, one), self._value(i, other)
        return (a > b) - (a < b)

    def _value(self, i: int, mask: int) -> tuple[bool, ...]:
        return tuple(holds_at(self._d, digit, mask) for digit in self.engine.digits(i))

    def ranked(self, i: int, states: DiagramStates, most: int) -> list[int]:
        """Return the states that party i likes best, at most so many, best first; of equals the least first."""
        ranked: list[int] = []
        while states and len(ranked) < most:
            best = self._extreme(i, states, highest=True)
            ranked += best.first(most - len(ranked))
            states = states - best
        return ranked

    def nearest(self, i: int, states: DiagramStates, *, highest: bool) -> int:
        """Return, of some states, the first of those that party i likes best (or least)."""
        return self._extreme(i, states, highest=highest).first(1)[0]

    def _extreme(self, i: int, states: DiagramStates, *, highest: bool) -> DiagramStates:
        """Return those of a set that party i likes best (or least)."""
        with self.world.guarded():
            found = states.diagram
            for digit in self.engine.digits(i):
                narrower = found & (digit if highest else ~digit)
                if narrower != self._d.false:
                    found = narrower
            return self._set(found)

    def groups(self, i: int, one: int, other: int) -> int | None:
        """Return how many groups of equally good feasible states two states are apart; None beyond a thousand."""
        at, high = (one, other) if self.compare(i, one, other) <= 0 else (other, one)
        for count in range(_GROUPS):
            if not self.compare(i, at, high):
                return count
            at = self.nearest(i, self.better(i, at), highest=False)
        return None

    def moved(self, i: int, states: DiagramStates) -> DiagramStates:
        """Return a set, and where party i can move from it."""
        with self.world.guarded():
            return self._set(self.engine.moves_of(i).out_of(states.diagram) & self.world.feasible)

    def able(self, i: int, targets: DiagramStates) -> DiagramStates:
        """Return a set, and from where party i can move into it."""
        with self.world.guarded():
            return self._set(self.engine.moves_of(i).into(targets.diagram) & self.world.feasible)

    def beside(self, i: int, state: int) -> DiagramStates:
        """Return every state that differs from one in options of party i alone, itself included."""
        here = self.one(state).diagram
        with self.world.guarded():
            return self._set(self._d.exists(self.engine.moves_of(i).own, here) & self.world.feasible)

    def _parties(self, i: int) -> dict[int, PartyMoves]:
        return {j: self.engine.moves_of(j) for j in range(len(self.engine.parties)) if j != i}

    def reached(self, i: int, starts: DiagramStates, kind: str) -> DiagramStates:
        """Return what everybody but party i can bring a set to by moves of a kind, the set included."""
        step = PartyMoves.improving_out_of if _credible(kind) else PartyMoves.out_of
        with self.world.guarded():
            return self._set(forward(self.world, self._parties(i), step, starts.diagram))

    def answerable(self, i: int, starts: DiagramStates, ends: DiagramStates, kind: str) -> DiagramStates:
        """Return the states of a set from which everybody but party i can bring things to an end, or that are one."""
        step: Step = improvements if _credible(kind) else moves
        parties = self._parties(i)
        with self.world.guarded():
            theirs = self._d.variables(k for j in parties for k in self.world.own[j])
            within = self._d.exists(theirs, starts.diagram) & self.world.feasible  # nobody else changes what i does
            found = backward(self.world, parties, step, within, ends.diagram & within, starts.diagram)
            return self._set(found & starts.diagram)

    def step_out(self, j: int, states: DiagramStates, kind: str) -> DiagramStates:
        """Return where party j gets by a move from a set; by any moves the set is part of it."""
        with self.world.guarded():
            move = self.engine.moves_of(j)
            found = move.improving_out_of(states.diagram) if _credible(kind) else move.out_of(states.diagram)
            return self._set(found & self.world.feasible)

    def step_into(self, j: int, states: DiagramStates, kind: str) -> DiagramStates:
        """Return from where party j gets into a set by a move; by any moves the set is part of it."""
        with self.world.guarded():
            move = self.engine.moves_of(j)
            found = move.improving_into(states.diagram) if _credible(kind) else move.into(states.diagram)
            return self._set(found & self.world.feasible)

    def _theirs(self, i: int) -> tuple[list[int], Variables]:
        options = [k for j, own in enumerate(self.world.own) if j != i for k in own]
        return options, self._d.variables(options)

    def lone(self, i: int, states: DiagramStates) -> DiagramStates:
        """Return the members of a set that are the only ones of it with their values of party i's options."""
        options, theirs = self._theirs(i)
        with self.world.guarded():
            f = states.diagram
            several = self.world.false  # values of i's options that come with an option of the others both ways
            for k in options:
                option = self._d.var(k)
                several = several | self._d.and_exists(theirs, f, option) & self._d.and_exists(theirs, f, ~option)
            return self._set(f & ~several)

    def sole(self, i: int, targets: DiagramStates, sources: DiagramStates, starts: DiagramStates) -> DiagramStates:
        """Return the targets t that every start has a source for.

        A source for t has no target but t among itself and what party i can move to from it. A start has those sources
        that share its values of i's options.

        Notes
        -----
        A source with one target has none with an option of i this way and another with it that way. That one and the
        same t serves every start is a matter of one-way options: t must be open to each of them.
        """
        move, own = self.engine.moves_of(i), self.world.own[i]
        with self.world.guarded():
            d = self._d
            single = sources.diagram & move.into(targets.diagram)
            for k in own:
                option = d.var(k)
                single = single & ~(move.into(targets.diagram & option) & move.into(targets.diagram & ~option))
            _, theirs = self._theirs(i)
            wanted = d.exists(theirs, starts.diagram)  # the starts' values of i's options
            missing = d.and_exists(move.own, wanted, ~single)  # values of the others' options where a start has none
            found = targets.diagram & ~missing
            for k, direction in move.one_way.items():
                option = d.var(k)
                gone = option if direction == "to-yes" else ~option
                if wanted & gone != self.world.false:
                    found = found & gone
            return self._set(found & self.world.feasible)

    def secured(self, i: int) -> tuple[int, int]:
        """Return a state that has party i's maximin, and one that has its minimax, where every state is feasible."""
        _, theirs = self._theirs(i)
        with self.world.guarded():
            maximin = self._outer(i, theirs, least=True)
            minimax = self._outer(i, self.engine.moves_of(i).own, least=False)
        return maximin.first(1)[0], minimax.first(1)[0]

    def _outer(self, i: int, inner: Variables, *, least: bool) -> DiagramStates:
        """Return the largest of the least over the inner options (or the least of the largest).

        Digit by digit: ``running`` are the states that the inner side still chooses among, for every choice of the
        outer side that is still its best. A digit is what the inner side wants, unless some such choice denies it that.
        """
        d = self._d
        running, value = d.true, d.true
        for digit in self.engine.digits(i):
            self.world.check()
            aim = ~digit if least else digit  # what the inner side wants
            can = d.and_exists(inner, running, aim)  # outer choices where it can have that
            stuck = d.exists(inner, running) & ~can
            running = running & (~can | aim)
            if stuck != d.false:  # the outer side chooses among these alone
                running = running & stuck
                value = value & ~aim
            else:
                value = value & aim
        return self._set(value & self.world.feasible)


def _credible(kind: str) -> bool:
    """Tell answers by improvements from those by any moves. Raises `CallError` for best moves."""
    if kind == "best":
        raise CallError(BEST_MOVES)
    return kind == "credible"
