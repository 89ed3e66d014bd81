"""Commitments in force: where every feasible state comes to once they have acted, and the moves that lead there.

A move that is legal without commitments leads to what they complete the state to that it ends in; where that is the
state that it began in, it is no move. States that a commitment changes are passed through, and are none of the model's.
(The definition, and what is an error, are those of `bestand.reference.commitments`.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import ModelError, Problem
from bestand.model.model import Model
from bestand.model.values import Commitment

from .evaluate import Evaluator
from .limits import Watch
from .members import Coalesced, Indices, States, indices
from .moves import Members, PartyMoves, party_moves
from .ranks import ranks
from .space import Space
from .states import feasible_states

Bools = NDArray[np.bool_]

FINE, FIGHT, UNSETTLED, DIRECTION, RULE = range(5)
_CODES = ("", "fight", "unsettled", "direction", "rule")
_WORDS = {
    FIGHT: "two commitments want different things of one option",
    UNSETTLED: "the commitments go on and on",
    DIRECTION: "a commitment changes an option against its direction",
    RULE: "what the commitments make of a state breaks a rule",
}


@dataclass(frozen=True)
class Completed(Coalesced):
    """What every feasible state comes to.

    ``states`` are those at rest, and ``of`` says in which of them each feasible state ends: -1 for one in trouble, to
    which no move leads. A party moves from states at rest alone.
    """

    @cached_property
    def rest(self) -> Indices:
        """(S,): the places of the states among the members."""
        return indices(self.members, self.states)

    @cached_property
    def left(self) -> Bools:
        found = np.zeros(len(self.members), bool)
        found[self.rest] = True
        return found

    def members_of(self, at: Indices) -> tuple[Indices, Indices]:
        return self.rest[at], np.arange(len(at))


def complete(
    model: Model, commitments: Sequence[Commitment], states: States
) -> tuple[States, NDArray[np.int8], States]:
    """Return what states come to once all commitments have acted.

    Parameters
    ----------
    model : Model
    commitments : sequence of Commitment
    states : (M,) uint64

    Returns
    -------
    ends : (M,) uint64
        What each comes to; what it is in trouble at, where it is.
    trouble : (M,) int8
        `FINE`, or what is wrong; that a rule is broken is not looked at.
    at : (M,) uint64
        Where that is.

    Notes
    -----
    At most as many rounds as there are options, each O(M · size of the formulas).
    """
    never_lost = np.uint64(model.mask(way.option for way in model.one_way if way.direction == "to-yes"))
    never_gained = np.uint64(model.mask(way.option for way in model.one_way if way.direction == "to-no"))
    here, trouble = states.copy(), np.full(len(states), FINE, np.int8)
    moving = np.ones(len(states), bool)
    for _ in range(len(model.options) + 1):
        yes, no = _wanted(model, commitments, here)
        after = (here | yes) & ~no
        stuck = (here & ~after & never_lost | after & ~here & never_gained) != 0
        found = np.where(yes & no != 0, FIGHT, np.where(stuck, DIRECTION, FINE)).astype(np.int8)
        trouble = np.where(trouble == FINE, found, trouble)
        moving = (trouble == FINE) & (after != here)
        here = np.where(moving, after, here)
        if not moving.any():
            break
    trouble[moving] = UNSETTLED
    return here, trouble, np.where(moving, states, here)


def _wanted(model: Model, commitments: Sequence[Commitment], states: States) -> tuple[States, States]:
    """(M,), (M,): the options that commitments acting in some states want to be yes, and no."""
    evaluator = Evaluator(model, states)
    yes, no = np.zeros_like(states), np.zeros_like(states)
    for each in commitments:
        acts = evaluator.holds(each.when)
        yes |= np.where(acts, np.uint64(model.mask(option for option, value in each.then if value)), np.uint64(0))
        no |= np.where(acts, np.uint64(model.mask(option for option, value in each.then if not value)), np.uint64(0))
    return yes, no


def committed_space(model: Model, commitments: Sequence[Commitment], watch: Watch | None = None) -> Space:
    """Return the states of a model with commitments in force, and its moves.

    Raises
    ------
    ModelError
        When no state is at rest, or a legal move leads to what the commitments cannot complete: with the state.
    TooManyStates
        As `bestand.engine.states.feasible_states`.
    """
    watch = watch or Watch()
    members = feasible_states(model, None, watch)
    ends, trouble, at = complete(model, commitments, members)
    place = np.full(len(members), -1, np.intp) if not len(members) else indices(members, ends)
    broken = (trouble == FINE) & (place < 0)
    trouble, at = np.where(broken, RULE, trouble), np.where(broken, ends, at)
    rest = (trouble == FINE) & (ends == members)
    if not rest.any():
        raise ModelError([Problem(0, 0, "no-feasible-state", "error", "no state is left at rest")])
    states = members[rest]
    of = np.where(trouble == FINE, indices(states, ends), -1)
    evaluator = Evaluator(model, states)
    inner = party_moves(model, Evaluator(model, members))
    _check(model, members, rest, trouble, at, inner)
    completed = Completed(members, states, of)
    moves = party_moves(model, evaluator)
    within = tuple(replace(each, within=Members(far, completed)) for each, far in zip(moves, inner, strict=True))
    return Space(model, states, ranks(model, evaluator), within, evaluator)


def _check(
    model: Model, members: States, rest: Bools, trouble: NDArray[np.int8], at: States, moves: Sequence[PartyMoves]
) -> None:
    """Raise for a state in trouble to which a legal move leads from a state at rest."""
    for place in np.flatnonzero(trouble != FINE).tolist():
        if any(rest[each.origins(members, place)].any() for each in moves):
            kind = int(trouble[place])
            words = f"{_WORDS[kind]}: state {model.bits(int(at[place]))}"
            raise ModelError([Problem(0, 0, f"commitment-{_CODES[kind]}", "error", words)])
