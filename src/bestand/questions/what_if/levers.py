"""Every lever of a model in turn, and whether it changes the answer to a question.

A lever is one change: an option fixed at yes or at no, a party that does not move, a statement dropped, moved to the
front or exchanged with its neighbour, a rule dropped, a one-way option that can be changed back, a reading applied. The
question is one formula: is some equilibrium one in which it holds, and in what share of them does it? And of the
resting places that improvements lead to from today?

A lever weighs by the concepts under which it turns the answer round (what is reached counts as one more), then by the
largest change of the share, then by all changes of shares together. Shares are exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bestand.engine.choose import explicit
from bestand.engine.limits import Watch
from bestand.model.changing import changed, numbered
from bestand.model.errors import CallError, LimitReached, ModelError, Stop, TooManyStates
from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.model.sentences import (
    ApplyReading,
    Change,
    Drop,
    DropRule,
    Exchange,
    Free,
    HoldOption,
    HoldParty,
    Place,
    StatementRef,
)
from bestand.solve.batches import Batch, Batches

Kind = Literal["option", "party", "statement", "rule", "one-way option", "reading"]

_AT_ONCE = 2**19  # states of all variants that are looked at together


@dataclass(frozen=True, slots=True)
class Cell:
    """How many states of some set satisfy the formula, of how many."""

    found: int
    of: int

    @property
    def some(self) -> bool:
        """Whether any does."""
        return self.found > 0

    @property
    def share(self) -> Fraction:
        """Which part does; none of nothing."""
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
    cells : dict of str to Cell
        The equilibria, by concept.
    resting : Cell or None
        The resting places that are reached from today; None where there is no today.
    decides : bool
        Whether it leaves the formula true in no state at all, or in all: the words alone then answer the question.
    reason : str or None
        Why it cannot be tried; there are no cells then.
    """

    kind: Kind
    changes: tuple[Change, ...]
    cells: dict[str, Cell]
    resting: Cell | None = None
    decides: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Levers:
    """The levers of a model, those that change the answer most before the others.

    Parameters
    ----------
    formula : Formula
    concepts : tuple of str
    base : Tried
        The model as it is.
    tried : tuple of Tried
        In the order of what they change.
    failed : tuple of Tried
        Those that cannot be tried, with the reason.
    of : int
        How many there are; more than were tried where a limit was reached.
    stopped : Stop or None
        That limit.
    """

    formula: Formula
    concepts: tuple[str, ...]
    base: Tried
    tried: tuple[Tried, ...]
    failed: tuple[Tried, ...]
    of: int
    stopped: Stop | None = None

    def flips(self, tried: Tried) -> tuple[str, ...]:
        """The concepts under which the answer turns round; ``""`` stands for what is reached."""
        found = [concept for concept, cell in tried.cells.items() if cell.some != self.base.cells[concept].some]
        if tried.resting and self.base.resting and tried.resting.some != self.base.resting.some:
            found.append("")
        return tuple(found)

    def shifts(self, tried: Tried) -> tuple[Fraction, ...]:
        """By how much each share changes: the concepts, then what is reached."""
        found = [tried.cells[concept].share - self.base.cells[concept].share for concept in self.concepts]
        if tried.resting and self.base.resting:
            found.append(tried.resting.share - self.base.resting.share)
        return tuple(found)

    def changes_counts(self, tried: Tried) -> bool:
        """Whether it changes any number at all."""
        return tried.cells != self.base.cells or tried.resting != self.base.resting

    def weight(self, tried: Tried) -> tuple[int, Fraction, Fraction, bool]:
        """What levers are ordered by."""
        sizes = [abs(shift) for shift in self.shifts(tried)]
        return (
            len(self.flips(tried)),
            max(sizes, default=Fraction(0)),
            sum(sizes, Fraction(0)),
            self.changes_counts(tried),
        )


def levers(
    model: Model,
    formula: Formula,
    concepts: tuple[str, ...],
    common: tuple[Change, ...] = (),
    watch: Watch | None = None,
) -> Levers:
    """Pull every lever of a model, one at a time.

    Parameters
    ----------
    model : Model
    formula : Formula
    concepts : tuple of str
    common : tuple of Change
        Changes that are made before, such as readings. A lever that they have pulled already is left out.
    watch : Watch, optional
        Where a limit on time is reached, the levers that were tried by then are told.

    Raises
    ------
    CallError
        When the common changes cannot be made, or no feasible state of the model as it is satisfies the formula.
    ModelError
        When the model as it is has no feasible state.

    Notes
    -----
    The cost of one analysis for each lever; those that leave the rules alone are worked out several at a time.
    """
    watch = watch or Watch()
    start = changed(model, common)
    batches = Batches(watch.inner())
    ask = _Question(formula, concepts, batches)
    (base,) = ask.exactly([start])
    if not ask.possible:
        raise CallError(f"no feasible state satisfies '{text(formula)}', so there is no answer for a lever to change")
    pulled = _distinct(model, common, start)
    found: list[Tried] = []
    watch.phase("pulling levers", len(pulled))
    stopped = None
    try:
        for group in _groups(pulled, max(1, _AT_ONCE // ask.size)):
            answers = ask.of([lever.model for lever in group])
            for lever, answer in zip(group, answers, strict=True):
                found.append(_result(lever.kind, lever.changes, answer))
                watch.step()
    except LimitReached as error:
        stopped = error.stop
    made = Levers(formula, concepts, _result("option", (), base), (), (), len(pulled), stopped)
    tried = sorted((each for each in found if each.reason is None), key=made.weight, reverse=True)
    failed = (each for each in found if each.reason is not None)
    return replace(made, tried=tuple(tried), failed=tuple(failed))


@dataclass(frozen=True, slots=True)
class _Lever:
    kind: Kind
    changes: tuple[Change, ...]
    model: Model


def _distinct(model: Model, common: tuple[Change, ...], start: Model) -> list[_Lever]:
    """Every lever that makes another model of it, and one not made already."""
    made: dict[Model, _Lever] = {start: _Lever("option", (), start)}
    for kind, change in _all(model, common):
        try:
            new = changed(model, (*common, change))
        except CallError:  # what the common changes have left out
            continue
        made.setdefault(new, _Lever(kind, (change,), new))
    return [lever for lever in made.values() if lever.changes]


def _all(model: Model, common: tuple[Change, ...]) -> Iterator[tuple[Kind, Change]]:
    for option in model.options:
        yield "option", HoldOption(option.id, False)
        yield "option", HoldOption(option.id, True)
    if model.status_quo is not None:
        for party in model.parties:
            if party.options:
                yield "party", HoldParty(party.id)
    for party, order in numbered(model, common).items():
        refs = [StatementRef(party, number) for number, _ in order if number]
        for ref in refs:
            yield "statement", Drop(ref)
        for ref, after in pairwise(refs):
            yield "statement", Exchange(ref, after)
        for ref in refs[1:]:
            yield "statement", Place(ref, "before", refs[0])
    for number in range(1, len(model.rules) + 1):
        yield "rule", DropRule(number)
    for way in model.one_way:
        yield "one-way option", Free(way.option)
    for reading in model.readings:
        yield "reading", ApplyReading(reading.id)


def _groups(pulled: list[_Lever], most: int) -> Iterator[list[_Lever]]:
    """Levers that leave the states and moves alike together, so many at a time."""
    alike: dict[object, list[_Lever]] = {}
    for lever in pulled:
        new = lever.model
        alike.setdefault((new.rules, new.one_way, new.forbidden_moves, new.status_quo), []).append(lever)
    for group in alike.values():
        for first in range(0, len(group), most):
            yield group[first : first + most]


Counted = tuple[dict[str, Cell], Cell | None, bool]
Answer = Counted | str


class _Question:
    """A formula, put to models that have the same states and moves."""

    def __init__(self, formula: Formula, concepts: tuple[str, ...], batches: Batches) -> None:
        self._formula = formula
        self._concepts = concepts
        self._batches = batches
        self.size = 1
        self.possible = True  # whether the formula is true in some state of the models asked last

    def of(self, models: Sequence[Model]) -> list[Answer]:
        """The answer in each; where it cannot be said, why."""
        try:
            return [*self.exactly(models)]
        except ModelError as error:  # no state is left, or a ranking knows nothing of those that a rule excluded
            message = error.problems[0].message
            nothing = error.problems[0].code == "no-feasible-state"
            return ["no state is left that the rules allow" if nothing else message] * len(models)
        except TooManyStates as error:  # without the rule
            return [str(error)] * len(models)

    def exactly(self, models: Sequence[Model]) -> list[Counted]:
        """The answer in each. Raises `ModelError` or `TooManyStates` where there is none."""
        ((_, batch),) = self._batches.of(models)
        if batch is None:
            explicit(models[0])  # which says what is wrong
            raise AssertionError("a model that has states can be solved")  # pragma: no cover
        return self._counted(batch, len(models))

    def _counted(self, batch: Batch, count: int) -> list[Counted]:
        so = batch.geometry.holds(self._formula)
        self.possible = bool(so.any())
        self.size = max(self.size, batch.geometry.size)
        cells: list[dict[str, Cell]] = [{} for _ in range(count)]
        for concept in self._concepts:
            for cell, counted in zip(cells, _cells(batch.equilibria(concept), so), strict=True):
                cell[concept] = counted
        reached = batch.reached("improvements")
        resting = [None] * count if reached is None else _cells(reached & batch.equilibria("nash"), so)
        decides = not so.any() or bool(so.all())
        return [(of_concepts, at_rest, decides) for of_concepts, at_rest in zip(cells, resting, strict=True)]


def _cells(members: NDArray[np.bool_], so: NDArray[np.bool_]) -> list[Cell]:
    """How many members of each row satisfy, of how many."""
    return [Cell(int(np.count_nonzero(row & so)), int(np.count_nonzero(row))) for row in members]


def _result(kind: Kind, changes: tuple[Change, ...], answer: Answer) -> Tried:
    if isinstance(answer, str):
        return Tried(kind, changes, {}, reason=answer)
    return Tried(kind, changes, *answer)
