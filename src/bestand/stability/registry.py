"""Every stability concept by its id. A new concept is one module and one entry here.

`CONCEPTS` are the published ones, which are asked unless told; `OURS` are asked by name; `EVERY` is both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bestand.engine.spec import Engine, Value
from bestand.model.errors import CallError, nearest

from . import brseq, brsseq, concept, gmr, nash, seq, smr, sseq
from .concept import Concept

CONCEPTS: Mapping[str, Concept] = MappingProxyType(
    {module.CONCEPT.id: module.CONCEPT for module in (nash, gmr, smr, seq, sseq)}
)
OURS: Mapping[str, Concept] = MappingProxyType({module.CONCEPT.id: module.CONCEPT for module in (brseq, brsseq)})
EVERY: Mapping[str, Concept] = MappingProxyType({**CONCEPTS, **OURS})


def chosen(ids: Iterable[str] | None = None) -> tuple[str, ...]:
    """The concepts asked for, each once, in the order asked; the published ones where None.

    Raises
    ------
    CallError
        For one that does not exist, or for none at all.

    Examples
    --------
    >>> chosen(["seq", "nash", "seq"])
    ('seq', 'nash')
    """
    if ids is None:
        return tuple(CONCEPTS)
    if isinstance(ids, str):
        ids = ids.split(",")
    wanted = tuple(dict.fromkeys(id.strip().lower() for id in ids))
    for id in wanted:
        if id not in EVERY:
            hint = nearest(id, EVERY)
            raise CallError(f"there is no concept '{id}'; {f'{hint} ' if hint else ''}(valid: {', '.join(EVERY)})")
    if not wanted:
        raise CallError(f"no concept asked for (valid: {', '.join(EVERY)})")
    return wanted


def stable(engine: Engine, concept_id: str, i: int) -> Value:
    """Where party i has no reason to move under a concept: a truth function of the engine."""
    return concept.stable(engine, i, EVERY[concept_id])
