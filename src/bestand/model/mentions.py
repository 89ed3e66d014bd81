"""What a formula, change or check mentions: options, outcomes, parties, statements, readings and states."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from .formula import And, Constant, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, StateAtom, atoms, states_named
from .sentences import (
    ApplyReading,
    Bind,
    Compared,
    DropRule,
    Exchange,
    Forbid,
    Free,
    HoldOption,
    HoldParty,
    Insert,
    OfParty,
    Place,
    Ranks,
    Refuses,
    StableFor,
    StatementRef,
    StateNamed,
    StatusQuo,
    Subject,
    Tie,
    Untie,
    VerdictIs,
)

Kind = Literal[
    "formula",
    "option",
    "outcome",
    "party",
    "statement",
    "wishes",
    "rule",
    "commitment",
    "reading",
    "state",
    "status quo",
    "pair",
    "plan",
    "options",
]
_FORMULAS = (Constant, OptionAtom, OutcomeAtom, StateAtom, Not, And, Or, Implies, Iff)


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that is mentioned: its kind, and its id or value."""

    kind: Kind
    what: Any


_TALKS = (Mention("plan", None), Mention("options", None))  # what there is to sign, and by what


def mentions(sentence: Any) -> Iterator[Mention]:
    """Everything that a formula, change or check mentions, as often as it does.

    Examples
    --------
    >>> [mention.what for mention in mentions(HoldOption("up.release", True))]
    ['up.release']
    """
    if isinstance(sentence, _FORMULAS):
        yield Mention("formula", sentence)
        for atom in atoms(sentence):
            yield Mention("option", atom.id) if isinstance(atom, OptionAtom) else Mention("outcome", atom.name)
        for state in states_named(sentence):
            yield Mention("state", state.name)
        return
    yield from _own(sentence)
    for part in _parts(sentence):
        yield from mentions(part)


def _own(sentence: Any) -> Iterator[Mention]:
    match sentence:
        case HoldOption(option=option) | Free(option=option) | Bind(option=option):
            yield Mention("option", option)
        case HoldParty(party):
            yield Mention("party", party)
            yield Mention("status quo", None)
        case OfParty(party):
            yield Mention("party", party)
        case StableFor(parties):
            yield from (Mention("party", party) for party in parties)
        case Compared(party=party) | Ranks(party=party) | Forbid(party=party):
            yield Mention("party", party)
        case StatementRef():
            yield Mention("statement", sentence)
        case Place(statement=one, other=other) | Exchange(statement=one, other=other):
            yield Mention("pair", (one, other))
        case Insert(party=party, other=other):
            yield Mention("wishes", party)
            if other is not None:
                yield Mention("pair", (StatementRef(party, other.number), other))
        case DropRule(number):
            yield Mention("rule", number)
        case Tie(party, then):
            yield Mention("party", party)
            yield from (Mention("option", option) for option, _ in then)
        case Untie(commitment):
            yield Mention("commitment", commitment)
        case ApplyReading(reading):
            yield Mention("reading", reading)
        case StateNamed(name):
            yield Mention("state", name)
        case StatusQuo():
            yield Mention("status quo", None)
        case Subject(reached=reached, stable_for=parties, between=others):
            yield from (Mention("party", party) for party in (*(parties or ()), *(others or ())))
            if sentence.deals:
                yield from _TALKS
            if reached or sentence.deals:
                yield Mention("status quo", None)
        case VerdictIs():
            yield from (*_TALKS, Mention("status quo", None))
        case Refuses(party=party):
            yield from (Mention("party", party), Mention("options", None), Mention("status quo", None))


def _parts(sentence: Any) -> Iterator[Any]:
    if isinstance(sentence, tuple):
        yield from sentence
    elif dataclasses.is_dataclass(sentence):
        for part in dataclasses.fields(sentence):
            yield getattr(sentence, part.name)
