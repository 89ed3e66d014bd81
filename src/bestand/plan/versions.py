"""The versions of a plan, and who says what to them, where the states are listed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from bestand.model.formula import Formula

from .condition import Atom, said_of
from .joint import Joint
from .proposal import Bools
from .refusals import Choices
from .version_kinds import MOST_CHOICES, Versions


class Some:
    """Some of the versions: (N,) bool."""

    __slots__ = ("where",)

    def __init__(self, where: Bools) -> None:
        self.where = where

    def __and__(self, other: Some) -> Some:
        return Some(self.where & other.where)

    def __sub__(self, other: Some) -> Some:
        return Some(self.where & ~other.where)

    def __bool__(self) -> bool:
        return bool(self.where.any())

    def count(self) -> int:
        """Return how many there are."""
        return int(np.count_nonzero(self.where))


class Listed(Versions[Some]):
    """The versions of a plan under a concept."""

    def __init__(self, joint: Joint) -> None:
        self._proposal = proposal = joint.proposal
        refuses, idle, say = (tuple(map(Some, each)) for each in (proposal.refuses, proposal.idle, proposal.has_say))
        super().__init__(
            proposal.space.model,
            Some(np.ones(len(proposal.states), bool)),
            refuses,
            idle,
            say,
            Some(proposal.joint),
            Some(np.isin(proposal.states, proposal.deals)),
            Some(np.isin(proposal.states, joint.kept)),
        )

    def where(self, formula: Formula) -> Some:
        return Some(self._proposal.space.holds(formula)[self._proposal.states])

    def told(self, options: Sequence[int], meant: Some, other: Some, preferred: Collection[Atom]) -> Formula | None:
        proposal = self._proposal
        chosen = proposal.space.states[proposal.states] & np.uint64(sum(1 << k for k in options))
        yes, no = (np.unique(chosen[each.where]) for each in (meant, other))
        if len(yes) + len(no) > MOST_CHOICES or len(np.intersect1d(yes, no)):
            return None
        masks = np.union1d(yes, no).astype(np.uint64)
        return said_of(
            proposal,
            proposal.states[meant.where | other.where],
            options,
            Choices(masks, np.isin(masks, yes)),
            preferred,
        )
