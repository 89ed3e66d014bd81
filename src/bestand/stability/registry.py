"""Every stability concept by its id. A new concept is one module and one entry here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bestand.engine.spec import Engine, Value
from bestand.model.errors import CallError, nearest

from . import concept, gmr, nash, seq, smr, sseq
from .concept import Concept

CONCEPTS: Mapping[str, Concept] = MappingProxyType(
    {module.CONCEPT.id: module.CONCEPT for module in (nash, gmr, smr, seq, sseq)}
)


def chosen(ids: Iterable[str] | None = None) -> tuple[str, ...]:
    """The concepts asked for, each once, in the order asked; all where None.

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
        if id not in CONCEPTS:
            hint = nearest(id, CONCEPTS)
            raise CallError(f"there is no concept '{id}'; {f'{hint} ' if hint else ''}(valid: {', '.join(CONCEPTS)})")
    if not wanted:
        raise CallError(f"no concept asked for (valid: {', '.join(CONCEPTS)})")
    return wanted


def stable(engine: Engine, concept_id: str, i: int) -> Value:
    """Where party i has no reason to move under a concept: a truth function of the engine."""
    return concept.stable(engine, i, CONCEPTS[concept_id])
