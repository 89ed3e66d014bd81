"""Who refuses what, over what the others do, and the wish that decides it.

A party refuses a choice of the others iff it refuses every state of the plan that can be signed and agrees with that
choice outside its own options. The wish that decides a refusal is the first whose truth differs between the state
refused and what the party likes best of no deal, of wishes that stand level the first level of which not as many hold;
lower wishes play no part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.model.values import FrozenMap, Priorities, Ranking
from bestand.model.wording import level_text

from .proposal import Proposal
from .ruling_values import RANKING, RED_LINE, WEIGHTS


@dataclass(frozen=True)
class Choices:
    """What some parties can do in states of a plan that can be signed.

    Parameters
    ----------
    masks : (O,) uint64
        Bit masks, without the options of everybody else.
    refused : (O,) bool
        Which of these a party refuses, whatever everybody else does.
    """

    masks: NDArray[np.uint64]
    refused: NDArray[np.bool_]


@dataclass(frozen=True)
class Refusal:
    """What one party refuses of a plan.

    Parameters
    ----------
    others : Choices
        What the others can do: where it refuses, whatever it does itself.
    own : Choices
        What it can do itself: where it refuses, whatever the others do.
    states : int
        How many states of the plan that can be signed it refuses.
    idle : int
        In how many of them it has nothing.
    decided_by : mapping of str to int
        How many of the states that it refuses each wish decides: ``russia 2``, or what stands in for wishes.
    """

    others: Choices
    own: Choices
    states: int
    idle: int
    decided_by: Mapping[str, int]


def refusals(proposal: Proposal) -> tuple[Refusal, ...]:
    """Return what each party refuses. O(P · N log N)."""
    return tuple(_refusal(proposal, i) for i in range(len(proposal.space.moves)))


def _refusal(proposal: Proposal, i: int) -> Refusal:
    own = np.uint64(proposal.space.moves[i].own)
    return Refusal(
        _choices(proposal, i, ~own),
        _choices(proposal, i, own),
        int(np.count_nonzero(proposal.refuses[i])),
        int(np.count_nonzero(proposal.idle[i])),
        FrozenMap(Counter(dict(_deciding(proposal, i)))),
    )


def _choices(proposal: Proposal, i: int, options: np.uint64) -> Choices:
    choices, choice = np.unique(proposal.space.states[proposal.states] & options, return_inverse=True)
    accepted = np.zeros(len(choices), bool)
    accepted[choice[~proposal.refuses[i]]] = True
    return Choices(choices, ~accepted)


def _deciding(proposal: Proposal, i: int) -> Iterator[tuple[str, int]]:
    """Yield what decides the refusals of a party, with how many."""
    space, refused = proposal.space, proposal.refuses[i]
    lines = np.count_nonzero(refused & proposal.crosses[i])
    if lines:
        yield RED_LINE, int(lines)
    left = proposal.states[refused & ~proposal.crosses[i]]
    party = space.model.parties[i].id
    wish = space.model.preferences.get(party)
    if not isinstance(wish, Priorities):
        if len(left):
            yield RANKING if isinstance(wish, Ranking) else WEIGHTS, len(left)
        return
    for numbers, level in zip(wish.ranked, wish.by_level, strict=True):
        truths = [space.holds(statement.formula) for statement in level]
        held = truths[0] if len(truths) == 1 else np.sum(truths, axis=0)
        differs = held[left] != held[proposal.best_without[i]]
        if differs.any():
            yield level_text(party, numbers), int(np.count_nonzero(differs))
            left = left[~differs]
