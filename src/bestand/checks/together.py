"""Claims put to changed models all at once, where that is quicker than one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

import numpy as np

from bestand.engine.choose import explicit
from bestand.engine.limits import OutOfPatience, Watch
from bestand.model.errors import CallError, LimitReached
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.sentences import Assertion, Change
from bestand.model.values import Claim
from bestand.solve.batches import Batches
from bestand.solve.bundled import Bundles, Unbundled
from bestand.solve.variants import Variants

from .batch import Codes
from .batch import claim_codes as codes_apart
from .beside import answers
from .bundled import Part, answerable, claim_codes, parts

WORTH = 2**22  # states over all variants from which on it pays
_AT_ONCE = 2**18  # states of variants that are looked at side by side elsewhere
FEW = 2**10  # states in which what is stable is looked at one by one, in every variant


def few_states(model: Model, watch: Watch, formula: Formula) -> bool:
    """Return whether a formula is true in a few states of a model."""
    return int(np.count_nonzero(explicit(model, None, watch).engine.space.holds(formula))) <= FEW


def codes_of_variants(
    model: Model,
    changes: Sequence[tuple[Change, ...]],
    claims: Sequence[Claim],
    concepts: tuple[str, ...],
    batches: Batches,
    states: int,
    worth: int = WORTH,
) -> list[dict[str, Codes]]:
    """Return what some claims come to in a model with some changes or others; see `bestand.checks.batch.claim_codes`.

    Parameters
    ----------
    model : Model
    changes : sequence of tuple of Change
        For each variant.
    claims : sequence of Claim
    concepts : tuple of str
    batches : Batches
    states : int
        About how many a variant has.
    worth : int
        States over all variants from which on they are looked at together.

    Raises
    ------
    LimitReached
    """
    found: Mapping[int, dict[str, Codes]] = {}
    if states * len(changes) >= worth:
        together = [
            k
            for k, claim in enumerate(claims)
            if answerable(claim, concepts, partial(few_states, model, batches.watch))
        ]
        with suppress(Unbundled, OutOfPatience):
            try:
                told = _together(model, changes, [claims[k] for k in together], concepts, batches)
                found = dict(zip(together, told, strict=True))
            except LimitReached as error:
                if error.limit != "memory":
                    raise  # else of diagrams: the states themselves take less
    left = [claim for k, claim in enumerate(claims) if k not in found]
    apart = iter(_apart(model, changes, left, concepts, batches, at_once(states, len(changes))))
    return [found[k] if k in found else next(apart) for k, _ in enumerate(claims)]


def at_once(states: int, most: int) -> int:
    """Return how many variants with so many states are looked at side by side, one at least."""
    return min(most, max(1, _AT_ONCE // states))


def _apart(
    model: Model,
    changes: Sequence[tuple[Change, ...]],
    claims: Sequence[Claim],
    concepts: tuple[str, ...],
    batches: Batches,
    some: int,
) -> list[dict[str, Codes]]:
    """Return the same, some variants after some."""
    found: list[list[dict[str, Codes]]] = [[] for _ in claims]
    for first in range(0, len(changes), some) if claims else ():
        here = changes[first : first + some]
        variants = Variants([model] * len(here), here, batches)
        for codes, claim in zip(found, claims, strict=True):
            codes.append(codes_apart(variants, claim, concepts))
    return [{c: np.concatenate([codes[c] for codes in several]) for c in several[0]} for several in found]


def _together(
    model: Model,
    changes: Sequence[tuple[Change, ...]],
    claims: Sequence[Claim],
    concepts: tuple[str, ...],
    batches: Batches,
) -> list[dict[str, Codes]]:
    count = len(changes)
    bundles = Bundles([model] * count, changes, np.arange(count, dtype=np.intp)[:, None], batches)
    asked: dict[tuple[Change, ...], dict[Assertion, None]] = {}
    for part in (part for claim in claims for part in parts(claim, concepts)):
        asked.setdefault(part.changes, {})[part.assertion] = None
    known: dict[Part, Codes] = {}
    for further, several in asked.items():
        models: dict[int, Model] = {}
        for v, made in enumerate(changes):
            with suppress(CallError):
                models[v] = batches.changed(model, (*made, *further))
        _kinds, codes = answers(models, (*several,), count, batches.watch, spaces=batches.spaces)
        known |= {Part(further, assertion): found for assertion, found in zip(several, codes, strict=True)}
    return [claim_codes(bundles, claim, concepts, known) for claim in claims]
