"""Sentences about a model: changes to it, and questions put to it, as frozen trees.

They are what `language.lark` reads and what `bestand.model.wording` writes. A change is one clause
(``usa 4 replaced by not usa.sanctions``); a check is one sentence
(``with ukraine.cede held at yes, every resting place reached is ceasefire``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .formula import Formula, OptionAtom, OutcomeAtom

# A sentence that begins with one of these is taken for one of another kind, so no party may be called so.
OPENING_WORDS = frozenset(["commitment", "never", "always", "reading", "rule", "state", "with", "without"])

Quantifier = Literal["some", "every", "no"]
Noun = Literal["state", "equilibrium", "resting place", "deal", "kept deal"]
Kind = Literal["cannot-be", "stands", "comes-by-itself", "deal", "deal-not-kept", "no-deal"]
# The moves that lead on: all legal ones; those that the mover gains by; of these those by which it gives nothing away,
# and the best it has; and those that pay once it reckons with the answers, where the same party may move again.
By = Literal["any", "improving", "purposeful", "best", "drift"]


@dataclass(frozen=True, slots=True)
class StatementRef:
    """The ``number``-th statement of a party's priorities, counted from 1 in the file as it is written."""

    party: str
    number: int


@dataclass(frozen=True, slots=True)
class Replace:
    """A party wants ``formula`` where the file has the statement."""

    statement: StatementRef
    formula: Formula


@dataclass(frozen=True, slots=True)
class Place:
    """A statement leaves its level, and stands just ``before``, just ``after`` or ``level with`` another of its party.

    Before and after is a level of its own: before or after all that stand level with the other one.
    """

    statement: StatementRef
    where: Literal["before", "after", "level with"]
    other: StatementRef


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two statements of one party change places, each into the level of the other."""

    statement: StatementRef
    other: StatementRef


@dataclass(frozen=True, slots=True)
class Drop:
    """A party does not hold the statement at all; those that stood level with it still stand level."""

    statement: StatementRef


@dataclass(frozen=True, slots=True)
class Insert:
    """A party has one more wish: the ``first`` or ``last`` of all, or beside another one, as `Place` has it.

    ``other`` is a statement of that party where ``where`` is before, after or level with, else None.
    """

    party: str
    formula: Formula
    where: Literal["first", "last", "before", "after", "level with"]
    other: StatementRef | None = None


@dataclass(frozen=True, slots=True)
class HoldOption:
    """An option is fixed at yes or no, in the status quo too."""

    option: str
    value: bool


@dataclass(frozen=True, slots=True)
class HoldParty:
    """A party does not move: its options stay as they are in the status quo."""

    party: str


@dataclass(frozen=True, slots=True)
class Free:
    """A one-way option can be changed in both directions."""

    option: str


@dataclass(frozen=True, slots=True)
class Bind:
    """An option can be changed in one direction only."""

    option: str
    direction: Literal["to-yes", "to-no"]


@dataclass(frozen=True, slots=True)
class Forbid:
    """A party cannot move in one step from a state that satisfies ``source`` to one that satisfies ``target``."""

    party: str
    source: Formula
    target: Formula


@dataclass(frozen=True, slots=True)
class AddRule:
    """States that break (``never``: satisfy) the formula cannot occur."""

    kind: Literal["never", "always"]
    formula: Formula


@dataclass(frozen=True, slots=True)
class DropRule:
    """The ``number``-th rule, counted from 1 in the file as it is written, does not hold."""

    number: int


@dataclass(frozen=True, slots=True)
class ApplyReading:
    """The changes of a named reading."""

    reading: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A party ties options of its own to an event: where ``when`` holds, they become so by themselves."""

    party: str
    then: tuple[tuple[str, bool], ...]
    when: Formula


@dataclass(frozen=True, slots=True)
class Untie:
    """A commitment of the file is not in force, standing or with a plan."""

    commitment: str


Change = (
    Replace
    | Place
    | Exchange
    | Drop
    | Insert
    | HoldOption
    | HoldParty
    | Free
    | Bind
    | Forbid
    | AddRule
    | DropRule
    | Tie
    | Untie
    | ApplyReading
)


@dataclass(frozen=True, slots=True)
class StatusQuo:
    """The state of today."""


@dataclass(frozen=True, slots=True)
class StateNamed:
    """One state, by its bits or by its label."""

    name: str


StateRef = StatusQuo | StateNamed


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence speaks of: a set of states.

    ``reached`` limits it to what can be reached from the status quo; ``stable_for`` to what is stable for some
    parties under the concept asked about, for every one where it names none; ``where`` to the states that satisfy a
    formula; ``between`` to the deals that just these parties sign.
    """

    noun: Noun
    reached: By | None = None
    stable_for: tuple[str, ...] | None = None
    where: Formula | None = None
    between: tuple[str, ...] | None = None

    @property
    def deals(self) -> bool:
        """Return whether it speaks of deals in the plan."""
        return self.noun in {"deal", "kept deal"}


@dataclass(frozen=True, slots=True)
class Satisfies:
    """... is FORMULA."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class StableFor:
    """... is stable for PARTY and PARTY; where none is named, for every party: an equilibrium."""

    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """... is kept: said of deals."""


@dataclass(frozen=True, slots=True)
class Compared:
    """... is better (worse) than STATE for PARTY."""

    how: Literal["better", "worse"]
    other: StateRef
    party: str


Predicate = Satisfies | StableFor | Compared | Kept


@dataclass(frozen=True, slots=True)
class Quantified:
    """Some, every or no state of the subject is so."""

    quantifier: Quantifier
    subject: Subject
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class About:
    """One named state is so."""

    state: StateRef
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Ranks:
    """A party ranks every state of one set above, below or level with every state of another."""

    party: str
    left: Formula | StateRef
    how: Literal["above", "below", "level with"]
    right: Formula | StateRef


@dataclass(frozen=True, slots=True)
class Share:
    """Of one subject a larger (smaller) share is so than of another."""

    how: Literal["larger", "smaller"]
    left: Subject
    right: Subject
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Refuses:
    """A party refuses every (some) state of a formula, and of the one after ``where``, that can be signed."""

    party: str
    quantifier: Literal["every", "some"]
    formula: Formula
    where: Formula | None = None


@dataclass(frozen=True, slots=True)
class VerdictIs:
    """The verdict on the plan is one of some kinds."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Fewer, more or as many states of a subject are so under one set of changes than under another."""

    how: Literal["fewer", "more", "as many"]
    subject: Subject
    predicate: Predicate
    left: tuple[Change, ...]
    right: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SameAnswer:
    """A question has the same answer under two sets of changes."""

    left: tuple[Change, ...]
    right: tuple[Change, ...]
    assertion: Plain


Plain = Quantified | About | Ranks | Share | Refuses | VerdictIs
Assertion = Plain | Count | SameAnswer


@dataclass(frozen=True, slots=True)
class Check:
    """One sentence: an assertion, perhaps under named concepts only, perhaps in a changed model.

    ``concepts`` is empty where the sentence names none: it is then asked under each.
    """

    assertion: Assertion
    concepts: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class OfParty:
    """All that a party wants, as the reason of a claim."""

    party: str


Cause = StatementRef | OptionAtom | OutcomeAtom | OfParty | ApplyReading


def subjects(assertion: Assertion) -> tuple[Subject, ...]:
    """Return the sets of states that an assertion speaks of."""
    match assertion:
        case Quantified(_, subject, _) | Count(_, subject, _):
            return (subject,)
        case Share(_, left, right, _):
            return left, right
        case SameAnswer(_, _, inner):
            return subjects(inner)
        case _:
            return ()


def deals(assertion: Assertion) -> bool:
    """Return whether it speaks of what the parties sign or refuse, or of the verdict on the plan."""
    match assertion:
        case Refuses() | VerdictIs():
            return True
        case SameAnswer(_, _, inner):
            return deals(inner)
        case _:
            return any(subject.deals for subject in subjects(assertion))


def drifts(assertion: Assertion) -> bool:
    """Return whether it speaks of what drift leads to, without a deal or anyway, which is meant under a concept."""
    return deals(assertion) or any(subject.reached == "drift" for subject in subjects(assertion))


def speaks_of_reach(assertion: Assertion) -> bool:
    """Return whether it asks what is reached by improvements, so that asking it of best moves too makes sense."""
    match assertion:
        case Quantified(_, subject, _) | Count(_, subject, _):
            return subject.reached == "improving"
        case Share(_, left, right, _):
            return "improving" in (left.reached, right.reached)
        case SameAnswer(_, _, inner):
            return speaks_of_reach(inner)
        case _:
            return False


def names_concept(assertion: Assertion) -> bool:
    """Return whether the answer depends on the stability concept at all."""
    match assertion:
        case Quantified(_, _, predicate) | Count(_, _, predicate) | Share(_, _, _, predicate):
            return isinstance(predicate, StableFor) or any(map(_subject_names, subjects(assertion)))
        case About(_, predicate):
            return isinstance(predicate, StableFor)
        case SameAnswer(_, _, inner):
            return names_concept(inner)
        case Ranks() | Refuses() | VerdictIs():
            return False


def _subject_names(subject: Subject) -> bool:
    return subject.noun == "equilibrium" or subject.stable_for is not None
