"""Writing changes and checks: the inverse of `bestand.model.language`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .formula import Formula, OptionAtom, text
from .sentences import (
    About,
    AddRule,
    ApplyReading,
    Assertion,
    Bind,
    By,
    Change,
    Check,
    Compared,
    Count,
    Drop,
    DropRule,
    Exchange,
    Forbid,
    Free,
    HoldOption,
    HoldParty,
    Insert,
    Kept,
    Place,
    Predicate,
    Quantified,
    Ranks,
    Refuses,
    Replace,
    SameAnswer,
    Satisfies,
    Share,
    StableFor,
    StatementRef,
    StateNamed,
    StateRef,
    StatusQuo,
    Subject,
    Tie,
    Untie,
    VerdictIs,
)

_PLURAL = {
    "state": "states",
    "equilibrium": "equilibria",
    "resting place": "resting places",
    "deal": "deals",
    "kept deal": "kept deals",
}
_AS_KEPT = re.compile(r"kept(?![A-Za-z0-9_.-])")  # an outcome, where "kept" says something else of deals
_REACHED: dict[By, str] = {
    "improving": "reached",
    "drift": "reached by drift",
    "purposeful": "reached by purposeful moves",
    "best": "reached by best moves",
    "any": "reached by any moves",
}


def change_text(change: Change) -> str:
    """A change as the file has it.

    Examples
    --------
    >>> change_text(Place(StatementRef("usa", 3), "before", StatementRef("usa", 1)))
    'usa 3 before usa 1'
    """
    match change:
        case Replace(statement, formula):
            return f"{statement_text(statement)} replaced by {text(formula)}"
        case Place(statement, where, other):
            return f"{statement_text(statement)} {where} {statement_text(other)}"
        case Exchange(statement, other):
            return f"{statement_text(statement)} exchanged with {statement_text(other)}"
        case Drop(statement):
            return f"{statement_text(statement)} dropped"
        case Insert(party, formula, where, other):
            place = where if other is None else f"{where} {statement_text(other)}"
            return f"{party} wants {text(formula)} {place}"
        case HoldOption(option, value):
            return f"{option} held at {'yes' if value else 'no'}"
        case HoldParty(party):
            return f"{party} held"
        case Free(option):
            return f"{option} reversible"
        case Bind(option, direction):
            return f"{option} one-way {direction.replace('-', ' ')}"
        case Forbid(party, source, target):
            return f"{party} cannot move from {text(source)} to {text(target)}"
        case AddRule(kind, formula):
            return f"{kind} {text(formula)}"
        case DropRule(number):
            return f"rule {number} dropped"
        case Tie(party, then, when):
            return f"{party} ties {' and '.join(map(value_text, then))} to {text(when)}"
        case Untie(commitment):
            return f"commitment {commitment} dropped"
        case ApplyReading(reading):
            return f"reading {reading}"


def value_text(value: tuple[str, bool]) -> str:
    """Return an option with what it becomes.

    Examples
    --------
    >>> value_text(("up.release", True)), value_text(("up.release", False))
    ('up.release', 'not up.release')
    """
    option, yes = value
    return option if yes else f"not {option}"


def changes_text(changes: Iterable[Change]) -> str:
    """Changes, separated by commas."""
    return ", ".join(change_text(change) for change in changes)


def check_text(check: Check) -> str:
    """A check as the file has it.

    Examples
    --------
    >>> from bestand.model.formula import OutcomeAtom
    >>> check_text(Check(Quantified("no", Subject("state", "improving"), Satisfies(OutcomeAtom("peace"))), ("seq",)))
    'under seq, no state reached is peace'
    """
    under = f"under {' and '.join(check.concepts)}, " if check.concepts else ""
    given = f"with {changes_text(check.changes)}, " if check.changes else ""
    return f"{under}{given}{assertion_text(check.assertion)}"


def assertion_text(assertion: Assertion) -> str:
    """Return what a check asserts, without the concepts and changes before it."""
    match assertion:
        case Quantified(quantifier, subject, predicate):
            return f"{quantifier} {_subject(subject, plural=False)} {_predicate(predicate, 'is', subject)}"
        case About(state, predicate):
            return f"{state_text(state)} {_predicate(predicate, 'is')}"
        case Ranks(party, left, how, right):
            return f"{party} ranks {_side(left)} {how} {_side(right)}"
        case Share(how, left, right, predicate):
            sides = f"{_subject(left, plural=True)} than of {_subject(right, plural=True)}"
            return f"{how} share of {sides} {_predicate(predicate, 'is')}"
        case Refuses(party, quantifier, formula, where):
            return " ".join([f"{party} refuses {quantifier} {text(formula)}", *_where(where)])
        case VerdictIs(kinds):
            return f"the verdict is {' or '.join(kinds)}"
        case Count(how, subject, predicate, left, right):
            than = "as" if how == "as many" else "than"
            told = f"{how} {_subject(subject, plural=True)} {_predicate(predicate, 'are', subject)}"
            return f"{told} with {changes_text(left)} {than} with {changes_text(right)}"
        case SameAnswer(left, right, inner):
            return f"same answer with {changes_text(left)} as with {changes_text(right)}, {assertion_text(inner)}"


def state_text(state: StateRef) -> str:
    """``status-quo``, or ``state`` and its name."""
    match state:
        case StatusQuo():
            return "status-quo"
        case StateNamed(name):
            return f"state {name}"


def statement_text(ref: StatementRef) -> str:
    """Return what to call a statement: ``usa 2``."""
    return f"{ref.party} {ref.number}"


def level_text(party: str, numbers: Sequence[int]) -> str:
    """Return what to call the statements of a level: ``usa 2``, or ``usa 2-4`` for several.

    Examples
    --------
    >>> level_text("usa", (2,)), level_text("usa", (2, 3, 4))
    ('usa 2', 'usa 2-4')
    """
    return f"{party} {numbers[0]}" if len(numbers) == 1 else f"{party} {numbers[0]}-{numbers[-1]}"


def level_numbers(name: str) -> tuple[str, tuple[int, ...]]:
    """Return the party and the numbers of a level by what it is called.

    Examples
    --------
    >>> level_numbers("usa 2-4")
    ('usa', (2, 3, 4))
    """
    party, _, numbers = name.rpartition(" ")
    first, _, last = numbers.partition("-")
    return party, tuple(range(int(first), int(last or first) + 1))


def _side(side: Formula | StateRef) -> str:
    return state_text(side) if isinstance(side, StatusQuo | StateNamed) else f"({text(side)})"


def _subject(subject: Subject, *, plural: bool) -> str:
    words: list[str] = [_PLURAL[subject.noun] if plural else subject.noun]
    if subject.between is not None:
        words.append(f"between {' and '.join(subject.between)}")
    if subject.reached:
        words.append(_REACHED[subject.reached])
    if subject.stable_for is not None:
        words.append(_stable_for(subject.stable_for))
    return " ".join([*words, *_where(subject.where)])


def _where(formula: Formula | None) -> list[str]:
    return [] if formula is None else [f"where {text(formula)}"]


def _stable_for(parties: tuple[str, ...]) -> str:
    return f"stable for {' and '.join(parties) or 'every party'}"


def _predicate(predicate: Predicate, verb: str, subject: Subject | None = None) -> str:
    match predicate:
        case Satisfies(OptionAtom(option)):
            return f"{'has' if verb == 'is' else 'have'} {option}"
        case Satisfies(formula):
            said = text(formula)
            return f"{verb} ({said})" if subject and subject.deals and _AS_KEPT.match(said) else f"{verb} {said}"
        case StableFor(()) if verb == "is":
            return "is an equilibrium"
        case StableFor(parties):
            return f"{verb} {_stable_for(parties)}"
        case Compared(how, other, party):
            return f"{verb} {how} than {state_text(other)} for {party}"
        case Kept():
            return f"{verb} kept"
