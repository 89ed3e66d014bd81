"""Who refuses what, over what the others do, and the wish that decides it, over sets: as `bestand.plan.refusals`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bestand.engine.diagrams.spec import Diagram
from bestand.engine.diagrams.table import count, table
from bestand.engine.symbolic import DiagramStates
from bestand.engine.symbolic.world import World
from bestand.model.values import FrozenMap, Priorities, Ranking, Statement
from bestand.model.wording import level_text
from bestand.plan.ruling_values import RANKING, RED_LINE, WEIGHTS

from .proposal import Proposal


@dataclass(frozen=True)
class Choices:
    """What some parties can do in states of a plan that can be signed, as sets of the values of their options.

    Parameters
    ----------
    world : World
    options : tuple of int
        Their options, by bit; the diagrams ask for no other.
    refused, accepted : Diagram
        Which of these a party refuses, whatever everybody else does, and which it does not.
    """

    world: World
    options: tuple[int, ...]
    refused: Diagram
    accepted: Diagram

    def count(self, choices: Diagram) -> int:
        """Return how many choices there are in a set of them."""
        every = count(table(self.world.diagrams, choices), self.world.options)
        return every >> (self.world.options - len(self.options))


@dataclass(frozen=True)
class Refusal:
    """What one party refuses of a plan.

    Parameters
    ----------
    others : Choices
        What the others can do: where it refuses, whatever it does itself.
    own : Choices
        What it can do itself: where it refuses, whatever the others do.
    decided_by : mapping of str to int
        How many of the states that it refuses each wish decides: ``russia 2``, or what stands in for wishes.
    """

    others: Choices
    own: Choices
    decided_by: Mapping[str, int]


def refusal(proposal: Proposal, i: int) -> Refusal:
    """Return what a party refuses."""
    world = proposal.engine.world
    own = world.own[i]
    others = [k for k in range(world.options) if k not in own]
    return Refusal(_choices(proposal, i, others), _choices(proposal, i, own), FrozenMap(dict(_deciding(proposal, i))))


def _choices(proposal: Proposal, i: int, options: Sequence[int]) -> Choices:
    world = proposal.engine.world
    with world.guarded():
        d = world.diagrams
        rest = d.variables(k for k in range(world.options) if k not in options)
        every = d.exists(rest, proposal.states.diagram)
        accepted = d.exists(rest, (proposal.states - proposal.refuses[i]).diagram)
        return Choices(world, tuple(options), every & ~accepted, accepted)


def _deciding(proposal: Proposal, i: int) -> Iterator[tuple[str, int]]:
    """Yield what decides the refusals of a party, with how many."""
    model = proposal.engine.model
    lines = proposal.refuses[i] & proposal.crosses[i]
    if lines:
        yield RED_LINE, lines.count()
    left = proposal.refuses[i] - lines
    party = model.parties[i].id
    wish = model.preferences.get(party)
    if not isinstance(wish, Priorities):
        if left:
            yield RANKING if isinstance(wish, Ranking) else WEIGHTS, left.count()
        return
    for numbers, level in zip(wish.ranked, wish.by_level, strict=True):
        differs = left - _alike(proposal, left, level, proposal.best_without[i])
        if differs:
            yield level_text(party, numbers), differs.count()
            left = left - differs


def _alike(proposal: Proposal, states: DiagramStates, level: Sequence[Statement], state: int) -> DiagramStates:
    """Return those of some states in which as many statements hold as in one state. O(statements²) operations."""
    truths = [proposal.engine.holds(statement.formula) for statement in level]
    exactly = [states]  # by how many of the statements looked at so far hold
    for true in truths:
        more = [*(several & true for several in exactly)]
        less = [*(several - true for several in exactly)]
        exactly = [less[0], *(a | b for a, b in zip(less[1:], more[:-1], strict=True)), more[-1]]
    return exactly[sum(state in true for true in truths)]
