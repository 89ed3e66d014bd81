"""Every stability concept by its id. A new concept is one module in `bestand.stability.concepts`.

`CONCEPTS` are the usual ones, which are asked unless told; `EVERY` are all, the usual ones first. Both show what is
registered at the moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

from bestand.engine.spec import Engine, Truth
from bestand.model.errors import CallError, nearest

from . import concept, concepts, implications
from .concept import Concept
from .replies import width

RESTING = "nash"  # an equilibrium under it is a resting place: nobody can improve, whatever follows
HEADLINE = "pseq"  # under it plans are judged and parties drift: they reckon with answers that others want to give
LEADING = "seq"  # where a summary speaks of one concept only: in it only answers that somebody wants deter

_every: dict[str, Concept] = {}
_usual: dict[str, Concept] = {}
EVERY: Mapping[str, Concept] = MappingProxyType(_every)
CONCEPTS: Mapping[str, Concept] = MappingProxyType(_usual)


def register(*added: Concept) -> None:
    """Add concepts.

    Raises
    ------
    ValueError
        For a concept whose id, or whose rounds, another one has.
    """
    for each in added:
        for known in _every.values():
            if each.id == known.id:
                raise ValueError(f"the concept '{each.id}' is registered already")
            if each.rounds == known.rounds:
                raise ValueError(f"the concept '{each.id}' has the rounds of '{known.id}'")
        _put([*_every.values(), each])


def _put(known: Iterable[Concept]) -> None:
    """Keep the concepts in order: the usual ones, then others, each by the kinds of its answers and its length."""
    ordered = sorted(known, key=lambda each: (not each.usual, _order(each)))
    for table, chosen in ((_every, ordered), (_usual, [each for each in ordered if each.usual])):
        table.clear()
        table.update({each.id: each for each in chosen})


def _order(each: Concept) -> tuple[int, ...]:
    return (*(width(kind) + 1 for kind in each.rounds[:1]), len(each.rounds), *map(width, each.rounds[::2]))


@contextmanager
def registered(*added: Concept) -> Iterator[None]:
    """Have concepts registered for a while, in every thread: what tests and experiments do.

    Raises
    ------
    ValueError
        As `register`.

    Examples
    --------
    >>> ours = Concept("made-up", "a made-up one", ("any", "own", "credible", "own", "any", "own"))
    >>> with registered(ours):
    ...     chosen(["made-up", "nash"])
    ('made-up', 'nash')
    """
    before = list(_every.values())
    try:
        register(*added)
        yield
    finally:
        _put(before)


def added() -> tuple[Concept, ...]:
    """Return the registered concepts that do not come with bestand: what a process of its own has to be told."""
    return tuple(each for each in _every.values() if each.id not in _BUILT_IN)


def chosen(ids: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the concepts asked for, each once, in the order asked; the usual ones where None.

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


def stable(engine: Engine[Any, Truth], concept_id: str, i: int) -> Truth:
    """Return where party i has no reason to move under a concept: a truth function of the engine."""
    return concept.stable(engine, i, EVERY[concept_id].rounds)


def weaker(concept_id: str) -> tuple[str, ...]:
    """Return the concepts that a concept's stability implies in every conflict, the weakest first.

    Examples
    --------
    >>> implied = weaker("sseq")
    >>> implied.index("gmr") < implied.index("seq"), "smr" in implied, "nash" in implied
    (True, True, False)
    """
    rounds = EVERY[concept_id].rounds
    found = [id for id, each in EVERY.items() if id != concept_id and implications.implies(rounds, each.rounds)]
    return tuple(reversed(strictest(found)))


def strictest(ids: Iterable[str]) -> tuple[str, ...]:
    """Return some concepts, the strictest first: the fewest states are stable under it.

    Examples
    --------
    >>> strictest(["gmr", "nash", "seq"])
    ('nash', 'seq', 'gmr')
    """
    return tuple(sorted(ids, key=lambda id: implications.strictness(EVERY[id].rounds)))


def leading(ids: Sequence[str]) -> str:
    """Return the concept, of some, that a summary speaks of: sequential stability, or else the first.

    Examples
    --------
    >>> leading(["nash", "seq"]), leading(["gmr", "nash"])
    ('seq', 'gmr')
    """
    return LEADING if LEADING in ids else ids[0]


def firm(concept_id: str) -> str | None:
    """Return the concept that reckons with those of a concept's credible answers alone that are best moves.

    None where the concept reckons with no credible answers, or no registered concept does so.

    Examples
    --------
    >>> firm("sseq"), firm("gmr")
    ('brsseq', None)
    """
    rounds = EVERY[concept_id].rounds
    narrowed = implications.best_moves_alone(rounds)
    if narrowed == rounds:
        return None
    return next((id for id, each in EVERY.items() if each.rounds == narrowed), None)


def _built_in() -> Iterator[Concept]:
    """Read every module of `bestand.stability.concepts`."""
    for module in iter_modules(concepts.__path__, f"{concepts.__name__}."):
        yield import_module(module.name).CONCEPT


register(*_built_in())
_BUILT_IN = frozenset(_every)
