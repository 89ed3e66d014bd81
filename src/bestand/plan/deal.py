"""A deal as a value: who signs it, what each gives and gets, whether it is kept, and by what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bestand.engine.flips import Indices
from bestand.model.values import FrozenMap
from bestand.solve.drift import drift
from bestand.solve.purpose import Purpose

from .deciding import gain_between
from .joint import Joint
from .kept import Keeping
from .proposal import lean, pareto_best
from .ruling_values import Deal, Gain, Path, Step


def lean_deals(joint: Joint, weaker: Purpose | None = None) -> tuple[Deal, ...]:
    """Return the deals with the fewest changes: of those that are kept where there are any, else of all.

    ``weaker`` as for `Keeping.keepers`.
    """
    kind = joint.kept if len(joint.kept) else joint.proposal.deals
    fewest = lean(joint.purpose.space, kind, joint.start)
    return tuple(_deal(joint, int(state), kind, weaker) for state in fewest) if len(fewest) else ()


def _deal(joint: Joint, state: int, kind: Indices, weaker: Purpose | None) -> Deal:
    space, proposal, keeping = joint.purpose.space, joint.proposal, joint.signed(state)
    ids = [party.id for party in space.model.parties]
    at = int(np.searchsorted(proposal.states, state))
    mask, today = int(space.states[state]), int(space.states[joint.start])
    one = np.array([state], np.intp)
    kept = bool((joint.kept == state).any())
    signs = proposal.signs[:, at]
    own_changed = np.array([(mask ^ today) & moves.own != 0 for moves in space.moves])

    def named(chosen: Sequence[bool] | np.ndarray) -> tuple[str, ...]:
        return tuple(id for id, there in zip(ids, chosen, strict=True) if there)

    return Deal(
        mask,
        FrozenMap({o.id: bool(mask >> k & 1) for k, o in enumerate(space.model.options) if (mask ^ today) >> k & 1}),
        named(signs),
        named(signs & ~own_changed & ~proposal.ties[:, at]),
        named(proposal.objects[:, at]),
        kept,
        bool(keeping.as_it_stands(one)[0]),
        pareto_best(space, state, kind),
        joint.renegotiable(state),
        FrozenMap(dict(zip(ids, keeping.keepers(state, weaker), strict=True))),
        FrozenMap(
            {ids[i]: gain_between(space, i, state, proposal.best_without[i]) for i in np.flatnonzero(signs).tolist()}
        ),
        *(((), ()) if kept else _chain(joint, state)),
        joint.ties.of_party,
    )


def way_to_end(joint: Joint) -> tuple[Step, ...]:
    """Return a shortest way by which drift comes from the start to an end, with what each mover gains by its move."""
    space, before = joint.purpose.space, joint.start
    steps: list[Step] = []
    for i, state in joint.drift.path([state for end in joint.ends for state in end]) or ():
        party = space.model.parties[i].id
        steps.append(Step(party, int(space.states[state]), gain_between(space, i, state, before)))
        before = state
    return tuple(steps)


def _chain(joint: Joint, state: int) -> tuple[Path, tuple[Gain, ...]]:
    """Return the moves that end a deal: out of the plan, or to what is worse than no deal for who has a say.

    And what each brings whoever makes it.
    """
    keeping = joint.signed(state)
    space, here = keeping.purpose.space, int(keeping.signed.at(np.array([state], np.intp))[0])
    onward = drift(keeping.purpose, [here])
    outside = onward.states[~keeping.plan[onward.states]]
    path = onward.path([*outside.tolist(), *_cheating(joint, keeping, state, onward.states)]) or ()
    before = [here, *(target for _, target in path)]
    return (
        tuple((space.model.parties[i].id, int(space.states[target])) for i, target in path),
        tuple(gain_between(space, i, target, left) for (i, target), left in zip(path, before, strict=False)),
    )


def _cheating(joint: Joint, keeping: Keeping, state: int, reached: Indices) -> Iterator[int]:
    proposal = joint.proposal
    at = int(np.searchsorted(proposal.states, state))
    for i in np.flatnonzero(proposal.has_say[:, at]).tolist():
        yield from reached[keeping.below(i)[reached]].tolist()
