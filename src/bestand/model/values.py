"""The parts of a model, as frozen values: what an analyst says, and on what grounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, Literal, TypeVar
from unicodedata import normalize

from .formula import TRUE, And, Formula, Not, OptionAtom, Or
from .sentences import Cause, Change, Check, StatementRef

K = TypeVar("K")
V = TypeVar("V")


def as_read(name: str) -> str:
    """Return a name as it is compared with others: in any case, its letters composed in one way (NFC).

    Examples
    --------
    >>> as_read("Valle\u0301e") == as_read("VALLÉE")
    True
    """
    return normalize("NFC", normalize("NFC", name).casefold())


class FrozenMap(Mapping[K, V], Generic[K, V]):
    """A mapping that keeps its order, never changes, and can be hashed and pickled.

    Examples
    --------
    >>> FrozenMap({"up": 1})["up"]
    1
    """

    __slots__ = ("_items",)
    _items: dict[K, V]

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        object.__setattr__(self, "_items", dict(items or {}))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a FrozenMap cannot be changed")

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"

    def __reduce__(self) -> tuple[type[FrozenMap[K, V]], tuple[dict[K, V]]]:
        return (FrozenMap, (self._items,))


Support = Literal["cited", "inferred", "assumed", "none"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A source by its id, and the place in it (``¶3``, ``¶3-5``, ``p. 12``) where one is given."""

    source: str
    place: str | None = None

    def __str__(self) -> str:
        return f"{self.source} {self.place}" if self.place else self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a thing means and where it comes from.

    Parameters
    ----------
    says : str or None
        The thing in plain words.
    source : tuple of Citation
        Where it is said.
    assumed : bool
        True where the analyst, not the source, says it. With a source, it is inferred from that source.
    note : str or None
        Anything a reader should know about it.
    """

    says: str | None = None
    source: tuple[Citation, ...] = ()
    assumed: bool = False
    note: str | None = None

    @property
    def support(self) -> Support:
        """Return how well it is founded: said by a source, inferred from one, assumed, or not said."""
        if self.assumed:
            return "inferred" if self.source else "assumed"
        return "cited" if self.source else "none"


BARE = Grounds()


@dataclass(frozen=True, slots=True)
class Source:
    """A text that the model rests on. ``published`` is a date or year as text; ``file`` may be absent."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    file: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """Something that one party can do or leave. ``id`` is ``party.option``; ``says_no`` tells what leaving it means."""

    id: str
    grounds: Grounds = BARE
    says_no: str | None = None

    @property
    def party(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Party:
    """A decision maker: an id, a name to show, the options that only it controls.

    Parameters
    ----------
    id : str
    name : str or None
        What to call it.
    options : tuple of Option
    grounds : Grounds
    called : str or None
        What to call it within a sentence.
    plural : bool, tuple of str or None
        Whether its verbs are plural ("the Kosovo Serbs refuse"); or the languages in which they are. None where the
        file does not say: they are not.
    """

    id: str
    name: str | None = None
    options: tuple[Option, ...] = ()
    grounds: Grounds = BARE
    called: str | None = None
    plural: bool | tuple[str, ...] | None = None

    def is_plural(self, lang: str) -> bool:
        """Return whether its verbs are plural in a language, given by its code."""
        return lang in self.plural if isinstance(self.plural, tuple) else bool(self.plural)

    @property
    def title(self) -> str:
        """Return what to call the party where it stands by itself, as in a table."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class FormulaRule:
    """No state breaks an ``always`` formula, or satisfies a ``never`` formula."""

    kind: Literal["never", "always"]
    formula: Formula
    grounds: Grounds = BARE

    @property
    def allows(self) -> Formula:
        """Return what every feasible state satisfies."""
        return Not(self.formula) if self.kind == "never" else self.formula


@dataclass(frozen=True, slots=True)
class ChoiceRule:
    """Of a set of options (ids) exactly one, or at most one, is taken."""

    kind: Literal["exactly_one", "at_most_one"]
    options: tuple[str, ...]
    grounds: Grounds = BARE

    @property
    def allows(self) -> Formula:
        """Return what every feasible state satisfies, written out in pairs: O(options²)."""
        atoms = tuple(OptionAtom(option) for option in self.options)
        pairs = tuple(Not(And((a, b))) for n, a in enumerate(atoms) for b in atoms[n + 1 :])
        some = (Or(atoms) if len(atoms) > 1 else atoms[0],) if self.kind == "exactly_one" else ()
        terms = some + pairs
        if not terms:
            return TRUE  # at most one of a single option
        return terms[0] if len(terms) == 1 else And(terms)


Rule = FormulaRule | ChoiceRule


@dataclass(frozen=True, slots=True)
class Outcome:
    """A formula with a name."""

    name: str
    formula: Formula
    grounds: Grounds = BARE


@dataclass(frozen=True, slots=True)
class Plan:
    """One of several plans, by its id: the states of ``formula`` are those in which it is carried out.

    Parameters
    ----------
    id : str
    formula : Formula
    grounds : Grounds
    commitments : tuple of str
        The ids of those that come with it: they are in force once it is signed, and not before.
    fixed : tuple of str
        Options (ids) that nobody changes any more once it is signed.
    """

    id: str
    formula: Formula
    grounds: Grounds = BARE
    commitments: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """An answer that a party has tied to an event, and that happens by itself.

    Parameters
    ----------
    id : str
    party : str
        Its owner.
    when : Formula
        Where it acts.
    then : tuple of (str, bool)
        Options of the owner, each with what becomes of it.
    grounds : Grounds
    """

    id: str
    party: str
    when: Formula
    then: tuple[tuple[str, bool], ...]
    grounds: Grounds = BARE


@dataclass(frozen=True, slots=True)
class OneWay:
    """An option that can change in one direction only."""

    option: str
    direction: Literal["to-yes", "to-no"]
    grounds: Grounds = BARE


@dataclass(frozen=True, slots=True)
class ForbiddenMove:
    """A party cannot move in one step from a state that satisfies ``source`` to one that satisfies ``target``."""

    party: str
    source: Formula
    target: Formula
    grounds: Grounds = BARE


@dataclass(frozen=True, slots=True)
class Statement:
    """One wish of a party: it would rather have ``formula`` true than false.

    Parameters
    ----------
    formula : Formula
    grounds : Grounds
    reading : str or None
        The id of the reading that adds it to the model, or puts it in the place of another wish. The wish is the same
        without it.
    """

    formula: Formula
    grounds: Grounds = BARE
    reading: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Priorities:
    """States are ranked by these statements, the most important first, lexicographically (option prioritizing).

    Of statements that stand level it only counts how many hold.

    Parameters
    ----------
    statements : tuple of Statement
        In the order of the file: the first is number 1.
    levels : tuple of tuple of int
        The numbers of those that stand level: neighbours in the list, two or more in each level. A statement in none of
        them is a level by itself.

    Examples
    --------
    >>> a, b, c = (Statement(OptionAtom(f"up.{name}")) for name in "abc")
    >>> wishes = Priorities.of([(a, b), (c,)])
    >>> wishes == Priorities((a, b, c), ((1, 2),)), wishes.ranked
    (True, ((1, 2), (3,)))
    >>> wishes.level(2), wishes.place(3), wishes.paths
    ((1, 2), 2, ((0, 0), (0, 1), (1,)))
    """

    statements: tuple[Statement, ...] = ()
    levels: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def of(cls, levels: Iterable[Sequence[Statement]]) -> Priorities:
        """Return the priorities that some levels make, the most important first; one without statements is left out."""
        statements: list[Statement] = []
        level: list[tuple[int, ...]] = []
        for several in levels:
            first = len(statements) + 1
            statements += several
            if len(several) > 1:
                level.append(tuple(range(first, first + len(several))))
        return cls(tuple(statements), tuple(level))

    @property
    def ranked(self) -> tuple[tuple[int, ...], ...]:
        """Return the numbers of the statements level by level, the most important first. O(statements)."""
        if not self.levels:
            return tuple((number,) for number in range(1, len(self.statements) + 1))
        several = {numbers[0]: numbers for numbers in self.levels}
        inside = {number for numbers in self.levels for number in numbers[1:]}
        every = range(1, len(self.statements) + 1)
        return tuple(several.get(number, (number,)) for number in every if number not in inside)

    @property
    def by_level(self) -> tuple[tuple[Statement, ...], ...]:
        """Return the statements level by level, the most important first. O(statements)."""
        if not self.levels:
            return tuple(zip(self.statements))
        return tuple(tuple(self.statements[number - 1] for number in numbers) for numbers in self.ranked)

    @property
    def paths(self) -> tuple[tuple[int, ...], ...]:
        """Return where each statement stands in a file's list, from 0: its level, and its place in one of several."""
        return tuple(
            (at,) if len(numbers) == 1 else (at, k)
            for at, numbers in enumerate(self.ranked)
            for k in range(len(numbers))
        )

    def level(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the statements that stand level with one, and its own."""
        return next((numbers for numbers in self.levels if number in numbers), (number,))

    def place(self, number: int) -> int:
        """Return the place of a statement among the levels, from 1 for the most important one."""
        return 1 + next(at for at, numbers in enumerate(self.ranked) if number in numbers)

    def number(self, path: Sequence[int]) -> int:
        """Return the number of the statement that stands at a place of the list, of a level that of its first."""
        numbers = self.ranked[path[0]]
        return numbers[path[1]] if len(path) > 1 and path[1] < len(numbers) else numbers[0]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every feasible state once, best first; the states of one group are tied. States are bit strings."""

    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """States are ranked by the sum of the weights of the options taken in them (option weighting)."""

    weights: FrozenMap[str, Decimal]


Preference = Priorities | Ranking | Weights
NoDeal = Literal["drift", "today"] | frozenset[str] | Formula  # the states that things come to without a deal


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what the sources leave open: a named set of changes; an answer to an open question."""

    id: str
    changes: tuple[Change, ...]
    grounds: Grounds = BARE


@dataclass(frozen=True, slots=True)
class Claim:
    """A conclusion that somebody draws, and the checks that put it to the model.

    Parameters
    ----------
    id : str
    checks : tuple of Check
        All of them must hold.
    who : str or None
        Whose sentence it is: ``author``, ``reported`` (a view that the author reports) or ``ours``.
    repeats : tuple of StatementRef
        Premises that the claim only says again; it is also checked without them.
    across : tuple of tuple of str
        Alternatives to go through in every combination: reading ids, or ``base`` for none.
    show : tuple of Formula
        What to tell about the states that are found.
    answers_to : str or None
        A party: tell whose answers hold it to the states that are found.
    grounds : Grounds
    because : tuple of Cause
        What is given as its reason.
    """

    id: str
    checks: tuple[Check, ...]
    who: str | None = None
    repeats: tuple[StatementRef, ...] = ()
    across: tuple[tuple[str, ...], ...] = ()
    show: tuple[Formula, ...] = ()
    answers_to: str | None = None
    grounds: Grounds = BARE
    because: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """Something doubtful that is meant: a doubt of the doctor, the place in the words of the file, and the reason."""

    doubt: str
    at: str
    because: str
