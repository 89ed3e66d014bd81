"""A deal as a value: who signs it, what each gives and gets, whether it is kept, and by what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bestand.engine.flips import Indices
from bestand.model.sentences import StatementRef
from bestand.model.values import FrozenMap, Priorities
from bestand.solve.drift import drift
from bestand.solve.purpose import Purpose

from .joint import Joint
from .kept import Keeper
from .proposal import lean, pareto_best

Path = tuple[tuple[str, int], ...]  # a party, and the state (bit mask) that it moves to


@dataclass(frozen=True, slots=True)
class Gain:
    """What a signatory has of a deal, against what it likes best of no deal.

    Parameters
    ----------
    first : StatementRef or None
        The first wish that differs, which decides; None for a party that has no list of wishes, or where none differs.
    gained : tuple of StatementRef
        The wishes that are met by the deal and not without it, most important first.
    lost : tuple of StatementRef
        Those that are met without it and not by it.
    """

    first: StatementRef | None
    gained: tuple[StatementRef, ...]
    lost: tuple[StatementRef, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """A state of a plan that all who have to sign prefer to no deal.

    Parameters
    ----------
    state : int
        A bit mask.
    changes : mapping of str to bool
        What becomes of every option that differs from today.
    signatories : tuple of str
        Who changes something, or promises to leave something undone.
    goes_on : tuple of str
        The signatories that change nothing from today.
    objectors : tuple of str
        Who loses by it and has no say.
    kept : bool
    as_it_stands : bool
        Whether nobody would leave this very state; else it goes on to others inside the plan, where it is kept.
    pareto_best : bool
        Whether no other deal of the kind is as good for all parties and better for one.
    renegotiable : bool
        Whether, with this deal in place, there would be a deal out of the plan.
    by : mapping of str to Keeper
        What keeps each party, as far as it does.
    gains : mapping of str to Gain
        Of each signatory.
    chain : tuple of (str, int)
        Where it is not kept: the moves that lead out of the plan, or to what cheats a signatory.
    """

    state: int
    changes: FrozenMap[str, bool]
    signatories: tuple[str, ...]
    goes_on: tuple[str, ...]
    objectors: tuple[str, ...]
    kept: bool
    as_it_stands: bool
    pareto_best: bool
    renegotiable: bool
    by: FrozenMap[str, Keeper]
    gains: FrozenMap[str, Gain]
    chain: Path


def lean_deals(joint: Joint, weaker: Purpose | None = None) -> tuple[Deal, ...]:
    """Return the deals with the fewest changes: of those that are kept where there are any, else of all.

    ``weaker`` as for `Keeping.keepers`.
    """
    kind = joint.kept if len(joint.kept) else joint.proposal.deals
    fewest = lean(joint.purpose.space, kind, joint.start)
    return tuple(_deal(joint, int(state), kind, weaker) for state in fewest) if len(fewest) else ()


def _deal(joint: Joint, state: int, kind: Indices, weaker: Purpose | None) -> Deal:
    space, proposal, keeping = joint.purpose.space, joint.proposal, joint.keeping
    ids = [party.id for party in space.model.parties]
    at = int(np.searchsorted(proposal.states, state))
    mask, today = int(space.states[state]), int(space.states[joint.start])
    one = np.array([state], np.intp)
    kept = bool((joint.kept == state).any())
    signs, changes = proposal.signs[:, at], proposal.changes[:, at]

    def named(chosen: Sequence[bool] | np.ndarray) -> tuple[str, ...]:
        return tuple(id for id, there in zip(ids, chosen, strict=True) if there)

    return Deal(
        mask,
        FrozenMap({o.id: bool(mask >> k & 1) for k, o in enumerate(space.model.options) if (mask ^ today) >> k & 1}),
        named(signs),
        named(signs & ~changes),
        named(proposal.objects[:, at]),
        kept,
        bool(keeping.as_it_stands(one)[0]),
        pareto_best(space, state, kind),
        joint.renegotiable(state),
        FrozenMap(dict(zip(ids, keeping.keepers(state, weaker), strict=True))),
        FrozenMap({ids[i]: _gain(joint, i, state) for i in np.flatnonzero(signs).tolist()}),
        () if kept else _chain(joint, state),
    )


def _gain(joint: Joint, i: int, state: int) -> Gain:
    """Return what a signatory has of a deal."""
    space = joint.purpose.space
    party = space.model.parties[i].id
    wish = space.model.preferences.get(party)
    if not isinstance(wish, Priorities):
        return Gain(None, (), ())
    without = joint.proposal.best_without[i]
    gained: list[StatementRef] = []
    lost: list[StatementRef] = []
    first = None
    for number, statement in enumerate(wish.statements, 1):
        true = space.holds(statement.formula)
        if true[state] != true[without]:
            ref = StatementRef(party, number)
            first = first or ref
            (gained if true[state] else lost).append(ref)
    return Gain(first, tuple(gained), tuple(lost))


def _chain(joint: Joint, state: int) -> Path:
    """Return the moves that end a deal: out of the plan, or to what is worse than no deal for who has a say."""
    space = joint.purpose.space
    onward = drift(joint.purpose, [state])
    outside = onward.states[~joint.plan[onward.states]]
    path = onward.path([*outside.tolist(), *_cheating(joint, state, onward.states)]) or ()
    return tuple((space.model.parties[i].id, int(space.states[target])) for i, target in path)


def _cheating(joint: Joint, state: int, reached: Indices) -> Iterator[int]:
    space, proposal = joint.purpose.space, joint.proposal
    at = int(np.searchsorted(proposal.states, state))
    for i in np.flatnonzero(proposal.has_say[:, at]).tolist():
        yield from reached[space.order(i).below(proposal.best_without[i])[reached]].tolist()
