"""Doubts put together where they are of one kind, and which of them weigh most.

What decides a verdict before any party has wanted anything weighs most: a plan that nobody can undo, a rule that keeps
the peace. Then come parties and wishes that count for nothing, and last what only a reader will miss.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bestand.model.fault import ModelFault
from bestand.model.message import Message, counted

from .examine import STALE
from .families import KINDS
from .findings import sort_of

WEIGHT = (
    "no-exit",
    "idle-plan",
    "today-plan",
    "odd-plan",
    "same-plan",
    "stuck-status-quo",
    "tied-answer",
    "lost-move",
    "powerless-party",
    "no-options",
    "same-name",
    "no-preferences",
    "indifferent-party",
    "nominal-option",
    "opposed-statement",
    "idle-outcome",
    "idle-statement",
    "decided-statement",
    "repeated-statement",
    "vacuous-claim",
    "missing-link",
    "lost-status-quo",
    "idle-option",
    "idle-one-way",
    "idle-forbidden-move",
    "idle-reading",
    "stacked-reading",
    "reading-order",
    "no-source",
    "unmarked-plural",
    "unsaid-no",
    STALE,
)


@dataclass(frozen=True, slots=True)
class Doubts:
    """Doubts of one kind, at places of one sort.

    Parameters
    ----------
    code : str
    message : Message
        What they come to, in a few words.
    faults : tuple of ModelFault
        Each of them, in the order of the file.
    """

    code: str
    message: Message
    faults: tuple[ModelFault, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """What the file calls the places; none where there is only one of the sort: the plan, the status quo."""
        alone = all(fault.path in (("plan",), ("status_quo",)) for fault in self.faults)
        return () if alone else tuple(fault.at or "" for fault in self.faults)


def grouped(faults: Iterable[ModelFault]) -> tuple[Doubts, ...]:
    """Put doubts of one kind at places of one sort together, in the order of the first.

    What was not looked for is no doubt.

    Examples
    --------
    >>> faults = [ModelFault(("rules", k), "lost-move", "", at=f"rule {k + 1}") for k in range(3)]
    >>> [(str(doubts.message), len(doubts.faults)) for doubts in grouped(faults)]
    [('3 rules take moves from parties', 3)]
    """
    together: dict[tuple[str, str], list[ModelFault]] = {}
    for fault in faults:
        if fault.code in WEIGHT:
            together.setdefault((fault.code, sort_of(fault.path)), []).append(fault)
    return tuple(
        Doubts(code, _several(code, len(found), sort), tuple(found)) for (code, sort), found in together.items()
    )


def ranked(faults: Iterable[ModelFault]) -> tuple[Doubts, ...]:
    """Put doubts together, those that weigh most first."""
    return tuple(sorted(grouped(faults), key=lambda doubts: WEIGHT.index(doubts.code)))


def _several(code: str, n: int, sort: str) -> Message:
    if code == STALE:
        return counted("{n} accepted doubt is not there", "{n} accepted doubts are not there", n)
    return KINDS[code].several(n, sort)
