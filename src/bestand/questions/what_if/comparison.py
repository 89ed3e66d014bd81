"""What changes when a model is changed: which equilibria stay, which go, and which are new.

The two models need not have the same feasible states: a rule more takes states away, a rule less brings some. So states
are compared by what they are, not by where they stand in a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bestand.answer.answer import frozen
from bestand.answer.given import formula_of
from bestand.answer.setting import Setting
from bestand.engine.limits import Watch
from bestand.engine.patterns import cover
from bestand.model.changing import changed
from bestand.model.errors import CallError, LimitReached, ModelError, Stop, TooManyStates
from bestand.model.formula import Formula
from bestand.model.language import parse_changes
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.scope import LanguageError
from bestand.model.sentences import By, Change
from bestand.model.values import FrozenMap
from bestand.model.wording import changes_text
from bestand.plan.ruling import ruling
from bestand.plan.ruling_values import Ruling
from bestand.plan.terms import askable_terms, lost_no_deal
from bestand.solve.by import kind_or_drift, no_drift
from bestand.solve.reach import Reach
from bestand.solve.solution import Bools, Solution
from bestand.stability.registry import chosen

from .answer import Both, Difference, Drift, Pattern, Reached, Row, Side, Today, Turnover, WhatIf

T = TypeVar("T")
Reason = Message | None  # why nobody is followed by drift, where nobody said by which moves to go on


def what_if(
    setting: Setting,
    changes: str | Iterable[str | Change],
    where: str | Formula | None = None,
    concepts: Iterable[str] | None = None,
    engine: str | None = None,
    most: int | None = None,
    by: str | None = None,
) -> WhatIf:
    """Solve a model and what changes make of it, and return how their equilibria differ.

    Parameters
    ----------
    setting : Setting
        Where its limit on time is reached, the concepts that are finished in both models are compared.
    changes : str or iterable of (str or Change)
    where : str or Formula, optional
        What is asked about the equilibria; the model's plan where None.
    concepts : iterable of str, optional
    engine : str, optional
    most : int, optional
        How many equilibria that go, and that are new, are named under each concept.
    by : str, optional
        Which moves lead on from today; where None drift, if there is a formula and nothing hinders it, else
        improvements.

    Raises
    ------
    CallError
        When a change cannot be read or made, or leaves no state feasible, or there is none; when nobody moves, or can
        be followed, by such moves.
    ModelError
        When the model itself is not valid.
    TooManyStates
        When the states are too many to list.

    Notes
    -----
    The cost of two analyses.
    """
    if most is not None and most < 0:
        raise CallError(f"--list {most}: give 0 or more")
    model, asked = setting.under, chosen(concepts)
    made = changes_of(changes, model)
    formula = model.plan if where is None else formula_of(where, model)
    kind, instead = _kind(by, model, formula)
    before = Solution(model, engine, setting.watch)
    after = solved(model, made, engine, setting.watch)
    for solution in (before, after):
        solution.finish(asked)
    if by is None and kind == "drift":
        kind, instead = _followed(before, after)
    return _Comparison(setting, made, formula, (before, after), kind, instead).answer(asked, most)


def _kind(by: str | None, model: Model, formula: Formula | None) -> tuple[By, Reason]:
    """Return which moves are followed, and what hinders a drift that nobody asked for. Without a formula it is none."""
    if by is None and formula is None:
        return "improving", None
    return kind_or_drift(by, no_drift(model))


def _followed(*solutions: Solution) -> tuple[By, Reason]:
    """Follow the drift; where that takes more than anybody goes through, improvements, with the reason.

    Another limit that is reached on the way is for whoever asks again.
    """
    try:
        for solution in solutions:
            solution.reach("drift")
    except TooManyStates as error:
        return "improving", error.stop.message
    except LimitReached:
        return "drift", None
    return "drift", None


def changes_of(changes: str | Iterable[str | Change], model: Model) -> tuple[Change, ...]:
    """Return changes, read where they are text. Raises `CallError` where one cannot be read, or there is none."""
    made: list[Change] = []
    for change in [changes] if isinstance(changes, str) else changes:
        if not isinstance(change, str):
            made.append(change)
            continue
        if not change.strip():
            raise CallError("what if what? An empty text is no change; give one, such as 'usa 2 dropped'")
        try:
            made.extend(parse_changes(change, model.scope()))
        except LanguageError as error:
            raise CallError(str(error)) from error
    if not made:
        raise CallError("what if what? Give a change in quotes, such as 'usa 2 dropped', or --levers for all of them")
    return tuple(made)


def solved(model: Model, changes: tuple[Change, ...], engine: str | None, watch: Watch) -> Solution:
    """Return the solution of the changed model; a change that makes it impossible is a fault of the call."""
    new = changed(model, changes)
    try:
        solution = Solution(new, engine, watch)
    except ModelError as error:
        why = error.problems[0].message
        if error.problems[0].code == "no-feasible-state":
            why = "no state is left that the rules allow"
        raise CallError(f"'{changes_text(changes)}': {why}") from error
    if new.rules != model.rules and (lost := lost_no_deal(new, solution.feasible)):
        raise CallError(f"'{changes_text(changes)}': {lost}")
    return solution


class _Comparison:
    """Two solved models, and what is told of how they differ."""

    def __init__(
        self,
        setting: Setting,
        changes: tuple[Change, ...],
        formula: Formula | None,
        solutions: tuple[Solution, Solution],
        by: By,
        instead: Reason,
    ) -> None:
        self.setting, self.changes, self.formula = setting, changes, formula
        self.by, self.instead = by, instead
        before, after = solutions
        self.stopped: Stop | None = before.stopped or after.stopped
        self.before, self.after = (
            _Solved(each, formula, self.granted(lambda each=each: each.reach(by))) for each in solutions
        )

    def granted(self, work: Callable[[], T]) -> T | None:
        """Do work that an answer can do without; None once a limit is reached."""
        if self.stopped is None:
            try:
                return work()
            except LimitReached as error:
                self.stopped = error.stop
        return None

    def answer(self, concepts: tuple[str, ...], most: int | None) -> WhatIf:
        """Return the answer about those concepts that are finished in both models."""
        before, after = self.before, self.after
        whole = [each for each in concepts if before.solution.complete(each) and after.solution.complete(each)]
        differences = tuple(map(self._difference, whole))
        drift = self.granted(self._drift)
        rulings = self.granted(lambda: (before.ruling(), after.ruling()))
        return WhatIf(
            before.solution.model,
            after.solution.model,
            self.changes,
            self.formula,
            Both(before.solution.count, after.solution.count),
            None if before.true is None or after.true is None else Both(int(before.true.sum()), int(after.true.sum())),
            differences,
            self._today(whole),
            drift,
            self.by,
            self.instead,
            rulings or (None, None),
            self.setting.readings,
            most,
            self.stopped,
        )

    def _difference(self, concept: str) -> Difference:
        before, after = self.before, self.after
        was, now = before.solution.equilibria(concept), after.solution.equilibria(concept)
        gone, new = was & ~np.isin(before.states, after.states[now]), now & ~np.isin(after.states, before.states[was])
        return Difference(
            concept,
            before.side(was),
            after.side(now),
            frozen(before.states[was & ~gone]),
            self._turnover(before, gone),
            self._turnover(after, new),
            int((~np.isin(before.states[gone], after.states)).sum()),
        )

    def _turnover(self, solved: _Solved, members: Bools) -> Turnover:
        order = nearest(solved.solution, members, solved.reach)
        moves = np.full(len(order), -1) if solved.reach is None else solved.reach.distance[order].astype(np.int64)
        patterns = self.granted(lambda: solved.patterns(members))
        return Turnover(frozen(solved.states[order]), frozen(moves), patterns)

    def _today(self, concepts: list[str]) -> Today | None:
        before, after = self.before, self.after
        if before.today is None:
            return None
        stable = {concept: (before.stable_today(concept), after.stable_today(concept)) for concept in concepts}
        return Today(before.today, after.today, FrozenMap(stable))

    def _drift(self) -> Drift | None:
        was, now = self.before.reached(), self.after.reached()
        if was is None or now is None:
            return None
        return Drift(was, now, len(np.intersect1d(was.resting, now.resting)))


class _Solved:
    """One of the two models: its solution, where the formula is true, and where moves of a kind lead from today."""

    def __init__(self, solution: Solution, formula: Formula | None, reach: Reach | None) -> None:
        self.formula = formula
        self.solution, self.states, self.reach = solution, solution.space.states, reach
        self.true: Bools | None = None if formula is None else solution.space.holds(formula)

    @property
    def today(self) -> int | None:
        """The status quo as a bit mask; None where there is none that can occur."""
        at = self.solution.space.status_quo
        return None if at is None else int(self.states[at])

    def stable_today(self, concept: str) -> Row:
        """Return for whom the status quo is stable; nothing where there is none."""
        at = self.solution.space.status_quo
        return () if at is None else tuple(self.solution.stable(concept)[:, at].tolist())

    def satisfying(self, members: Bools) -> int | None:
        """Return in how many of some states the formula is true."""
        return None if self.true is None else int(np.count_nonzero(members & self.true))

    def side(self, members: Bools) -> Side:
        """Return how many equilibria there are, and of the kind asked about."""
        return Side(int(np.count_nonzero(members)), self.satisfying(members))

    def patterns(self, members: Bools) -> tuple[Pattern, ...]:
        """Sum up some states: those that are reached from today before the others."""
        reached = np.zeros_like(members) if self.reach is None else self.reach.reached
        watch, options = self.solution.watch, len(self.solution.model.options)
        watch.phase("summing up equilibria")
        patterns = []
        for part, so in ((members & reached, True), (members & ~reached, False)):
            for pattern in cover(part, self.states, options):
                watch.step()
                patterns.append(Pattern(pattern.bits, pattern.count, so))
        return tuple(patterns)

    def ruling(self) -> Ruling | None:
        """Return the verdict on the formula as a plan; None where there is nobody to ask."""
        if self.formula is None:
            return None
        terms = askable_terms(self.solution.model, self.solution.feasible, self.formula)
        if terms is None:
            return None
        return ruling(self.solution.engine, terms, watch=self.solution.watch)

    def reached(self) -> Reached | None:
        """Return where the moves followed lead from the status quo; None where there is none."""
        if self.reach is None:
            return None
        resting = self.solution.ends_reached(self.reach.by)
        assert resting is not None, "there is a state to start from"
        return Reached(int(self.reach.reached.sum()), frozen(self.states[resting]), self.satisfying(resting))


def nearest(solution: Solution, members: Bools, reach: Reach | None) -> NDArray[np.intp]:
    """Return the indices of some states: those that few moves lead to first, then those that differ least from today.

    Parameters
    ----------
    solution : Solution
    members : (S,) bool
    reach : Reach or None
        Where moves lead from today. The states are in their own order without it.

    Notes
    -----
    O(S + n log n) for n members.
    """
    at = np.flatnonzero(members)
    if reach is None:
        return at
    distance = reach.distance[at].astype(np.int64)
    distance[distance < 0] = np.iinfo(np.int64).max
    apart = np.bitwise_count(solution.space.states[at] ^ solution.space.states[reach.start])
    return at[np.lexsort((at, apart, distance))]
