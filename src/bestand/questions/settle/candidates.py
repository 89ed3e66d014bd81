"""Changes that do it, before they are verified: what was found of a kind, and which of it to give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bestand.model.errors import Stop
from bestand.model.message import Message
from bestand.model.sentences import Change, Drop, Insert, Place, Replace

from .answer import Kind, Reranked
from .offers import Offer
from .ties import Tie


@dataclass(frozen=True)
class Candidate:
    """A change that does it, before it is verified."""

    size: int
    weight: int
    alike: Any  # candidates that differ in place alone share it
    repeats: tuple[str, ...] = ()  # parties of which it says, in part at least, only that they want it
    changes: tuple[Change, ...] = ()
    rankings: tuple[Reranked, ...] = ()
    offer: Offer | None = None
    ties: tuple[Tie, ...] = ()


@dataclass
class Found:
    """What one kind of change has yielded so far."""

    kind: Kind
    candidates: dict[Candidate, list[str]] = field(default_factory=dict)  # with the concepts it was found for
    smallest: dict[str, int | None] = field(default_factory=dict)
    searched: dict[str, int | None] = field(default_factory=dict)
    stopped: Stop | None = None
    absent: Message | None = None
    untried: int = 0

    def add(self, candidate: Candidate, concept: str) -> None:
        """Note that a change does it under a concept."""
        self.candidates.setdefault(candidate, []).append(concept)
        before = self.smallest.get(concept)
        self.smallest[concept] = candidate.size if before is None else min(before, candidate.size)

    def has(self, concept: str) -> bool:
        """Return whether anything does it under a concept."""
        return self.smallest.get(concept) is not None


def chosen(found: Found, concepts: Sequence[str], most: int) -> Iterator[tuple[Candidate, int]]:
    """The answers to give: of those that differ in place alone the least, with how many more there are.

    The smallest first, then those that do not say of somebody only that it wants what is asked for, then those that
    hold under most concepts; and for each concept at least one.
    """
    groups: dict[Any, list[Candidate]] = {}
    for candidate, under in found.candidates.items():
        groups.setdefault((candidate.size, candidate.alike, candidate.repeats, tuple(under)), []).append(candidate)
    leaders = [min(group, key=lambda each: each.weight) for group in groups.values()]
    alike = {leader: len(group) - 1 for leader, group in zip(leaders, groups.values(), strict=True)}
    leaders.sort(key=lambda each: (each.size, len(each.repeats), -len(found.candidates[each]), each.weight))
    given = leaders[:most]
    for concept in concepts:
        if not any(concept in found.candidates[each] for each in given):
            given += [each for each in leaders if concept in found.candidates[each]][:1]
    return ((each, alike[each]) for each in given)


def part_of(change: Change) -> Any:
    """Return what a change is about, its place left out."""
    match change:
        case Place(statement, where):
            return ("placed", statement, where)
        case Insert(party):
            return ("added", party)
        case Drop(statement):
            return ("dropped", statement)
        case Replace(statement):
            return ("replaced", statement)
        case _:
            return change
