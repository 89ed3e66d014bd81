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
from bestand.model.fault import ModelFault
from bestand.model.model import Model
from bestand.model.truth import holds, outcomes_in
from bestand.model.values import Commitment

from .evaluate import Evaluator
from .limits import Watch
from .members import Coalesced, Indices, States, indices
from .moves import Members, PartyMoves, party_moves, together
from .ranks import ranks
from .space import Space, space_of
from .states import feasible_states

Bools = NDArray[np.bool_]
Fixed = tuple[int, int]  # options, as bits, that cannot become no, and that cannot become yes

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


@dataclass(frozen=True)
class Completion:
    """What states come to once all commitments have acted.

    Parameters
    ----------
    ends : (M,) uint64
        What each comes to; what it is in trouble at, where it is.
    trouble : (M,) int8
        `FINE`, or what is wrong.
    at : (M,) uint64
        Where that is.
    """

    ends: States
    trouble: NDArray[np.int8]
    at: States


def complete(
    model: Model,
    commitments: Sequence[Commitment],
    states: States,
    feasible: States | None = None,
    fixed: Fixed = (0, 0),
) -> Completion:
    """Return what states come to once all commitments have acted.

    Parameters
    ----------
    model : Model
    commitments : sequence of Commitment
    states : (M,) uint64
    feasible : (F,) uint64, optional
        All that keep the rules, ascending; unless given, whether what they come to keeps them is not looked at.
    fixed : (int, int)
        As in `committed_space`.

    Notes
    -----
    At most as many rounds as there are options, each O(M · size of the formulas).
    """
    never_lost = np.uint64(fixed[0] | model.mask(way.option for way in model.one_way if way.direction == "to-yes"))
    never_gained = np.uint64(fixed[1] | model.mask(way.option for way in model.one_way if way.direction == "to-no"))
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
    at = np.where(moving, states, here)
    if feasible is not None:
        trouble[(trouble == FINE) & (indices(feasible, here) < 0)] = RULE
    return Completion(here, trouble, at)


def _wanted(model: Model, commitments: Sequence[Commitment], states: States) -> tuple[States, States]:
    """(M,), (M,): the options that commitments acting in some states want to be yes, and no."""
    evaluator = Evaluator(model, states)
    yes, no = np.zeros_like(states), np.zeros_like(states)
    for each in commitments:
        acts, (to_yes, to_no) = evaluator.holds(each.when), wanted(model, each)
        yes |= np.where(acts, np.uint64(to_yes), np.uint64(0))
        no |= np.where(acts, np.uint64(to_no), np.uint64(0))
    return yes, no


def wanted(model: Model, commitment: Commitment) -> tuple[int, int]:
    """Return the options, as bits, that a commitment makes yes, and those that it makes no."""
    yes, no = (model.mask(option for option, value in commitment.then if value is so) for so in (True, False))
    return yes, no


def unlike(states: States, wanted: tuple[int, int]) -> Bools:
    """(M,): in which states some option is not as it is wanted."""
    yes, no = wanted
    return (~states & np.uint64(yes) | states & np.uint64(no)) != 0


def acting(evaluator: Evaluator, commitment: Commitment) -> Bools:
    """(M,): in which states a commitment acts, and changes something."""
    return evaluator.holds(commitment.when) & unlike(evaluator.states, wanted(evaluator.model, commitment))


def space_in_force(model: Model, limit: int | None = None, watch: Watch | None = None) -> Space:
    """Return the states of a model and its moves, with the commitments in force that no plan brings.

    Raises as `bestand.engine.space.space_of` and `committed_space`.
    """
    if not model.standing:
        return space_of(model, limit, watch)
    return committed_space(model, model.standing, watch, limit)


def committed_space(
    model: Model,
    commitments: Sequence[Commitment],
    watch: Watch | None = None,
    limit: int | None = None,
    fixed: Fixed = (0, 0),
) -> Space:
    """Return the states of a model with commitments in force, and its moves.

    Parameters
    ----------
    model : Model
    commitments : sequence of Commitment
    watch : Watch, optional
    limit : int, optional
        As in `bestand.engine.states.feasible_states`.
    fixed : (int, int)
        Options, as bits, that cannot become no, and that cannot become yes, beside those of the model.

    Raises
    ------
    ModelError
        When no state is at rest, or a legal move leads to what the commitments cannot complete: with the state.
    TooManyStates
        As `bestand.engine.states.feasible_states`.
    """
    watch = watch or Watch()
    members = feasible_states(model, limit, watch)
    if not len(members):
        raise ModelError([Problem(0, 0, "no-feasible-state", "error", "the rules leave no state feasible")])
    watch.room(members.nbytes * (4 + len(model.parties)), "the states and their ranks")
    found = complete(model, commitments, members, members, fixed)
    rest = (found.trouble == FINE) & (found.ends == members)
    if not rest.any():
        raise ModelError([Problem(0, 0, "no-feasible-state", "error", "the commitments leave no state at rest")])
    states = members[rest]
    of = np.where(found.trouble == FINE, indices(states, found.ends), -1)
    evaluator = Evaluator(model, states)
    inner = [_fixing(each, fixed) for each in party_moves(model, Evaluator(model, members))]
    if (place := _reached(members, rest, found.trouble != FINE, inner)) is not None:
        raise ModelError([trouble_at(model, commitments, found, place).problem()])
    completed = Completed(members, states, of)
    moves = [_fixing(each, fixed) for each in party_moves(model, evaluator)]
    within = tuple(replace(each, within=Members(far, completed)) for each, far in zip(moves, inner, strict=True))
    return Space(model, states, ranks(model, evaluator), within, evaluator, tuple(commitments))


def fixing(space: Space, fixed: Fixed) -> Space:
    """Return a space with more options that change in one direction only. Parameters are those of `committed_space`."""
    moves = [_fixing(each, fixed) for each in space.moves]
    inner = [each.within and replace(each.within, moves=_fixing(each.within.moves, fixed)) for each in moves]
    return replace(space, moves=tuple(replace(a, within=b) for a, b in zip(moves, inner, strict=True)), fixed={})


def uncommitted(space: Space) -> Space:
    """Return a space as if no commitments were in force: its states are all that keep the rules."""
    within = [each.within for each in space.moves if each.within is not None]
    if not space.commitments or not within:
        return space
    members = within[0].coalesced.members
    evaluator = Evaluator(space.model, members)
    return Space(space.model, members, ranks(space.model, evaluator), tuple(each.moves for each in within), evaluator)


def answering(space: Space, states: States) -> tuple[str, ...]:
    """Return the commitments in force, by id, that would change something in one of some states."""
    evaluator = Evaluator(space.model, states)
    return tuple(each.id for each in space.commitments if acting(evaluator, each).any())


def _fixing(moves: PartyMoves, fixed: Fixed) -> PartyMoves:
    """Return moves with more options that change in one direction only."""
    yes, no = fixed
    return replace(moves, to_yes=moves.to_yes | yes & moves.own, to_no=moves.to_no | no & moves.own)


def fault_in_force(model: Model, commitments: Sequence[Commitment], feasible: States) -> ModelFault | None:
    """Return what is wrong with commitments in force together; None where nothing is.

    That is a state to which a legal move of a party leads from one at rest, or several together from today, and which
    they cannot complete.
    """
    found = complete(model, commitments, feasible, feasible)
    rest = (found.trouble == FINE) & (found.ends == feasible)
    moves = party_moves(model, Evaluator(model, feasible))
    place = _reached(feasible, rest, found.trouble != FINE, moves)
    if place is None and model.status_quo is not None:
        today = np.uint64(model.mask(model.status_quo))
        signed = together(feasible, moves, today) if today in feasible else np.zeros(len(feasible), bool)
        place = next(iter(np.flatnonzero(signed & (found.trouble != FINE)).tolist()), None)
    return None if place is None else trouble_at(model, commitments, found, place)


def _reached(members: States, rest: Bools, trouble: Bools, moves: Sequence[PartyMoves]) -> int | None:
    """Return a state in trouble to which a legal move leads from a state at rest; None where there is none."""
    for place in np.flatnonzero(trouble).tolist():
        if any(rest[each.origins(members, place)].any() for each in moves):
            return place
    return None


def trouble_at(model: Model, commitments: Sequence[Commitment], found: Completion, place: int) -> ModelFault:
    """Tell what is wrong where commitments cannot complete a state: what, in which state, and which of them act."""
    kind, state = int(found.trouble[place]), int(found.at[place])
    yes = set(model.taken(state))
    outcomes = outcomes_in(model, yes)
    acting = [each.id for each in commitments if holds(each.when, yes, outcomes)]
    who = f" ({', '.join(acting)})" if acting else ""
    words = f"{_WORDS[kind]}{who}: state {model.bits(state)}"
    path = ("commitments", (acting or [each.id for each in commitments])[0])
    return ModelFault(path, f"commitment-{_CODES[kind]}", words, "let one of them act where the others do not")
