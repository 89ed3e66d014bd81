"""A conflict as an analyst describes it: parties, what each can do and wants, what cannot go together, what is open.

A model (`bestand.model.model`) is a description that checks itself where it is changed; what checks it stands between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from .formula import Formula
from .open_questions import AtMostOne, Question, about_statements, named, ways_to_name
from .scope import Scope, by_label
from .values import (
    Accepted,
    Claim,
    Commitment,
    ForbiddenMove,
    FrozenMap,
    Grounds,
    NoDeal,
    OneWay,
    Option,
    Outcome,
    Party,
    Plan,
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
    claims: tuple[Claim, ...] = ()
    sources: FrozenMap[str, Source] = FrozenMap()  # noqa: RUF009 - immutable
    left_out: tuple[Grounds, ...] = ()
    language: str | None = None
    note: str | None = None
    open_questions: tuple[Question, ...] = ()
    exclusions: tuple[AtMostOne, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    consent: tuple[str, ...] = ()
    no_deal: NoDeal | None = None
    red_lines: FrozenMap[str, Formula] = FrozenMap()  # noqa: RUF009 - immutable
    translations: FrozenMap[str, FrozenMap[str, str]] = FrozenMap()  # noqa: RUF009 - immutable
    coalesced: tuple[Formula, ...] = ()
    plans: tuple[Plan, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    def __post_init__(self) -> None:
        if self.plan is None and self.plans:
            object.__setattr__(self, "plan", self.plans[0].formula)

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
    def plan_named(self) -> FrozenMap[str, Plan]:
        """Every one of several plans, by its id."""
        return FrozenMap({plan.id: plan for plan in self.plans})

    @property
    def plan_meant(self) -> Plan | None:
        """The one of several plans that ``plan`` is; None where it is none of them."""
        return self.plan_of(self.plan)

    def plan_of(self, formula: Formula | None) -> Plan | None:
        """Return the first of several plans that asks for a formula; None where none does."""
        return next((plan for plan in self.plans if plan.formula == formula), None)

    @cached_property
    def commitment(self) -> FrozenMap[str, Commitment]:
        """Every commitment by its id."""
        return FrozenMap({commitment.id: commitment for commitment in self.commitments})

    @cached_property
    def standing(self) -> tuple[Commitment, ...]:
        """The commitments that are in force whatever is signed: those that come with no plan."""
        of_plans = {id for plan in self.plans for id in plan.commitments}
        return tuple(commitment for commitment in self.commitments if commitment.id not in of_plans)

    @cached_property
    def reading(self) -> FrozenMap[str, Reading]:
        """Every answer to an open question, by its name: as a reading, which is called so."""
        return FrozenMap(
            {name: Reading(name, answer.changes, answer.grounds) for name, _, answer in named(self.open_questions)}
        )

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The answers to open questions that are not what the file has, in its order."""
        return tuple(reading for reading in self.reading.values() if reading.changes)

    @property
    def told_readings(self) -> tuple[Reading, ...]:
        """The readings without those that only put a statement elsewhere, or drop it."""
        return tuple(each for each in self.readings if about_statements(self.question_of[each.id]) is None)

    def still_open(self, given: Iterable[str]) -> tuple[Reading, ...]:
        """The readings that answer none of the questions to which some readings, by their names, are answers."""
        answered = {self.question_of[name].id for name in given}
        return tuple(each for each in self.readings if self.question_of[each.id].id not in answered)

    def open_still(self, given: Iterable[str]) -> tuple[Question, ...]:
        """The questions to which none of some readings, by their names, is an answer, and that have another answer."""
        return tuple(dict.fromkeys(self.question_of[each.id] for each in self.still_open(given)))

    @cached_property
    def question_of(self) -> FrozenMap[str, Question]:
        """The open question that each answer is to, by the name of the answer."""
        return FrozenMap({name: question for name, question, _ in named(self.open_questions)})

    @cached_property
    def answers_to(self) -> FrozenMap[str, tuple[str, ...]]:
        """The names of the answers to each open question, by its id, in the order of the file."""
        found: dict[str, tuple[str, ...]] = {}
        for name, question in self.question_of.items():
            found[question.id] = (*found.get(question.id, ()), name)
        return FrozenMap(found)

    @cached_property
    def answers_written(self) -> FrozenMap[str, tuple[str, ...]]:
        """For whatever can be written for an answer, the names of those that may be meant."""
        return FrozenMap(ways_to_name(self.open_questions))

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
            readings=tuple(reading.id for reading in self.readings),
            concepts=concepts,
            states=self.labelled,
            answers=self.answers_written,
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
