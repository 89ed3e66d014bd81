"""Open questions with their answers, and every combination of these."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np

from bestand.model.formula import Formula, OutcomeAtom
from bestand.model.model import Model
from bestand.model.sentences import Change, Insert, Place, StatementRef
from bestand.model.values import FrozenMap, Preference

THE_FILE = "the file"  # what to call the model itself beside other analysts' files, unless told

Placed = tuple[int, Change]  # which comes first, and the change


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that is open, for whoever tells it in words.

    Parameters
    ----------
    kind : {"question", "reading", "order", "place", "held", "wants"}
        Which answer to a question is right; whether a reading is; which of two statements matters more; where a
        statement stands; whether it is held; what a party wants.
    about : str or tuple of StatementRef
        The question, the reading, the party, or the statements.
    """

    kind: Literal["question", "reading", "order", "place", "held", "wants"]
    about: str | tuple[StatementRef, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What is said on one thing that is open.

    Parameters
    ----------
    topic : Topic
    value : bool, int, str or tuple of str
        Whether the reading is right, the statements are exchanged, the statement is held; its place; the answer, by
        its name; the analysts who say so.
    """

    topic: Topic
    value: bool | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to an open question.

    Parameters
    ----------
    words : str
        What data call it.
    changes : tuple of (int, Change)
        Each with its place among all changes of a combination.
    wishes : tuple of (str, Preference)
        What parties want, where another analyst's file says so.
    given : tuple of Given
        What it says, thing by thing; of several things, those on which it is another than the file.
    """

    words: str
    changes: tuple[Placed, ...] = ()
    wishes: tuple[tuple[str, Preference], ...] = ()
    given: tuple[Given, ...] = ()

    @property
    def change_list(self) -> tuple[Change, ...]:
        """Return the changes by themselves."""
        return tuple(change for _, change in self.changes)


@dataclass(frozen=True)
class Question:
    """An open question with the answers that there are.

    Parameters
    ----------
    words : str
        What data call it.
    answers : tuple of Answer
        The first is that of the file.
    chances : tuple of float
        Of the answers; they add up to one.
    topics : tuple of Topic
        What it is about: one thing, or several that exclude each other.
    single : bool
        Whether these are readings of which at most one is right.
    stated : bool
        Whether the file says how likely some of it is.
    weighed : bool
        Whether the file says how likely all of it is.
    """

    words: str
    answers: tuple[Answer, ...]
    chances: tuple[float, ...]
    topics: tuple[Topic, ...] = ()
    single: bool = False
    stated: bool = False
    weighed: bool = False

    @property
    def count(self) -> int:
        """Return how many answers there are."""
        return len(self.answers)

    @property
    def even(self) -> bool:
        """Return whether all answers are alike."""
        return len(set(self.chances)) == 1

    def answer(self, k: int) -> Answer:
        """Return the k-th answer."""
        return self.answers[k]

    def drawn(self, rng: np.random.Generator) -> tuple[int, Answer]:
        """Return a random answer and its number."""
        k = min(int(np.searchsorted(np.cumsum(self.chances), rng.random(), side="right")), self.count - 1)
        return k, self.answers[k]


@dataclass(frozen=True)
class Orders:
    """In which order a party holds its statements: any, all alike. What stands level stays together.

    Parameters
    ----------
    party : str
    numbers : tuple of int
        Of the statements, as the file counts them, in the order that they stand in; -1, -2 and so on are ``added``. Of
        those that stand level, one.
    added : tuple of Formula
        Wishes that the file's own list does not have.
    levels : tuple of tuple of int
        The numbers of those that stand level, that one first, for each level of several.
    """

    party: str
    numbers: tuple[int, ...]
    added: tuple[Formula, ...] = ()
    levels: tuple[tuple[int, ...], ...] = ()

    even = True
    weighed = False

    @property
    def words(self) -> str:
        """Return what the question is called."""
        return f"the order of what {self.party} wants"

    @property
    def count(self) -> int:
        """Return how many orders there are."""
        return math.factorial(len(self.numbers))

    @property
    def chances(self) -> tuple[float, ...]:
        """Of the answers. Not to be asked for where they are many."""
        return (1 / self.count,) * self.count

    def answer(self, k: int) -> Answer:
        """Return the k-th order; number 0 is that of the file."""
        left: list[int] = list(self.numbers)
        order: list[int] = []
        for size in range(len(left) - 1, -1, -1):
            at, k = divmod(k, math.factorial(size))
            order.append(left.pop(at))
        return self._answer(order)

    def drawn(self, rng: np.random.Generator) -> tuple[int, Answer]:
        """Return a random order. Its number is left out: there may be more of them than can be numbered."""
        return -1, self._answer([self.numbers[k] for k in rng.permutation(len(self.numbers))])

    def _answer(self, order: Sequence[int]) -> Answer:
        refs = [StatementRef(self.party, number) for number in order if number > 0]
        moves: list[Change] = [*self._joined(refs[0])] if refs else []
        for earlier, later in pairwise(refs):
            moves += [Place(later, "after", earlier), *self._joined(later)]
        below: StatementRef | None = None  # the next wish of the file's own list, from the last one up
        inserts: list[Change] = []
        for number in reversed(order):
            if number > 0:
                below = StatementRef(self.party, number)
            else:
                where: Literal["last", "before"] = "before" if below else "last"
                inserts.append(Insert(self.party, self.added[-number - 1], where, below))
        made = [*moves, *reversed(inserts)]
        return Answer(" ".join(map(str, order)), tuple(enumerate(made)))

    def level(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the statements that stand level with one of `numbers`, and its own."""
        return next((level for level in self.levels if level[0] == number), (number,))

    def _joined(self, ref: StatementRef) -> Iterator[Change]:
        """Yield what brings together what stands level with a statement."""
        for number in self.level(ref.number)[1:]:
            if number > 0:
                yield Place(StatementRef(self.party, number), "level with", ref)
            else:
                yield Insert(self.party, self.added[-number - 1], "level with", ref)


AnyQuestion = Question | Orders


@dataclass(frozen=True)
class Design:
    """All that is open, and what comes of the answers.

    Parameters
    ----------
    model : Model
    common : tuple of Change
        Made in every variant, before all else.
    questions : tuple of Question or Orders
        Independent of each other.
    unordered : tuple of str
        Parties whose wishes have no order to vary.
    dropped : tuple of Answer
        Answers that cannot be given, and are not varied.
    settled : tuple of Answer
        To questions with one answer left: given in every variant, in the order of the other changes.
    """

    model: Model
    common: tuple[Change, ...]
    questions: tuple[AnyQuestion, ...]
    unordered: tuple[str, ...] = ()
    dropped: tuple[Answer, ...] = ()
    settled: tuple[Answer, ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return what was not varied, as data call it."""
        return (*(f"{party} has no priorities" for party in self.unordered), *(each.words for each in self.dropped))

    @cached_property
    def count(self) -> int:
        """Return how many combinations of answers there are."""
        return math.prod(question.count for question in self.questions)

    @cached_property
    def weighed(self) -> bool:
        """Return whether the file gives the chance of every answer to every question."""
        return bool(self.questions) and all(question.weighed for question in self.questions)

    @cached_property
    def even(self) -> bool:
        """Return whether every combination counts the same."""
        return all(question.even for question in self.questions)

    def numbers(self, index: int) -> tuple[int, ...]:
        """Return the numbers of the answers that make up a combination, counted with the last question fastest."""
        numbers = []
        for question in reversed(self.questions):
            index, k = divmod(index, question.count)
            numbers.append(k)
        return tuple(reversed(numbers))

    def combination(self, index: int) -> tuple[Answer, ...]:
        """Return the index-th combination."""
        numbers = self.numbers(index)
        return tuple(question.answer(k) for question, k in zip(self.questions, numbers, strict=True))

    def chance(self, index: int) -> float:
        """Return the chance of a combination, as a multiple of what it would be were all alike."""
        if self.even:
            return 1.0
        numbers = zip(self.questions, self.numbers(index), strict=True)
        return math.prod(question.chances[k] * question.count for question, k in numbers)

    def drawn(self, seed: int, rows: Sequence[int]) -> tuple[tuple[int, Answer], ...]:
        """Return a random combination: the answer to each question with its number.

        Parameters
        ----------
        seed : int
        rows : sequence of int
            For each question, the row of the sample that its answer comes from. The same row always gives the same
            answer to the same question.
        """
        return tuple(
            question.drawn(np.random.default_rng([seed, row, j]))
            for j, (question, row) in enumerate(zip(self.questions, rows, strict=True))
        )

    def variant(self, answers: Iterable[Answer]) -> tuple[Model, tuple[Change, ...]]:
        """Return what a combination makes of the model: the model that it begins with, and the changes to make."""
        placed: list[Placed] = []
        wishes: dict[str, Preference] = {}
        for answer in (*self.settled, *answers):
            placed += answer.changes
            wishes.update(answer.wishes)
        placed.sort(key=lambda change: change[0])
        return _wanting(self.model, tuple(wishes.items())), (*self.common, *(change for _, change in placed))


def usual_formulas(model: Model) -> tuple[Formula, ...]:
    """Return what is asked unless told: the plan, and every outcome that the file names."""
    outcomes = [OutcomeAtom(name) for name in model.outcome]
    return tuple(dict.fromkeys([*([] if model.plan is None else [model.plan]), *outcomes]))


def _wanting(model: Model, wishes: tuple[tuple[str, Preference], ...]) -> Model:
    if not wishes:
        return model
    return dataclasses.replace(model, preferences=FrozenMap({**model.preferences, **dict(wishes)}))
