"""What the tree of moves says: in its boxes, and about itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from bestand.model.formula import OutcomeAtom
from bestand.model.sentences import Mover
from bestand.prose.messages import _, _n, choice
from bestand.prose.names import of_concepts
from bestand.prose.phrases import difference_words, move_words, party_name, path_words, state_words
from bestand.solve.reach import Reach
from bestand.solve.solution import Bools, Solution

from .ways import Node

_TOLD = 4  # ways that are told in words
_LONG = 6  # moves of a way from which on only its end is told
_OUTCOMES = 4  # that are told in one box


@dataclass(frozen=True)
class Fact:
    """A line below what is done: of an outcome, whether it is true (``yes``) or no longer is (``no``)."""

    words: str
    mark: Literal["yes", "no", ""] = ""
    bold: bool = False


class Teller:
    """Tells of the states on the ways from the status quo.

    Parameters
    ----------
    solution : Solution
    reach : Reach
    concepts : sequence of str
    """

    def __init__(self, solution: Solution, reach: Reach, concepts: Sequence[str]) -> None:
        self.solution = solution
        self.reach = reach
        self.model = solution.model
        self.concepts = tuple(concepts)
        self._outcomes = {o.name: solution.space.holds(OutcomeAtom(o.name)) for o in self.model.outcomes}
        self._held = {concept: solution.equilibria(concept) for concept in self.concepts}

    @cached_property
    def plan(self) -> Bools | None:
        """(S,): where the plan is true; None where the file names none."""
        return None if self.model.plan is None else self.solution.space.holds(self.model.plan)

    @cached_property
    def _wider(self) -> dict[str, set[str]]:
        """By outcome, those that are true in all states in which it is, and in others."""
        found = self._outcomes.items()
        return {
            name: {other for other, wide in found if not (holds & ~wide).any() and (wide & ~holds).any()}
            for name, holds in found
        }

    def today(self) -> str:
        """What is done at the beginning."""
        mask = self._mask(self.reach.start)
        doings = difference_words(self.model, 0, mask) if mask else _("nobody does anything")
        label = self.model.labels.get(self.model.bits(mask))
        if label is None:
            return _("Today: {doings}.", doings=doings)
        return _("Today, state {label}: {doings}.", label=label, doings=doings)

    def step(self, node: Node) -> str:
        """Who moves to a node, and what it does."""
        assert node.mover is not None, "nobody moves to the status quo"
        party = party_name(self.model, self.model.parties[node.mover].id)
        move = move_words(self.model, self._mask(node.origin), self._mask(node.state))
        if not node.skipped:
            return _("{Party} {move}.", party=party, move=move)
        return _n(
            "{n} move later: {party} {move}.", "{n} moves later: {party} {move}.", node.skipped, party=party, move=move
        )

    def facts(self, node: Node) -> Iterator[Fact]:
        """What is so in the state of a node."""
        label = self.model.labels.get(self.model.bits(self._mask(node.state)))
        if label is not None and node.mover is not None:
            yield Fact(_("State {label}", label=label))
        yield from self.standing(node.state)
        if not node.onward:
            yield from self._going_on(node.state)
        changes = list(self._changes(node))
        yield from changes[:_OUTCOMES]
        more = len(changes) - _OUTCOMES
        if more > 0:
            yield Fact(_n("and {n} more outcome", "and {n} more outcomes", more))

    def standing(self, state: int) -> Iterator[Fact]:
        """Whether the plan is true in a state, whether things rest there, and under which concepts it is stable."""
        if self.plan is not None and self.plan[state]:
            yield Fact(_("The plan is true here."), bold=True)
        under = [concept for concept, held in self._held.items() if held[state]]
        if self.solution.resting[state]:
            yield Fact(_("Nobody can improve here: an equilibrium under every concept."), bold=True)
        elif under:
            names = of_concepts(under, self.concepts)
            yield Fact(_("An equilibrium under {concepts}.", concepts=names))

    def _going_on(self, state: int) -> Iterator[Fact]:
        """Who can improve where a way ends, so that nobody takes that for an end."""
        space, model = self.solution.space, self.model
        able = [
            party_name(model, party.id)
            for i, party in enumerate(model.parties)
            if any(space.order(i).better(target, state) for target in space.targets(i, state))
        ]
        if able:
            yield Fact(_("Not an end: {parties} can still improve from here.", parties=choice(able)))

    def _changes(self, node: Node) -> Iterator[Fact]:
        """The outcomes that a move makes true or ends; at the beginning and at the end of a way all that are true.

        What is always true with another one is left out beside it.
        """
        whole = node.mover is None or not node.onward
        true = {name for name, holds in self._outcomes.items() if holds[node.state]}
        before = {name for name, holds in self._outcomes.items() if holds[node.origin]}
        said = set[str]().union(*(self._wider[name] for name in true))
        for name in self._outcomes:
            says = self.model.outcome[name].grounds.says or name
            if name in true - said and (whole or name not in before):
                yield Fact(says, "yes")
            elif name in before - true:
                yield Fact(_("no longer: {outcome}", outcome=says), "no")

    def _mask(self, state: int) -> int:
        return int(self.solution.space.states[state])

    def alternative(self, shown: Sequence[int]) -> str:
        """What the picture shows, in sentences: what is reached, and some of the ways drawn, by where they lead."""
        told = [self.today(), *self._reached(), *(self._way(goal) for goal in shown[:_TOLD])]
        more = len(shown) - _TOLD
        if more > 0:
            told.append(_n("The picture shows {n} more way.", "The picture shows {n} more ways.", more))
        return " ".join(told)

    def _way(self, goal: int) -> str:
        """A shortest way, and what is so where it ends; of a long one, only where it ends."""
        parties, start = self.solution.engine.parties, self._mask(self.reach.start)
        path = [(parties[step.party], self._mask(step.state)) for step in self.reach.path(goal)]
        if len(path) <= _LONG:
            told = _("{Path}.", path=path_words(self.model, start, path))
        else:
            state = state_words(self.model, self._mask(goal))
            told = _n("{n} move leads to {state}.", "{n} moves lead to {state}.", len(path), state=state)
        return " ".join([told, *(fact.words for fact in (*self.standing(goal), *self._going_on(goal)))])

    def caption(self, drawn: set[int], shown: Sequence[int], *, marked: bool) -> str:
        """What is drawn, what is not, and what the marks mean.

        Parameters
        ----------
        drawn : set of int
            The states in the picture.
        shown : sequence of int
            Those of them that ways were looked for to.
        marked : bool
            Whether there are squares.
        """
        told = list(self._reached())
        if shown:
            ends = any(True for goal in shown for _fact in self.standing(goal))
            told = [_shown_words(ends, plan=self.plan is not None), *told, *self._left_out(drawn)]
            if self.reach.by == "improvements":
                told.append(
                    _("A thick arrow speaks of its move alone: ways are the shortest, not those of best moves only.")
                )
        if any(held[state] and not self.solution.resting[state] for state in drawn for held in self._held.values()):
            told.append(_("Where a party could improve in an equilibrium, the answers of the others deter it."))
        if marked:
            told.append(
                _("A filled square stands for an outcome that is true, an empty one for one that no longer is.")
            )
        return " ".join(told)

    def _reached(self) -> Iterator[str]:
        """How much is reached, and what of it is telling."""
        others = self.reach.reached.copy()
        others[self.reach.start] = False
        count = int(others.sum())
        if not count:
            yield _("By improvements alone, nothing but the status quo itself is reached.")
            return
        yield _reached_words(self.reach.by, count, int(self.reach.distance.max()))
        yield _resting_words(int((others & self.solution.resting).sum()), count)
        if self.plan is not None:
            yield _plan_words(int((others & self.plan).sum()), count)

    def _left_out(self, drawn: set[int]) -> Iterator[str]:
        resting = set(np.flatnonzero(self.solution.resting & self.reach.reached).tolist()) - drawn
        if resting:
            yield _n("{n} resting place is not drawn.", "{n} resting places are not drawn.", len(resting))


def title(by: Mover) -> str:
    """What the picture is."""
    if by == "improvements":
        return _("Where things go from today, by improvements")
    return _("Where things go from today, if every mover takes its best move")


def _shown_words(ends: bool, *, plan: bool) -> str:
    if ends and plan:
        return _(
            "The shortest ways to the resting places, to the nearest equilibrium under each concept, and to the "
            "nearest state in which the plan is true."
        )
    if ends:
        return _("The shortest ways to the resting places and to the nearest equilibrium under each concept.")
    return _("What one move leads to; no equilibrium is reached.")


def _reached_words(by: Mover, count: int, longest: int) -> str:
    moves = _n("{n} move", "{n} moves", longest)
    if by == "improvements":
        return _n(
            "Improvements lead from the status quo to {n} other state, in at most {moves}.",
            "Improvements lead from the status quo to {n} other states, in at most {moves}.",
            count,
            moves=moves,
        )
    return _n(
        "Best moves lead from the status quo to {n} other state, in at most {moves}.",
        "Best moves lead from the status quo to {n} other states, in at most {moves}.",
        count,
        moves=moves,
    )


def _resting_words(count: int, of: int) -> str:
    if of == 1:
        return _("There nobody can improve.") if count else _("There some party can improve.")
    if not count:
        return _("In each of them some party can improve.")
    return _n(
        "{n} of them is a resting place, where nobody can improve.",
        "{n} of them are resting places, where nobody can improve.",
        count,
    )


def _plan_words(count: int, of: int) -> str:
    if of == 1:
        return _("The plan is true there.") if count else _("The plan is not true there.")
    if not count:
        return _("The plan is true in none of them.")
    return _n("The plan is true in {n} of them.", "The plan is true in {n} of them.", count)
