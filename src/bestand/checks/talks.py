"""What the sentences about deals speak of: deals in the plan of a model, and who refuses what."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from bestand.engine.sets import Bools
from bestand.model.errors import CallError
from bestand.model.formula import TRUE
from bestand.model.sentences import Kind
from bestand.plan.joint import Joint
from bestand.plan.proposal import Proposal
from bestand.plan.terms import joint_of, own_terms
from bestand.solve.solution import Solution


def talks(solution: Solution, concept: str) -> Talks:
    """Return the deals of a solved model under a concept, worked out once.

    Raises
    ------
    CallError
        Where nobody can be asked: without options, or a status quo that can occur.
    """
    known = solution.once(_known)
    if concept not in known:
        known[concept] = Talks(solution, concept)
    return known[concept]


def _known(_solution: Solution) -> dict[str, Talks]:
    return {}


class Talks:
    """Deals in the plan of a solved model under a concept, on the terms of its file.

    Parameters
    ----------
    solution : Solution
        Over listed states.
    concept : str
        Under which parties drift, and keep what they have signed.
    """

    def __init__(self, solution: Solution, concept: str) -> None:
        self._model, self._size = solution.model, solution.space.size
        terms = own_terms(self._model, TRUE if self._model.plan is None else self._model.plan)
        if terms is None:
            raise CallError("there is no status quo here, or nobody has an option, so there is nothing to sign")
        self._joint = joint_of(solution.purpose(concept), terms)

    @property
    def _plan(self) -> Joint:
        if self._model.plan is None:
            raise CallError("there is no plan here, so there are no deals in it")
        return self._joint

    @cached_property
    def deals(self) -> Bools:
        """(S,): the deals in the plan."""
        return self._marked(self._plan.proposal.deals)

    @cached_property
    def kept(self) -> Bools:
        """(S,): those of them that are kept."""
        return self._marked(self._plan.kept)

    @property
    def kind(self) -> Kind:
        """The verdict on the plan."""
        return self._plan.kind

    def between(self, parties: tuple[int, ...]) -> Bools:
        """(S,): the states of the plan that just these parties would have to sign."""
        proposal = self._plan.proposal
        just = np.zeros((len(proposal.signs), 1), bool)
        just[list(parties)] = True
        return self._marked(proposal.states[(proposal.signs == just).all(axis=0)])

    def signatories(self, state: int) -> tuple[int, ...]:
        """Return who signs a state that can be signed, given by its index."""
        proposal = self._anything
        return tuple(np.flatnonzero(proposal.signs[:, np.searchsorted(proposal.states, state)]).tolist())

    def blocking(self, states: Bools) -> tuple[tuple[int, ...], ...]:
        """Return the smallest sets of parties past whom none of some states of the plan gets; see `Proposal`."""
        return replace(self._plan.proposal, plan=self._plan.plan & states).blocking

    @cached_property
    def signable(self) -> Bools:
        """(S,): what can be signed, in the plan or not."""
        return self._marked(self._anything.states)

    def refused(self, i: int) -> Bools:
        """(S,): what of it party i refuses."""
        return self._marked(self._anything.states[self._anything.refuses[i]])

    @cached_property
    def _anything(self) -> Proposal:
        """All states, put to the parties."""
        return replace(self._joint.proposal, plan=np.ones(self._size, bool))

    def _marked(self, states: np.ndarray) -> Bools:
        marked = np.zeros(self._size, bool)
        marked[states] = True
        return marked
