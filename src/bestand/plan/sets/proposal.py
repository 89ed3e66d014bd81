"""A plan put to the parties, over sets of states: as `bestand.plan.proposal`, with a set for each party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bestand.engine.symbolic import DiagramStates, SymbolicEngine
from bestand.engine.symbolic.near import Near
from bestand.model.formula import And, Formula, Not, OptionAtom
from bestand.plan.proposal import smallest_hitting

Sets = tuple[DiagramStates, ...]  # one for each party


@dataclass(frozen=True)
class Proposal:
    """Some states, put to the parties in a state to start from.

    Parameters
    ----------
    engine : SymbolicEngine
    start : int
        A bit mask.
    plan : DiagramStates
    no_deal : DiagramStates
    consent : frozenset of int
    red_lines : mapping of int to DiagramStates
    """

    engine: SymbolicEngine
    start: int
    plan: DiagramStates
    no_deal: DiagramStates
    consent: frozenset[int] = frozenset()
    red_lines: Mapping[int, DiagramStates] = field(default_factory=dict)

    @cached_property
    def states(self) -> DiagramStates:
        """The states of the plan that can be signed: every changed option changes in its direction."""
        signable = self.plan
        for way in self.engine.model.one_way:
            there = self.start >> self.engine.model.bit[way.option] & 1
            if there == (way.direction == "to-yes"):  # it stays what it is
                signable = signable & self._as_in(self.start, [way.option])
        return signable - self._near.one(self.start) if self.start in self.no_deal else signable

    @cached_property
    def changes(self) -> Sets:
        """Who changes something from the start."""
        return tuple(self.states - self._as_in(self.start, options) for options in self._own)

    @cached_property
    def signs(self) -> Sets:
        """Who signs: whoever changes something, or promises to leave undone what it would do without a deal."""
        return tuple(
            changed | self._promised(options) for changed, options in zip(self.changes, self._own, strict=True)
        )

    def _promised(self, options: Sequence[str]) -> DiagramStates:
        """Return where some options differ from what they are in one no-deal state, or in all but one way."""
        alike = self._as_in(self.no_deal.first(1)[0], options)
        return self.states if self.no_deal - alike else self.states - alike

    def _as_in(self, state: int, options: Sequence[str]) -> DiagramStates:
        """Return where some options are what they are in a state."""
        bit = self.engine.model.bit
        atoms = {id: OptionAtom(id) for id in options}
        same: list[Formula] = [atom if state >> bit[id] & 1 else Not(atom) for id, atom in atoms.items()]
        return self.engine.feasible & And(tuple(same)) if same else self.engine.feasible

    @cached_property
    def best_without(self) -> tuple[int, ...]:
        """For each party a state of the no-deal point that it likes best: what an offer has to beat."""
        return tuple(self._near.nearest(i, self.no_deal, highest=True) for i in self._parties)

    @cached_property
    def better(self) -> Sets:
        """Who is better off than under every state of the no-deal point."""
        return tuple(self.states & self._near.better(i, self.best_without[i]) for i in self._parties)

    def below(self, i: int) -> DiagramStates:
        """Return what is worse for a party than some state of the no-deal point."""
        return self.engine.feasible - self._near.at_least(i, self.best_without[i])

    @cached_property
    def worse(self) -> Sets:
        """Who is worse off than under some state of the no-deal point."""
        return tuple(self.states & self.below(i) for i in self._parties)

    @cached_property
    def crosses(self) -> Sets:
        """Whose red line a state crosses."""
        nothing = self.states - self.states
        return tuple(self.states & self.red_lines.get(i, nothing) for i in self._parties)

    @cached_property
    def has_say(self) -> Sets:
        """Who signs, or has to consent."""
        return tuple(self.states if i in self.consent else self.signs[i] for i in self._parties)

    @cached_property
    def refuses(self) -> Sets:
        """Who has a say and is worse off, or sees its red line crossed."""
        return tuple(self.has_say[i] & (self.worse[i] | self.crosses[i]) for i in self._parties)

    @cached_property
    def idle(self) -> Sets:
        """Who signs, does not refuse, and has nothing in it."""
        return tuple(self.signs[i] - self.refuses[i] - self.better[i] for i in self._parties)

    @cached_property
    def objects(self) -> Sets:
        """Who loses, or sees its red line crossed, and has no say."""
        return tuple((self.worse[i] | self.crosses[i]) - self.has_say[i] for i in self._parties)

    @cached_property
    def joint(self) -> DiagramStates:
        """What at least two sign."""
        none, one = self.states, self.states - self.states
        for signs in self.signs:
            none, one = none - signs, one - signs | none & signs
        return self.states - none - one

    @cached_property
    def deals(self) -> DiagramStates:
        """The deals."""
        left = self.joint
        for i in self._parties:
            left = left - self.refuses[i] - self.idle[i]
        return left

    @property
    def blocking(self) -> tuple[tuple[int, ...], ...]:
        """The smallest sets of parties one of which stands in the way of everything that several would have to sign."""
        return smallest_hitting(self._in_the_way(self.joint, 0))

    def _in_the_way(self, states: DiagramStates, i: int) -> Iterator[frozenset[int]]:
        """Yield, for the states of a set, which of the parties from i on stand in the way. O(2^parties) at most."""
        if i == len(self._parties) or not states:
            if states:
                yield frozenset()
            return
        blocked = states & (self.refuses[i] | self.idle[i])
        yield from (some | {i} for some in self._in_the_way(blocked, i + 1))
        yield from self._in_the_way(states - blocked, i + 1)

    def has_nothing(self, party: int) -> bool:
        """Return whether a party stands in the way only by having nothing in what is proposed."""
        return not self.refuses[party] & self.joint

    @cached_property
    def _near(self) -> Near:
        return Near(self.engine)

    @cached_property
    def _own(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(option.id for option in party.options) for party in self.engine.model.parties)

    @property
    def _parties(self) -> range:
        return range(len(self._own))


def lean(states: DiagramStates, start: int) -> DiagramStates:
    """Return the states of which no other takes a proper part of the changes from the start. O(options) operations."""
    world = states.world
    d = world.diagrams
    with world.guarded():
        above = states.diagram  # of a member, or of the changes of one and more
        fewer = world.false
        for k in range(world.options):
            world.check()
            changed = ~d.var(k) if start >> k & 1 else d.var(k)
            above = above | changed & d.cofactor(above, k, bool(start >> k & 1))
        for k in range(world.options):
            world.check()
            changed = ~d.var(k) if start >> k & 1 else d.var(k)
            fewer = fewer | changed & d.cofactor(above, k, bool(start >> k & 1))
        return DiagramStates(world, states.diagram & ~fewer)


def pareto_best(engine: SymbolicEngine, state: int, deals: DiagramStates) -> bool:
    """Find out whether none of some deals is at least as good for all parties, and better for one."""
    near = Near(engine)
    good, better = deals, deals - deals
    for i in range(len(engine.parties)):
        good = good & near.at_least(i, state)
        better = better | near.better(i, state)
    return not good & better
