"""Commitments that do nothing: those that never act, and those whose owner would answer anyway.

Two that fight, never settle, or break a rule are no doubt but an error (`bestand.engine.committed`). A rule that should
be a commitment is told by the rules (`tied-answer`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.engine.choose import suited
from bestand.engine.committed import acting, uncommitted, unlike, wanted
from bestand.engine.flips import Indices
from bestand.model.message import counted, message
from bestand.model.values import Commitment
from bestand.solve.purpose import Purpose

from .findings import Family, Found, Kind, Unchecked
from .sight import Sight

_KINDS = (
    Kind(
        "idle-commitment",
        message("commitments that never act"),
        message("nothing that is found can hang on it"),
        message("see whether its event says what was meant, and whether rules let it come"),
        lambda n, _sort: counted("{n} commitment never acts", "{n} commitments never act", n),
    ),
    Kind(
        "needless-commitment",
        message("commitments to what their owners would do anyway"),
        message("a threat that is believed needs no tie: it seems to deter, and deters no more than without"),
        message("leave it out, or see whether the wishes of its owner are what was meant"),
        lambda n, _sort: counted(
            "{n} commitment ties its owner to what it would do anyway",
            "{n} commitments tie their owners to what they would do anyway",
            n,
        ),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    if not sight.model.commitments:
        return
    if sight.space is None:
        yield from (Unchecked(kind.code, sight.why) for kind in _KINDS)
        return
    space = uncommitted(sight.space)
    purpose = Purpose(suited(space, sight.watch).engine, (), sight.watch)
    for each in sight.model.commitments:
        path = ("commitments", each.id)
        at = np.flatnonzero(acting(space.evaluator, each))
        if not len(at):
            yield Found("idle-commitment", path, message("it changes nothing in any state that the rules leave"))
        elif answers_anyway(purpose, each, at):
            words = message(
                "wherever it acts, {party} has a move of its own that pays, and does the same", party=each.party
            )
            yield Found("needless-commitment", path, words)


def answers_anyway(purpose: Purpose, commitment: Commitment, at: Indices) -> bool:
    """Return whether, in each of some states, its owner has a purposeful move that does what the commitment does."""
    space = purpose.space
    moves = purpose.plain([*space.model.party].index(commitment.party), at)
    same = ~unlike(space.states[moves.targets], wanted(space.model, commitment))
    return bool(np.isin(at, moves.sources[same]).all())


COMMITMENTS = Family(_KINDS, _find)
