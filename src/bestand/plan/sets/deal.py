"""A deal as a value, found among sets of states: as `bestand.plan.deal`."""

from __future__ import annotations

from collections.abc import Iterable

from bestand.engine.symbolic import DiagramStates
from bestand.model.values import FrozenMap, Priorities
from bestand.plan.deciding import gain_of
from bestand.plan.ruling_values import Deal, Gain, Path

from .drift import path
from .joint import Joint
from .proposal import Sets, lean, pareto_best
from .purpose import Purpose

MOST = 20  # deals that are told one by one


def lean_deals(joint: Joint, weaker: Purpose | None = None) -> tuple[tuple[Deal, ...], int]:
    """Return the first deals with the fewest changes, and how many there are: of those that are kept, or of all."""
    kind = joint.kept or joint.proposal.deals
    fewest = lean(kind, joint.start)
    return tuple(_deal(joint, state, kind, weaker) for state in fewest.first(MOST)), fewest.count()


def _deal(joint: Joint, state: int, kind: DiagramStates, weaker: Purpose | None) -> Deal:
    engine, proposal, keeping = joint.purpose.engine, joint.proposal, joint.keeping
    kept = state in joint.kept
    signs, changes = _named(joint, proposal.signs, state), _named(joint, proposal.changes, state)
    changed = state ^ joint.start
    return Deal(
        state,
        FrozenMap({o.id: bool(state >> k & 1) for k, o in enumerate(engine.model.options) if changed >> k & 1}),
        signs,
        tuple(id for id in signs if id not in changes),
        _named(joint, proposal.objects, state),
        kept,
        keeping.as_it_stands(state),
        pareto_best(engine, state, kind),
        joint.renegotiable(state),
        FrozenMap(dict(zip(engine.parties, keeping.keepers(state, weaker), strict=True))),
        FrozenMap({id: _gain(joint, engine.parties.index(id), state) for id in signs}),
        () if kept else _chain(joint, state),
    )


def _named(joint: Joint, sets: Sets, state: int) -> tuple[str, ...]:
    """Return the parties in whose sets a state is."""
    return tuple(id for id, states in zip(joint.purpose.engine.parties, sets, strict=True) if state in states)


def _gain(joint: Joint, i: int, state: int) -> Gain:
    """Return what a signatory has of a deal."""
    engine = joint.purpose.engine
    wish = engine.model.preferences.get(engine.parties[i])
    if not isinstance(wish, Priorities):
        return Gain(None, (), ())
    without = joint.proposal.best_without[i]
    truths = [engine.holds(statement.formula) for statement in wish.statements]
    return gain_of(engine.parties[i], wish, [state in true for true in truths], [without in true for true in truths])


def _chain(joint: Joint, state: int) -> Path:
    """Return the moves that end a deal: out of the plan, or to what is worse than no deal for who has a say."""
    ids = joint.purpose.engine.parties
    return tuple((ids[i], target) for i, target in path(joint.purpose, state, _ending(joint, state)) or ())


def _ending(joint: Joint, state: int) -> DiagramStates:
    """Return what ends a deal."""
    say: Iterable[int] = (i for i, states in enumerate(joint.proposal.has_say) if state in states)
    ending = ~joint.plan
    for i in say:
        ending = ending | joint.proposal.below(i)
    return ending
