"""A conflict as an analyst describes it: parties, what each can do and wants, what cannot go together, what is open.

A model (`bestand.model.model`) is a description that checks itself where it is changed; what checks it stands between.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from .formula import Formula
from .scope import Scope, by_label
from .values import (
    Accepted,
    Claim,
    ForbiddenMove,
    FrozenMap,
    Grounds,
    NoDeal,
    OneWay,
    OpenQuestion,
    Option,
    Outcome,
    Party,
    Preference,
    Reading,
    Rule,
    Source,
    as_read,
)


@dataclass(frozen=True)
class Description:
    """What a model says, field by field; `bestand.model.model.Model` tells what each field is."""

    title: str
    parties: tuple[Party, ...]
    rules: tuple[Rule, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    plan: Formula | None = None
    one_way: tuple[OneWay, ...] = ()
    forbidden_moves: tuple[ForbiddenMove, ...] = ()
    status_quo: frozenset[str] | None = None
    preferences: FrozenMap[str, Preference] = FrozenMap()  # noqa: RUF009 - immutable
    labels: FrozenMap[str, str] = FrozenMap()  # noqa: RUF009 - immutable
    readings: tuple[Reading, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: FrozenMap[str, Source] = FrozenMap()  # noqa: RUF009 - immutable
    left_out: tuple[Grounds, ...] = ()
    language: str | None = None
    note: str | None = None
    open_questions: tuple[OpenQuestion, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    consent: tuple[str, ...] = ()
    no_deal: NoDeal | None = None
    red_lines: FrozenMap[str, Formula] = FrozenMap()  # noqa: RUF009 - immutable
    translations: FrozenMap[str, FrozenMap[str, str]] = FrozenMap()  # noqa: RUF009 - immutable
    coalesced: tuple[Formula, ...] = ()

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Every option, in the order of the file: position k is bit k of a state."""
        return tuple(option for party in self.parties for option in party.options)

    @cached_property
    def bit(self) -> FrozenMap[str, int]:
        """The bit of every option id."""
        return FrozenMap({option.id: k for k, option in enumerate(self.options)})

    @cached_property
    def party(self) -> FrozenMap[str, Party]:
        """Every party by its id."""
        return FrozenMap({party.id: party for party in self.parties})

    @cached_property
    def homonyms(self) -> frozenset[str]:
        """The ids of parties whose name is also that of another, or another's id."""
        read = {id: {as_read(party.title), as_read(party.called or party.title)} for id, party in self.party.items()}
        return frozenset(
            id
            for id, names in read.items()
            if any(names & {*others, as_read(other)} for other, others in read.items() if other != id)
        )

    @cached_property
    def outcome(self) -> FrozenMap[str, Outcome]:
        """Every outcome by its name."""
        return FrozenMap({outcome.name: outcome for outcome in self.outcomes})

    @cached_property
    def reading(self) -> FrozenMap[str, Reading]:
        """Every reading by its id."""
        return FrozenMap({reading.id: reading for reading in self.readings})

    @cached_property
    def labelled(self) -> FrozenMap[str, tuple[str, ...]]:
        """The bits of the states that each label stands for."""
        return FrozenMap(by_label(self.labels))

    def scope(self, concepts: tuple[str, ...] = ()) -> Scope:
        """The names that a formula, change or check about this model may use."""
        return Scope(
            parties=tuple(self.party),
            options=tuple(self.bit),
            outcomes=tuple(self.outcome),
            readings=tuple(self.reading),
            concepts=concepts,
            states=self.labelled,
        )

    def bits(self, mask: int) -> str:
        """A state as a bit string, the first option leftmost.

        Examples
        --------
        >>> from bestand.model.values import Option, Party
        >>> Description("Dam", (Party("up", options=(Option("up.a"), Option("up.b"))),)).bits(1)
        '10'
        """
        return "".join("1" if mask >> k & 1 else "0" for k in range(len(self.options)))

    def taken(self, mask: int) -> tuple[str, ...]:
        """The options (ids) that are yes in a state: what `mask` makes a state of."""
        return tuple(option.id for k, option in enumerate(self.options) if mask >> k & 1)

    def mask(self, yes: Any) -> int:
        """The state, as an integer, in which just the given options (ids) are taken."""
        return sum(1 << self.bit[option] for option in frozenset(yes))


Described = TypeVar("Described", bound=Description)
