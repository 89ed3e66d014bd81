"""What follows from a change of a model, and from each of its levers: the answers to `what_if` and `levers`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from bestand.answer.answer import Answer, Drawings
from bestand.document.blocks import Block
from bestand.model.errors import CallError, Stop
from bestand.model.formula import Formula
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.sentences import By, Change
from bestand.model.values import Ranking, Weights
from bestand.plan.ruling_values import KINDS, Kind, Ruling

Masks = NDArray[np.uint64]
LeverKind = Literal["option", "party", "statement", "rule", "one-way option", "commitment", "reading"]


@dataclass(frozen=True, slots=True)
class Both:
    """A number of states in the model before a change, and in the model after it."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Side:
    """How many equilibria one of the two models has under a concept, and how many of them satisfy the formula.

    Parameters
    ----------
    count : int
    satisfying : int or None
        None where there is no formula.
    """

    count: int
    satisfying: int | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """States that share some options: ``bits`` has 1, 0 or - for each option.

    Parameters
    ----------
    bits : str
    count : int
        How many of the summed-up states it stands for.
    reached : bool
        Whether the moves followed lead to them from the status quo.
    """

    bits: str
    count: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Turnover:
    """The equilibria that a change takes away, or those that it brings.

    Parameters
    ----------
    states : (n,) uint64
        As bit masks: those that few moves lead to first, then those that differ least from the status quo.
    moves : (n,) int64
        The fewest moves of the kind followed that lead to each; -1 where none do, or that is not known.
    patterns : tuple of Pattern or None
        All of them summed up, those that such moves lead to first; None where a limit was reached before.
    """

    states: Masks
    moves: NDArray[np.int64]
    patterns: tuple[Pattern, ...] | None

    def __len__(self) -> int:
        return len(self.states)


@dataclass(frozen=True, slots=True)
class Difference:
    """The equilibria of two models under one concept, compared.

    Parameters
    ----------
    concept : str
    before, after : Side
    common : (n,) uint64
        The equilibria of both, ascending.
    gone, new : Turnover
    impossible : int
        How many of those that are gone cannot even occur any more.
    """

    concept: str
    before: Side
    after: Side
    common: Masks
    gone: Turnover
    new: Turnover
    impossible: int

    @property
    def same(self) -> bool:
        """Return whether the equilibria are the same."""
        return not len(self.gone) and not len(self.new)


Row = tuple[bool, ...]  # for every party, in the order of the file


@dataclass(frozen=True, slots=True)
class Today:
    """The status quo before and after a change.

    Parameters
    ----------
    before : int
        As a bit mask.
    after : int or None
        None where it cannot occur any more.
    stable : mapping of str to (tuple of bool, tuple of bool)
        By concept: for whom it is stable, before and after; empty where it cannot occur any more.
    """

    before: int
    after: int | None
    stable: Mapping[str, tuple[Row, Row]]


@dataclass(frozen=True, slots=True)
class Reached:
    """Where the moves followed lead from the status quo in one of the two models.

    Parameters
    ----------
    states : int
        How many states they lead to, the status quo included.
    resting : (n,) uint64
        The resting places among them, from which no such move leads on, as bit masks, ascending.
    satisfying : int or None
        How many of these satisfy the formula.
    """

    states: int
    resting: Masks
    satisfying: int | None


@dataclass(frozen=True, slots=True)
class Drift:
    """Where the moves followed lead from the status quo before and after a change, with the resting places of both."""

    before: Reached
    after: Reached
    common: int


@dataclass(frozen=True, eq=False, repr=False)
class WhatIf(Answer):
    """What a change of a model does to its equilibria.

    Parameters
    ----------
    model : Model
        Before the change, readings applied.
    after : Model
        The changed model.
    changes : tuple of Change
    formula : Formula or None
        What is asked about the equilibria.
    feasible : Both
        How many feasible states there are.
    formula_states : Both or None
        In how many of them the formula is true.
    differences : tuple of Difference
        One for each concept that was finished in both models.
    today : Today or None
        What becomes of the status quo; None where the model has none that is feasible.
    rulings : tuple of (Ruling or None)
        The verdict on the formula as a plan, before and after; None where there is nobody to ask, or a limit was
        reached before.
    drift : Drift or None
        Where the moves followed lead from it; None also where it cannot occur any more, or a limit was reached before.
    by : {"any", "improving", "purposeful", "best", "drift"}
        Which moves these are: by drift they are judged under the concept of the verdict.
    instead : Message or None
        Why nobody is followed by drift, where nobody said by which moves to go on.
    readings : tuple of str
        Those that were applied first.
    most : int or None
        How many equilibria that go, and that are new, are named under each concept; 3 in words and 100 in data where
        None.
    stopped : Stop or None
        The limit that was reached.
    """

    model: Model
    after: Model
    changes: tuple[Change, ...]
    formula: Formula | None
    feasible: Both
    formula_states: Both | None
    differences: tuple[Difference, ...]
    today: Today | None
    drift: Drift | None
    by: By = "improving"
    instead: Message | None = None
    rulings: tuple[Ruling | None, Ruling | None] = (None, None)
    readings: tuple[str, ...] = ()
    most: int | None = None
    stopped: Stop | None = None

    _undrawn = "there is no picture of this answer; --svg and --png draw the levers of a model: add --levers"

    def common(self, concept: str) -> list[str]:
        """Return the equilibria of both models, as bits. Raises `CallError` for a concept that was not compared."""
        return self._bits(self.difference(concept).common)

    def gone(self, concept: str) -> list[str]:
        """Return the equilibria of the model that the changed one does not have, as bits. Raises as `common`."""
        return self._bits(self.difference(concept).gone.states)

    def new(self, concept: str) -> list[str]:
        """Return the equilibria of the changed model that the other does not have, as bits. Raises as `common`."""
        return self._bits(self.difference(concept).new.states)

    def difference(self, concept: str) -> Difference:
        """Return what is different under a concept. Raises `CallError` for one that was not compared."""
        for each in self.differences:
            if each.concept == concept:
                return each
        raise CallError(f"'{concept}' was not compared; {', '.join(each.concept for each in self.differences)} were")

    def _bits(self, masks: Masks) -> list[str]:
        return [self.model.bits(mask) for mask in np.sort(masks).tolist()]

    def data(self) -> dict[str, Any]:
        from .data import data

        return data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        from .words import blocks

        return blocks(self)

    def _brief(self) -> str:
        return f"{len(self.changes)} changes" if len(self.changes) > 1 else "1 change"

    def partial(self) -> str:
        return "what is told is what was finished by then"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many states of some set satisfy the formula, of how many."""

    found: int
    of: int

    @property
    def some(self) -> bool:
        """Return whether any does."""
        return self.found > 0

    @property
    def share(self) -> Fraction:
        """Return which part does; none of nothing."""
        return Fraction(self.found, self.of) if self.of else Fraction(0)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a lever comes to.

    Parameters
    ----------
    kind : str
        What it is a change of.
    changes : tuple of Change
        Empty for the model as it is.
    cells : mapping of str to Cell
        The equilibria, by concept.
    resting : Cell or None
        The resting places that the moves followed lead to from today; None where there is no today.
    decides : bool
        Whether it leaves the formula true in no state at all, or in all: the words alone then answer the question.
    verdict : str or None
        On the formula as a plan that is put to the parties; None where there is no today, or no option.
    crosses : tuple of str
        The parties whose red line is crossed with it wherever the formula is true, and was not before.
    reason : Message, Stop or None
        Why it cannot be tried; there are no cells then.
    """

    kind: LeverKind
    changes: tuple[Change, ...]
    cells: Mapping[str, Cell]
    resting: Cell | None = None
    decides: bool = False
    verdict: Kind | None = None
    crosses: tuple[str, ...] = ()
    reason: Message | Stop | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Levers(Answer):
    """What each lever of a model does, those that change the answer most before the others.

    Parameters
    ----------
    model : Model
        As the file has it, whose numbers of statements the levers speak of.
    formula : Formula
        The question: is some equilibrium one in which it is true, and in what share of them is it?
    concepts : tuple of str
    base : Tried
        The model as it is, readings applied.
    tried : tuple of Tried
        In the order of what they change.
    failed : tuple of Tried
        Those that cannot be tried, with the reason.
    of : int
        How many there are; more than were tried where a limit was reached.
    by : {"any", "improving", "purposeful", "best", "drift"}
        Which moves lead on from today.
    instead : Message or None
        Why nobody is followed by drift, where nobody said by which moves to go on.
    readings : tuple of str
        Those that were applied first.
    most : int or None
        How many levers are told; 20 in words and all in data where None.
    stopped : Stop or None
        The limit that was reached.
    """

    model: Model
    formula: Formula
    concepts: tuple[str, ...]
    base: Tried
    tried: tuple[Tried, ...]
    failed: tuple[Tried, ...]
    of: int
    by: By = "improving"
    instead: Message | None = None
    readings: tuple[str, ...] = ()
    most: int | None = None
    stopped: Stop | None = None

    def flips(self, tried: Tried) -> tuple[str, ...]:
        """Return the concepts under which the answer turns round; ``""`` stands for what is reached."""
        concepts = [concept for concept, cell in tried.cells.items() if cell.some != self.base.cells[concept].some]
        if tried.resting and self.base.resting and tried.resting.some != self.base.resting.some:
            concepts.append("")
        return tuple(concepts)

    def shifts(self, tried: Tried) -> tuple[Fraction, ...]:
        """Return by how much each share changes: the concepts, then what is reached."""
        shares = [tried.cells[concept].share - self.base.cells[concept].share for concept in self.concepts]
        if tried.resting and self.base.resting:
            shares.append(tried.resting.share - self.base.resting.share)
        return tuple(shares)

    def changes_counts(self, tried: Tried) -> bool:
        """Return whether a lever changes any number at all."""
        return tried.cells != self.base.cells or tried.resting != self.base.resting or self.changes_verdict(tried)

    def changes_verdict(self, tried: Tried) -> bool:
        """Return whether the verdict is another one with a lever."""
        return self.gain(tried) != 0

    def gain(self, tried: Tried) -> int:
        """Return by how many steps of `KINDS` a lever makes the verdict better for the plan, or worse (less than 0)."""
        if tried.verdict is None or self.base.verdict is None:
            return 0
        return KINDS.index(tried.verdict) - KINDS.index(self.base.verdict)

    def weight(self, tried: Tried) -> tuple[int, int, Fraction, Fraction, bool]:
        """Return what levers are ordered by.

        By how far the verdict changes; then by turned answers, the largest change of a share, all of them, any change.
        """
        sizes = [abs(shift) for shift in self.shifts(tried)]
        return (
            abs(self.gain(tried)),
            len(self.flips(tried)),
            max(sizes, default=Fraction(0)),
            sum(sizes, Fraction(0)),
            self.changes_counts(tried),
        )

    @property
    def unvaried(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parties, by id, whose explicit ranking of states no lever varies, and those whose weights none does."""
        wishes = self.model.preferences.items()
        ranked = tuple(party for party, wish in wishes if isinstance(wish, Ranking))
        return ranked, tuple(party for party, wish in wishes if isinstance(wish, Weights))

    @property
    def telling(self) -> tuple[Tried, ...]:
        """The levers that change anything, without those that answer the question by their words."""
        return tuple(tried for tried in self.tried if not tried.decides and self.changes_counts(tried))

    def data(self) -> dict[str, Any]:
        from .levers_data import data

        return data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        from .levers_words import blocks

        return blocks(self)

    def _pictures(self) -> Drawings:
        from .picture import tornado

        return {"tornado": lambda: tornado(self)}

    def _brief(self) -> str:
        return f"{len(self.tried)} of {self.of} levers tried"

    def partial(self) -> str:
        return "what is told is what was finished by then"
