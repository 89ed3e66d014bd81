"""The state space of a model: its feasible states, their ranks, the moves, and where formulas hold."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from bestand.model.errors import ModelError, Problem
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import Commitment, Preference

from .coalesced import alike, coalesce
from .limits import Watch
from .moves import PartyMoves, party_moves
from .order import Order, RankOrder
from .ranks import Ranks, ranks, ranks_of
from .states import Evaluator, States, Truth, feasible_states


@dataclass(frozen=True)
class Space:
    """Everything that an engine needs to know of a model, as arrays over its feasible states.

    Parameters
    ----------
    model : Model
    states : (S,) uint64
        The feasible states, ascending.
    ranks : (P, S) int32
        Higher is better; only the order inside a row means anything.
    moves : tuple of PartyMoves
        One per party.
    evaluator : Evaluator
    commitments : tuple of Commitment
        Those in force: a move leads to what they make of where it ends, and every state is at rest.
    fixed : dict
        What engines keep that hangs on states and moves alone: the same whatever the parties want.
    """

    model: Model
    states: States
    ranks: Ranks
    moves: tuple[PartyMoves, ...]
    evaluator: Evaluator
    commitments: tuple[Commitment, ...] = ()
    fixed: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        """Return how many feasible states there are."""
        return len(self.states)

    def order(self, party: int) -> Order:
        """Return what a party, given by its index, thinks of the states."""
        return self._orders[party]

    @cached_property
    def _orders(self) -> tuple[Order, ...]:
        return tuple(map(RankOrder, self.ranks))

    def with_wishes(self, wishes: Mapping[int, Preference | None], evaluator: Evaluator | None = None) -> Space:
        """Return the space with other wishes for some parties; states and moves are the same.

        Parameters
        ----------
        wishes : mapping of int to Preference or None
            By the index of the party; None for one that is indifferent.
        evaluator : Evaluator, optional
            Another one on the same states, such as one that remembers.
        """
        ranks = self.ranks.copy()
        for i, wish in wishes.items():
            ranks[i] = self.ranks_of(wish, evaluator)
        return replace(self, ranks=ranks)

    def ranks_of(self, wish: Preference | None, evaluator: Evaluator | None = None) -> Ranks:
        """(S,) int32: what a party of some wishes thinks of the states. Parameters are those of `with_wishes`.

        Raises
        ------
        ModelError
            Where a ranking leaves out a state, or a wish tells apart what counts as one.
        """
        if not self.alike(wish):
            told = "a party tells apart what counts as one"
            raise ModelError([Problem(0, 0, "coalesced-not-alike", "error", told)])
        return ranks_of(wish, evaluator or self.evaluator)

    def alike(self, wish: Preference | None) -> bool:
        """Return whether wishes tell nothing apart that counts as one state."""
        coalesced = self.evaluator.coalesced
        return coalesced is None or alike(self.evaluator.members, wish, coalesced)

    def holds(self, formula: Formula) -> Truth:
        """(S,) bool: where a formula holds."""
        return self.evaluator.holds(formula)

    def index(self, mask: int) -> int | None:
        """Return the index of a state given as a bit mask, or of the one that it is part of; None where infeasible."""
        return self.evaluator.index(mask)

    def targets(self, party: int, s: int) -> list[int]:
        """Return where a party can move from state index ``s``."""
        return self.moves[party].targets(self.states, s).tolist()

    def origins(self, party: int, t: int) -> list[int]:
        """Return from where a party can move to state index ``t``."""
        return self.moves[party].origins(self.states, t).tolist()

    @cached_property
    def status_quo(self) -> int | None:
        """The index of the status quo; None where the model has none."""
        return None if self.model.status_quo is None else self.index(self.model.mask(self.model.status_quo))


def space_of(model: Model, limit: int | None = None, watch: Watch | None = None) -> Space:
    """Enumerate the states of a model and rank them.

    Raises
    ------
    ModelError
        When no state is feasible, or a ranking misses one.
    TooManyStates
        Beyond the limit (see `feasible_states`).
    """
    watch = watch or Watch()
    members = feasible_states(model, limit, watch)
    if not len(members):
        raise ModelError([Problem(0, 0, "no-feasible-state", "error", "the rules leave no state feasible")])
    watch.room(members.nbytes + 4 * len(model.parties) * len(members), "the states and their ranks")
    coalesced = coalesce(model, members)
    states = members if coalesced is None else coalesced.states
    evaluator = Evaluator(model, states, coalesced)
    return Space(model, states, ranks(model, evaluator), party_moves(model, evaluator), evaluator)
