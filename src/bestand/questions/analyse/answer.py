"""What is stable, for whom: the question ``analyse``, and its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from bestand.answer.answer import Answer, Drawings, frozen
from bestand.answer.given import formula_of
from bestand.answer.setting import Setting, names
from bestand.document.blocks import Block
from bestand.document.picture import Picture
from bestand.doubts.ranked import Doubts
from bestand.engine.choose import Reason
from bestand.engine.sets import ListedStates, StateSet
from bestand.model.errors import CallError, LimitReached, Stop, TooManyStates, nearest
from bestand.model.formula import Formula
from bestand.model.message import message
from bestand.model.model import Model
from bestand.model.values import FrozenMap
from bestand.plan.holding import Holding, holding, reaching
from bestand.plan.ruling import BESIDE
from bestand.plan.ruling_values import Kind, Ruling
from bestand.solve.solution import Solution, solve
from bestand.stability.registry import chosen
from bestand.witness.explanation import Explanation, explanation_of

from . import data, words
from .drift import Drift, OnPurpose, drift_of, on_purpose
from .equilibria import (
    Columns,
    Equilibria,
    equilibria_of,
    single_columns,
    summed_up,
    with_loose,
    with_reached,
)
from .picture import PICTURES, PictureValues, check_drawable, drawings
from .picture_values import picture_values
from .plan import beside, plan_part, ruling_of
from .today import Today, today_of

if TYPE_CHECKING:
    from bestand.engine.symbolic import SymbolicEngine


MOST_LISTED = 1000  # equilibria of a concept, unless told
CHEAP = 2**16  # states up to which they are listed unasked


@dataclass(frozen=True)
class Listed:
    """The feasible states one by one.

    Parameters
    ----------
    states : (S,) uint64
        Bit masks, ascending.
    ranks : (P, S) int32
        Higher is preferred; only the order inside a row means anything.
    """

    states: NDArray[np.uint64]
    ranks: NDArray[np.int32]


class PartySets(Mapping[str, StateSet]):
    """A set of states for every party, by its id; its index serves as well."""

    def __init__(self, sets: Mapping[str, StateSet]) -> None:
        self._sets = dict(sets)

    def __getitem__(self, party: str | int) -> StateSet:
        return list(self._sets.values())[party] if isinstance(party, int) else self._sets[party]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sets)

    def __len__(self) -> int:
        return len(self._sets)


@dataclass(frozen=True)
class Tally:
    """How far the verdicts came that a limit stopped.

    Parameters
    ----------
    stable : FrozenMap of str to tuple of (int or None)
        By concept, then by party: in how many states the party has no reason to move; None where that is not finished.
    common : FrozenMap of str to (int or None)
        By concept: how many states are stable for every party whose verdict is finished; None where nobody knows.
    backend : str or None
        Which decision diagrams hold the sets of states; None where states are listed.
    """

    stable: FrozenMap[str, tuple[int | None, ...]]
    common: FrozenMap[str, int | None]
    backend: str | None


@dataclass(frozen=True, eq=False, repr=False)
class Result(Answer):
    """What holds in a model.

    Over listed states ``stable[concept]`` is a (P, S) and ``equilibria[concept]`` an (S,) array of bool. Over sets of
    states (``engine="symbolic"``) ``stable[concept][party]``, by id or index, and ``equilibria[concept]`` are sets:
    ``count()``, ``in``, ``first(k)``, ``patterns()``, ``&`` with each other and with a formula.

    Parameters
    ----------
    model : Model
        The model that was analysed, readings applied.
    readings : tuple of str
    stopped : Stop or None
        The limit that was reached; None where everything is finished.
    concepts : tuple of str
        In the order asked for.
    engine : str
        The engine that computed it.
    because : Reason
        Why this engine; ``str`` says it.
    feasible : int
        How many states are feasible.
    stable, equilibria : FrozenMap
        By concept; where a limit was reached, those that every party has its verdict under.
    unfinished : FrozenMap of str to (FrozenMap of str to set or array)
        By other concepts, then by party: the verdicts that there are.
    listed : Listed or None
        The states; None over sets of states.
    where : Formula or None
        Which equilibria are looked into; all where None.
    tally : Tally or None
        How far the verdicts came, where a limit left nothing else to tell; None where there is more.
    groups : tuple of Equilibria
        The equilibria, those of concepts that have the same ones together.
    plan : Holding or None
        Where the model's plan is an equilibrium, if it names one.
    today : Today or None
        The verdicts on the status quo, where there is one.
    today_column : Columns or None
        The status quo beside the equilibria.
    on_purpose : OnPurpose or None
        What is reached from there by what the parties do on purpose; None as ``drift``, and where nobody has options.
    drift : tuple of Drift or None
        Where things go from the status quo; empty where there is none, None where a limit was reached before.
    pictures : PictureValues
        What pictures show.
    ruling : Ruling or None
        The verdict on the plan as a joint signature; None without a plan or a status quo.
    turns : FrozenMap of str to Kind, or None
        The readings each of which alone would change the verdict, and to what; None where nobody tried.
    called : str
        What the caller calls the model, for the commands that are told.
    doubts : tuple of Doubts or None
        What is doubtful about the model, those that weigh most first; None where there is no verdict, or nobody looked.
    full : bool
        Whether the words tell everything, also where a plan makes them short.
    """

    model: Model
    readings: tuple[str, ...]
    stopped: Stop | None
    concepts: tuple[str, ...]
    engine: str
    because: Reason
    feasible: int
    stable: FrozenMap[str, Any]
    equilibria: FrozenMap[str, Any]
    unfinished: FrozenMap[str, FrozenMap[str, Any]]
    listed: Listed | None
    where: Formula | None = None
    tally: Tally | None = None
    groups: tuple[Equilibria, ...] = ()
    plan: Holding | None = None
    today: Today | None = None
    today_column: Columns | None = None
    drift: tuple[Drift, ...] | None = None
    on_purpose: OnPurpose | None = None
    pictures: PictureValues = PictureValues()  # noqa: RUF009 - immutable
    ruling: Ruling | None = None
    doubts: tuple[Doubts, ...] | None = None
    turns: FrozenMap[str, Kind] | None = None
    called: str = "MODEL"
    full: bool = False

    _undrawn = "there is no picture of an answer that a limit stopped"

    @property
    def finished(self) -> Mapping[str, Mapping[str, Any]]:
        """By concept, then by party: every verdict that there is, whatever stopped the rest."""
        return FrozenMap({concept: self.unfinished.get(concept) or self._rows(concept) for concept in self.concepts})

    def _rows(self, concept: str) -> FrozenMap[str, Any]:
        if concept not in self.stable:
            return FrozenMap()
        return FrozenMap({party: self.stable[concept][i] for i, party in enumerate(self.parties)})

    @property
    def parties(self) -> tuple[str, ...]:
        """Party ids; rows of ``ranks`` and ``stable``."""
        return tuple(self.model.party)

    @property
    def options(self) -> tuple[str, ...]:
        """Option ids; option k is bit k of a state."""
        return tuple(self.model.bit)

    @property
    def states(self) -> NDArray[np.uint64]:
        """(S,): the feasible states as bit masks, ascending. Raises `TooManyStates` where only sets are known."""
        if self.listed is None:
            raise TooManyStates(
                "the symbolic engine lists no states, and so no states: there are {count}", count=self.feasible
            )
        return self.listed.states

    @property
    def ranks(self) -> NDArray[np.int32]:
        """(P, S): higher is preferred; only the order inside a row means anything. Raises `TooManyStates` as above."""
        if self.listed is None:
            raise TooManyStates(
                "the symbolic engine lists no states, and so no ranks: there are {count}", count=self.feasible
            )
        return self.listed.ranks

    def group(self, concept: str) -> Equilibria | None:
        """Return the equilibria of a concept; None where they are not known."""
        return next((group for group in self.groups if concept in group.concepts), None)

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self, width)

    def _brief(self) -> str:
        return ", ".join(f"{c} {group.total}" for c in self.concepts if (group := self.group(c)) is not None)

    def picture(self, name: str | None = None, lang: str | None = None) -> Picture:
        if self.listed is None:
            raise CallError("the states of this model are too many to list, and pictures are drawn of listed states")
        if self.stopped is None:
            if name == "tree" and self.today is None:
                raise CallError("the file does not say how things stand today (status_quo)")
            if name == "plan" and self.ruling is None:
                raise CallError("there is no verdict to draw: the file has no plan, or does not say how things stand")
            check_drawable(name, self.pictures)
        return super().picture(name, lang)

    picture.__doc__ = Answer.picture.__doc__

    def _pictures(self) -> Drawings:
        return drawings(self.model, self.pictures)

    def explain(self, state: str | int, party: str, concept: str) -> Explanation:
        """Ask why a state is stable for a party, or is not.

        Parameters
        ----------
        state : str or int
            ``status-quo``, bits, a label, the yes options with commas between them, or a row of ``states``.
        party : str
        concept : str

        Raises
        ------
        CallError
            For an unknown state, party or concept, or a state that is not feasible. Over sets of states, also for a
            concept of best moves, and for a row.

        Notes
        -----
        The model is solved again as far as that takes, the first time. A few closures over all states; over sets of
        states the one state is asked about, and not the verdict on all.

        Examples
        --------
        >>> import bestand
        >>> why = bestand.analyse("textbook/prisoners-dilemma").explain("11", "P2", "nash")
        >>> why.stable, why.words().split(". ")[1]
        (False, 'The second prisoner can improve: it testifies against the other')
        """
        return explanation_of(self._solution, state, party, concept)

    @cached_property
    def _solution(self) -> Solution:
        """Return what further questions about the same model are put to."""
        return solve(self.model, self.engine)


def ask(
    setting: Setting,
    concepts: str | Iterable[str] | None = None,
    engine: str | None = None,
    where: str | Formula | None = None,
    most: int | None = None,
    draw: str | Iterable[str] | None = None,
    *,
    full: bool = False,
) -> Result:
    """Work out what holds in a model, as far as the limits allow.

    Parameters
    ----------
    setting : Setting
    concepts : iterable of str, optional
        The usual ones unless told.
    engine : str, optional
    where : str or Formula, optional
        Which equilibria to look into.
    most : int, optional
        How many equilibria of a concept to list.
    draw : iterable of str, optional
        Which pictures will be drawn.
    full : bool
        Whether the words tell everything.

    Raises
    ------
    CallError
        For an unknown concept, engine, reading or picture, a formula that cannot be read, or fewer than 0 equilibria to
        list.
    LimitReached
        When a limit is reached before any state is known; `TooManyStates` when no engine can hold the states.
    """
    wanted = chosen(concepts)
    if most is not None and most < 0:
        raise CallError(f"list {most}: give 0 or more")
    drawn = _drawn(setting, draw)
    formula = None if where is None else formula_of(where, setting.under)
    try:
        solution = solve(setting.under, engine, setting.watch)
        if setting.form == "words" and not (full or concepts or where) and (found := plan_part(setting, solution)):
            few = _unsolved(solution, wanted, setting.readings)  # no more than will be shown
            return replace(few, **found, called=setting.name)
        solution.finish(wanted)
        most = _most(setting, solution) if most is None else most
        result = worked_out(solution, wanted, setting.readings, formula, most, drawn)
        result = replace(result, full=full or bool(concepts or where), called=setting.name)
        if setting.form is None and result.ruling is not None:
            result = replace(result, **beside(setting, solution, result.ruling))
        setting.watch.rest()
    except LimitReached as error:
        error.known = data.nothing_finished()
        raise
    return result


def _unsolved(solution: Solution, concepts: tuple[str, ...], readings: tuple[str, ...]) -> Result:
    """Return an answer about the states alone."""
    about = solution.engine.name, solution.because, solution.count
    none: FrozenMap[str, Any] = FrozenMap()
    return Result(solution.model, readings, None, concepts, *about, none, none, none, _listed(solution))


def _drawn(setting: Setting, draw: str | Iterable[str] | None) -> tuple[str, ...] | None:
    """Return which pictures will be drawn; None where nobody knows. Raises `CallError` for an unknown one."""
    wanted = names(draw)
    if setting.form == "picture":
        wanted = (setting.picture or PICTURES[0],)
    for name in wanted:
        if name not in PICTURES:
            hint = nearest(name, PICTURES)
            raise CallError(
                f"there is no picture '{name}'; {f'{hint} ' if hint else ''}pictures: {', '.join(PICTURES)}"
            )
    return wanted if wanted or setting.form in ("words", "json") else None


def _most(setting: Setting, solution: Solution) -> int | None:
    """How many equilibria of a concept to list unless told: none where nobody can want them, or that takes long."""
    if setting.form == "json":
        return MOST_LISTED
    cheap = solution.lists and solution.count <= CHEAP
    return MOST_LISTED if cheap and setting.form is None else None


def worked_out(
    solution: Solution,
    concepts: tuple[str, ...],
    readings: tuple[str, ...] = (),
    where: Formula | None = None,
    most: int | None = None,
    draw: tuple[str, ...] | None = (),
) -> Result:
    """Return the answer that a solution gives, as far as its watch allows.

    Parameters
    ----------
    solution : Solution
        Finished under the concepts, or stopped.
    concepts : tuple of str
    readings : tuple of str
        Those that were applied to the model.
    where : Formula, optional
        Which equilibria to look into.
    most : int, optional
        How many equilibria of a concept to list; what only lists need is left out where None.
    draw : tuple of str, optional
        Which pictures will be drawn; those that are cheap where None.
    """
    fields = _verdicts(solution, concepts)
    stopped = solution.stopped
    try:
        for part in _parts(solution, tuple(fields["stable"]), where, most):
            fields |= part
        if solution.lists and not stopped:
            fields["pictures"] = replace(picture_values(solution, concepts, draw), ruling=fields.get("ruling"))
    except LimitReached as error:
        stopped = stopped or error.stop
    except MemoryError:
        stopped = stopped or Stop(message("the memory of this machine is full"), "machine")
    if fields["unfinished"] or (stopped and fields.get("plan") is None and "today" not in fields):
        fields["tally"] = _tally(solution, concepts)
    about = solution.engine.name, solution.because, solution.count
    return Result(solution.model, readings, stopped, concepts, *about, where=where, **fields)


def _verdicts(solution: Solution, concepts: tuple[str, ...]) -> dict[str, Any]:
    """The verdicts that are finished."""
    whole = [concept for concept in concepts if solution.complete(concept)]
    parties = tuple(solution.model.party)
    sets = {c: {parties[i]: solution.stable_set(c, i) for i in solution.finished(c)} for c in concepts}
    rest = {c: FrozenMap({party: _told(states) for party, states in sets[c].items()}) for c in sets if c not in whole}
    listed = _listed(solution)
    return {
        "stable": FrozenMap({c: frozen(solution.stable(c)) if listed else PartySets(sets[c]) for c in whole}),
        "equilibria": FrozenMap({c: _told(solution.equilibrium_set(c)) for c in whole}),
        "unfinished": FrozenMap(rest),
        "listed": listed,
    }


def _listed(solution: Solution) -> Listed | None:
    if not solution.lists:
        return None
    ranks = np.stack([solution.order(i).keys() for i in range(len(solution.model.parties))])
    return Listed(frozen(solution.space.states), frozen(ranks.astype(np.int32, copy=False)))


def _told(states: StateSet) -> Any:
    """Return a set as an answer has it: over listed states an array, which cannot be written to."""
    return frozen(states.chosen) if isinstance(states, ListedStates) else states


def _tally(solution: Solution, concepts: tuple[str, ...]) -> Tally:
    stable: dict[str, tuple[int | None, ...]] = {}
    common: dict[str, int | None] = {}
    for concept in concepts:
        done = solution.finished(concept)
        stable[concept] = tuple(
            solution.stable_count(concept, i) if i in done else None for i in range(len(solution.model.parties))
        )
        try:
            common[concept] = solution.common_count(concept) if done else None
        except LimitReached:  # there is neither time nor memory to put the parties' sets together
            common[concept] = None
    backend = None if solution.lists else cast("SymbolicEngine", solution.engine).backend
    return Tally(FrozenMap(stable), FrozenMap(common), backend)


def _parts(
    solution: Solution, concepts: tuple[str, ...], where: Formula | None, most: int | None
) -> Iterator[dict[str, Any]]:
    """The parts of an answer beside the verdicts, by the names of their fields, in the order in which they are told."""
    if not concepts:
        return
    groups = equilibria_of(solution, concepts, where)
    yield {"groups": groups}
    solution.watch.check()
    if solution.lists:
        groups = tuple(with_loose(solution, group, where) for group in groups)
        yield {"groups": groups}
    plan = None if solution.model.plan is None else holding(solution, concepts, solution.model.plan)
    yield {"plan": plan}
    verdict = ruling_of(solution, concepts)
    yield {"ruling": verdict}
    yield {"today": today_of(solution, concepts), "today_column": _today_column(solution)}
    drift = drift_of(solution, whole=most is not None)
    groups = tuple(with_reached(solution, group, where) for group in groups)
    if plan is not None and not solution.lists:
        plan = reaching(solution, plan)
    yield {"drift": drift, "groups": groups, "plan": plan}
    yield {"on_purpose": on_purpose(solution, (*BESIDE, *concepts), verdict)}
    for k, group in enumerate(groups):
        groups = (*groups[:k], summed_up(solution, group, where, most), *groups[k + 1 :])
        yield {"groups": groups}


def _today_column(solution: Solution) -> Columns | None:
    if not solution.lists or solution.space.status_quo is None:
        return None
    return single_columns(solution, np.array([solution.space.status_quo]))
