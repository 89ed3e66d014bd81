"""Every lever of a model in turn, and whether it changes the answer to a question.

A lever is one change: an option fixed at yes or at no, a party that does not move, a statement dropped, moved to the
front or exchanged with its neighbour (with any of a level that stands beside its own), a rule dropped, a one-way option
that can be changed back, a reading applied. The question is one formula: what is the verdict on it, put to the parties
as a plan? Is some equilibrium one in which it holds, and in what share of them does it? And of the resting places that
drift, or another kind of moves, leads to from today?

A lever weighs by how far it changes the verdict; then by the concepts under which it turns the answer round (what is
reached counts as one more), by the largest change of the share, and by all changes of shares together. Shares are exact
fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from bestand.answer.given import formula_of
from bestand.answer.setting import Setting
from bestand.engine.choose import explicit
from bestand.engine.flips import Indices
from bestand.engine.limits import Watch
from bestand.model.changing import changed, levelled
from bestand.model.errors import CallError, LimitReached, ModelError, Stop, TooManyStates
from bestand.model.formula import Formula, text
from bestand.model.language import parse_changes
from bestand.model.message import Message, message
from bestand.model.model import Model
from bestand.model.scope import LanguageError
from bestand.model.sentences import (
    ApplyReading,
    By,
    Change,
    Drop,
    DropRule,
    Exchange,
    Free,
    HoldOption,
    HoldParty,
    Place,
    StatementRef,
    Untie,
)
from bestand.model.values import FrozenMap
from bestand.plan.beside import abreast
from bestand.plan.ruling_values import Kind
from bestand.plan.verdicts import Verdicts
from bestand.solve.batches import Batch, Batches
from bestand.solve.by import kind_or_drift, no_drift
from bestand.solve.drift import drift
from bestand.stability.registry import chosen

from .answer import Cell, LeverKind, Levers, Tried

_AT_ONCE = 2**22  # states of all variants that are looked at together


def levers(
    setting: Setting,
    where: str | Formula | None = None,
    concepts: Iterable[str] | None = None,
    most: int | None = None,
    by: str | None = None,
    batches: Batches | None = None,
) -> Levers:
    """Pull every lever of a model, one at a time, and return what each changes.

    Parameters
    ----------
    setting : Setting
        Its readings are applied before. A lever that they have pulled already is left out. Where its limit on time is
        reached, the levers that were tried by then are told.
    where : str or Formula, optional
        The question; the model's plan where None.
    concepts : iterable of str, optional
    most : int, optional
        How many levers are told.
    by : str, optional
        Which moves lead on from today; drift where it can be followed, else improvements, where None.
    batches : Batches, optional
        Keeps what others have worked out already about variants of the model.

    Raises
    ------
    CallError
        When the readings cannot be applied, there is no question, no feasible state of the model as it is satisfies the
        formula, or nobody moves, or can be followed, by such moves.
    ModelError
        When the model as it is has no feasible state.

    Notes
    -----
    The cost of one analysis for each lever; those that leave the rules alone are worked out several at a time.
    """
    if most is not None and most < 0:
        raise CallError(f"--list {most}: give 0 or more")
    formula, asked, watch = _question(where, setting.model), chosen(concepts), setting.watch
    kind, instead = kind_or_drift(by, no_drift(setting.under))
    ask = _Question(formula, asked, kind, batches or Batches(watch.inner(), asked), watch.inner())
    (base,) = ask.exactly([setting.under])
    if not ask.possible:
        raise CallError(f"no feasible state satisfies '{text(formula)}', so there is no answer for a lever to change")
    pulled = _distinct(setting.model, setting.changes, setting.under)
    results: list[Tried] = []
    watch.phase("pulling levers", len(pulled))
    stopped = None
    try:
        together = 1 if setting.model.coalesced else max(1, _AT_ONCE // ask.size)  # not all tell alike what is one
        for group in _groups(pulled, together):
            counts = ask.of([lever.model for lever in group])
            for lever, counted in zip(group, counts, strict=True):
                results.append(_result(lever.kind, lever.changes, counted))
                watch.step()
    except LimitReached as error:
        stopped = error.stop
    as_it_is = _result("option", (), base)
    results = [replace(each, crosses=tuple(p for p in each.crosses if p not in as_it_is.crosses)) for each in results]
    answer = Levers(
        setting.model, formula, asked, as_it_is, (), (), len(pulled), kind, instead, setting.readings, most, stopped
    )
    tried = sorted((each for each in results if each.reason is None), key=answer.weight, reverse=True)
    failed = (each for each in results if each.reason is not None)
    return replace(answer, tried=tuple(tried), failed=tuple(failed))


def _question(where: str | Formula | None, model: Model) -> Formula:
    """Return the formula that the question is about: the one given, else the model's plan.

    Raises
    ------
    CallError
        Where there is neither, or what is given is no formula.
    """
    if where is None:
        where = model.plan
    if where is None:
        names = [*model.outcome, *(option.id for option in model.options)]
        such = f", such as '{names[0]}'" if names else ""
        raise CallError(f"which question? The model has no plan; give a formula to ask about{such} (--where)")
    try:
        return formula_of(where, model)
    except CallError:
        if _is_change(where, model):
            raise CallError(
                "--levers tries every single change by itself; leave out the changes, or --levers"
            ) from None
        raise


def _is_change(text: str | Formula, model: Model) -> bool:
    """Find out whether a text that is no formula is a change."""
    try:
        return isinstance(text, str) and bool(parse_changes(text, model.scope()))
    except LanguageError:
        return False


@dataclass(frozen=True, slots=True)
class _Lever:
    kind: LeverKind
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


def _all(model: Model, common: tuple[Change, ...]) -> Iterator[tuple[LeverKind, Change]]:
    for option in model.options:
        yield "option", HoldOption(option.id, False)
        yield "option", HoldOption(option.id, True)
    if model.status_quo is not None:
        for party in model.parties:
            if party.options:
                yield "party", HoldParty(party.id)
    for party, levels in levelled(model, common).items():
        named = [[StatementRef(party, number) for number, _ in level if number] for level in levels]
        order = [level for level in named if level]
        refs = [ref for level in order for ref in level]
        for ref in refs:
            yield "statement", Drop(ref)
        for upper, lower in pairwise(order):
            for ref, after in product(upper, lower):
                yield "statement", Exchange(ref, after)
        for ref in refs:
            if ref != refs[0]:
                yield "statement", Place(ref, "before", refs[0])
            elif len(order[0]) > 1:
                yield "statement", Place(ref, "before", refs[1])
    for number in range(1, len(model.rules) + 1):
        yield "rule", DropRule(number)
    for way in model.one_way:
        yield "one-way option", Free(way.option)
    for tie in model.commitments:
        yield "commitment", Untie(tie.id)
    for reading in model.told_readings:
        yield "reading", ApplyReading(reading.id)


def _groups(pulled: list[_Lever], most: int) -> Iterator[list[_Lever]]:
    """Levers that leave the states and moves alike together, so many at a time."""
    alike: dict[object, list[_Lever]] = {}
    for lever in pulled:
        new = lever.model
        alike.setdefault(
            (new.rules, new.one_way, new.forbidden_moves, new.status_quo, new.commitments, new.plans), []
        ).append(lever)
    for group in alike.values():
        for first in range(0, len(group), most):
            yield group[first : first + most]


Counted = tuple[Mapping[str, Cell], Cell | None, bool, Kind | None, tuple[str, ...]]
Reason = Message | Stop  # why there is no answer


class _Question:
    """A formula, put to models that have the same states and moves."""

    def __init__(self, formula: Formula, concepts: tuple[str, ...], by: By, batches: Batches, watch: Watch) -> None:
        self._formula = formula
        self._verdicts = Verdicts(formula, watch, spaces=batches.spaces)
        self._concepts = concepts
        self._by: By = by
        self._batches, self._watch = batches, watch
        self.size = 1
        self.possible = True  # whether the formula is true in some state of the models asked last

    def of(self, models: Sequence[Model]) -> list[Counted | Reason]:
        """Return the answer in each; where it cannot be said, why."""
        try:
            return [*self.exactly(models)]
        except ModelError as error:  # no state is left, or a ranking knows nothing of those that a rule excluded
            problem = error.problems[0]
            nothing = message("no state is left that the rules allow")
            return [nothing if problem.code == "no-feasible-state" else Message(problem.message)] * len(models)
        except TooManyStates as error:  # without the rule
            return [error.stop] * len(models)

    def exactly(self, models: Sequence[Model]) -> list[Counted]:
        """Return the answer in each. Raises `ModelError` or `TooManyStates` where there is none."""
        ((_, batch),) = self._batches.of(models)
        if batch is None:
            explicit(models[0])  # which says what is wrong
            raise AssertionError("a model that has states can be solved")  # pragma: no cover
        return self._counted(batch, models)

    def _counted(self, batch: Batch, models: Sequence[Model]) -> list[Counted]:
        so = batch.geometry.holds(self._formula)
        self.possible = bool(so.any())
        self.size = max(self.size, batch.geometry.size)
        cells: list[dict[str, Cell]] = [{} for _ in models]
        for concept in self._concepts:
            for cell, counted in zip(cells, _cells(batch.equilibria(concept), so), strict=True):
                cell[concept] = counted
        decides = not so.any() or bool(so.all())
        kinds, drifted = self._judged(models)
        resting = self._resting(batch, models, drifted)
        crossed = [_crossed(batch, model, so) for model in models]
        at_rest = [None if here is None else Cell(int(np.count_nonzero(so[here])), len(here)) for here in resting]
        return [
            (FrozenMap(of_concepts), cell, decides, kind, lines)
            for of_concepts, cell, kind, lines in zip(cells, at_rest, kinds, crossed, strict=True)
        ]

    def _judged(self, models: Sequence[Model]) -> tuple[list[Kind | None], dict[int, Indices]]:
        """Return the verdict on the formula in each model; and what drift from today comes to, where that is known."""
        kinds: list[Kind | None] = [None] * len(models)
        drifted: dict[int, Indices] = {}
        for these, plans in abreast(models, self._formula, self._watch, self._batches.spaces):
            for k, v in enumerate(these):
                kinds[v] = self._verdicts.of(models[v]) if plans is None else plans.kinds[k]
                if plans is not None:
                    drifted[v] = plans.resting(k)
        return kinds, drifted

    def _resting(
        self, batch: Batch, models: Sequence[Model], drifted: Mapping[int, Indices]
    ) -> Sequence[Indices | None]:
        """Return the resting places that moves from today lead to in each model; None where there is no today."""
        start = batch.geometry.status_quo()
        if start is None:
            return [None] * len(models)
        if self._by == "drift":
            return [drifted[v] if v in drifted else self._drifted(model, start) for v, model in enumerate(models)]
        reached = batch.reached(self._by)
        assert reached is not None, "there is a today"
        return [np.flatnonzero(states) for states in reached & batch.ends(self._by)]

    def _drifted(self, model: Model, start: int) -> Indices:
        """Return the resting places that one model drifts to from today."""
        purpose = self._verdicts.purpose(model)
        states = np.zeros(purpose.space.size, bool)
        states[drift(purpose, [start]).states] = True
        return np.flatnonzero(purpose.still(states))


def _crossed(batch: Batch, model: Model, so: NDArray[np.bool_]) -> tuple[str, ...]:
    """Return the parties whose red line is crossed wherever the formula is true."""
    lines = model.red_lines.items()
    return tuple(party for party, line in lines if so.any() and bool(batch.geometry.holds(line)[so].all()))


def _cells(members: NDArray[np.bool_], so: NDArray[np.bool_]) -> list[Cell]:
    """Return how many members of each row satisfy, of how many."""
    return [_cell(row, so) for row in members]


def _cell(row: NDArray[np.bool_], so: NDArray[np.bool_]) -> Cell:
    return Cell(int(np.count_nonzero(row & so)), int(np.count_nonzero(row)))


def _result(kind: LeverKind, changes: tuple[Change, ...], counted: Counted | Reason) -> Tried:
    if isinstance(counted, tuple):
        return Tried(kind, changes, *counted)
    return Tried(kind, changes, FrozenMap(), reason=counted)
